"""Charts in text, for wherever a platform draws none, and for whoever does not see a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import Chart, Drawn, Line

BARS = "▁▂▃▄▅▆▇█"
MISSING = "·"
HAIR = "\u200a"
"""A space as narrow as there is, so that bars of the same height stay several."""

ABSENT = "–"


def bars(chart: Chart) -> tuple[str, ...]:
    """Each line as bars, the highest for ``top``, and as numbers; bars first, so that they stand below each other.

    A chart of bars has one for each label instead, with the number of each line, under the names of these.
    """
    drawn = [_drawn(values, chart.top) for values in _rows(chart)]
    said = [f"{row}  {words}" for row, words in zip(drawn, _written(chart), strict=True)]
    return (*_names(chart), *said)


def numbers(chart: Chart) -> tuple[str, ...]:
    """The same as numbers alone."""
    return (*_names(chart), *_written(chart))


def _names(chart: Chart) -> tuple[str, ...]:
    """What the numbers of a label are, in their order."""
    return (" · ".join(line.name for line in chart.lines),) if chart.drawn is Drawn.bars else ()


def _written(chart: Chart) -> Sequence[str]:
    names = chart.labels if chart.drawn is Drawn.bars else [line.name for line in chart.lines]
    return [f"{name}  {_listed(values)}" for name, values in zip(names, _rows(chart), strict=True)]


def _rows(chart: Chart) -> Sequence[Sequence[int | None]]:
    """What stands in one line of text."""
    if chart.drawn is Drawn.bars:
        return [[line.values[place] for line in chart.lines] for place in range(len(chart.labels))]
    return [line.values for line in chart.lines]


def _drawn(values: Sequence[int | None], top: int) -> str:
    return HAIR.join(MISSING if value is None else BARS[_height(value, top)] for value in values)


def _height(value: int, top: int) -> int:
    if top <= 1:
        return len(BARS) - 1
    highest = len(BARS) - 1
    return min(highest, max(0, round((value - 1) * highest / (top - 1))))


def _listed(values: Sequence[int | None]) -> str:
    return " ".join(ABSENT if value is None else str(value) for value in values)


@dataclass(frozen=True)
class Whole:
    """What a chart can draw without a gap: numbers for each of the labels."""

    labels: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def points(self) -> int:
        return len(self.labels) * len(self.lines)


def whole(chart: Chart, *, most: int | None = None) -> Whole | None:
    """As much of a chart as can be drawn without a gap: all lines where each has a number, or one line alone.

    None where that is not two points side by side: then there is nothing to draw. Of more labels than ``most`` the last
    ones are drawn, the newest; of bars the first.
    """
    choices = [_common(chart, chart.lines), *(_common(chart, [line]) for line in chart.lines)]
    drawn = [choice for choice in choices if len(choice.labels) > 1 and choice.lines]
    best = max(drawn, key=lambda choice: choice.points, default=None)
    return best if best is None or most is None else _kept(best, most, chart.drawn)


def _kept(drawn: Whole, most: int, kind: Drawn) -> Whole:
    part = slice(most) if kind is Drawn.bars else slice(-most, None)
    return Whole(drawn.labels[part], tuple((name, values[part]) for name, values in drawn.lines))


def _common(chart: Chart, lines: Sequence[Line]) -> Whole:
    each = [[line.values[place] for line in lines] for place in range(len(chart.labels))]
    kept = [(place, [v for v in row if v is not None]) for place, row in enumerate(each) if None not in row]
    labels = tuple(chart.labels[place] for place, _ in kept)
    return Whole(labels, tuple((line.name, tuple(row[number] for _, row in kept)) for number, line in enumerate(lines)))
