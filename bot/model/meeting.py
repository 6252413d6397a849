"""One occurrence of a conversation at a time."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ConversationId, MeetingId, OrganizationId, PersonId


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting; it is under way while ``ended_at`` is None."""

    id: MeetingId
    organization: OrganizationId
    conversation: ConversationId
    started_by: PersonId
    starts_at: datetime
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    version: int = 1
