"""What was discussed, by date, with that day's notes (B2)."""

from dataclasses import dataclass
from datetime import date, datetime

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.agenda import OpenItem, ReopenItem
from bot.features.closing import became, is_taken_back
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.meeting_page import OpenMeeting
from bot.features.notes import OpenNote, note_facts
from bot.features.topic_said import author_of
from bot.model.agenda import AgendaItem, ItemState
from bot.model.ids import ConversationId
from bot.model.meeting import Meeting
from bot.model.note import Note
from bot.model.thread import Thread
from bot.paging import paged
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Heading, Page, Row, Text

handlers = Handlers()


@dataclass(frozen=True)
class OpenHistory(Action):
    """Turns the pages of the past."""

    conversation: ConversationId
    page: int = 0


@dataclass(frozen=True)
class Past:
    """One thing that happened at a moment."""

    at: datetime
    what: AgendaItem | Note | Meeting


@handlers.section("history")
async def history_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    return (Buttons((Button(turn.say("history.open"), OpenHistory(thread.id)),)),)


@handlers.reads(OpenHistory)
async def open_history(turn: Turn, action: OpenHistory) -> Page:
    thread = await access.thread(turn, action.conversation)
    page = paged(await _past(turn, thread), action.page)
    body: list[Block] = []
    day: date | None = None
    for past in page.rows:
        if (current := turn.day_of(past.at)) != day:
            day = current
            body.append(Heading(turn.say("history.day", day=day)))
        body.append(await _row(turn, thread, past))
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("history.title"),
        body=(
            *(body or (Text(turn.say("history.none")),)),
            *page.turner(turn, lambda number: OpenHistory(thread.id, number)),
            Buttons((back,)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=action,
    )


async def _past(turn: Turn, thread: Thread) -> list[Past]:
    items = [
        Past(item.closed_at, item)
        for item in await turn.tx.agenda.of(thread.id)
        if item.closed_at is not None and item.seen_by(turn.person.id)
    ]
    notes = [Past(n.created_at, n) for n in await turn.tx.notes.of(thread.id) if n.seen_by(turn.person.id)]
    meetings = [Past(meeting.met_at, meeting) for meeting in await turn.tx.meetings.of(thread.id)]
    return sorted([*items, *notes, *meetings], key=lambda past: past.at, reverse=True)


async def _row(turn: Turn, thread: Thread, past: Past) -> Block:
    match past.what:
        case AgendaItem() as item:
            return await _item(turn, thread, item)
        case Note() as note:
            kind = "private" if note.private else "shared"
            facts = f"{turn.say(f'history.note_{kind}')} · {note_facts(turn, thread, note)}"
            return Row(clip(note.text), facts, (Button(turn.say("views.open"), OpenNote(note.id)),))
        case Meeting() as meeting:
            said = turn.say("history.met", at=meeting.met_at)
            return Row(said, "", (Button(turn.say("views.open"), OpenMeeting(meeting.id)),))


async def _item(turn: Turn, thread: Thread, item: AgendaItem) -> Row:
    opened = Button(turn.say("views.open"), OpenItem(item.id))
    can_reopen = thread.is_live and not is_taken_back(item)
    reopen = (Button(turn.say("item.reopen"), ReopenItem(item.id)),) if can_reopen else ()
    mark = "✓" if item.state is ItemState.discussed else "–"
    facts = turn.say(f"history.{became(item)}", name=await author_of(turn, thread, item))
    detail = f"{facts} · {turn.say(f'agenda.seen.{item.visibility.value}')}" if item.is_hidden else facts
    return Row(f"{mark} {clip(words_of(turn, item))}", detail, (*reopen, opened))
