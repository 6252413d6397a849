"""Workers that share an outbox: lanes, paces, and what is done about what nobody knows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.doubt import LOOKED_FOR, SETTLES_WITHIN
from bot.lanes import LEASE
from bot.model.delivery import Address, Delivery, DeliveryKind, DeliveryState
from bot.model.ids import DeliveryId
from bot.pace import UNLIMITED, Limits
from bot.ports import Broken, Gone, Later, Unknown, Untraceable
from bot.views import Card
from bot.worker import Worker
from tests.bot.room import NOON, Room, room_on
from tests.bot.test_worker import Counted

HOUR = timedelta(hours=1)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with room_on(database_url) as room:
        yield room


@dataclass
class Platform:
    """Accepts what it is sent, but ``says`` what it is told to say; ``memory`` is what it answers who looks."""

    limits: Limits = UNLIMITED
    sent: list[tuple[Address, DeliveryId]] = field(default_factory=list)
    says: list[Exception] = field(default_factory=list)
    memory: list[str | Exception | None] = field(default_factory=list)
    asked: list[tuple[Address, DeliveryId, datetime]] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - a Messenger's shape
        self.sent.append((address, delivery))
        if self.says:
            raise self.says.pop(0)
        return f"message {len(self.sent)}"

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        self.asked.append((address, delivery, since))
        answer = self.memory.pop(0) if self.memory else None
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Steady:
    """A clock of seconds that never jumps by itself."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def _worker(room: Room, platform: Platform, **changed: object) -> Worker:
    return room.worker(messengers=lambda: {room.workspace: platform}, **changed)


async def _later(room: Room, worker: Worker, by: timedelta = SETTLES_WITHIN) -> None:
    room.clock.at += by
    while await worker.tick():
        pass


# What nobody knows


async def test_what_is_found_has_arrived(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=["D0:17"]), Counted()
    delivery = await room.plan()
    worker = _worker(room, platform, meter=counted)
    await worker.tick()
    await _later(room, worker)
    found = await room.state(delivery)
    assert (found.state, found.external_id, len(platform.sent)) == (DeliveryState.sent, "D0:17", 1)
    assert platform.asked == [(Address(room.workspace, "U0ANA"), delivery, NOON - HOUR)]
    assert [outcome for _, outcome, _ in counted.deliveries] == ["unknown", "found"]


async def test_what_is_surely_not_there_is_sent_again(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=[None]), Counted()
    delivery = await room.plan()
    worker = _worker(room, platform, meter=counted)
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
    worker = _worker(room, platform)
    await worker.tick()
    await _later(room, worker)
    assert (await room.state(delivery)).state is DeliveryState.unknown
    await _later(room, worker, timedelta(seconds=90))
    assert (await room.state(delivery)).state is DeliveryState.sent
    assert len(platform.sent) == 1


async def test_who_is_never_there_to_be_asked_is_given_up(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")], memory=[Unknown("timeout")] * 99), Counted()
    delivery = await room.plan()
    worker = _worker(room, platform, meter=counted)
    await worker.tick()
    for _ in range(3):
        await _later(room, worker, LOOKED_FOR)
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.unknown, None)
    assert [outcome for _, outcome, _ in counted.deliveries].count("given_up") == 1


async def test_what_is_not_there_and_whose_time_is_over_is_dropped(room: Room) -> None:
    platform, counted = Platform(says=[Unknown("timeout")]), Counted()
    delivery = await room.plan()
    worker = _worker(room, platform, meter=counted)
    await worker.tick()
    await _later(room, worker, timedelta(days=1))
    found = await room.state(delivery)
    assert (found.state, found.last_error, len(platform.sent)) == (DeliveryState.dropped, "expired", 1)
    assert counted.deliveries[-1][1] == "expired"


async def test_where_nobody_can_look_a_meetings_reminder_is_sent_once_more(room: Room) -> None:
    platform = Platform(says=[Unknown("timeout")] * 9, memory=[Untraceable()] * 9)
    delivery = await room.plan(kind=DeliveryKind.agenda)
    counted = Counted()
    worker = _worker(room, platform, meter=counted)
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
    worker = _worker(room, platform)
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
    worker = _worker(room, platform)
    while await worker.tick():
        pass
    await worker.tick()
    found = await room.state(delivery)
    assert (found.state, found.external_id, platform.sent) == (DeliveryState.sent, "D0:17", [])


async def test_who_is_gone_when_asked_is_given_up(room: Room) -> None:
    platform = Platform(says=[Unknown("timeout")], memory=[Gone("user_disabled")])
    delivery = await room.plan()
    worker = _worker(room, platform)
    await worker.tick()
    await _later(room, worker)
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.unknown, None)


async def test_only_so_much_is_looked_for_at_once(room: Room) -> None:
    platform = Platform(Limits(100, 100, looks=1, looks_at_once=2), says=[Unknown("timeout")] * 5)
    for number in range(5):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = _worker(room, platform, steady=steady)
    await worker.tick()
    await _later(room, worker)
    assert len(platform.asked) == 2
    steady.at += 3
    await _later(room, worker)
    assert len(platform.asked) == 4


# Paces


async def test_no_more_is_sent_than_the_platform_takes(room: Room) -> None:
    platform = Platform(Limits(5, 10))
    for number in range(30):
        await room.plan(f"subject {number}")
    steady = Steady()
    worker = _worker(room, platform, steady=steady)
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
    worker = _worker(room, platform, steady=steady)
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
    worker = _worker(room, platform, steady=steady)
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
    worker = _worker(room, platform, steady=steady)
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


# Leases


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
    await _worker(room, platform, steady=steady, outbox=Sleepy()).tick()
    assert platform.sent == []
    assert (await room.state(delivery)).attempts == 0
    await _worker(room, platform, steady=steady).tick()
    assert [sent for _, sent in platform.sent] == [delivery]


async def test_a_stop_finishes_what_was_begun_and_leaves_the_rest_to_others(room: Room) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    class Hanging(Platform):
        async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
            begun.set()
            await goes_on.wait()
            return await super().send(address, card, delivery=delivery)

    second = Platform()
    one = _worker(room, Hanging(), owner="one", alone=False)
    two = _worker(room, second, owner="two", alone=False)
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
    one = _worker(room, Hanging(), owner="one", alone=False)
    await room.plan()
    await one.turn()
    await begun.wait()
    await one.stop(within=0.01)
    await _worker(room, second, owner="two", alone=False).tick()
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
