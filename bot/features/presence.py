"""Who was here when: what keeps news from those who have already seen it (A8)."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.ids import ConversationId, PersonId
from bot.ports import Transaction


async def visit(tx: Transaction, person: PersonId, conversations: Iterable[ConversationId], now: datetime) -> None:
    """Remembers that this person has these conversations before them now."""
    for conversation in conversations:
        await tx.conversations.visit(conversation, person, now)
