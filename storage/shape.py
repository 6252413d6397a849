"""The tables as a revision made them, in types that both databases take."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Table, create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.schema import VERSION_TABLE, upgrade

NOT_CARRIED = frozenset({"sender_lease"})
"""Who sends at this moment is true of one running installation alone."""


@cache
def tables_of(revision: str) -> Sequence[Table]:
    """What is carried over to another database, in an order in which each row finds those that it refers to.

    They are read from an empty database in memory, so that neither a release that came later nor what else an
    operator keeps beside our tables changes what a revision means.
    """
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            upgrade(connection, revision)
            return _portable(connection)
    finally:
        engine.dispose()


def _portable(connection: Connection) -> Sequence[Table]:
    found = MetaData()
    found.reflect(connection)
    carried = [table for table in found.sorted_tables if table.name not in {VERSION_TABLE, *NOT_CARRIED}]
    into = MetaData()
    return tuple(Table(table.name, into, *map(_column, table.columns)) for table in carried)


def _column(column: "Column[Any]") -> "Column[Any]":
    return Column(column.name, _type(column), primary_key=column.primary_key, autoincrement=False)


def _type(column: "Column[Any]") -> TypeEngine[Any]:
    kind: TypeEngine[Any] = column.type.as_generic()
    return UTCDateTime() if isinstance(kind, DateTime) else kind
