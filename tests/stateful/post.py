"""What sends and plans at an engine without a platform: messages are kept instead of sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.clock import new_id
from bot.engine import Engine
from bot.feeds import Feeds
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, OrganizationId, WorkspaceId
from bot.planner import Planner
from bot.ports import Gone, Messenger
from bot.views import Card
from bot.worker import Worker
from storage.store import Store
from tests.bot.postman import Unhurried


@dataclass
class Post(Unhurried):
    """A messenger that hands over whatever it is given, but to those who have blocked it."""

    sent: list[tuple[str, Card]] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        if address.external_id in self.blocked:
            raise Gone("blocked")
        self.sent.append((address.external_id, card))
        return delivery


def worker_at(engine: Engine, store: Store, messengers: Mapping[WorkspaceId, Messenger]) -> Worker:
    """What sends is due, on the engine's clock."""
    return Worker(
        outbox=store.outbox,
        store=store,
        registry=engine.registry,
        libraries=engine.libraries,
        messengers=lambda: messengers,
        now=engine.now,
        new_id=new_id,
        owner=new_id(),
        admins=engine.admins,
    )


def planner_at(engine: Engine, store: Store) -> Planner:
    """What plans, begins and closes meetings, on the engine's clock."""
    return Planner(timetable=store.timetable, store=store, now=engine.now, new_id=engine.new_id)


def feeds_at(engine: Engine, store: Store, organization: OrganizationId) -> Feeds:
    """What finds a calendar by its secret address."""
    return Feeds(
        store=store,
        organization=organization,
        libraries=engine.libraries,
        now=engine.now,
        new_id=engine.new_id,
    )
