"""A transaction happens whole or not at all, alone, and within its time."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import ports
from bot.model.ids import NoteId
from bot.ports import Busy, Stale
from storage.store import Store
from tests.storage.world import KEY, World, furnished

HURRIED = 0.3


def _kept(store: Store) -> ports.Store:
    """The type checker compares the store with its port here."""
    return store


def _outbox(store: Store) -> ports.Outbox:
    return store.outbox


@contextmanager
def _sqlite_locked(url: str) -> Iterator[None]:
    """Another process holds the write lock."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


async def _edition(store: Store, world: World) -> int:
    async with store.read(world.organization.id) as tx:
        note = await tx.notes.get(world.note.id)
    assert note is not None
    return note.edition


async def _count_once(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        note = await tx.notes.get(world.note.id)
        assert note is not None
        await tx.notes.save(replace(note, edition=note.edition + 1))


async def _change_and(then: Callable[[], Awaitable[object]], store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.notes.save(replace(world.note, edition=7))
        await then()


async def _count_in_the_end(store: Store, world: World) -> None:
    while True:
        try:
            return await _count_once(store, world)
        except Stale:
            continue


async def test_of_400_concurrent_changes_none_is_lost(store: Store, world: World) -> None:
    async def a_hundred() -> None:
        for _ in range(100):
            await _count_in_the_end(store, world)

    await asyncio.gather(*(a_hundred() for _ in range(4)))
    assert await _edition(store, world) == 401


async def test_sqlite_reads_and_writes_in_one_go(sqlite_url: str) -> None:
    """Even what carries no version: the lock is taken before the first read."""
    store = Store(sqlite_url, (KEY,))
    world = await furnished(store, "a")

    async def forward() -> None:
        async with store.write(world.organization.id) as tx:
            item = await tx.agenda.get(world.item.id)
            assert item is not None
            await tx.agenda.place([(item.id, item.position + 1)])

    await asyncio.gather(*(forward() for _ in range(50)))
    async with store.read(world.organization.id) as tx:
        item = await tx.agenda.get(world.item.id)
    await store.close()
    assert item is not None
    assert item.position == 50


async def test_50_writers_in_flight_are_all_served(store: Store, world: World) -> None:
    async def add(number: int) -> None:
        async with store.write(world.organization.id) as tx:
            await tx.notes.add(replace(world.note, id=NoteId(f"{number:022d}")))

    await asyncio.gather(*map(add, range(50)))
    async with store.read(world.organization.id) as tx:
        assert len(await tx.notes.of(world.conversation.id)) == 51


async def test_an_exception_rolls_back(store: Store, world: World) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await _change_and(fail, store, world)
    assert await _edition(store, world) == 1


async def test_a_second_saver_is_told(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        saved = await tx.notes.save(replace(world.note, text="first"))
    assert saved.version == 2
    with pytest.raises(Stale):
        async with store.write(world.organization.id) as tx:
            await tx.notes.save(replace(world.note, text="second"))


async def test_a_reader_sees_one_state(store: Store, world: World) -> None:
    async with store.read(world.organization.id) as tx:
        before = await tx.notes.get(world.note.id)
        await _count_once(store, world)
        assert await tx.notes.get(world.note.id) == before


async def test_a_reader_cannot_write(store: Store, world: World) -> None:
    with pytest.raises(DBAPIError):
        async with store.read(world.organization.id) as tx:
            await tx.notes.save(world.note)


async def test_what_takes_too_long_is_busy_and_undone(database_url: str, store: Store, world: World) -> None:
    hurried = Store(database_url, (KEY,), patience=HURRIED)
    with pytest.raises(Busy):
        await _change_and(asyncio.Event().wait, hurried, world)
    await _count_once(hurried, world)
    await hurried.close()
    assert await _edition(store, world) == 2


async def test_a_file_locked_by_another_process_is_busy(sqlite_url: str) -> None:
    store = Store(sqlite_url, (KEY,))
    world = await furnished(store, "a")
    hurried = Store(sqlite_url, (KEY,), patience=HURRIED)
    with _sqlite_locked(sqlite_url):
        started = time.monotonic()
        answers = await asyncio.gather(*(_count_once(hurried, world) for _ in range(5)), return_exceptions=True)
        assert time.monotonic() - started < 2 * HURRIED + 1
        assert await _edition(hurried, world) == 1  # readers do not wait
    assert [type(answer) for answer in answers] == [Busy] * 5
    await _count_once(hurried, world)
    assert await _edition(store, world) == 2
    await store.close()
    await hurried.close()


@pytest.mark.postgres
async def test_a_row_locked_by_another_process_is_busy(postgres_url: str) -> None:
    store = Store(postgres_url, (KEY,))
    world = await furnished(store, "a")
    hurried = Store(postgres_url, (KEY,), patience=HURRIED)
    other = await asyncpg.connect(postgres_url)
    async with other.transaction():
        await other.execute("SELECT * FROM note FOR UPDATE")
        with pytest.raises(Busy):
            await _count_once(hurried, world)
    await other.close()
    await hurried.close()
    await _count_once(store, world)
    assert await _edition(store, world) == 2
    await store.close()


@pytest.mark.postgres
async def test_a_connection_lost_before_the_commit_is_busy(postgres_url: str) -> None:
    store = Store(postgres_url, (KEY,))
    world = await furnished(store, "a")
    other = await asyncpg.connect(postgres_url)

    async def kill() -> None:
        await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    with pytest.raises(Busy):
        await _change_and(kill, store, world)
    await other.close()
    assert await _edition(store, world) == 1
    await store.close()


@pytest.mark.postgres
async def test_two_who_wait_for_each_other_are_not_both_served(postgres_url: str) -> None:
    store = Store(postgres_url, (KEY,))
    world = await furnished(store, "a")
    both = asyncio.Barrier(2)

    async def one(first: str, second: str) -> None:
        async with store._database.write() as connection:
            await connection.execute(text(f"UPDATE {first} SET version = version"))
            await both.wait()
            await connection.execute(text(f"UPDATE {second} SET version = version"))

    answers = await asyncio.gather(one("note", "meeting"), one("meeting", "note"), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Stale"]
    assert await _edition(store, world) == 1
    await store.close()


@pytest.mark.parametrize("url", ["postgresql://nobody@/none?host=/nowhere", "postgresql://nobody@127.0.0.1:9/none"])
async def test_a_database_that_is_not_there_is_busy(url: str) -> None:
    store = Store(url, (KEY,), patience=HURRIED)
    with pytest.raises(Busy):
        await store.organization(name="Acme", new_id=lambda: "x" * 22)
    assert not await store.ready()
    await store.close()


async def test_a_file_that_cannot_be_opened_is_busy(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}", (KEY,))
    with pytest.raises(Busy):
        await store.organization(name="Acme", new_id=lambda: "x" * 22)
    assert not await store.ready()
    await store.close()


async def test_a_failpoint_before_the_commit_leaves_nothing_and_one_after_it_all(database_url: str) -> None:
    def fail(place: str) -> None:
        if place == failing:
            raise ZeroDivisionError

    failing = ""
    store = Store(database_url, (KEY,), failpoint=fail)
    world = await furnished(store, "a")
    editions = []
    for failing in ("before commit", "after commit"):  # noqa: B007 - the failpoint reads it
        with pytest.raises(ZeroDivisionError):
            await _count_once(store, world)
        editions.append(await _edition(store, world))
    await store.close()
    assert editions == [1, 2]


async def test_a_working_database_is_ready(store: Store) -> None:
    assert await store.ready()


async def test_there_is_one_organization_however_many_begin_at_once(database_url: str) -> None:
    stores = [Store(database_url, (KEY,)) for _ in range(5)]
    ids = iter(f"{number:022d}" for number in range(5))
    begun = await asyncio.gather(*(store.organization(name="Acme", new_id=lambda: next(ids)) for store in stores))
    again = await stores[0].organization(name="Other", new_id=lambda: next(ids))
    for store in stores:
        await store.close()
    assert len({*begun, again}) == 1
