"""The schema of a database: bringing it to the newest, and telling whether it is."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.sqlite import sqlite_engine
from storage.tables import tables
from storage.url import database_url, is_sqlite, sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_LONGEST_WAIT = 30_000
"""Milliseconds for which a migration waits until nobody else writes."""

T = TypeVar("T")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4712)")


async def migrate(url: str, to: str = "head") -> None:
    """Upgrade to the newest schema, all or nothing; when two processes do it at once, one waits for the other."""
    if to != "head" or not await schema_is_current(url):
        await _done(url, lambda connection: _upgrade(connection, to))


async def schema_is_current(url: str) -> bool:
    """Whether every migration of this release has been made."""
    return await _done(url, _is_current)


async def differences(url: str) -> list[str]:
    """What the migrated database lacks or has too much, compared with the tables; it is migrated first."""
    await migrate(url)
    return await _done(url, _differences)


async def _done(url: str, work: Callable[[Connection], T]) -> T:
    """What comes of the work in a transaction. Migrations may take their time."""
    address = database_url(url)
    if is_sqlite(address):
        return await asyncio.to_thread(_on_sqlite, address, work)
    engine = create_async_engine(address, hide_parameters=True, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _on_sqlite(address: URL, work: Callable[[Connection], T]) -> T:
    """With foreign keys off, since on SQLite a migration rebuilds tables that others refer to."""
    engine = sqlite_engine(address, "PRAGMA foreign_keys = OFF", f"PRAGMA busy_timeout = {_LONGEST_WAIT}")
    sqlite_file(address).touch(mode=0o600)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            result = work(connection)
            connection.commit()
            return result
    finally:
        engine.dispose()


def newest() -> str:
    """The revision of the last migration, which its file's name begins with.

    Alembic itself is loaded only when there is something to do: it takes a quarter of a second and 12 MB.
    """
    return max(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) == {newest()}


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    command.upgrade(_config(connection), to)


def _differences(connection: Connection) -> list[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    return [repr(each) for each in compare_metadata(MigrationContext.configure(connection), tables)]


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
