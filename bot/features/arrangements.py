"""Telling the other side what one did to the schedule: soon, in waking hours, and not what was taken back (G2)."""

from datetime import datetime, timedelta

from bot import access
from bot.features.conversation_page import OpenConversation
from bot.features.rhythm_said import rhythm_said
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId, DeliveryId, MeetingId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import Series, SeriesState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.timetable import next_meeting
from bot.turn import Turn
from bot.views import Button, Buttons, Card, Style, Text
from bot.week import week_of

handlers = Handlers()

SECOND_THOUGHTS = timedelta(minutes=2)
BEFORE_IT_BEGINS = timedelta(hours=1)
LIFETIME = timedelta(days=3)


async def tell_arranged(turn: Turn, thread: Thread, series: Series) -> None:
    """The other one hears of a rhythm as it is now; what they were to hear before is out of date."""
    due = (await week_of(turn.tx, thread.other)).next_moment(turn.now + SECOND_THOUGHTS)
    news = _delivery(turn, thread, DeliveryKind.arranged, series.id, due, due + LIFETIME, offset=series.version)
    await turn.tx.deliveries.arrange(series.id, (DeliveryKind.arranged,), [news])


async def tell_rescheduled(turn: Turn, thread: Thread, meeting: Meeting, *, before: datetime) -> None:
    """The other one hears where a meeting stands now, in time for both its old and its new time."""
    now = turn.now + SECOND_THOUGHTS
    convenient = (await week_of(turn.tx, thread.other)).next_moment(now)
    due = max(now, min(convenient, min(before, meeting.starts_at) - BEFORE_IT_BEGINS))
    kind = DeliveryKind.rescheduled
    expires = max(before, meeting.starts_at, due + BEFORE_IT_BEGINS)
    news = _delivery(turn, thread, kind, meeting.id, due, expires, offset=meeting.sequence)
    await turn.tx.deliveries.arrange(meeting.id, (kind,), [news])


async def untell(turn: Turn, meeting: Meeting) -> bool:
    """Take back what the other one has not heard yet; False when they have."""
    return await turn.tx.deliveries.arrange(meeting.id, (DeliveryKind.rescheduled,), []) > 0


async def untell_arranged(turn: Turn, series: Series) -> bool:
    """The same for a rhythm."""
    return await turn.tx.deliveries.arrange(series.id, (DeliveryKind.arranged,), []) > 0


def _delivery(
    turn: Turn, thread: Thread, kind: DeliveryKind, subject: str, due: datetime, expires: datetime, *, offset: int
) -> Delivery:
    return Delivery(
        id=DeliveryId(turn.new_id()),
        organization=turn.organization.id,
        recipient=thread.other.id,
        kind=kind,
        subject=subject,
        offset=offset,
        planned_at=turn.now,
        due_at=due,
        expires_at=expires,
    )


async def in_sight(turn: Turn, conversation: ConversationId) -> Thread | None:
    """The conversation, if both can still write in it and the reader has it among theirs."""
    try:
        thread = await access.live(turn, conversation)
    except Refused:
        return None
    seat = await turn.tx.conversations.seat(thread.id, turn.person.id)
    return None if seat is None or seat.archived_at is not None else thread


@handlers.message(DeliveryKind.arranged)
async def arranged(turn: Turn, delivery: Delivery) -> Card | None:
    series = await turn.tx.series.get(SeriesId(delivery.subject))
    thread = await in_sight(turn, series.conversation) if series else None
    if series is None or series.rests or thread is None:
        return None
    name = thread.other.first_name
    following = await next_meeting(turn.pen, thread.id) if series.state is SeriesState.active else None
    first = (Text(turn.say("arrangements.next", at=following.starts_at)),) if following else ()
    said = turn.say(f"arrangements.{series.state.value}", name=name, rhythm=rhythm_said(turn, series))
    return _card(turn, thread, said, first)


@handlers.message(DeliveryKind.rescheduled)
async def rescheduled(turn: Turn, delivery: Delivery) -> Card | None:
    meeting = await turn.tx.meetings.get(MeetingId(delivery.subject))
    thread = await in_sight(turn, meeting.conversation) if meeting else None
    if meeting is None or thread is None or meeting.is_held or meeting.state is MeetingState.cancelled:
        return None
    name = thread.other.first_name
    if meeting.state is MeetingState.skipped:
        return _card(
            turn,
            thread,
            turn.say("arrangements.skipped", name=name, at=meeting.starts_at),
            (Text(turn.say("arrangements.nothing_lost")),),
        )
    return _card(turn, thread, await _where_it_is(turn, thread, meeting), ())


async def _where_it_is(turn: Turn, thread: Thread, meeting: Meeting) -> str:
    """That it is new, where it was moved from, or only where it stands now."""
    facts = {"name": thread.other.first_name, "at": meeting.starts_at}
    series = await turn.tx.series.get(meeting.series) if meeting.series else None
    if series is None and meeting.sequence == 0:
        return turn.say("arrangements.planned", **facts)
    if series is not None and meeting.day is not None and meeting.moved:
        return turn.say("arrangements.moved", before=series.rhythm.starts(meeting.day), **facts)
    return turn.say("arrangements.is_at", **facts)


def _card(turn: Turn, thread: Thread, said: str, more: tuple[Text, ...]) -> Card:
    opened = Button(turn.say("views.open"), OpenConversation(thread.id), Style.primary)
    return Card(
        title=turn.say("arrangements.title", name=thread.other.first_name),
        body=(Text(said), *more, Buttons((opened,))),
        summary=turn.say("arrangements.summary"),
    )
