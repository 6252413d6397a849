"""A firm whose pairs of a manager and a report a test makes, and the clock that assigns topics to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapters.clock import new_id
from bot.assigning import Assigner
from bot.audience import Audience, Condition
from bot.folding import folded
from bot.model.agenda import AgendaItem
from bot.model.conversation import Conversation, Relationship
from bot.model.hierarchy import Attribute
from bot.model.ids import ConversationId, OrganizationId, PersonId, TopicId
from bot.model.people import Person
from bot.model.topic import Assignment, Chore, Topic, TopicState
from storage.store import Store

KEY = b"k" * 32
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GERMAN, FRENCH = {"Country": "Germany"}, {"Country": "France"}
GERMANY = Audience(conditions=(Condition("Country", ("Germany",)),))


@dataclass
class Firm:
    """An organization whose pairs a test makes, and its clock."""

    store: Store
    organization: OrganizationId
    now: datetime = NOON

    def assigner(self, store: Store | None = None) -> Assigner:
        store = store or self.store
        return Assigner(timetable=store.timetable, store=store, now=lambda: self.now, new_id=new_id)

    async def person(self, known: Mapping[str, str], *, zone: str = "Europe/Berlin", **also: bool) -> PersonId:
        person = Person(id=PersonId(new_id()), organization=self.organization, name="Somebody", zone=zone)
        async with self.store.write(self.organization) as tx:
            await tx.people.add(replace(person, **also))  # type: ignore[arg-type] # a person's own marks
            for label, value in known.items():
                await tx.hierarchy.put_attribute(
                    Attribute(
                        person=person.id,
                        name=folded(label),
                        organization=self.organization,
                        label=label,
                        value=folded(value),
                        in_file=value,
                    )
                )
        return person.id

    async def pair(
        self,
        report: Mapping[str, str],
        manager: Mapping[str, str] | None = None,
        *,
        zone: str = "Europe/Berlin",
        of: PersonId | None = None,
        **also: object,
    ) -> ConversationId:
        senior = of or await self.person(manager or {})
        junior = await self.person(report, zone=zone)
        first, second = sorted((senior, junior))
        conversation = Conversation(
            id=ConversationId(new_id()),
            organization=self.organization,
            first=first,
            second=second,
            started_by=senior,
            relationship=Relationship.manager,
            senior=senior,
            created_at=self.now,
            changed_at=self.now,
        )
        async with self.store.write(self.organization) as tx:
            assert await tx.conversations.start(replace(conversation, **also))  # type: ignore[arg-type] # its own
        return conversation.id

    async def topic(self, audience: Audience = GERMANY, **also: object) -> TopicId:
        topic = Topic(
            id=TopicId(new_id()),
            organization=self.organization,
            author=PersonId("the-admin".ljust(22, "0")),
            title="Mid-year reflection",
            prompt="What are you proud of?",
            audience=audience.written(),
            state=TopicState.assigned,
            created_at=self.now,
            changed_at=self.now,
        )
        async with self.store.write(self.organization) as tx:
            await tx.topics.add(replace(topic, **also))  # type: ignore[arg-type] # a topic's own
        return topic.id

    async def stored(self, topic: TopicId) -> Topic:
        async with self.store.read(self.organization) as tx:
            found = await tx.topics.get(topic)
        assert found is not None
        return found

    async def works(self) -> list[Chore]:
        """Does all that there is to do at this moment."""
        chores = await self.assigner().chores()
        for chore, organization, topic in chores:
            await self.assigner().do(chore, organization, topic)
        return [chore for chore, _, _ in chores]

    async def items(self, *conversations: ConversationId) -> list[AgendaItem]:
        async with self.store.read(self.organization) as tx:
            return list(await tx.agenda.of(*conversations))

    async def assignments(self, conversation: ConversationId) -> list[Assignment]:
        async with self.store.read(self.organization) as tx:
            return list(await tx.topics.assignments_in(conversation))

    async def reach(self, audience: Audience) -> int:
        async with self.store.read(self.organization) as tx:
            return await tx.topics.reach(audience)
