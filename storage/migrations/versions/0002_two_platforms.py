"""Two platforms."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Until now a person had one account, which was as active as they were.
_AS_ACTIVE_AS_ITS_PERSON = sa.text(
    "UPDATE identity SET active = (SELECT person.active FROM person"
    " WHERE person.organization = identity.organization AND person.id = identity.person)"
)


def upgrade() -> None:
    op.create_table(
        "chat",
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("service_url", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization", "workspace"],
            ["workspace.organization", "workspace.id"],
            name=op.f("fk_chat_organization_workspace"),
        ),
        sa.PrimaryKeyConstraint("organization", "workspace", "external_id", name=op.f("pk_chat")),
    )
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chat_organization_workspace_member"), ["organization", "workspace", "member"], unique=False
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writes_in", sa.String(), nullable=True))

    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("active", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("unreachable_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute(_AS_ACTIVE_AS_ITS_PERSON)
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.alter_column("active", existing_type=sa.Boolean(), nullable=False)
