"""What the clock counts of a week, on both databases: each thing once, whoever does it and whenever they are killed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.disclosure import Counts, Group, Measure, counts_read
from bot.model.ids import ConversationId
from bot.model.usage import EVERYBODY, OTHERS, Counted, Deed
from bot.ports import Busy
from bot.usage_keeping import DEEDS_LAST, TEAMS_LAST, is_due, week_over
from storage.store import Store
from tests.bot.counting import count, keeper
from tests.storage.conftest import PATIENT
from tests.storage.firm import KEY, NOON, Firm

SALES, SUPPORT = {"Department": "Sales"}, {"Department": "Support"}
WEEK = date(2026, 11, 29)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
NEXT_MONDAY = NOON + timedelta(days=6)


async def _did(firm: Firm, *conversations: ConversationId) -> None:
    async with firm.store.write(firm.organization) as tx:
        for conversation in conversations:
            await tx.usage.did(conversation, Deed.noted, firm.now)


async def _group(firm: Firm, department: str = EVERYBODY, *, week: date = WEEK) -> Group:
    async with firm.store.read(firm.organization) as tx:
        (row,) = [row for row in await tx.usage.groups([week]) if row.department == department]
    return counts_read(row.department, row.manager, row.counted)


async def _active(firm: Firm, days: int, *, week: date = WEEK) -> Counts:
    return (await _group(firm, week=week)).counts[Measure.active, days]


async def _latest(firm: Firm) -> date | None:
    async with firm.store.read(firm.organization) as tx:
        return await tx.usage.latest()


async def test_nothing_is_counted_before_anybody_did_anything(firm: Firm) -> None:
    await firm.pair(SALES)
    await count(firm.store, NEXT_MONDAY + timedelta(days=100))
    assert await _latest(firm) is None


async def test_a_week_is_written_once_its_sunday_is_over(firm: Firm) -> None:
    boss = await firm.person({})
    pairs = [await firm.pair(SALES, of=boss) for _ in range(4)]
    await _did(firm, *pairs[:3])
    sunday_is_over = NEXT_MONDAY.replace(hour=0, minute=0)
    await count(firm.store, sunday_is_over + timedelta(minutes=14))
    assert await _latest(firm) is None
    await count(firm.store, sunday_is_over + timedelta(minutes=15))
    assert await _latest(firm) == WEEK
    everybody = await _group(firm)
    assert (everybody.live, everybody.managers) == (4, 1)
    assert everybody.counts[Measure.active, 7] == Counts(4, 3)
    assert everybody.counts[Measure.managers, 7] == Counts(1, 1)


async def test_what_was_written_never_changes(firm: Firm) -> None:
    await _did(firm, await firm.pair(SALES))
    await count(firm.store, NEXT_MONDAY)
    before = await _group(firm)
    await _did(firm, await firm.pair(SALES))  # of the same week, said too late
    await count(firm.store, NEXT_MONDAY + A_WEEK)
    assert await _group(firm) == before


async def test_somebody_who_comes_and_goes_within_a_week_is_not_counted_whatever_they_did(firm: Firm) -> None:
    stays, goes = await firm.pair(SALES), await firm.pair(SALES)
    await _did(firm, stays, goes)
    await count(firm.store, NOON + 2 * A_DAY)
    async with firm.store.write(firm.organization) as tx:
        conversation = await tx.conversations.get(goes)
        assert conversation is not None
        await tx.conversations.save(replace(conversation, rests_since=firm.now))
    await count(firm.store, NEXT_MONDAY)
    assert await _active(firm, 7) == Counts(1, 1)


async def test_who_leaves_is_counted_until_that_sunday_and_in_every_window_with_a_day_of_theirs(firm: Firm) -> None:
    stays, goes = await firm.pair(SALES), await firm.pair(SALES)
    await _did(firm, goes)
    await count(firm.store, NEXT_MONDAY)
    async with firm.store.write(firm.organization) as tx:
        conversation = await tx.conversations.get(goes)
        assert conversation is not None
        await tx.conversations.save(replace(conversation, rests_since=firm.now))
    await count(firm.store, NEXT_MONDAY + 2 * A_WEEK)
    assert await _active(firm, 7, week=WEEK + A_WEEK) == Counts(2, 0)
    last = WEEK + 2 * A_WEEK
    assert await _active(firm, 7, week=last) == Counts(1, 0)
    assert await _active(firm, 30, week=last) == Counts(2, 1)
    async with firm.store.read(firm.organization) as tx:
        (standing,) = await tx.counting.standings(goes)
        assert (standing.until, standing.active_on) == (WEEK + A_WEEK, NOON.date())
        (standing,) = await tx.counting.standings(stays)
        assert (standing.since, standing.until, standing.active_on) == (WEEK, None, None)


async def test_who_moves_counts_once_for_everybody_and_where_they_were_for_what_they_did_there(firm: Firm) -> None:
    boss = await firm.person({})
    pair = await firm.pair(SALES, of=boss)
    await _did(firm, pair)
    await count(firm.store, NEXT_MONDAY)
    async with firm.store.write(firm.organization) as tx:
        conversation = await tx.conversations.get(pair)
        assert conversation is not None
        report = {conversation.first, conversation.second} - {boss}
        (attribute,) = await tx.hierarchy.attributes(report)
        await tx.hierarchy.put_attribute(replace(attribute, value="support", in_file="Support"))
    await count(firm.store, NEXT_MONDAY + 2 * A_WEEK)
    last = WEEK + 2 * A_WEEK
    assert await _active(firm, 30, week=last) == Counts(1, 1)
    async with firm.store.read(firm.organization) as tx:
        there = {each.name: each.id for each in await tx.usage.departments()}
        now, earlier = await tx.counting.standings(pair)
    assert there.keys() == {"sales", "support"}
    assert (now.department, now.since, now.active_on) == (there["support"], WEEK + A_WEEK + A_DAY, None)
    assert (earlier.department, earlier.until, earlier.active_on) == (there["sales"], WEEK + A_WEEK, NOON.date())
    assert (await _group(firm, OTHERS, week=last)).counts[Measure.active, 30] == Counts(1, 1)


async def test_after_a_long_stop_every_week_is_there(firm: Firm) -> None:
    await _did(firm, await firm.pair(SALES))
    await count(firm.store, NEXT_MONDAY + 8 * A_WEEK)
    weeks = [WEEK + number * A_WEEK for number in range(9)]
    assert [(await _active(firm, 30, week=week)).part for week in weeks] == [1, 1, 1, 1, 0, 0, 0, 0, 0]


async def _skip_to(firm: Firm, monday: datetime) -> None:
    """As if nobody had done anything until then."""
    async with firm.store.write(firm.organization) as tx:
        await tx.counting.move_on(monday.replace(hour=0))
    await count(firm.store, monday)


async def test_what_is_too_old_for_any_window_is_removed(firm: Firm) -> None:
    boss = await firm.person({})
    await _did(firm, *[await firm.pair(SALES, of=boss) for _ in range(12)])
    await count(firm.store, NEXT_MONDAY)
    old = NEXT_MONDAY + timedelta(weeks=DEEDS_LAST.days // 7 - 1)
    for monday, there in ((old, True), (old + A_WEEK, False)):
        await _skip_to(firm, monday)
        async with firm.store.read(firm.organization) as tx:
            assert ((await tx.counting.counted()).first is not None) is there
    assert await _active(firm, 90, week=old.date() - A_DAY) == Counts(12, 0)
    for weeks, there in ((TEAMS_LAST, True), (TEAMS_LAST + A_WEEK, False)):
        await _skip_to(firm, NEXT_MONDAY + weeks)
        async with firm.store.read(firm.organization) as tx:
            (department,) = await tx.usage.departments()
            rows = await tx.usage.groups([WEEK], department=department.id)
            assert [bool(row.manager) for row in rows] == ([False, True] if there else [False])


async def test_two_replicas_count_each_day_and_week_once(firm: Firm, database_url: str) -> None:
    await _did(firm, await firm.pair(SALES))
    other = Store(database_url, (KEY,), patience=PATIENT)
    now = NEXT_MONDAY + 2 * A_WEEK

    async def work(store: Store) -> None:
        while await keeper(store, now).due():
            with suppress(Busy):
                await keeper(store, now).step(firm.organization)

    await asyncio.gather(work(firm.store), work(other))
    await other.close()
    weeks = [WEEK + number * A_WEEK for number in range(3)]
    assert [await _active(firm, 30, week=week) for week in weeks] == [Counts(1, 1)] * 3


class _Killed(BaseException):
    pass


def _dies(at: int) -> Callable[[str], None]:
    seen = 0

    def failpoint(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            raise _Killed

    return failpoint


async def test_whoever_is_killed_before_or_after_any_commit_has_lost_nothing(firm: Firm, database_url: str) -> None:
    await _did(firm, await firm.pair(SALES))
    deaths = 0
    while await keeper(firm.store, NEXT_MONDAY).due():
        for at in (1, 2, 3, 4):  # at each commit of a step, and once not at all
            store = Store(database_url, (KEY,), patience=PATIENT, failpoint=_dies(at))
            try:
                if await keeper(store, NEXT_MONDAY).due():
                    await keeper(store, NEXT_MONDAY).step(firm.organization)
            except _Killed:
                deaths += 1
            await store.close()
    assert deaths >= 8
    assert await _active(firm, 7) == Counts(1, 1)
    async with firm.store.read(firm.organization) as tx:
        assert len(await tx.usage.groups([WEEK])) == 2


@pytest.mark.parametrize(
    ("zone", "day", "due"),
    [
        ("UTC", "2026-11-24T00:14:59", False),
        ("UTC", "2026-11-24T00:15:00", True),
        ("Europe/Berlin", "2026-11-23T23:15:00", True),
        ("America/New_York", "2026-11-24T05:14:00", False),
    ],
)
def test_a_day_is_over_when_it_is_where_the_organization_is(zone: str, day: str, *, due: bool) -> None:
    now = NOON.fromisoformat(f"{day}+00:00")
    counted = Counted(until=NOON.replace(hour=6) - A_DAY, week=WEEK - A_WEEK, first=NOON - A_DAY, zone=zone)
    assert is_due(counted, now) is due


def test_a_sunday_that_a_change_of_the_zone_skipped_is_no_week_less() -> None:
    counted = Counted(until=NOON + 6 * A_DAY, week=WEEK - A_WEEK, first=NOON, zone="Pacific/Kiritimati")
    assert week_over(counted) == WEEK
