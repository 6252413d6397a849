"""One more meeting, outside of any series (G1)."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.features.arrangements import tell_rescheduled, untell
from bot.features.meeting_fields import (
    PLACE_LENGTH,
    USUAL_MINUTES,
    entered_minutes,
    entered_moment,
    free,
    minutes_field,
    moment_field,
    place_field,
)
from bot.features.moving import settled
from bot.features.news import changed
from bot.model.ids import ConversationId, MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.timetable import change, plan_one
from bot.turn import Turn
from bot.views import Button, Form, Here, Page

handlers = Handlers()


@dataclass(frozen=True)
class AskMeeting(Action):
    """Asks for the time of one more meeting."""

    conversation: ConversationId


@dataclass(frozen=True)
class PlanMeeting(Action):
    """Plans it."""

    conversation: ConversationId


@dataclass(frozen=True)
class DropMeeting(Action):
    """Takes back a meeting that was planned outside of any series."""

    meeting: MeetingId


@handlers.reads(AskMeeting)
async def ask_meeting(turn: Turn, action: AskMeeting) -> Form:
    thread = await access.live(turn, action.conversation)
    return Form(
        title=turn.say("moving.plan_title"),
        body=(moment_field(turn), minutes_field(turn, USUAL_MINUTES), place_field(turn, "")),
        submit=PlanMeeting(thread.id),
        submit_label=turn.say("moving.plan_it"),
        sees=turn.say("moving.sees", name=thread.other.first_name),
        address=action,
    )


@handlers.writes(PlanMeeting, form=AskMeeting)
async def plan_meeting(turn: Turn, action: PlanMeeting) -> Page:
    thread = await access.live(turn, action.conversation)
    place = turn.entered.text_or_none("place", most=PLACE_LENGTH)
    meeting = await planned_anew(turn, thread, field="when", minutes=entered_minutes(turn), place=place)
    undo = Button(turn.say("views.undo"), DropMeeting(meeting.id))
    return await settled(turn, thread, turn.say("moving.was_planned", at=meeting.starts_at), undo)


@handlers.writes(DropMeeting)
async def drop_meeting(turn: Turn, action: DropMeeting) -> Here:
    thread, meeting = await access.planned(turn, action.meeting, None, None)
    if meeting.state is MeetingState.scheduled:
        skipped = await change(turn.pen, replace(meeting, state=MeetingState.skipped))
        await changed(turn, thread, tell=False)
        if not await untell(turn, skipped):
            await tell_rescheduled(turn, thread, skipped, before=meeting.starts_at)
    return Here(text=turn.say("moving.was_skipped", at=meeting.starts_at))


async def planned_anew(turn: Turn, thread: Thread, *, field: str, minutes: int, place: str | None) -> Meeting:
    """A meeting outside of any series at the time that was entered, which the other one hears of."""
    return await planned_at(turn, thread, entered_moment(turn, field), field=field, minutes=minutes, place=place)


async def planned_at(
    turn: Turn, thread: Thread, at: datetime, *, field: str, minutes: int, place: str | None
) -> Meeting:
    meeting = Meeting(
        id=MeetingId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        starts_at=at,
        state=MeetingState.scheduled,
        changed_at=turn.now,
        minutes=minutes,
        place=place,
    )
    await free(turn, thread, meeting, field=field)
    await plan_one(turn.pen, meeting)
    await changed(turn, thread, tell=False)
    await tell_rescheduled(turn, thread, meeting, before=meeting.starts_at)
    return meeting
