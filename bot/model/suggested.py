"""A question that was suggested to one of the two."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ConversationId, OrganizationId, PersonId


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """``number`` is the question's in the library, ``round`` how many meetings the two had had by then.

    Those that were suggested together are a moment apart, in their order.
    """

    conversation: ConversationId
    person: PersonId
    round: int
    number: int
    organization: OrganizationId
    at: datetime
