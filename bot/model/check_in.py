"""What each of the two answers before they meet, and what they are asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import CheckInId, CheckInQuestionId, ConversationId, OrganizationId, PersonId

ANSWER_LIMIT = 500
"""Characters of an answer in words."""

LOWEST, HIGHEST = 1, 10
"""The ends of a rating."""


class AnswerKind(StrEnum):
    """A number from 1 to 10, or words."""

    rating = "rating"
    text = "text"


class Standard(StrEnum):
    """The questions that everybody is asked until their organization changes them."""

    mood = "mood"
    workload = "workload"
    highlight = "highlight"
    challenge = "challenge"


@dataclass(frozen=True, kw_only=True)
class CheckInQuestion:
    """A question of the organization's own; a ``standard`` one has its words in every language, and no ``text``.

    One that was removed is asked no more, and keeps the answers that it had.
    """

    id: CheckInQuestionId
    organization: OrganizationId
    author: PersonId
    kind: AnswerKind
    position: int
    created_at: datetime
    text: str | None = None
    standard: Standard | None = None
    removed_at: datetime | None = None
    edition: int = 1
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """One side's answers before a meeting, which both of the two see.

    ``answers`` is their written form (see ``bot.check_in``), ``round`` how many meetings the two had had by then.
    """

    id: CheckInId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    round: int
    answers: str
    answered_at: datetime
    changed_at: datetime
    version: int = 1
