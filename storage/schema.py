"""The schema of a database: bringing it to the newest, and telling whether it is."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.sqlite import sqlite_engine
from storage.tables import tables
from storage.url import database_url, is_sqlite, sqlite_file

_MIGRATIONS = Path(__file__).parent / "migrations"
_LONGEST_WAIT = 30_000
"""Milliseconds for which a migration waits until nobody else writes."""

T = TypeVar("T")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4712)")


async def migrate(url: str, to: str = "head") -> None:
    """Upgrade to the newest schema, all or nothing; when two processes do it at once, one waits for the other."""
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


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    command.upgrade(_config(connection), to)


def _is_current(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config(connection)).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def _differences(connection: Connection) -> list[str]:
    return [repr(each) for each in compare_metadata(MigrationContext.configure(connection), tables)]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
