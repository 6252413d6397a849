"""Into which bands a share may fall, so that nobody in the group can be told from it (M3).

A band is what everybody may see of a count. It hides one conversation from whoever knows ``known`` others of the group
only if it holds at least that many counts and two more: even if those they know are all active, or all are not, the
next may be either. That is also why the ends are wide ("80 % or more"): whether all are, is never to be seen
(homogeneity, as in k-anonymity and l-diversity; Machanavajjhala et al., 2007).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

from bot.disclosure import Band

Scale = tuple[int, ...]
"""Where its bands end, in percent, but for 0 and 100."""

SHARES: Scale = (20, 40, 60, 80)
"""For what is not counted among conversations that everybody can count."""

HALVES: Scale = (50,)
SMALLEST: Scale = (60,)
"""For a team of six, of which halves would be too small."""

SCALES: tuple[Scale, ...] = (
    tuple(range(20, 81, 5)),
    tuple(range(20, 81, 10)),
    (40, 50, 60, 70),
    (40, 60),
    HALVES,
    SMALLEST,
)
"""The finest first. Those from 40 on fit smaller groups: two of their ends are more than any (``hides_in_time``)."""

SPARE = 30
"""By one and so manieth of it, a group may have been smaller in the windows before; halves bear that by themselves."""

MANY = 1 << 14
"""How many answers about scales are remembered: far more than there are sizes of teams and departments in a week."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A band, and which counts are in it, of a group of one size: ``low`` to ``high``, both included."""

    band: Band
    low: int
    high: int


@lru_cache(maxsize=MANY)
def cells(scale: Scale, whole: int) -> tuple[Cell, ...]:
    """The bands of a scale in a group of that size, the lowest first."""
    percents = (0, *scale, 100)
    begins = (*(first(percent, whole) for percent in (0, *scale)), whole + 1)
    return tuple(
        Cell(Band(percents[place], percents[place + 1]), begins[place], begins[place + 1] - 1)
        for place in range(len(scale) + 1)
    )


def first(percent: int, whole: int) -> int:
    """The least count that is so many percent or more."""
    return -(-percent * whole // 100)


def cell_of(scale: Scale, whole: int, part: int) -> Cell:
    return next(cell for cell in cells(scale, whole) if part <= cell.high)


@lru_cache(maxsize=MANY)
def hides_one(scale: Scale, whole: int, known: int) -> bool:
    """Whether each band holds ``known`` counts and two more."""
    return all(cell.high - cell.low + 1 >= known + 2 for cell in cells(scale, whole))


@lru_cache(maxsize=MANY)
def hides_in_time(scale: Scale, least: int, whole: int, known: int) -> bool:
    """Whether windows that overlap do not tell, together, that nobody was active where they do.

    Who is active in a window is active in one of the windows that cover it, so that
    ``count(window) <= sum(counts of those) - count(where they overlap)``. If the bands left nothing of the right side
    for the overlap, all would be known to have done nothing then. So for each number of windows that just cover what
    is shown of another, one must be left at least, whomever the reader knows to be active in all of them. ``least`` is
    the size of the group in the shortest window, ``whole`` in the one in question.
    """
    if scale == SMALLEST and least != whole:
        return False
    if len(scale) == 1:
        end = first(scale[0], least)
        return 2 * (end - 1) - first(scale[0], whole) > known
    before = (SPARE - 1) * least - SPARE
    return all(
        total * before - SPARE * target * whole >= 100 * SPARE * ((windows - 1) * known + windows + 1)
        for windows, total, target in _covers(scale)
    )


@lru_cache(maxsize=len(SCALES))
def _covers(scale: Scale) -> tuple[tuple[int, int, int], ...]:
    """So many windows, their upper ends together, and the lower end that these exceed by as little as they can.

    Where ends together just make another one, or less, there is no such history: each count is below its end.
    """
    found = []
    most = 2
    while scale[0] * most <= scale[-1]:
        most += 1
    for windows in range(2, most + 1):
        totals = {sum(ends) for ends in combinations_with_replacement(scale, windows)}
        for target in scale:
            above = [total for total in totals if total > target]
            found.append((windows, min(above), target))
    return tuple(found)
