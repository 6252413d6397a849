"""Where in the organization a person stands."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import datetime

from sqlalchemy import Index

from storage.tables.base import Row, belongs_to
from storage.tables.columns import Key, Maybe, Text


class ReportingLineRow(Row, table=True):
    __tablename__ = "reporting_line"
    __table_args__ = (
        belongs_to("person", "person"),
        belongs_to("manager", "person"),
        Index(None, "organization", "manager"),
        Index(None, "organization", "in_file"),
    )

    organization: Key
    person: Key
    in_file: Maybe
    by_hand: Maybe
    manager: Maybe
    doubt: Maybe
    changed_at: datetime


class AttributeRow(Row, table=True):
    __tablename__ = "attribute"
    __table_args__ = (belongs_to("person", "person"), Index(None, "organization", "name", "value"))

    organization: Key
    person: Key
    name: Key
    label: Text
    value: Text
    in_file: Maybe
    by_hand: Maybe
