"""Whether 1-on-1s happen: what was done, and the weeks as they were counted."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.model.ids import ConversationId
from bot.model.usage import EVERYBODY, Deed, Department, Done, UsageWeek, WeekShown
from storage.nouns import DEED, DEPARTMENT, PERSON, USAGE_WEEK
from storage.rows import Rows, Scope

_department = DEPARTMENT.table.c
_person = PERSON.table.c
_week = USAGE_WEEK.table.c


class Usage:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._deeds = Rows(scope, DEED)
        self._departments = Rows(scope, DEPARTMENT)
        self._weeks = Rows(scope, USAGE_WEEK)

    async def did(self, conversation: ConversationId, deed: Deed, at: datetime) -> None:
        done = Done(conversation=conversation, organization=self._scope.organization, deed=deed, at=at)
        await self._deeds.add_unless_there(done)

    async def departments(self) -> Sequence[Department]:
        return await self._departments.all(by=(_department.name,))

    async def latest(self) -> date | None:
        query = select(func.max(_week.week)).where(self._weeks.ours)
        found: date | None = (await self._scope.connection.execute(query)).scalar_one()
        return found

    async def groups(self, weeks: Collection[date], *, department: str | None = None) -> Sequence[UsageWeek]:
        meant = _week.manager == EVERYBODY if department is None else _week.department == department
        return await self._read(_week.week.in_(weeks), meant)

    async def everybody(self, *, since: date) -> Sequence[UsageWeek]:
        return await self._read(_week.department == EVERYBODY, _week.manager == EVERYBODY, _week.week >= since)

    async def _read(self, *where: ColumnElement[bool]) -> Sequence[UsageWeek]:
        """A report reads very many, so nothing is asked of each cell."""
        query = self._weeks.select(*where).order_by(_week.week, _week.department, _week.manager)
        rows = [tuple(row) for row in await self._scope.connection.execute(query)]
        return [
            UsageWeek(week=week, department=group, manager=manager, organization=owner, counted=counted, shown=shown)
            for week, group, manager, owner, counted, shown in rows
        ]

    async def shown(
        self, weeks: Collection[date], *, everybody: Collection[date], department: str | None = None
    ) -> Sequence[WeekShown]:
        every_department = and_(_week.week.in_(weeks), _week.manager == EVERYBODY)
        all_of_them = and_(_week.week.in_(everybody), _week.department == EVERYBODY, _week.manager == EVERYBODY)
        teams = [and_(_week.week.in_(weeks), _week.department == department)] if department else []
        manager = and_(_person.organization == _week.organization, _person.id == _week.manager)
        query = select(_week.week, _week.department, _week.manager, _week.shown, _person.name)
        query = query.select_from(USAGE_WEEK.table.outerjoin(PERSON.table, manager)).where(
            self._weeks.ours, or_(every_department, all_of_them, *teams)
        )
        return [WeekShown._make(row) for row in (await self._scope.connection.execute(query)).all()]

    async def add_week(self, groups: Sequence[UsageWeek]) -> None:
        await self._weeks.add_missing(groups)
