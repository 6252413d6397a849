"""The content registry: every column that is sealed, read from the tables themselves."""

from dataclasses import dataclass

from sqlalchemy import Table

from storage.tables import tables


@dataclass(frozen=True)
class Content:
    """A table with people's words: which columns are sealed, who wrote them, and whose key seals them.

    ``author`` is none where a platform made what is sealed (a token), which is nobody's to export.
    """

    table: Table
    columns: tuple[str, ...]
    author: str | None
    organization: str = "organization"

    @property
    def name(self) -> str:
        return self.table.name


def content() -> tuple[Content, ...]:
    """All tables with sealed columns, by name."""
    found = (_content(table) for table in tables.sorted_tables if _marked(table, "sealed"))
    return tuple(sorted(found, key=lambda each: each.name))


def _content(table: Table) -> Content:
    sealed = _marked(table, "sealed")
    if sealed == _marked(table, "secret"):
        return Content(table=table, columns=sealed, author=None)
    (author,) = _marked(table, "author")  # words without an author could be neither exported nor erased
    return Content(table=table, columns=sealed, author=author)


def _marked(table: Table, mark: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.info.get(mark))
