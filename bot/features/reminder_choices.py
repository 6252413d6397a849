"""Why a reminder came, snoozing it, and fewer of them (G6)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import access
from bot.actions import Action
from bot.features.admins import admins_only
from bot.features.habits import OpenReminders
from bot.features.reminder_card import REMINDERS, FewerReminders, SnoozeReminder, WhyReminder
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.habits import muting
from bot.model.ids import DeliveryId
from bot.refused import Refused
from bot.registry import Handlers
from bot.reporting import arrange_report
from bot.turn import Turn
from bot.views import Button, Buttons, Here, Page, Text
from bot.week import week_of
from bot.working import WorkWeek

handlers = Handlers()

BEFORE_IT_BEGINS = timedelta(hours=1)
AN_HOUR = timedelta(hours=1)
FIVE_MINUTES = timedelta(minutes=5)
SOME_HOURS = timedelta(hours=3)
LIFETIME = timedelta(days=1)
_MINUTE = 60


@dataclass(frozen=True)
class MoreReminders(Action):
    """Reminders of this kind after all."""

    kind: DeliveryKind


@handlers.reads(WhyReminder)
async def why(turn: Turn, action: WhyReminder) -> Page:
    delivery = await access.reminder(turn, action.delivery)
    _check(delivery.kind)
    return Page(
        title=turn.say("reminders.why_title"),
        body=(
            Text(turn.say(f"reminders.why.{delivery.kind.value}")),
            Text(turn.say(f"reminders.why_when.{_whose_choice(turn, delivery.kind)}")),
            Buttons((Button(turn.say("habits.reminders"), OpenReminders()),)),
        ),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _whose_choice(turn: Turn, kind: DeliveryKind) -> str:
    """Whether it is the reader's how early these come, or only whether."""
    if kind not in (DeliveryKind.prepare, DeliveryKind.agenda):
        return "whether"
    return "locked" if turn.organization.reminders_locked else "own"


def _check(kind: DeliveryKind) -> None:
    """Raises Refused for what is no reminder."""
    if kind not in (*REMINDERS, DeliveryKind.report):
        raise Refused("refused.gone")


@handlers.writes(SnoozeReminder)
async def snooze(turn: Turn, action: SnoozeReminder) -> Here:
    delivery = await access.reminder(turn, action.delivery)
    _check(delivery.kind)
    due = _later(turn, delivery, await week_of(turn.tx, turn.person))
    await turn.tx.deliveries.plan(_again(turn, delivery, due))
    return Here(text=turn.say("reminders.snoozed", at=due))


def _later(turn: Turn, delivery: Delivery, week: WorkWeek) -> datetime:
    """When it comes again; raises Refused when nothing is left of the time before the meeting."""
    match delivery.kind:
        case DeliveryKind.prepare | DeliveryKind.shift:
            morning = week.next_morning(turn.now)
            in_time = morning <= delivery.expires_at - BEFORE_IT_BEGINS
            due = morning if in_time else turn.now + AN_HOUR
        case DeliveryKind.agenda:
            due = turn.now + FIVE_MINUTES
        case _:
            return week.next_moment(turn.now + SOME_HOURS)
    if due >= delivery.expires_at:
        raise Refused("refused.too_late_to_snooze")
    return due


def _again(turn: Turn, delivery: Delivery, due: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(turn.new_id()),
        organization=delivery.organization,
        recipient=delivery.recipient,
        kind=delivery.kind,
        subject=delivery.subject,
        offset=int(due.timestamp()) // _MINUTE,
        planned_at=turn.now,
        due_at=due,
        expires_at=delivery.expires_at if due < delivery.expires_at else due + LIFETIME,
        snoozed_from=delivery.id,
    )


@handlers.writes(FewerReminders)
async def fewer(turn: Turn, action: FewerReminders) -> Here:
    await _mute(turn, action.kind, muted=True)
    undo = Button(turn.say("views.undo"), MoreReminders(action.kind))
    return Here(text=turn.say("reminders.fewer_now", kind=turn.say(f"habits.kinds.{action.kind.value}")), undo=undo)


@handlers.writes(MoreReminders)
async def more(turn: Turn, action: MoreReminders) -> Here:
    if action.kind is DeliveryKind.report:
        admins_only(turn)
    await _mute(turn, action.kind, muted=False)
    return Here(text=turn.say("reminders.as_before"))


async def _mute(turn: Turn, kind: DeliveryKind, *, muted: bool) -> None:
    _check(kind)
    habits = await turn.tx.habits.get(turn.person.id)
    if kind is DeliveryKind.report:
        await turn.tx.habits.put(replace(habits, wants_report=not muted))
        await arrange_report(turn.pen, turn.person.id)
        return
    kinds = {each for each in REMINDERS if habits.mutes(each)}
    changed = kinds | {kind} if muted else kinds - {kind}
    await turn.tx.habits.put(replace(habits, muted=muting(changed)))
