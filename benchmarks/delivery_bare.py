"""The bare loop: claim one row, send it, commit what became of it; so many at a time, and nothing else."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Protocol, Self

import asyncpg

from benchmarks.delivery_platform import IN_FLIGHT, Post

_TABLE = "CREATE TABLE message (id INTEGER PRIMARY KEY, due_at BIGINT, state TEXT, external_id TEXT)"
_INDEX = "CREATE INDEX message_waits ON message (due_at) WHERE state = 'pending'"
_CLAIM = (
    "UPDATE message SET state = 'sending' WHERE id = (SELECT id FROM message"
    " WHERE state = 'pending' AND due_at <= 0 ORDER BY due_at LIMIT 1 {lock}) RETURNING id"
)
_FILL = "INSERT INTO message (id, due_at, state) VALUES ({}, 0, 'pending')"
_RECORD = "UPDATE message SET state = 'sent', external_id = {} WHERE id = {}"
_CONNECTIONS = 20


class Rows(Protocol):
    async def claim(self) -> int | None: ...
    async def record(self, message: int, external_id: str) -> None: ...
    async def fill(self, first: int, count: int) -> None: ...
    async def close(self) -> None: ...


class PostgresRows:
    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @classmethod
    async def on(cls, url: str) -> Self:
        """With as many connections as ours has at most, which are given back as they are."""
        pool = await asyncpg.create_pool(url, min_size=_CONNECTIONS, max_size=_CONNECTIONS, reset=_leave)
        await pool.execute(_TABLE)
        await pool.execute(_INDEX)
        return cls(pool)

    async def claim(self) -> int | None:
        found: int | None = await self._pool.fetchval(_CLAIM.format(lock="FOR UPDATE SKIP LOCKED"))
        return found

    async def record(self, message: int, external_id: str) -> None:
        await self._pool.execute(_RECORD.format("$1", "$2"), external_id, message)

    async def fill(self, first: int, count: int) -> None:
        await self._pool.executemany(_FILL.format("$1"), [(first + each,) for each in range(count)])

    async def close(self) -> None:
        await self._pool.close()


class SqliteRows:
    """Each statement is a transaction that is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", _TABLE, _INDEX):
            self._file.execute(statement)

    async def claim(self) -> int | None:
        found = self._file.execute(_CLAIM.format(lock="")).fetchall()
        return found[0][0] if found else None

    async def record(self, message: int, external_id: str) -> None:
        self._file.execute(_RECORD.format("?", "?"), (external_id, message))

    async def fill(self, first: int, count: int) -> None:
        self._file.execute("BEGIN")
        self._file.executemany(_FILL.format("?"), [(first + each,) for each in range(count)])
        self._file.execute("COMMIT")

    async def close(self) -> None:
        self._file.close()


class Bare:
    """A contender."""

    name = "bare loop"

    def __init__(self, rows: Rows, post: Post) -> None:
        self._rows = rows
        self._post = post
        self._filled = 0

    async def fill(self, count: int) -> None:
        await self._rows.fill(self._filled, count)
        self._filled += count

    async def drain(self) -> None:
        await asyncio.gather(*(self._line() for _ in range(IN_FLIGHT)))

    async def _line(self) -> None:
        while (message := await self._rows.claim()) is not None:
            await self._rows.record(message, await self._post())

    async def close(self) -> None:
        await self._rows.close()


async def _leave(_connection: object) -> None:
    """What a connection needs done between two of our statements."""
