"""The worker on a real outbox: each outcome, each failpoint, and no failure that stops the others."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import new_id
from bot.model.delivery import Address, Delivery, DeliveryKind, DeliveryState
from bot.model.ids import DeliveryId, OrganizationId, PersonId, PlaceId, WorkspaceId
from bot.model.people import Account, Identity, Person, Place, Platform, Workspace
from bot.ports import Broken, Busy, Gone, Later, Unknown
from bot.registry import Handlers, Registry, together
from bot.turn import Turn
from bot.views import Card, Text
from bot.worker import BATCH, Worker
from prompts.library import libraries
from storage.store import Store

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEYS = (b"k" * 32,)
handlers = Handlers()


@handlers.message(DeliveryKind.news)
async def news(turn: Turn, delivery: Delivery) -> Card | None:
    if delivery.subject == "unwanted":
        return None
    if delivery.subject == "bug":
        raise RuntimeError("people's words")
    return Card(title="News", body=(Text(f"For {turn.person.name or 'a place'}, {turn.person.zone}"),), summary="News")


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Post:
    """A messenger that remembers what it sent, and fails as it is told to."""

    sent: list[tuple[Address, Card, DeliveryId]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        self.sent.append((address, card, delivery))
        if self.failures:
            raise self.failures.pop(0)
        return f"message {len(self.sent)}"


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Room:
    """One organization with one person, one place and one workspace."""

    store: Store
    organization: OrganizationId
    workspace: WorkspaceId
    person: PersonId
    place: PlaceId
    post: Post
    clock: Clock
    registry: Registry

    def worker(self, **changed: object) -> Worker:
        worker = Worker(
            outbox=self.store.outbox,
            store=self.store,
            registry=self.registry,
            libraries=libraries(),
            messengers=lambda: {self.workspace: self.post},
            now=self.clock,
            new_id=new_id,
            owner="this process",
        )
        return replace(worker, **changed)  # type: ignore[arg-type]

    async def plan(self, subject: str = "about", *, recipient: PersonId | PlaceId | None = None) -> DeliveryId:
        delivery = Delivery(
            id=DeliveryId(new_id()),
            organization=self.organization,
            recipient=recipient or self.person,
            kind=DeliveryKind.news,
            subject=subject,
            planned_at=NOON,
            due_at=NOON,
            expires_at=NOON + timedelta(days=1),
        )
        async with self.store.write(self.organization) as tx:
            await tx.deliveries.plan(delivery)
        return delivery.id

    async def state(self, delivery: DeliveryId) -> Delivery:
        async with self.store.read(self.organization) as tx:
            found = await tx.deliveries.get(delivery)
        assert found is not None
        return found


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    store = Store(database_url, KEYS)
    organization = await store.organization(name="Us", new_id=new_id)
    workspace, person, place = WorkspaceId(new_id()), PersonId(new_id()), PlaceId(new_id())
    account = Account(organization, workspace, "U0ANA")
    async with store.write(organization) as tx:
        await tx.organizations.add_workspace(
            Workspace(id=workspace, organization=organization, platform=Platform.slack, external_id="T", name="W")
        )
        await tx.people.add(Person(id=person, organization=organization, name="Ana Ruiz", zone="Europe/Madrid"))
        await tx.people.add_identity(
            Identity(workspace=workspace, external_id=account.external_id, organization=organization, person=person)
        )
        await tx.organizations.add_place(
            Place(id=place, organization=organization, workspace=workspace, external_id="C0HELP")
        )
    yield Room(store, organization, workspace, person, place, Post(), Clock(), together([handlers]))
    await store.close()


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


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (Gone("channel_not_found"), DeliveryState.rejected),
        (Broken("invalid_blocks"), DeliveryState.rejected),
        (Unknown("timeout"), DeliveryState.unknown),
        (RuntimeError("a bug"), DeliveryState.unknown),
    ],
)
async def test_an_outcome_is_recorded_and_not_tried_again(room: Room, failure: Exception, state: DeliveryState) -> None:
    delivery = await room.plan()
    room.post.failures = [failure]
    await room.worker().tick()
    room.clock.at += timedelta(hours=3)
    await room.worker().tick()
    assert (await room.state(delivery)).state is state
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


async def test_waiting_grows_up_to_an_hour(room: Room) -> None:
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
    assert waits[-1] == timedelta(hours=1)


async def test_one_that_cannot_be_composed_does_not_stop_the_others(room: Room) -> None:
    broken, good = await room.plan("bug"), await room.plan("good")
    await room.worker().tick()
    assert (await room.state(broken)).state is DeliveryState.pending
    assert (await room.state(good)).state is DeliveryState.sent


async def test_one_without_an_account_is_rejected(room: Room) -> None:
    nobody = Person(id=PersonId(new_id()), organization=room.organization, name="No account")
    async with room.store.write(room.organization) as tx:
        await tx.people.add(nobody)
    delivery = await room.plan(recipient=nobody.id)
    await room.worker().tick()
    found = await room.state(delivery)
    assert (found.state, found.last_error) == (DeliveryState.rejected, "no_address")


async def test_what_is_due_before_anything_is_connected_waits(room: Room) -> None:
    delivery = await room.plan()
    assert await room.worker(messengers=dict).tick() is False
    assert (await room.state(delivery)).attempts == 0
    await room.worker().tick()
    assert (await room.state(delivery)).state is DeliveryState.sent


@pytest.mark.parametrize("recipient", ["person", "place"])
async def test_what_goes_to_a_workspace_that_is_not_connected_is_tried_again(room: Room, recipient: str) -> None:
    delivery = await room.plan(recipient=getattr(room, recipient))
    await room.worker(messengers=lambda: {WorkspaceId(new_id()): room.post}).tick()
    found = await room.state(delivery)
    assert (found.state, found.last_error) == (DeliveryState.pending, "not_connected")
    assert room.post.sent == []


async def test_a_full_batch_says_that_there_may_be_more(room: Room) -> None:
    for number in range(BATCH + 1):
        await room.plan(f"subject {number}")
    assert await room.worker().tick() is True
    assert await room.worker().tick() is False
    assert len({delivery for _, _, delivery in room.post.sent}) == BATCH + 1


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
        async def expire_leases(self, *, now: datetime) -> int:  # noqa: ARG002 - the port's signature
            raise Busy

    assert await room.worker(outbox=BusyOutbox()).tick() is False


async def test_an_outcome_is_recorded_again_when_the_database_was_busy(room: Room) -> None:
    delivery = await room.plan()
    outbox, busy = room.store.outbox, [Busy(), Busy()]

    class Stumbling:
        claim, expire_leases, waiting = outbox.claim, outbox.expire_leases, outbox.waiting

        async def record(self, *args: object, **kwargs: object) -> bool:
            if busy:
                raise busy.pop()
            return await outbox.record(*args, **kwargs)  # type: ignore[arg-type]

    await room.worker(outbox=Stumbling()).tick()
    assert (await room.state(delivery)).state is DeliveryState.sent
