"""Topics that admins assign, and how far each has come."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    column,
    delete,
    func,
    literal,
    select,
    text,
    tuple_,
    update,
    values,
)

from bot.audience import Audience
from bot.model.agenda import ItemState, Repeat, Visibility
from bot.model.ids import ConversationId, ItemId, PersonId, TopicId
from bot.model.topic import Assignment, AssignmentState, Due, Reached, Tally, Topic
from storage.audiences import REPORTS_ZONE, is_meant, live
from storage.nouns import AGENDA_ITEM, ASSIGNMENT, COMMENT, CONVERSATION, TALLY, TOPIC
from storage.rows import Rows, Scope, insert_into, save

_topic = TOPIC.table.c
_assignment = ASSIGNMENT.table.c
_tally = TALLY.table.c
_item = AGENDA_ITEM.table.c
_comment = COMMENT.table.c
_conversation = CONVERSATION.table.c
_SEEDED = 10
"""So many characters of an assignment's id are its round's, the rest its conversation's."""


class Topics:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._topics = Rows(scope, TOPIC)
        self._assignments = Rows(scope, ASSIGNMENT)
        self._tallies = Rows(scope, TALLY)

    async def get(self, topic: TopicId) -> Topic | None:
        return await self._topics.at(id=topic)

    async def unless_taken(self, topic: TopicId) -> Topic | None:
        return await self._topics.unless_taken(_topic.id == topic)

    async def all(self) -> Sequence[Topic]:
        return await self._topics.all(by=(_topic.created_at.desc(), _topic.id))

    async def add(self, topic: Topic) -> None:
        await self._topics.add(topic)

    async def save(self, topic: Topic) -> Topic:
        return await save(self._topics, topic)

    async def assign(self, assignments: Sequence[Assignment]) -> None:
        await self._assignments.add_missing(assignments)

    async def add_tally(self, tally: Tally) -> bool:
        return await self._tallies.add_unless_there(tally)

    async def tallies(self, topic: TopicId) -> Sequence[Tally]:
        return await self._tallies.all(_tally.topic == topic, by=(_tally.week,))

    async def assignments_in(self, conversation: ConversationId) -> Sequence[Assignment]:
        by = (_assignment.due_at, _assignment.id)
        return await self._assignments.all(_assignment.conversation == conversation, by=by)

    async def zones(self) -> Sequence[str]:
        query = live(self._scope.organization, REPORTS_ZONE).distinct()
        return sorted((await self._execute(query)).scalars())

    async def reach(self, audience: Audience) -> int:
        return await self._number(self._meant(audience, func.count()))

    async def full(self, audience: Audience, months: Sequence[Mapping[str, date]], *, most: int) -> int:
        by_zone = _by_zone(months)
        full = (self._is_full(by_zone.c[f"month{late}"], most) for late in range(len(months)))
        query = self._meant(audience, func.count()).join(by_zone, by_zone.c.zone == REPORTS_ZONE)
        return await self._number(query.where(*full))

    async def settle(
        self,
        topic: Topic,
        audience: Audience,
        dues: Sequence[Mapping[str, Due]],
        *,
        seed: str,
        most: int,
        now: datetime,
        some_have_it: bool,
    ) -> None:
        months = _by_zone([{zone: due.month for zone, due in by_zone.items()} for by_zone in dues])
        late = self._late(months, len(dues), most).label("late")
        meant = self._meant(audience, _conversation.id, REPORTS_ZONE, late)
        # Outer joins, so that SQLite looks up the zone of each conversation, and not all conversations of each zone.
        meant = meant.outerjoin(months, months.c.zone == REPORTS_ZONE)
        who = (meant.where(~self._given(topic)) if some_have_it else meant).cte("who").prefix_with("MATERIALIZED")
        due = _due(dues)
        is_due, at = due.c.due_at <= now, literal(now, _assignment.placed_at.type)
        cells: dict[str, ColumnElement[Any]] = {
            "organization": literal(self._scope.organization),
            "id": literal(seed[-_SEEDED:]) + func.substr(who.c.id, _SEEDED + 1),
            "topic": literal(topic.id),
            "round": literal(topic.round),
            "conversation": who.c.id,
            "due_at": due.c.due_at,
            "month": due.c.month,
            "state": case((is_due, AssignmentState.placed.value), else_=AssignmentState.waiting.value),
            "placed_at": case((is_due, at)),
        }
        found = and_(due.c.zone == who.c.zone, due.c.late == who.c.late)
        query = select(*cells.values()).select_from(who.outerjoin(due, found))
        await self._execute(insert_into(self._dialect, ASSIGNMENT.table).from_select(tuple(cells), query))
        await self._put_on_agendas(topic, now)

    async def given(self, topic: Topic) -> int:
        query = select(func.count()).select_from(ASSIGNMENT.table).where(self._assignments.ours)
        return await self._number(query.where(_assignment.topic == topic.id, _assignment.round == topic.round))

    async def place(self, topic: Topic, at: datetime) -> None:
        able = live(self._scope.organization, _conversation.id)
        due = (
            *self._of(topic.id, AssignmentState.waiting),
            _assignment.due_at <= at,
            _assignment.conversation.in_(able),
        )
        if await self._assignments.change({"state": AssignmentState.placed, "placed_at": at}, *due):
            await self._put_on_agendas(topic, at)

    async def _put_on_agendas(self, topic: Topic, at: datetime) -> None:
        names, query = self._as_items(topic, at)
        items = insert_into(self._dialect, AGENDA_ITEM.table).from_select(names, query)
        async with self._by_index():
            await self._execute(items.on_conflict_do_nothing())

    @asynccontextmanager
    async def _by_index(self) -> AsyncIterator[None]:
        """Let PostgreSQL look up each agenda; it has not counted what is new, and would read all of them each time."""
        if self._dialect == "sqlite":
            yield
            return
        await self._execute(text("SET LOCAL enable_seqscan = off"))
        yield
        await self._execute(text("SET LOCAL enable_seqscan = on"))

    async def clear(self, topic: TopicId, at: datetime) -> None:
        """Items first, then assignments: the order in which whoever closes one takes them."""
        is_open = (_item.organization == self._scope.organization, _item.topic == topic, _item.state == ItemState.open)
        said = select(_comment.id).where(_comment.organization == _item.organization, _comment.item == _item.id)
        await self._execute(delete(AGENDA_ITEM.table).where(*is_open, ~said.exists()))
        dropped = {"state": ItemState.dropped, "closed_at": at, "changed_at": at, "version": _item.version + 1}
        await self._execute(update(AGENDA_ITEM.table).where(*is_open).values(dropped))
        for state in (AssignmentState.waiting, AssignmentState.placed):
            await self._assignments.change({"state": AssignmentState.recalled}, *self._of(topic, state))

    async def follow(self, item: ItemId, state: AssignmentState, at: datetime | None) -> None:
        await self._assignments.change({"state": state, "closed_at": at}, _assignment.id == item)

    async def reached(self, topic: TopicId, round_: int, *, without: Collection[PersonId]) -> Reached:
        seen = and_(
            _conversation.organization == _assignment.organization,
            _conversation.id == _assignment.conversation,
            _conversation.first.not_in(without),
            _conversation.second.not_in(without),
        )
        query = (
            select(_assignment.state, func.count())
            .join_from(ASSIGNMENT.table, CONVERSATION.table, seen)
            .where(self._assignments.ours, _assignment.topic == topic, _assignment.round == round_)
            .group_by(_assignment.state)
        )
        counts = {AssignmentState(state): count for state, count in await self._execute(query)}
        discussed = counts.get(AssignmentState.discussed, 0)
        not_relevant = counts.get(AssignmentState.not_relevant, 0)
        placed = counts.get(AssignmentState.placed, 0)
        return Reached(placed + discussed + not_relevant, discussed, not_relevant)

    def _meant(self, audience: Audience, *columns: ColumnElement[Any]) -> Select[Any]:
        return live(self._scope.organization, *columns).where(is_meant(audience))

    def _late(self, months: CTE, count: int, most: int) -> ColumnElement[int]:
        """How many months late a conversation gets it: in the first that is not full, or in the last of them."""
        *others, last = range(count)
        return case(*((~self._is_full(months.c[f"month{late}"], most), late) for late in others), else_=last)

    def _given(self, topic: Topic) -> ColumnElement[bool]:
        """Whether the conversation has this round of the topic."""
        has = select(_assignment.id).where(
            self._assignments.ours,
            _assignment.topic == topic.id,
            _assignment.round == topic.round,
            _assignment.conversation == _conversation.id,
        )
        return has.correlate(CONVERSATION.table).exists()

    def _is_full(self, month: ColumnElement[date], most: int) -> ColumnElement[bool]:
        """Whether the conversation has so many topics in that month.

        All that are full are found once: to count for each conversation would read, each time, what is being inserted.
        """
        full = (
            select(_assignment.conversation, _assignment.month)
            .where(self._assignments.ours, _assignment.state != AssignmentState.recalled)
            .group_by(_assignment.conversation, _assignment.month)
            .having(func.count() >= most)
        )
        return tuple_(_conversation.id, month).in_(full)

    def _of(self, topic: TopicId, state: AssignmentState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return _assignment.topic == topic, _assignment.state == state

    def _as_items(self, topic: Topic, at: datetime) -> tuple[Sequence[str], Select[Any]]:
        """What was placed at that moment as agenda items at the end of each agenda."""
        other = AGENDA_ITEM.table.alias()
        last = select(func.max(other.c.position)).where(
            other.c.organization == _assignment.organization, other.c.conversation == _assignment.conversation
        )
        cells: dict[str, ColumnElement[Any]] = {
            "organization": _assignment.organization,
            "id": _assignment.id,
            "conversation": _assignment.conversation,
            "author": literal(topic.author),
            "created_at": literal(at, _item.created_at.type),
            "changed_at": literal(at, _item.changed_at.type),
            "shared_at": literal(at, _item.shared_at.type),
            "visibility": literal(Visibility.shared.value),
            "state": literal(ItemState.open.value),
            "repeat": literal(Repeat.never.value),
            "position": func.coalesce(last.scalar_subquery(), 0) + 1,
            "topic": _assignment.topic,
            "edition": literal(1),
            "version": literal(1),
        }
        placed = (*self._of(topic.id, AssignmentState.placed), _assignment.placed_at == at)
        return tuple(cells), select(*cells.values()).where(self._assignments.ours, *placed)

    @property
    def _dialect(self) -> str:
        return self._scope.connection.dialect.name

    async def _number(self, query: Select[Any]) -> int:
        return int((await self._execute(query)).scalar_one())

    async def _execute(self, statement: Any) -> Any:
        return await self._scope.connection.execute(statement)


def _by_zone(months: Sequence[Mapping[str, date]]) -> CTE:
    """These months in each time zone."""
    columns: list[ColumnElement[Any]] = [column("zone", String)]
    columns += [column(f"month{late}", Date) for late in range(len(months))]
    rows = [(zone, *(each[zone] for each in months)) for zone in months[0]]
    return values(*columns, name="months_given").data(rows).cte("months")


def _due(dues: Sequence[Mapping[str, Due]]) -> CTE:
    """When it is due, by time zone and by how many months late it is."""
    moment = _assignment.due_at.type
    columns = (column("zone", String), column("late", Integer), column("month", Date), column("due_at", moment))
    rows = [(zone, late, due.month, due.at) for late, by_zone in enumerate(dues) for zone, due in by_zone.items()]
    return values(*columns, name="due_given").data(rows).cte("due")
