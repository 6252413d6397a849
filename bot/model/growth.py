"""A growth plan, led by the one whose growth it is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.ids import ConversationId, GrowthPartId, GrowthPlanId, OrganizationId, PersonId


class GrowthSection(StrEnum):
    """The parts of a plan in the order in which they are walked through; the last is what the other one offers."""

    aspirations = "aspirations"
    strengths = "strengths"
    skills = "skills"
    examples = "examples"
    next_steps = "next_steps"
    support = "support"
    support_given = "support_given"


class Revisit(StrEnum):
    """How often whoever leads it is asked whether it is still right."""

    monthly = "monthly"
    quarterly = "quarterly"
    never = "never"


@dataclass(frozen=True, kw_only=True)
class GrowthPlan:
    """What ``person`` wants of their own growth, within one conversation. Until it is shared, nobody else knows of it.

    ``revisited_at`` is when they last said that it is right, ``revisit_on`` the day on which they are asked again.
    """

    id: GrowthPlanId
    organization: OrganizationId
    conversation: ConversationId
    person: PersonId
    created_at: datetime
    changed_at: datetime
    shared_at: datetime | None = None
    revisit: Revisit = Revisit.monthly
    revisited_at: datetime | None = None
    revisit_on: date | None = None
    reached: GrowthSection | None = None
    version: int = 1

    def seen_by(self, person: PersonId) -> bool:
        """Whether this participant may see it."""
        return self.shared_at is not None or self.person == person


@dataclass(frozen=True, kw_only=True)
class GrowthPart:
    """One section; ``edition`` counts changes of the text."""

    id: GrowthPartId
    organization: OrganizationId
    plan: GrowthPlanId
    section: GrowthSection
    author: PersonId
    text: str
    changed_at: datetime
    edition: int = 1
    version: int = 1
