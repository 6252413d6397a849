"""The worker on a real outbox: each outcome, each failpoint, and no failure that stops the others."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from adapters.clock import new_id
from bot.doubt import SETTLES_WITHIN
from bot.model.delivery import ANYWHERE, Address, DeliveryState, Outcome
from bot.model.ids import OrganizationId, PersonId
from bot.model.people import Person
from bot.ports import Broken, Busy, Gone, Later, Transaction, Unknown
from bot.recording import Came
from bot.views import Text
from bot.worker import BATCH
from tests.bot.room import NOON, Killed, Room, room_on


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with room_on(database_url) as room:
        yield room


async def test_what_is_due_is_sent_once(room: Room) -> None:
    delivery = await room.plan()
    for _ in range(3):
        assert await room.worker().tick() is False
    ((address, card, sent),) = room.post.sent
    assert (address, sent) == (Address(room.workspace, "U0ANA"), delivery)
    assert card.body == (Text("For Ana Ruiz, Europe/Madrid"),)
    found = await room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "message 1")


async def test_what_is_not_due_waits(room: Room) -> None:
    await room.plan()
    room.clock.at = NOON - timedelta(minutes=1)
    await room.worker().tick()
    assert room.post.sent == []


async def test_a_place_gets_it_as_the_organization_reads(room: Room) -> None:
    await room.plan(recipient=room.place)
    await room.worker().tick()
    ((address, card, _),) = room.post.sent
    assert address == Address(room.workspace, "C0HELP")
    assert card.body == (Text("For a place, UTC"),)


async def test_what_nobody_wants_any_more_is_dropped(room: Room) -> None:
    delivery = await room.plan("unwanted")
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.dropped
    assert room.post.sent == []


async def test_who_left_gets_nothing(room: Room) -> None:
    delivery = await room.plan()
    async with room.store.write(room.organization) as tx:
        person = await tx.people.get(room.person)
        assert person is not None
        await tx.people.save(replace(person, active=False))
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.dropped


async def test_what_was_refused_is_not_tried_again(room: Room) -> None:
    delivery = await room.plan()
    room.post.failures = [Broken("invalid_blocks")]
    await room.worker().tick()
    room.clock.at += timedelta(hours=3)
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.rejected
    assert len(room.post.sent) == 1


@pytest.mark.parametrize("failure", [Unknown("timeout"), RuntimeError("a bug")])
async def test_what_may_have_arrived_is_not_sent_again_before_it_is_looked_for(room: Room, failure: Exception) -> None:
    delivery = await room.plan()
    room.post.failures = [failure]
    worker = room.worker()
    await worker.tick()
    found = await room.state(delivery)
    assert (found.state, found.doubts, found.via) == (DeliveryState.unknown, 1, room.workspace)
    assert found.next_attempt_at == NOON + SETTLES_WITHIN
    room.clock.at = found.next_attempt_at - timedelta(seconds=1)
    await worker.tick()
    assert len(room.post.sent) == 1


async def test_what_was_not_accepted_is_sent_later_and_no_earlier_than_asked(room: Room) -> None:
    delivery = await room.plan()
    room.post.failures = [Later("ratelimited", after=120)]
    await room.worker().tick()
    found = await room.state(delivery)
    assert (found.state, found.next_attempt_at) == (DeliveryState.pending, NOON + timedelta(seconds=120))
    room.clock.at += timedelta(seconds=119)
    await room.worker().tick()
    assert len(room.post.sent) == 1
    room.clock.at += timedelta(seconds=1)
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.sent


async def test_waiting_grows_up_to_five_minutes(room: Room) -> None:
    delivery = await room.plan()
    waits = []
    for _ in range(12):
        room.post.failures = [Later("ratelimited", after=0)]
        await room.worker().tick()
        found = await room.state(delivery)
        assert found.next_attempt_at is not None
        waits.append(found.next_attempt_at - room.clock.at)
        room.clock.at = found.next_attempt_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=20)
    assert waits[-1] == timedelta(minutes=5)


async def test_one_that_cannot_be_composed_does_not_stop_the_others(room: Room) -> None:
    broken, good = await room.plan("bug"), await room.plan("good")
    await room.worker().tick()
    assert (await room.state(broken)).state is DeliveryState.pending
    assert (await room.state(good)).state is DeliveryState.sent


async def test_what_goes_to_one_without_an_account_waits_for_it(room: Room) -> None:
    nobody = Person(id=PersonId(new_id()), organization=room.organization, name="No account")
    async with room.store.write(room.organization) as tx:
        await tx.people.add(nobody)
    delivery = await room.plan(recipient=nobody.id)
    await room.worker().tick()
    found = await room.state(delivery)
    assert (found.state, found.last_error) == (DeliveryState.pending, "unreachable")


async def test_what_is_due_before_anything_is_connected_waits(room: Room) -> None:
    delivery = await room.plan()
    assert await room.worker(messengers=dict).tick() is False
    assert (await room.state(delivery)).attempts == 0
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.sent


@pytest.mark.parametrize("recipient", ["person", "place"])
async def test_what_goes_to_a_workspace_that_is_not_connected_is_tried_again(room: Room, recipient: str) -> None:
    delivery = await room.plan(recipient=getattr(room, recipient))
    elsewhere = await room.another_workspace()
    await room.worker(messengers=lambda: {elsewhere: room.post}).tick()
    found = await room.state(delivery)
    assert (found.state, found.last_error) == (DeliveryState.pending, "not_connected")
    assert room.post.sent == []


async def test_more_than_is_claimed_at_once_is_sent_in_one_go(room: Room) -> None:
    for number in range(2 * BATCH + 1):
        await room.plan(f"subject {number}")
    assert await room.worker().tick() is False
    assert len({delivery for _, _, delivery in room.post.sent}) == 2 * BATCH + 1


@pytest.mark.parametrize(("place", "sent"), [("before send", 0), ("after send", 1), ("before record", 1)])
async def test_a_kill_at_a_failpoint_never_sends_twice(room: Room, place: str, sent: int) -> None:
    delivery = await room.plan()
    with pytest.raises(Killed):
        await room.worker(failpoint=_killing_at(place)).tick()
    assert (await room.state(delivery)).state is DeliveryState.sending
    await room.worker(owner="the next process").tick()
    assert len(room.post.sent) == sent


def _killing_at(wanted: str) -> Callable[[str], None]:
    def kill(place: str) -> None:
        if place == wanted:
            raise Killed

    return kill


async def test_a_database_that_is_busy_ends_the_round(room: Room) -> None:
    class BusyOutbox:
        async def hold(self, *_: object, **__: object) -> None:
            raise Busy

    assert await room.worker(outbox=BusyOutbox()).tick() is False


async def test_an_outcome_is_recorded_again_when_the_database_was_busy(room: Room) -> None:
    delivery = await room.plan()
    store, busy = room.store, [Busy(), Busy()]

    class Stumbling:
        read = store.read

        def write(
            self, organization: OrganizationId, *, patience: float | None = None
        ) -> AbstractAsyncContextManager[Transaction]:
            if busy:
                raise busy.pop()
            return store.write(organization, patience=patience)

    await room.worker(store=Stumbling()).tick()
    assert (await room.state(delivery)).state is DeliveryState.sent


@dataclass
class Counted:
    """A meter that remembers what it was told."""

    deliveries: list[tuple[str, str, float]] = field(default_factory=list)

    def delivered(self, kind: str, outcome: str, *, late: float) -> None:
        self.deliveries.append((kind, outcome, late))

    def answered(self, what: str, *, seconds: float) -> None:  # noqa: ARG002 - the port's signature
        raise AssertionError("a worker answers nobody")


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (None, "sent"),
        (Broken("invalid_blocks"), "rejected"),
        (Unknown("timeout"), "unknown"),
        (RuntimeError("a bug"), "unknown"),
        (Later("ratelimited", after=5), "retried"),
        (Gone("account_inactive"), "retried"),
    ],
)
async def test_each_outcome_is_counted_once_with_how_late_it_came(
    room: Room, failure: Exception | None, outcome: str
) -> None:
    await room.plan()
    room.post.failures = [failure] if failure else []
    room.clock.at += timedelta(seconds=7)
    counted = Counted()
    await room.worker(meter=counted).tick()
    assert counted.deliveries[0] == ("news", outcome, 7.0)
    assert len([one for one in counted.deliveries if one[0] == "news"]) == 1


async def test_one_that_is_tried_again_is_counted_each_time(room: Room) -> None:
    await room.plan()
    room.post.failures = [Later("ratelimited", after=60)]
    counted = Counted()
    await room.worker(meter=counted).tick()
    room.clock.at += timedelta(seconds=60)
    await room.worker(meter=counted).tick()
    assert counted.deliveries == [("news", "retried", 0.0), ("news", "sent", 60.0)]


async def test_what_nobody_wants_any_more_counts_as_dropped(room: Room) -> None:
    await room.plan("unwanted")
    counted = Counted()
    await room.worker(meter=counted).tick()
    assert counted.deliveries == [("news", "dropped", 0.0)]


async def test_what_expires_is_counted_and_logged_without_its_words(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = await room.plan("people's words")
    room.clock.at += timedelta(days=1)
    counted = Counted()
    with caplog.at_level(logging.INFO, "oneonone.worker"):
        await room.worker(meter=counted).tick()
    assert room.post.sent == []
    assert counted.deliveries == [("news", "expired", 86400.0)]
    (line,) = [vars(record) for record in caplog.records if record.name == "oneonone.worker"]
    assert (line["delivery"], line["kind"], line["state"], line["error"]) == (delivery, "news", "dropped", "expired")
    assert "people's words" not in str(line)


async def test_what_a_killed_process_left_counts_as_unknown(room: Room) -> None:
    await room.plan()
    await room.store.outbox.claim(ANYWHERE, owner="killed", now=NOON, lease=timedelta(seconds=-1), most=1)
    counted = Counted()
    await room.worker(meter=counted).tick()
    assert counted.deliveries == [("news", "unknown", 0.0)]
    assert room.post.sent == []


async def test_an_outcome_that_is_another_workers_is_not_counted(room: Room) -> None:
    await room.plan()
    counted = Counted()
    (claimed,) = await room.store.outbox.claim(ANYWHERE, owner="another", now=NOON, lease=timedelta(minutes=1), most=1)
    async with room.store.write(room.organization) as tx:
        await tx.deliveries.record(claimed, Outcome(DeliveryState.sent))
    worker = room.worker(meter=counted)
    worker.recorder.add(Came(claimed, Outcome(DeliveryState.rejected)))
    await worker.recorder.record_all()
    assert counted.deliveries == []
