"""A conversation as one of its two participants has it before them."""

from dataclasses import dataclass

from bot.model.conversation import Conversation
from bot.model.ids import ConversationId, PersonId
from bot.model.people import Person


@dataclass(frozen=True)
class Thread:
    """The conversation, the person of this turn, and the other one. Only ``access`` makes it."""

    conversation: Conversation
    me: Person
    other: Person

    @property
    def id(self) -> ConversationId:
        """The conversation's id."""
        return self.conversation.id

    @property
    def is_live(self) -> bool:
        """Whether both can still write in it."""
        return self.conversation.declined_at is None and self.other.active

    def called(self, person: PersonId) -> Person:
        """The one of the two with this id."""
        return self.me if person == self.me.id else self.other
