"""The rows of one noun within one transaction; every statement here is limited to its organization."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Executable, Select, Table, Update, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from bot.model.ids import OrganizationId
from bot.ports import Stale
from storage.cipher import Cipher
from storage.connection import Connection
from storage.mapping import Mapper, Noun

_WHERE = "where_"
"""Begins the names of values to compare with; the columns' own names are those of values to store."""

_AT_ONCE = 500
"""How many values one statement names; both databases refuse more than about 32,000."""


class Versioned(Noun, Protocol):
    """A noun that counts its changes."""

    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Noun)
V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True)
class Scope:
    """Where a transaction's repositories work: its connection, its organization, its key."""

    connection: Connection
    organization: OrganizationId
    cipher: Cipher
    known: dict[object, dict[tuple[Any, ...], Any]] = field(default_factory=dict, repr=False)
    """What was looked up in this transaction and not changed since, by mapper and key."""


class Rows(Generic[T]):
    def __init__(self, scope: Scope, mapper: Mapper[T]) -> None:
        self._scope = scope
        self._mapper = mapper

    @cached_property
    def ours(self) -> ColumnElement[bool]:
        """Made when it is needed, since a transaction uses few of its repositories."""
        return self._mapper.table.c[self._mapper.owner] == self._scope.organization

    def select(self, *where: ColumnElement[bool]) -> Select[Any]:
        return self._mapper.select.where(self.ours, *where)

    async def one(self, *where: ColumnElement[bool]) -> T | None:
        """The row that meets these conditions; at most one may."""
        row = (await self._scope.connection.execute(self.select(*where))).one_or_none()
        return None if row is None else self.value(row)

    async def at(self, **key: Any) -> T | None:
        """The row whose columns have these values, at most one may; looked up once in a transaction.

        Its statement is made once and for all, which takes most of the time that such a question takes.
        """
        known = self._scope.known.setdefault(self._mapper, {})
        place = tuple(key.items())
        if place not in known:
            given = {self._mapper.owner: self._scope.organization, **key}
            row = (await self._scope.connection.execute(_looked_up(self._mapper, tuple(given)), given)).one_or_none()
            if row is None:
                return None
            known[place] = self.value(row)
        found: T = known[place]
        return found

    async def unless_taken(self, *where: ColumnElement[bool]) -> T | None:
        """The same, locked; None also when another transaction has it in its hands."""
        query = self.select(*where).with_for_update(skip_locked=True)
        row = (await self._scope.connection.execute(query)).one_or_none()
        return None if row is None else self.value(row)

    async def all(self, *where: ColumnElement[bool], by: Iterable[Any] = ()) -> list[T]:
        return await self.listed(self.select(*where).order_by(*by))

    async def listed(self, query: Select[Any]) -> list[T]:
        return [self.value(row) for row in await self._scope.connection.execute(query)]

    async def reckoned(
        self, *columns: ColumnElement[Any], where: Iterable[ColumnElement[bool]]
    ) -> list[tuple[Any, ...]]:
        """Numbers and keys that the database works out, without opening a single sealed cell."""
        plain = [column for column in columns if isinstance(column, Column)]
        query = select(*columns).where(self.ours, *where).group_by(*plain)
        return [tuple(row) for row in await self._scope.connection.execute(query)]

    async def among(self, column: ColumnElement[Any], values: Iterable[str], *where: ColumnElement[bool]) -> list[T]:
        """The rows whose column has one of these values, however many they are, in no order."""
        found: list[T] = []
        remaining = iter(set(values))
        while part := list(islice(remaining, _AT_ONCE)):
            found += await self.all(column.in_(part), *where)
        return found

    def value(self, row: Sequence[Any]) -> T:
        return self._mapper.value(row, self._scope.cipher)

    async def add(self, value: T) -> None:
        self.forget()
        await self._scope.connection.execute(self._mapper.insert, self._row(value))

    async def add_unless_there(self, value: T) -> bool:
        """Add it; False, and nothing written, when a row like it is there."""
        self.forget()
        return await add_unless_there(self._scope.connection, self._mapper.table, self._row(value))

    async def add_missing(self, values: Sequence[T]) -> None:
        """Add those of them that no row is like yet."""
        self.forget()
        if values:
            rows = [self._row(value) for value in values]
            await self._scope.connection.execute(
                _missing(self._scope.connection.dialect.name, self._mapper.table), rows
            )

    async def put(self, value: T) -> None:
        """Overwrite the row, whoever wrote it last."""
        if await self._overwrite(self._row(value)) != 1:
            raise LookupError(f"there is no such {self._mapper.table.name} to overwrite")

    async def add_or_put(self, value: T) -> None:
        """Add it, or overwrite the row with its key, also when that comes at this very moment."""
        self.forget()
        row, key = self._row(value), self._mapper.key
        changed = {name: cell for name, cell in row.items() if name not in key}
        statement = insert_into(self._scope.connection.dialect.name, self._mapper.table)
        await self._scope.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), row)

    async def change(self, values: dict[str, Any], *where: ColumnElement[bool]) -> int:
        """Set these columns; how many rows that were."""
        self.forget()
        statement = self._mapper.update.where(self.ours, *where)
        return rows_changed(await self._scope.connection.execute(statement, values))

    async def change_each(self, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Set these columns of each of these rows, which name their ids."""
        self.forget()
        given = [{f"{_WHERE}id": row["id"], **{name: row[name] for name in names}} for row in rows]
        if given:
            owner = {f"{_WHERE}{self._mapper.owner}": self._scope.organization}
            statement = _changing(self._mapper, self._mapper.owner, tuple(names))
            await self._scope.connection.execute(statement, [owner | row for row in given])

    async def remove(self, *where: ColumnElement[bool]) -> int:
        self.forget()
        statement = delete(self._mapper.table).where(self.ours, *where)
        return rows_changed(await self._scope.connection.execute(statement))

    async def _overwrite(self, row: dict[str, Any], **also: Any) -> int:
        """Store the row over the one with its key, where these columns have these values too."""
        self.forget()
        key = {name: row[name] for name in (self._mapper.owner, *self._mapper.key)} | also
        changed = {name: cell for name, cell in row.items() if name not in self._mapper.key}
        given = changed | {f"{_WHERE}{name}": value for name, value in key.items()}
        return rows_changed(await self._scope.connection.execute(_overwriting(self._mapper, tuple(key)), given))

    def forget(self) -> None:
        self._scope.known.pop(self._mapper, None)

    def _row(self, value: T) -> dict[str, Any]:
        row = self._mapper.row(value, self._scope.cipher)
        if row[self._mapper.owner] != self._scope.organization:
            raise ValueError(f"this {self._mapper.table.name} belongs to another organization")
        return row


async def save(rows: Rows[V], value: V) -> V:
    """Store the next version; raises Stale unless ``value.version`` is the stored one."""
    saved = replace(value, version=value.version + 1)
    if await rows._overwrite(rows._row(saved), version=value.version) != 1:
        raise Stale(rows._mapper.table.name)
    return saved


async def add_unless_there(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row; False, and nothing written, when one with a key of this is there."""
    return rows_changed(await connection.execute(_unless_there(connection.dialect.name, table), row)) == 1


@cache
def _looked_up(mapper: Mapper[Any], names: tuple[str, ...]) -> Select[Any]:
    return mapper.select.where(*(mapper.table.c[name] == bindparam(name) for name in names))


@cache
def _overwriting(mapper: Mapper[Any], names: tuple[str, ...]) -> Update:
    return mapper.update.where(*(mapper.table.c[name] == bindparam(f"{_WHERE}{name}") for name in names))


@cache
def _changing(mapper: Mapper[Any], owner: str, names: tuple[str, ...]) -> Update:
    where = (mapper.table.c[name] == bindparam(f"{_WHERE}{name}") for name in (owner, "id"))
    return mapper.update.where(*where).values({name: bindparam(name) for name in names})


@cache
def _missing(dialect: str, table: Table) -> Executable:
    return insert_into(dialect, table).on_conflict_do_nothing()


@cache
def _unless_there(dialect: str, table: Table) -> Executable:
    return insert_into(dialect, table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The database's own insert, which knows what to do with a row that is there."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def rows_changed(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
