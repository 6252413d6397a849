"""Conversations, who sits in them, and what they hold."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field

from storage.tables.base import Row, belongs_to
from storage.tables.columns import Author, Key, Maybe, MaybeSealed, Sealed, Text


class ConversationRow(Row, table=True):
    __tablename__ = "conversation"
    __table_args__ = (
        belongs_to("first", "person"),
        belongs_to("second", "person"),
        UniqueConstraint("organization", "first", "second"),
    )

    organization: Key
    id: Key
    first: Text
    second: Text
    started_by: Text
    relationship: Text
    senior: Maybe
    created_at: datetime
    changed_at: datetime
    declined_by: Maybe
    declined_at: datetime | None
    line: bool = Field(sa_column_kwargs={"server_default": false()})
    rests_since: datetime | None
    version: int


class SeatRow(Row, table=True):
    __tablename__ = "seat"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        belongs_to("person", "person"),
        Index(None, "organization", "person"),
    )

    organization: Key
    conversation: Key
    person: Key
    archived_at: datetime | None
    visited_at: datetime | None
    prepared_at: datetime | None


class AgendaItemRow(Row, table=True):
    """The text of one that came with a topic is the topic's own, so it has none itself."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        Index(None, "organization", "conversation", "state"),
        Index(
            "ix_agenda_item_topic",
            "organization",
            "topic",
            sqlite_where=text("topic IS NOT NULL"),
            postgresql_where=text("topic IS NOT NULL"),
        ),
    )

    organization: Key
    id: Key
    conversation: Text
    author: Author
    text: MaybeSealed
    created_at: datetime
    changed_at: datetime
    visibility: Text
    state: Text
    repeat: Text
    position: int
    link: MaybeSealed
    quote: MaybeSealed
    shared_at: datetime | None
    closed_at: datetime | None
    closed_by: Maybe
    meeting: Maybe
    resting_until: date | None
    repeated_as: Maybe
    question: int | None
    topic: Maybe
    reworded: bool = Field(sa_column_kwargs={"server_default": false()})
    carried_at: datetime | None
    edition: int
    version: int


class CommentRow(Row, table=True):
    __tablename__ = "comment"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        belongs_to("item", "agenda_item"),
        Index(None, "organization", "conversation"),
        Index(None, "organization", "item"),
    )

    organization: Key
    id: Key
    conversation: Text
    item: Text
    author: Author
    text: Sealed
    created_at: datetime


class NoteRow(Row, table=True):
    __tablename__ = "note"
    __table_args__ = (belongs_to("conversation", "conversation"), Index(None, "organization", "conversation"))

    organization: Key
    id: Key
    conversation: Text
    author: Author
    text: Sealed
    private: bool
    created_at: datetime
    changed_at: datetime
    changed_by: Text
    meeting: Maybe
    removed_at: datetime | None
    edition: int
    version: int


class ActionItemRow(Row, table=True):
    __tablename__ = "action_item"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        Index(None, "organization", "conversation"),
        Index(None, "organization", "owner"),
    )

    organization: Key
    id: Key
    conversation: Text
    author: Author
    owner: Text
    text: Sealed
    created_at: datetime
    changed_at: datetime
    due: date | None
    meeting: Maybe
    done_at: datetime | None
    dropped_at: datetime | None
    closed_by: Maybe
    reworded: bool = Field(sa_column_kwargs={"server_default": false()})
    carried_at: datetime | None
    edition: int
    version: int
