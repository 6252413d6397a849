"""When the two meet, and what each said of it."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field

from storage.tables.base import Row, belongs_to
from storage.tables.columns import Author, Key, Maybe, MaybeSealed, Text


class SeriesRow(Row, table=True):
    """At most one of a conversation has not ended; the second index finds those whose meetings are to be planned."""

    __tablename__ = "series"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        Index(
            "uq_series_going_on",
            "organization",
            "conversation",
            unique=True,
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
        Index(None, "state", "planned_until"),
    )

    organization: Key
    id: Key
    conversation: Text
    author: Author
    rule: Text
    first: date
    at: int
    zone: Text
    minutes: int
    created_at: datetime
    changed_at: datetime
    planned_until: datetime
    last: date | None
    place: MaybeSealed
    template: Maybe
    state: Text
    rests: bool = Field(sa_column_kwargs={"server_default": false()})
    version: int


class MeetingRow(Row, table=True):
    """At most one of a conversation is under way; the last index finds those that are to begin or to be closed."""

    __tablename__ = "meeting"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        UniqueConstraint("organization", "series", "day"),
        Index(None, "organization", "conversation", "starts_at"),
        Index(
            "uq_meeting_under_way",
            "organization",
            "conversation",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index(None, "state", "starts_at"),
    )

    organization: Key
    id: Key
    conversation: Text
    author: Author
    starts_at: datetime
    state: Text
    changed_at: datetime
    minutes: int
    series: Maybe
    day: date | None
    moved: bool
    place: MaybeSealed
    template: Maybe
    begun_at: datetime | None
    started_by: Maybe
    ended_at: datetime | None
    ended_by: Maybe
    sequence: int
    version: int


class AnswerRow(Row, table=True):
    __tablename__ = "answer"
    __table_args__ = (
        belongs_to("meeting", "meeting"),
        belongs_to("person", "person"),
        Index(None, "organization", "at"),
    )

    organization: Key
    meeting: Key
    person: Key
    meaningful: Text
    at: datetime


class SuggestedRow(Row, table=True):
    __tablename__ = "suggested"
    __table_args__ = (belongs_to("conversation", "conversation"), belongs_to("person", "person"))

    organization: Key
    conversation: Key
    person: Key
    round: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime
