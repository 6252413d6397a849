"""Transactions on a PostgreSQL server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

_CONNECTIONS = 10


class Postgres:
    """A transaction, and each wait in it, takes ``patience`` seconds at most."""

    def __init__(self, url: URL, patience: float) -> None:
        limit = str(int(patience * 1000))
        settings = {"lock_timeout": limit, "statement_timeout": limit, "idle_in_transaction_session_timeout": "60000"}
        self._writer = create_async_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_timeout=patience,
            connect_args={"server_settings": settings, "timeout": patience},
        )
        # The same connections; a reader sees one state of the database through several queries.
        self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @asynccontextmanager
    async def write(self, left: Callable[[], float]) -> AsyncIterator[AsyncConnection]:  # noqa: ARG002 - the server knows
        async with self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        async with self._reader.begin() as connection:
            yield connection

    async def close(self) -> None:
        await self._writer.dispose()
