"""A store on each kind of database, and organizations with one of every noun in them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from adapters.clock import new_id
from storage.store import Store
from tests.databases import postgres_database
from tests.postgres import Cluster, in_a_thread
from tests.storage.firm import Firm
from tests.storage.world import KEY, World, a_world, furnished

PATIENT = 30.0
IN_COMMON = ("a", "us", "them")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, (KEY,), patience=PATIENT)  # what is told here is not how quick a busy machine is
    yield store
    await store.close()


@pytest.fixture
async def firm(store: Store) -> Firm:
    return Firm(store, await store.organization(name="Example", new_id=new_id))


@pytest.fixture
async def world(store: Store) -> World:
    return await furnished(store, "a")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def common_store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """A store with three organizations, for tests that take back all they do: hundreds share one database."""
    store = Store(str(request.getfixturevalue(f"common_{request.param}")), (KEY,), patience=PATIENT)
    yield store
    await store.close()


@pytest.fixture
def common_world() -> World:
    """One of its organizations."""
    return a_world("a")


@pytest.fixture
def two_worlds() -> tuple[World, World]:
    """The other two."""
    return a_world("us"), a_world("them")


@pytest.fixture(scope="session")
def common_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{copyfile(sqlite_template, tmp_path_factory.mktemp('common') / 'common.db')}"
    in_a_thread(lambda: _furnish(url))
    return url


@pytest.fixture(scope="session")
def common_postgresql(postgres_cluster: Cluster, postgres_template: str) -> Iterator[str]:
    for url in postgres_database(postgres_cluster, f"TEMPLATE {postgres_template}"):
        in_a_thread(lambda url=url: _furnish(url))  # type: ignore[misc]
        yield url


async def _furnish(url: str) -> None:
    store = Store(url, (KEY,), patience=PATIENT)
    for mark in IN_COMMON:
        await furnished(store, mark)
    await store.close()
