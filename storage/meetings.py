"""Meetings, planned and held, and what each of the two said of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select

from bot.model.answer import Answer
from bot.model.ids import ConversationId, MeetingId, PersonId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from storage.nouns import ANSWER, MEETING
from storage.rows import Rows, Scope, save

_meeting = MEETING.table.c
_same = MEETING.table.alias("same").c
_MET_AT = func.coalesce(_meeting.begun_at, _meeting.starts_at)
_HELD = (MeetingState.running, MeetingState.ended)
_LATEST_FIRST = (_MET_AT.desc(), _meeting.id.desc())
_EARLIEST_FIRST = (_meeting.starts_at, _meeting.id)


class Meetings:
    def __init__(self, scope: Scope) -> None:
        self._meetings = Rows(scope, MEETING)
        self._answers = Rows(scope, ANSWER)

    async def get(self, meeting: MeetingId) -> Meeting | None:
        return await self._meetings.at(id=meeting)

    async def unless_taken(self, meeting: MeetingId) -> Meeting | None:
        return await self._meetings.unless_taken(_meeting.id == meeting)

    async def add(self, meeting: Meeting) -> bool:
        return await self._meetings.add_unless_there(meeting)

    async def save(self, meeting: Meeting) -> Meeting:
        return await save(self._meetings, meeting)

    async def of(self, conversation: ConversationId) -> Sequence[Meeting]:
        held = _meeting.state.in_(_HELD)
        return await self._meetings.all(_meeting.conversation == conversation, held, by=_LATEST_FIRST)

    async def running(self, conversation: ConversationId) -> Meeting | None:
        return await self._meetings.at(conversation=conversation, state=MeetingState.running)

    async def latest_of(self, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        later = select(func.max(func.coalesce(_same.begun_at, _same.starts_at))).where(
            _same.organization == _meeting.organization,
            _same.conversation == _meeting.conversation,
            _same.state.in_(_HELD),
        )
        is_latest = later.scalar_subquery() == _MET_AT
        found = await self._meetings.among(_meeting.conversation, conversations, _meeting.state.in_(_HELD), is_latest)
        return list({meeting.conversation: meeting for meeting in sorted(found, key=_age)}.values())

    async def upcoming(self, *conversations: ConversationId) -> Sequence[Meeting]:
        scheduled = _meeting.state == MeetingState.scheduled
        return sorted(await self._meetings.among(_meeting.conversation, conversations, scheduled), key=_start)

    async def on(self, series: SeriesId, day: date) -> Meeting | None:
        return await self._meetings.at(series=series, day=day)

    async def in_series(self, series: SeriesId, *, since: date) -> Sequence[Meeting]:
        return await self._meetings.all(_meeting.series == series, _meeting.day >= since, by=_EARLIEST_FIRST)

    async def since(self, at: datetime, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        recent = or_(_meeting.starts_at >= at, _meeting.changed_at >= at)
        return sorted(await self._meetings.among(_meeting.conversation, conversations, recent), key=_start)

    async def answer(self, answer: Answer) -> None:
        await self._answers.add_or_put(answer)

    async def answered(self, meeting: MeetingId, person: PersonId) -> Answer | None:
        return await self._answers.at(meeting=meeting, person=person)


def _age(meeting: Meeting) -> tuple[object, ...]:
    return meeting.met_at, meeting.id


def _start(meeting: Meeting) -> tuple[object, ...]:
    return meeting.starts_at, meeting.id
