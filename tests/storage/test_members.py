"""Who is in a channel, stored as a platform tells it, on both databases."""

import asyncio
from datetime import timedelta

from bot.enlisting import Enlisting
from bot.model.people import Account
from storage.store import Store
from tests.storage.marks import id_of
from tests.storage.world import NOW, World


def enlisting(store: Store) -> Enlisting:
    return Enlisting(store, lambda: NOW + timedelta(minutes=1), lambda: id_of("us", "another"))


async def test_the_newest_list_replaces_the_last_and_strangers_are_not_in_it(store: Store, world: World) -> None:
    account = Account(world.organization.id, world.workspace.id, world.identity.external_id)
    many = [f"U9{number:05}" for number in range(1500)]
    await enlisting(store).enlist(account, world.place.external_id, [*many, account.external_id])
    async with store.read(world.organization.id) as tx:
        place = await tx.organizations.place(world.place.id)
        assert place is not None
        assert place.listed_at == NOW + timedelta(minutes=1)
        assert await tx.organizations.members(world.place.id) == [world.identity.person]
    assert await enlisting(store).strangers(account, [*many[:2], account.external_id]) == many[:2]


async def test_two_who_read_a_channel_at_once_store_it_once(store: Store, world: World) -> None:
    account = Account(world.organization.id, world.workspace.id, world.identity.external_id)
    both = (enlisting(store).enlist(account, "C0NEW", [account.external_id]) for _ in range(2))
    await asyncio.gather(*both)
    async with store.read(world.organization.id) as tx:
        place = await tx.organizations.place_at(world.workspace.id, "C0NEW")
        assert place is not None
        assert await tx.organizations.members(place.id) == [world.identity.person]
