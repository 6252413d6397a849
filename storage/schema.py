"""The schema of a database: bringing it to the newest, and telling whether it is."""

import asyncio
from collections.abc import Callable, Sequence
from functools import cache
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

VERSION_TABLE = "alembic_version"
_MIGRATIONS = Path(__file__).parent / "migrations"
_LONGEST_WAIT = 30_000
"""Milliseconds for which a migration waits until nobody else writes."""

T = TypeVar("T")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4712)")


async def migrate(url: str, to: str = "head") -> None:
    """Upgrade to the newest schema, all or nothing; when two processes do it at once, one waits for the other."""
    if to != "head" or not await schema_is_current(url):
        await _done(url, lambda connection: upgrade(connection, to))


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
        return await asyncio.to_thread(on_sqlite, address, work)
    return await on_postgres(address, work)


async def on_postgres(address: URL, work: Callable[[Connection], T]) -> T:
    """What comes of the work in a transaction."""
    engine = create_async_engine(address, hide_parameters=True, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def on_sqlite(address: URL, work: Callable[[Connection], T]) -> T:
    """What comes of the work in a transaction.

    Foreign keys are off, since on SQLite a migration rebuilds tables that others refer to.
    """
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


def serves(revision: str | None) -> bool:
    """Whether this release can work on a database of that revision: its own, or one that a later release has made.

    Replicas are replaced one after another, so a migration leaves whatever the release before it needs, and the old
    ones go on until they are replaced.
    """
    return revision is not None and revision >= newest()


@cache
def newest() -> str:
    """The revision of the last migration, which its file's name begins with.

    Alembic itself is loaded only when there is something to do: it takes a quarter of a second and 12 MB.
    """
    return revisions()[-1]


def revisions() -> Sequence[str]:
    """All that this release knows, the oldest first."""
    return sorted(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def revision_of(connection: Connection) -> str | None:
    """The revision that the database has; None before the first migration."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name


def _is_current(connection: Connection) -> bool:
    return revision_of(connection) == newest()


def upgrade(connection: Connection, to: str) -> None:
    """Make the migrations up to that one, within the caller's transaction."""
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
