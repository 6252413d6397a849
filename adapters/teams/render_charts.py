"""Charts as Teams draws them in a message.

https://adaptivecards.microsoft.com/?topic=Chart.Line
https://adaptivecards.microsoft.com/?topic=Chart.VerticalBar.Grouped
"""

from collections.abc import Iterable, Iterator
from itertools import count

from adapters.teams import limits
from adapters.teams.limits import Json, clipped
from adapters.teams.render_parts import quiet, rich, undated
from bot.bars import Whole, bars, numbers, whole
from bot.views import Chart, Drawn

_KINDS = {Drawn.lines: "Chart.Line", Drawn.bars: "Chart.VerticalBar.Grouped"}


def drawn_chart(chart: Chart) -> Iterator[Json]:
    """The title, the drawing, and its numbers; without two points side by side in text alone."""
    drawn = whole(chart)
    if drawn is None:
        yield from written_chart(chart)
        return
    yield _title(chart)
    yield {**_drawing(chart, drawn), "fallback": _lines(bars(chart))}
    yield _lines(numbers(chart))


def written_chart(chart: Chart) -> Iterator[Json]:
    """The title, and each line as bars and numbers."""
    yield _title(chart)
    yield {**_lines(bars(chart)), "spacing": "none"}


def _title(chart: Chart) -> Json:
    return {**rich(chart.title, weight="bolder"), "spacing": "medium"}


def _lines(lines: Iterable[str]) -> Json:
    return quiet("\n".join(lines))


def _drawing(chart: Chart, drawn: Whole) -> Json:
    labels, names = _distinct(drawn.labels), _distinct(name for name, _ in drawn.lines)
    lines = zip(names, drawn.lines, strict=True)
    data = [{"legend": name, "values": _points(labels, values)} for name, (_, values) in lines]
    return {
        "type": _KINDS[chart.drawn],
        "title": _plain(chart.title),
        "colorSet": "categorical",
        "yMin": 0,
        "yMax": chart.top,
        "data": data,
    }


def _points(labels: Iterable[str], values: Iterable[int]) -> list[Json]:
    return [{"x": label, "y": value} for label, value in zip(labels, values, strict=True)]


def _plain(text: str) -> str:
    return undated(clipped(text, limits.LABEL))


def _distinct(labels: Iterable[str]) -> list[str]:
    """Each label once: what has the same one would stand at the same place, or be told apart by nobody."""
    found: list[str] = []
    for label in map(_plain, labels):
        tries = (label if number == 1 else f"{label} ({number})" for number in count(1))
        found.append(next(each for each in tries if each not in found))
    return found
