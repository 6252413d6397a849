"""Check-ins, templates and growth plans, and the language that a person chose."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language_chosen", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ("series", "meeting"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("template", sa.String(), nullable=True))
    _create_check_ins()
    _create_templates()
    _create_growth_plans()


def _create_check_ins() -> None:
    op.create_table(
        "check_in_question",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to_organization("check_in_question"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_check_in_question"),
    )
    op.create_table(
        "check_in",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to("check_in", "conversation", "conversation"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_check_in"),
        sa.UniqueConstraint(
            "organization", "conversation", "author", "round", name="uq_check_in_organization_conversation_author_round"
        ),
    )


def _create_templates() -> None:
    op.create_table(
        "template",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to_organization("template"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_template"),
    )
    op.create_index("ix_template_organization_author", "template", ["organization", "author"])
    op.create_index("ix_template_organization_state", "template", ["organization", "state"])


def _create_growth_plans() -> None:
    op.create_table(
        "growth_plan",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("shared_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revisit", sa.String(), nullable=False),
        sa.Column("revisited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("reached", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to("growth_plan", "conversation", "conversation"),
        _belongs_to("growth_plan", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_growth_plan"),
        sa.UniqueConstraint(
            "organization", "conversation", "person", name="uq_growth_plan_organization_conversation_person"
        ),
    )
    op.create_index("ix_growth_plan_revisit_on", "growth_plan", ["revisit_on"])
    op.create_table(
        "growth_part",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to("growth_part", "plan", "growth_plan"),
        sa.PrimaryKeyConstraint("organization", "id", name="pk_growth_part"),
        sa.UniqueConstraint("organization", "plan", "section", name="uq_growth_part_organization_plan_section"),
    )


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organization_{column}"
    return sa.ForeignKeyConstraint(["organization", column], [f"{other}.organization", f"{other}.id"], name=name)


def _belongs_to_organization(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organization"], ["organization.id"], name=f"fk_{table}_organization")
