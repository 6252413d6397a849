"""One conversation on one page. Features put their sections on it; the page knows their names and order only."""

from dataclasses import dataclass
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.features.roles import relationship_of
from bot.model.ids import ConversationId, PersonId
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Page, Quiet, Text

handlers = Handlers()

SECTIONS = (
    "handover",
    "reach",
    "schedule",
    "template",
    "meeting",
    "check_in",
    "agenda",
    "balance",
    "action_items",
    "notes",
    "growth",
    "history",
    "foot",
)


@dataclass(frozen=True)
class OpenConversation(Action):
    """Shows a conversation; ``page`` turns its agenda."""

    conversation: ConversationId
    page: int = 0


@dataclass(frozen=True)
class StartConversation(Action):
    """Asks with whom, and what the other one is."""

    person: PersonId | None = None


@handlers.reads(OpenConversation)
async def open_conversation(turn: Turn, action: OpenConversation) -> Page:
    thread = await access.thread(turn, action.conversation)
    turn.visits.add(thread.id)
    return await conversation_page(turn, thread, page=action.page)


async def conversation_page(turn: Turn, thread: Thread, *, page: int = 0) -> Page:
    """Agenda, action items and notes of one conversation, as this person may see them."""
    body = list(_head(turn, thread))
    for name in SECTIONS:
        if name in turn.sections:
            body.extend(await turn.sections[name](turn, thread, page))
    return Page(
        title=turn.say("conversation.title", one=thread.me.first_name, other=thread.other.first_name),
        body=tuple(body),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenConversation(thread.id, page),
    )


def _head(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    facts = turn.say("conversation.other", name=thread.other.name, role=relationship_of(turn, thread))
    if thread.conversation.declined_at is not None:
        return (Quiet(facts), Text(turn.say("conversation.declined")))
    if not thread.other.active:
        return (Quiet(facts), Text(turn.say("conversation.left", name=thread.other.first_name)))
    if thread.conversation.rests_since is not None:
        return (Quiet(facts), Text(_was(turn, thread, thread.conversation.rests_since)))
    return (Quiet(facts),)


def _was(turn: Turn, thread: Thread, until: datetime) -> str:
    """Who reported to whom, and what becomes of their 1-on-1."""
    was = "manager" if thread.conversation.senior == thread.other.id else "report"
    return turn.say(f"conversation.was_{was}", name=thread.other.first_name, until=turn.day_of(until))
