"""Transactions on a PostgreSQL server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

_CONNECTIONS = 10
_RESTED = 1.0
"""Seconds after which a connection is asked whether it lives; to ask costs as much as a short transaction."""


class Postgres:
    """A transaction, and each wait in it, takes ``patience`` seconds at most."""

    def __init__(self, url: URL, patience: float) -> None:
        limit = str(int(patience * 1000))
        settings = {"lock_timeout": limit, "statement_timeout": limit, "idle_in_transaction_session_timeout": "60000"}
        self._writer = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_timeout=patience,
            connect_args={"server_settings": settings, "timeout": patience},
        )
        event.listen(self._writer.sync_engine, "checkin", _left)
        event.listen(self._writer.sync_engine, "checkout", self._taken)
        # The same connections; a reader sees one state of the database through several queries.
        self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _taken(self, connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
        """A connection that is closed, or rested and does not answer, is replaced by a new one."""
        rested = monotonic() - entry.info.get("left_at", monotonic())
        if connection.driver_connection.is_closed() or (rested > _RESTED and not self._answers(connection)):
            raise DisconnectionError

    def _answers(self, connection: DBAPIConnection) -> bool:
        dialect: Any = self._writer.dialect
        try:
            return bool(dialect.do_ping(connection))
        except dialect.loaded_dbapi.Error:
            return False

    @asynccontextmanager
    async def write(
        self,
        left: Callable[[], float],  # noqa: ARG002 - the server knows
        *,
        patience: float | None = None,
    ) -> AsyncIterator[AsyncConnection]:
        async with self._writer.begin() as connection:
            if patience is not None:
                await connection.execute(text(f"SET LOCAL statement_timeout = {int(patience * 1000)}"))
            yield connection

    @asynccontextmanager
    async def read(self, *, patience: float | None = None) -> AsyncIterator[AsyncConnection]:
        async with self._reader.begin() as connection:
            if patience is not None:
                await connection.execute(text(f"SET LOCAL statement_timeout = {int(patience * 1000)}"))
            yield connection

    async def close(self) -> None:
        await self._writer.dispose()


def _left(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info["left_at"] = monotonic()
