"""What can be told of a database from outside: that it answers, can be written, and what its organizations need."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.backup import Unreachable
from storage.faults import kind_of
from storage.schema import VERSION_TABLE, newest, revision_of, revisions
from storage.sqlite import sqlite_engine
from storage.url import database_url, is_sqlite

_PATIENCE = 5
"""Seconds, for the connection and for each question."""


@dataclass(frozen=True, kw_only=True)
class Examined:
    """``ahead`` is by how much the database's clock is before ours, None where it is the same clock."""

    revision: str | None
    ahead: timedelta | None
    organizations: tuple[tuple[str, bytes], ...]
    unwritable: str | None

    @property
    def is_current(self) -> bool:
        return self.revision == newest()

    @property
    def is_newer(self) -> bool:
        """Whether a later release has migrated it."""
        return self.revision is not None and self.revision not in revisions()


async def examine(url: str, *, now: Callable[[], datetime]) -> Examined:
    """Nothing is changed: what is written is rolled back. Raises Unreachable, and what the database raises.

    An SQLite file has to be there, since opening it makes one.
    """
    address = database_url(url)
    if is_sqlite(address):
        return await asyncio.to_thread(_on_sqlite, address, now)
    return await _on_postgres(address, now)


def _on_sqlite(address: URL, now: Callable[[], datetime]) -> Examined:
    engine = sqlite_engine(address, f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    try:
        with engine.connect() as connection:
            return _examined(connection, now)
    finally:
        engine.dispose()


async def _on_postgres(address: URL, now: Callable[[], datetime]) -> Examined:
    limits = {"statement_timeout": f"{_PATIENCE}s", "lock_timeout": f"{_PATIENCE}s"}
    settings = {"timeout": _PATIENCE, "server_settings": limits}
    engine = create_async_engine(address, hide_parameters=True, poolclass=NullPool, connect_args=settings)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_examined, now)
    except OSError as error:
        raise Unreachable(type(error).__name__) from None
    finally:
        await engine.dispose()


def _examined(connection: Connection, now: Callable[[], datetime]) -> Examined:
    revision = revision_of(connection)
    organizations = text("SELECT id, wrapped_key FROM organization")
    found = connection.execute(organizations).all() if revision is not None else []
    ahead = _ahead(connection, now) if connection.dialect.name == "postgresql" else None
    connection.rollback()
    return Examined(
        revision=revision,
        ahead=ahead,
        organizations=tuple((str(id_), bytes(wrapped)) for id_, wrapped in found),
        unwritable=_unwritable(connection, revision),
    )


def _ahead(connection: Connection, now: Callable[[], datetime]) -> timedelta:
    """Its moment against the middle of our asking."""
    before = now()
    moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return moment - (before + (now() - before) / 2)


def _unwritable(connection: Connection, revision: str | None) -> str | None:
    """What the database calls its reason for not being written; None when it can be."""
    try:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text(_TOUCH if revision is not None else _MAKE))
    except SQLAlchemyError as error:
        return kind_of(error)
    finally:
        connection.rollback()
    return None


_TOUCH = f"UPDATE {VERSION_TABLE} SET version_num = version_num"  # noqa: S608 - our own name
_MAKE = "CREATE TABLE oneonone_checkup (number integer)"
