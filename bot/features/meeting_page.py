"""What came of a meeting, and whether it was worth it: to each of the two alone (G7)."""

from dataclasses import dataclass
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_items import promise_row
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.notes import note_facts
from bot.model.agenda import AgendaItem, ItemState
from bot.model.answer import Answer, Meaningful
from bot.model.ids import MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Heading, Here, Page, Quiet, Quote, Row, Style, Text

handlers = Handlers()


@dataclass(frozen=True)
class OpenMeeting(Action):
    """Shows what came of a meeting."""

    meeting: MeetingId


@dataclass(frozen=True)
class WrapUp(Action):
    """Asks what was discussed and what comes of it; ``promises`` is how many action items can be entered."""

    meeting: MeetingId
    promises: int = 1


@dataclass(frozen=True)
class AnswerMeaningful(Action):
    """Says of a meeting, to nobody, whether it was worth it."""

    meeting: MeetingId
    meaningful: Meaningful


async def held(turn: Turn, meeting_id: MeetingId) -> tuple[Thread, Meeting]:
    """A meeting of one's own that has begun."""
    thread, meeting = await access.meeting(turn, meeting_id)
    if meeting.state is MeetingState.skipped and meeting.starts_at <= turn.now:
        raise Refused("refused.did_not_meet")
    if not meeting.is_held:
        raise Refused("refused.not_begun")
    return thread, meeting


@handlers.reads(OpenMeeting)
async def open_meeting(turn: Turn, action: OpenMeeting) -> Page:
    thread, meeting = await held(turn, action.meeting)
    return await meeting_page(turn, thread, meeting)


async def meeting_page(turn: Turn, thread: Thread, meeting: Meeting) -> Page:
    """What was discussed, noted and promised in one meeting, and how much carries over."""
    items = [one for one in await turn.tx.agenda.of(thread.id) if one.seen_by(turn.person.id)]
    discussed = [one for one in items if one.meeting == meeting.id and one.state is ItemState.discussed]
    notes = [
        one for one in await turn.tx.notes.of(thread.id) if one.meeting == meeting.id and one.seen_by(turn.person.id)
    ]
    promises = [one for one in await turn.tx.action_items.of(thread.id) if one.meeting == meeting.id]
    carried = sum(_carries_over(turn, one, meeting.ended_at or turn.now) for one in items if one not in discussed)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("meetings.title"),
        body=(
            Quiet(turn.say("meetings.when", at=meeting.met_at, name=thread.other.first_name)),
            Heading(turn.say("meetings.discussed_heading")),
            *(
                tuple(Row(f"✓ {clip(words_of(turn, one))}", "") for one in discussed[:20])
                or (Text(turn.say("meetings.nothing")),)
            ),
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
            *(() if await turn.tx.meetings.answered(meeting.id, turn.person.id) else meaningful_buttons(turn, meeting)),
            Buttons((*_still_to_wrap_up(turn, meeting), back)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenMeeting(meeting.id),
    )


def _still_to_wrap_up(turn: Turn, meeting: Meeting) -> tuple[Button, ...]:
    return () if meeting.ended_by else (Button(turn.say("meetings.wrap_up"), WrapUp(meeting.id), Style.primary),)


def _carries_over(turn: Turn, item: AgendaItem, end: datetime) -> bool:
    """Whether it was open when the meeting ended, and is not away until a later day."""
    was_open = item.created_at <= end and (item.closed_at is None or item.closed_at > end)
    return was_open and (item.resting_until is None or item.resting_until <= turn.day_of(end))


def _more(turn: Turn, count: int) -> tuple[Block, ...]:
    return (Quiet(turn.say("views.more", count=count)),) if count > 0 else ()


def _no_notes(turn: Turn) -> tuple[Block, ...]:
    return (Text(turn.say("meetings.no_notes")),)


@handlers.writes(AnswerMeaningful)
async def answer_meaningful(turn: Turn, action: AnswerMeaningful) -> Here:
    _, meeting = await held(turn, action.meeting)
    await answer_as(turn, meeting, action.meaningful)
    return Here(text=turn.say("meetings.answered"))


async def answer_as(turn: Turn, meeting: Meeting, said: Meaningful) -> None:
    """What this person says of the meeting, to nobody."""
    answer = Answer(
        meeting=meeting.id, person=turn.person.id, organization=turn.organization.id, meaningful=said, at=turn.now
    )
    await turn.tx.meetings.answer(answer)


def meaningful_buttons(turn: Turn, meeting: Meeting) -> tuple[Block, ...]:
    """The question whether it was worth it, and its three answers."""
    answers = tuple(
        Button(turn.say(f"meetings.meaningful.{each.value}"), AnswerMeaningful(meeting.id, each)) for each in Meaningful
    )
    question = turn.say("meetings.meaningful_question")
    return (Text(f"{question} {turn.say('meetings.only_counted')}"), Buttons(answers))
