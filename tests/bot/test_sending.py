"""Workers that share an outbox: lanes, paces, and claims."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lanes import LEASE
from bot.model.delivery import Address, Delivery, DeliveryKind, DeliveryState
from bot.model.ids import DeliveryId
from bot.pace import Limits
from bot.ports import Later
from bot.views import Card
from tests.bot.platform import Platform, Steady, sender
from tests.bot.room import Room, room_on


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with room_on(database_url) as room:
        yield room


async def test_no_more_is_sent_than_the_platform_takes(room: Room) -> None:
    platform = Platform(Limits(5, 10))
    for number in range(30):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = sender(room, platform, steady=steady)
    counts = []
    for _ in range(5):
        await worker.tick()
        counts.append(len(platform.sent))
        steady.at += 1
    assert counts == [10, 15, 20, 25, 30]


async def test_what_the_platform_refuses_waits_with_all_the_others(room: Room) -> None:
    platform = Platform(Limits(5, 10), says=[Later("ratelimited", after=30)])
    for number in range(30):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = sender(room, platform, steady=steady)
    await worker.tick()
    begun = len(platform.sent)
    steady.at += 29
    await worker.tick()
    assert len(platform.sent) == begun
    steady.at += 3
    await worker.tick()
    assert len(platform.sent) > begun


async def test_one_person_is_written_to_once_a_second(room: Room) -> None:
    platform = Platform(Limits(100, 100, apart=1))
    for number in range(3):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = sender(room, platform, steady=steady)
    counts = []
    for _ in range(3):
        await worker.tick()
        counts.append(len(platform.sent))
        steady.at, room.clock.at = steady.at + 1, room.clock.at + timedelta(seconds=1)
    assert counts == [1, 2, 3]
    assert len({sent for _, sent in platform.sent}) == 3


async def test_what_is_urgent_overtakes_a_flood_of_nudges(room: Room) -> None:
    platform = Platform(Limits(5, 5))
    for number in range(40):
        await room.plan(f"nudge {number}")
    steady = Steady()
    worker = sender(room, platform, steady=steady)
    await worker.tick()
    urgent = await room.plan("urgent", kind=DeliveryKind.agenda)
    steady.at += 1
    await worker.tick()
    assert urgent in [sent for _, sent in platform.sent]
    assert len(platform.sent) == 10


async def test_one_workspace_does_not_hold_up_another(room: Room) -> None:
    elsewhere = await room.another_workspace()
    somebody = await room.account_in(elsewhere, "U0ELSE")
    slow, quick = Platform(Limits(1, 1)), Platform(Limits(100, 100))
    for number in range(60):
        await room.plan(f"subject {number}")
    there = [await room.plan(f"there {number}", recipient=somebody) for number in range(5)]
    steady = Steady()
    worker = room.worker(messengers=lambda: {room.workspace: slow, elsewhere: quick}, steady=steady)
    await worker.tick()
    assert sorted(sent for _, sent in quick.sent) == sorted(there)
    assert len(slow.sent) == 1


async def test_a_slow_platform_holds_up_nobody(room: Room) -> None:
    elsewhere = await room.another_workspace()
    somebody = await room.account_in(elsewhere, "U0ELSE")
    hangs = asyncio.Event()

    class Hanging(Platform):
        async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
            await hangs.wait()
            return await super().send(address, card, delivery=delivery)

    slow, quick = Hanging(), Platform()
    worker = room.worker(messengers=lambda: {room.workspace: slow, elsewhere: quick})
    await room.plan()
    await worker.turn()
    there = await room.plan("there", recipient=somebody)
    while not quick.sent:
        await worker.turn()
        await asyncio.sleep(0)
    assert [sent for _, sent in quick.sent] == [there]
    hangs.set()
    await worker.settle()
    assert len(slow.sent) == 1


async def test_a_claim_that_is_nearly_over_is_given_back(room: Room) -> None:
    steady, platform = Steady(), Platform()

    class Sleepy:
        """An outbox after whose claims the process sleeps for long."""

        def __getattr__(self, name: str) -> object:
            return getattr(room.store.outbox, name)

        async def claim(self, *where: object, **how: object) -> object:
            claimed = await room.store.outbox.claim(*where, **how)  # type: ignore[arg-type] # handed on as given
            steady.at += LEASE.total_seconds() - 5
            return claimed

    delivery = await room.plan()
    await sender(room, platform, steady=steady, outbox=Sleepy()).tick()
    assert platform.sent == []
    assert (await room.state(delivery)).attempts == 0
    await sender(room, platform, steady=steady).tick()
    assert [sent for _, sent in platform.sent] == [delivery]


async def test_a_stop_finishes_what_was_begun_and_leaves_the_rest_to_others(room: Room) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    class Hanging(Platform):
        async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
            begun.set()
            await goes_on.wait()
            return await super().send(address, card, delivery=delivery)

    second = Platform()
    one = sender(room, Hanging(), owner="one", alone=False)
    two = sender(room, second, owner="two", alone=False)
    first = await room.plan("first")
    await one.turn()
    await begun.wait()
    stopping = asyncio.create_task(one.stop(within=5))
    await asyncio.sleep(0)
    goes_on.set()
    await stopping
    assert (await room.state(first)).state is DeliveryState.sent
    other = await room.plan("second")
    await one.tick()
    assert (await room.state(other)).state is DeliveryState.pending
    await two.tick()
    assert [sent for _, sent in second.sent] == [other]


async def test_a_stop_that_cannot_wait_keeps_its_leases(room: Room) -> None:
    begun = asyncio.Event()

    class Hanging(Platform):
        async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - never ends
            begun.set()
            await asyncio.Event().wait()
            return ""

    second = Platform()
    one = sender(room, Hanging(), owner="one", alone=False)
    await room.plan()
    await one.turn()
    await begun.wait()
    await one.stop(within=0.01)
    await sender(room, second, owner="two", alone=False).tick()
    assert second.sent == []
    for task in one.under_way._tasks:
        task.cancel()


def _is(delivery: Delivery, **facts: object) -> bool:
    return replace(delivery, **facts) == delivery  # type: ignore[arg-type] # facts are its own fields


async def test_what_goes_elsewhere_waits_for_who_sends_there(room: Room) -> None:
    elsewhere = await room.another_workspace()
    here, there = Platform(), Platform()
    both: Callable[[], dict[str, Platform]] = lambda: {room.workspace: here, elsewhere: there}  # noqa: E731 - as messengers are
    one = room.worker(messengers=both, owner="one", alone=False, steady=Steady())
    two = room.worker(messengers=both, owner="two", alone=False, steady=Steady())
    await one.tick()
    await two.tick()
    somebody = await room.account_in(elsewhere, "U0ELSE")
    deliveries = [await room.plan(), await room.plan(recipient=somebody)]
    await one.tick()
    await two.tick()
    await one.tick()
    assert sorted(sent for _, sent in (*here.sent, *there.sent)) == sorted(deliveries)
    states = [await room.state(each) for each in deliveries]
    assert all(_is(each, state=DeliveryState.sent, attempts=1) for each in states)
