"""The migrations lead to the tables, from nothing, on both databases; and one process serves a file."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage import schema
from storage.database import Database, migrate, schema_is_current
from storage.migrations import check
from storage.schema import differences, newest
from storage.serve_lock import AlreadyServed, ServeLock
from storage.store import Store
from storage.url import database_url as parsed
from tests.storage.world import KEY, furnished


async def test_from_empty_the_migrations_lead_to_the_tables(empty_database_url: str) -> None:
    assert await differences(empty_database_url) == []


def test_the_newest_migration_is_known_by_its_name() -> None:
    script = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    assert script.get_heads() == [newest()]


async def test_a_table_that_no_migration_makes_is_reported(database_url: str) -> None:
    store = Store(database_url, (KEY,))
    async with store._database.write() as connection:
        await connection.execute(text("DROP TABLE sender_lease"))
    await store.close()
    assert ["sender_lease" in difference for difference in await differences(database_url)] == [True]


def test_the_check_of_the_migrations_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 0
    assert capsys.readouterr().out == "The migrations lead to the tables.\n"


async def test_an_empty_database_is_not_current_until_it_is_migrated(empty_database_url: str) -> None:
    assert not await schema_is_current(empty_database_url)
    await migrate(empty_database_url)
    assert await schema_is_current(empty_database_url)


async def test_two_may_migrate_at_once(empty_database_url: str) -> None:
    await asyncio.gather(migrate(empty_database_url), migrate(empty_database_url))
    assert await schema_is_current(empty_database_url)


async def test_migrating_again_keeps_what_is_there(database_url: str, store: Store) -> None:
    world = await furnished(store, "a")
    await migrate(database_url)
    async with store.read(world.organization.id) as tx:
        assert await tx.notes.get(world.note.id) == world.note


FIRST_RELEASE = """
INSERT INTO organization VALUES ('o', 'Example', 'en', 'UTC', NULL, 1, 'key');
INSERT INTO workspace VALUES ('o', 'w', 'slack', 'T1', 'Example');
INSERT INTO person VALUES ('o', 'ana', 'Ana', 'a@b.c', 'UTC', true, 'en', true, true, 3, 'ana', 'a@b.c');
INSERT INTO person VALUES ('o', 'ben', 'Ben', NULL, 'UTC', false, 'en', false, true, 1, 'ben', NULL);
INSERT INTO identity VALUES ('o', 'w', 'U1', 'ana', 'ana', 'ana');
INSERT INTO identity VALUES ('o', 'w', 'U2', 'ben', 'ben', 'ben')
"""


async def test_people_of_the_first_release_keep_what_they_have(empty_database_url: str) -> None:
    await migrate(empty_database_url, "0001")
    assert not await schema_is_current(empty_database_url)
    database = Database(empty_database_url)
    async with database.write() as connection:
        for statement in FIRST_RELEASE.split(";"):
            await connection.execute(text(statement))
    await migrate(empty_database_url)
    async with database.read() as connection:
        people = await connection.execute(text("SELECT id, version, zone_chosen, writes_in FROM person ORDER BY id"))
        accounts = await connection.execute(text("SELECT person, active, unreachable_since FROM identity ORDER BY 1"))
        assert [tuple(row) for row in people] == [("ana", 3, True, None), ("ben", 1, False, None)]
        assert [tuple(row) for row in accounts] == [("ana", True, None), ("ben", False, None)]
    await database.close()


async def test_a_new_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "oneonone.db"
    await migrate(f"sqlite:///{file}")
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o077) == (0o600, 0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:////var/lib/a.db", "sqlite+pysqlite:////var/lib/a.db"),
        ("sqlite:///a.db", f"sqlite+pysqlite:///{Path.cwd() / 'a.db'}"),
        ("sqlite:///~/a.db", f"sqlite+pysqlite:///{Path.home() / 'a.db'}"),
        ("postgresql://me@host/db", "postgresql+asyncpg://me@host/db"),
        ("postgres://me@host:5433/db?sslmode=require", "postgresql+asyncpg://me@host:5433/db?ssl=require"),
        ("postgresql://me@/db?host=/run/pg", "postgresql+asyncpg://me@/db?host=%2Frun%2Fpg"),
    ],
)
def test_addresses_are_taken_as_users_write_them(written: str, meant: str) -> None:
    assert parsed(written).render_as_string(hide_password=False) == meant


@pytest.mark.parametrize(
    "url", ["", "a.db", "mysql://me:hush@host/db", "sqlite://", "sqlite:///:memory:", "postgresql:hush"]
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="database") as refused:
        parsed(url)
    assert "hush" not in str(refused.value)


def test_a_file_is_served_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'oneonone.db'}"
    with ServeLock(url), pytest.raises(AlreadyServed, match="stop it first"), ServeLock(url):
        pass
    with ServeLock(url):
        pass


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'oneonone.db'}"
    script = f"import os, storage.serve_lock as s; s.ServeLock({url!r}).__enter__(); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyServed), ServeLock(url):
            pass
        server.kill()
    with ServeLock(url):
        pass


def test_on_postgresql_any_number_may_serve() -> None:
    with ServeLock("postgresql://me@host/db"), ServeLock("postgresql://me@host/db"):
        pass
