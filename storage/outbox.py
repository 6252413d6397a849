"""The outbox, as the worker sees it: each call is a transaction of its own, over all organizations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, tuple_, update

from bot.model.delivery import EXPIRED, Delivery, DeliveryState, Queue
from storage.database import Database
from storage.moment import database_moment
from storage.nouns import DELIVERY

_table = DELIVERY.table
_delivery = _table.c
_key = tuple_(_delivery.organization, _delivery.id)


class Outbox:
    """Leases run by the database's own clock, everything else by the caller's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, *, owner: str, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        async with self._database.write() as connection:
            found = (await connection.execute(_due(now, most))).all()
            if not found:
                return ()
            until = await database_moment(connection) + lease
            claimed = await connection.execute(_claim([tuple(key) for key in found], owner, until))
            return sorted(map(_value, claimed), key=lambda delivery: (delivery.due_at, delivery.id))

    async def expire(self, *, now: datetime) -> Sequence[Delivery]:
        """One transaction for both: it is asked for every second, and mostly there is neither."""
        async with self._database.write() as connection:
            lapsed = (await connection.execute(_give_up_lapsed(await database_moment(connection)))).all()
            expired = (await connection.execute(_drop_expired(now))).all()
            return [_value(row) for row in (*lapsed, *expired)]

    async def queue(self, *, now: datetime) -> Queue:
        query = select(func.count(), func.min(_delivery.due_at)).select_from(_table)
        async with self._database.read() as connection:
            found: Any = (await connection.execute(query.where(*_is_due(now)))).one()
            return Queue(due=found[0], oldest_due_at=found[1])

    async def waiting(self, *, now: datetime) -> int:
        query = select(func.count()).select_from(_table).where(*_is_due(now))
        async with self._database.read() as connection:
            waiting: int = (await connection.execute(query)).scalar_one()
            return waiting

    async def next_due(self, *, now: datetime) -> datetime | None:
        """What may be claimed already is due now; what will have expired by its time is not due at all."""
        wanted = (_delivery.state == DeliveryState.pending, _delivery.expires_at > now)
        query = select(_delivery.due_at, _delivery.next_attempt_at, _delivery.expires_at).where(*wanted)
        async with self._database.read() as connection:
            found: Sequence[Any] = (await connection.execute(query)).all()
        moments = ((max(now, due, again or due), expires) for due, again, expires in found)
        return min((moment for moment, expires in moments if moment < expires), default=None)


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    retried = or_(_delivery.next_attempt_at.is_(None), _delivery.next_attempt_at <= now)
    return _delivery.state == DeliveryState.pending, _delivery.due_at <= now, _delivery.expires_at > now, retried


def _due(now: datetime, most: int) -> Any:
    """The keys of what is due, locked; rows that another worker is claiming are passed over."""
    query = select(_delivery.organization, _delivery.id).where(*_is_due(now))
    return query.order_by(_delivery.due_at, _delivery.id).limit(most).with_for_update(skip_locked=True)


def _drop_expired(now: datetime) -> Any:
    expired = select(_delivery.organization, _delivery.id).where(
        _delivery.state == DeliveryState.pending, _delivery.expires_at <= now
    )
    return (
        update(_table)
        .where(_key.in_(expired.with_for_update(skip_locked=True)))
        .values(state=DeliveryState.dropped, last_error=EXPIRED)
        .returning(*DELIVERY.columns)
    )


def _give_up_lapsed(moment: datetime) -> Any:
    """The owner stays named, so that an outcome which arrives late still counts."""
    lapsed = update(_table).where(_delivery.state == DeliveryState.sending, _delivery.lease_until <= moment)
    return lapsed.values(state=DeliveryState.unknown, lease_until=None).returning(*DELIVERY.columns)


def _claim(keys: Sequence[tuple[Any, ...]], owner: str, until: datetime) -> Any:
    return (
        update(_table)
        .where(_key.in_(keys))
        .values(
            state=DeliveryState.sending,
            attempts=_delivery.attempts + 1,
            fence=_delivery.fence + 1,
            lease_owner=owner,
            lease_until=until,
        )
        .returning(*DELIVERY.columns)
    )


def _value(row: Any) -> Delivery:
    return DELIVERY.value(row, None)  # a delivery holds nothing sealed
