"""What all tables share: their metadata, and references that stay within the organization."""

from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, MetaData, Table
from sqlmodel import SQLModel

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

tables = MetaData(naming_convention=_NAMES)


class Row(SQLModel):
    """A row of one table; it never leaves the storage."""

    metadata: ClassVar[MetaData] = tables

    @classmethod
    def table(cls) -> Table:
        return tables.tables[str(cls.__tablename__)]


def belongs_to(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the organization."""
    return ForeignKeyConstraint(["organization", column], [f"{table}.organization", f"{table}.id"])


def belongs_to_organization() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organization"], ["organization.id"])
