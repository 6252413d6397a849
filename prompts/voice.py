"""A library bound to one reader: their language, zone, and the present moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from prompts.library import Library

NEAR_DAYS = 6
A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Voice:
    """Says sentences, and moments as people say them, to one reader."""

    library: Library
    zone: str
    now: datetime

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence; moments and days among the facts become words."""
        return self.library.say(key, {name: self._spoken(fact) for name, fact in facts.items()})

    def day(self, day: date) -> str:
        """``today``, ``tomorrow``, ``Friday``, ``Friday 27 Nov`` or ``27 Nov 2025``."""
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        away = (day - today).days
        near = self.library.near(away)
        if near is not None:
            return near
        if 0 < away <= NEAR_DAYS:
            return self.library.day(day, "weekday")
        return self.library.day(day, "day" if day.year == today.year else "year")

    def short_day(self, day: date) -> str:
        """``27 Nov``: for where there is room for no more."""
        return self.library.day(day, "short")

    def weekday(self, number: int) -> str:
        """What a day of the week is called by itself; Monday is 0."""
        return self.library.day(A_MONDAY + timedelta(days=number), "cccc")

    def month(self, day: date) -> str:
        """What the month of this day is called by itself."""
        return self.library.day(day, "LLLL")

    def moment(self, moment: datetime) -> str:
        """A day and a time of day in the reader's zone."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return self.library.joined("moment", day=self.day(local.date()), time=f"{local:%H:%M}")

    def listed(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.library.joined("list", first=", ".join(parts[:-1]), last=parts[-1])

    def _spoken(self, fact: object) -> object:
        if isinstance(fact, datetime):
            return self.moment(fact)
        return self.day(fact) if isinstance(fact, date) else fact
