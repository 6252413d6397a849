"""Restoring: an empty database becomes what a backup holds, all of it or nothing."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, Table, func, insert, inspect, select, text
from sqlalchemy.engine import Connection

from storage.archive import Archive, Unusable, Why
from storage.backup import opens_all
from storage.schema import VERSION_TABLE, newest, on_postgres, on_sqlite, revision_of, revisions, upgrade
from storage.serve_lock import ServeLock
from storage.shape import NOT_CARRIED, tables_of
from storage.url import database_url, is_sqlite, sqlite_file

_AT_ONCE = 500
"""How many rows are in memory at a time."""

_FREE: Mapping[str, Any] = {"lease_owner": None, "lease_until": None}

# The same lock as whoever makes the first organization.
_ALONE = text("SELECT pg_advisory_xact_lock(4711)")


@dataclass
class Restored:
    """What came back; of ``doubtful`` messages nobody knows whether the old installation sent them."""

    rows: int = 0
    doubtful: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def organizations_in(archive: Archive) -> Sequence[tuple[str, bytes]]:
    """The id and the wrapped data key of each organization; raises Unusable."""
    (table,) = [table for table in _tables(archive) if table.name == "organization"]
    return [(row["id"], row["wrapped_key"]) for row in archive.rows(table)]


def restore(
    url: str,
    archive: Archive,
    *,
    keys: Sequence[bytes],
    now: datetime,
    before_commit: Callable[[], None] = lambda: None,
    failpoint: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Load everything into an empty database and bring it to the newest schema, in one transaction.

    What was waiting to be sent before ``now`` may have been sent since the backup was made: it comes back as unknown,
    to be looked for at once. Raises Unusable, AlreadyServed, and what the database raises; nothing is there then.
    """
    archive.verify()
    tables = _tables(archive)
    address = database_url(url)

    def work(connection: Connection) -> Restored:
        restored = _loaded(connection, archive, tables, now, failpoint)
        upgrade(connection, "head")
        _check(connection, restored, keys)
        before_commit()
        return restored

    if not is_sqlite(address):
        return asyncio.run(on_postgres(address, work))
    with ServeLock(url), _gone_unless_done(sqlite_file(address)):
        return on_sqlite(address, work)


def _tables(archive: Archive) -> Sequence[Table]:
    """Those of the backup's revision, which its parts must be."""
    if archive.manifest.revision not in revisions():
        raise Unusable(Why.newer_schema)
    tables = tables_of(archive.manifest.revision)
    if {table.name for table in tables} != {part.table for part in archive.manifest.parts}:
        raise Unusable(Why.damaged)
    return tables


def _loaded(
    connection: Connection,
    archive: Archive,
    tables: Sequence[Table],
    now: datetime,
    failpoint: Callable[[str], None],
) -> Restored:
    _emptied(connection)
    upgrade(connection, archive.manifest.revision)
    restored = Restored()
    for table in tables:
        for rows in _batches(_as_of(table, archive.rows(table), now, restored)):
            connection.execute(insert(table), rows)
            failpoint(table.name)
        _count_on(connection, table)
    _compare(connection, archive, tables, restored)
    return restored


def _emptied(connection: Connection) -> None:
    """Refuse a database that is in use, and clear away the tables of one that was only migrated."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE)
    revision = revision_of(connection)
    if revision is None:
        return
    if revision not in revisions():
        raise Unusable(Why.newer_database)
    tables = tables_of(revision)
    (organization,) = [table for table in tables if table.name == "organization"]
    if connection.execute(select(organization.c.id).limit(1)).first() is not None:
        raise Unusable(Why.not_empty)
    # Every row belongs to an organization, so there is none to be lost.
    there = set(inspect(connection).get_table_names())
    for name in (*NOT_CARRIED, *(table.name for table in reversed(tables)), VERSION_TABLE):
        if name in there:
            connection.execute(text(f"DROP TABLE {connection.dialect.identifier_preparer.quote(name)}"))


def _as_of(
    table: Table, rows: Iterable[Mapping[str, Any]], now: datetime, restored: Restored
) -> Iterator[Mapping[str, Any]]:
    """The rows as they are to be stored: in the outbox nobody holds any, and what may have been sent is doubted."""
    for row in rows:
        restored.rows += 1
        if table.name != "delivery":
            yield row
            continue
        doubted = _may_have_been_sent(row, now)
        restored.doubtful += doubted
        changed = {**_FREE, **(_doubted(row, now) if doubted else {})}
        yield {**row, **{name: value for name, value in changed.items() if name in row}}


def _doubted(row: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """As when its sender had died; one that has no next attempt would have been given up."""
    return {"state": "unknown", "next_attempt_at": now, "doubts": row.get("doubts", 0) + 1}


def _may_have_been_sent(row: Mapping[str, Any], now: datetime) -> bool:
    """One that was being sent, or that had its time between the backup and now."""
    return bool(row["state"] == "sending" or (row["state"] == "pending" and row["due_at"] < now))


def _batches(rows: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _count_on(connection: Connection, table: Table) -> None:
    """Let numbers that the database gives go on after those that came."""
    columns = tuple(table.primary_key)
    if connection.dialect.name != "postgresql" or len(columns) != 1 or not isinstance(columns[0].type, Integer):
        return
    highest = func.max(columns[0])
    sequence = func.pg_get_serial_sequence(table.name, columns[0].name)
    connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _compare(connection: Connection, archive: Archive, tables: Sequence[Table], restored: Restored) -> None:
    """Each table holds as many rows as the manifest says, and each row finds what it refers to."""
    for table in tables:
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        restored.counts[table.name] = count
    if restored.counts != {part.table: part.rows for part in archive.manifest.parts}:
        raise Unusable(Why.damaged)
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise Unusable(Why.damaged)


def _check(connection: Connection, restored: Restored, keys: Sequence[bytes]) -> None:
    """In the newest schema there are still as many organizations, and a key opens each."""
    (table,) = [table for table in tables_of(newest()) if table.name == "organization"]
    found = [(row.id, row.wrapped_key) for row in connection.execute(select(table.c.id, table.c.wrapped_key))]
    if len(found) != restored.counts[table.name]:
        raise Unusable(Why.damaged)
    if not found or not opens_all(keys, found):
        raise Unusable(Why.no_key)


class _gone_unless_done:  # noqa: N801 - it reads as what it does
    """Removes an SQLite file that was not there before, when the block is left by an exception."""

    def __init__(self, file: Path) -> None:
        self._files = (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm")))
        self._was_there = file.exists()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not self._was_there:
            for file in self._files:
                file.unlink(missing_ok=True)
