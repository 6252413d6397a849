"""What the two answered before they met, and the organization's own questions."""

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.model.check_in import CheckIn, CheckInQuestion
from bot.model.ids import CheckInId, CheckInQuestionId, ConversationId
from storage.nouns import CHECK_IN, CHECK_IN_QUESTION
from storage.rows import Rows, Scope, save

_check_in = CHECK_IN.table.c
_question = CHECK_IN_QUESTION.table.c
_same = CHECK_IN.table.alias("same").c
_LATEST_ROUND = (
    select(func.max(_same.round))
    .where(_same.organization == _check_in.organization, _same.conversation == _check_in.conversation)
    .scalar_subquery()
)


class CheckIns:
    def __init__(self, scope: Scope) -> None:
        self._check_ins = Rows(scope, CHECK_IN)
        self._questions = Rows(scope, CHECK_IN_QUESTION)

    async def get(self, check_in: CheckInId) -> CheckIn | None:
        return await self._check_ins.at(id=check_in)

    async def latest(self, conversation: ConversationId, *, most: int) -> Sequence[CheckIn]:
        recent = _check_in.round > _LATEST_ROUND - most
        by = (_check_in.round, _check_in.answered_at, _check_in.id)
        return await self._check_ins.all(_check_in.conversation == conversation, recent, by=by)

    async def add(self, check_in: CheckIn) -> bool:
        return await self._check_ins.add_unless_there(check_in)

    async def save(self, check_in: CheckIn) -> CheckIn:
        return await save(self._check_ins, check_in)

    async def remove(self, check_in: CheckInId) -> None:
        await self._check_ins.remove(_check_in.id == check_in)

    async def question(self, question: CheckInQuestionId) -> CheckInQuestion | None:
        return await self._questions.at(id=question)

    async def questions(self) -> Sequence[CheckInQuestion]:
        return await self._questions.all(by=(_question.position, _question.created_at, _question.id))

    async def add_question(self, question: CheckInQuestion) -> None:
        await self._questions.add(question)

    async def save_question(self, question: CheckInQuestion) -> CheckInQuestion:
        return await save(self._questions, question)
