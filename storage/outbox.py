"""The outbox, as the worker sees it: each call is a transaction of its own, over all organizations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
    update,
)
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.model.delivery import ANYWHERE, EXPIRED, PRIORITIES, Delivery, DeliveryState, Glance, Queue, priority_of
from bot.model.ids import WorkspaceId
from storage.connection import Connection
from storage.database import Database
from storage.moment import Moments
from storage.nouns import DELIVERY, WORKSPACE
from storage.senders import hold, holds, let_go

_table = DELIVERY.table
_delivery = _table.c
_workspace = WORKSPACE.table.c
_key = tuple_(_delivery.organization, _delivery.id)


def _is(state: DeliveryState) -> ColumnElement[bool]:
    """Written out, since the indexes are of the rows in one state, and a parameter could be any."""
    return _delivery.state == literal(state.value, literal_execute=True)


_NOW = bindparam("now", type_=UTCDateTime())
_PENDING, _SENDING, _UNKNOWN = map(_is, (DeliveryState.pending, DeliveryState.sending, DeliveryState.unknown))


class Outbox:
    """Leases run by the database's own clock, everything else by the caller's."""

    def __init__(self, database: Database, moments: Moments) -> None:
        self._database = database
        self._moments = moments

    async def hold(
        self, workspaces: Collection[WorkspaceId], *, owner: str, lease: timedelta, alone: bool
    ) -> Mapping[WorkspaceId, int]:
        async with self._database.write() as connection:
            moment = await self._moments.now(connection)
            return await hold(connection, workspaces, owner=owner, moment=moment, lease=lease, alone=alone)

    async def let_go(self, *, owner: str) -> None:
        async with self._database.write() as connection:
            await let_go(connection, owner=owner, moment=await self._moments.now(connection))

    async def glance(self, lanes: Sequence[str], *, now: datetime) -> Glance:
        """One question, since it is asked every second: for the first of each, which is compared here.

        Of "is there one before now" a prepared statement thinks that a third of all rows are, and reads all there are.
        """
        asked = _FIRSTS.add_columns(*_ends(self._moments.expression))
        async with self._database.read() as connection:
            found: Sequence[Any] = (await connection.execute(asked, {"now": now})).all()
        moment, lapses, expires, doubtful, unlooked = found[0][2:]
        return Glance(
            lapsed=_is_over(lapses, moment),
            expired=_is_over(expires, now),
            doubtful=_is_over(doubtful, now) or unlooked is not None,
            lanes=frozenset(via for via, due_at, *_ in found if _is_over(due_at, now)) & set(lanes),
        )

    async def claim(
        self, via: str, *, owner: str, now: datetime, lease: timedelta, most: int, fence: int | None = None
    ) -> Sequence[Delivery]:
        async with self._database.write() as connection:
            moment = await self._moments.now(connection)
            held = true() if fence is None else holds(via, fence, owner=owner, moment=moment)
            found = await _due(connection, via, now, most, held)
            if not found:
                return ()
            taken = {"state": DeliveryState.sending, "attempts": _delivery.attempts + 1}
            claimed = await connection.execute(_claim(found, owner, moment + lease, **taken))
            return _in_order(claimed)

    async def claim_doubtful(
        self, lanes: Collection[str], *, owner: str, now: datetime, lease: timedelta, most: int
    ) -> Sequence[Delivery]:
        async with self._database.write() as connection:
            moment = await self._moments.now(connection)
            doubtful = select(_delivery.organization, _delivery.id).where(
                *_is_doubtful(now, moment), _delivery.via.in_([ANYWHERE, *lanes])
            )
            query = doubtful.order_by(_delivery.next_attempt_at, _delivery.id).limit(most)
            found = (await connection.execute(query.with_for_update(skip_locked=True))).all()
            if not found:
                return ()
            return _in_order(await connection.execute(_claim(found, owner, moment + lease)))

    async def expire(self, *, now: datetime, settles: timedelta = timedelta()) -> Sequence[Delivery]:
        async with self._database.write() as connection:
            moment = await self._moments.now(connection)
            lapsed = (await connection.execute(_give_up_lapsed(moment, now + settles))).all()
            expired = (await connection.execute(_drop_expired(now))).all()
            return [_value(row) for row in (*lapsed, *expired)]

    async def renew(self, *, owner: str, lease: timedelta) -> None:
        async with self._database.write() as connection:
            until = await self._moments.now(connection) + lease
            mine = update(_table).where(_SENDING, _delivery.lease_owner == owner)
            await connection.execute(mine.values(lease_until=until))

    async def queue(self, *, now: datetime) -> Queue:
        query = select(func.count(), func.min(_delivery.due_at)).select_from(_table)
        doubtful = select(func.count()).select_from(_table).where(_UNKNOWN, _delivery.next_attempt_at.is_not(None))
        async with self._database.read() as connection:
            found: Any = (await connection.execute(query.where(*_is_due(now)))).one()
            unresolved: int = (await connection.execute(doubtful)).scalar_one()
            return Queue(due=found[0], oldest_due_at=found[1], doubtful=unresolved)

    async def waiting(self, *, now: datetime) -> int:
        query = select(func.count()).select_from(_table).where(*_is_due(now))
        async with self._database.read() as connection:
            waiting: int = (await connection.execute(query)).scalar_one()
            return waiting

    async def next_due(self, *, now: datetime) -> datetime | None:
        """What may be claimed already is due now; what will have expired by its time is not due at all."""
        again = func.coalesce(_delivery.next_attempt_at, _delivery.due_at, type_=UTCDateTime())
        moment = case((again > _delivery.due_at, again), else_=_delivery.due_at)
        pending = select(func.min(moment)).where(_PENDING, _delivery.expires_at > now, moment < _delivery.expires_at)
        doubtful = select(func.min(_delivery.next_attempt_at)).where(_UNKNOWN)
        async with self._database.read() as connection:
            found = [(await connection.execute(query)).scalar_one() for query in (pending, doubtful)]
        return min((max(now, due) for due in found if due is not None), default=None)


def _ends(moment: ColumnElement[datetime]) -> Sequence[ColumnElement[Any]]:
    """This moment, and when the first claim lapses, the first time is over, and the first doubt can be resolved."""
    free = _is_free(moment)
    return (
        moment,
        _first(_delivery.lease_until, _SENDING),
        _first(_delivery.expires_at, _PENDING),
        _first(_delivery.next_attempt_at, _UNKNOWN, free),
        _first(_delivery.due_at, _UNKNOWN, free, *_was_never_looked_for(_NOW)),
    )


def _first(column: ColumnElement[Any], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.min(column)).where(*where).scalar_subquery()


def _first_of_each() -> Select[Any]:
    """When the first is due that waits for anybody, or for one of the workspaces, in each of the priorities."""
    ways = union_all(select(literal(ANYWHERE).label("via")), select(_workspace.id)).subquery("way")
    priorities = union_all(*(select(literal(each).label("priority")) for each in PRIORITIES)).subquery("priority")
    there = (_PENDING, _delivery.via == ways.c.via, _delivery.priority == priorities.c.priority)
    ready = or_(_delivery.next_attempt_at.is_(None), _delivery.next_attempt_at <= _NOW)
    first = select(_delivery.due_at).where(*there, ready).order_by(_delivery.due_at, _delivery.id).limit(1)
    return select(ways.c.via, first.correlate(ways, priorities).scalar_subquery()).join_from(ways, priorities, true())


_FIRSTS = _first_of_each()


def _is_over(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    retried = or_(_delivery.next_attempt_at.is_(None), _delivery.next_attempt_at <= now)
    # In a form that no index serves: nearly all that waits has not expired, and a planner may believe otherwise.
    expires_at = func.coalesce(_delivery.expires_at, _delivery.expires_at)
    return _PENDING, _delivery.due_at <= now, expires_at > now, retried


def _is_doubtful(now: datetime, moment: Any) -> tuple[ColumnElement[bool], ...]:
    """Nobody knows whether it was accepted, it is time to look, and nobody is looking."""
    return _UNKNOWN, or_(_delivery.next_attempt_at <= now, and_(*_was_never_looked_for(now))), _is_free(moment)


def _was_never_looked_for(now: Any) -> tuple[ColumnElement[bool], ...]:
    """The release before this one left it so, and may still: both may run for a while."""
    return _delivery.next_attempt_at.is_(None), _delivery.doubts == 0, _delivery.expires_at > now


def _is_free(moment: Any) -> ColumnElement[bool]:
    return or_(_delivery.lease_until.is_(None), _delivery.lease_until <= moment)


async def _due(
    connection: Connection, via: str, now: datetime, most: int, held: ColumnElement[bool]
) -> Sequence[tuple[Any, ...]]:
    """The keys of what is due there, the urgent first, locked; what another worker is claiming is passed over."""
    found: list[tuple[Any, ...]] = []
    for priority in PRIORITIES:
        query = select(_delivery.organization, _delivery.id).where(
            _delivery.via == via, _delivery.priority == priority, *_is_due(now), held
        )
        query = query.order_by(_delivery.due_at, _delivery.id).limit(most - len(found))
        rows = await connection.execute(query.with_for_update(skip_locked=True, of=_table))
        found += [tuple(row) for row in rows]
        if len(found) == most:
            break
    return found


def _drop_expired(now: datetime) -> Any:
    expired = select(_delivery.organization, _delivery.id).where(_PENDING, _delivery.expires_at <= now)
    return (
        update(_table)
        .where(_key.in_(expired.with_for_update(skip_locked=True)))
        .values(state=DeliveryState.dropped, last_error=EXPIRED)
        .returning(*DELIVERY.columns)
    )


def _give_up_lapsed(moment: datetime, looked_for_at: datetime) -> Any:
    """The owner stays named, so that an outcome which arrives late still counts."""
    lapsed = update(_table).where(_SENDING, _delivery.lease_until <= moment)
    changed = {"state": DeliveryState.unknown, "lease_until": None, "next_attempt_at": looked_for_at}
    return lapsed.values(**changed, doubts=_delivery.doubts + 1).returning(*DELIVERY.columns)


def _claim(keys: Sequence[Any], owner: str, until: datetime, **changed: Any) -> Any:
    taken = {**changed, "fence": _delivery.fence + 1, "lease_owner": owner, "lease_until": until}
    where = _key.in_([tuple(key) for key in keys])
    return update(_table).where(where).values(**taken).returning(*DELIVERY.columns)


def _in_order(rows: Any) -> Sequence[Delivery]:
    """As they were found: an update returns them in any order."""
    return sorted(map(_value, rows), key=lambda delivery: (priority_of(delivery.kind), delivery.due_at, delivery.id))


def _value(row: Any) -> Delivery:
    return DELIVERY.value(row, None)  # a delivery holds nothing sealed
