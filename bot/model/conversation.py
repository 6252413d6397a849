"""The lasting thread of exactly two people, and each one's place in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import ConversationId, OrganizationId, PersonId


class Relationship(StrEnum):
    """What the two are to each other; ``senior`` of a conversation says which of them is the manager or mentor."""

    manager = "manager"
    skip_level = "skip_level"
    colleague = "colleague"
    mentor = "mentor"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """``first`` and ``second`` are the two participants, ordered by id so that a pair has one conversation.

    ``line`` is that the organization's hierarchy has made it: they are a manager and their report. It rests since
    ``rests_since``, when that ended; its history stays.
    """

    id: ConversationId
    organization: OrganizationId
    first: PersonId
    second: PersonId
    started_by: PersonId
    relationship: Relationship
    senior: PersonId | None
    created_at: datetime
    changed_at: datetime
    declined_by: PersonId | None = None
    declined_at: datetime | None = None
    line: bool = False
    rests_since: datetime | None = None
    version: int = 1

    def has(self, person: PersonId) -> bool:
        """Whether this person is one of the two."""
        return person in (self.first, self.second)

    def other(self, person: PersonId) -> PersonId:
        """The one of the two who is not ``person``."""
        return self.second if person == self.first else self.first


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One participant's own view of a conversation.

    ``visited_at`` is when they last looked or wrote, ``prepared_at`` when they last prepared a meeting.
    """

    conversation: ConversationId
    person: PersonId
    organization: OrganizationId
    archived_at: datetime | None = None
    visited_at: datetime | None = None
    prepared_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Seated:
    """A conversation as one participant sees it: the thread, their seat, and the other person."""

    conversation: Conversation
    seat: Seat
    other_id: PersonId
    other_name: str
    other_active: bool
