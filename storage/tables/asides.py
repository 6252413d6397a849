"""What one person has written outside of a conversation."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import datetime

from sqlalchemy import Index

from storage.tables.base import Row, belongs_to
from storage.tables.columns import Author, Key, MaybeSealed, Sealed


class DraftRow(Row, table=True):
    __tablename__ = "draft"
    __table_args__ = (belongs_to("person", "person"), Index(None, "organization", "created_at"))

    organization: Key
    id: Key
    person: Author
    text: Sealed
    created_at: datetime
    link: MaybeSealed
    quote: MaybeSealed


class QuestionRow(Row, table=True):
    __tablename__ = "question"
    __table_args__ = (belongs_to("asker", "person"),)

    organization: Key
    id: Key
    asker: Author
    text: Sealed
    created_at: datetime
