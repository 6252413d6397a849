"""One meeting a period in every zone, whatever its clocks do: never two, never none.

The days are reckoned again with the arithmetic of `whenever`, and so are the instants: it shares no code with
zoneinfo or dateutil, only the files of the time zone database.
"""

import zoneinfo
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import whenever
from whenever import Date, Instant, Time, Weekday, ZonedDateTime

from bot.rhythm import Rhythm, instant, parsed_rule

FIRST = date(2023, 11, 29)  # a Wednesday, before everything that is looked at
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
YEARS = range(2024, 2037)
SCAN = timedelta(days=2)  # no zone changes its clocks and back within it
A_SECOND = timedelta(seconds=1)
TEN_MINUTES = timedelta(minutes=10)
TIMES = (0, 30, 60, 120, 150, 210, 840, 1410)  # of day, in minutes; some fall in gaps and folds
A_DAY = 24 * 60
PARTS = 6
SOME_ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Asia/Tehran",
)


@dataclass(frozen=True)
class Kind:
    """A rule, its first meeting since FIRST, how whenever gets to the next one, and days to look at around a change."""

    rule: str
    first: Date
    following: Callable[[Date], Date]
    around: int

    def days(self) -> list[date]:
        found = [self.first]
        while found[-1] < Date(2037, 6, 1):
            found.append(self.following(found[-1]))
        return [day.to_stdlib() for day in found]


def next_day(day: Date) -> Date:
    return day.add(days=1)


def next_week(day: Date) -> Date:
    return day.add(weeks=1)


def in_two_weeks(day: Date) -> Date:
    return day.add(weeks=2)


def next_second_sunday(day: Date) -> Date:
    return day.add(months=1).nth_weekday_of_month(2, Weekday.SUNDAY)


def next_last_sunday(day: Date) -> Date:
    return day.replace(day=1).add(months=1).nth_weekday_of_month(-1, Weekday.SUNDAY)


def next_last_day(day: Date) -> Date:
    return day.replace(day=1).add(months=2).subtract(days=1)


KINDS = (
    Kind("FREQ=DAILY", Date(2023, 11, 29), next_day, around=4),
    Kind("FREQ=WEEKLY;BYDAY=SU", Date(2023, 12, 3), next_week, around=16),
    Kind("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", Date(2023, 12, 3), in_two_weeks, around=30),
    Kind("FREQ=MONTHLY;BYDAY=2SU", Date(2023, 12, 10), next_second_sunday, around=64),
    Kind("FREQ=MONTHLY;BYDAY=-1SU", Date(2023, 12, 31), next_last_sunday, around=64),
    Kind(parsed_rule("FREQ=MONTHLY;BYMONTHDAY=31"), Date(2023, 11, 30), next_last_day, around=64),
)
DAYS = {kind: kind.days() for kind in KINDS}


@dataclass(frozen=True)
class Change:
    """The first second at which the clocks of a zone are another time ahead of UTC."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def times(self) -> set[int]:
        """Times of day at its edges and just within it, beside the usual ones."""
        edges = [self.at + ahead for ahead in (self.before, self.after)]
        shown = {edge.hour * 60 + edge.minute + minutes for edge in edges for minutes in (-1, 0, 15)}
        return {*TIMES, *(minutes % A_DAY for minutes in shown)}


def changes(name: str) -> list[Change]:
    """Every change of a zone's clocks, found by looking at them."""
    zone = zoneinfo.ZoneInfo(name)
    found, before, at = [], ahead(zone, BEGIN), BEGIN
    while at < END:
        after = ahead(zone, at + SCAN)
        if after != before:
            found.append(Change(first_second(zone, at, at + SCAN), before, after))
        before, at = after, at + SCAN
    return found


def ahead(zone: zoneinfo.ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def first_second(zone: zoneinfo.ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Between ``low``, which is before a change, and ``high``, which is not."""
    new = ahead(zone, high)
    while high - low > A_SECOND:
        middle = low + (high - low) // A_SECOND // 2 * A_SECOND
        low, high = (low, middle) if ahead(zone, middle) == new else (middle, high)
    return high


def changes_by_whenever(zone: str) -> Iterator[Change]:
    now = Instant(BEGIN).to_tz(zone)
    while (following := now.next_transition()) is not None and exact(following) < END + SCAN:
        before, after = (moment.offset.to_stdlib() for moment in (now, following))
        if before != after:
            yield Change(exact(following), before, after)
        now = following


def exact(moment: ZonedDateTime) -> datetime:
    return moment.to_instant().to_stdlib()


def reckoned(day: date, at: int, zone: str) -> ZonedDateTime:
    """What whenever makes of a time of day; as in RFC 5545, a gap is passed, and a doubled time is the first one."""
    return Date(day).at(Time(*divmod(at, 60))).assume_tz(zone, disambiguation="compatible")


def prove_instants(zone: str, days: list[date], times: set[int]) -> None:
    for day in days:
        for at in times:
            found, moment = instant(day, at, zone), reckoned(day, at, zone)
            assert found == exact(moment), (zone, day, at)
            assert found - TEN_MINUTES == exact(moment.subtract(minutes=10)), (zone, day, at)


def prove_rhythm(zone: str, kind: Kind, at: int, start: datetime, end: datetime) -> None:
    """What is met in that time is what whenever's days and instants are: one a period."""
    rhythm = Rhythm(rule=kind.rule, first=FIRST, at=at, zone=zone, minutes=30)
    slots = [*rhythm.between(start=start, end=end)]
    near = DAYS[kind][bisect_left(DAYS[kind], start.date() - SCAN) : bisect_left(DAYS[kind], end.date() + SCAN)]
    expected = ((day, exact(reckoned(day, at, zone))) for day in near)
    assert slots == [(day, moment) for day, moment in expected if start <= moment < end], (zone, kind, at)
    assert all(one < other for (_, one), (_, other) in pairwise(slots)), (zone, kind, at)


def prove(zone: str) -> int:
    """Holds a zone against whenever: at half past two for all years, and at many times around each change of clocks.

    Returns how many changes there are.
    """
    found = changes(zone)
    assert [change for change in changes_by_whenever(zone) if change.at < END] == found
    prove_instants(zone, [date(year, month, 1) for year in YEARS for month in (1, 7)], {*TIMES})
    for kind in KINDS:
        prove_rhythm(zone, kind, 150, BEGIN, END)
    for change in found:
        day = (change.at + change.before).date()
        prove_instants(zone, [day + timedelta(days=days) for days in (-1, 0, 1)], change.times)
        for kind in KINDS:
            start, end = (change.at + sign * timedelta(days=kind.around) for sign in (-1, 1))
            for at in change.times:
                prove_rhythm(zone, kind, at, start, end)
    return len(found)


def test_both_reckon_with_the_same_time_zone_database() -> None:
    assert whenever.get_tzpath() == zoneinfo.TZPATH
    assert whenever.available_timezones() == zoneinfo.available_timezones() - {"localtime"}  # which is no zone's name


def test_there_are_gaps_and_doubled_hours_to_meet_in() -> None:
    spring, autumn = (change for change in changes("Europe/Berlin") if change.at.year == 2027)
    assert 150 in spring.times & autumn.times
    assert reckoned(date(2027, 3, 28), 150, "Europe/Berlin").time() == Time(3, 30)
    assert reckoned(date(2027, 10, 31), 150, "Europe/Berlin").is_repeated()


@pytest.mark.parametrize("zone", SOME_ZONES)
def test_some_zones_have_one_meeting_a_period(zone: str) -> None:
    prove(zone)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_every_zone_has_one_meeting_a_period(part: int, record_property: Callable[[str, object], None]) -> None:
    zones = sorted(whenever.available_timezones())[part::PARTS]
    record_property("zones", len(zones))
    record_property("changes", sum(prove(zone) for zone in zones))
