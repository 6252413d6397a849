"""What the clock has to do to series and meetings, over all organizations."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from bot.model.delivery import DeliveryKind
from bot.model.ids import ActionItemId, GrowthPlanId, MeetingId, OrganizationId, PersonId, SeriesId, TopicId
from bot.model.meeting import MeetingState
from bot.model.series import SeriesState
from bot.model.topic import Chore
from bot.model.usage import Counted
from bot.reporting import planned_for
from storage.chores import chores
from storage.counting import how_far
from storage.database import Database
from storage.nouns import ACTION_ITEM, DELIVERY, GROWTH_PLAN, HABITS, MEETING, ORGANIZATION, SERIES

_series = SERIES.table.c
_meeting = MEETING.table.c
_promise = ACTION_ITEM.table.c
_plan = GROWTH_PLAN.table.c
_habits = HABITS.table.c
_delivery = DELIVERY.table.c
_organization = ORGANIZATION.table.c


class Timetable:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def to_plan(self, *, until: datetime, most: int) -> Sequence[tuple[OrganizationId, SeriesId]]:
        due = (_series.state == SeriesState.active, _series.planned_until < until)
        return await self._keys(_series, _series.planned_until, most, *due)

    async def to_begin(self, *, now: datetime, most: int) -> Sequence[tuple[OrganizationId, MeetingId]]:
        due = (_meeting.state == MeetingState.scheduled, _meeting.starts_at <= now)
        return await self._keys(_meeting, _meeting.starts_at, most, *due)

    async def to_close(self, *, begun_before: datetime, most: int) -> Sequence[tuple[OrganizationId, MeetingId]]:
        due = (_meeting.state == MeetingState.running, _meeting.begun_at <= begun_before)
        return await self._keys(_meeting, _meeting.begun_at, most, *due)

    async def unrevisited(self, *, before: date, most: int) -> Sequence[tuple[OrganizationId, GrowthPlanId]]:
        return await self._keys(_plan, _plan.revisit_on, most, _plan.revisit_on < before)

    async def unreported(self, *, month: date, most: int) -> Sequence[tuple[OrganizationId, PersonId]]:
        planned = select(_delivery.id).where(
            _delivery.organization == _habits.organization,
            _delivery.subject == _habits.person,
            _delivery.recipient == _habits.person,
            _delivery.kind == DeliveryKind.report,
            _delivery.offset >= planned_for(month),
            _delivery.snoozed_from.is_(None),
        )
        query = select(_habits.organization, _habits.person).where(_habits.wants_report, ~planned.exists())
        async with self._database.read() as connection:
            found = await connection.execute(query.order_by(_habits.organization, _habits.person).limit(most))
            return [(row.organization, row.person) for row in found]

    async def unreminded(self, *, most: int) -> Sequence[tuple[OrganizationId, ActionItemId]]:
        reminded = select(_delivery.id).where(
            and_(
                _delivery.organization == _promise.organization,
                _delivery.subject == _promise.id,
                _delivery.kind == DeliveryKind.due,
            )
        )
        still_open = (_promise.done_at.is_(None), _promise.dropped_at.is_(None), _promise.due.is_not(None))
        return await self._keys(_promise, _promise.due, most, *still_open, ~reminded.exists())

    async def topics(self, *, now: datetime, week: date) -> Sequence[tuple[Chore, OrganizationId, TopicId]]:
        async with self._database.read() as connection:
            rows = [tuple(row) for row in await connection.execute(chores(now, week))]
        return [(Chore(chore), organization, topic) for chore, organization, topic in rows]

    async def counted(self) -> Sequence[tuple[OrganizationId, Counted]]:
        query = how_far().add_columns(_organization.id).order_by(_organization.id)
        async with self._database.read() as connection:
            rows = [dict(row._mapping) for row in await connection.execute(query)]
        return [(row.pop("id"), Counted(**row)) for row in rows]

    async def next_begin(self) -> datetime | None:
        query = select(func.min(_meeting.starts_at)).where(_meeting.state == MeetingState.scheduled)
        async with self._database.read() as connection:
            found: datetime | None = (await connection.execute(query)).scalar_one()
            return found

    async def _keys(self, table: Any, by: ColumnElement[Any], most: int, *where: ColumnElement[bool]) -> Sequence[Any]:
        query = select(table.organization, table.id).where(*where).order_by(by, table.id).limit(most)
        async with self._database.read() as connection:
            return [tuple(row) for row in await connection.execute(query)]
