"""Topics that admins assign, and how far each has come."""

from collections.abc import Iterable, Sequence

from bot.model.ids import ConversationId, TopicId
from bot.model.topic import Assignment, Tally, Topic
from storage.nouns import ASSIGNMENT, TALLY, TOPIC
from storage.rows import Rows, Scope, save

_topic = TOPIC.table.c
_assignment = ASSIGNMENT.table.c
_tally = TALLY.table.c


class Topics:
    def __init__(self, scope: Scope) -> None:
        self._topics = Rows(scope, TOPIC)
        self._assignments = Rows(scope, ASSIGNMENT)
        self._tallies = Rows(scope, TALLY)

    async def get(self, topic: TopicId) -> Topic | None:
        return await self._topics.at(id=topic)

    async def many(self, topics: Iterable[TopicId]) -> Sequence[Topic]:
        return sorted(await self._topics.among(_topic.id, topics), key=lambda topic: topic.id)

    async def add(self, topic: Topic) -> None:
        await self._topics.add(topic)

    async def save(self, topic: Topic) -> Topic:
        return await save(self._topics, topic)

    async def assign(self, assignments: Sequence[Assignment]) -> None:
        await self._assignments.add_missing(assignments)

    async def add_tally(self, tally: Tally) -> bool:
        return await self._tallies.add_unless_there(tally)

    async def tallies(self, topic: TopicId) -> Sequence[Tally]:
        return await self._tallies.all(_tally.topic == topic, by=(_tally.week,))

    async def assignments_in(self, conversation: ConversationId) -> Sequence[Assignment]:
        by = (_assignment.due_at, _assignment.id)
        return await self._assignments.all(_assignment.conversation == conversation, by=by)
