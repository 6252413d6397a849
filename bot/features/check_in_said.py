"""What check-ins have in common: the questions in the reader's words, and what the two have answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions import Action
from bot.check_in import Answer, Answers, Asked, answers_of, asked_of, known_of, round_now
from bot.clip import clip
from bot.model.check_in import AnswerKind, CheckIn
from bot.model.ids import ConversationId
from bot.model.people import Person
from bot.model.thread import Thread
from bot.turn import Turn

SHORT = 30
"""Characters of a question in a line of facts."""


@dataclass(frozen=True)
class AskCheckIn(Action):
    """Asks how one is before the next meeting."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenCheckIn(Action):
    """Shows what both have answered."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenTrend(Action):
    """Shows how the two rated the last times."""

    conversation: ConversationId


@dataclass(frozen=True)
class Round:
    """The one that an answer would belong to now, what each has answered in it, and whether there ever was a round."""

    number: int
    mine: CheckIn | None
    theirs: CheckIn | None
    ever: bool

    def sides(self, thread: Thread) -> Sequence[tuple[Person, CheckIn | None]]:
        """One's own side first."""
        return (thread.me, self.mine), (thread.other, self.theirs)


async def current_round(turn: Turn, thread: Thread) -> Round:
    """What belongs to the next meeting, or to the one under way."""
    latest = await turn.tx.check_ins.latest(thread.id, most=1)
    number = round_now(latest, await turn.tx.meetings.of(thread.id), turn.now)
    by = {one.author: one for one in latest if one.round == number}
    return Round(number, by.get(thread.me.id), by.get(thread.other.id), ever=bool(latest))


async def is_open(turn: Turn, thread: Thread) -> bool:
    """Whether this person could still check in before the next meeting."""
    return thread.is_live and (await current_round(turn, thread)).mine is None


async def asked_now(turn: Turn) -> Sequence[Asked]:
    """The questions of the organization."""
    return asked_of(await turn.tx.check_ins.questions())


async def ever_asked(turn: Turn) -> Sequence[Asked]:
    """Those, and then all others that may have answers."""
    return known_of(await turn.tx.check_ins.questions())


def question_said(turn: Turn, asked: Asked) -> str:
    """The whole question."""
    return turn.say(f"check_in.question.{asked.standard.value}") if asked.standard else asked.text


def short_question(turn: Turn, asked: Asked) -> str:
    """A word or two for it."""
    return turn.say(f"check_in.short.{asked.standard.value}") if asked.standard else clip(asked.text, SHORT)


def answer_said(turn: Turn, asked: Asked, answer: Answer) -> str:
    """The answer as one reads it on a page."""
    return turn.say("check_in.of_ten", rating=answer) if asked.kind is AnswerKind.rating else str(answer)


def side_said(turn: Turn, thread: Thread, person: Person, check_in: CheckIn | None, known: Sequence[Asked]) -> str:
    """One side in a line: the ratings by name; of words only that there are some."""
    return turn.say("check_in.side", name=side_name(turn, thread, person), said=_said(turn, check_in, known))


def side_name(turn: Turn, thread: Thread, person: Person) -> str:
    """What one of the two is called by oneself."""
    return turn.say("check_in.you") if person == thread.me else person.first_name


def _said(turn: Turn, check_in: CheckIn | None, known: Sequence[Asked]) -> str:
    answers = answers_of(check_in)
    if not answers:
        return turn.say("check_in.not_yet")
    return " · ".join(_ratings(turn, answers, known)) or turn.say("check_in.answered")


def _ratings(turn: Turn, answers: Answers, known: Sequence[Asked]) -> Sequence[str]:
    return [
        turn.say("check_in.rated", question=short_question(turn, one), rating=answers[one.key])
        for one in known
        if one.kind is AnswerKind.rating and one.key in answers
    ]


def given_answers(check_in: CheckIn | None, known: Sequence[Asked]) -> Mapping[Asked, Answer]:
    """What somebody answered, in the order of the questions."""
    answers = answers_of(check_in)
    return {one: answers[one.key] for one in known if one.key in answers}
