"""Text that a person has entered but not yet placed."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import DraftId, OrganizationId, PersonId


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What does not fit a platform's hidden state waits here, sealed, for its author alone."""

    id: DraftId
    organization: OrganizationId
    person: PersonId
    text: str
    created_at: datetime
    link: str | None = None
    quote: str | None = None
