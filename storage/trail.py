"""Inputs handled, and the audit log."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, select

from bot.model.ids import WorkspaceId
from bot.model.trail import AuditEntry, Seen
from storage.nouns import AUDIT
from storage.rows import Rows, Scope, add_unless_there
from storage.tables import SeenRow

_table = SeenRow.table()
_seen = _table.c
_SEEN = select(_seen.key, _seen.address).where(
    _seen.organization == bindparam("organization"),
    _seen.workspace == bindparam("workspace"),
    _seen.key == bindparam("key"),
)


class Trail:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._audit = Rows(scope, AUDIT)

    @property
    def _ours(self) -> ColumnElement[bool]:
        return _seen.organization == self._scope.organization

    async def seen(self, workspace: WorkspaceId, key: str) -> Seen | None:
        given = {"organization": self._scope.organization, "workspace": workspace, "key": key}
        row = (await self._scope.connection.execute(_SEEN, given)).one_or_none()
        return None if row is None else Seen(key=row.key, address=row.address)

    async def mark_seen(self, workspace: WorkspaceId, seen: Seen, at: datetime) -> bool:
        row = {"workspace": workspace, "key": seen.key, "address": seen.address, "at": at}
        row["organization"] = self._scope.organization
        return await add_unless_there(self._scope.connection, _table, row)

    async def forget_seen(self, before: datetime) -> None:
        await self._scope.connection.execute(delete(_table).where(self._ours, _seen.at < before))

    async def audit(self, entry: AuditEntry) -> None:
        await self._audit.add(entry)
