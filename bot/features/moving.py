"""One meeting: skipping it, moving it, bringing it back, and one more (G2). Nobody loses an item by any of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import access
from bot.actions import Action
from bot.entered import Entered
from bot.features.agenda import open_items
from bot.features.arrangements import tell_rescheduled, untell
from bot.features.conversation_list import MyConversations, meant_by, partner, whose
from bot.features.conversation_page import OpenConversation, conversation_page
from bot.features.meeting_fields import A_MINUTE, FARTHEST, entered_moment, free, minute_of, moment_field
from bot.features.news import changed
from bot.model.conversation import Seated
from bot.model.ids import MeetingId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.rhythm import instant
from bot.timetable import change, in_the_way, next_meeting
from bot.turn import Turn
from bot.views import (
    Button,
    Buttons,
    Card,
    ChoiceField,
    Field,
    Form,
    Here,
    Option,
    Page,
    Quiet,
    Text,
)
from bot.week import week_of

handlers = Handlers()

OFFERS = 3
OFFERED_WITHIN = 10
SKIP = "skip"
OTHER = "other"


@dataclass(frozen=True)
class AskMove(Action):
    """Asks for another time. A meeting that is no row yet is named by its series and day."""

    meeting: MeetingId | None = None
    series: SeriesId | None = None
    day: date | None = None


@dataclass(frozen=True)
class MoveMeeting(Action):
    """Moves it there."""

    meeting: MeetingId | None = None
    series: SeriesId | None = None
    day: date | None = None


@dataclass(frozen=True)
class MoveInWords(Action):
    """Moves it to a typed time."""

    meeting: MeetingId | None = None
    series: SeriesId | None = None
    day: date | None = None


@dataclass(frozen=True)
class AskSkip(Action):
    """Asks whether another day would do."""

    meeting: MeetingId | None = None
    series: SeriesId | None = None
    day: date | None = None


@dataclass(frozen=True)
class SkipOrMove(Action):
    """Does what was chosen."""

    meeting: MeetingId | None = None
    series: SeriesId | None = None
    day: date | None = None


@dataclass(frozen=True)
class PutBack(Action):
    """Takes back that it was skipped or moved: it is at that minute (since 1970) again."""

    meeting: MeetingId
    minute: int


@handlers.reads(AskMove)
async def ask_move(turn: Turn, action: AskMove) -> Form:
    thread, meeting = await access.planned(turn, action.meeting, action.series, action.day)
    return Form(
        title=turn.say("moving.move_title"),
        body=(Text(turn.say("moving.is_at", name=thread.other.first_name, at=meeting.starts_at)), moment_field(turn)),
        submit=MoveMeeting(action.meeting, action.series, action.day),
        submit_label=turn.say("moving.move_it"),
        sees=turn.say("moving.sees", name=thread.other.first_name),
        address=action,
    )


@handlers.writes(MoveMeeting, form=AskMove)
async def move_meeting(turn: Turn, action: MoveMeeting) -> Page:
    thread, meeting = await access.planned(turn, action.meeting, action.series, action.day)
    moved = await moved_to(turn, thread, meeting, field="when")
    return await settled(turn, thread, turn.say("moving.was_moved", at=moved.starts_at), _undo(turn, meeting, moved))


@handlers.writes(MoveInWords)
async def move_in_words(turn: Turn, action: MoveInWords) -> Card:
    thread, meeting = await access.planned(turn, action.meeting, action.series, action.day)
    moved = await moved_to(turn, thread, meeting, field="when")
    opened = Button(turn.say("views.open"), OpenConversation(thread.id))
    said = turn.say("moving.was_moved_with", name=thread.other.first_name, at=moved.starts_at)
    return Card(
        title=turn.say("moving.moved"),
        body=(Text(said), Buttons((opened, _undo(turn, meeting, moved)))),
        summary=turn.say("views.summary"),
    )


async def moved_to(turn: Turn, thread: Thread, meeting: Meeting, *, field: str) -> Meeting:
    """The meeting at the time that was entered; raises Refused for a time that cannot be."""
    starts_at = entered_moment(turn, field)
    return await _put(turn, thread, meeting, starts_at, field=field)


async def _put(turn: Turn, thread: Thread, meeting: Meeting, starts_at: datetime, *, field: str | None) -> Meeting:
    if (meeting.starts_at, meeting.state) == (starts_at, MeetingState.scheduled):
        raise Refused("refused.is_then_already", field=field)
    moved = replace(meeting, starts_at=starts_at, moved=meeting.series is not None, state=MeetingState.scheduled)
    await free(turn, thread, moved, field=field)
    kept = await change(turn.pen, moved)
    await changed(turn, thread, tell=False)
    await tell_rescheduled(turn, thread, kept, before=meeting.starts_at)
    return kept


def _undo(turn: Turn, before: Meeting, after: Meeting) -> Button:
    return Button(turn.say("views.undo"), PutBack(after.id, minute_of(before.starts_at)))


async def settled(turn: Turn, thread: Thread, said: str, undo: Button) -> Page:
    """The conversation, with what was done on top of it."""
    page = await conversation_page(turn, thread)
    return replace(page, body=(Text(said), Buttons((undo,)), *page.body))


@handlers.reads(AskSkip)
async def ask_skip(turn: Turn, action: AskSkip) -> Form:
    thread, meeting = await access.planned(turn, action.meeting, action.series, action.day)
    items = await open_items(turn, thread)
    return Form(
        title=turn.say("moving.skip_title"),
        body=(
            Text(turn.say("moving.is_at", name=thread.other.first_name, at=meeting.starts_at)),
            Quiet(turn.say("moving.nothing_lost" if items else "moving.rather_move")),
            await _instead(turn, thread, meeting),
            moment_field(turn, required=False),
        ),
        submit=SkipOrMove(action.meeting, action.series, action.day),
        submit_label=turn.say("moving.settle"),
        sees=turn.say("moving.sees", name=thread.other.first_name),
        address=action,
    )


async def _instead(turn: Turn, thread: Thread, meeting: Meeting) -> Field:
    """Other days at that time on which both work, another time, or not at all."""
    offers = await _offers(turn, thread, meeting)
    options = (
        *(Option(str(minute_of(at)), turn.say("moving.move_to", at=at)) for at in offers),
        Option(OTHER, turn.say("moving.another_time")),
        Option(SKIP, turn.say("moving.skip_it")),
    )
    return ChoiceField("instead", turn.say("moving.instead"), options, value=options[0].value)


async def _offers(turn: Turn, thread: Thread, meeting: Meeting) -> Sequence[datetime]:
    mine, theirs = await week_of(turn.tx, thread.me), await week_of(turn.tx, thread.other)
    found: list[datetime] = []
    for days in range(1, OFFERED_WITHIN):
        at = _days_later(meeting.starts_at, days, turn.person.zone)
        suits_both = mine.next_moment(at) == at == theirs.next_moment(at)
        if (
            at > turn.now
            and suits_both
            and await in_the_way(turn.pen, thread.id, replace(meeting, starts_at=at)) is None
        ):
            found.append(at)
    return found[:OFFERS]


def _days_later(moment: datetime, days: int, zone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    return instant(local.date() + timedelta(days=days), local.hour * 60 + local.minute, zone)


@handlers.writes(SkipOrMove, form=AskSkip)
async def skip_or_move(turn: Turn, action: SkipOrMove) -> Page:
    thread, meeting = await access.planned(turn, action.meeting, action.series, action.day)
    chosen = turn.entered.id("instead")
    if chosen == SKIP:
        return await _skipped(turn, thread, meeting)
    if chosen == OTHER:
        moved = await moved_to(turn, thread, meeting, field="when")
    else:
        moved = await _put(turn, thread, meeting, _offered(turn, chosen), field="instead")
    return await settled(turn, thread, turn.say("moving.was_moved", at=moved.starts_at), _undo(turn, meeting, moved))


def _offered(turn: Turn, chosen: str) -> datetime:
    """The moment of an offer; raises Refused for what was never one, or is over."""
    if not chosen.isascii() or not chosen.isdigit() or len(chosen) > 9:
        raise Refused("refused.choose", field="instead")
    at = datetime.fromtimestamp(int(chosen) * A_MINUTE, tz=UTC)
    if not turn.now < at < turn.now + FARTHEST:
        raise Refused("refused.past_meeting", field="instead")
    return at


async def _skipped(turn: Turn, thread: Thread, meeting: Meeting) -> Page:
    skipped = meeting
    if meeting.state is not MeetingState.skipped:  # the other one may have been quicker
        skipped = await change(turn.pen, replace(meeting, state=MeetingState.skipped))
        await changed(turn, thread, tell=False)
        await tell_rescheduled(turn, thread, skipped, before=meeting.starts_at)
    return await settled(
        turn, thread, turn.say("moving.was_skipped", at=meeting.starts_at), _undo(turn, meeting, skipped)
    )


@handlers.writes(PutBack)
async def put_back(turn: Turn, action: PutBack) -> Here:
    thread, meeting = await access.planned(turn, action.meeting, None, None)
    at = _offered(turn, str(action.minute))
    if (meeting.starts_at, meeting.state) != (at, MeetingState.scheduled):
        is_moved = await _is_moved(turn, meeting, at)
        back = replace(meeting, starts_at=at, moved=is_moved, state=MeetingState.scheduled)
        await free(turn, thread, back, field=None)
        kept = await change(turn.pen, back)
        await changed(turn, thread, tell=False)
        if not await untell(turn, kept):
            await tell_rescheduled(turn, thread, kept, before=meeting.starts_at)
    return Here(text=turn.say("moving.is_on", name=thread.other.first_name, at=at))


async def _is_moved(turn: Turn, meeting: Meeting, at: datetime) -> bool:
    series = await turn.tx.series.get(meeting.series) if meeting.series else None
    return series is not None and meeting.day is not None and series.rhythm.starts(meeting.day) != at


@handlers.verb("skip")
async def skip_words(turn: Turn, rest: str) -> Step:
    ahead = await _ahead(turn, await meant_by(turn, rest))
    return Step(AskSkip(*named(ahead[0]))) if len(ahead) == 1 else Step(MyConversations())


@handlers.verb("move")
async def move_words(turn: Turn, rest: str) -> Step:
    seated, words = await partner(turn, rest)
    ahead = await _ahead(turn, seated)
    if len(ahead) > 1:
        if words:
            raise whose(seated)
        return Step(MyConversations())
    where = named(ahead[0])
    return Step(MoveInWords(*where), Entered({"when": words})) if words else Step(AskMove(*where))


async def _ahead(turn: Turn, seated: Sequence[Seated]) -> Sequence[Meeting]:
    """The next meeting of each of these; raises Refused where there is none at all."""
    found = [await next_meeting(turn.pen, one.conversation.id) for one in seated]
    planned = [meeting for meeting in found if meeting is not None]
    if not planned:
        raise Refused("refused.nothing_planned")
    return planned


def named(meeting: Meeting) -> tuple[MeetingId | None, SeriesId | None, date | None]:
    """By what an action names it: its id where it is a row, else its series and day."""
    return (meeting.id, None, None) if meeting.is_stored else (None, meeting.series, meeting.day)
