"""How a week's conversations, managers and reports are counted from where they stood; nothing is written here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, literal, select

from bot.disclosure import Counts, Group, Measure, Place
from bot.model.meeting import MeetingState
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, OTHERS, RECENTLY, WINDOWS
from bot.usage_repositories import Midnights
from storage.nouns import CONVERSATION, MEETING, STANDING
from storage.rows import Scope

_standing = STANDING.table.c
_conversation = CONVERSATION.table.c
_meeting = MEETING.table.c
_REPORT = case((_conversation.senior == _conversation.first, _conversation.second), else_=_conversation.first)
_HELD = (MeetingState.running.value, MeetingState.ended.value)
_STANDS = case((_standing.until.is_(None), 1), else_=0)

_ALL: tuple[str, ...] = ()
_DEPARTMENTS = ("department",)
_TEAMS = ("department", "manager")

Key = tuple[str, str]
Found = dict[Key, dict[Place, Counts]]


def first_day(week: date, days: int) -> date:
    """Of the window of so many days that ends with the week."""
    return week - timedelta(days=days - 1)


class WeekCounts:
    """``together`` are the departments that are one, OTHERS."""

    def __init__(self, scope: Scope, week: date, together: Collection[str], midnights: Midnights) -> None:
        self._scope = scope
        self._week = week
        self._midnights = midnights
        self._ours = _standing.organization == scope.organization
        department: ColumnElement[Any] = _standing.department
        if together:
            department = case((department.in_(together), OTHERS), else_=department)
        self._department = department.label("department")
        self._stood = self._standings()

    def _standings(self) -> FromClause:
        """Whatever can be in a window, with the last day on which it stood there."""
        last = func.coalesce(_standing.until, literal(self._week, _standing.until.type)).label("last")
        first = first_day(self._week, max(WINDOWS))
        return (
            select(
                self._department,
                _standing.manager,
                _standing.conversation,
                last,
                _standing.active_on,
                _standing.both_on,
                _standing.meaningful,
                _STANDS.label("stands"),
            )
            .where(self._ours, _standing.since <= self._week, last >= first)
            .subquery("stood")
        )

    async def groups(self) -> Sequence[Group]:
        live: dict[Key, int] = {}
        managers: dict[Key, int] = {}
        found: Found = {}
        for level in (_ALL, _DEPARTMENTS, _TEAMS):
            await self._shares("conversation", Measure.active, level, live, found)
        for level in (_ALL, _DEPARTMENTS):
            await self._shares("manager", Measure.managers, level, managers, found)
        await self._drifting(found)
        everybody = found[EVERYBODY, EVERYBODY]
        everybody[Measure.met, RECENTLY] = await self._met()
        everybody.update(await self._meaningful())
        return [
            Group(department, manager, live[department, manager], managers.get((department, manager), 1), counts)
            for (department, manager), counts in sorted(found.items())
        ]

    async def _shares(
        self, who: str, measure: Measure, level: tuple[str, ...], standing: dict[Key, int], found: Found
    ) -> None:
        """Of each who was there on any day of a window, whether any of their conversations was active there then."""
        keys = [self._stood.c[name] for name in level]
        each = (
            select(
                *keys,
                func.max(self._stood.c.last).label("last"),
                func.max(self._stood.c.active_on).label("active_on"),
                func.max(self._stood.c.stands).label("stands"),
            )
            .group_by(*keys, self._stood.c[who])
            .subquery("each")
        )
        sums: list[ColumnElement[Any]] = [func.sum(each.c.stands)]
        sums += [self._since(each.c[name], days) for days in WINDOWS for name in ("last", "active_on")]
        names = [each.c[name] for name in level]
        for row in await self._execute(select(*names, *sums).group_by(*names)):
            key = _key(row[: len(level)])
            stands, *counts = (number or 0 for number in row[len(level) :])
            standing[key] = stands
            pairs = zip(WINDOWS, counts[::2], counts[1::2], strict=True)
            found.setdefault(key, {}).update({(measure, days): Counts(whole, part) for days, whole, part in pairs})

    async def _drifting(self, found: Found) -> None:
        """Each conversation stands in one place at most, so that everybody is the sum of the departments."""
        week = first_day(self._week, DRIFTS_AFTER) - timedelta(days=1)
        stood = (self._ours, _standing.until.is_(None), _standing.since <= week)
        met = self._held(DRIFTS_AFTER, _standing.conversation)
        each = select(self._department, case((met, 0), else_=1).label("drifts")).where(*stood).subquery("each")
        query = select(each.c.department, func.count(), func.sum(each.c.drifts)).group_by(each.c.department)
        rows: Mapping[str, Counts] = {row[0]: Counts(row[1], row[2]) for row in await self._execute(query)}
        for department, manager in found:
            if manager == EVERYBODY:
                counts = rows.values() if department == EVERYBODY else [rows.get(department, Counts(0, 0))]
                place = Measure.drifting, DRIFTS_AFTER
                found[department, manager][place] = Counts(
                    sum(each.whole for each in counts), sum(each.part for each in counts)
                )

    async def _met(self) -> Counts:
        """Reports with a live conversation, and those of them who have met in any lately."""
        met = case((self._held(RECENTLY, _conversation.id), 1), else_=0)
        its = and_(_conversation.organization == _standing.organization, _conversation.id == _standing.conversation)
        each = (
            select(func.max(met).label("met"))
            .join_from(STANDING.table, CONVERSATION.table, its)
            .where(self._ours, _standing.until.is_(None), _standing.since <= self._week)
            .group_by(_REPORT)
            .subquery("each")
        )
        whole, part = (await self._execute(select(func.count(), func.sum(each.c.met)).select_from(each))).one()
        return Counts(whole, part or 0)

    async def _meaningful(self) -> Mapping[Place, Counts]:
        """Conversations in which both answered, and those of them in which both said yes the last time."""
        stood = self._stood.c
        late = func.row_number().over(
            partition_by=stood.conversation, order_by=(stood.both_on.desc(), stood.last.desc(), stood.department)
        )
        each = select(stood.both_on, stood.meaningful, late.label("place")).where(stood.both_on.is_not(None))
        last = each.subquery("each").c
        yes = case((last.meaningful, last.both_on))
        sums = [self._since(day, days) for days in WINDOWS for day in (last.both_on, yes)]
        row = (await self._execute(select(*sums).where(last.place == 1))).one()
        numbers = [number or 0 for number in row]
        pairs = zip(WINDOWS, numbers[::2], numbers[1::2], strict=True)
        return {(Measure.meaningful, days): Counts(whole, part) for days, whole, part in pairs}

    def _held(self, days: int, conversation: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a meeting was held in these last days."""
        tomorrow = self._week + timedelta(days=1)
        held = select(_meeting.id).where(
            _meeting.organization == self._scope.organization,
            _meeting.conversation == conversation,
            _meeting.state.in_(_HELD),
            _meeting.starts_at >= self._midnights(first_day(self._week, days)),
            _meeting.starts_at < self._midnights(tomorrow),
        )
        return held.exists()

    def _since(self, day: ColumnElement[Any], days: int) -> ColumnElement[Any]:
        """How many have this day within the window."""
        return func.sum(case((day >= literal(first_day(self._week, days), _standing.since.type), 1), else_=0))

    async def _execute(self, statement: Any) -> Any:
        return await self._scope.connection.execute(statement)


def _key(cells: Sequence[Any]) -> Key:
    department, manager = (*cells, EVERYBODY, EVERYBODY)[:2]
    return department, manager
