"""Meetings that are planned, and what people are reminded of."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_RUNNING = sa.text("state = 'running'")
_GOING_ON = sa.text("state <> 'ended'")

# Until now a meeting was one that somebody had begun.
_AS_THEY_WERE = sa.text(
    "UPDATE meeting SET author = started_by, begun_at = starts_at, minutes = 0, moved = false, sequence = 0,"
    " changed_at = COALESCE(ended_at, starts_at),"
    " state = CASE WHEN ended_at IS NULL THEN 'running' ELSE 'ended' END"
)


def upgrade() -> None:
    _new_columns()
    _meetings()
    _series()
    _habits()
    _asides()


def _new_columns() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        for name, usual in (("report_prepare_days", "2"), ("prepare_days", "1"), ("agenda_minutes", "10")):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=usual))
        for name in ("reminders_locked", "discreet"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prepared_at", _MOMENT(), nullable=True))
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Integer(), nullable=True))
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snoozed_from", sa.String(), nullable=True))


def _meetings() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index("uq_meeting_under_way")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("changed_at", _MOMENT(), nullable=True))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("series", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("moved", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("begun_at", _MOMENT(), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
    op.execute(_AS_THEY_WERE)
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        for name, kind in (
            ("author", sa.String()),
            ("state", sa.String()),
            ("changed_at", _MOMENT()),
            ("minutes", sa.Integer()),
            ("moved", sa.Boolean()),
            ("sequence", sa.Integer()),
        ):
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.alter_column("started_by", existing_type=sa.String(), nullable=True)
        batch_op.create_unique_constraint(
            batch_op.f("uq_meeting_organization_series_day"), ["organization", "series", "day"]
        )
        batch_op.create_index(batch_op.f("ix_meeting_state_starts_at"), ["state", "starts_at"], unique=False)
        batch_op.create_index(
            "uq_meeting_under_way",
            ["organization", "conversation"],
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        )
    op.create_table(
        "answer",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("meaningful", sa.String(), nullable=False),
        sa.Column("at", _MOMENT(), nullable=False),
        _belongs_to("answer", "meeting", "meeting"),
        _belongs_to("answer", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "meeting", "person", name=op.f("pk_answer")),
    )


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("changed_at", _MOMENT(), nullable=False),
        sa.Column("planned_until", _MOMENT(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs_to("series", "conversation", "conversation"),
        sa.PrimaryKeyConstraint("organization", "id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_state_planned_until"), ["state", "planned_until"], unique=False)
        batch_op.create_index(
            "uq_series_going_on",
            ["organization", "conversation"],
            unique=True,
            sqlite_where=_GOING_ON,
            postgresql_where=_GOING_ON,
        )


def _habits() -> None:
    op.create_table(
        "habits",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("prepare_days", sa.Integer(), nullable=True),
        sa.Column("agenda_minutes", sa.Integer(), nullable=True),
        sa.Column("muted", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        _belongs_to("habits", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "person", name=op.f("pk_habits")),
    )
    op.create_table(
        "away",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        _belongs_to("away", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "id", name=op.f("pk_away")),
    )
    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_away_organization_person"), ["organization", "person"], unique=False)


def _asides() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        _belongs_to("calendar_link", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "person", name=op.f("pk_calendar_link")),
    )
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_link_organization_digest"), ["organization", "digest"], unique=True
        )
    op.create_table(
        "suggested",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT(), nullable=False),
        _belongs_to("suggested", "conversation", "conversation"),
        _belongs_to("suggested", "person", "person"),
        sa.PrimaryKeyConstraint("organization", "conversation", "person", "round", "number", name=op.f("pk_suggested")),
    )


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization", column],
        [f"{other}.organization", f"{other}.id"],
        name=op.f(f"fk_{table}_organization_{column}"),
    )
