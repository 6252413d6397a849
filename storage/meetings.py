"""Meetings."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from bot.model.ids import ConversationId, MeetingId
from bot.model.meeting import Meeting
from storage.nouns import MEETING
from storage.rows import Rows, Scope, save

_meeting = MEETING.table.c
_same = MEETING.table.alias("same").c
_LATEST_FIRST = (_meeting.starts_at.desc(), _meeting.id.desc())


class Meetings:
    def __init__(self, scope: Scope) -> None:
        self._meetings = Rows(scope, MEETING)

    async def get(self, meeting: MeetingId) -> Meeting | None:
        return await self._meetings.at(id=meeting)

    async def start(self, meeting: Meeting) -> bool:
        return await self._meetings.add_unless_there(meeting)

    async def save(self, meeting: Meeting) -> Meeting:
        return await save(self._meetings, meeting)

    async def of(self, conversation: ConversationId) -> Sequence[Meeting]:
        return await self._meetings.all(_meeting.conversation == conversation, by=_LATEST_FIRST)

    async def latest_of(self, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        later = select(func.max(_same.starts_at)).where(
            _same.organization == _meeting.organization, _same.conversation == _meeting.conversation
        )
        is_latest = _meeting.starts_at == later.scalar_subquery()
        found = await self._meetings.among(_meeting.conversation, conversations, is_latest)
        return list({meeting.conversation: meeting for meeting in sorted(found, key=_age)}.values())


def _age(meeting: Meeting) -> tuple[object, ...]:
    return meeting.starts_at, meeting.id
