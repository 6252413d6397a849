"""The question, once a month, whether a growth plan is still right (H4)."""

from dataclasses import dataclass
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.features.arrangements import in_sight
from bot.features.growth_page import AskGrowth, OpenGrowth, StillRight
from bot.features.reminder_card import is_muted, reminder_card
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.growth import GrowthPlan, Revisit
from bot.model.ids import DeliveryId, GrowthPlanId
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Button, Buttons, Card, Style, Text

handlers = Handlers()


@dataclass(frozen=True)
class ShowRevisit(Action):
    """Shows the question again, where it stands."""

    delivery: DeliveryId


@handlers.message(DeliveryKind.growth)
async def ask_whether_right(turn: Turn, delivery: Delivery) -> Card | None:
    plan = await turn.tx.growth.get(GrowthPlanId(delivery.subject))
    if plan is None or plan.person != turn.person.id or not _is_wanted(plan, delivery):
        return None
    thread = await in_sight(turn, plan.conversation)
    if thread is None or thread.conversation.rests_since is not None or await is_muted(turn, delivery.kind):
        return None
    return _card(turn, delivery, thread, plan)


def _is_wanted(plan: GrowthPlan, delivery: Delivery) -> bool:
    """Not what was hidden meanwhile, or looked at since it was planned."""
    if plan.shared_at is None or plan.revisit is Revisit.never or plan.revisit_on is None:
        return False
    if delivery.snoozed_from is None:
        return delivery.offset == plan.revisit_on.toordinal()
    return _looked_at(plan) < delivery.planned_at


def _looked_at(plan: GrowthPlan) -> datetime:
    """When its person last shared it, changed it, or said that it is right."""
    return max(moment for moment in (plan.changed_at, plan.shared_at, plan.revisited_at) if moment is not None)


@handlers.reads(ShowRevisit)
async def show_revisit(turn: Turn, action: ShowRevisit) -> Card:
    delivery = await access.reminder(turn, action.delivery)
    thread, plan = await access.live_growth(turn, GrowthPlanId(delivery.subject))
    if plan.person != turn.person.id:
        raise Refused("refused.gone")
    return _card(turn, delivery, thread, plan)


def _card(turn: Turn, delivery: Delivery, thread: Thread, plan: GrowthPlan) -> Card:
    """As it stands by now, with what can still be done about it."""
    name, looked_at = thread.other.first_name, _looked_at(plan)
    is_open = looked_at < delivery.due_at and plan.shared_at is not None
    said = turn.say(f"growth.{'is_it_right' if is_open else 'was_right'}", name=name, day=turn.day_of(looked_at))
    opened = Button(turn.say("views.open"), OpenGrowth(thread.id))
    choices = _choices(turn, plan, opened) if is_open else Buttons((opened,))
    title = turn.say("growth.revisit_title", name=name)
    return reminder_card(turn, delivery, title, Text(said), choices, address=ShowRevisit(delivery.id))


def _choices(turn: Turn, plan: GrowthPlan, opened: Button) -> Buttons:
    right = Button(turn.say("growth.still_right"), StillRight(plan.id), Style.primary)
    rarer = {Revisit.monthly: Revisit.quarterly, Revisit.quarterly: Revisit.never}.get(plan.revisit)
    ask = (Button(turn.say(f"growth.ask.{rarer.value}"), AskGrowth(plan.id, rarer)),) if rarer else ()
    return Buttons((right, opened, *ask))
