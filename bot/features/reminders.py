"""The reminders of a meeting: its agenda, wrapping up, the summary, clocks that change, and drifting apart (G3, G4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import Action
from bot.clip import clip
from bot.features.action_items import due_words
from bot.features.agenda import Prepare, open_items
from bot.features.arrangements import in_sight
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.meeting_page import OpenMeeting, WrapUp, meaningful_buttons
from bot.features.one_more import AskMeeting
from bot.features.reminder_card import about_meeting, both_are_here, is_muted, reminder_card, sent_about
from bot.features.schedule_page import PauseSeries
from bot.features.wrapping_up import NotMet
from bot.model.agenda import AgendaItem, ItemState, Visibility
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId, DeliveryId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import SeriesState
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.reminding import A_DAY, last_together, shifts_for, usual_time
from bot.timetable import next_meeting
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Row, Style, Text

handlers = Handlers()

NAMED = 8


@dataclass(frozen=True)
class ShowSummary(Action):
    """Shows the summary again, where it stands."""

    delivery: DeliveryId


@handlers.message(DeliveryKind.agenda)
async def remind_of_agenda(turn: Turn, delivery: Delivery) -> Card | None:
    found = await about_meeting(turn, delivery)
    if found is None:
        return None
    thread, meeting = found
    if meeting.state is not MeetingState.scheduled or meeting.starts_at != delivery.expires_at:
        return None
    if await both_are_here(turn, thread):
        return None
    title = turn.say("reminders.agenda", name=thread.other.first_name, at=meeting.starts_at)
    return reminder_card(turn, delivery, title, *await _agenda(turn, thread))


async def _agenda(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """What is on it; where that is nothing, the way to a good question."""
    items = await open_items(turn, thread)
    if not items:
        prepare = Button(turn.say("preparing.prepare"), Prepare(thread.id), Style.primary)
        return (Text(turn.say("reminders.items", count=0)), Buttons((prepare,)))
    opened = Button(turn.say("preparing.open_agenda"), OpenConversation(thread.id), Style.primary)
    return (*_named_or_counted(turn, items), Buttons((opened,)))


def _named_or_counted(turn: Turn, items: Sequence[AgendaItem]) -> tuple[Block, ...]:
    """What both may see by name, the rest by number, for the message stays in the chat; if discreet, all by number."""
    shared = [item for item in items if item.visibility is Visibility.shared]
    if turn.discreet or not shared:
        return (Text(turn.say("reminders.items", count=len(items))),)
    rows = tuple(Row(f"○ {clip(words_of(turn, item))}", "") for item in shared[:NAMED])
    more = (Text(turn.say("views.more", count=len(items) - len(rows))),) if len(items) > len(rows) else ()
    return (*rows, *more)


@handlers.message(DeliveryKind.wrap_up)
async def remind_to_wrap_up(turn: Turn, delivery: Delivery) -> Card | None:
    found = await about_meeting(turn, delivery)
    if found is None:
        return None
    thread, meeting = found
    if not meeting.is_held or meeting.ended_by is not None:
        return None
    wrap_up = Button(turn.say("meetings.wrap_up"), WrapUp(meeting.id), Style.primary)
    not_met = Button(turn.say("meetings.not_met"), NotMet(meeting.id))
    title = turn.say("reminders.wrap_up", name=thread.other.first_name)
    return reminder_card(turn, delivery, title, Text(turn.say("reminders.wrap_up_why")), Buttons((wrap_up, not_met)))


@handlers.message(DeliveryKind.summary)
async def summary(turn: Turn, delivery: Delivery) -> Card | None:
    found = await about_meeting(turn, delivery)
    if found is None:
        return None
    thread, meeting = found
    came = await _came_of(turn, thread, meeting) if meeting.is_held else ()
    return await _summary_card(turn, delivery, thread, meeting, came) if came else None


@handlers.reads(ShowSummary)
async def show_summary(turn: Turn, action: ShowSummary) -> Card:
    delivery, thread, meeting = await sent_about(turn, action.delivery)
    return await _summary_card(turn, delivery, thread, meeting, await _came_of(turn, thread, meeting))


async def _summary_card(
    turn: Turn, delivery: Delivery, thread: Thread, meeting: Meeting, came: tuple[Block, ...]
) -> Card:
    opened = Button(turn.say("views.open"), OpenMeeting(meeting.id), Style.primary)
    answered = await turn.tx.meetings.answered(meeting.id, turn.person.id)
    asked: tuple[Block, ...] = () if answered else meaningful_buttons(turn, meeting)
    title = turn.say("reminders.summary", name=thread.other.first_name)
    address = ShowSummary(delivery.id)
    return reminder_card(turn, delivery, title, *came, Buttons((opened,)), *asked, address=address)


async def _came_of(turn: Turn, thread: Thread, meeting: Meeting) -> tuple[Block, ...]:
    """What was discussed and promised in the meeting, and how many notes there are; nothing where there is nothing."""
    items = [one for one in await turn.tx.agenda.of(thread.id) if _was_discussed(one, meeting)]
    promises = [one for one in await turn.tx.action_items.of(thread.id) if one.meeting == meeting.id]
    notes = sum(n.meeting == meeting.id and not n.private for n in await turn.tx.notes.of(thread.id))
    if not items and not promises and not notes:
        return ()
    if turn.discreet:
        return (Text(turn.say("reminders.counts", items=len(items), promises=len(promises), notes=notes)),)
    return (
        *((Text(turn.say("reminders.discussed", items=_titles(turn, items))),) if items else ()),
        *(
            Row(
                f"□ {clip(one.text)}",
                " · ".join(filter(None, (thread.called(one.owner).first_name, due_words(turn, one)))),
            )
            for one in promises[:NAMED]
        ),
        *((Text(turn.say("reminders.notes", count=notes)),) if notes else ()),
    )


def _was_discussed(item: AgendaItem, meeting: Meeting) -> bool:
    is_shared = item.visibility is Visibility.shared
    return item.meeting == meeting.id and item.state is ItemState.discussed and is_shared


def _titles(turn: Turn, items: Sequence[AgendaItem]) -> str:
    named = [clip(words_of(turn, item), 80) for item in items[:NAMED]]
    rest = [turn.say("views.more", count=len(items) - NAMED)] if len(items) > NAMED else []
    return " · ".join([*named, *rest])


@handlers.message(DeliveryKind.shift)
async def clocks_change(turn: Turn, delivery: Delivery) -> Card | None:
    found = await about_meeting(turn, delivery)
    if found is None:
        return None
    thread, meeting = found
    series = await turn.tx.series.get(meeting.series) if meeting.series else None
    if series is None or meeting.state is not MeetingState.scheduled or meeting.starts_at != delivery.expires_at:
        return None
    usual = usual_time(series, meeting, turn.person.zone)
    if usual is None or not shifts_for(series, meeting, turn.person.zone):
        return None
    facts = {"name": thread.other.first_name, "at": meeting.starts_at, "usual": f"{usual[0]:02d}:{usual[1]:02d}"}
    opened = Button(turn.say("views.open"), OpenConversation(thread.id), Style.primary)
    return reminder_card(
        turn,
        delivery,
        turn.say("reminders.shift_title", name=thread.other.first_name),
        Text(turn.say("reminders.shift", **facts)),
        Buttons((opened,)),
    )


@handlers.message(DeliveryKind.drifting)
async def drifting(turn: Turn, delivery: Delivery) -> Card | None:
    thread = await in_sight(turn, ConversationId(delivery.subject))
    if thread is None or await is_muted(turn, delivery.kind) or await both_are_here(turn, thread):
        return None
    series = await turn.tx.series.of(thread.id)
    if series is None or series.state is not SeriesState.active:
        return None
    last = await last_together(turn.pen, series)
    following = await next_meeting(turn.pen, thread.id)
    is_soon = following is not None and following.starts_at - turn.now < A_DAY
    if turn.now < last + 2 * series.rhythm.period or is_soon:
        return None
    find = Button(turn.say("reminders.find_a_time"), AskMeeting(thread.id), Style.primary)
    rest = Button(turn.say("schedule.pause"), PauseSeries(series.id))
    weeks = (turn.now - last).days // 7
    title = turn.say("reminders.drifting_title", name=thread.other.first_name)
    said = turn.say("reminders.drifting", name=thread.other.first_name, weeks=weeks)
    return reminder_card(turn, delivery, title, Text(said), Buttons((find, rest)))
