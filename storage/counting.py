"""What the clock does to count: days into standings, and standings into weeks."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Update,
    and_,
    case,
    delete,
    false,
    func,
    null,
    or_,
    select,
    text,
    true,
    update,
)

from bot.disclosure import Group
from bot.model import hierarchy
from bot.model.answer import Meaningful
from bot.model.ids import ConversationId
from bot.model.usage import EVERYBODY, Counted, Department, Standing
from bot.usage_repositories import Midnights
from storage.audiences import REPORT, live
from storage.bulk import Given, inserted, spread
from storage.counts import WeekCounts
from storage.nouns import (
    ANSWER,
    ATTRIBUTE,
    CONVERSATION,
    DEED,
    DEPARTMENT,
    MEETING,
    ORGANIZATION,
    STANDING,
    USAGE_WEEK,
)
from storage.rows import Rows, Scope

_conversation = CONVERSATION.table.c
_department = DEPARTMENT.table.c
_standing = STANDING.table.c
_deed = DEED.table.c
_answer = ANSWER.table.c
_meeting = MEETING.table.c
_week = USAGE_WEEK.table.c
_organization = ORGANIZATION.table.c
_of_department = ATTRIBUTE.table.alias("of_department")
_ONE_AT_A_TIME = text("SELECT pg_try_advisory_xact_lock(4714, hashtext(:organization))")

_STANDS = _standing.until.is_(None)
_BOTH = 2
_STAND = ("organization", "conversation", "department", "manager", "since")


def how_far() -> Select[Any]:
    """The fields of Counted, of each organization."""
    week = select(func.max(_week.week)).where(_week.organization == _organization.id)
    first = select(func.min(_deed.at)).where(_deed.organization == _organization.id)
    return select(
        _organization.counted_until.label("until"),
        week.scalar_subquery().label("week"),
        first.scalar_subquery().label("first"),
        _organization.zone,
    )


class Counting:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._standings = Rows(scope, STANDING)
        self._departments = Rows(scope, DEPARTMENT)

    async def hold(self) -> bool:
        """On SQLite a writer is alone anyhow."""
        if self._scope.connection.dialect.name != "postgresql":
            return True
        held = await self._scope.connection.execute(_ONE_AT_A_TIME, {"organization": self._scope.organization})
        return bool(held.scalar())

    async def counted(self) -> Counted:
        query = how_far().where(_organization.id == self._scope.organization)
        return Counted(**(await self._execute(query)).one()._mapping)

    async def fold(self, day: date, *, since: datetime, before: datetime, standing_since: date | None = None) -> None:
        those = (
            self._standings.ours,
            _STANDS,
            true() if standing_since is None else _standing.since == standing_since,
        )
        done = select(_deed.conversation).where(self._ours(_deed), _deed.at >= since, _deed.at < before)
        earlier = or_(_standing.active_on.is_(None), _standing.active_on < day)
        active = update(STANDING.table).where(*those, earlier, _standing.conversation.in_(done))
        await self._execute(active.values(active_on=day))
        await self._execute(self._both(day, since, before).where(*those))

    def _both(self, day: date, since: datetime, before: datetime) -> Update:
        """Of the meetings about which the second of the two answered then, the conversation's last."""
        lately = select(_answer.meeting).where(self._ours(_answer), _answer.at >= since, _answer.at < before)
        all_yes = func.min(case((_answer.meaningful == Meaningful.yes.value, 1), else_=0))
        complete = (
            select(_answer.meeting, func.max(_answer.at).label("at"), all_yes.label("yes"))
            .where(self._ours(_answer), _answer.meeting.in_(lately))
            .group_by(_answer.meeting)
            .having(func.count() == _BOTH, func.max(_answer.at) < before)
            .subquery("complete")
        )
        late = func.row_number().over(
            partition_by=_meeting.conversation, order_by=(complete.c.at.desc(), complete.c.meeting.desc())
        )
        both = (
            select(_meeting.conversation, complete.c.yes, late.label("place"))
            .join_from(complete, MEETING.table, and_(self._ours(_meeting), _meeting.id == complete.c.meeting))
            .subquery("both")
        )
        yes = case((both.c.yes == 1, true()), else_=false())
        later = or_(_standing.both_on.is_(None), _standing.both_on <= day)
        return (
            update(STANDING.table)
            .where(_standing.conversation == both.c.conversation, both.c.place == 1, later)
            .values(both_on=day, meaningful=yes)
        )

    async def move_on(self, until: datetime) -> None:
        ours = _organization.id == self._scope.organization
        await self._execute(update(ORGANIZATION.table).where(ours).values(counted_until=until))

    async def new_departments(self) -> Sequence[tuple[str, str]]:
        name = func.coalesce(_of_department.c.value, "")
        label = func.coalesce(_of_department.c.by_hand, _of_department.c.in_file, "")
        known = select(_department.id).where(self._departments.ours, _department.name == name)
        query = self._live(name, func.min(label)).where(~known.exists()).group_by(name).order_by(name)
        return [(row[0], row[1]) for row in await self._execute(query)]

    async def add_departments(self, departments: Sequence[Department]) -> None:
        await self._departments.add_missing(departments)

    async def leave(self, until: date) -> None:
        there = self._there().subquery("there")
        still = select(there.c.id).where(
            there.c.id == _standing.conversation,
            there.c.department == _standing.department,
            there.c.senior == _standing.manager,
        )
        left = update(STANDING.table).where(self._standings.ours, _STANDS, ~still.exists())
        await self._execute(left.values(until=until))

    async def stand(self, since: date, *, begun_before: datetime) -> int:
        stands = select(_standing.since).where(
            self._standings.ours, _STANDS, _standing.conversation == _conversation.id
        )
        comes = self._there().where(_conversation.created_at < begun_before, ~stands.exists())
        # Read before anything is written: beside an empty table, PostgreSQL would look through all that it has
        # inserted so far for each that it inserts.
        rows = [(*row, since) for row in await self._execute(comes)]
        await spread(self._scope.connection, STANDING.table, _STAND, rows, self._opened)
        return len(rows)

    def _opened(self, given: Given) -> Executable:
        into = inserted(self._scope.connection, STANDING.table, _STAND, given)
        again = {"since": into.excluded.since, "until": null()}
        return into.on_conflict_do_update(index_elements=STANDING.key, set_=again)

    def _there(self) -> Select[Any]:
        """Where each live conversation belongs; a department that is not known yet is left out."""
        name = func.coalesce(_of_department.c.value, "")
        columns = (
            _conversation.organization,
            _conversation.id,
            _department.id.label("department"),
            _conversation.senior,
        )
        return self._live(*columns).join(DEPARTMENT.table, and_(self._departments.ours, _department.name == name))

    def _live(self, *columns: ColumnElement[Any]) -> Select[Any]:
        of_report = and_(
            self._ours(_of_department.c),
            _of_department.c.person == REPORT.c.id,
            _of_department.c.name == hierarchy.DEPARTMENT,
        )
        return live(self._scope.organization, *columns).outerjoin(_of_department, of_report)

    async def standings(self, conversation: ConversationId) -> Sequence[Standing]:
        by = (_standing.since.desc(), _standing.department, _standing.manager)
        return await self._standings.all(_standing.conversation == conversation, by=by)

    async def teams(self) -> Sequence[Group]:
        group = (_standing.department, _standing.manager)
        query = select(*group, func.sum(case((_STANDS, 1), else_=0))).where(self._standings.ours).group_by(*group)
        return [Group(row[0], row[1], row[2], 1, {}) for row in await self._execute(query)]

    async def groups(self, week: date, *, together: Collection[str], midnights: Midnights) -> Sequence[Group]:
        return await WeekCounts(self._scope, week, together, midnights).groups()

    async def forget(self, *, deeds_before: datetime, teams_before: date, standing_before: date) -> None:
        await self._execute(delete(DEED.table).where(self._ours(_deed), _deed.at < deeds_before))
        of_teams = (self._ours(_week), _week.manager != EVERYBODY, _week.week < teams_before)
        await self._execute(delete(USAGE_WEEK.table).where(*of_teams))
        await self._standings.remove(_standing.until < standing_before)

    def _ours(self, columns: Any) -> ColumnElement[bool]:
        ours: ColumnElement[bool] = columns.organization == self._scope.organization
        return ours

    async def _execute(self, statement: Any) -> Any:
        return await self._scope.connection.execute(statement)
