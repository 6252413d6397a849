"""When whoever leads a growth plan is asked whether it is still right, by their own clock (H4)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.clock import new_id
from bot.model.growth import GrowthPlan, Revisit
from bot.model.habits import Away
from bot.model.ids import AwayId, GrowthPlanId
from bot.reminding import arrange_for
from bot.revisiting import asked_again, kept_plan
from storage.store import Store
from tests.bot.agreed import Two, two_on
from tests.bot.conftest import KEY
from tests.stateful.snapshot import UNHURRIED

ZONES = ("America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, (KEY,), patience=UNHURRIED)
    yield store
    await store.close()


@pytest.fixture
async def two(store: Store) -> Two:
    return await two_on(store)


async def _shared(two: Two, today: date = date(2026, 11, 23)) -> GrowthPlan:
    plan = GrowthPlan(
        id=GrowthPlanId(new_id()),
        organization=two.organization,
        conversation=two.conversation,
        person=two.person("Ben"),
        created_at=two.now,
        changed_at=two.now,
        shared_at=two.now,
    )
    async with two.writing() as pen:
        assert await pen.tx.growth.start(plan)
        return await kept_plan(pen, asked_again(plan, today))


async def _kept(two: Two, plan: GrowthPlan, **changed: object) -> GrowthPlan:
    async with two.writing() as pen:
        return await kept_plan(pen, asked_again(replace(plan, **changed), two.now.date()))  # type: ignore[arg-type] # a plan's own fields


async def _lives_in(two: Two, zone: str) -> None:
    async with two.writing() as pen:
        person = await pen.tx.people.get(two.person("Ben"))
        assert person is not None
        await pen.tx.people.save(replace(person, zone=zone))
        await arrange_for(pen, person.id)


async def _stored(two: Two, plan: GrowthPlan) -> GrowthPlan:
    async with two.store.read(two.organization) as tx:
        found = await tx.growth.get(plan.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/New_York", "2026-12-23 14:00"),
        ("Asia/Kathmandu", "2026-12-23 03:15"),
        ("Pacific/Auckland", "2026-12-22 20:00"),
        ("Pacific/Honolulu", "2026-12-23 19:00"),
    ],
)
async def test_at_nine_in_the_morning_where_they_are(two: Two, zone: str, due: str) -> None:
    await _shared(two)
    await _lives_in(two, zone)
    assert await two.due("growth", "Ben") == [due]
    assert await two.due("growth", "Ana") == []


@pytest.mark.parametrize(
    ("today", "due"),
    [
        pytest.param(date(2026, 11, 25), "2026-12-28 14:00", id="Christmas, then a weekend"),
        pytest.param(date(2026, 12, 1), "2027-01-04 14:00", id="New Year, then a weekend"),
        pytest.param(date(2027, 1, 31), "2027-03-01 14:00", id="the last day of a short month is a Sunday"),
        pytest.param(date(2027, 2, 14), "2027-03-15 13:00", id="the clocks have changed that Sunday"),
    ],
)
async def test_on_the_first_working_day_of_theirs(two: Two, today: date, due: str) -> None:
    await _shared(two, today)
    assert await two.due("growth", "Ben") == [due]


async def test_not_while_they_are_away(two: Two) -> None:
    await _shared(two)
    away = Away(
        id=AwayId(new_id()),
        organization=two.organization,
        person=two.person("Ben"),
        first=date(2026, 12, 20),
        last=date(2027, 1, 6),
    )
    async with two.writing() as pen:
        await pen.tx.habits.add_away(away)
        await arrange_for(pen, away.person)
    for days in (1, 8, 9):
        two.now = datetime(2026, 12, 23, 9, tzinfo=UTC) + timedelta(days=days)
        await two.planner().tick()
        assert await two.due("growth", "Ben") == ["2027-01-07 14:00"]
    two.now = datetime(2027, 1, 20, 9, tzinfo=UTC)
    await two.planner().tick()
    assert await two.due("growth", "Ben") == ["2027-02-08 14:00"]


async def test_a_quarter_later_or_never_as_they_choose(two: Two) -> None:
    plan = await _kept(two, await _shared(two), revisit=Revisit.quarterly)
    assert await two.due("growth", "Ben") == ["2027-02-23 14:00"]
    plan = await _kept(two, plan, revisit=Revisit.never)
    assert await two.due("growth", "Ben") == []
    await _kept(two, plan, revisit=Revisit.monthly)
    assert await two.due("growth", "Ben") == ["2026-12-23 14:00"]


async def test_who_has_just_changed_it_is_asked_a_month_from_then(two: Two) -> None:
    plan = await _shared(two)
    two.now += timedelta(days=14)
    await _kept(two, plan, changed_at=two.now)
    assert await two.due("growth", "Ben") == ["2027-01-07 14:00"]


async def test_what_is_hidden_again_is_not_asked_about(two: Two) -> None:
    await _kept(two, await _shared(two), shared_at=None)
    assert await two.due("growth", "Ben") == []


@pytest.mark.parametrize(
    ("revisit", "passed", "next_day"),
    [
        (Revisit.monthly, date(2027, 1, 1), date(2027, 1, 23)),
        (Revisit.monthly, date(2027, 6, 1), date(2027, 6, 23)),
        (Revisit.quarterly, date(2027, 6, 1), date(2027, 8, 23)),
    ],
)
async def test_a_day_that_is_over_is_followed_by_the_next_whatever_came_of_it(
    two: Two, revisit: Revisit, passed: date, next_day: date
) -> None:
    plan = await _kept(two, await _shared(two), revisit=revisit)
    two.now = datetime(passed.year, passed.month, passed.day, 9, tzinfo=UTC)
    await two.planner().tick()
    assert (await _stored(two, plan)).revisit_on == next_day
    assert len(await two.due("growth", "Ben")) == 1
    await two.planner().tick()
    assert (await _stored(two, plan)).revisit_on == next_day


async def test_the_clock_leaves_alone_what_may_still_be_on_its_way(two: Two) -> None:
    plan = await _shared(two)
    two.now = datetime(2026, 12, 30, 9, tzinfo=UTC)
    await two.planner().tick()
    assert (await _stored(two, plan)).revisit_on == date(2026, 12, 23)


@pytest.mark.soak
@pytest.mark.parametrize("zone", ZONES)
async def test_in_a_year_of_silence_they_are_asked_once_a_month(two: Two, zone: str) -> None:
    await _shared(two)
    await _lives_in(two, zone)
    mornings: set[str] = set()
    for _ in range(365):
        mornings |= set(await two.due("growth", "Ben"))
        two.now += timedelta(days=1)
        await two.planner().tick()
    assert sorted({morning[:7] for morning in mornings})[:12] == [
        *("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06", "2027-07"),
        *("2027-08", "2027-09", "2027-10", "2027-11"),
    ]
