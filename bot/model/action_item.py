"""A promise one of the two made."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.model.ids import ActionItemId, ConversationId, MeetingId, OrganizationId, PersonId


@dataclass(frozen=True, kw_only=True)
class ActionItem:
    """Owner, text, due date; open until it is done or dropped.

    It is ``reworded`` once somebody else than its author has changed its text, and was ``carried_at`` if its owner took
    it along to their next manager then.
    """

    id: ActionItemId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    owner: PersonId
    text: str
    created_at: datetime
    changed_at: datetime
    due: date | None = None
    meeting: MeetingId | None = None
    done_at: datetime | None = None
    dropped_at: datetime | None = None
    closed_by: PersonId | None = None
    reworded: bool = False
    carried_at: datetime | None = None
    edition: int = 1
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.done_at is None and self.dropped_at is None
