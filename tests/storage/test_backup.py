"""A backup is one state of the database, whole or not there; what it holds comes back as it was, on either database."""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, text, update
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.archive import Archive, Unusable, Why
from storage.backup import back_up
from storage.database import Database
from storage.schema import newest
from storage.store import Store
from storage.tables import tables
from tests.storage.backups import backed_up, everything, restored
from tests.storage.world import CANARY, KEY, NOW, furnished

A_PEER = [pytest.param("empty_sqlite_url"), pytest.param("empty_postgres_url", marks=pytest.mark.postgres)]
FREE = {"delivery": {"state", "kind", "offset", "subject", "lease_owner", "lease_until"}}
"""Columns by which rows are told apart without being keys, and those that restoring changes."""


ODD = ("", "é 🦉 漢字", "two\nlines\t", '"quoted", \\ and {"a": [1]}', "null", "\x1f\u2028\u200b", "0", "x" * 5000)


def _any_value(column: Column[Any], chance: Random) -> object:
    if column.nullable and chance.random() < 0.3:
        return None
    match column.type:
        case Boolean():
            return chance.random() < 0.5
        case Integer():
            return chance.choice((0, 1, -1, 2**31 - 1, -(2**31), chance.randrange(1000)))
        case Date():
            return date.fromordinal(chance.randrange(2, date.max.toordinal()))
        case LargeBinary():
            return chance.randbytes(chance.randrange(80))
        case UTCDateTime():
            moment = datetime(1, 1, 2, tzinfo=UTC) + timedelta(microseconds=chance.randrange(315_000_000_000_000_000))
            return chance.choice((moment, moment.replace(microsecond=0)))
        case _:
            return chance.choice(ODD)


def _changeable(table: Table) -> list[Column[Any]]:
    """Columns that hold neither a key nor a reference, nor what makes a row the only one."""
    indexed = {column.name for index in table.indexes if index.unique for column in index.columns}
    unique = {c.name for each in table.constraints for c in getattr(each, "columns", ()) if not c.nullable}
    referring = {column.name for each in table.foreign_keys for column in [each.parent]}
    fixed = indexed | unique | referring | {"wrapped_key"} | FREE.get(table.name, set())
    return [column for column in table.columns if column.name not in fixed]


async def _shaken(database: Database, chance: Random) -> None:
    """Put any value in any column that may hold it."""
    async with database.write() as connection:
        for table in tables.sorted_tables:
            if columns := _changeable(table):
                values = {column.name: _any_value(column, chance) for column in columns}
                await connection.execute(update(table).values(values))


@pytest.mark.parametrize("peer", A_PEER)
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.soak)])
async def test_every_row_of_every_table_comes_back_on_either_database(
    peer: str, seed: int, store: Store, database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    there, back = request.getfixturevalue(peer), f"sqlite:///{tmp_path / 'back.db'}"
    for mark in ("a", "b"):
        await furnished(store, mark)
    await _shaken(store._database, Random(seed))
    before = await everything(database_url)
    assert [name for name, rows in before.items() if not rows] == []  # a table without rows would prove nothing
    await backed_up(database_url, tmp_path / "first.zip")
    await restored(there, tmp_path / "first.zip")
    assert await everything(there) == before
    await backed_up(there, tmp_path / "second.zip")
    await restored(back, tmp_path / "second.zip")
    assert await everything(back) == before


async def test_a_backup_says_what_is_in_it(database_url: str, store: Store, tmp_path: Path) -> None:
    await furnished(store, "a")
    manifest = await backed_up(database_url, tmp_path / "a.zip")
    with Archive(tmp_path / "a.zip") as archive:
        assert archive.manifest == manifest
        assert archive.keys() == (KEY,)
        archive.verify()
    assert (manifest.revision, manifest.made_at) == (newest(), NOW)
    counts = {name: len(rows) for name, rows in (await everything(database_url)).items()}
    assert {part.table: part.rows for part in manifest.parts} == counts
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600


async def test_words_are_as_sealed_in_a_backup_as_in_the_database(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    await furnished(store, "a")
    await backed_up(database_url, tmp_path / "a.zip", keys=None)
    with ZipFile(tmp_path / "a.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
        assert "keys" not in archive.namelist()
        assert json.loads(archive.read("manifest.json"))["keys"] is None
    assert CANARY.encode() not in content
    assert b"Ana Ruiz" in content  # what is not sealed is not hidden either


class Writer(threading.Thread):
    """Commits two changes together, again and again, until it is stopped."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._over = threading.Event()
        self.begun = threading.Event()
        self.commits = 0

    def run(self) -> None:
        asyncio.run(self._write())

    async def _write(self) -> None:
        database = Database(self._url, patience=30)
        while not self._over.is_set():
            number = self.commits + 1
            async with database.write() as connection:
                await connection.execute(text("UPDATE person SET name = :n WHERE id LIKE 'a-ana%'"), {"n": str(number)})
                await connection.execute(text("UPDATE workspace SET name = :n"), {"n": str(number)})
                values = {"n": f"{number}", "at": NOW if "postgresql" in self._url else f"{NOW:%Y-%m-%d %H:%M:%S.%f}"}
                await connection.execute(text(_ONE_MORE), values)
            self.commits = number
            self.begun.set()
        await database.close()

    def stop(self) -> None:
        self._over.set()
        self.join()


_ONE_MORE = "INSERT INTO audit (organization, action, result, at) SELECT id, :n, 'done', :at FROM organization"


@pytest.mark.soak
async def test_a_backup_under_load_is_one_state_which_is_then_served(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    world = await furnished(store, "a")
    async with store.write(world.organization.id) as tx:
        for number in range(2_000):  # so that there is time for commits between one table and the next
            await tx.trail.mark_seen(world.workspace.id, type(world.seen)(f"key-{number}", None), NOW)
    writer = Writer(database_url)
    writer.start()
    await asyncio.to_thread(writer.begun.wait)
    during = 0
    try:
        for number in range(6):
            before = writer.commits
            await backed_up(database_url, tmp_path / f"{number}.zip")
            during += writer.commits - before
    finally:
        writer.stop()
    assert during > 6
    for number in range(6):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        await restored(url, tmp_path / f"{number}.zip")
        rows = await everything(url)
        (count,) = {row[4] for row in rows["workspace"]}
        assert count in {row[2] for row in rows["person"]}
        assert len(rows["audit"]) == 1 + int(count)
    served = Store(f"sqlite:///{tmp_path / '5.db'}", (KEY,))
    async with served.read(world.organization.id) as tx:
        assert await tx.notes.get(world.note.id) == world.note
    await served.close()


async def test_an_interrupted_backup_leaves_nothing(
    database_url: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await furnished(store, "a")
    folder = tmp_path / "backups"
    folder.mkdir()

    def interrupted(*_: object, **__: object) -> Callable[[], None]:
        assert [file.suffix for file in folder.iterdir()] == [".unfinished"]
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.archive.Writing.finish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        _in_a_thread(lambda: back_up(database_url, folder / "a.zip", keys=(KEY,), now=NOW))
    assert list(folder.iterdir()) == []


def _in_a_thread(work: Callable[[], object]) -> None:
    """As a command does it, outside of any event loop; what it raises is raised here."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised below
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


async def test_a_file_that_is_there_is_written_over_only_when_asked(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    await furnished(store, "a")
    file = tmp_path / "a.zip"
    file.write_text("mine")
    with pytest.raises(FileExistsError):
        await backed_up(database_url, file)
    assert file.read_text() == "mine"
    await asyncio.to_thread(lambda: back_up(database_url, file, keys=(KEY,), now=NOW, replace=True))
    with Archive(file) as archive:
        archive.verify()


async def _refused(url: str, file: Path, *, keys: tuple[bytes, ...] | None = (KEY,)) -> Why:
    with pytest.raises(Unusable) as unusable:
        await backed_up(url, file, keys)
    assert file.name not in {there.name for there in await asyncio.to_thread(lambda: list(file.parent.iterdir()))}
    return unusable.value.why


async def test_nothing_is_no_backup(database_url: str, store: Store, tmp_path: Path) -> None:
    assert await _refused(database_url, tmp_path / "a.zip") is Why.no_organization


async def test_a_database_without_tables_is_refused(empty_database_url: str, tmp_path: Path) -> None:
    assert await _refused(empty_database_url, tmp_path / "a.zip") is Why.no_schema


async def test_keys_that_open_nothing_are_no_backup(database_url: str, store: Store, tmp_path: Path) -> None:
    await furnished(store, "a")
    assert await _refused(database_url, tmp_path / "a.zip", keys=(b"x" * 32,)) is Why.no_key


async def test_a_database_of_a_newer_release_is_refused(database_url: str, store: Store, tmp_path: Path) -> None:
    await furnished(store, "a")
    async with store._database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await _refused(database_url, tmp_path / "a.zip") is Why.newer_database


async def test_a_date_far_away_and_a_moment_with_all_its_digits_are_kept(
    database_url: str, store: Store, tmp_path: Path, empty_sqlite_url: str
) -> None:
    world = await furnished(store, "a")
    await backed_up(database_url, tmp_path / "a.zip")
    await restored(f"{empty_sqlite_url}2", tmp_path / "a.zip")
    served = Store(f"{empty_sqlite_url}2", (KEY,))
    async with served.read(world.organization.id) as tx:
        item, promise = await tx.agenda.get(world.item.id), await tx.action_items.get(world.action_item.id)
    assert item is not None
    assert promise is not None
    assert item.created_at.microsecond == NOW.microsecond
    assert promise.due == date(2026, 11, 27)
    await served.close()
