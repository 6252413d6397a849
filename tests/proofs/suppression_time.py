"""What follows over time from how many of a group were active in windows, between bounds, to a fixpoint.

Who is active in a window is so on one of its days: counts of windows are monotone, and submodular where windows overlap
or touch: ``count(union) + count(overlap) <= count(one) + count(other)``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

Bounds = tuple[int, int]
Days = tuple[int, int]
"""The first day, and the one after the last."""


@dataclass(frozen=True)
class Lattice:
    """The windows, with their unions and overlaps: each pair within another, and each that makes two others."""

    windows: tuple[Days, ...]
    within: tuple[tuple[int, int], ...]
    crossing: tuple[tuple[int, int, int, int | None], ...]


@lru_cache(maxsize=256)
def lattice(windows: frozenset[Days]) -> Lattice:
    """``crossing`` are one, other, union, and overlap, which is None where they only touch."""
    every = set(windows)
    for one, other in combinations(sorted(windows), 2):
        if other[0] <= one[1] < other[1] and one[0] < other[0]:
            every |= {(one[0], other[1])} | ({(other[0], one[1])} if other[0] < one[1] else set())
    order = sorted(every)
    place = {days: number for number, days in enumerate(order)}
    within = tuple(_within(order))
    crossing = []
    for one, other in combinations(order, 2):
        union = place.get((one[0], other[1]))
        if one[0] < other[0] <= one[1] < other[1] and union is not None:
            overlap = place.get((other[0], one[1]))
            if overlap is not None or other[0] == one[1]:
                crossing.append((place[one], place[other], union, overlap))
    return Lattice(tuple(order), within, tuple(crossing))


def _within(order: list[Days]) -> Iterator[tuple[int, int]]:
    for (inner, one), (outer, other) in ((a, b) for a in enumerate(order) for b in enumerate(order)):
        if inner != outer and other[0] <= one[0] and one[1] <= other[1]:
            yield inner, outer


def follow(bounds: Mapping[Days, Bounds], sizes: Mapping[Days, int]) -> Mapping[Days, Bounds]:
    """All that follows from these bounds for the windows and whatever they make; ``sizes`` is how many there are."""
    made = lattice(frozenset(bounds))
    low = [bounds.get(days, (0, 0))[0] for days in made.windows]
    high = [bounds[days][1] if days in bounds else sizes[days] for days in made.windows]
    while _pass(made, low, high):
        pass
    return {days: (low[number], high[number]) for number, days in enumerate(made.windows)}


def _pass(made: Lattice, low: list[int], high: list[int]) -> bool:
    before = sum(low) - sum(high)
    for inner, outer in made.within:
        high[inner] = min(high[inner], high[outer])
        low[outer] = max(low[outer], low[inner])
    for one, other, union, overlap in made.crossing:
        least, most = (0, 0) if overlap is None else (low[overlap], high[overlap])
        together = high[one] + high[other]
        high[union] = min(high[union], together - least)
        low[one] = max(low[one], low[union] + least - high[other])
        low[other] = max(low[other], low[union] + least - high[one])
        if overlap is not None:
            high[overlap] = min(most, together - low[union])
    return sum(low) - sum(high) > before


def needed(windows: Collection[Days]) -> Collection[Days]:
    """Of which windows ``follow`` must be told how many there are."""
    return lattice(frozenset(windows)).windows
