"""Whether 1-on-1s happen: days and numbers, nothing that people wrote."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Row, belongs_to, belongs_to_organization
from storage.tables.columns import Key, Text


class DeedRow(Row, table=True):
    """The index finds what was done on a day."""

    __tablename__ = "deed"
    __table_args__ = (belongs_to("conversation", "conversation"), Index(None, "organization", "at"))

    organization: Key
    conversation: Key
    deed: Key
    at: datetime = Field(primary_key=True)


class DepartmentRow(Row, table=True):
    __tablename__ = "department"
    __table_args__ = (belongs_to_organization(), UniqueConstraint("organization", "name"))

    organization: Key
    id: Key
    name: Text
    label: Text


class StandingRow(Row, table=True):
    """One row a conversation, department and team, however long the conversation lasts."""

    __tablename__ = "standing"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        belongs_to("department", "department"),
        belongs_to("manager", "person"),
    )

    organization: Key
    conversation: Key
    department: Key
    manager: Key
    since: date
    until: date | None
    active_on: date | None
    both_on: date | None
    meaningful: bool | None


class UsageWeekRow(Row, table=True):
    """``department`` and ``manager`` are empty where all are meant, so they refer to nothing."""

    __tablename__ = "usage_week"
    __table_args__ = (belongs_to_organization(),)

    organization: Key
    week: date = Field(primary_key=True)
    department: Key
    manager: Key
    counted: Text
    shown: Text
