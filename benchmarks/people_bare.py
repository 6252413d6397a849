"""The bare set-based statements: the same rows, ready made, into the same tables, in one transaction."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

TABLES = ("organization", "person", "reporting_line", "attribute", "conversation", "seat")
"""What an import writes, in an order in which what is referred to comes first."""

_AT_ONCE = 10_000
_NAMES = "SELECT name FROM pragma_table_info('{}') ORDER BY cid"
_COLUMNS = (
    "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
    " WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


@dataclass(frozen=True)
class Rows:
    """The rows of one table, as its driver gives and takes them."""

    table: str
    names: Sequence[str]
    types: Sequence[str]
    cells: Sequence[Sequence[Any]]


async def rows_in(url: str) -> Sequence[Rows]:
    """All that an import has written."""
    return _from_sqlite(_file(url)) if url.startswith("sqlite") else await _from_postgres(url)


async def write_bare(url: str, rows: Sequence[Rows]) -> float:
    """The seconds that it takes to write them into a migrated database without any rows."""
    return _into_sqlite(_file(url), rows) if url.startswith("sqlite") else await _into_postgres(url, rows)


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _from_sqlite(file: Path) -> Sequence[Rows]:
    database = sqlite3.connect(file)
    found = []
    for table in TABLES:
        names = [name for (name,) in database.execute(_NAMES.format(table))]
        found.append(Rows(table, names, [], database.execute(f"SELECT * FROM {table}").fetchall()))
    database.close()
    return found


def _into_sqlite(file: Path, rows: Sequence[Rows]) -> float:
    database = sqlite3.connect(file, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        database.execute(f"PRAGMA {setting}")
    began = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    for each in rows:
        marks = ", ".join("?" * len(each.names))
        database.executemany(f"INSERT INTO {each.table} ({', '.join(each.names)}) VALUES ({marks})", each.cells)
    database.execute("COMMIT")
    took = time.perf_counter() - began
    database.close()
    return took


async def _from_postgres(url: str) -> Sequence[Rows]:
    connection = await asyncpg.connect(url)
    found = []
    for table in TABLES:
        columns = await connection.fetch(_COLUMNS, table)
        cells = [tuple(row) for row in await connection.fetch(f"SELECT * FROM {table}")]
        found.append(Rows(table, [each["attname"] for each in columns], [each["type"] for each in columns], cells))
    await connection.close()
    return found


async def _into_postgres(url: str, rows: Sequence[Rows]) -> float:
    connection = await asyncpg.connect(url)
    began = time.perf_counter()
    async with connection.transaction():
        for each in rows:
            arrays = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(each.types, start=1))
            statement = f"INSERT INTO {each.table} ({', '.join(each.names)}) SELECT * FROM unnest({arrays})"
            for start in range(0, len(each.cells), _AT_ONCE):
                await connection.execute(statement, *map(list, zip(*each.cells[start : start + _AT_ONCE], strict=True)))
    took = time.perf_counter() - began
    await connection.close()
    return took
