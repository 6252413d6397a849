"""The reminder on the morning a promise is due: done, tomorrow, or next week (D2)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_items import FinishActionItem, due_words
from bot.features.arrangements import in_sight
from bot.features.news import changed
from bot.features.reminder_card import is_muted, reminder_card
from bot.model.action_item import ActionItem
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ActionItemId, DeliveryId
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import kept
from bot.turn import Turn
from bot.views import Button, Buttons, Card, Here, Style, Text

handlers = Handlers()

TOMORROW = 1
NEXT_WEEK = 7


@dataclass(frozen=True)
class PostponeActionItem(Action):
    """It is due so many days from today."""

    action_item: ActionItemId
    days: int


@dataclass(frozen=True)
class ShowDue(Action):
    """Shows the reminder again, where it stands."""

    delivery: DeliveryId


@handlers.message(DeliveryKind.due)
async def remind_of_promise(turn: Turn, delivery: Delivery) -> Card | None:
    promise = await turn.tx.action_items.get(ActionItemId(delivery.subject))
    if promise is None or not promise.is_open or promise.due is None or promise.owner != turn.person.id:
        return None
    thread = await in_sight(turn, promise.conversation)
    is_current = delivery.snoozed_from is not None or delivery.offset == promise.due.toordinal()
    if thread is None or not is_current or await is_muted(turn, delivery.kind):
        return None
    return _card(turn, delivery, thread, promise)


@handlers.reads(ShowDue)
async def show_due(turn: Turn, action: ShowDue) -> Card:
    delivery = await access.reminder(turn, action.delivery)
    thread, promise = await access.live_action_item(turn, ActionItemId(delivery.subject))
    return _card(turn, delivery, thread, promise)


def _card(turn: Turn, delivery: Delivery, thread: Thread, promise: ActionItem) -> Card:
    """The promise as it stands by now, with what can still be done about it."""
    title = turn.say("reminders.due_title") if turn.discreet else clip(promise.text)
    address = ShowDue(delivery.id)
    if not promise.is_open or promise.due is None:
        return reminder_card(turn, delivery, title, Text(due_words(turn, promise)), address=address)
    said = turn.say("reminders.due", day=promise.due, name=thread.other.first_name)
    choices = (
        Button(turn.say("action_items.done"), FinishActionItem(promise.id), Style.primary),
        Button(turn.say("reminders.tomorrow"), PostponeActionItem(promise.id, TOMORROW)),
        Button(turn.say("reminders.next_week"), PostponeActionItem(promise.id, NEXT_WEEK)),
    )
    return reminder_card(turn, delivery, title, Text(said), Buttons(choices), address=address)


@handlers.writes(PostponeActionItem)
async def postpone(turn: Turn, action: PostponeActionItem) -> Here:
    thread, promise = await access.live_action_item(turn, action.action_item)
    if action.days not in (TOMORROW, NEXT_WEEK) or not promise.is_open:
        raise Refused("refused.not_open")
    due = turn.today + timedelta(days=action.days)
    saved = await kept(turn.pen, replace(promise, due=due, changed_at=turn.now, edition=promise.edition + 1))
    await changed(turn, thread, tell=False)
    return Here(text=turn.say("reminders.postponed", day=saved.due))
