"""Who cannot be reached: the accounts that the bot may not write to, and what the other participant learns of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import access
from bot.features.accounts import active_accounts, platforms_of
from bot.features.conversation_page import OpenConversation
from bot.features.news import LIFETIME
from bot.model.conversation import Seated
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId, DeliveryId, PersonId
from bot.model.people import Account, Identity
from bot.model.thread import Thread
from bot.ports import Transaction
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Quiet, Text
from bot.week import week_of

handlers = Handlers()

ALIVE = timedelta(days=90)
"""How long ago a conversation may have been touched for the other side to be told."""

_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Loss:
    """The moment at which an account could not be written to, and what makes ids."""

    now: datetime
    new_id: Callable[[], str]


async def lose(tx: Transaction, account: Identity, loss: Loss) -> None:
    """Remembers that an account cannot be written to; who loses their last one that way is missed by the others."""
    if not await tx.people.mark_unreachable(account, since=loss.now):
        return
    if await is_reachable(tx, account.person):
        return
    for seated in await tx.conversations.seated(account.person):
        if _is_alive(seated, loss.now):
            await tx.deliveries.plan(await _told(tx, seated, loss))


async def is_reachable(tx: Transaction, person: PersonId) -> bool:
    """Whether the bot may write to at least one of their accounts, as far as it knows."""
    accounts = await active_accounts(tx, person)
    return not accounts or any(one.unreachable_since is None for one in accounts)


def _is_alive(seated: Seated, now: datetime) -> bool:
    """Whether anything has happened there of late."""
    return seated.conversation.changed_at >= now - ALIVE


async def _told(tx: Transaction, seated: Seated, loss: Loss) -> Delivery:
    """One message for each conversation and each time that it begins."""
    [reader] = await tx.people.many([seated.other_id])
    due = (await week_of(tx, reader)).next_moment(loss.now)
    return Delivery(
        id=DeliveryId(loss.new_id()),
        organization=reader.organization,
        recipient=reader.id,
        kind=DeliveryKind.unreachable,
        subject=seated.conversation.id,
        offset=int(loss.now.timestamp()) // _MINUTE,
        planned_at=loss.now,
        due_at=due,
        expires_at=due + LIFETIME,
    )


async def find_again(tx: Transaction, account: Account, person: PersonId) -> None:
    """The account can be written to once more, and gets what has waited for that."""
    await tx.people.mark_reachable(account.workspace, account.external_id)
    await tx.deliveries.release(person)


@handlers.section("reach")
async def reach_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    line = await _line(turn, thread) if thread.is_live else None
    return () if line is None else (Quiet(line),)


@handlers.message(DeliveryKind.unreachable)
async def unreachable(turn: Turn, delivery: Delivery) -> Card | None:
    thread = await access.thread(turn, ConversationId(delivery.subject))
    line = await _line(turn, thread)
    if line is None or not await _is_in_sight(turn, thread):
        return None
    return Card(
        title=turn.say("reaching.title", name=thread.other.first_name),
        body=(Text(line), Buttons((Button(turn.say("views.open"), OpenConversation(thread.id)),))),
        summary=turn.say("reaching.summary"),
    )


async def _is_in_sight(turn: Turn, thread: Thread) -> bool:
    """Whether the reader still has the conversation among theirs."""
    seat = await turn.tx.conversations.seat(thread.id, turn.person.id)
    return thread.is_live and seat is not None and seat.archived_at is None


async def _line(turn: Turn, thread: Thread) -> str | None:
    """That the other one cannot be written to, and where, or not yet; None while they can."""
    if not await turn.tx.people.identities(thread.other.id):
        return turn.say("reaching.to_come", name=thread.other.first_name)
    if await is_reachable(turn.tx, thread.other.id):
        return None
    platforms = await platforms_of(turn, await active_accounts(turn.tx, thread.other.id))
    return turn.say("reaching.lost", name=thread.other.first_name, places=turn.voice.listed(platforms))
