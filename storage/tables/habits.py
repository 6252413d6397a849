"""How people work, of what they want to be reminded, and where their calendar is read."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, false, text
from sqlmodel import Field

from storage.tables.base import Row, belongs_to
from storage.tables.columns import Key, Maybe, Secret, Text


class HabitsRow(Row, table=True):
    """The index finds the few who want the usage report among everybody, each second."""

    __tablename__ = "habits"
    __table_args__ = (
        belongs_to("person", "person"),
        Index(
            "ix_habits_wants_report",
            "organization",
            "person",
            sqlite_where=text("wants_report = 1"),
            postgresql_where=text("wants_report"),
        ),
    )

    organization: Key
    person: Key
    prepare_days: int | None
    agenda_minutes: int | None
    muted: Text
    days: Text
    begins: int
    ends: int
    country: Maybe
    wants_report: bool = Field(sa_column_kwargs={"server_default": false()})


class AwayRow(Row, table=True):
    __tablename__ = "away"
    __table_args__ = (belongs_to("person", "person"), Index(None, "organization", "person"))

    organization: Key
    id: Key
    person: Text
    first: date
    last: date


class CalendarLinkRow(Row, table=True):
    """The token is sealed, and found by its digest."""

    __tablename__ = "calendar_link"
    __table_args__ = (belongs_to("person", "person"), Index(None, "organization", "digest", unique=True))

    organization: Key
    person: Key
    token: Secret
    digest: Text
    made_at: datetime
