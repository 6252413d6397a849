"""What a test does to an outbox: plan, claim, record, and look."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model.delivery import ANYWHERE, Delivery, DeliveryState, Outcome
from storage.store import Store
from tests.storage.world import NOW

LEASE = timedelta(seconds=30)
ENDED = timedelta(seconds=-1)


async def claim(store: Store, *, owner: str = "one", now: datetime = NOW, lease: timedelta = LEASE) -> list[Delivery]:
    return list(await store.outbox.claim(ANYWHERE, owner=owner, now=now, lease=lease, most=10))


async def plan(store: Store, deliveries: Sequence[Delivery]) -> list[DeliveryState]:
    async with store.write(deliveries[0].organization) as tx:
        return [await tx.deliveries.plan(delivery) for delivery in deliveries]


async def record(store: Store, delivery: Delivery, outcome: Outcome) -> bool:
    async with store.write(delivery.organization) as tx:
        return await tx.deliveries.record(delivery, outcome)


async def stored(store: Store, delivery: Delivery) -> Delivery:
    async with store.read(delivery.organization) as tx:
        found = await tx.deliveries.get(delivery.id)
    assert found is not None
    return found
