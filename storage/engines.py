"""Connections to each kind of database, with the traps of their drivers disarmed."""

import logging
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.url import sqlite_file

_READERS = 4
_CONNECTIONS = 10
_MIGRATION_WAIT = 30.0
_MARGIN = 0.05
"""Seconds by which SQLite gives up before we do, so that its thread is not left waiting for a lock."""


def sqlite_writer(url: URL) -> AsyncEngine:
    engine = sqlite_engine(url, "PRAGMA foreign_keys = ON")
    event.listen(engine.sync_engine, "begin", begin_immediate)
    return engine


def sqlite_reader(url: URL, patience: float) -> AsyncEngine:
    wait = f"PRAGMA busy_timeout = {int(patience * 1000)}"
    engine = sqlite_engine(url, wait, "PRAGMA query_only = ON", pool_size=_READERS)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def sqlite_engine(url: URL, *settings: str, pool_size: int = 1) -> AsyncEngine:
    """An engine whose driver begins no transaction by itself: by default it lost four of five counted changes."""
    sqlite_file(url).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # At DEBUG the driver quotes every value of a statement, and a person searches for names by typing words.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    engine = create_async_engine(url, hide_parameters=True, pool_size=pool_size, connect_args={"timeout": 1})
    own = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *settings)

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in own:
            cursor.execute(setting)
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    return engine


def _begin(connection: Connection) -> None:
    _at_once(connection, "BEGIN")


def begin_immediate(connection: Connection) -> None:
    """Take the write lock now, so that what is read stays true; wait no longer than there is time."""
    wait: Any = connection.get_execution_options().get("wait", _MIGRATION_WAIT)
    _at_once(connection, f"PRAGMA busy_timeout = {max(1, int((wait - _MARGIN) * 1000))}; BEGIN IMMEDIATE")


def _at_once(connection: Connection, script: str) -> None:
    """Run it in one trip to the driver's thread; a cursor would take three for each statement."""
    driven: Any = connection.connection.dbapi_connection
    driven.run_async(lambda driver: driver.executescript(script))


def postgres(url: URL, patience: float) -> AsyncEngine:
    limit = str(int(patience * 1000))
    settings = {"lock_timeout": limit, "statement_timeout": limit, "idle_in_transaction_session_timeout": "60000"}
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
        pool_timeout=patience,
        connect_args={"server_settings": settings, "timeout": patience},
    )


def postgres_reader(writer: AsyncEngine) -> AsyncEngine:
    """The same connections; a reader sees one state of the database through several queries."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
