"""What people write in growth plans, to have something to hide."""

from collections.abc import Mapping

from bot.entered import Value
from bot.features.growth_page import ShareGrowth
from bot.features.growth_part import SavePart, SaveSupport
from bot.model.growth import GrowthSection
from bot.model.ids import ConversationId
from tests.stateful.attack import Attack, Somebody


async def grows(attack: Attack, who: Somebody, where: str, *sections: GrowthSection) -> None:
    """Parts of this person's own plan."""
    for section in sections:
        part = SavePart(ConversationId(where), section, 0)
        await attack.attempt(who, part, entered=_words(attack, who, "growth"))


async def shares_growth(attack: Attack, who: Somebody, where: str, with_: Somebody) -> None:
    """This person's plan is known to the other one, who offers support."""
    await grows(attack, who, where, GrowthSection.aspirations)
    await attack.attempt(who, ShareGrowth(ConversationId(where)))
    for plan in [*attack.stored[who.account.organization].plan.values()]:
        if (plan.person, plan.conversation) == (who.id, where):
            await attack.attempt(with_, SaveSupport(plan.id, 0), entered=_words(attack, with_, "offer"))


def _words(attack: Attack, who: Somebody, field: str) -> Mapping[str, Value]:
    return {"text": attack.aviary.breed(who.id, name=who.name, where="Attack", field=field)}
