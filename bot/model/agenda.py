"""What the two want to talk about."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.ids import CommentId, ConversationId, ItemId, MeetingId, OrganizationId, PersonId, TopicId


class Visibility(StrEnum):
    """Who sees an item: its author, both once the meeting starts, or both."""

    mine = "mine"
    on_the_day = "on_the_day"
    shared = "shared"


class ItemState(StrEnum):
    """Open until it is discussed or dropped."""

    open = "open"
    discussed = "discussed"
    dropped = "dropped"


class Repeat(StrEnum):
    """Whether a discussed item comes back."""

    never = "never"
    every_meeting = "every_meeting"
    monthly = "monthly"


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """Something to talk about. It belongs to the pair, never to a date.

    ``edition`` counts changes of the text, so that a second saver is noticed; ``resting_until`` keeps a monthly
    item away until that day; ``link`` and ``quote`` point back to the chat message it came from, ``question`` to the
    library's question. One that came with an assigned ``topic`` has the topic's title for a text while it is open, and
    the topic's author for its own, who is neither of the two. It is ``reworded`` once somebody else than its author has
    changed its text, and was ``carried_at`` if its author took it along to their next manager then.
    """

    id: ItemId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    text: str
    created_at: datetime
    changed_at: datetime
    visibility: Visibility = Visibility.shared
    state: ItemState = ItemState.open
    repeat: Repeat = Repeat.never
    position: int = 0
    link: str | None = None
    quote: str | None = None
    shared_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    meeting: MeetingId | None = None
    resting_until: date | None = None
    repeated_as: ItemId | None = None
    question: int | None = None
    topic: TopicId | None = None
    reworded: bool = False
    carried_at: datetime | None = None
    edition: int = 1
    version: int = 1

    @property
    def is_hidden(self) -> bool:
        """Whether the one who did not write it may know nothing of it."""
        return self.visibility is not Visibility.shared

    def seen_by(self, person: PersonId) -> bool:
        """Whether this participant may see it."""
        return self.visibility is Visibility.shared or self.author == person


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A remark on an agenda item."""

    id: CommentId
    organization: OrganizationId
    conversation: ConversationId
    item: ItemId
    author: PersonId
    text: str
    created_at: datetime
