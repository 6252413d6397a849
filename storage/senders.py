"""Who sends in which workspace: a lease each, with a number that rises whenever another process takes over."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select, update

from bot.model.delivery import ANYWHERE, DeliveryState
from bot.model.ids import WorkspaceId
from storage.connection import Connection
from storage.rows import insert_into
from storage.tables import DeliveryRow, SenderLeaseRow, WorkspaceRow

_FORSAKEN_AFTER = timedelta(seconds=30)
"""After so long without a sender a workspace is one in which perhaps nobody will send again."""

_table = SenderLeaseRow.table()
_lease = _table.c
_outbox = DeliveryRow.table()
_delivery = _outbox.c
_workspace = WorkspaceRow.table().c


async def hold(
    connection: Connection,
    workspaces: Collection[WorkspaceId],
    *,
    owner: str,
    moment: datetime,
    lease: timedelta,
    alone: bool,
) -> Mapping[WorkspaceId, int]:
    """Renew what this owner has and take what is free; the fences of all it has now.

    Who is alone takes what others had. Otherwise half of what is free is left to whoever else comes for it.
    """
    until = moment + lease
    held = await _renewed(connection, workspaces, owner=owner, moment=moment, until=until)
    wanted = [workspace for workspace in workspaces if workspace not in held]
    if wanted and not alone:
        wanted = await _free(connection, wanted, moment)
        wanted = wanted[: ceil(len(wanted) / 2)]
    if wanted:
        held |= await _taken(connection, wanted, owner=owner, moment=moment, until=until, alone=alone)
    await _set_free(connection, moment - _FORSAKEN_AFTER)
    return held


async def let_go(connection: Connection, *, owner: str, moment: datetime) -> None:
    """Let others have what this owner had."""
    await connection.execute(update(_table).where(_lease.owner == owner).values(until=moment))


def holds(via: str, fence: int, *, owner: str, moment: datetime) -> ColumnElement[bool]:
    """Whether this owner is still the one who sends there."""
    return exists(
        select(literal(1))
        .select_from(_table)
        .where(_lease.workspace == via, _lease.owner == owner, _lease.fence == fence, _lease.until > moment)
    )


async def _set_free(connection: Connection, since: datetime) -> None:
    """What waits for a workspace in which nobody sends any more may have another way by now."""
    has_sender = exists(select(literal(1)).where(_lease.workspace == _workspace.id, _lease.until > since))
    forsaken = (await connection.execute(select(_workspace.id).where(~has_sender))).scalars().all()
    if forsaken:
        waits = _delivery.state.in_((DeliveryState.pending, DeliveryState.unknown))
        await connection.execute(update(_outbox).where(waits, _delivery.via.in_(forsaken)).values(via=ANYWHERE))


async def _renewed(
    connection: Connection, workspaces: Collection[WorkspaceId], *, owner: str, moment: datetime, until: datetime
) -> dict[WorkspaceId, int]:
    mine = (_lease.owner == owner, _lease.workspace.in_(workspaces), _lease.until > moment)
    renewed = update(_table).where(*mine).values(until=until).returning(_lease.workspace, _lease.fence)
    return _fences(await connection.execute(renewed))


async def _free(connection: Connection, workspaces: Collection[WorkspaceId], moment: datetime) -> list[WorkspaceId]:
    taken = select(_lease.workspace).where(_lease.workspace.in_(workspaces), _lease.until > moment)
    busy = set((await connection.execute(taken)).scalars())
    return [workspace for workspace in workspaces if workspace not in busy]


async def _taken(
    connection: Connection,
    workspaces: Collection[WorkspaceId],
    *,
    owner: str,
    moment: datetime,
    until: datetime,
    alone: bool,
) -> dict[WorkspaceId, int]:
    wanted = select(_workspace.organization, _workspace.id, literal(owner), literal(1), literal(until)).where(
        _workspace.id.in_(workspaces)
    )
    names = ["organization", "workspace", "owner", "fence", "until"]
    taken = (
        insert_into(connection.dialect.name, _table)
        .from_select(names, wanted)
        .on_conflict_do_update(
            index_elements=["organization", "workspace"],
            set_={
                "owner": owner,
                "until": until,
                "fence": case((_lease.owner == owner, _lease.fence), else_=_lease.fence + 1),
            },
            where=or_(literal(alone), _lease.until <= moment, and_(_lease.owner == owner)),
        )
        .returning(_lease.workspace, _lease.fence)
    )
    return _fences(await connection.execute(taken))


def _fences(rows: Any) -> dict[WorkspaceId, int]:
    return {WorkspaceId(workspace): fence for workspace, fence in rows}
