"""What goes out, what came in, and what was done."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Row, belongs_to_organization
from storage.tables.columns import Key, Maybe, Text, Usual


def _while(state: str, name: str, *columns: str) -> Index:
    """An index of those in one state only: what was sent stays for years, and nobody looks for it."""
    where = text(f"state = '{state}'")
    return Index(f"ix_delivery_{name}", *columns, sqlite_where=where, postgresql_where=where)


class DeliveryRow(Row, table=True):
    """The outbox: ids and states only, rendered when it is sent."""

    __tablename__ = "delivery"
    __table_args__ = (
        belongs_to_organization(),
        UniqueConstraint("organization", "subject", "recipient", "kind", "offset", name="uq_delivery_once"),
        Index(None, "organization", "recipient", "due_at"),
        _while("pending", "waits", "via", "priority", "due_at", "id"),
        _while("pending", "due", "due_at"),
        _while("pending", "expires", "expires_at"),
        _while("sending", "claimed", "lease_until"),
        _while("unknown", "doubtful", "next_attempt_at", "doubts"),
    )

    organization: Key
    id: Key
    workspace: Maybe
    recipient: Text
    kind: Text
    subject: Text
    offset: int
    planned_at: datetime
    due_at: datetime
    expires_at: datetime
    state: Text
    attempts: int
    next_attempt_at: datetime | None
    lease_owner: Maybe
    lease_until: datetime | None
    fence: int
    external_id: Maybe
    last_error: Maybe
    snoozed_from: Maybe
    via: Usual
    priority: int = Field(sa_column_kwargs={"server_default": "1"})
    doubts: int = Field(sa_column_kwargs={"server_default": "0"})


class SeenRow(Row, table=True):
    """An input is handled once: the key is the platform's own."""

    __tablename__ = "seen"
    __table_args__ = (belongs_to_organization(), Index(None, "organization", "at"))

    workspace: Key
    key: Key
    organization: Text
    address: Maybe
    at: datetime


class SenderLeaseRow(Row, table=True):
    """One sender for each workspace, since the platforms' limits are per workspace."""

    __tablename__ = "sender_lease"
    __table_args__ = (belongs_to_organization(),)

    organization: Key
    workspace: Key
    owner: Text
    fence: int
    until: datetime


class AuditRow(Row, table=True):
    __tablename__ = "audit"
    __table_args__: Any = (
        belongs_to_organization(),
        Index(None, "organization", "at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    organization: Text
    person: Maybe
    action: Text
    subject: Maybe
    result: Text
    at: datetime
