"""One organization with one person, one place and one workspace, and the post that goes to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from adapters.clock import new_id
from bot.model.delivery import Address, Delivery, DeliveryKind
from bot.model.ids import DeliveryId, OrganizationId, PersonId, PlaceId, WorkspaceId
from bot.model.people import Account, Identity, Person, Place, Platform, Workspace
from bot.registry import Handlers, Registry, together
from bot.turn import Turn
from bot.views import Card, Text
from bot.worker import Worker
from storage.store import Store
from tests.bot.postman import Unhurried
from tests.texts import every_text

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEYS = (b"k" * 32,)
handlers = Handlers()


@handlers.message(DeliveryKind.prepare)
async def prepare(turn: Turn, delivery: Delivery) -> Card | None:
    return await news(turn, delivery)


@handlers.message(DeliveryKind.agenda)
async def agenda(turn: Turn, delivery: Delivery) -> Card | None:
    return await news(turn, delivery)


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
class Post(Unhurried):
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

    url: str
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
            libraries=every_text(),
            messengers=lambda: {self.workspace: self.post},
            now=self.clock,
            new_id=new_id,
            owner="this process",
        )
        return replace(worker, **changed)  # type: ignore[arg-type]

    async def another_workspace(self, external_id: str = "T2") -> WorkspaceId:
        """One more, in which nobody has an account."""
        workspace = WorkspaceId(new_id())
        async with self.store.write(self.organization) as tx:
            await tx.organizations.add_workspace(
                Workspace(
                    id=workspace,
                    organization=self.organization,
                    platform=Platform.slack,
                    external_id=external_id,
                    name="Another",
                )
            )
        return workspace

    async def account_in(self, workspace: WorkspaceId, external_id: str) -> PersonId:
        """Somebody who has an account there and nowhere else."""
        person = PersonId(new_id())
        async with self.store.write(self.organization) as tx:
            await tx.people.add(Person(id=person, organization=self.organization, name="Somebody", zone="UTC"))
            await tx.people.add_identity(
                Identity(workspace=workspace, external_id=external_id, organization=self.organization, person=person)
            )
        return person

    async def plan(
        self,
        subject: str = "about",
        *,
        recipient: PersonId | PlaceId | None = None,
        kind: DeliveryKind = DeliveryKind.news,
    ) -> DeliveryId:
        delivery = Delivery(
            id=DeliveryId(new_id()),
            organization=self.organization,
            recipient=recipient or self.person,
            kind=kind,
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

    async def account(self) -> Identity:
        async with self.store.read(self.organization) as tx:
            found = await tx.people.identity(self.workspace, "U0ANA")
        assert found is not None
        return found

    async def is_named(self, name: str) -> bool:
        async with self.store.read(self.organization) as tx:
            return bool(await tx.people.matching(name, 1))


@asynccontextmanager
async def room_on(database_url: str) -> AsyncIterator[Room]:
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
    yield Room(database_url, store, organization, workspace, person, place, Post(), Clock(), together([handlers]))
    await store.close()
