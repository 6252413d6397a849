"""Where the bars and the chart of the report's page are drawn: in percent, so that they fit whatever width there is.

A share is known only as a band, so a band is what is drawn: from its lower to its upper end. Where a share is kept
back there is nothing to draw but that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.disclosure import Band, Figure

LEVELS = (100, 80, 60, 40, 20, 0)
"""Percent, from above to below, at which the chart has a line across."""

_WHOLE = 100
_ROOM = 3
"""Weeks that the name of a month needs to its right."""

_JANUARY = 1

Trend = Sequence[tuple[date, Figure | None]]


@dataclass(frozen=True)
class Bar:
    """A band on a line from 0 to 100 percent: where it begins, and how far it goes."""

    x: int
    width: int

    @property
    def ends(self) -> tuple[int, ...]:
        """Where it ends, unless that is where the line itself does: "under 20 %" has no lower end to see."""
        return tuple(end for end in (self.x, self.x + self.width) if 0 < end < _WHOLE)


@dataclass(frozen=True)
class Stretch:
    """Weeks in a row with the same share, from ``first`` to ``last``; without a ``band`` it is kept back."""

    first: date
    last: date
    figure: Figure
    x: float
    width: float

    @property
    def band(self) -> Bar | None:
        """The band, as a height measured from above."""
        found = bar(self.figure)
        return None if found is None else Bar(_WHOLE - found.x - found.width, found.width)

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True)
class Month:
    """The name of a month, or in January that of the year, below its first week."""

    x: float
    name: str


@dataclass(frozen=True)
class Year:
    """A year of weeks."""

    stretches: tuple[Stretch, ...]
    months: tuple[Month, ...]


def bar(figure: Figure | None) -> Bar | None:
    """The band of a share; None where there is nothing to draw."""
    return Bar(figure.low, figure.high - figure.low) if isinstance(figure, Band) else None


def year(trend: Trend, named: Callable[[date, str], str]) -> Year:
    """The chart of a trend; ``named`` says days by a pattern of the CLDR."""
    return Year(tuple(_stretches(trend)), tuple(_months([week for week, _ in trend], named)))


def _stretches(trend: Trend) -> Sequence[Stretch]:
    each = _WHOLE / len(trend)
    found = []
    for figure, group in groupby(enumerate(trend), key=lambda place: place[1][1]):
        weeks = [(place, week) for place, (week, _) in group]
        if figure is not None:
            x, width = _tidy(weeks[0][0] * each), _tidy(len(weeks) * each)
            found.append(Stretch(weeks[0][1], weeks[-1][1], figure, x, width))
    return found


def _months(weeks: Sequence[date], named: Callable[[date, str], str]) -> Sequence[Month]:
    begins = [place for place, week in enumerate(weeks) if place == 0 or week.month != weeks[place - 1].month]
    if len(begins) > 1 and begins[1] < _ROOM:
        begins = begins[1:]
    each = _WHOLE / len(weeks)
    kept = [place for place in begins if len(weeks) - place >= _ROOM]
    return [Month(_tidy(place * each), _month(weeks[place], named)) for place in kept]


def _month(week: date, named: Callable[[date, str], str]) -> str:
    return named(week, "y" if week.month == _JANUARY else "LLL")


def _tidy(number: float) -> float:
    return round(number, 3)
