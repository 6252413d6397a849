"""When a series meets."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.rhythm import BadRhythm, Rhythm, instant, parsed_rule, settled_rule

FIRST = date(2026, 11, 25)  # a Wednesday
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHLY_31 = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"


def rhythm(
    rule: str, *, first: date = FIRST, at: int = 600, zone: str = "Europe/Berlin", last: date | None = None
) -> Rhythm:
    return Rhythm(rule=rule, first=first, at=at, zone=zone, minutes=30, last=last)


def days(rule: str, count: int, *, first: date = FIRST) -> list[str]:
    found = rhythm(rule, first=first).days(start=first, end=date(2040, 1, 1))
    return [str(day) for day in islice(found, count)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", ["2026-11-25", "2026-11-26"]),
        ("FREQ=DAILY;INTERVAL=3", ["2026-11-25", "2026-11-28"]),
        ("FREQ=WEEKLY", ["2026-11-25", "2026-12-02"]),
        ("FREQ=WEEKLY;BYDAY=TU", ["2026-12-01", "2026-12-08"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["2026-12-08", "2026-12-22"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", ["2026-11-27", "2026-12-08", "2026-12-11"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", ["2026-12-06", "2026-12-20"]),
        ("FREQ=MONTHLY", ["2026-11-25", "2026-12-25"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ["2026-12-01", "2027-01-05"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-11-27", "2026-12-25"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", ["2027-02-01", "2027-05-01"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2026-11-30", "2026-12-31"]),
        ("FREQ=YEARLY", ["2026-11-25", "2027-11-25"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", ["2027-03-01", "2028-03-01"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYWEEKNO=53", ["2026-12-30", "2032-12-29"]),
        ("FREQ=YEARLY;INTERVAL=2;BYYEARDAY=-1", ["2026-12-31", "2028-12-31"]),
    ],
)
def test_a_rule_says_on_which_days(rule: str, expected: list[str]) -> None:
    assert days(rule, len(expected)) == expected


def test_the_thirty_first_is_every_months_last_day() -> None:
    rule = parsed_rule("FREQ=MONTHLY;BYMONTHDAY=31")
    assert days(rule, 5) == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]


@pytest.mark.parametrize(
    ("asked", "february", "april"),
    [("29", ["29"], ["29"]), ("30", ["29"], ["30"]), ("15,31", ["15", "29"], ["15", "30"])],
)
def test_a_late_day_is_no_later_than_its_month(asked: str, february: list[str], april: list[str]) -> None:
    rule = parsed_rule(f"FREQ=MONTHLY;BYMONTHDAY={asked}")
    found = [str(day) for day in rhythm(rule).days(start=date(2028, 2, 1), end=date(2028, 5, 1))]
    assert [day[8:] for day in found if day[:7] == "2028-02"] == february
    assert [day[8:] for day in found if day[:7] == "2028-04"] == april


@given(st.integers(29, 31), st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_a_late_day_comes_once_in_every_month(late: int, first: date) -> None:
    rule = parsed_rule(f"FREQ=MONTHLY;BYMONTHDAY={late}")
    found = [*rhythm(rule, first=first.replace(day=1)).days(start=first.replace(day=1), end=date(2038, 1, 1))]
    months = [(day.year, day.month) for day in found]
    assert len(set(months)) == len(months) == (2038 - first.year) * 12 - first.month + 1


def test_what_a_rule_leaves_open_is_as_on_its_first_day() -> None:
    assert days("FREQ=MONTHLY", 3, first=date(2027, 1, 31)) == ["2027-01-31", "2027-02-28", "2027-03-31"]
    assert days("FREQ=YEARLY", 2, first=date(2028, 2, 29)) == ["2028-02-29", "2029-02-28"]
    assert days("FREQ=YEARLY;BYMONTH=2", 2, first=date(2027, 1, 31)) == ["2027-02-28", "2028-02-29"]
    assert days("FREQ=YEARLY;BYMONTH=1,3", 3, first=date(2027, 1, 31)) == ["2027-01-31", "2027-03-31", "2028-01-31"]


@pytest.mark.parametrize(
    ("rule", "settled"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25"),
        ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO"),
    ],
)
def test_a_settled_rule_needs_no_first_day(rule: str, settled: str) -> None:
    assert settled_rule(rule, FIRST) == parsed_rule(settled) == settled
    assert days(settled, 9) == days(rule, 9)


def test_no_meeting_is_before_the_first_day_or_after_the_last() -> None:
    short = rhythm("FREQ=DAILY", last=date(2026, 11, 27))
    assert [day.day for day in short.days(start=date.min, end=date.max)] == [25, 26, 27]
    assert short.next_day(date(2020, 1, 1)) == FIRST
    assert short.next_day(date(2026, 11, 28)) is None
    assert short.previous_day(date(2050, 1, 1)) == date(2026, 11, 27)
    assert short.previous_day(FIRST) is None
    assert short.previous_day(date.min) is None
    assert [*short.days(start=date(2027, 1, 1), end=date(2026, 1, 1))] == []


def test_the_ends_of_the_calendar_are_no_harm() -> None:
    assert rhythm("FREQ=DAILY", first=date.max).next_day(date.max) is None
    assert rhythm("FREQ=DAILY", first=date.min).previous_day(date(1, 1, 2)) == date.min


def test_a_rhythm_that_misses_its_own_days_is_given_up() -> None:
    wednesdays_only_on_mondays = rhythm("FREQ=DAILY;INTERVAL=7;BYDAY=MO")
    assert wednesdays_only_on_mondays.next_day(FIRST) is None
    assert wednesdays_only_on_mondays.previous_day(date(2036, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2027, 3, 28), 2 * 60 + 30, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # shown as 03:30
        (date(2027, 10, 31), 2 * 60 + 30, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # the first of two
        (date(2027, 7, 1), 14 * 60, datetime(2027, 7, 1, 12, tzinfo=UTC)),
    ],
)
def test_a_time_that_does_not_exist_moves_forward_and_a_doubled_one_is_the_first(
    day: date, at: int, utc: datetime
) -> None:
    assert instant(day, at, "Europe/Berlin") == utc
    assert instant(day, at, "Europe/Berlin").tzinfo is UTC


def test_slots_are_days_with_their_instants() -> None:
    weekly = rhythm("FREQ=WEEKLY;BYDAY=SU", first=date(2027, 3, 1), at=150)
    found = weekly.between(start=datetime(2027, 3, 21, 1, 30, tzinfo=UTC), end=datetime(2027, 4, 4, 0, 30, tzinfo=UTC))
    assert [*found] == [
        (date(2027, 3, 21), datetime(2027, 3, 21, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("rule", "length"),
    [
        ("FREQ=DAILY;INTERVAL=2", timedelta(days=2)),
        ("FREQ=WEEKLY", timedelta(days=7)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", timedelta(days=14)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", timedelta(days=7)),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", timedelta(days=90)),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", timedelta(days=15)),
        ("FREQ=MONTHLY;BYDAY=TU", timedelta(days=7.5)),
        (MONTHLY_31, timedelta(days=30)),
        ("FREQ=YEARLY", timedelta(days=365)),
        ("FREQ=YEARLY;BYMONTH=1,7", timedelta(days=182.5)),
    ],
)
def test_the_period_is_the_usual_distance(rule: str, length: timedelta) -> None:
    assert rhythm(rule).period == length


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
        ("freq=weekly; byday=tu,mo; interval=2;", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TU;WKST=SU", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU"),
        ("FREQ=WEEKLY;BYDAY=FR,MO,WE;BYSETPOS=1,-1", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", MONTHLY_31),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=1", MONTHLY_31),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("FREQ=DAILY;BYMONTH=9,3", "FREQ=DAILY;BYMONTH=3,9"),
    ],
)
def test_a_rule_has_one_canonical_form(text: str, canonical: str) -> None:
    assert parsed_rule(text) == canonical
    assert parsed_rule(canonical) == canonical


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        *(
            ("too_often", text)
            for text in (
                "FREQ=HOURLY",
                "FREQ=MINUTELY;INTERVAL=90",
                "FREQ=SECONDLY",
                "FREQ=DAILY;BYHOUR=9,15",
                "FREQ=DAILY;BYMINUTE=0",
                "FREQ=DAILY;BYSECOND=0",
            )
        ),
        *(
            ("never_occurs", text)
            for text in (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=2",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2",
                "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
            )
        ),
        *(
            ("unknown_rule_part", text)
            for text in (
                "FREQ=DAILY;COUNT=3",
                "FREQ=DAILY;UNTIL=20270101",
                "FREQ=DAILY;DTSTART=20270101",
                "FREQ=DAILY;EXDATE=20270101",
                "FREQ=DAILY;BYEASTER=0",
                "FREQ=DAILY;BYSETPOS=1",
                "FREQ=WEEKLY;BYMONTHDAY=1",
                "FREQ=WEEKLY;BYMONTH=1;BYDAY=MO;BYSETPOS=1",
                "FREQ=WEEKLY;BYSETPOS=1",
                "FREQ=MONTHLY;BYWEEKNO=1",
            )
        ),
        *(
            ("unknown_rhythm", text)
            for text in (
                "",
                "RRULE:",
                "weekly",
                "INTERVAL=2",
                "FREQ=SOMETIMES",
                "FREQ=WEEKLY;FREQ=DAILY",
                "FREQ=WEEKLY;;BYDAY=TU",
                "FREQ=WEEKLY;BYDAY=",
                "FREQ=WEEKLY;BYDAY",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=WEEKLY;BYDAY=1TU",
                "FREQ=MONTHLY;BYDAY=6TU",
                "FREQ=MONTHLY;BYDAY=0TU",
                "FREQ=MONTHLY;BYDAY=MO,1TU",
                "FREQ=MONTHLY;BYMONTHDAY=0",
                "FREQ=MONTHLY;BYMONTHDAY=32",
                "FREQ=MONTHLY;BYMONTHDAY=-32",
                "FREQ=MONTHLY;BYMONTHDAY=30,31",
                "FREQ=MONTHLY;BYMONTHDAY=-1,31",
                "FREQ=MONTHLY;BYMONTHDAY=1.5",
                "FREQ=DAILY;BYMONTH=13",
                "FREQ=DAILY;BYMONTH=-1",
                "FREQ=WEEKLY;WKST=XX",
                "FREQ=WEEKLY;INTERVAL=0",
                "FREQ=WEEKLY;INTERVAL=-1",
                "FREQ=DAILY;INTERVAL=367",
                "FREQ=YEARLY;INTERVAL=6",
                "FREQ=DAILY;INTERVAL=99999999999999999999",
                "FREQ=DAILY\nDTSTART:20270101",
                "FREQ=DAILY\x00",
                "FREQ=DAILY;BYMONTH=１",
                "FREQ=DAILY;BYMONTH=" + ",".join("1" * 100),
            )
        ),
    ],
)
def test_what_no_series_can_have_is_refused(reason: str, text: str) -> None:
    begun = perf_counter()
    with pytest.raises(BadRhythm) as refusal:
        parsed_rule(text)
    assert refusal.value.reason == f"refused.{reason}"
    assert perf_counter() - begun < 0.5  # a few milliseconds, on a machine that does other things too


@given(st.text(max_size=60) | st.text("FREQ=DAILYWKMONTH;BYSEP,-123 ", max_size=60).map("FREQ=".__add__))
def test_any_text_is_a_rule_or_a_bad_one(text: str) -> None:
    with suppress(BadRhythm):
        rule = parsed_rule(text)
        assert parsed_rule(rule) == rule


def numbers(least: int, most: int) -> st.SearchStrategy[str]:
    found = st.sets(st.integers(least, most).filter(bool), min_size=1, max_size=3)
    return found.map(lambda chosen: ",".join(str(number) for number in sorted(chosen)))


WEEKDAY_LISTS = st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=4).map(lambda chosen: ",".join(sorted(chosen)))
NTH_WEEKDAYS = st.builds("{}{}".format, st.sampled_from((1, 2, 3, 4, -1, -2)), st.sampled_from(WEEKDAYS))
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds("FREQ=DAILY;BYMONTH={};BYDAY={}".format, numbers(1, 12), WEEKDAY_LISTS),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format, st.integers(1, 9), WEEKDAY_LISTS, st.sampled_from(WEEKDAYS)
    ),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=WEEKLY;BYDAY={},TH,SU;BYSETPOS=-1,1".format, WEEKDAY_LISTS),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY={}".format, st.integers(1, 9), NTH_WEEKDAYS),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 9), numbers(-28, 28)),
    st.builds("FREQ=MONTHLY;BYDAY={};BYSETPOS={}".format, WEEKDAY_LISTS, numbers(-4, 4)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, numbers(1, 12), numbers(-28, 28)),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH={};BYDAY={}".format, st.integers(1, 2), numbers(1, 12), NTH_WEEKDAYS),
    st.builds("FREQ=YEARLY;BYYEARDAY={}".format, numbers(-366, 366)),
    st.builds("FREQ=YEARLY;BYWEEKNO={};BYDAY=WE".format, numbers(1, 53)),
    st.just("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
)
MOMENTS = st.integers(0, 18 * 365 * 24).map(lambda hours: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
FIRSTS = st.dates(date(2018, 1, 1), date(2032, 12, 28)).filter(lambda day: day.day <= 28)


@given(RULES, FIRSTS, st.integers(0, 2500), st.integers(0, 800))
def test_days_are_those_of_dateutil(rule: str, first: date, after: int, length: int) -> None:
    start = first + timedelta(days=after)
    end = start + timedelta(days=length)
    in_week = rule.startswith("FREQ=WEEKLY") and "BYSETPOS" in rule  # dateutil takes a part of a week for a whole one
    counted = first - timedelta(days=first.weekday()) if in_week else first
    oracle = rrulestr(rule, dtstart=datetime.combine(counted, datetime.min.time()))
    begin, stop = (datetime.combine(day, datetime.min.time()) for day in (start, end - timedelta(days=1)))
    expected = [moment.date() for moment in oracle.between(begin, stop, inc=True)]
    assert [*rhythm(parsed_rule(rule), first=first).days(start=start, end=end)] == expected


@given(RULES, FIRSTS, st.integers(0, 2500))
def test_the_next_day_and_the_one_before_are_neighbours(rule: str, first: date, after: int) -> None:
    series = rhythm(parsed_rule(rule), first=first)
    day = first + timedelta(days=after)
    coming, gone = series.next_day(day), series.previous_day(day)
    for found in (coming, gone):
        assert found is None or [*series.days(start=found, end=found + timedelta(days=1))] == [found]
    begin = first if gone is None else gone
    assert [found for found in series.days(start=begin, end=coming or day) if found != gone] == []


@given(
    RULES,
    FIRSTS,
    st.integers(0, 1439),
    st.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")),
    st.lists(MOMENTS, min_size=3, max_size=3),
)
def test_a_long_span_is_its_two_halves_joined(
    rule: str, first: date, at: int, zone: str, moments: list[datetime]
) -> None:
    start, middle, end = sorted(moments)
    series = rhythm(parsed_rule(rule), first=first, at=at, zone=zone)
    whole = [*series.between(start=start, end=end)]
    assert whole == [*series.between(start=start, end=middle), *series.between(start=middle, end=end)]
    assert all(one < other for (_, one), (_, other) in pairwise(whole))
