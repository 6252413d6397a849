"""Conversations and the seats of their participants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, select

from bot.model.conversation import Conversation, Seat, Seated
from bot.model.ids import ConversationId, PersonId
from storage.nouns import CONVERSATION, PERSON, SEAT
from storage.rows import Rows, Scope, save

_conversation = CONVERSATION.table.c
_seat = SEAT.table.c
_person = PERSON.table.c
_CONVERSATION_ENDS = len(CONVERSATION.columns)
_SEAT_ENDS = _CONVERSATION_ENDS + len(SEAT.columns)


class Conversations:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._conversations = Rows(scope, CONVERSATION)
        self._seats = Rows(scope, SEAT)

    async def get(self, conversation: ConversationId) -> Conversation | None:
        return await self._conversations.one(_conversation.id == conversation)

    async def of_pair(self, one: PersonId, other: PersonId) -> Conversation | None:
        first, second = sorted((one, other))
        return await self._conversations.one(_conversation.first == first, _conversation.second == second)

    async def start(self, conversation: Conversation) -> bool:
        if not await self._conversations.add_unless_there(conversation):
            return False
        for person in (conversation.first, conversation.second):
            await self._seats.add(_empty_seat(conversation, person))
        return True

    async def save(self, conversation: Conversation) -> Conversation:
        return await save(self._conversations, conversation)

    async def touch(self, conversation: ConversationId, at: datetime) -> None:
        await self._conversations.change(
            {"changed_at": at}, _conversation.id == conversation, _conversation.changed_at < at
        )

    async def seated(self, person: PersonId) -> Sequence[Seated]:
        other = case((_conversation.first == person, _conversation.second), else_=_conversation.first)
        query = (
            select(*CONVERSATION.columns, *SEAT.columns, _person.id, _person.name, _person.active)
            .join_from(SEAT.table, CONVERSATION.table, _of_conversation())
            .join(PERSON.table, and_(_person.organization == _seat.organization, _person.id == other))
            .where(self._seats.ours, _seat.person == person)
            .order_by(_conversation.changed_at.desc(), _conversation.id)
        )
        return [self._seated(tuple(row)) for row in await self._scope.connection.execute(query)]

    async def seat(self, conversation: ConversationId, person: PersonId) -> Seat | None:
        return await self._seats.one(_seat.conversation == conversation, _seat.person == person)

    async def save_seat(self, seat: Seat) -> None:
        await self._seats.put(seat)

    def _seated(self, row: tuple[Any, ...]) -> Seated:
        other_id, name, active = row[_SEAT_ENDS:]
        return Seated(
            conversation=self._conversations.value(row[:_CONVERSATION_ENDS]),
            seat=self._seats.value(row[_CONVERSATION_ENDS:_SEAT_ENDS]),
            other_id=PersonId(other_id),
            other_name=name,
            other_active=active,
        )


def _of_conversation() -> Any:
    return and_(_conversation.organization == _seat.organization, _conversation.id == _seat.conversation)


def _empty_seat(conversation: Conversation, person: PersonId) -> Seat:
    return Seat(conversation=conversation.id, person=person, organization=conversation.organization)
