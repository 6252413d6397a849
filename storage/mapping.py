"""One mapper between any noun and its row; it seals and opens the columns that hold people's words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, TypeVar, get_args, get_type_hints

from sqlalchemy import ColumnElement, Table, insert, select, update

from storage.cipher import Cipher
from storage.tables import Row


class Noun(Protocol):
    """A frozen dataclass of ``bot.model``."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Noun)
_NOTHING: Mapping[str, Callable[[Any], object]] = MappingProxyType({})


class Mapper(Generic[T]):
    """Turns values of ``kind`` into rows of a table with the same names, and back.

    ``derived`` says how to fill the columns that the noun does not have, such as what it is searched by.
    """

    def __init__(
        self, kind: type[T], row: type[Row], *, derived: Mapping[str, Callable[[T], object]] = _NOTHING
    ) -> None:
        self.kind = kind
        self.table: Table = row.table()
        self.names = tuple(field.name for field in fields(kind))
        self.columns: tuple[ColumnElement[Any], ...] = tuple(self.table.c[name] for name in self.names)
        self.select = select(*self.columns)
        self.insert = insert(self.table)
        self.update = update(self.table)
        self.sealed = frozenset(name for name in self.names if self.table.c[name].info.get("sealed"))
        self.key = tuple(column.name for column in self.table.primary_key)
        self.owner = "organization" if "organization" in self.table.c else "id"
        self._row_id = self.names.index(self.key[-1]) if self.sealed else 0
        self._derived = derived
        self._loaders = tuple(_loader(get_type_hints(kind)[name]) for name in self.names)

    def row(self, value: T, cipher: Cipher) -> dict[str, Any]:
        """What to store, by column."""
        row = {name: getattr(value, name) for name in self.names}
        for name in self.sealed:
            if row[name] is not None:
                row[name] = cipher.seal(row[name], table=self.table.name, row=row[self.key[-1]], column=name)
        return row | {name: derive(value) for name, derive in self._derived.items()}

    def value(self, row: Sequence[Any], cipher: Cipher | None) -> T:
        """The noun in these cells, which are in the order of ``columns``; raises Unreadable."""
        read = {
            name: self._read(name, cell, loader, row, cipher)
            for name, cell, loader in zip(self.names, row, self._loaders, strict=True)
            if cell is not None
        }
        return self.kind(**(dict.fromkeys(self.names) | read))

    def _read(
        self, name: str, cell: Any, loader: Callable[[Any], object] | None, row: Sequence[Any], cipher: Cipher | None
    ) -> object:
        if name in self.sealed:
            assert cipher is not None, "sealed columns need a key"
            return cipher.open(cell, table=self.table.name, row=row[self._row_id], column=name)
        return cell if loader is None else loader(cell)


def _loader(hint: Any) -> Callable[[Any], object] | None:
    """What makes a cell the type that the noun promises; None when it is that type already."""
    for kind in get_args(hint) or (hint,):
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return kind
    return None
