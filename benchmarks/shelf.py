"""The least that a durable bot does with words: one row in a database, committed to disk."""

import asyncio
import itertools
from pathlib import Path
from typing import Protocol

import aiosqlite
import asyncpg


class Shelf(Protocol):
    async def put(self, text: str) -> None: ...
    async def close(self) -> None: ...


class SqliteShelf:
    """One connection, write-ahead log, a commit that is on disk: the settings of OneOnOne's own database."""

    def __init__(self, database: aiosqlite.Connection) -> None:
        self._database = database
        self._lock = asyncio.Lock()
        self._numbers = itertools.count()

    async def put(self, text: str) -> None:
        async with self._lock:
            await self._database.execute("BEGIN IMMEDIATE")
            await self._database.execute("INSERT INTO item VALUES (?, ?)", (next(self._numbers), text))
            await self._database.execute("COMMIT")

    async def close(self) -> None:
        await self._database.close()


class PostgresShelf:
    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool
        self._numbers = itertools.count()

    async def put(self, text: str) -> None:
        await self._pool.execute("INSERT INTO item VALUES ($1, $2)", next(self._numbers), text)

    async def close(self) -> None:
        await self._pool.close()


async def sqlite_shelf(file: Path) -> Shelf:
    database = await aiosqlite.connect(file, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE item (id INTEGER, text TEXT)",
    ):
        await database.execute(statement)
    return SqliteShelf(database)


async def postgres_shelf(url: str) -> Shelf:
    pool = await asyncpg.create_pool(url)
    await pool.execute("CREATE TABLE IF NOT EXISTS item (id INTEGER, text TEXT)")
    return PostgresShelf(pool)
