"""What admins are told of how far a topic has come: bands, once a week, and never of few (I6).

Nobody may be worked out from it, not by who knows all of their own conversations, and when everybody meets, either.
So the conversations of admins are not in a tally at all; a tally is taken once a week, whatever happens meanwhile; a
share is told only where at least LEAST conversations are in the part and as many in the rest; and what was told stays
until there is something to tell that differs by at least LEAST from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model.topic import Tally

LEAST = 5


class Share(StrEnum):
    """A part of the whole; ``unsaid`` where it is of too few, and so where it is of nobody or of everybody."""

    unsaid = "unsaid"
    lowest = "lowest"
    low = "low"
    middle = "middle"
    high = "high"
    highest = "highest"


class Size(StrEnum):
    """How many conversations."""

    few = "few"
    from_five = "from_five"
    from_ten = "from_ten"
    from_twenty = "from_twenty"
    from_fifty = "from_fifty"
    from_hundred = "from_hundred"
    from_five_hundred = "from_five_hundred"
    from_thousand = "from_thousand"


_SIZES = dict(zip(Size, (0, 5, 10, 20, 50, 100, 500, 1000), strict=True))
_BELOW = {Share.lowest: 20, Share.low: 40, Share.middle: 60, Share.high: 80, Share.highest: 101}


@dataclass(frozen=True)
class Shown:
    """What an admin sees of a week."""

    week: date
    reached: Size
    discussed: Share
    not_relevant: Share


@dataclass(frozen=True)
class _Part:
    """So many of so many."""

    count: int = 0
    whole: int = 0

    @property
    def is_large_enough(self) -> bool:
        return self.count >= LEAST and self.whole - self.count >= LEAST

    def differs_enough(self, told: "_Part") -> bool:
        changes = (abs(self.count - told.count), abs(self.whole - told.whole))
        return all(change == 0 or change >= LEAST for change in changes)

    def after(self, told: "_Part") -> "_Part":
        """What is told now, after that."""
        return self if self.is_large_enough and self.differs_enough(told) else told

    @property
    def share(self) -> Share:
        if not self.is_large_enough:
            return Share.unsaid
        return next(band for band, end in _BELOW.items() if self.count * 100 < end * self.whole)


def shown(tallies: Sequence[Tally]) -> Sequence[Shown]:
    """What is told of each of these weeks, the oldest first."""
    reached, discussed, not_relevant = 0, _Part(), _Part()
    found = []
    for tally in tallies:
        reached = tally.reached if abs(tally.reached - reached) >= LEAST else reached
        discussed = _Part(tally.discussed, tally.reached).after(discussed)
        not_relevant = _Part(tally.not_relevant, tally.reached).after(not_relevant)
        found.append(Shown(tally.week, _size(reached), discussed.share, not_relevant.share))
    return found


def _size(count: int) -> Size:
    return max((size for size, begin in _SIZES.items() if count >= begin), key=_SIZES.__getitem__)
