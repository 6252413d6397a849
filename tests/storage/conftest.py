"""A store on each kind of database, and an organization with one of every noun in it."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.storage.world import KEY, World, furnished

PATIENT = 30.0


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, (KEY,), patience=PATIENT)  # what is told here is not how quick a busy machine is
    yield store
    await store.close()


@pytest.fixture
async def world(store: Store) -> World:
    return await furnished(store, "a")
