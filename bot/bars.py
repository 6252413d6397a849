"""Charts in text, for wherever a platform draws none, and for whoever does not see a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import Chart, Line

BARS = "▁▂▃▄▅▆▇█"
MISSING = "·"
HAIR = "\u200a"
"""A space as narrow as there is, so that bars of the same height stay several."""

ABSENT = "–"


def bars(chart: Chart) -> tuple[str, ...]:
    """Each line as bars, the highest for ``top``, and as numbers; bars first, so that they stand below each other."""
    return tuple(f"{_drawn(line, chart.top)}  {said}" for line, said in zip(chart.lines, numbers(chart), strict=True))


def numbers(chart: Chart) -> tuple[str, ...]:
    """Each line as numbers alone."""
    return tuple(f"{line.name}  {_listed(line)}" for line in chart.lines)


def _drawn(line: Line, top: int) -> str:
    return HAIR.join(MISSING if value is None else BARS[_height(value, top)] for value in line.values)


def _height(value: int, top: int) -> int:
    if top <= 1:
        return len(BARS) - 1
    highest = len(BARS) - 1
    return min(highest, max(0, round((value - 1) * highest / (top - 1))))


def _listed(line: Line) -> str:
    return " ".join(ABSENT if value is None else str(value) for value in line.values)


@dataclass(frozen=True)
class Whole:
    """What a chart can draw without a gap: numbers for each of the labels."""

    labels: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def points(self) -> int:
        return len(self.labels) * len(self.lines)


def whole(chart: Chart) -> Whole | None:
    """As much of a chart as can be drawn without a gap: all lines where each has a number, or one line alone.

    None where that is not two points side by side: then there is nothing to draw.
    """
    choices = [_common(chart, chart.lines), *(_common(chart, [line]) for line in chart.lines)]
    drawn = [choice for choice in choices if len(choice.labels) > 1 and choice.lines]
    return max(drawn, key=lambda choice: choice.points, default=None)


def _common(chart: Chart, lines: Sequence[Line]) -> Whole:
    each = [[line.values[place] for line in lines] for place in range(len(chart.labels))]
    kept = [(place, [v for v in row if v is not None]) for place, row in enumerate(each) if None not in row]
    labels = tuple(chart.labels[place] for place, _ in kept)
    return Whole(labels, tuple((line.name, tuple(row[number] for _, row in kept)) for number, line in enumerate(lines)))
