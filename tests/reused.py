"""PostgreSQL databases that are emptied and used again: to copy one takes twenty times as long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import asyncpg

from tests.postgres import Cluster, in_a_thread

_NUMBER = count(1)
_LARGEST = 20_000_000
"""Bytes: what a large test leaves behind, though deleted, would slow those that come after it."""

_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
"""
_NUMBERS = """
SELECT setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
"""
_SHAPE = """
SELECT concat_ws(
    ' ',
    (SELECT md5(string_agg(concat_ws(' ', oid, relname, relfilenode, reltuples, relhastriggers), ',' ORDER BY oid))
     FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum))
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
    (SELECT count(*) FROM pg_constraint),
    (SELECT count(*) FROM pg_trigger),
    (SELECT count(*) FROM pg_proc),
    (SELECT count(*) FROM pg_namespace),
    (SELECT count(*) FROM pg_db_role_setting),
    (SELECT string_agg(version_num, ' ') FROM alembic_version)
)
"""
"""All that a test could change but rows, the statistics by which statements are planned included."""


@dataclass
class Reused:
    """Databases as the template is. One whose shape a test has changed, or that has grown large, is given up."""

    cluster: Cluster
    template: str
    shapes: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of one that nobody else has meanwhile."""
        name = self.free.pop() if self.free else self._made()
        yield self.cluster.url(name)
        in_a_thread(lambda: self._taken_back(name))

    def _made(self) -> str:
        name = f"test_again_{next(_NUMBER)}"
        self.cluster.run(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        in_a_thread(lambda: self._seen(name))
        return name

    async def _seen(self, name: str) -> None:
        connection = await asyncpg.connect(self.cluster.url(name))
        try:
            self.shapes[name] = await connection.fetchval(_SHAPE)
        finally:
            await connection.close()

    async def _taken_back(self, name: str) -> None:
        """Empty it; what cannot be emptied is dropped."""
        connection = await asyncpg.connect(self.cluster.url(name))
        try:
            is_as_before = await self._is_emptied(connection, name)
        except asyncpg.PostgresError:
            is_as_before = False
        finally:
            await connection.close()
        if is_as_before:
            self.free.append(name)
        else:
            self.cluster.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _is_emptied(self, connection: "asyncpg.Connection[asyncpg.Record]", name: str) -> bool:
        await connection.execute(_ALONE)
        if await connection.fetchval(_SHAPE) != self.shapes[name]:
            return False
        tables = [table for (table,) in await connection.fetch(_TABLES)]
        await connection.execute("SET lock_timeout = '5s'; SET session_replication_role = replica")
        await connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))
        await connection.execute(_NUMBERS)
        return int(await connection.fetchval("SELECT pg_database_size(current_database())")) < _LARGEST
