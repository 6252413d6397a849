"""Conversations and the seats of their participants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, select, update

from bot.model.conversation import Conversation, Seat, Seated
from bot.model.ids import ConversationId, PersonId
from storage.nouns import CONVERSATION, PERSON, SEAT
from storage.rows import Rows, Scope, save

_conversation = CONVERSATION.table.c
_seat = SEAT.table.c
_person = PERSON.table.c
_TOUCHED = (
    update(CONVERSATION.table)
    .where(_conversation.organization == bindparam("of"), _conversation.id == bindparam("which"))
    .where(_conversation.changed_at < bindparam("at"))
    .values(changed_at=bindparam("at"))
)
_VISITED = (
    update(SEAT.table)
    .where(_seat.organization == bindparam("of"), _seat.conversation == bindparam("which"))
    .where(_seat.person == bindparam("who"))
    .values(visited_at=bindparam("at"))
)
_THE_OTHER = case((_conversation.first == bindparam("person"), _conversation.second), else_=_conversation.first)
_SEATED = (
    select(*CONVERSATION.columns, *SEAT.columns, _person.id, _person.name, _person.active)
    .join_from(
        SEAT.table,
        CONVERSATION.table,
        and_(_conversation.organization == _seat.organization, _conversation.id == _seat.conversation),
    )
    .join(PERSON.table, and_(_person.organization == _seat.organization, _person.id == _THE_OTHER))
    .where(_seat.organization == bindparam("organization"), _seat.person == bindparam("person"))
    .order_by(_conversation.changed_at.desc(), _conversation.id)
)
_CONVERSATION_ENDS = len(CONVERSATION.columns)
_SEAT_ENDS = _CONVERSATION_ENDS + len(SEAT.columns)


class Conversations:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._conversations = Rows(scope, CONVERSATION)
        self._seats = Rows(scope, SEAT)

    async def get(self, conversation: ConversationId) -> Conversation | None:
        return await self._conversations.at(id=conversation)

    async def of_pair(self, one: PersonId, other: PersonId) -> Conversation | None:
        first, second = sorted((one, other))
        return await self._conversations.at(first=first, second=second)

    async def start(self, conversation: Conversation) -> bool:
        if not await self._conversations.add_unless_there(conversation):
            return False
        for person in (conversation.first, conversation.second):
            await self._seats.add(_empty_seat(conversation, person))
        return True

    async def save(self, conversation: Conversation) -> Conversation:
        return await save(self._conversations, conversation)

    async def touch(self, conversation: ConversationId, at: datetime) -> None:
        self._conversations.forget()
        given = {"of": self._scope.organization, "which": conversation, "at": at}
        await self._scope.connection.execute(_TOUCHED, given)

    async def seated(self, person: PersonId) -> Sequence[Seated]:
        given = {"organization": self._scope.organization, "person": person}
        return [self._seated(tuple(row)) for row in await self._scope.connection.execute(_SEATED, given)]

    async def seat(self, conversation: ConversationId, person: PersonId) -> Seat | None:
        return await self._seats.at(conversation=conversation, person=person)

    async def save_seat(self, seat: Seat) -> None:
        await self._seats.put(seat)

    async def visit(self, conversation: ConversationId, person: PersonId, at: datetime) -> None:
        self._seats.forget()
        given = {"of": self._scope.organization, "which": conversation, "who": person, "at": at}
        await self._scope.connection.execute(_VISITED, given)

    def _seated(self, row: tuple[Any, ...]) -> Seated:
        other_id, name, active = row[_SEAT_ENDS:]
        return Seated(
            conversation=self._conversations.value(row[:_CONVERSATION_ENDS]),
            seat=self._seats.value(row[_CONVERSATION_ENDS:_SEAT_ENDS]),
            other_id=PersonId(other_id),
            other_name=name,
            other_active=active,
        )


def _empty_seat(conversation: Conversation, person: PersonId) -> Seat:
    return Seat(conversation=conversation.id, person=person, organization=conversation.organization)
