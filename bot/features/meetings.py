"""Meeting: starting one shows what was kept for the day, wrapping up settles what comes of it (G9)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_item_page import due_field, entered_due, entered_owner, owner_field, promise_made
from bot.features.action_items import promise_row
from bot.features.agenda import is_resting, open_items
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.conversation_page import OpenConversation, conversation_page
from bot.features.discussing import close_item
from bot.features.news import changed
from bot.features.notes import keep_note, note_facts
from bot.model.agenda import AgendaItem, ItemState, Visibility
from bot.model.conversation import Seated
from bot.model.ids import ConversationId, MeetingId
from bot.model.meeting import Meeting
from bot.model.note import NOTE_LIMIT
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Divider,
    Field,
    Form,
    Heading,
    Option,
    Page,
    Quiet,
    Quote,
    Row,
    Style,
    Text,
    TextField,
    TicksField,
    filled,
)

handlers = Handlers()

TICKS = 10
TICK_FIELDS = 3
PROMISES_AT_A_TIME = 3


@dataclass(frozen=True)
class StartMeeting(Action):
    """The two meet now."""

    conversation: ConversationId


@dataclass(frozen=True)
class WrapUp(Action):
    """Asks what was discussed and what comes of it; ``promises`` is how many action items can be entered."""

    meeting: MeetingId
    promises: int = 1


@dataclass(frozen=True)
class EndMeeting(Action):
    """Keeps the answers, and ends the meeting."""

    meeting: MeetingId
    promises: int = 1


@dataclass(frozen=True)
class OpenMeeting(Action):
    """Shows what came of a meeting."""

    meeting: MeetingId


@handlers.section("meeting")
async def meeting_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    meetings = await turn.tx.meetings.of(thread.id)
    running = next((meeting for meeting in meetings if meeting.ended_at is None), None)
    if not thread.is_live:
        return ()
    if running is not None:
        wrap_up = Button(turn.say("meetings.wrap_up"), WrapUp(running.id), Style.primary)
        return (Text(turn.say("meetings.now", since=running.starts_at)), Buttons((wrap_up,)))
    talked = turn.say("meetings.talked", at=meetings[0].starts_at) if meetings else turn.say("meetings.never")
    return (Text(talked), Buttons((Button(turn.say("meetings.meet"), StartMeeting(thread.id)),)))


@handlers.writes(StartMeeting)
async def start_meeting(turn: Turn, action: StartMeeting) -> Page:
    thread = await access.live(turn, action.conversation)
    meeting = Meeting(
        id=MeetingId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        started_by=turn.person.id,
        starts_at=turn.now,
    )
    if await turn.tx.meetings.start(meeting):
        await _reveal(turn, thread)
        await changed(turn, thread, tell=True)
    return await conversation_page(turn, thread)


async def _reveal(turn: Turn, thread: Thread) -> None:
    """What either side kept for the day is on the table now."""
    for item in await turn.tx.agenda.open_in([thread.id]):
        if item.visibility is Visibility.on_the_day and not is_resting(turn, item):
            await turn.tx.agenda.save(replace(item, visibility=Visibility.shared, shared_at=turn.now))


@handlers.reads(WrapUp)
async def wrap_up(turn: Turn, action: WrapUp) -> Form:
    thread, meeting = await access.meeting(turn, action.meeting)
    rows = min(max(action.promises, 1), PROMISES_AT_A_TIME)
    form = Form(
        title=turn.say("meetings.wrap_up_title"),
        body=(
            *_discussed_fields(turn, await open_items(turn, thread)),
            TextField("note", turn.say("meetings.note"), many_lines=True, most=NOTE_LIMIT, required=False),
            *(field for row in range(rows) for field in _promise_fields(turn, thread, row)),
            *_another(turn, meeting, rows),
        ),
        submit=EndMeeting(meeting.id, rows),
        submit_label=turn.say("meetings.wrap_up"),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=WrapUp(meeting.id, rows),
    )
    return filled(form, turn.entered.values, {})


def _discussed_fields(turn: Turn, items: Sequence[AgendaItem]) -> tuple[Field | Block, ...]:
    """Ten ticks a field; what is not ticked carries over by itself."""
    if not items:
        return (Text(turn.say("meetings.nothing_open")),)
    offered = items[: TICKS * TICK_FIELDS]
    parts = [offered[start : start + TICKS] for start in range(0, len(offered), TICKS)]
    fields = tuple(
        TicksField(
            f"discussed{number}",
            turn.say("meetings.discussed" if number == 0 else "meetings.discussed_more"),
            tuple(Option(item.id, clip(item.text, 70)) for item in part),
            hint=turn.say("meetings.carries_over") if number == len(parts) - 1 else "",
        )
        for number, part in enumerate(parts)
    )
    left = len(items) - len(offered)
    return (*fields, Quiet(turn.say("meetings.not_offered", count=left))) if left else fields


def _promise_fields(turn: Turn, thread: Thread, row: int) -> tuple[Field, ...]:
    text = TextField(
        f"promise{row}",
        turn.say("meetings.promise", number=row + 1),
        required=False,
        placeholder=turn.say("action_items.example"),
    )
    owner = owner_field(turn, thread, turn.person.id, name=f"owner{row}")
    return (text, owner, due_field(turn, "", name=f"due{row}"))


def _another(turn: Turn, meeting: Meeting, rows: int) -> tuple[Block, ...]:
    if rows == PROMISES_AT_A_TIME:
        return (Quiet(turn.say("meetings.more_later")),)
    return (Buttons((Button(turn.say("meetings.another"), WrapUp(meeting.id, rows + 1)),)),)


@handlers.writes(EndMeeting, form=WrapUp)
async def end_meeting(turn: Turn, action: EndMeeting) -> Page:
    """Also takes what the second of two people enters who wrap up at the same time."""
    thread, meeting = await access.meeting(turn, action.meeting)
    await access.live(turn, thread.id)
    note = turn.entered.text_or_none("note", most=NOTE_LIMIT)
    for row in range(min(action.promises, PROMISES_AT_A_TIME)):
        await _promise(turn, thread, meeting, row)
    await _discuss(turn, thread, meeting)
    if note is not None:
        await keep_note(turn, thread, note, private=False, meeting=meeting.id)
    if meeting.ended_at is None:
        meeting = await turn.tx.meetings.save(replace(meeting, ended_at=turn.now, ended_by=turn.person.id))
    await changed(turn, thread, tell=True)
    return await meeting_page(turn, thread, meeting)


async def _discuss(turn: Turn, thread: Thread, meeting: Meeting) -> None:
    ticked = {tick for number in range(TICK_FIELDS) for tick in turn.entered.ticks(f"discussed{number}")}
    for item in await open_items(turn, thread):
        if item.id in ticked:
            await close_item(turn, item, ItemState.discussed, meeting.id)


async def _promise(turn: Turn, thread: Thread, meeting: Meeting, row: int) -> None:
    text = turn.entered.text_or_none(f"promise{row}")
    if text is None:
        return
    owner = entered_owner(turn, thread, name=f"owner{row}")
    due = entered_due(turn, name=f"due{row}")
    await promise_made(turn, thread, text, owner=owner, due=due, meeting=meeting.id)


@handlers.reads(OpenMeeting)
async def open_meeting(turn: Turn, action: OpenMeeting) -> Page:
    thread, meeting = await access.meeting(turn, action.meeting)
    return await meeting_page(turn, thread, meeting)


async def meeting_page(turn: Turn, thread: Thread, meeting: Meeting) -> Page:
    """What was discussed, noted and promised in one meeting, and how much carries over."""
    items = [one for one in await turn.tx.agenda.of(thread.id) if one.seen_by(turn.person.id)]
    discussed = [one for one in items if one.meeting == meeting.id and one.state is ItemState.discussed]
    notes = [
        one for one in await turn.tx.notes.of(thread.id) if one.meeting == meeting.id and one.seen_by(turn.person.id)
    ]
    promises = [one for one in await turn.tx.action_items.of(thread.id) if one.meeting == meeting.id]
    carried = sum(_carries_over(turn, one, meeting.ended_at or turn.now) for one in items)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("meetings.title"),
        body=(
            Quiet(turn.say("meetings.when", at=meeting.starts_at, name=thread.other.first_name)),
            Heading(turn.say("meetings.discussed_heading")),
            *(tuple(Row(f"✓ {clip(one.text)}", "") for one in discussed[:20]) or (Text(turn.say("meetings.nothing")),)),
            *_more(turn, len(discussed) - 20),
            Text(turn.say("meetings.carried", count=carried)),
            Divider(),
            Heading(turn.say("action_items.heading")),
            *(
                tuple(promise_row(turn, thread, one) for one in promises[:10])
                or (Text(turn.say("meetings.no_promises")),)
            ),
            *_more(turn, len(promises) - 10),
            Divider(),
            Heading(turn.say("notes.heading")),
            *(tuple(Quote(one.text, note_facts(turn, thread, one)) for one in notes[:10]) or _no_notes(turn)),
            *_more(turn, len(notes) - 10),
            Buttons((back,)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenMeeting(meeting.id),
    )


def _carries_over(turn: Turn, item: AgendaItem, end: datetime) -> bool:
    """Whether it was open when the meeting ended, and is not away until a later day."""
    was_open = item.created_at <= end and (item.closed_at is None or item.closed_at > end)
    return was_open and (item.resting_until is None or item.resting_until <= turn.day_of(end))


def _more(turn: Turn, count: int) -> tuple[Block, ...]:
    return (Quiet(turn.say("views.more", count=count)),) if count > 0 else ()


def _no_notes(turn: Turn) -> tuple[Block, ...]:
    return (Text(turn.say("meetings.no_notes")),)


@handlers.verb("meet")
async def meet_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(StartMeeting(seated[0].conversation.id) if len(seated) == 1 else MyConversations())


@handlers.verb("wrap_up")
async def wrap_up_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    running = await running_in(turn, seated)
    if not running:
        raise Refused("refused.no_meeting")
    return Step(WrapUp(running[0].id) if len(running) == 1 else MyConversations())


async def running_in(turn: Turn, seated: Sequence[Seated]) -> Sequence[Meeting]:
    """The meetings that are under way in these conversations."""
    latest = await turn.tx.meetings.latest_of([one.conversation.id for one in seated])
    return [meeting for meeting in latest if meeting.ended_at is None]
