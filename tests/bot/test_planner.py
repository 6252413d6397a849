"""The planner: what the clock does to meetings is done once, in time, and for everybody."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.clock import new_id
from bot.model.delivery import Delivery
from bot.model.ids import MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.planner import BATCH
from bot.timetable import meet_now
from storage.store import Store
from tests.bot.agreed import NOW, WEEKLY, Two, two_on
from tests.bot.conftest import KEY
from tests.stateful.snapshot import UNHURRIED

A_DAY = timedelta(days=1)


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[list[Store]]:
    """Two processes' stores on one database."""
    stores = [Store(database_url, (KEY,), patience=UNHURRIED) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = Store(sqlite_url, (KEY,), patience=UNHURRIED)
    yield store
    await store.close()


@pytest.fixture
async def two(store: Store) -> Two:
    return await two_on(store)


async def test_after_a_long_downtime_nothing_is_planned_for_the_past(two: Two) -> None:
    await two.agree(WEEKLY)
    two.now += 60 * A_DAY
    await two.planner().tick()
    meetings = await two.meetings()
    planned_before = [one for one in meetings if one.starts_at < two.now]
    assert [str(one.day) for one in planned_before] == ["2026-11-24", "2026-12-01"]
    assert [one.state for one in planned_before] == ["ended", "running"]
    assert [str(one.day) for one in meetings if one.starts_at > two.now] == ["2027-01-26", "2027-02-02"]
    fresh = [one for one in await two.reminders() if one.planned_at == two.now]
    assert fresh
    assert all(one.due_at >= two.now for one in fresh)


async def test_a_meeting_is_begun_at_its_time_and_closed_a_day_later(two: Two) -> None:
    await two.agree(WEEKLY)
    states = []
    for hours in (27, 1, 23, 1):
        two.now += timedelta(hours=hours)
        await two.planner().tick()
        states.append((await two.meetings())[0].state.value)
    assert states == ["scheduled", "running", "running", "ended"]
    first = (await two.meetings())[0]
    assert (first.begun_at, first.ended_at) == (first.starts_at, first.starts_at + timedelta(minutes=30))


async def test_a_meeting_for_which_the_clock_comes_late_does_not_end_the_one_that_goes_on(two: Two) -> None:
    await two.agree(WEEKLY)
    two.now += timedelta(hours=28, minutes=10)
    async with two.writing() as pen:
        on_the_spot = Meeting(
            id=MeetingId(new_id()),
            organization=two.organization,
            conversation=two.conversation,
            author=two.person("Ana"),
            starts_at=two.now,
            state=MeetingState.running,
            changed_at=two.now,
            begun_at=two.now,
        )
        assert await meet_now(pen, on_the_spot)
    await two.planner().tick()
    late = next(one for one in await two.meetings() if str(one.day) == "2026-11-24")
    assert (late.state, late.begun_at, late.ended_at) == ("ended", late.starts_at, two.now)
    (running,) = [one for one in await two.meetings() if one.state == "running"]
    assert running.id == on_the_spot.id


async def test_two_planners_at_once_plan_and_begin_each_once(stores: list[Store]) -> None:
    """Each of six pairs has its meetings and its reminders once."""
    pairs = [await two_on(stores[0]) for _ in range(6)]
    for pair in pairs:
        await pair.agree(WEEKLY, plan=False)
    clock = pairs[0]
    planners = [clock.planner(store) for store in stores]
    await asyncio.gather(*(planner.tick() for planner in planners))
    await asyncio.gather(*(planner.tick() for planner in planners))
    for pair in pairs:
        assert [str(one.day) for one in await pair.meetings()] == ["2026-11-24", "2026-12-01"]
        kinds = _each_once(await pair.reminders())
        assert kinds == {"prepare": 2, "agenda": 4, "wrap_up": 4, "summary": 4}
    clock.now += timedelta(hours=28)
    await asyncio.gather(*(planner.tick() for planner in planners))
    await asyncio.gather(*(planner.tick() for planner in planners))
    for pair in pairs:
        begun, *_ = await pair.meetings()
        assert (begun.state, begun.begun_at, begun.version) == ("running", begun.starts_at, 2)
        _each_once(await pair.reminders())


def _each_once(reminders: Sequence[Delivery]) -> Mapping[str, int]:
    """How many there are of each kind, none of them twice."""
    times = Counter((one.subject, one.recipient, one.kind, one.offset) for one in reminders)
    assert set(times.values()) == {1}
    return Counter(one.kind.value for one in reminders)


async def test_one_that_cannot_be_planned_keeps_nobody_back(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """More than a batch of them, all of them more urgent than the one that can."""
    broken = [await two_on(store) for _ in range(BATCH + 1)]
    for pair in broken:
        await pair.agree(replace(WEEKLY, zone="Nowhere/Gone"), plan=False)
    good = await two_on(store, now=NOW + timedelta(seconds=1))
    await good.agree(WEEKLY, plan=False)
    planner = good.planner()
    with caplog.at_level(logging.CRITICAL, "oneonone.planner"):
        for _ in range(3):
            await planner.tick()
    assert [str(one.day) for one in await good.meetings()] == ["2026-11-24", "2026-12-01"]


async def test_what_could_not_be_planned_is_tried_again(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    series = await two.agree(replace(WEEKLY, zone="Nowhere/Gone"), plan=False)
    planner = two.planner()
    with caplog.at_level(logging.ERROR, "oneonone.planner"):
        await planner.tick()
        await planner.tick()
    assert [(one.msg, one.__dict__["during"]) for one in caplog.records] == [("failed", "plan")]
    async with two.writing() as pen:
        await pen.tx.series.save(replace(series, zone="Europe/Madrid"))
    two.now += timedelta(minutes=1)
    await planner.tick()
    assert list(await two.days()) == ["2026-11-24", "2026-12-01"]


@pytest.mark.postgres
async def test_who_comes_second_passes_over_what_the_first_is_planning(postgres_url: str) -> None:
    mine, theirs = (Store(postgres_url, (KEY,), patience=UNHURRIED) for _ in range(2))
    two = await two_on(mine)
    await two.agree(WEEKLY)
    two.now += 15 * A_DAY
    ((organization, series),) = await mine.timetable.to_plan(until=two.now + 30 * A_DAY, most=5)
    async with theirs.write(organization) as tx:
        assert await tx.series.unless_taken(series) is not None
        await two.planner()._plan(organization, series)
    assert [organization, series] in [
        list(each) for each in await mine.timetable.to_plan(until=two.now + 14 * A_DAY, most=5)
    ]
    await two.planner().tick()
    assert await mine.timetable.to_plan(until=two.now + 14 * A_DAY, most=5) == []
    for store in (mine, theirs):
        await store.close()
