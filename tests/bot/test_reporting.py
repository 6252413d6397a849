"""When an admin gets the month's usage report, by their own clock, and that it is planned once (M5)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.clock import new_id
from bot.model.delivery import DeliveryState, Outcome
from bot.model.habits import Away
from bot.model.ids import AwayId
from bot.reminding import arrange_for
from bot.reporting import arrange_report, month_after
from storage.store import Store
from tests.bot.agreed import Two, two_on
from tests.bot.conftest import KEY
from tests.stateful.snapshot import UNHURRIED

DECEMBER, JANUARY, FEBRUARY, MARCH = (
    f"{day} 14:00" for day in ("2026-12-01", "2027-01-04", "2027-02-01", "2027-03-01")
)
"""Nine in the morning in New York; New Year is a Friday."""


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, (KEY,), patience=UNHURRIED)
    yield store
    await store.close()


@pytest.fixture
async def two(store: Store) -> Two:
    return await two_on(store)


async def wants(two: Two, *, wanted: bool = True) -> None:
    """Ben turns it on, or off."""
    async with two.writing() as pen:
        habits = await pen.tx.habits.get(two.person("Ben"))
        await pen.tx.habits.put(replace(habits, wants_report=wanted))
        await arrange_report(pen, habits.person)


async def works(two: Two, *, zone: str = "America/New_York", days: str = "01234", country: str | None = None) -> None:
    async with two.writing() as pen:
        person = await pen.tx.people.get(two.person("Ben"))
        assert person is not None
        await pen.tx.people.save(replace(person, zone=zone))
        habits = await pen.tx.habits.get(person.id)
        await pen.tx.habits.put(replace(habits, days=days, country=country))
        await arrange_for(pen, person.id)


async def is_away(two: Two, first: date, last: date) -> Away:
    away = Away(id=AwayId(new_id()), organization=two.organization, person=two.person("Ben"), first=first, last=last)
    async with two.writing() as pen:
        await pen.tx.habits.add_away(away)
        await arrange_for(pen, away.person)
    return away


async def due(two: Two) -> list[str]:
    return await two.due("report", "Ben")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", [DECEMBER, JANUARY]),
        ("Asia/Kathmandu", ["2026-12-01 03:15", "2027-01-01 03:15"]),
        ("Pacific/Kiritimati", ["2026-11-30 19:00", "2027-01-03 19:00"]),
        ("Pacific/Honolulu", ["2026-12-01 19:00", "2027-01-04 19:00"]),
    ],
)
async def test_at_nine_in_the_morning_where_they_are(two: Two, zone: str, expected: list[str]) -> None:
    await wants(two)
    await works(two, zone=zone)
    assert await due(two) == expected
    assert await two.due("report", "Ana") == []


IN_BERLIN = {"country": "DE", "zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("now", "week", "expected"),
    [
        pytest.param("2027-01-10", {}, "2027-02-01 14:00", id="the first is a Monday"),
        pytest.param("2027-01-10", {"days": "4"}, "2027-02-05 14:00", id="works on Fridays"),
        pytest.param("2027-04-10", IN_BERLIN, "2027-05-03 07:00", id="the first is a Saturday"),
        pytest.param("2028-04-10", IN_BERLIN, "2028-05-02 07:00", id="a holiday"),
    ],
)
async def test_on_the_first_day_of_the_month_on_which_they_work(
    two: Two, now: str, week: dict[str, str], expected: str
) -> None:
    two.now = datetime.fromisoformat(now).replace(tzinfo=UTC)
    await wants(two)
    await works(two, **week)
    assert (await due(two))[0] == expected


async def test_after_days_away_and_once_for_a_month_that_they_miss(two: Two) -> None:
    await wants(two)
    away = await is_away(two, date(2026, 12, 1), date(2026, 12, 9))
    assert await due(two) == ["2026-12-10 14:00", JANUARY]
    await is_away(two, date(2026, 12, 9), date(2027, 1, 5))
    assert await due(two) == ["2027-01-06 14:00"]
    async with two.writing() as pen:
        await pen.tx.habits.remove_away(away.id)
        await arrange_for(pen, away.person)
    assert await due(two) == [DECEMBER, "2027-01-06 14:00"]


async def test_who_turns_it_on_in_the_middle_of_a_month_waits_for_the_next_one(two: Two) -> None:
    two.now = datetime(2026, 12, 1, 15, tzinfo=UTC)
    await wants(two)
    assert await due(two) == [JANUARY, FEBRUARY]
    await wants(two, wanted=False)
    assert await due(two) == []
    await two.planner().tick()
    assert await due(two) == []
    await wants(two)
    assert await due(two) == [JANUARY, FEBRUARY]


async def test_the_clock_plans_the_next_one_whatever_became_of_the_last(two: Two) -> None:
    await wants(two)
    await two.planner().tick()
    assert await due(two) == [DECEMBER, JANUARY]
    two.now = datetime(2027, 1, 2, tzinfo=UTC)
    await two.planner().tick()
    assert await due(two) == [JANUARY, FEBRUARY, MARCH]


async def test_what_came_this_month_does_not_come_again_in_another_zone(two: Two) -> None:
    await wants(two)
    two.now = datetime(2026, 12, 1, 14, 1, tzinfo=UTC)
    until = two.now + timedelta(minutes=1)
    claimed = await two.store.outbox.claim("", owner="me", now=two.now, lease=until - two.now, most=5)
    async with two.store.write(two.organization) as tx:
        await tx.deliveries.record_all([(each, Outcome(DeliveryState.sent, "there")) for each in claimed])
    assert len(claimed) == 1
    await works(two, zone="Pacific/Honolulu")
    assert await due(two) == ["2027-01-04 19:00", "2027-02-01 19:00"]


async def test_what_is_under_way_stays_when_the_zone_changes(two: Two) -> None:
    await wants(two)
    two.now = datetime(2026, 12, 1, 14, 1, tzinfo=UTC)
    await works(two, zone="Europe/Berlin")
    assert await due(two) == ["2026-12-01 08:00", "2027-01-04 08:00", "2027-02-01 08:00"]


async def test_two_replicas_plan_it_once(two: Two) -> None:
    await wants(two)
    two.now = datetime(2027, 1, 2, tzinfo=UTC)
    await asyncio.gather(*(two.planner().tick() for _ in range(4)))
    assert await due(two) == [JANUARY, FEBRUARY, MARCH]
    assert len([one for one in await two.reminders() if one.kind == "report"]) == 4


class _Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("place", ["before commit", "after commit"])
async def test_killed_while_it_is_planned_it_is_planned_once(two: Two, database_url: str, place: str) -> None:
    await wants(two)
    two.now = datetime(2027, 1, 2, tzinfo=UTC)

    def failpoint(reached: str) -> None:
        if reached == place:
            raise _Killed

    mortal = Store(database_url, (KEY,), patience=UNHURRIED, failpoint=failpoint)
    with pytest.raises(_Killed):
        await two.planner(mortal).tick()
    await mortal.close()
    assert (await due(two) == [JANUARY, FEBRUARY, MARCH]) is (place == "after commit")
    await two.planner().tick()
    assert await due(two) == [JANUARY, FEBRUARY, MARCH]


@settings(deadline=None)
@given(zone=st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin"]), hours=st.integers(0, 24 * 62))
def test_the_clock_soon_has_nothing_more_to_plan(zone: str, hours: int) -> None:
    """What it asks for is within a person's own months, in every zone and at every hour."""
    now = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(hours=hours)
    here = month_after(now.astimezone(ZoneInfo(zone)).date())
    assert month_after(here) >= month_after(now.date())


@pytest.mark.soak
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin"])
async def test_in_a_year_there_are_twelve(two: Two, zone: str) -> None:
    await wants(two)
    await works(two, zone=zone)
    mornings: set[str] = set()
    for _ in range(370):
        mornings |= set(await due(two))
        two.now += timedelta(days=1)
        await two.planner().tick()
    local = [datetime.fromisoformat(each).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for each in sorted(mornings)]
    assert [f"{each:%Y-%m}" for each in local][:12] == ["2026-12", *(f"2027-{month:02d}" for month in range(1, 12))]
    assert {f"{each:%H:%M}" for each in local} == {"09:00"}
