"""Topics that admins assign, and how far each has come."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Row, belongs_to, belongs_to_organization
from storage.tables.columns import Author, Key, Maybe, MaybeSealed, Sealed, Text

_WAITING = text("state = 'waiting'")


class TopicRow(Row, table=True):
    """The first index finds what the clock may have to settle, in all organizations."""

    __tablename__ = "topic"
    __table_args__ = (belongs_to_organization(), Index(None, "state", "looked_at"))

    organization: Key
    id: Key
    author: Author
    title: Sealed
    prompt: Sealed
    note: MaybeSealed
    links: MaybeSealed
    audience: Text
    state: Text
    created_at: datetime
    changed_at: datetime
    day: date | None
    at: int
    again: Text
    joiners_until: date | None
    round: int
    next_on: date | None
    looked_at: datetime | None
    place: Maybe
    matched: int
    edition: int
    version: int


class AssignmentRow(Row, table=True):
    """Once a round and conversation; the last index finds those whose time has come, in all organizations."""

    __tablename__ = "assignment"
    __table_args__ = (
        belongs_to("topic", "topic"),
        belongs_to("conversation", "conversation"),
        UniqueConstraint("organization", "topic", "round", "conversation"),
        Index(None, "organization", "conversation", "due_at"),
        Index("ix_assignment_waits", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    organization: Key
    id: Key
    topic: Text
    round: int
    conversation: Text
    due_at: datetime
    month: date
    state: Text
    placed_at: datetime | None
    closed_at: datetime | None


class TallyRow(Row, table=True):
    __tablename__ = "tally"
    __table_args__ = (belongs_to("topic", "topic"),)

    organization: Key
    topic: Key
    week: date = Field(primary_key=True)
    reached: int
    discussed: int
    not_relevant: int


class MemberRow(Row, table=True):
    """Who is in a channel, as it was read last."""

    __tablename__ = "member"
    __table_args__ = (belongs_to("place", "place"), belongs_to("person", "person"))

    organization: Key
    place: Key
    person: Key
