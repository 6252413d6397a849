"""Who may change what about growth: a model that shares no line with the product's own rules."""

from bot.model.growth import GrowthPart, GrowthPlan, GrowthSection
from tests.stateful.allowed_times import Change
from tests.stateful.knowing import pair
from tests.stateful.snapshot import Snapshot


def may_plan(person: str, change: Change) -> bool:
    """A plan is its person's alone; nobody else begins one for them, shares it, or says how often they are asked."""
    old: GrowthPlan | None = change.before
    new: GrowthPlan | None = change.after
    if new is None or new.person != person:
        return False
    return old is None or (old.person, old.conversation, old.created_at) == (person, new.conversation, new.created_at)


def may_part(person: str, change: Change, stored: Snapshot) -> bool:
    """What one offers is in the other one's plan, which one must know of; all else in one's own."""
    old: GrowthPart | None = change.before
    new: GrowthPart | None = change.after
    if new is None or new.author != person or (old is not None and old.author != person):
        return False
    plan = stored.plan[new.plan]
    if old is not None and (old.plan, old.section) != (new.plan, new.section):
        return False
    if new.section is not GrowthSection.support_given:
        return plan.person == person
    return plan.person != person and plan.shared_at is not None and person in pair(stored, plan.conversation)
