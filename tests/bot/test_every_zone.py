"""One meeting a period in every zone, whatever its clocks do: never two, never none.

The days are reckoned again with the arithmetic of `whenever`, and so are the instants: it shares no code with
zoneinfo or dateutil, only the files of the time zone database.
"""

import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
import whenever
from whenever import Date, Instant, PlainDateTime, Time, ZonedDateTime

from bot.rhythm import Rhythm, instant, parsed_rule

FIRST = date(2023, 11, 29)  # a Wednesday, before everything that is looked at
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
SCAN = timedelta(days=2)  # no zone changes its clocks and back within it
AROUND = timedelta(days=70)  # two periods of the longest rhythm
TIMES = (0, 30, 60, 105, 120, 150, 180, 210, 840, 1410)  # of day, in minutes; many fall in gaps and folds
SOME_ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Gaza",
    "America/Santiago",
    "Asia/Tehran",
)
TEN_MINUTES = timedelta(minutes=10)


def every_day(day: Date) -> Date:
    return day.add(days=1)


def every_wednesday(day: Date) -> Date:
    return day.add(weeks=1)


def every_other_wednesday(day: Date) -> Date:
    return day.add(weeks=2)


def last_of_next_month(day: Date) -> Date:
    return day.replace(day=1).add(months=2).subtract(days=1)


def second_sunday_of_next_month(day: Date) -> Date:
    first = day.replace(day=1).add(months=1)
    return first.add(days=7 - first.day_of_week().value + 7)


# A rule, its first meeting since FIRST, and how whenever gets from one to the next.
RHYTHMS: dict[str, tuple[Date, Callable[[Date], Date]]] = {
    "FREQ=DAILY": (Date(2023, 11, 29), every_day),
    "FREQ=WEEKLY;BYDAY=WE": (Date(2023, 11, 29), every_wednesday),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU": (Date(2023, 12, 3), every_other_wednesday),
    "FREQ=MONTHLY;BYDAY=2SU": (Date(2023, 12, 10), second_sunday_of_next_month),
    "FREQ=MONTHLY;BYMONTHDAY=31": (Date(2023, 11, 30), last_of_next_month),
}


@dataclass(frozen=True)
class Change:
    """The first second at which the clocks of a zone are another time ahead of UTC."""

    at: datetime
    before: timedelta
    after: timedelta


def ahead(zone: zoneinfo.ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def changes(name: str) -> Iterator[Change]:
    zone = zoneinfo.ZoneInfo(name)
    before, at = ahead(zone, BEGIN), BEGIN
    while at < END:
        after = ahead(zone, at + SCAN)
        if after != before:
            yield Change(first_second(zone, at, at + SCAN), before, after)
        before, at = after, at + SCAN


def first_second(zone: zoneinfo.ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Between ``low``, which is before the change, and ``high``, which is not."""
    new = ahead(zone, high)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if ahead(zone, middle) == new else (middle, high)
    return high


def reckoned(day: Date, at: int, zone: str) -> ZonedDateTime:
    """What whenever makes of a time of day."""
    return day.at(Time(*divmod(at, 60))).assume_tz(zone, disambiguate="compatible")


def exact(moment: ZonedDateTime) -> datetime:
    return moment.to_instant().to_stdlib()


def days_reckoned(rule: str) -> list[Date]:
    day, following = RHYTHMS[rule]
    found = [day]
    while found[-1] < Date(2037, 12, 1):
        found.append(following(found[-1]))
    return found


DAYS_RECKONED = {rule: [day.to_stdlib() for day in days_reckoned(rule)] for rule in RHYTHMS}


def times_near(change: Change) -> set[int]:
    """Times of day at the change's edges and within it, besides the usual ones."""
    edges = {change.at + offset for offset in (change.before, change.after)}
    shown = {edge.hour * 60 + edge.minute + minutes for edge in edges for minutes in (-1, 0, 15)}
    return {*TIMES, *(minutes % (24 * 60) for minutes in shown)}


def prove_instants(zone: str, change: Change) -> None:
    for days in (-1, 0, 1):
        day = (change.at + change.before).date() + timedelta(days=days)
        for at in times_near(change):
            found = instant(day, at, zone)
            moment = reckoned(Date.from_stdlib(day), at, zone)
            assert found == exact(moment), (zone, day, at)
            assert found - TEN_MINUTES == exact(moment.subtract(minutes=10)), (zone, day, at)


def prove_rhythm(zone: str, change: Change, rule: str, at: int) -> None:
    """What is met around the change is what whenever's days and instants are, one a period."""
    start, end = change.at - AROUND, change.at + AROUND
    slots = [*Rhythm(rule=parsed_rule(rule), first=FIRST, at=at, zone=zone, minutes=30).between(start=start, end=end)]
    near = (day for day in DAYS_RECKONED[rule] if start.date() - SCAN <= day <= end.date() + SCAN)
    expected = ((day, exact(reckoned(Date.from_stdlib(day), at, zone))) for day in near)
    assert slots == [(day, moment) for day, moment in expected if start <= moment < end], (zone, change, rule, at)
    assert all(one < other for (_, one), (_, other) in pairwise(slots)), (zone, change, rule, at)


def prove(zone: str) -> int:
    """Holds a zone's changes against whenever; returns how many there were."""
    found = [*changes(zone)]
    for change in found:
        assert Instant.from_utc(*change.at.timetuple()[:6]).to_tz(zone).offset.in_seconds() == change.after.total_seconds()
        prove_instants(zone, change)
        for rule in RHYTHMS:
            for at in sorted(times_near(change)):
                prove_rhythm(zone, change, rule, at)
    return len(found)
