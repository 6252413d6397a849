"""Alembic runs this for every migration; the connection, and its transaction, are the caller's."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import LargeBinary
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.tables import tables
from storage.tables.columns import Clear


def _rendered(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Migrations name types that will still exist when our own have changed."""
    if kind != "type":
        return False
    if isinstance(item, Clear | AutoString):
        return "sa.String()"
    if isinstance(item, LargeBinary):
        return "sa.LargeBinary()"
    if isinstance(item, UTCDateTime):
        return "sqlmodel.sql.sqltypes.UTCDateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables,
    render_as_batch=True,
    render_item=_rendered,
)
with context.begin_transaction():
    context.run_migrations()
