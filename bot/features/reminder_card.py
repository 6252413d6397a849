"""What all reminders share: whether one is still wanted, and what can be done about it (G5, G6)."""

from dataclasses import dataclass
from datetime import timedelta

from bot import access
from bot.actions import Action
from bot.features.arrangements import in_sight
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, MeetingId
from bot.model.meeting import Meeting
from bot.model.thread import Thread
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card

HERE = timedelta(minutes=5)
"""Who looked into a conversation so lately has it before them."""

REMINDERS = (
    DeliveryKind.prepare,
    DeliveryKind.agenda,
    DeliveryKind.wrap_up,
    DeliveryKind.summary,
    DeliveryKind.due,
    DeliveryKind.drifting,
    DeliveryKind.shift,
    DeliveryKind.growth,
)
"""What comes until somebody turns it off. The usage report comes to admins who turned it on."""


@dataclass(frozen=True)
class WhyReminder(Action):
    """Tells why a reminder came."""

    delivery: DeliveryId


@dataclass(frozen=True)
class SnoozeReminder(Action):
    """Lets it come again later."""

    delivery: DeliveryId


@dataclass(frozen=True)
class FewerReminders(Action):
    """No more of this kind."""

    kind: DeliveryKind


async def sent_about(turn: Turn, delivery_id: DeliveryId) -> tuple[Delivery, Thread, Meeting]:
    """A reminder that the person was sent, and the meeting it is about; raises Refused for anything else."""
    delivery = await access.reminder(turn, delivery_id)
    _, meeting = await access.meeting(turn, MeetingId(delivery.subject))
    return delivery, await access.live(turn, meeting.conversation), meeting


async def is_muted(turn: Turn, kind: DeliveryKind) -> bool:
    """Whether the reader wants no reminders of this kind."""
    return (await turn.tx.habits.get(turn.person.id)).mutes(kind)


async def about_meeting(turn: Turn, delivery: Delivery) -> tuple[Thread, Meeting] | None:
    """The meeting that a reminder is about, if the reader still wants to hear of it."""
    meeting = await turn.tx.meetings.get(MeetingId(delivery.subject))
    if meeting is None or await is_muted(turn, delivery.kind):
        return None
    thread = await in_sight(turn, meeting.conversation)
    return None if thread is None else (thread, meeting)


async def both_are_here(turn: Turn, thread: Thread) -> bool:
    """Whether both have the conversation before them right now."""
    seats = [await turn.tx.conversations.seat(thread.id, person.id) for person in (thread.me, thread.other)]
    visits = [seat.visited_at for seat in seats if seat is not None and seat.visited_at is not None]
    return len(visits) == len(seats) and all(turn.now - visit < HERE for visit in visits)


def reminder_card(turn: Turn, delivery: Delivery, title: str, *body: Block, address: Action | None = None) -> Card:
    """A reminder: the phone shows none of its content, and its reader has a say in it.

    With an ``address`` it stays as it is when one of its buttons is pressed, with a line on top.
    """
    say_in_it = Buttons(
        (
            Button(turn.say("reminders.why_button"), WhyReminder(delivery.id)),
            Button(turn.say("reminders.snooze"), SnoozeReminder(delivery.id)),
            Button(turn.say("reminders.fewer"), FewerReminders(delivery.kind)),
        )
    )
    return Card(title=title, body=(*body, say_in_it), summary=turn.say("reminders.preview"), address=address)
