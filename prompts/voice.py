"""A library bound to one reader: their language, zone, and the present moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from prompts.library import Library

NEAR_DAYS = 6


@dataclass(frozen=True)
class Voice:
    """Says sentences, and moments as people say them, to one reader."""

    library: Library
    zone: str
    now: datetime

    def say(self, key: str, **facts: object) -> str:
        """The sentence; moments and days among the facts become words."""
        return self.library.say(key, {name: self._spoken(fact) for name, fact in facts.items()})

    def day(self, day: date) -> str:
        """``today``, ``tomorrow``, ``Friday``, ``Friday 27 Nov`` or ``27 Nov 2025``."""
        words = self.library.dates
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        away = (day - today).days
        near = words["near"].get(away)
        if near is not None:
            return self.library.phrase(near)
        facts = {
            "weekday": self.library.phrase(words["weekdays"][day.weekday()]),
            "day": day.day,
            "month": self.library.phrase(words["months_short"][day.month - 1]),
            "year": day.year,
        }
        if 0 < away <= NEAR_DAYS:
            return self.library.phrase(words["formats"]["weekday"], facts)
        return self.library.phrase(words["formats"]["day" if day.year == today.year else "year"], facts)

    def moment(self, moment: datetime) -> str:
        """A day and a time of day in the reader's zone."""
        local = moment.astimezone(ZoneInfo(self.zone))
        facts = {"day": self.day(local.date()), "time": f"{local:%H:%M}"}
        return self.library.phrase(self.library.dates["formats"]["moment"], facts)

    def listed(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        facts = {"first": ", ".join(parts[:-1]), "last": parts[-1]}
        return self.library.phrase(self.library.dates["formats"]["list"], facts)

    def _spoken(self, fact: object) -> object:
        if isinstance(fact, datetime):
            return self.moment(fact)
        return self.day(fact) if isinstance(fact, date) else fact
