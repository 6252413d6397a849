"""Many rows with one statement: as arrays on PostgreSQL, one by one on SQLite."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, String, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import column
from sqlalchemy.types import TypeEngine

from storage.connection import Connection
from storage.rows import insert_into, rows_changed
from storage.sqlite import SqliteConnection
from storage.tables.columns import Clear

_AT_ONCE = 10_000
_GIVEN = "given_"

Given = Mapping[str, ColumnElement[Any]]
"""The values of the rows, as a statement names them."""

Part = Sequence[Sequence[Any]]


async def spread(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    statement: Callable[[Given], Executable],
    *,
    step: Callable[[int], None] = lambda _: None,
) -> int:
    """Run the statement for all these rows, whose cells are in the order of ``names``; how many rows that changed.

    ``names`` are columns of the table, of whose types the cells are; their words are clean already. ``step`` is told
    how many rows are done.
    """
    if isinstance(connection, SqliteConnection):
        run = _one_by_one(connection, table, names, statement)
    else:
        run = _as_arrays(connection, table, names, statement)
    changed = 0
    for part in _parts(rows):
        changed += await run(part)
        step(len(part))
    return changed


def _parts(rows: Iterable[Sequence[Any]]) -> Iterator[Part]:
    remaining = iter(rows)
    while part := list(islice(remaining, _AT_ONCE)):
        yield part


def _as_arrays(
    connection: Connection, table: Table, names: Sequence[str], statement: Callable[[Given], Executable]
) -> Callable[[Part], Awaitable[int]]:
    types = [_quick(table.c[name].type) for name in names]
    arrays = [bindparam(_GIVEN + name, type_=postgresql.ARRAY(kind)) for name, kind in zip(names, types, strict=True)]
    columns = [column(name, kind) for name, kind in zip(names, types, strict=True)]
    unnested = func.unnest(*arrays).table_valued(*columns, name="given").render_derived()
    ready = statement(dict(unnested.c.items()))

    async def run(part: Part) -> int:
        cells = zip(names, zip(*part, strict=True), strict=True)
        given = {_GIVEN + name: list(those) for name, those in cells}
        return rows_changed(await connection.execute(ready, given))

    return run


def _one_by_one(
    connection: SqliteConnection, table: Table, names: Sequence[str], statement: Callable[[Given], Executable]
) -> Callable[[Part], Awaitable[int]]:
    """By the driver itself: others wait while rows are written, and all else takes longer than that."""
    given = {name: bindparam(_GIVEN + name, type_=_quick(table.c[name].type)) for name in names}
    ready: Any = statement(given)
    compiled = ready.compile(dialect=connection.dialect)
    places = {_GIVEN + name: place for place, name in enumerate(names)}
    binds = [
        (places.get(name), compiled.params[name], _processor(compiled.binds[name].type, connection.dialect))
        for name in compiled.positiontup
    ]

    def cells(row: Sequence[Any]) -> Sequence[Any]:
        whole = ((row[place] if place is not None else fixed, process) for place, fixed, process in binds)
        return [value if process is None else process(value) for value, process in whole]

    async def run(part: Part) -> int:
        return await connection.execute_each(str(compiled), map(cells, part))

    return run


def _quick(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """What is clean already need not be cleaned once more."""
    return String() if isinstance(kind, Clear) else kind


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def inserted(
    connection: Connection, table: Table, names: Sequence[str], given: Given
) -> sqlite.Insert | postgresql.Insert:
    """What puts the given rows into the table; the caller says what to do with those that are there."""
    into = insert_into(connection.dialect.name, table)
    if connection.dialect.name == "postgresql":
        return into.from_select(list(names), select(*(given[name] for name in names)))
    return into.values({name: given[name] for name in names})
