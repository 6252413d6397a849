"""The conversations that follow from who reports to whom: all at once, however many there are (A1)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Subquery,
    and_,
    case,
    literal,
    null,
    or_,
    select,
    true,
    update,
)

from bot.hierarchy import LeftOpen
from bot.model.agenda import ItemState
from bot.model.conversation import Relationship
from bot.model.delivery import UNWANTED, DeliveryKind, DeliveryState
from bot.model.ids import ConversationId, PersonId
from bot.model.meeting import MeetingState
from bot.model.series import SeriesState
from storage.given import given, parts
from storage.nouns import (
    ACTION_ITEM,
    AGENDA_ITEM,
    CONVERSATION,
    DELIVERY,
    MEETING,
    PERSON,
    REPORTING_LINE,
    SEAT,
    SERIES,
)
from storage.rows import Scope, insert_into

_conversation = CONVERSATION.table.c
_item = AGENDA_ITEM.table.c
_promise = ACTION_ITEM.table.c
_seat = SEAT.table.c
_series = SERIES.table.c
_meeting = MEETING.table.c
_delivery = DELIVERY.table.c
_line = REPORTING_LINE.table.alias("line")
_report = PERSON.table.alias("report")
_manager = PERSON.table.alias("manager")
_ONES = 500
"""Of more people than so many, the whole organization is looked at."""

_REPORT_IN_IT = case((_conversation.first == _conversation.senior, _conversation.second), else_=_conversation.first)
_SEATED = ("id", "first", "second", "senior")


class LineConversations:
    """``people`` limits what is looked at to conversations with one of them; None is everybody."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def concern(self, people: Collection[PersonId]) -> bool:
        if len(people) > _ONES:
            return True
        line, made = _line.c, (_conversation.line, *self._with(people))
        lines = select(line.person).where(self._ours(line), or_(line.person.in_(people), line.manager.in_(people)))
        lines = lines.where(line.manager.is_not(None))
        conversations = select(_conversation.id).where(self._ours(_conversation), *made)
        either = select(or_(lines.exists(), conversations.exists()))
        return bool((await self._scope.connection.execute(either)).scalar())

    async def bring_back(self, people: Collection[PersonId] | None, *, at: datetime) -> int:
        rested = and_(_conversation.line, _conversation.rests_since.is_not(None))
        returned = await self._joined(people, rested)
        paused = (_series.rests, _series.state == SeriesState.paused)
        active = {"state": SeriesState.active, "planned_until": at, "changed_at": at, "version": _series.version + 1}
        await self._each(returned, SERIES.table, _series.conversation, *paused, values=active)
        return len(returned)

    async def adopt(self, people: Collection[PersonId] | None) -> int:
        live = self._live(people)
        differs = or_(
            ~_conversation.line,
            _conversation.declined_at.is_not(None),
            _conversation.relationship != Relationship.manager,
            _conversation.senior.is_(None),
            _conversation.senior != live.c.manager,
        )
        return len(await self._joined(people, differs, live))

    async def _joined(
        self, people: Collection[PersonId] | None, which: ColumnElement[bool], live: Subquery | None = None
    ) -> Sequence[str]:
        """Let those of the pairs' conversations be what the lines make of them; their ids."""
        live = self._live(people) if live is None else live
        pair = (_conversation.first == live.c.first, _conversation.second == live.c.second)
        values = {
            "line": true(),
            "relationship": Relationship.manager,
            "senior": live.c.manager,
            "declined_by": null(),
            "declined_at": null(),
            "rests_since": null(),
            "version": _conversation.version + 1,
        }
        changed = update(CONVERSATION.table).where(self._ours(_conversation), *pair, which).values(values)
        found = await self._ids(changed.returning(_conversation.id))
        await self._each(found, SEAT.table, _seat.conversation, values={"archived_at": null()})
        return found

    async def make(self, people: Collection[PersonId] | None, *, at: datetime, new_id: Callable[[], str]) -> int:
        live = self._live(people)
        pair = (_conversation.first == live.c.first, _conversation.second == live.c.second)
        missing = (
            select(live.c.first, live.c.second, live.c.manager)
            .outerjoin_from(live, CONVERSATION.table, and_(self._ours(_conversation), *pair))
            .where(_conversation.id.is_(None))
        )
        found = (await self._scope.connection.execute(missing)).all()
        for part in parts(found):
            await self._start([(new_id(), *row) for row in part], at)
        return len(found)

    async def _start(self, rows: Sequence[tuple[str, ...]], at: datetime) -> None:
        new = self._given(rows, *_SEATED).alias("new")
        moment, ours = literal(at, _conversation.created_at.type), literal(self._scope.organization)
        cells = {
            "organization": ours,
            "id": new.c.id,
            "first": new.c.first,
            "second": new.c.second,
            "started_by": new.c.senior,
            "relationship": literal(Relationship.manager.value),
            "senior": new.c.senior,
            "created_at": moment,
            "changed_at": moment,
            "line": true(),
            "version": literal(1),
        }
        await self._scope.connection.execute(self._inserted(CONVERSATION.table, cells, new))
        for side in (new.c.first, new.c.second):
            seat = {"organization": ours, "conversation": new.c.id, "person": side}
            there = new.join(CONVERSATION.table, and_(self._ours(_conversation), _conversation.id == new.c.id))
            await self._scope.connection.execute(self._inserted(SEAT.table, seat, there))

    def _inserted(self, table: Any, cells: dict[str, Any], source: Any) -> Executable:
        rows = select(*cells.values()).select_from(source).where(true())
        return insert_into(self._dialect, table).from_select(list(cells), rows).on_conflict_do_nothing()

    async def rest(self, people: Collection[PersonId] | None, *, at: datetime) -> Sequence[ConversationId]:
        holds = self._lines(select(_line.c.person)).where(
            _line.c.person == _REPORT_IN_IT, _line.c.manager == _conversation.senior
        )
        over = update(CONVERSATION.table).where(
            self._ours(_conversation),
            _conversation.line,
            _conversation.rests_since.is_(None),
            *self._with(people),
            ~holds.correlate(CONVERSATION.table).exists(),
        )
        found = await self._ids(
            over.values(rests_since=at, version=_conversation.version + 1).returning(_conversation.id)
        )
        await self._call_off(found, at)
        return [ConversationId(each) for each in found]

    async def _call_off(self, conversations: Sequence[str], at: datetime) -> None:
        """No meetings of theirs, and no reminder of them; calendars learn of it."""
        paused = {"state": SeriesState.paused, "rests": true(), "changed_at": at, "version": _series.version + 1}
        active = _series.state == SeriesState.active
        await self._each(conversations, SERIES.table, _series.conversation, active, values=paused)
        ahead = (_meeting.state == MeetingState.scheduled, _meeting.starts_at >= at)
        cancelled = {
            "state": MeetingState.cancelled,
            "sequence": _meeting.sequence + 1,
            "changed_at": at,
            "version": _meeting.version + 1,
        }
        which = _meeting.conversation
        meetings = await self._each(conversations, MEETING.table, which, *ahead, values=cancelled)
        unwanted = {"state": DeliveryState.dropped, "last_error": UNWANTED}
        pending = (_delivery.state == DeliveryState.pending, _delivery.snoozed_from.is_(None))
        await self._each(meetings, DELIVERY.table, _delivery.subject, *pending, values=unwanted)
        drifting = _delivery.kind == DeliveryKind.drifting
        await self._each(conversations, DELIVERY.table, _delivery.subject, *pending, drifting, values=unwanted)

    async def left_open(self, reports: Iterable[PersonId]) -> Sequence[LeftOpen]:
        found: list[LeftOpen] = []
        for part in parts(reports):
            these = select(self._given([(each,) for each in part], "id").c.id)
            seats = select(_seat.conversation).where(self._ours(_seat), _seat.person.in_(these))
            rests = (_conversation.line, _conversation.rests_since.is_not(None), _conversation.id.in_(seats))
            another = self._lines(select(_line.c.person)).where(
                _line.c.person == _REPORT_IN_IT, _line.c.manager != _conversation.senior
            )
            there = (each.correlate(CONVERSATION.table).exists() for each in (another, *self._own(_REPORT_IN_IT)))
            has_another, *own = there
            query = select(_conversation.id, _REPORT_IN_IT, _conversation.rests_since).where(
                self._ours(_conversation), *rests, _REPORT_IN_IT.in_(these), has_another, or_(*own)
            )
            rows: Sequence[Any] = (await self._scope.connection.execute(query)).all()
            found += [LeftOpen(ConversationId(it), PersonId(report), since) for it, report, since in rows]
        return found

    def _own(self, report: ColumnElement[str]) -> Sequence[Any]:
        """What is open there in the report's own words."""
        items = (_item.state == ItemState.open, _item.author == report, ~_item.reworded, _item.topic.is_(None))
        promises = (_promise.author == report, _promise.owner == report, ~_promise.reworded)
        still_open = (_promise.done_at.is_(None), _promise.dropped_at.is_(None))
        return (
            select(_item.id).where(self._ours(_item), _item.conversation == _conversation.id, *items),
            select(_promise.id).where(
                self._ours(_promise), _promise.conversation == _conversation.id, *promises, *still_open
            ),
        )

    async def _each(
        self,
        ids: Iterable[str],
        table: Any,
        column: ColumnElement[str],
        *where: ColumnElement[bool],
        values: dict[str, Any],
    ) -> list[str]:
        """Set these columns in all rows that have one of the ids there; the rows' own ids, where they have one."""
        found: list[str] = []
        for part in parts(ids):
            these = column.in_(select(self._given([(each,) for each in part], "id").c.id))
            changed = update(table).where(self._ours(table.c), these, *where).values(values)
            returned = table.c.id if "id" in table.c else column
            found += await self._ids(changed.returning(returned))
        return found

    async def _ids(self, statement: Executable) -> list[str]:
        self._scope.known.clear()
        return [row[0] for row in await self._scope.connection.execute(statement)]

    def _live(self, people: Collection[PersonId] | None) -> Subquery:
        """Each line that makes a conversation, with its pair in the order in which a conversation has it."""
        binary = "C" if self._dialect == "postgresql" else "BINARY"
        report, manager = _line.c.person, _line.c.manager
        lower = report.collate(binary) < manager
        first, second = case((lower, report), else_=manager), case((lower, manager), else_=report)
        pairs = select(first.label("first"), second.label("second"), manager.label("manager"))
        return self._lines(pairs).where(*_among(people, report, manager)).subquery("live")

    def _lines(self, lines: Select[Any]) -> Select[Any]:
        """Those of which both are here, and OneOnOne is on for both."""
        lines = lines.select_from(_line)
        for side, key in ((_report, _line.c.person), (_manager, _line.c.manager)):
            lines = lines.join(side, and_(side.c.organization == _line.c.organization, side.c.id == key))
            lines = lines.where(side.c.active, side.c.enabled)
        return lines.where(self._ours(_line.c))

    def _with(self, people: Collection[PersonId] | None) -> Sequence[ColumnElement[bool]]:
        if people is None or len(people) > _ONES:
            return ()
        seats = select(_seat.conversation).where(self._ours(_seat), _seat.person.in_(people))
        return (_conversation.id.in_(seats),)

    def _ours(self, columns: Any) -> ColumnElement[bool]:
        ours: ColumnElement[bool] = columns.organization == self._scope.organization
        return ours

    def _given(self, rows: Sequence[Sequence[str | None]], *names: str) -> Any:
        return given(self._dialect, rows, *names)

    @property
    def _dialect(self) -> str:
        return self._scope.connection.dialect.name


def _among(people: Collection[PersonId] | None, *columns: ColumnElement[str]) -> Sequence[ColumnElement[bool]]:
    if people is None or len(people) > _ONES:
        return ()
    return (or_(*(column.in_(people) for column in columns)),)
