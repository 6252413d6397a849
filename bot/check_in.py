"""What is asked before a meeting, how answers are written down, and to which meeting they belong (E1)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.entered import Entered
from bot.model.check_in import ANSWER_LIMIT, HIGHEST, LOWEST, AnswerKind, CheckIn, CheckInQuestion, Standard
from bot.model.ids import CheckInQuestionId
from bot.model.meeting import Meeting, MeetingState
from bot.refused import Refused

STALE = timedelta(days=14)
"""So long after both have said nothing, and did not meet either, how they were is no news any more."""

MOST_QUESTIONS = 8
QUESTION_LIMIT = 120
LEFT_OUT = "0"
"""What a rating's choice says of an answer that is left out."""

_KINDS = {
    Standard.mood: AnswerKind.rating,
    Standard.workload: AnswerKind.rating,
    Standard.highlight: AnswerKind.text,
    Standard.challenge: AnswerKind.text,
}

Answer = int | str
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Asked:
    """A question: one of the ``standard`` ones, or an organization's own with its ``text``."""

    kind: AnswerKind
    standard: Standard | None = None
    question: CheckInQuestionId | None = None
    text: str = ""

    @property
    def key(self) -> str:
        """What its answers are kept under, and its field in the form is called."""
        return self.standard.value if self.standard else str(self.question)


STANDARD = tuple(Asked(kind, standard=standard) for standard, kind in _KINDS.items())


def asked_of(stored: Iterable[CheckInQuestion]) -> tuple[Asked, ...]:
    """What is asked now: the organization's questions in their order, the standard ones where it has none."""
    return tuple(_asked(one) for one in stored if one.removed_at is None) or STANDARD


def known_of(stored: Sequence[CheckInQuestion]) -> tuple[Asked, ...]:
    """What is asked now, and then whatever else was ever asked, whose answers are still there."""
    found: dict[str, Asked] = {}
    for one in (*asked_of(stored), *(_asked(each) for each in stored), *STANDARD):
        found.setdefault(one.key, one)
    return tuple(found.values())


def _asked(question: CheckInQuestion) -> Asked:
    if question.standard is not None:
        return Asked(_KINDS[question.standard], standard=question.standard)
    return Asked(question.kind, question=question.id, text=question.text or "")


def written(answers: Answers) -> str:
    """The answers as they are kept, sealed."""
    return json.dumps(dict(answers), ensure_ascii=False)


def answers_of(check_in: CheckIn | None) -> dict[str, Answer]:
    """What somebody answered, by the questions' keys."""
    return {} if check_in is None else dict(json.loads(check_in.answers))


def entered_answers(entered: Entered, known: Iterable[Asked]) -> dict[str, Answer]:
    """The answers in a form; raises Refused, which names the field, for what cannot be one."""
    found = {one.key: _answer(entered, one) for one in known}
    return {key: answer for key, answer in found.items() if answer is not None}


def _answer(entered: Entered, asked: Asked) -> Answer | None:
    if asked.kind is AnswerKind.text:
        return entered.text_or_none(asked.key, most=ANSWER_LIMIT)
    value = entered.values.get(asked.key) or LEFT_OUT
    ratings = {str(rating): rating for rating in range(LOWEST, HIGHEST + 1)}
    if value != LEFT_OUT and (not isinstance(value, str) or value not in ratings):
        raise Refused("refused.choose", field=asked.key)
    return ratings.get(str(value))


def round_now(latest: Sequence[CheckIn], held: Sequence[Meeting], now: datetime) -> int:
    """The number of the round that an answer would belong to at this moment.

    A round is over when the two have met, or when neither has said anything for long.
    """
    if not latest:
        return 1
    said_at = max(one.changed_at for one in latest)
    met = any(one.state is MeetingState.ended and said_at <= one.over_at <= now for one in held)
    return max(one.round for one in latest) + (1 if met or now - said_at > STALE else 0)
