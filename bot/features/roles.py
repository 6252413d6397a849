"""What the other one is to a person: the relationship, seen from one side."""

from enum import StrEnum

from bot.model.conversation import Conversation, Relationship
from bot.model.ids import PersonId
from bot.model.thread import Thread
from bot.turn import Turn


class Role(StrEnum):
    """What the other one is to the person who says so."""

    my_manager = "my_manager"
    my_report = "my_report"
    colleague = "colleague"
    my_mentor = "my_mentor"
    my_mentee = "my_mentee"
    my_skip_level = "my_skip_level"
    their_skip_level = "their_skip_level"


MEANING = {
    Role.my_manager: (Relationship.manager, "other"),
    Role.my_report: (Relationship.manager, "me"),
    Role.colleague: (Relationship.colleague, None),
    Role.my_mentor: (Relationship.mentor, "other"),
    Role.my_mentee: (Relationship.mentor, "me"),
    Role.my_skip_level: (Relationship.skip_level, "other"),
    Role.their_skip_level: (Relationship.skip_level, "me"),
}


def role_in(conversation: Conversation, person: PersonId) -> Role:
    """What the other one of this conversation is to this person."""
    senior = None
    if conversation.senior is not None:
        senior = "me" if conversation.senior == person else "other"
    return next(role for role, meaning in MEANING.items() if meaning == (conversation.relationship, senior))


def meant(role: Role, *, me: PersonId, other: PersonId) -> tuple[Relationship, PersonId | None]:
    """The relationship and its senior, for a role that ``me`` gave to ``other``."""
    relationship, senior = MEANING[role]
    return relationship, {"me": me, "other": other, None: None}[senior]


def relationship_of(turn: Turn, thread: Thread) -> str:
    """What the other one is to this person, in words."""
    return role_said(turn, thread.conversation)


def role_said(turn: Turn, conversation: Conversation) -> str:
    """The same; what they were, where the conversation rests."""
    role = role_in(conversation, turn.person.id).value
    return turn.say(f"conversations.{'is' if conversation.rests_since is None else 'was'}.{role}")


def reports_to(conversation: Conversation, person: PersonId) -> bool:
    """Whether the other one of the two reports to this person now."""
    return conversation.rests_since is None and role_in(conversation, person) is Role.my_report
