"""Questions to a human being."""

from bot.model.ids import QuestionId
from bot.model.question import Question
from storage.nouns import QUESTION
from storage.rows import Rows, Scope

_question = QUESTION.table.c


class Questions:
    def __init__(self, scope: Scope) -> None:
        self._questions = Rows(scope, QUESTION)

    async def get(self, question: QuestionId) -> Question | None:
        return await self._questions.at(id=question)

    async def add(self, question: Question) -> None:
        await self._questions.add(question)
