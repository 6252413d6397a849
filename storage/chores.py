"""What the clock has to do about topics, over all organizations, in one quick question."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, literal, or_, select, union_all

from bot.model.topic import AssignmentState, Chore, TopicState
from storage.audiences import live
from storage.nouns import ASSIGNMENT, CONVERSATION, TALLY, TOPIC

_topic = TOPIC.table.c
_assignment = ASSIGNMENT.table.c
_tally = TALLY.table.c
_conversation = CONVERSATION.table.c

JOINERS_EVERY = timedelta(hours=1)
"""So often it is looked for who matches later."""

FIRST_ZONE, LAST_ZONE = timedelta(hours=14), timedelta(hours=12)
"""So long before UTC a day begins in the first time zone, and so long after it in the last."""

TOLD_FOR = timedelta(days=183)
"""For so long after a round its numbers are kept up to date."""


def chores(now: datetime, week: date) -> CompoundSelect[Any]:
    """Chore, organization and topic of each."""
    return union_all(_to_settle(now), _to_place(now), _to_clear(), _to_tally(now, week))


def _found(chore: Chore) -> Select[Any]:
    return select(literal(chore.value), _topic.organization, _topic.id)


def _to_settle(now: datetime) -> Select[Any]:
    joins = and_(
        _topic.joiners_until >= (now - LAST_ZONE).date(),
        _topic.looked_at <= now - JOINERS_EVERY,
    )
    again = _topic.next_on <= (now + FIRST_ZONE).date()
    return _found(Chore.settle).where(
        _topic.state == TopicState.assigned, or_(_topic.looked_at.is_(None), joins, again)
    )


def _to_place(now: datetime) -> Select[Any]:
    """Who cannot write now gets it once they can."""
    able = live(None, _conversation.id).where(
        _conversation.organization == _assignment.organization, _conversation.id == _assignment.conversation
    )
    waits = select(_assignment.id).where(
        _assignment.organization == _topic.organization,
        _assignment.topic == _topic.id,
        _assignment.state == AssignmentState.waiting,
        _assignment.due_at <= now,
        able.correlate(ASSIGNMENT.table).exists(),
    )
    return _found(Chore.place).where(_topic.state == TopicState.assigned, waits.correlate(TOPIC.table).exists())


def _to_clear() -> Select[Any]:
    return _found(Chore.clear).where(_topic.state == TopicState.recalled, _topic.looked_at.is_(None))


def _to_tally(now: datetime, week: date) -> Select[Any]:
    told = select(_tally.topic).where(
        _tally.organization == _topic.organization, _tally.topic == _topic.id, _tally.week == week
    )
    lately = _topic.looked_at > now - TOLD_FOR
    return _found(Chore.tally).where(_topic.state == TopicState.assigned, lately, ~told.exists())
