"""Any number of processes share the outbox; each index is of what is still to be done."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What the release before this one plans while both run is any workspace's, and neither urgent nor a nudge.
_ANYWHERE = ""
_USUAL = "1"
_INDEXES = (
    ("waits", "pending", ["via", "priority", "due_at", "id"]),
    ("due", "pending", ["due_at"]),
    ("expires", "pending", ["expires_at"]),
    ("claimed", "sending", ["lease_until"]),
    ("doubtful", "unknown", ["next_attempt_at", "doubts"]),
)
_PRIORITIES = sa.text(
    "UPDATE delivery SET priority = CASE WHEN kind = 'agenda' THEN 0"
    " WHEN kind IN ('news', 'drifting', 'due', 'wrap_up', 'summary') THEN 2 ELSE 1 END WHERE state = 'pending'"
)


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(), nullable=False, server_default=_ANYWHERE))
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default=_USUAL))
        batch_op.add_column(sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_index("ix_delivery_state_due_at")
        batch_op.create_index(
            "ix_delivery_organization_recipient_due_at", ["organization", "recipient", "due_at"], unique=False
        )
    op.execute(_PRIORITIES)
    for name, state, columns in _INDEXES:
        where = sa.text(f"state = '{state}'")
        op.create_index(f"ix_delivery_{name}", "delivery", columns, sqlite_where=where, postgresql_where=where)
