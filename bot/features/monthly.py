"""An admin asks for the usage report each month, and takes that back (M5)."""

from dataclasses import dataclass, replace

from bot.actions import Action
from bot.features.admins import admins_only
from bot.features.reminder_card import FewerReminders
from bot.model.delivery import DeliveryKind
from bot.registry import Handlers
from bot.reporting import arrange_report
from bot.turn import Turn
from bot.views import Button, Here

handlers = Handlers()


@dataclass(frozen=True)
class SendMonthly(Action):
    """Lets it come on the first working day of each month."""


@handlers.writes(SendMonthly)
async def send_monthly(turn: Turn, action: SendMonthly) -> Here:
    admins_only(turn)
    habits = await turn.tx.habits.get(turn.person.id)
    await turn.tx.habits.put(replace(habits, wants_report=True))
    await arrange_report(turn.pen, turn.person.id)
    return Here(
        text=turn.say("monthly.comes"),
        undo=Button(turn.say("views.undo"), FewerReminders(DeliveryKind.report)),
    )


async def monthly_button(turn: Turn) -> tuple[Button, ...]:
    """For an admin who does not get it yet."""
    if not turn.is_admin or (await turn.tx.habits.get(turn.person.id)).wants_report:
        return ()
    return (Button(turn.say("monthly.send"), SendMonthly()),)
