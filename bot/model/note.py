"""Text kept from a meeting or between meetings."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ConversationId, MeetingId, NoteId, OrganizationId, PersonId

NOTE_LIMIT = 3000
"""Characters in one entry, on both platforms."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """An entry, shared by both or its author's alone; ``edition`` counts changes of the text."""

    id: NoteId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    text: str
    private: bool
    created_at: datetime
    changed_at: datetime
    changed_by: PersonId
    meeting: MeetingId | None = None
    removed_at: datetime | None = None
    edition: int = 1
    version: int = 1

    def seen_by(self, person: PersonId) -> bool:
        """Whether this participant may see it."""
        return not self.private or self.author == person


@dataclass(frozen=True, kw_only=True)
class NoteTally:
    """How many entries of a conversation one participant can see, and when the last shared one changed."""

    shared: int
    private: int
    last_shared_at: datetime | None
