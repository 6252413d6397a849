"""A discussion prompt that an admin assigns to an audience, and how far it has come in each conversation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.ids import ConversationId, ItemId, OrganizationId, PersonId, PlaceId, TopicId


class TopicState(StrEnum):
    """``draft`` is being written; ``assigned`` has been confirmed once; ``recalled`` was taken back."""

    draft = "draft"
    assigned = "assigned"
    recalled = "recalled"


class Again(StrEnum):
    """Whether a topic comes again."""

    never = "never"
    monthly = "monthly"
    quarterly = "quarterly"
    half_yearly = "half_yearly"
    yearly = "yearly"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What is to be talked about, by whom, and when.

    ``audience`` is the rule (see ``bot.audience``) in its written form. It begins on ``day`` at ``at`` minutes after
    midnight where the report is, at once where there is no day. ``joiners_until`` is the last day on which who matches
    later gets it too. ``round`` counts how often its audience was settled, ``next_on`` is the day of the next round.
    ``place`` is the channel that is told of it, ``matched`` how many conversations the newest round had at first.
    """

    id: TopicId
    organization: OrganizationId
    author: PersonId
    title: str
    prompt: str
    note: str | None = None
    links: str | None = None
    audience: str
    state: TopicState = TopicState.draft
    created_at: datetime
    changed_at: datetime
    day: date | None = None
    at: int = 540
    again: Again = Again.never
    joiners_until: date | None = None
    round: int = 0
    next_on: date | None = None
    looked_at: datetime | None = None
    place: PlaceId | None = None
    matched: int = 0
    edition: int = 1
    version: int = 1


class AssignmentState(StrEnum):
    """``waiting`` for its time, ``placed`` on the agenda, and what became of it there."""

    waiting = "waiting"
    placed = "placed"
    discussed = "discussed"
    not_relevant = "not_relevant"
    recalled = "recalled"


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One round of a topic in one conversation; ``id`` is the agenda item that it becomes when it is due.

    ``month`` is the first day of the month, where the report is, in which it is one of so many.
    """

    id: ItemId
    organization: OrganizationId
    topic: TopicId
    round: int
    conversation: ConversationId
    due_at: datetime
    month: date
    state: AssignmentState = AssignmentState.waiting
    placed_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Due:
    """When a conversation gets a topic, and the first day of the month in which it is one of so many."""

    at: datetime
    month: date


@dataclass(frozen=True)
class Reached:
    """In how many conversations a round of a topic is or was, and in how many it was discussed or is not relevant."""

    reached: int
    discussed: int
    not_relevant: int


class Chore(StrEnum):
    """What the clock has to do about a topic."""

    settle = "settle"
    place = "place"
    clear = "clear"
    tally = "tally"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many conversations a topic had come to, and what had become of it, as the week began.

    Conversations that an admin is in are not among them, so that no admin can work out others from their own.
    """

    topic: TopicId
    week: date
    organization: OrganizationId
    reached: int
    discussed: int
    not_relevant: int
