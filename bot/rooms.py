"""How much room what is shown leaves between a whole and its parts (M3): nobody can be told by subtraction.

Of a whole, some are known to be active and some not to be; so of each part. As long as the sums over the parts are less
than what the whole allows by ``known`` and one more, another one in any of the parts may be active, and may not be,
whatever the reader knows of ``known`` of them. Sums are kept as parts are added, so that to try a band costs the same
however many parts there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.scales import Cell


@dataclass(slots=True)
class Room:
    """A group with what is shown of it: that ``low`` are active and ``idle`` are not, at least; and of its parts.

    ``twice`` is how often somebody is counted in more than one of the parts, having moved between them.
    """

    whole: int
    known: int
    twice: int = 0
    above: "Room | None" = None
    low: int = 0
    idle: int = 0
    lows: int = 0
    idles: int = 0

    @property
    def active(self) -> int:
        """So many are, at least."""
        return max(self.low, self.lows)

    @property
    def inactive(self) -> int:
        return max(self.idle, self.idles)

    def narrow(self, more: int, idle: int) -> None:
        """Show that so many more of it are active, and so many more are not, at least."""
        active, inactive = self.active, self.inactive
        self.low += more
        self.idle += idle
        self._tell(active, inactive)

    def add(self, low: int, idle: int) -> None:
        """Show that so many of one of the parts are active, and so many are not, at least."""
        active, inactive = self.active, self.inactive
        self.lows += low
        self.idles += idle
        self._tell(active, inactive)

    def _tell(self, active: int, inactive: int) -> None:
        if self.above is not None:
            self.above.add(self.active - active, self.inactive - inactive)

    def bears(self, low: int, idle: int) -> bool | None:
        """Whether there would be room left with so many more in a part; None where that cannot be, as all can see.

        A whole of which nothing is shown leaves all of it.
        """
        fits = True
        room: Room | None = self
        while room is not None and (low or idle):
            lows, idles = room.lows + low, room.idles + idle
            most, most_idle = room.whole - room.idle, room.whole - room.low
            if lows > most + room.twice or idles > most_idle + room.twice:
                return None
            fits = fits and (room.idle == 0 or lows + room.known < most)
            fits = fits and (room.low == 0 or idles + room.known < most_idle)
            low, idle = max(room.low, lows) - room.active, max(room.idle, idles) - room.inactive
            room = room.above
        return fits


@dataclass(slots=True)
class Span:
    """Between which numbers a group's active ones are, in each window, the shortest first; each is a part of the next.

    So what is shown of one says something of the others: ``rooms`` are those of the group itself, if it has parts, and
    ``above`` those of what it is a part of.
    """

    low: list[int]
    high: list[int]
    above: Sequence[Room] = ()
    rooms: Sequence[Room] = ()

    def bears(self, place: int, options: Sequence[Cell]) -> bool:
        """Whether whichever of these is shown of one of the windows leaves room in all of them."""
        return all(self._bears(place, cell) for cell in options)

    def _bears(self, place: int, cell: Cell) -> bool:
        if cell.low > self.high[place] or cell.high < self.low[place]:
            return True  # it cannot be
        fits = [self.above[number].bears(low, idle) for number, low, idle in self._following(place, cell)]
        return None in fits or all(fits)

    def show(self, place: int, cell: Cell) -> None:
        for number, low, idle in list(self._following(place, cell)):
            self.low[number] += low
            self.high[number] -= idle
            if self.rooms:
                self.rooms[number].narrow(low, idle)
            elif self.above:
                self.above[number].add(low, idle)

    def _following(self, place: int, cell: Cell) -> Iterator[tuple[int, int, int]]:
        """In which windows so many more are active at least, and so many more are not."""
        for number in range(len(self.low)):
            low = cell.low - self.low[number] if number >= place else 0
            idle = self.high[number] - cell.high if number <= place else 0
            if low > 0 or idle > 0:
                yield number, max(low, 0), max(idle, 0)
