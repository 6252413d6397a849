"""What makes a conversation active, its departments, and the weeks of the usage report."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What was done before there were deeds, as far as the rows still tell; a topic is added by nobody of the two, a promise
# that was carried along is closed by nobody, and a meeting that ended by itself was wrapped up when it last changed.
_EARLIER = (
    ("added", "agenda_item", "created_at", "topic IS NULL"),
    ("discussed", "agenda_item", "closed_at", "state = 'discussed'"),
    ("noted", "note", "created_at", "1 = 1"),
    ("checked_in", "check_in", "answered_at", "1 = 1"),
    ("checked_in", "check_in", "changed_at", "1 = 1"),
    ("promised", "action_item", "created_at", "1 = 1"),
    ("closed", "action_item", "done_at", "1 = 1"),
    ("closed", "action_item", "dropped_at", "done_at IS NULL AND carried_at IS NULL"),
    ("wrapped_up", "meeting", "changed_at", "ended_by IS NOT NULL AND state = 'ended'"),
)


def upgrade() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("habits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wants_report", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_habits_wants_report",
        "habits",
        ["organization", "person"],
        sqlite_where=sa.text("wants_report = 1"),
        postgresql_where=sa.text("wants_report"),
    )
    op.create_index("ix_answer_organization_at", "answer", ["organization", "at"])
    _create_tables()
    for deed, table, at, where in _EARLIER:
        op.execute(
            f"INSERT INTO deed (organization, conversation, deed, at) "  # noqa: S608 - nothing in it is anybody's
            f"SELECT DISTINCT organization, conversation, '{deed}', {at} FROM {table} "
            f"WHERE {at} IS NOT NULL AND {where} ON CONFLICT DO NOTHING"
        )


def _create_tables() -> None:
    op.create_table(
        "deed",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        _belongs_to("deed", "conversation", "conversation"),
        sa.PrimaryKeyConstraint("organization", "conversation", "deed", "at", name="pk_deed"),
    )
    op.create_index("ix_deed_organization_at", "deed", ["organization", "at"])
    op.create_table(
        "department",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        _belongs_to_organization("department"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_department"),
        sa.UniqueConstraint("organization", "name", name="uq_department_organization_name"),
    )
    op.create_table(
        "standing",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.Column("both_on", sa.Date(), nullable=True),
        sa.Column("meaningful", sa.Boolean(), nullable=True),
        _belongs_to("standing", "conversation", "conversation"),
        _belongs_to("standing", "department", "department"),
        _belongs_to("standing", "manager", "person"),
        sa.PrimaryKeyConstraint("organization", "conversation", "department", "manager", name="pk_standing"),
    )
    op.create_table(
        "usage_week",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        _belongs_to_organization("usage_week"),
        sa.PrimaryKeyConstraint("organization", "week", "department", "manager", name="pk_usage_week"),
    )


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organization_{column}"
    return sa.ForeignKeyConstraint(["organization", column], [f"{other}.organization", f"{other}.id"], name=name)


def _belongs_to_organization(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=f"fk_{table}_organization")
