"""A question to a human being, by way of "Ask a person"."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import OrganizationId, PersonId, QuestionId


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person asked the organization's support."""

    id: QuestionId
    organization: OrganizationId
    asker: PersonId
    text: str
    created_at: datetime
