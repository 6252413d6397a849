"""What makes a conversation more than a report on progress: check-ins, templates, growth plans."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.tables.base import Row, belongs_to, belongs_to_organization
from storage.tables.columns import Author, Key, Maybe, MaybeSealed, Sealed, Text


class CheckInQuestionRow(Row, table=True):
    __tablename__ = "check_in_question"
    __table_args__ = (belongs_to_organization(),)

    organization: Key
    id: Key
    author: Author
    kind: Text
    position: int
    created_at: datetime
    text: MaybeSealed
    standard: Maybe
    removed_at: datetime | None
    edition: int
    version: int


class CheckInRow(Row, table=True):
    """Each side has one before each meeting."""

    __tablename__ = "check_in"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        UniqueConstraint("organization", "conversation", "author", "round"),
    )

    organization: Key
    id: Key
    conversation: Text
    author: Author
    round: int
    answers: Sealed
    answered_at: datetime
    changed_at: datetime
    version: int


class TemplateRow(Row, table=True):
    __tablename__ = "template"
    __table_args__ = (
        belongs_to_organization(),
        Index(None, "organization", "author"),
        Index(None, "organization", "state"),
    )

    organization: Key
    id: Key
    author: Author
    name: Sealed
    source: Sealed
    created_at: datetime
    changed_at: datetime
    state: Text
    edition: int
    version: int


class GrowthPlanRow(Row, table=True):
    """Each of the two has at most one; the index finds those whose day to ask about them has come."""

    __tablename__ = "growth_plan"
    __table_args__ = (
        belongs_to("conversation", "conversation"),
        belongs_to("person", "person"),
        UniqueConstraint("organization", "conversation", "person"),
        Index(None, "revisit_on"),
    )

    organization: Key
    id: Key
    conversation: Text
    person: Text
    created_at: datetime
    changed_at: datetime
    shared_at: datetime | None
    revisit: Text
    revisited_at: datetime | None
    revisit_on: date | None
    reached: Maybe
    version: int


class GrowthPartRow(Row, table=True):
    __tablename__ = "growth_part"
    __table_args__ = (belongs_to("plan", "growth_plan"), UniqueConstraint("organization", "plan", "section"))

    organization: Key
    id: Key
    plan: Text
    section: Text
    author: Author
    text: Sealed
    changed_at: datetime
    edition: int
    version: int
