"""Rows of ours as a table within a statement, so that thousands are compared and stored at once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import FromClause, String, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSON

AT_ONCE = 10_000
"""How many rows one statement is given."""


def given(dialect: str, rows: Sequence[Sequence[str | None]], *names: str) -> FromClause:
    """A table with these columns of text."""
    text = bindparam(None, json.dumps([dict(zip(names, row, strict=True)) for row in rows]), String)
    if dialect == "postgresql":
        columns = [column(name, String) for name in names]
        return (
            func.json_to_recordset(cast(text, JSON))
            .table_valued(*columns, name="given")
            .render_derived(with_types=True)
        )
    each = func.json_each(text).table_valued("value", name="each")
    cells = (func.json_extract(each.c.value, f"$.{name}", type_=String).label(name) for name in names)
    wanted = select(*cells)
    # A limit keeps SQLite from reading the JSON anew for each row of the table that it is joined with. Ids alone are
    # few enough to begin with them, which it only does without one.
    return (wanted.limit(-1) if len(names) > 1 else wanted).subquery("given")


def parts(rows: Iterable[Any], *, at_once: int = AT_ONCE) -> Iterator[Sequence[Any]]:
    """As many at a time as one statement is given."""
    remaining = iter(rows)
    while part := list(islice(remaining, at_once)):
        yield part
