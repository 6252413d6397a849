"""The connection to the database: its traps disarmed, its transactions short."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.ports import Busy
from storage.connection import Connection
from storage.faults import meaning
from storage.postgres import Postgres
from storage.schema import VERSION_TABLE, migrate, schema_is_current
from storage.sqlite import Sqlite
from storage.url import database_url, is_sqlite

__all__ = ["PATIENCE", "Database", "migrate", "schema_is_current"]

PATIENCE = 2.0
"""Seconds that waiting for a lock and the transaction may take together."""

_READY_WITHIN = 1.0


def nothing(place: str) -> None:
    """The failpoint of a database that is not being tested."""


class Transactions(Protocol):
    """The transactions of one kind of database; ``left`` is how many seconds are left for waiting."""

    def write(
        self, left: Callable[[], float], *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Connection]: ...
    def read(self, *, patience: float | None = None) -> AbstractAsyncContextManager[Connection]: ...
    async def close(self) -> None: ...


class Database:
    """Opens transactions on connections; raises Busy when the database cannot be had in time, or at all.

    ``failpoint`` is called with the name of each place where a fault would be interesting.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE, failpoint: Callable[[str], None] = nothing) -> None:
        address = database_url(url)
        self.is_sqlite = is_sqlite(address)
        self._patience = patience
        self._failpoint = failpoint
        self._transactions: Transactions = Sqlite(address) if self.is_sqlite else Postgres(address, patience)

    @asynccontextmanager
    async def write(self, *, patience: float | None = None) -> AsyncIterator[Connection]:
        """A transaction that commits when the block is left, and rolls back on an exception.

        What is about very many rows may take more ``patience``; it still waits no longer for anybody else.
        """
        async with self._in_time(writing=True, patience=patience) as limit:
            left = lambda: (limit.when() or 0) - _moment()  # noqa: E731 - shorter than a function
            async with self._transactions.write(left, patience=patience) as connection:
                yield connection
                self._failpoint("before commit")
                # A commit that is given up half-way may have happened, and then "nothing was saved" would be a lie.
                limit.reschedule(None)
            self._failpoint("after commit")

    @asynccontextmanager
    async def read(self, *, patience: float | None = None) -> AsyncIterator[Connection]:
        """A transaction that sees one state of the database and cannot change it."""
        reading = self._transactions.read(patience=patience)
        async with self._in_time(writing=False, patience=patience), reading as connection:
            yield connection

    async def ready(self) -> bool:
        """Whether the database answers within a second."""
        try:
            async with asyncio.timeout(_READY_WITHIN), self.read() as connection:
                await connection.execute(text("SELECT 1"))
        except (Busy, TimeoutError):
            return False
        return True

    async def revision(self) -> str | None:
        """The revision that it has; None without one, or when it does not answer within a second."""
        try:
            async with asyncio.timeout(_READY_WITHIN), self.read() as connection:
                return (await connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))).scalar()  # noqa: S608
        except (Busy, TimeoutError, SQLAlchemyError):
            return None

    async def close(self) -> None:
        await self._transactions.close()

    @asynccontextmanager
    async def _in_time(self, *, writing: bool, patience: float | None = None) -> AsyncIterator[asyncio.Timeout]:
        """How long the block may run; turns the database's troubles into Busy and Stale."""
        try:
            async with asyncio.timeout(patience or self._patience) as limit:
                yield limit
        except Exception as error:
            if trouble := meaning(error, writing=writing):
                raise trouble from error
            raise


def _moment() -> float:
    return asyncio.get_running_loop().time()
