"""Backups: everything that an installation keeps, as it was at one moment, while it goes on serving."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.model.ids import OrganizationId
from storage.archive import Cells, Manifest, Unusable, Why, Writing
from storage.cipher import MasterKeys, Unreadable
from storage.schema import revision_of, revisions
from storage.shape import tables_of
from storage.sqlite import sqlite_engine
from storage.url import database_url, is_sqlite

T = TypeVar("T")


class Unreachable(Exception):
    """There is no connection to the database."""


_AT_ONCE = 500
"""How many rows are in memory at a time."""

# A backup takes as long as it takes; a limit that the server has for others would cut it off.
_PATIENT = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"}


def back_up(url: str, file: Path, *, keys: Sequence[bytes] | None, now: datetime, replace: bool = False) -> Manifest:
    """Write all that the database holds, and the keys unless they are None, to a file that its owner alone may read.

    It is one state of the database, whatever is written meanwhile. The file is there when it is whole and on the
    disk, and not before. Raises Unusable, FileExistsError, and what the database and the disk raise.
    """
    with _put_in_place(file, replace=replace) as output:
        return _seen_at_once(url, lambda connection: _written(connection, output, keys, now))


def opens_all(keys: Sequence[bytes], organizations: Sequence[tuple[str, bytes]]) -> bool:
    """Whether one of the keys opens the data key of each organization."""
    try:
        master = MasterKeys(tuple(keys))
        for organization, wrapped in organizations:
            master.cipher(OrganizationId(organization), wrapped)
    except (Unreadable, ValueError):
        return False
    return True


def _written(connection: Connection, output: IO[bytes], keys: Sequence[bytes] | None, now: datetime) -> Manifest:
    revision = _known_revision(connection)
    tables = tables_of(revision)
    _check_organizations(connection, tables, keys)
    with Writing(output) as writing:
        for table in tables:
            writing.add(table, _rows(connection, table))
        if keys is not None:
            writing.add_keys(keys)
        return writing.finish(revision=revision, made_at=now)


def _known_revision(connection: Connection) -> str:
    revision = revision_of(connection)
    if revision is None:
        raise Unusable(Why.no_schema)
    if revision not in revisions():
        raise Unusable(Why.newer_database)
    return revision


def _check_organizations(connection: Connection, tables: Sequence[Table], keys: Sequence[bytes] | None) -> None:
    """Nothing to keep is no backup, and neither is one whose keys open nothing."""
    (table,) = [table for table in tables if table.name == "organization"]
    found = connection.execute(select(table.c.id, table.c.wrapped_key)).all()
    if not found:
        raise Unusable(Why.no_organization)
    if keys is not None and not opens_all(keys, [(row.id, row.wrapped_key) for row in found]):
        raise Unusable(Why.no_key)


def _rows(connection: Connection, table: Table) -> Iterator[Cells]:
    query = select(*table.columns).execution_options(yield_per=_AT_ONCE)
    for batch in connection.execute(query).partitions():
        yield from batch


def _seen_at_once(url: str, work: Callable[[Connection], T]) -> T:
    """What comes of the work in a transaction that sees one state, and has no limit of time."""
    address = database_url(url)
    return _on_sqlite(address, work) if is_sqlite(address) else asyncio.run(_on_postgres(address, work))


def _on_sqlite(address: URL, work: Callable[[Connection], T]) -> T:
    engine = sqlite_engine(address, "PRAGMA query_only = ON", "PRAGMA busy_timeout = 30000")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return work(connection)
    finally:
        engine.dispose()


async def _on_postgres(address: URL, work: Callable[[Connection], T]) -> T:
    settings = {"server_settings": _PATIENT}
    engine = create_async_engine(address, hide_parameters=True, poolclass=NullPool, connect_args=settings)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        async with aclosing(await _reached(reader)) as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def _reached(reader: AsyncEngine) -> AsyncConnection:
    """An open connection; raises Unreachable, so that what the disk raises later is told from it."""
    try:
        return await reader.connect()
    except OSError as error:
        raise Unreachable(type(error).__name__) from None


@contextmanager
def _put_in_place(file: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """A file beside that one, which takes its place when the block is left, and goes away on an exception."""
    if not replace and file.exists():
        raise FileExistsError(file)
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".unfinished")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as output:
            yield output
            output.flush()
            os.fsync(output.fileno())
        _named(draft, file, replace=replace)
    finally:
        draft.unlink(missing_ok=True)
    _flush_folder(file.parent)


def _named(draft: Path, file: Path, *, replace: bool) -> None:
    if replace:
        draft.replace(file)
    else:
        file.hardlink_to(draft)  # unlike a rename, it never replaces a file that came meanwhile


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, nor need it be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
