"""Who was here when: what keeps news from those who have already seen it (A8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.model.ids import ConversationId, PersonId
from bot.ports import Transaction


async def visit(tx: Transaction, person: PersonId, conversations: Iterable[ConversationId], now: datetime) -> None:
    """Remembers that this person has these conversations before them now."""
    for conversation in conversations:
        seat = await tx.conversations.seat(conversation, person)
        if seat is not None:
            await tx.conversations.save_seat(replace(seat, visited_at=now))
