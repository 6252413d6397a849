"""Preparing: what is open and promised, three questions worth asking, and the reminder to do so (F1, F2, G4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_items import due_words, promise_row
from bot.features.agenda import NewItem, Prepare, item_row, open_items
from bot.features.asking import AddQuestion, question_rows, remember, suggestions
from bot.features.balance import balance
from bot.features.check_in import check_in_offered, check_in_section
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.reminder_card import about_meeting, both_are_here, reminder_card, sent_about
from bot.features.template_use import template_line
from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Visibility
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId, DeliveryId
from bot.model.meeting import Meeting, MeetingState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.timetable import next_meeting
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Divider, Heading, Page, Quiet, Row, Style, Text

handlers = Handlers()

NAMED_TITLES = 5
SHOWN = 5
LATELY = timedelta(days=7)
"""Who looked at what there is to prepare so long before a meeting is prepared for it."""

JUST_ADDED = timedelta(days=1)
"""Who put something on the agenda so lately has it in mind."""


@dataclass(frozen=True)
class OpenPrepared(Action):
    """Shows it again."""

    conversation: ConversationId


@dataclass(frozen=True)
class ShowPrepare(Action):
    """Shows the reminder to prepare again, where it stands."""

    delivery: DeliveryId


@handlers.writes(Prepare)
async def prepare(turn: Turn, action: Prepare) -> Page:
    thread = await access.live(turn, action.conversation)
    seat = await turn.tx.conversations.seat(thread.id, turn.person.id)
    if seat is not None:
        await turn.tx.conversations.save_seat(replace(seat, prepared_at=turn.now, visited_at=turn.now))
    return await _page(turn, thread)


@handlers.reads(OpenPrepared)
async def open_prepared(turn: Turn, action: OpenPrepared) -> Page:
    thread = await access.live(turn, action.conversation)
    turn.visits.add(thread.id)
    return await _page(turn, thread)


async def _page(turn: Turn, thread: Thread) -> Page:
    items = await open_items(turn, thread)
    promises = await turn.tx.action_items.open_in(thread.id)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("preparing.title", name=thread.other.first_name),
        body=(
            Text(await _when(turn, thread)),
            *await template_line(turn, thread),
            *await check_in_section(turn, thread, 0),
            Heading(turn.say("preparing.worth_asking")),
            *question_rows(turn, thread, await suggestions(turn, thread), items),
            *await balance(turn, thread),
            Divider(),
            Heading(turn.say("agenda.heading")),
            *(await _carried(turn, thread, items)),
            *(
                tuple([await item_row(turn, thread, item) for item in items[:SHOWN]])
                or (Text(turn.say("agenda.none")),)
            ),
            *_more(turn, len(items) - SHOWN),
            Buttons((Button(turn.say("agenda.add"), NewItem(thread.id)),)),
            Divider(),
            Heading(turn.say("action_items.heading")),
            *(
                tuple(promise_row(turn, thread, one) for one in promises[:SHOWN])
                or (Text(turn.say("action_items.none")),)
            ),
            *_more(turn, len(promises) - SHOWN),
            Buttons((back,)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenPrepared(thread.id),
    )


async def _when(turn: Turn, thread: Thread) -> str:
    following = await next_meeting(turn.pen, thread.id)
    if following is None:
        return turn.say("preparing.nothing_planned", name=thread.other.first_name)
    return turn.say("preparing.is_at", name=thread.other.first_name, at=following.starts_at)


async def _carried(turn: Turn, thread: Thread, items: Sequence[AgendaItem]) -> tuple[Block, ...]:
    """How much was left open the last time."""
    held = await turn.tx.meetings.of(thread.id)
    count = sum(item.created_at <= held[0].over_at for item in items) if held else 0
    return (Quiet(turn.say("preparing.carried", count=count)),) if count else ()


def _more(turn: Turn, count: int) -> tuple[Block, ...]:
    return (Quiet(turn.say("views.more", count=count)),) if count > 0 else ()


@handlers.message(DeliveryKind.prepare)
async def remind_to_prepare(turn: Turn, delivery: Delivery) -> Card | None:
    found = await about_meeting(turn, delivery)
    if found is None:
        return None
    thread, meeting = found
    if meeting.state is not MeetingState.scheduled or meeting.starts_at != delivery.expires_at:
        return None
    if await is_prepared(turn, thread, meeting) or await both_are_here(turn, thread):
        return None
    return await _card(turn, delivery, thread, meeting)


async def _card(turn: Turn, delivery: Delivery, thread: Thread, meeting: Meeting) -> Card:
    title = turn.say("preparing.is_at", name=thread.other.first_name, at=meeting.starts_at)
    likely = Buttons(
        (
            Button(turn.say("preparing.prepare"), Prepare(thread.id), Style.primary),
            Button(turn.say("preparing.open_agenda"), OpenConversation(thread.id)),
            *await check_in_offered(turn, thread),
        )
    )
    address = ShowPrepare(delivery.id)
    return reminder_card(turn, delivery, title, *await _before(turn, thread), likely, address=address)


@handlers.reads(ShowPrepare)
async def show_prepare(turn: Turn, action: ShowPrepare) -> Card:
    return await _card(turn, *await sent_about(turn, action.delivery))


async def is_prepared(turn: Turn, thread: Thread, meeting: Meeting) -> bool:
    """Whether the reader has already done for this meeting what they would be reminded of."""
    held = await turn.tx.meetings.of(thread.id)
    since = max([meeting.starts_at - LATELY, *(one.met_at for one in held[:1])])
    seat = await turn.tx.conversations.seat(thread.id, turn.person.id)
    if seat is not None and seat.prepared_at is not None and seat.prepared_at >= since:
        return True
    since = max(since, turn.now - JUST_ADDED)
    items = await turn.tx.agenda.open_in([thread.id])
    return any(_is_own(turn, item) and item.created_at >= since for item in items)


def _is_own(turn: Turn, item: AgendaItem) -> bool:
    return item.author == turn.person.id and item.topic is None


async def _before(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """What is on the agenda, what the reader still owes, and what is worth asking; in discreet mode counts only."""
    items = await open_items(turn, thread)
    promises = [one for one in await turn.tx.action_items.open_in(thread.id) if one.owner == turn.person.id]
    if turn.discreet:
        return (Text(turn.say("preparing.counts", items=len(items), promises=len(promises))),)
    owed = " · ".join(_owed(turn, one) for one in promises[:NAMED_TITLES])
    return (
        Text(_on_the_agenda(turn, items)),
        *((Text(turn.say("preparing.still_open", promises=owed)),) if promises else ()),
        Heading(turn.say("preparing.worth_asking")),
        *question_rows(turn, thread, await suggestions(turn, thread), items),
    )


def _owed(turn: Turn, promise: ActionItem) -> str:
    due = due_words(turn, promise)
    return f"{clip(promise.text, 80)} ({due})" if due else clip(promise.text, 80)


def _on_the_agenda(turn: Turn, items: Sequence[AgendaItem]) -> str:
    """What both may see by name, the rest by number, for the message stays in the chat."""
    if not items:
        return turn.say("agenda.none")
    named = [clip(words_of(turn, item), 80) for item in items if item.visibility is Visibility.shared][:NAMED_TITLES]
    if not named:
        return turn.say("reminders.items", count=len(items))
    rest = [turn.say("views.more", count=len(items) - len(named))] if len(items) > len(named) else []
    return turn.say("preparing.on_the_agenda", items=" · ".join([*named, *rest]))


@handlers.sent(DeliveryKind.prepare)
async def was_reminded_to_prepare(turn: Turn, delivery: Delivery, card: Card) -> None:
    """What was suggested in it does not come again for six meetings."""
    found = await about_meeting(turn, delivery)
    buttons = [button for row in card.body if isinstance(row, Row) for button in row.buttons]
    numbers = [button.action.number for button in buttons if isinstance(button.action, AddQuestion)]
    if found is not None and numbers:
        await remember(turn, found[0], numbers)


@handlers.verb("prepare")
async def prepare_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(Prepare(seated[0].conversation.id) if len(seated) == 1 else MyConversations())
