"""When somebody works: their hours where they are, less public holidays and days away."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.working import WorkWeek, country_name, country_named, country_of

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
COUNTRIES = ["", "DE", "DE-BY", "US", "JP", "IL", "SA", "IN", "AR-E"]
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})

BERLIN = WorkWeek(zone="Europe/Berlin", country="DE")
NEW_YORK = WorkWeek(zone="America/New_York", country="US")
DUBAI = WorkWeek(zone="Asia/Dubai", days=SUNDAY_TO_THURSDAY, begins=8 * 60, ends=17 * 60)
MADRID = WorkWeek(zone="Europe/Madrid", away=((date(2026, 11, 23), date(2026, 11, 27)),))

moments = st.datetimes(datetime(2024, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
days = st.dates(date(2024, 1, 1), date(2036, 12, 31))
# No zone turns its clocks between four and eight: whatever is by the wall clock is so everywhere in these hours.
spans = st.lists(st.integers(4 * 60, 20 * 60), min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def weeks(draw: st.DrawFn) -> WorkWeek:
    begins, ends = draw(spans)
    first = draw(days)
    return WorkWeek(
        zone=draw(st.sampled_from(ZONES)),
        days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        begins=begins,
        ends=ends,
        country=draw(st.sampled_from(COUNTRIES)),
        away=((first, first + timedelta(days=draw(st.integers(0, 60)))),),
    )


def moment(local: str, zone: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def by_the_wall(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")[:16]


def works_at(week: WorkWeek, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(week.zone))
    return week.works_on(local.date()) and week.begins <= local.hour * 60 + local.minute < week.ends


@pytest.mark.parametrize(
    ("week", "at", "due"),
    [
        (BERLIN, "2026-11-23T10:00", "2026-11-23T10:00"),
        (BERLIN, "2026-11-23T07:10", "2026-11-23T09:00"),
        (BERLIN, "2026-11-23T09:00", "2026-11-23T09:00"),
        (BERLIN, "2026-11-23T18:00", "2026-11-24T09:00"),
        (BERLIN, "2026-11-27T19:00", "2026-11-30T09:00"),
        (BERLIN, "2026-03-27T20:00", "2026-03-30T09:00"),  # the clocks go forward
        (BERLIN, "2026-10-24T20:00", "2026-10-26T09:00"),  # and back
        (BERLIN, "2026-04-02T19:00", "2026-04-07T09:00"),  # Good Friday to Easter Monday
        (BERLIN, "2027-12-31T18:30", "2028-01-03T09:00"),
        (NEW_YORK, "2026-11-26T10:00", "2026-11-27T09:00"),  # Thanksgiving
        (NEW_YORK, "2026-04-03T10:00", "2026-04-03T10:00"),  # Good Friday is none there
        (NEW_YORK, "2026-07-02T20:00", "2026-07-06T09:00"),  # the Fourth is a Saturday: Friday instead
        (DUBAI, "2026-11-22T10:00", "2026-11-22T10:00"),
        (DUBAI, "2026-11-26T17:00", "2026-11-29T08:00"),
        (MADRID, "2026-11-20T18:00", "2026-11-30T09:00"),
        (MADRID, "2026-11-25T10:00", "2026-11-30T09:00"),
    ],
)
def test_what_is_to_be_told_waits_for_working_hours(week: WorkWeek, at: str, due: str) -> None:
    assert by_the_wall(week.next_moment(moment(at, week.zone)), week.zone) == due


@pytest.mark.parametrize(
    ("week", "at", "due"),
    [
        (BERLIN, "2026-11-23T08:59", "2026-11-23T09:00"),
        (BERLIN, "2026-11-23T09:00", "2026-11-24T09:00"),
        (BERLIN, "2026-11-27T10:00", "2026-11-30T09:00"),
        (MADRID, "2026-11-20T10:00", "2026-11-30T09:00"),
    ],
)
def test_the_next_morning_is_never_this_moment(week: WorkWeek, at: str, due: str) -> None:
    assert by_the_wall(week.next_morning(moment(at, week.zone)), week.zone) == due


@pytest.mark.parametrize(
    ("begins", "day", "due"),
    [
        (2 * 60 + 30, date(2026, 3, 29), "2026-03-29T01:30"),  # 2:30 does not exist: half past three instead
        (3 * 60, date(2026, 3, 29), "2026-03-29T01:00"),
        (2 * 60 + 30, date(2026, 10, 25), "2026-10-25T00:30"),  # 2:30 comes twice: the first
        (9 * 60, date(2026, 10, 25), "2026-10-25T08:00"),
    ],
)
def test_mornings_when_the_clocks_change(begins: int, day: date, due: str) -> None:
    week = WorkWeek(zone="Europe/Berlin", begins=begins)
    assert week.morning(day) == moment(due, "UTC")


def test_hours_that_the_clocks_leave_out_are_passed_over() -> None:
    week = WorkWeek(zone="Europe/Berlin", days=frozenset({6}), begins=2 * 60 + 50, ends=3 * 60 + 10)
    found = week.next_moment(moment("2026-03-28T12:00", "UTC"))
    assert by_the_wall(found, week.zone) == "2026-04-05T02:50"


def test_who_works_until_midnight_works_all_evening() -> None:
    week = WorkWeek(zone="Europe/Berlin", begins=0, ends=24 * 60)
    late = moment("2026-11-27T23:59", week.zone)
    assert week.next_moment(late) == late
    assert by_the_wall(week.next_moment(late + timedelta(minutes=1)), week.zone) == "2026-11-30T00:00"


@pytest.mark.parametrize(
    ("week", "day", "count", "before"),
    [
        (BERLIN, date(2026, 11, 25), 0, date(2026, 11, 25)),
        (BERLIN, date(2026, 11, 29), 0, date(2026, 11, 27)),
        (BERLIN, date(2026, 11, 30), 1, date(2026, 11, 27)),
        (BERLIN, date(2026, 11, 30), 6, date(2026, 11, 20)),
        (BERLIN, date(2026, 4, 7), 1, date(2026, 4, 2)),
        (BERLIN, date(2026, 4, 5), 1, date(2026, 4, 2)),
        (MADRID, date(2026, 11, 30), 2, date(2026, 11, 19)),
        (DUBAI, date(2026, 11, 22), 1, date(2026, 11, 19)),
    ],
)
def test_so_many_working_days_before(week: WorkWeek, day: date, count: int, before: date) -> None:
    assert week.day_before(day, count) == before


def test_who_is_away_for_ever_is_told_all_the_same() -> None:
    week = WorkWeek(zone="Europe/Berlin", country="DE", away=((date.min, date.max),))
    friday = moment("2026-04-03T19:00", week.zone)
    assert not week.works_on(date(2026, 4, 2))
    assert by_the_wall(week.next_moment(friday), week.zone) == "2026-04-06T09:00"
    assert by_the_wall(week.next_morning(friday), week.zone) == "2026-04-06T09:00"
    assert week.next_moment(moment("2026-04-03T10:00", week.zone)) == moment("2026-04-03T10:00", week.zone)
    assert week.day_before(date(2026, 4, 6), 3) == date(2026, 4, 1)


@pytest.mark.parametrize("country", ["XX", "DE-XX", "nonsense"])
def test_a_country_that_is_not_known_has_no_holidays(country: str) -> None:
    assert WorkWeek(zone="Europe/Berlin", country=country).works_on(date(2026, 12, 25))


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert BERLIN.works_on(epiphany)
    assert not WorkWeek(zone="Europe/Berlin", country="DE-BY").works_on(epiphany)


def test_years_of_which_holidays_are_not_known_yet_are_years_all_the_same() -> None:
    assert not WorkWeek(zone="Asia/Kolkata", country="IN").works_on(date(2040, 1, 26))


@pytest.mark.parametrize(("begins", "ends"), [(540, 540), (1320, 360), (-1, 540), (540, 1441)])
def test_a_night_shift_is_not_supported(begins: int, ends: int) -> None:
    with pytest.raises(ValueError, match="hours"):
        WorkWeek(zone="UTC", begins=begins, ends=ends)


@pytest.mark.parametrize("never", [frozenset[int](), frozenset({7}), frozenset({-1, 0})])
def test_who_works_works_on_some_day_of_the_week(never: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="days"):
        WorkWeek(zone="UTC", days=never)


@given(weeks(), moments)
def test_in_every_zone_it_is_a_working_hour(week: WorkWeek, at: datetime) -> None:
    due = week.next_moment(at)
    assert works_at(week, due)
    assert due >= at
    assert due.tzinfo is UTC


@given(weeks(), moments, st.floats(0, 1, exclude_max=True))
def test_there_is_no_earlier_one(week: WorkWeek, at: datetime, share: float) -> None:
    due = week.next_moment(at)
    between = at + (due - at) * share
    assert between == due or not works_at(week, between)


@given(weeks(), moments, moments)
def test_what_comes_later_is_told_no_earlier(week: WorkWeek, one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert week.next_moment(first) <= week.next_moment(second)
    assert week.next_morning(first) <= week.next_morning(second)


@given(weeks(), moments)
def test_within_working_hours_nothing_waits(week: WorkWeek, at: datetime) -> None:
    due = week.next_moment(at)
    assert week.next_moment(due) == due


@given(weeks(), moments, st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_the_next_morning_is_the_first_after_it(week: WorkWeek, at: datetime, share: float) -> None:
    morning = week.next_morning(at)
    between = at + (morning - at) * share
    assert morning > at
    assert week.next_moment(morning) == morning
    assert between in {at, morning} or week.next_morning(between) == morning


@given(weeks(), days, st.integers(0, 12))
def test_between_a_day_and_the_one_before_are_so_many_working_days(week: WorkWeek, day: date, count: int) -> None:
    before = week.day_before(day, count)
    between = [before + timedelta(days=n) for n in range((day - before).days)]
    assert week.works_on(before)
    assert before < day or (before == day and count == 0)
    assert sum(map(week.works_on, between)) == max(count, int(before < day))


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("America/New_York", "US"),
        ("America/Toronto", "CA"),
        ("Europe/Vatican", "VA"),
        ("Arctic/Longyearbyen", "SJ"),
        ("Asia/Calcutta", "IN"),  # what browsers still say
        ("Europe/Kiev", "UA"),
        ("Africa/Timbuktu", ""),  # shares its zone with many countries
        ("Etc/GMT+3", ""),
        ("EET", ""),
        ("UTC", ""),
        ("Nowhere/At_All", ""),
        ("", ""),
    ],
)
def test_a_zone_lies_in_a_country(zone: str, country: str) -> None:
    assert country_of(zone) == country


@given(st.sampled_from(ZONES))
def test_where_a_zone_lies_is_a_country_that_can_be_named(zone: str) -> None:
    country = country_of(zone)
    assert country_named(country) == country
    assert country_named(country_name(country)) == country


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("DE", "DE"),
        (" deu ", "DE"),
        ("Germany", "DE"),
        ("deutschland", "DE"),
        ("Österreich", "AT"),
        ("DE-BY", "DE-BY"),
        ("de-by", "DE-BY"),
        ("Germany (BY)", "DE-BY"),
        ("Germany, Bayern", "DE-BY"),
        ("Bayern", "DE-BY"),
        ("thuringen", "DE-TH"),
        ("DE-Sachsen-Anhalt", "DE-ST"),
        ("California", "US-CA"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("Scotland", "GB-SCT"),
        ("Guinea-Bissau", "GW"),
        ("Cote d'Ivoire", "CI"),
        ("Georgia", "GE"),  # the country, not the state
        ("ARE", "AE"),
        ("AR-E", "AR-E"),
        ("none", ""),
        ("None", ""),
        ("  ", ""),
        ("La Rioja", None),  # in Spain or in Argentina?
        ("BYX", None),
        ("DE-XX", None),
        ("Atlantis", None),
        ("-", None),
        ("🏖", None),
    ],
)
def test_people_name_countries_as_they_like(words: str, code: str | None) -> None:
    assert country_named(words) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [("DE", "Germany"), ("DE-BY", "Germany (BY)"), ("", ""), ("XK", "XK"), ("US-CA", "United States (CA)")],
)
def test_countries_are_shown_by_name(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize("country", ["AE", "AR", "AT", "BE", "CH", "DE", "ES", "FR", "GB", "US"])
def test_what_is_shown_can_be_typed_again(country: str) -> None:
    from holidays import country_holidays

    for part in ("", *(f"-{part}" for part in country_holidays(country).subdivisions)):
        assert country_named(f"{country}{part}") == f"{country}{part}"
        assert country_named(country_name(f"{country}{part}")) == f"{country}{part}"
