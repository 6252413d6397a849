"""Which of the check-in's questions are asked, and in which order; for admins (E1)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.admins import admins_only
from bot.features.check_in_questions import (
    MoveCheckInQuestion,
    ResumeCheckInQuestion,
    StandardCheckInQuestions,
    StopCheckInQuestion,
)
from bot.features.check_in_rows import one_more, own_questions
from bot.model.check_in import CheckInQuestion
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Button, Here

handlers = Handlers()

_Named = MoveCheckInQuestion | StopCheckInQuestion | ResumeCheckInQuestion


@handlers.writes(MoveCheckInQuestion)
async def move_question(turn: Turn, action: MoveCheckInQuestion) -> Here:
    admins_only(turn)
    asked = list(await own_questions(turn))
    place = asked.index(_meant(asked, action))
    moved = asked.pop(place)
    asked.insert(max(0, place + (-1 if action.up else 1)), moved)
    await _place(turn, asked)
    return Here(text=turn.say("check_in.moved", up=action.up))


async def _place(turn: Turn, asked: Sequence[CheckInQuestion]) -> None:
    for place, question in enumerate(asked):
        if question.position != place:
            await turn.tx.check_ins.save_question(replace(question, position=place))


def _meant(asked: Sequence[CheckInQuestion], action: _Named) -> CheckInQuestion:
    found = next((one for one in asked if _is_meant(one, action)), None)
    if found is None:
        raise Refused("refused.question_changed")
    return found


def _is_meant(question: CheckInQuestion, action: _Named) -> bool:
    """By what it is known, of which it has one only."""
    if action.standard is not None:
        return question.standard is action.standard
    return question.standard is None and question.id == action.question


@handlers.writes(StopCheckInQuestion)
async def stop_question(turn: Turn, action: StopCheckInQuestion) -> Here:
    admins_only(turn)
    asked = await own_questions(turn)
    question = _meant(asked, action)
    if len(asked) == 1:
        raise Refused("refused.last_question")
    await turn.tx.check_ins.save_question(replace(question, removed_at=turn.now))
    undo = Button(turn.say("views.undo"), ResumeCheckInQuestion(action.standard, action.question))
    return Here(text=turn.say("check_in.left_out"), undo=undo)


@handlers.writes(ResumeCheckInQuestion)
async def resume_question(turn: Turn, action: ResumeCheckInQuestion) -> Here:
    admins_only(turn)
    asked = await one_more(turn)
    if not any(_is_meant(one, action) for one in asked):
        await _resume(turn, action, place=len(asked))
    return Here(text=turn.say("check_in.asked_again"))


async def _resume(turn: Turn, action: ResumeCheckInQuestion, *, place: int) -> None:
    stored = _meant(await turn.tx.check_ins.questions(), action)
    await turn.tx.check_ins.save_question(replace(stored, removed_at=None, position=place))


@handlers.writes(StandardCheckInQuestions)
async def standard_questions(turn: Turn, action: StandardCheckInQuestions) -> Here:
    admins_only(turn)
    await turn.tx.people.one_at_a_time()
    for question in await turn.tx.check_ins.questions():
        if question.removed_at is None:
            await turn.tx.check_ins.save_question(replace(question, removed_at=turn.now))
    return Here(text=turn.say("check_in.standard_again"))
