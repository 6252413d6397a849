"""Days, times and working days as one reckons them by hand: one day after the other, and with other time zones.

Nothing here is taken from ``bot``; instants are those of ``whenever``.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from holidays import country_holidays
from whenever import Instant, ZonedDateTime

A_DAY = timedelta(days=1)
COUNTRIES = {
    "Europe/Madrid": "ES",
    "Europe/Berlin": "DE",
    "America/New_York": "US",
    "America/St_Johns": "CA",
    "Asia/Tokyo": "JP",
    "Asia/Kolkata": "IN",
    "Pacific/Auckland": "NZ",
}
ZONES = tuple(COUNTRIES)


@lru_cache(maxsize=65536)
def instant(day: date, minutes: int, zone: str) -> datetime:
    """When a clock there shows so many minutes after midnight."""
    hour, minute = divmod(minutes, 60)
    shown = ZonedDateTime(day.year, day.month, day.day, hour, minute, tz=zone, disambiguation="compatible")
    return shown.to_instant().to_stdlib().replace(tzinfo=UTC)


@lru_cache(maxsize=65536)
def shown(moment: datetime, zone: str) -> tuple[date, int]:
    """The day, and the minutes after midnight, that a clock there shows."""
    there = Instant(moment).to_tz(zone)
    return there.date().to_stdlib(), there.hour * 60 + there.minute


def day_of(moment: datetime, zone: str) -> date:
    """The day that a calendar there shows."""
    return shown(moment, zone)[0]


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """``every`` is what a form offers, or a rule written out; ``at`` is minutes after midnight there."""

    every: str
    first: date
    at: int
    zone: str
    minutes: int
    last: date | None = None

    def meets_on(self, day: date) -> bool:
        """Whether the two meet on that day."""
        if day < self.first or (self.last is not None and day > self.last):
            return False
        since, month_ends = (day - self.first).days, monthrange(day.year, day.month)[1]
        same_weekday = day.weekday() == self.first.weekday()
        match self.every:
            case "week" | "two_weeks" | "three_weeks" | "four_weeks":
                return since % (7 * self._weeks) == 0
            case "nth_weekday" if self.first.day <= 28:
                return same_weekday and (day.day - 1) // 7 == (self.first.day - 1) // 7
            case "nth_weekday" | "last_weekday":
                return same_weekday and day.day + 7 > month_ends
            case "day_of_month":
                return day.day == min(self.first.day, month_ends)
            case "FREQ=DAILY":
                return True
            case "FREQ=DAILY;INTERVAL=3":
                return since % 3 == 0
            case "FREQ=WEEKLY;BYDAY=MO,WE,FR":
                return day.weekday() in (0, 2, 4)
            case unknown:
                raise ValueError(unknown)

    @property
    def _weeks(self) -> int:
        return {"week": 1, "two_weeks": 2, "three_weeks": 3, "four_weeks": 4}[self.every]

    @property
    def period(self) -> timedelta:
        """How far two meetings are from each other as a rule."""
        match self.every:
            case "nth_weekday" | "last_weekday" | "day_of_month":
                return timedelta(days=30)
            case "FREQ=DAILY":
                return A_DAY
            case "FREQ=DAILY;INTERVAL=3":
                return 3 * A_DAY
            case "FREQ=WEEKLY;BYDAY=MO,WE,FR":
                return timedelta(days=7) / 3
            case _:
                return timedelta(days=7 * self._weeks)

    def slot(self, day: date) -> datetime:
        """When they meet on that day."""
        return instant(day, self.at, self.zone)

    def slots(self, *, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
        """The days, with their times, from ``start`` to before ``end``."""
        day = day_of(start, self.zone) - A_DAY
        while day <= day_of(end, self.zone) + A_DAY:
            if self.meets_on(day) and start <= self.slot(day) < end:
                yield day, self.slot(day)
            day += A_DAY

    def day_before(self, day: date) -> date | None:
        """The day of the meeting before that one."""
        while day > self.first:
            day -= A_DAY
            if self.meets_on(day):
                return day
        return None


@dataclass(kw_only=True)
class Week:
    """When somebody works; ``country`` is None where it is that of the zone, and ``away`` has both ends in it."""

    zone: str
    days: frozenset[int] = frozenset(range(5))
    begins: int = 9 * 60
    ends: int = 18 * 60
    country: str | None = None
    away: dict[str, tuple[date, date]] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        """Whether they are at work on that day."""
        country = COUNTRIES[self.zone] if self.country is None else self.country
        is_away = any(first <= day <= last for first, last in self.away.values())
        return day.weekday() in self.days and not is_away and day not in _holidays(country, day.year)

    def working_days_before(self, day: date, count: int) -> date:
        """So many working days earlier; for none the day itself, or the last working day before it."""
        if count == 0:
            while not self.works_on(day):
                day -= A_DAY
        while count:
            day -= A_DAY
            count -= self.works_on(day)
        return day

    def morning(self, day: date) -> datetime:
        """When work begins on that day."""
        return instant(day, self.begins, self.zone)

    def next_morning(self, moment: datetime) -> datetime:
        """When work begins the next time."""
        day = day_of(moment, self.zone)
        while not (self.works_on(day) and self.morning(day) > moment):
            day += A_DAY
        return self.morning(day)

    def next_moment(self, moment: datetime) -> datetime:
        """That moment within working hours, else when work begins the next time."""
        day = day_of(moment, self.zone)
        while not (self.works_on(day) and moment < instant(day, self.ends, self.zone)):
            day += A_DAY
        return max(moment, self.morning(day))


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays(country, years=year)) if country else frozenset()
