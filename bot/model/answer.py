"""Whether a conversation was meaningful, to each of the two alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import MeetingId, OrganizationId, PersonId


class Meaningful(StrEnum):
    """What one of the two says of a meeting; only counted, never shown."""

    yes = "yes"
    somewhat = "somewhat"
    no = "no"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One side's answer about one meeting."""

    meeting: MeetingId
    person: PersonId
    organization: OrganizationId
    meaningful: Meaningful
    at: datetime
