"""The harness keeps its own promises: each test's database is its own, and empty of rows."""

import sqlite3

import asyncpg


async def _tables(url: str) -> set[str]:
    if url.startswith("sqlite:"):
        return _sqlite_tables(url.removeprefix("sqlite:///"))
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    return {row["tablename"] for row in rows}


def _sqlite_tables(file: str) -> set[str]:
    connection = sqlite3.connect(file)
    try:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    finally:
        connection.close()
    return {str(name) for (name,) in rows}


async def test_a_test_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in await _tables(database_url)


async def test_an_empty_test_database_has_no_tables(empty_database_url: str) -> None:
    assert await _tables(empty_database_url) == set()
