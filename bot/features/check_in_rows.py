"""An organization's own questions as they are stored: none at all as long as the standard ones are asked."""

from collections.abc import Sequence

from bot.check_in import MOST_QUESTIONS, STANDARD
from bot.model.check_in import AnswerKind, CheckInQuestion, Standard
from bot.model.ids import CheckInQuestionId
from bot.refused import Refused
from bot.turn import Turn


async def own_questions(turn: Turn) -> Sequence[CheckInQuestion]:
    """What is asked, as rows to change; the standard questions become rows the first time."""
    await turn.tx.people.one_at_a_time()  # two admins at once must not make them twice
    asked = [one for one in await turn.tx.check_ins.questions() if one.removed_at is None]
    return asked or await _made(turn)


async def _made(turn: Turn) -> Sequence[CheckInQuestion]:
    made = [fresh(turn, one.kind, position=place, standard=one.standard) for place, one in enumerate(STANDARD)]
    for question in made:
        await turn.tx.check_ins.add_question(question)
    return made


async def one_more(turn: Turn) -> Sequence[CheckInQuestion]:
    """The same; raises Refused where one more would be too many to answer before each meeting."""
    asked = await own_questions(turn)
    if len(asked) >= MOST_QUESTIONS:
        raise Refused("refused.too_many_questions", field="text", most=MOST_QUESTIONS)
    return asked


def fresh(turn: Turn, kind: AnswerKind, *, position: int, standard: Standard | None = None) -> CheckInQuestion:
    """A question that nobody has answered yet, at this place."""
    return CheckInQuestion(
        id=CheckInQuestionId(turn.new_id()),
        organization=turn.organization.id,
        author=turn.person.id,
        kind=kind,
        position=position,
        created_at=turn.now,
        standard=standard,
    )
