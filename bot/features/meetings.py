"""Meeting: starting one shows what was kept for the day (G9); it also begins by itself when its time has come."""

from dataclasses import dataclass
from datetime import timedelta

from bot import access
from bot.actions import Action
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.conversation_page import conversation_page
from bot.features.meeting_page import WrapUp
from bot.features.news import changed
from bot.features.wrapping_up import may_wrap_up
from bot.model.ids import ConversationId, MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.timetable import begin, due_meeting, meet_now, next_meeting
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Page, Style, Text

handlers = Handlers()

EARLY = timedelta(hours=12)
"""So long before its time or after it, a planned meeting is the one that the two mean when they meet."""


@dataclass(frozen=True)
class StartMeeting(Action):
    """The two meet now."""

    conversation: ConversationId


@handlers.section("meeting")
async def meeting_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    if not thread.is_live:
        return ()
    held = await turn.tx.meetings.of(thread.id)
    if held and held[0].state is MeetingState.running:
        said = turn.say("meetings.now", since=held[0].met_at)
        return (Text(said), Buttons((_wrap_up(turn, held[0], Style.primary),)))
    talked = turn.say("meetings.talked", at=held[0].met_at) if held else turn.say("meetings.never")
    late = (_wrap_up(turn, held[0], Style.plain),) if held and may_wrap_up(turn, held[0]) else ()
    return (Text(talked), Buttons((Button(turn.say("meetings.meet"), StartMeeting(thread.id)), *late)))


def _wrap_up(turn: Turn, meeting: Meeting, style: Style) -> Button:
    return Button(turn.say("meetings.wrap_up"), WrapUp(meeting.id), style)


@handlers.writes(StartMeeting)
async def start_meeting(turn: Turn, action: StartMeeting) -> Page:
    thread = await access.live(turn, action.conversation)
    if await _begun(turn, thread):
        await changed(turn, thread, tell=True)
    return await conversation_page(turn, thread)


async def _begun(turn: Turn, thread: Thread) -> bool:
    """Whether they were not meeting yet; a meeting that is planned for today is the one that begins."""
    if await turn.tx.meetings.running(thread.id) is not None:
        return False
    due = await due_meeting(turn.pen, thread.id, since=turn.now - EARLY)
    planned = due or await next_meeting(turn.pen, thread.id)
    if planned is not None and planned.is_stored and planned.starts_at - turn.now <= EARLY:
        await begin(turn.pen, planned, by=turn.person.id)
        return True
    return await meet_now(turn.pen, _unplanned(turn, thread))


def _unplanned(turn: Turn, thread: Thread) -> Meeting:
    return Meeting(
        id=MeetingId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        starts_at=turn.now,
        state=MeetingState.running,
        changed_at=turn.now,
        begun_at=turn.now,
        started_by=turn.person.id,
    )


@handlers.verb("meet")
async def meet_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(StartMeeting(seated[0].conversation.id) if len(seated) == 1 else MyConversations())
