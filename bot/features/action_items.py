"""Action items: promises with an owner and a due date (D1, D3, D4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.conversation_page import OpenConversation
from bot.model.action_item import ActionItem
from bot.model.ids import ActionItemId, ConversationId, PersonId
from bot.model.thread import Thread
from bot.paging import paged
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Divider,
    Heading,
    Page,
    Quiet,
    Row,
    Text,
)

handlers = Handlers()

PROMISES_SHOWN = 5


@dataclass(frozen=True)
class NewActionItem(Action):
    """Asks for what, who and until when."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenActionItem(Action):
    """Shows one promise."""

    action_item: ActionItemId


@dataclass(frozen=True)
class FinishActionItem(Action):
    """It is done."""

    action_item: ActionItemId


@dataclass(frozen=True)
class ConversationActions(Action):
    """All promises of one conversation."""

    conversation: ConversationId
    page: int = 0


@dataclass(frozen=True)
class MyActions(Action):
    """All my open promises, over all my conversations."""

    page: int = 0


@handlers.section("action_items")
async def promises_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    still_open = await turn.tx.action_items.open_in(thread.id)
    kept = await turn.tx.action_items.kept(thread.id)
    rows = tuple(promise_row(turn, thread, one) for one in still_open[:PROMISES_SHOWN])
    add = (Button(turn.say("action_items.add"), NewActionItem(thread.id)),) if thread.is_live else ()
    every = Button(turn.say("action_items.all"), ConversationActions(thread.id))
    return (
        Divider(),
        Heading(turn.say("action_items.heading")),
        Quiet(_kept_and_open(turn, thread, still_open, kept)),
        *rows,
        Buttons((*add, every)),
        Divider(),
    )


def _kept_and_open(turn: Turn, thread: Thread, still_open: Sequence[ActionItem], kept: Mapping[PersonId, int]) -> str:
    """Both sides' open and kept promises in one line (D4)."""
    return turn.say(
        "action_items.kept",
        name=thread.other.first_name,
        my_open=sum(one.owner == thread.me.id for one in still_open),
        my_kept=kept.get(thread.me.id, 0),
        their_open=sum(one.owner == thread.other.id for one in still_open),
        their_kept=kept.get(thread.other.id, 0),
    )


def promise_row(turn: Turn, thread: Thread, promise: ActionItem, *, whose: bool = True) -> Row:
    """A promise as a row."""
    opened = Button(turn.say("views.open"), OpenActionItem(promise.id))
    owner = thread.called(promise.owner).first_name
    parts = (owner if whose else turn.say("action_items.to", name=thread.other.first_name), due_words(turn, promise))
    done = (Button(turn.say("action_items.done"), FinishActionItem(promise.id)),)
    mark = "□" if promise.is_open else "✓" if promise.done_at else "–"
    buttons = (*done, opened) if promise.is_open else (opened,)
    return Row(f"{mark} {clip(promise.text)}", " · ".join(part for part in parts if part), buttons)


def due_words(turn: Turn, promise: ActionItem) -> str:
    """When it is due, was due, or was done."""
    if promise.done_at is not None:
        return turn.say("action_items.done_on", at=promise.done_at)
    if promise.carried_at is not None:
        return turn.say("action_items.carried_on", at=promise.carried_at)
    if promise.dropped_at is not None:
        return turn.say("action_items.dropped_on", at=promise.dropped_at)
    if promise.due is None:
        return ""
    late = (turn.today - promise.due).days
    return turn.say("action_items.overdue", days=late) if late > 0 else turn.say("action_items.due", day=promise.due)


@handlers.reads(ConversationActions)
async def conversation_actions(turn: Turn, action: ConversationActions) -> Page:
    thread = await access.thread(turn, action.conversation)
    everything = await turn.tx.action_items.of(thread.id)
    still_open = [promise for promise in everything if promise.is_open]
    promises = paged([*still_open, *(promise for promise in everything if not promise.is_open)], action.page)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("action_items.heading"),
        body=(
            Quiet(_kept_and_open(turn, thread, still_open, await turn.tx.action_items.kept(thread.id))),
            *(tuple(promise_row(turn, thread, one) for one in promises.rows) or (Text(turn.say("action_items.none")),)),
            *promises.turner(turn, lambda number: replace(action, page=number)),
            Buttons((back,)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=action,
    )


@handlers.reads(MyActions)
async def my_actions(turn: Turn, action: MyActions) -> Page:
    promises = paged(await turn.tx.action_items.owned(turn.person.id), action.page)
    rows: tuple[Block, ...] = tuple([await my_promise_row(turn, one) for one in promises.rows])
    return Page(
        title=turn.say("action_items.mine_title"),
        body=(
            *(rows or (Text(turn.say("action_items.none_mine")),)),
            *promises.turner(turn, MyActions),
        ),
        sees=turn.say("views.only_you"),
        address=action,
    )


async def my_promise_row(turn: Turn, promise: ActionItem) -> Row:
    """One of my own promises, with the name of the one it was given to."""
    return promise_row(turn, await access.thread(turn, promise.conversation), promise, whose=False)


@handlers.verb("actions")
async def actions_words(turn: Turn, rest: str) -> Step:
    return Step(MyActions())
