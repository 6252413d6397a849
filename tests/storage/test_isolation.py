"""Whoever holds the ids of another organization gets nothing with them, and changes nothing."""

from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.exc import IntegrityError

from bot.ports import Stale
from storage.connection import Connection
from storage.store import Store
from storage.tables import tables
from tests.storage.attacks import ATTACKS, Attack
from tests.storage.world import World, a_world


def _owner(table: Table) -> ColumnElement[str]:
    return table.c.id if table.name == "organization" else table.c.organization


_AT_FIRST: dict[str, dict[str, list[Any]]] = {}


class _Undone(Exception):
    """Leaves the database as it was for the next attack."""


async def _everything(connection: Connection, world: World) -> dict[str, list[Any]]:
    return {
        table.name: list(await connection.execute(select(table).where(_owner(table) == world.organization.id)))
        for table in tables.sorted_tables
    }


async def _before(connection: Connection, world: World) -> dict[str, list[Any]]:
    """The same before every attack, since each is undone; so it is read once of each database."""
    kind = connection.dialect.name
    if kind not in _AT_FIRST:
        _AT_FIRST[kind] = await _everything(connection, world)
    return _AT_FIRST[kind]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
async def test_ids_of_another_organization_are_worthless(
    attack: Attack, common_store: Store, two_worlds: tuple[World, World]
) -> None:
    us, them = two_worlds
    with suppress(
        _Undone, Stale, ValueError, LookupError, IntegrityError
    ):  # where it is refused, nothing is left of it
        async with common_store.write(us.organization.id) as tx:
            connection = tx.trail._scope.connection
            before = await _before(connection, them)
            answer = await attack(tx, us, them)
            assert "them" not in repr(answer)
            assert await _everything(connection, them) == before
            raise _Undone


async def test_every_method_of_every_repository_is_attacked(store: Store, world: World) -> None:
    async with store.read(world.organization.id) as tx:
        offered = {
            f"{name}.{method}"
            for name, repository in vars(tx).items()
            for method in vars(type(repository))
            if not method.startswith("_")
        }
    assert offered == ATTACKS.keys()


async def test_an_unknown_organization_has_no_transaction(store: Store) -> None:
    with pytest.raises(LookupError):
        async with store.read(a_world("nobody").organization.id):
            pass
