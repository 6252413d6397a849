"""What is done about messages of which nobody knows whether they arrived."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.doubt import LOOKED_FOR, SETTLES_WITHIN
from bot.lanes import LEASE
from bot.model.delivery import Address, DeliveryKind, DeliveryState, Outcome
from bot.model.ids import WorkspaceId
from bot.pace import Limits
from bot.ports import Broken, Gone, Later, Unknown, Untraceable
from bot.worker import Worker
from tests.bot.platform import Platform, Steady, sender
from tests.bot.room import NOON, Room, room_on
from tests.bot.test_worker import Counted

HOUR = timedelta(hours=1)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with room_on(database_url) as room:
        yield room


async def _later(room: Room, worker: Worker, by: timedelta = SETTLES_WITHIN) -> None:
    room.clock.at += by
    while await worker.tick():
        pass


async def test_what_is_found_has_arrived(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=["D0:17"]), Counted()
    delivery = await room.plan()
    worker = sender(room, platform, meter=counted)
    await worker.tick()
    await _later(room, worker)
    found = await room.state(delivery)
    assert (found.state, found.external_id, len(platform.sent)) == (DeliveryState.sent, "D0:17", 1)
    assert platform.asked == [(Address(room.workspace, "U0ANA"), delivery, NOON - HOUR)]
    assert [outcome for _, outcome, _ in counted.deliveries] == ["unknown", "found"]


async def test_what_is_surely_not_there_is_sent_again(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=[None]), Counted()
    delivery = await room.plan()
    worker = sender(room, platform, meter=counted)
    await worker.tick()
    await _later(room, worker)
    await worker.tick()
    assert [sent for _, sent in platform.sent] == [delivery, delivery]
    assert (await room.state(delivery)).state is DeliveryState.sent
    assert [outcome for _, outcome, _ in counted.deliveries] == ["unknown", "missing", "sent"]


@pytest.mark.parametrize("trouble", [Later("ratelimited", after=90), Unknown("timeout"), Broken("missing_scope")])
async def test_who_cannot_be_asked_is_asked_again(room: Room, trouble: Exception) -> None:
    platform = Platform(says=[Unknown("timeout")], memory=[trouble, "D0:17"])
    delivery = await room.plan()
    worker = sender(room, platform)
    await worker.tick()
    await _later(room, worker)
    assert (await room.state(delivery)).state is DeliveryState.unknown
    await _later(room, worker, timedelta(seconds=90))
    assert (await room.state(delivery)).state is DeliveryState.sent
    assert len(platform.sent) == 1


async def test_who_is_never_there_to_be_asked_is_given_up(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=[Unknown("timeout")] * 99), Counted()
    delivery = await room.plan()
    worker = sender(room, platform, meter=counted)
    await worker.tick()
    for _ in range(3):
        await _later(room, worker, LOOKED_FOR)
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.unknown, None)
    assert [outcome for _, outcome, _ in counted.deliveries].count("given_up") == 1


async def test_what_is_not_there_and_whose_time_is_over_is_dropped(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")]), Counted()
    delivery = await room.plan()
    worker = sender(room, platform, meter=counted)
    await worker.tick()
    await _later(room, worker, timedelta(days=1))
    found = await room.state(delivery)
    assert (found.state, found.last_error, len(platform.sent)) == (DeliveryState.dropped, "expired", 1)
    assert counted.deliveries[-1][1] == "expired"


async def test_where_nobody_can_look_a_meetings_reminder_is_sent_once_more(room: Room) -> None:
    platform = Platform(says=[Unknown("timeout")] * 9, memory=[Untraceable()] * 9)
    delivery = await room.plan(kind=DeliveryKind.agenda)
    counted = Counted()
    worker = sender(room, platform, meter=counted)
    for _ in range(4):
        await worker.tick()
        await _later(room, worker)
    assert len(platform.sent) == 2
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at, found.doubts) == (DeliveryState.unknown, None, 2)
    assert [outcome for _, outcome, _ in counted.deliveries] == ["unknown", "risked", "unknown", "given_up"]


async def test_where_nobody_can_look_a_nudge_is_left_as_it_is(room: Room) -> None:
    platform = Platform(says=[Unknown("timeout")], memory=[Untraceable()])
    delivery = await room.plan(kind=DeliveryKind.news)
    worker = sender(room, platform)
    await worker.tick()
    await _later(room, worker)
    await _later(room, worker)
    assert len(platform.sent) == 1
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.unknown, None)


async def test_what_a_killed_process_sent_is_found(room: Room) -> None:
    platform = Platform(memory=["D0:17"])
    delivery = await room.plan()
    await room.store.outbox.claim("", owner="killed", now=NOON, lease=timedelta(seconds=-1), most=1)
    worker = sender(room, platform)
    await worker.tick()
    assert platform.asked == []
    await _later(room, worker)
    found = await room.state(delivery)
    assert (found.state, found.external_id, platform.sent) == (DeliveryState.sent, "D0:17", [])


async def test_what_the_release_before_left_unknown_is_looked_for(room: Room) -> None:
    platform = Platform(memory=[Untraceable()])
    delivery = await room.plan(kind=DeliveryKind.prepare)
    (claimed,) = await room.store.outbox.claim("", owner="old", now=NOON, lease=LEASE, most=1)
    async with room.store.write(room.organization) as tx:
        await tx.deliveries.record(claimed, Outcome(DeliveryState.unknown))
        await tx.deliveries._deliveries.change({"doubts": 0})  # as that release wrote it
    worker = sender(room, platform)
    await worker.tick()
    await worker.tick()
    assert len(platform.sent) == 1
    assert (await room.state(delivery)).doubts == 1


async def test_a_doubt_is_handed_to_who_sends_there(room: Room) -> None:
    elsewhere = await room.another_workspace()
    here, there = Platform(memory=["D0:17"]), Platform()

    def both() -> dict[WorkspaceId, Platform]:
        return {room.workspace: here, elsewhere: there}

    one = room.worker(messengers=both, owner="one", alone=False, steady=Steady())
    two = room.worker(messengers=both, owner="two", alone=False, steady=Steady())
    await one.tick()
    await two.tick()
    delivery = await room.plan()
    await room.store.outbox.claim("", owner="killed", now=NOON, lease=timedelta(seconds=-1), most=1)
    for _ in range(2):
        for worker in (one, two):
            await _later(room, worker)
    assert (await room.state(delivery)).state is DeliveryState.sent
    assert here.sent == []


async def test_who_is_gone_when_asked_is_given_up(room: Room) -> None:
    platform = Platform(says=[Unknown("timeout")], memory=[Gone("user_disabled")])
    delivery = await room.plan()
    worker = sender(room, platform)
    await worker.tick()
    await _later(room, worker)
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.unknown, None)


async def test_only_so_much_is_looked_for_at_once(room: Room) -> None:
    platform = Platform(Limits(100, 100, looks=1, looks_at_once=2), says=[Unknown("timeout")] * 5)
    for number in range(5):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = sender(room, platform, steady=steady)
    await worker.tick()
    await _later(room, worker)
    assert len(platform.asked) == 2
    steady.at += 3
    await _later(room, worker)
    assert len(platform.asked) == 4
