"""Wrapping up settles what comes of a meeting: what was discussed, a note, promises, the next time (G7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_item_fields import due_field, entered_due, entered_owner, owner_field
from bot.features.action_item_page import promise_made
from bot.features.agenda import open_items
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.discussing import close_item
from bot.features.item_words import words_of
from bot.features.meeting_fields import MOMENT_LENGTH, USUAL_MINUTES
from bot.features.meeting_page import WrapUp, answer_as, held, meeting_page
from bot.features.moving import moved_to
from bot.features.news import changed
from bot.features.notes import keep_note
from bot.features.one_more import planned_anew
from bot.model.agenda import AgendaItem, ItemState
from bot.model.answer import Meaningful
from bot.model.conversation import Seated
from bot.model.delivery import DeliveryKind
from bot.model.ids import MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.model.note import NOTE_LIMIT
from bot.model.thread import Thread
from bot.model.usage import Deed
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.reminding import arrange_meeting
from bot.timetable import next_meeting, not_met
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    ChoiceField,
    Field,
    Form,
    Here,
    Option,
    Page,
    Quiet,
    Text,
    TextField,
    TicksField,
    filled,
)

handlers = Handlers()

TICKS = 10
TICK_FIELDS = 3
PROMISES_AT_A_TIME = 3
LATE_DAYS = 7
"""For so long a meeting that nobody wrapped up is offered for it."""


@dataclass(frozen=True)
class EndMeeting(Action):
    """Keeps the answers, and ends the meeting."""

    meeting: MeetingId
    promises: int = 1


@dataclass(frozen=True)
class NotMet(Action):
    """The two did not meet, though it was planned."""

    meeting: MeetingId


@handlers.reads(WrapUp)
async def wrap_up(turn: Turn, action: WrapUp) -> Form:
    thread, meeting = await held(turn, action.meeting)
    rows = min(max(action.promises, 1), PROMISES_AT_A_TIME)
    form = Form(
        title=turn.say("meetings.wrap_up_title"),
        body=(
            *_discussed_fields(turn, await open_items(turn, thread)),
            TextField("note", turn.say("meetings.note"), many_lines=True, most=NOTE_LIMIT, required=False),
            *(field for row in range(rows) for field in _promise_fields(turn, thread, row)),
            *_another(turn, meeting, rows),
            await next_time_field(turn, thread),
            await _meaningful_field(turn, meeting),
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
            tuple(Option(item.id, clip(words_of(turn, item), 70)) for item in part),
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


async def next_time_field(turn: Turn, thread: Thread) -> TextField:
    """When they meet next: what is planned holds where nothing is written."""
    planned = await next_meeting(turn.pen, thread.id)
    hint = turn.say("meetings.next_planned", at=planned.starts_at) if planned else turn.say("meetings.none_planned")
    return TextField("next", turn.say("meetings.next"), required=False, most=MOMENT_LENGTH, hint=hint)


async def _meaningful_field(turn: Turn, meeting: Meeting) -> ChoiceField:
    said = await turn.tx.meetings.answered(meeting.id, turn.person.id)
    options = tuple(Option(each.value, turn.say(f"meetings.meaningful.{each.value}")) for each in Meaningful)
    return ChoiceField(
        "meaningful",
        turn.say("meetings.meaningful_question"),
        options,
        value=said.meaningful.value if said else None,
        required=False,
        hint=turn.say("meetings.only_counted"),
    )


def _another(turn: Turn, meeting: Meeting, rows: int) -> tuple[Block, ...]:
    if rows == PROMISES_AT_A_TIME:
        return (Quiet(turn.say("meetings.more_later")),)
    return (Buttons((Button(turn.say("meetings.another"), WrapUp(meeting.id, rows + 1)),)),)


@handlers.writes(EndMeeting, form=WrapUp)
async def end_meeting(turn: Turn, action: EndMeeting) -> Page:
    """Also takes what the second of two people enters who wrap up at the same time."""
    thread, meeting = await held(turn, action.meeting)
    await access.live(turn, thread.id)
    note = turn.entered.text_or_none("note", most=NOTE_LIMIT)
    await _next_time(turn, thread)
    for row in range(min(action.promises, PROMISES_AT_A_TIME)):
        await _promise(turn, thread, meeting, row)
    await _discuss(turn, thread, meeting)
    if note is not None:
        await keep_note(turn, thread, note, private=False, meeting=meeting.id)
    meeting = await _over(turn, meeting)
    if turn.entered.values.get("meaningful"):
        await answer_as(turn, meeting, turn.entered.choice("meaningful", Meaningful))
    await changed(turn, thread, tell=(await turn.tx.habits.get(thread.other.id)).mutes(DeliveryKind.summary))
    return await meeting_page(turn, thread, meeting)


async def _over(turn: Turn, meeting: Meeting) -> Meeting:
    """Whoever wraps up first ends it; one that was closed by itself is wrapped up now, though it ended then."""
    if meeting.ended_by is not None:
        return meeting
    ended_at = meeting.ended_at or turn.now
    ended = replace(meeting, state=MeetingState.ended, ended_at=ended_at, ended_by=turn.person.id, changed_at=turn.now)
    saved = await turn.tx.meetings.save(ended)
    await turn.tx.usage.did(meeting.conversation, Deed.wrapped_up, turn.now)
    await arrange_meeting(turn.pen, saved)
    return saved


async def _next_time(turn: Turn, thread: Thread) -> None:
    """Moves the next meeting, or plans one where there is none."""
    if turn.entered.text_or_none("next", most=MOMENT_LENGTH) is None:
        return
    planned = await next_meeting(turn.pen, thread.id)
    if planned is None:
        await planned_anew(turn, thread, field="next", minutes=USUAL_MINUTES, place=None)
    else:
        await moved_to(turn, thread, planned, field="next")


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


@handlers.writes(NotMet)
async def did_not_meet(turn: Turn, action: NotMet) -> Here:
    _, meeting = await access.meeting(turn, action.meeting)
    thread = await access.live(turn, meeting.conversation)
    if meeting.ended_by is not None:
        raise Refused("refused.is_wrapped_up")
    if meeting.is_held:
        await not_met(turn.pen, meeting)
        await changed(turn, thread, tell=False)
    return Here(text=turn.say("meetings.was_not_met", name=thread.other.first_name))


@handlers.verb("wrap_up")
async def wrap_up_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    waiting = await to_wrap_up(turn, seated)
    if not waiting:
        raise Refused("refused.no_meeting")
    return Step(WrapUp(waiting[0].id) if len(waiting) == 1 else MyConversations())


async def to_wrap_up(turn: Turn, seated: Sequence[Seated]) -> Sequence[Meeting]:
    """The meetings here that are under way; if there are none, those of late that nobody wrapped up."""
    latest = await turn.tx.meetings.latest_of([one.conversation.id for one in seated])
    running = [meeting for meeting in latest if meeting.state is MeetingState.running]
    return running or [meeting for meeting in latest if may_wrap_up(turn, meeting)]


def may_wrap_up(turn: Turn, meeting: Meeting) -> bool:
    """Whether it is under way, or was a few days ago and nobody wrapped it up."""
    return meeting.ended_by is None and (turn.now - meeting.met_at).days < LATE_DAYS
