"""Transactions on an SQLite file, with the traps of its driver disarmed.

Statements run at once, where they are asked for: they read memory and take less time than a trip to a thread and
back. Only what may wait goes to one: for a lock that another process holds, and for the disk at a commit.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Dialect, Executable, create_engine, event
from sqlalchemy.engine import URL, Connection, CursorResult, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import LRUCache

from storage.url import sqlite_file

T = TypeVar("T")
_MARGIN = 0.05
"""Seconds by which SQLite gives up before we do, so that its thread is not left waiting for a lock."""

_NOT_AT_ONCE = "PRAGMA busy_timeout = 0"
_READER_WAITS = "PRAGMA busy_timeout = 100"
"""Milliseconds; beside a writer a reader never waits, but for the moment in which a file is recovered."""


class _Compiled(LRUCache[Any, Any]):
    """Statements as SQL, by statement: each engine's dialect, which comes first in a key, would make the same of it."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


_COMPILED = _Compiled(1000)
"""To compile a statement takes longer than to run it a few times, and there are at least two engines on each file."""


class SqliteConnection:
    """A connection as the repositories want it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """The statement's rows, read already."""
        return self._connection.execute(statement, parameters)

    async def execute_each(self, statement: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run the driver's own statement for each of these rows; how many it changed."""
        return _driver(self._connection).executemany(statement, rows).rowcount


class Sqlite:
    """One writer at a time, and any number of readers beside it."""

    def __init__(self, url: URL) -> None:
        self._writer = sqlite_engine(url, "PRAGMA foreign_keys = ON", _NOT_AT_ONCE)
        self._reader = sqlite_engine(url, "PRAGMA query_only = ON", _READER_WAITS)
        # Waiting in SQLite's own busy loop instead made the slowest wait six times longer.
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")

    @asynccontextmanager
    async def write(
        self,
        left: Callable[[], float],
        *,
        patience: float | None = None,  # noqa: ARG002 - ``left`` says it
    ) -> AsyncIterator[SqliteConnection]:
        """A transaction with the write lock, so that what is read stays true; ``left`` is how many seconds are."""
        async with self._turn:
            with self._writer.connect() as connection:
                await self._begin(_driver(connection), left)
                with _undone_by_errors(connection):
                    yield SqliteConnection(connection)
                    await self._in_thread(connection.commit)

    @asynccontextmanager
    async def read(
        self,
        *,
        patience: float | None = None,  # noqa: ARG002 - nothing else ends a statement
    ) -> AsyncIterator[SqliteConnection]:
        with self._reader.connect() as connection:
            _driver(connection).execute("BEGIN")
            yield SqliteConnection(connection)

    async def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()
        self._thread.shutdown()

    async def _begin(self, driver: sqlite3.Connection, left: Callable[[], float]) -> None:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            seconds = left() - _MARGIN
            await self._in_thread(lambda: _begin_when_free(driver, seconds))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """What it returns; when we are given up meanwhile, the thread still ends first, since it has the connection."""
        working = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            await asyncio.wait([working])
            if not working.cancelled():
                working.exception()  # nobody waits for it any more
            raise


def sqlite_engine(url: URL, *settings: str) -> Engine:
    """An engine whose driver begins no transaction by itself: by default it lost four of five counted changes."""
    sqlite_file(url).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        max_overflow=-1,
        connect_args={"check_same_thread": False},
        execution_options={"compiled_cache": _COMPILED},
    )
    own = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *settings)

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 1000")
        for setting in own:
            cursor.execute(setting)
        cursor.close()

    event.listen(engine, "connect", prepare)
    return engine


def _begin_when_free(driver: sqlite3.Connection, seconds: float) -> None:
    driver.execute(f"PRAGMA busy_timeout = {max(1, int(seconds * 1000))}")
    try:
        driver.execute("BEGIN IMMEDIATE")
    finally:
        driver.execute(_NOT_AT_ONCE)


@contextmanager
def _undone_by_errors(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.rollback()
        raise


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
