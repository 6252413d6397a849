"""Who reports to whom, what is known of people, and topics that admins assign."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WAITING = sa.text("state = 'waiting'")
_WITH_TOPIC = sa.text("topic IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rollout", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("topics_a_month", sa.Integer(), nullable=False, server_default="2"))
        batch_op.add_column(sa.Column("files", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("enabled", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("rests_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rests", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.String(), nullable=True))
        batch_op.alter_column("text", existing_type=sa.LargeBinary(), nullable=True)
    for table in ("agenda_item", "action_item"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("reworded", sa.Boolean(), nullable=False, server_default=sa.false()))
            batch_op.add_column(sa.Column("carried_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        words = sa.table(table, sa.column("edition", sa.Integer()), sa.column("reworded", sa.Boolean()))
        op.execute(words.update().where(words.c.edition > 1).values(reworded=sa.true()))  # nobody knows by whom
    op.create_index(
        "ix_agenda_item_topic",
        "agenda_item",
        ["organization", "topic"],
        sqlite_where=_WITH_TOPIC,
        postgresql_where=_WITH_TOPIC,
    )
    _create_hierarchy()
    _create_topics()


def _create_hierarchy() -> None:
    op.create_table(
        "reporting_line",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("in_file", sa.String(), nullable=True),
        sa.Column("by_hand", sa.String(), nullable=True),
        sa.Column("manager", sa.String(), nullable=True),
        sa.Column("doubt", sa.String(), nullable=True),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        *_belongs_to("reporting_line", "person", "person"),
        *_belongs_to("reporting_line", "manager", "person"),
        sa.PrimaryKeyConstraint("organization", "person", name="pk_reporting_line"),
    )
    op.create_index("ix_reporting_line_organization_manager", "reporting_line", ["organization", "manager"])
    op.create_index("ix_reporting_line_organization_in_file", "reporting_line", ["organization", "in_file"])
    op.create_table(
        "attribute",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("in_file", sa.String(), nullable=True),
        sa.Column("by_hand", sa.String(), nullable=True),
        *_belongs_to("attribute", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "person", "name", name="pk_attribute"),
    )
    op.create_index("ix_attribute_organization_name_value", "attribute", ["organization", "name", "value"])


def _create_topics() -> None:
    op.create_table(
        "topic",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("prompt", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("links", sa.LargeBinary(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("again", sa.String(), nullable=False),
        sa.Column("joiners_until", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("looked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization"], ["organization.id"], name="fk_topic_organization"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_topic"),
    )
    op.create_index("ix_topic_state_looked_at", "topic", ["state", "looked_at"])
    op.create_table(
        "assignment",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("placed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        *_belongs_to("assignment", "topic", "topic"),
        *_belongs_to("assignment", "conversation", "conversation"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_assignment"),
        sa.UniqueConstraint(
            "organization", "topic", "round", "conversation", name="uq_assignment_organization_topic_round_conversation"
        ),
    )
    op.create_index(
        "ix_assignment_organization_conversation_due_at", "assignment", ["organization", "conversation", "due_at"]
    )
    op.create_index("ix_assignment_waits", "assignment", ["due_at"], sqlite_where=_WAITING, postgresql_where=_WAITING)
    op.create_table(
        "tally",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("discussed", sa.Integer(), nullable=False),
        sa.Column("not_relevant", sa.Integer(), nullable=False),
        *_belongs_to("tally", "topic", "topic"),
        sa.PrimaryKeyConstraint("organization", "topic", "week", name="pk_tally"),
    )
    op.create_table(
        "member",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        *_belongs_to("member", "place", "place"),
        *_belongs_to("member", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "place", "person", name="pk_member"),
    )


def _belongs_to(table: str, column: str, other: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    name = f"fk_{table}_organization_{column}"
    return (sa.ForeignKeyConstraint(["organization", column], [f"{other}.organization", f"{other}.id"], name=name),)
