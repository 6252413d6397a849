"""Small organizations whose hierarchy changes, on a real store."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from adapters.clock import new_id
from bot.lines import Settled, settle, settle_one
from bot.model.agenda import AgendaItem
from bot.model.conversation import Conversation
from bot.model.hierarchy import ReportingLine
from bot.model.ids import ConversationId, ItemId, OrganizationId, PersonId
from bot.model.people import Organization, Person
from bot.pen import Pen
from bot.ports import Store, Transaction
from storage.store import Store as SqlStore

OURS = frozenset({"example.com"})


@dataclass
class Town:
    """An organization whose people are called by short names."""

    store: Store
    organization: OrganizationId
    at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    people: dict[str, PersonId] = field(default_factory=dict)

    def pen(self, tx: Transaction) -> Pen:
        return Pen(tx, self.at, new_id)

    async def joins(self, *names: str) -> None:
        async with self.store.write(self.organization) as tx:
            for name in names:
                self.people[name] = PersonId(new_id())
                email = f"{name}@example.com"
                await tx.people.add(
                    Person(id=self.people[name], organization=self.organization, name=name, email=email)
                )

    async def is_here(self, name: str, active: bool) -> Settled:
        async with self.store.write(self.organization) as tx:
            [person] = await tx.people.many([self.people[name]])
            await tx.people.save(replace(person, active=active))
            return await settle_one(self.pen(tx), person.id, domains=OURS)

    async def names(self, **managers: str | None) -> None:
        """The file names these managers, without anybody looking at it yet."""
        async with self.store.write(self.organization) as tx:
            for name, manager in managers.items():
                await self._names(tx, name, manager)

    async def _names(self, tx: Transaction, name: str, manager: str | None) -> None:
        person = self.people[name]
        there = await tx.hierarchy.line(person)
        fresh = there or ReportingLine(person=person, organization=self.organization, changed_at=self.at)
        in_file = manager if manager is None or "@" in manager or not manager else f"{manager}@example.com"
        await tx.hierarchy.put_line(replace(fresh, in_file=in_file))

    async def settles(self, **managers: str | None) -> Settled:
        """All at once, after an import."""
        self.at += timedelta(minutes=1)
        await self.names(**managers)
        async with self.store.write(self.organization) as tx:
            return await settle(self.pen(tx), domains=OURS)

    async def settles_one(self, name: str, manager: str | None) -> Settled:
        """One alone, by hand."""
        self.at += timedelta(minutes=1)
        async with self.store.write(self.organization) as tx:
            await self._names(tx, name, manager)
            return await settle_one(self.pen(tx), self.people[name], domains=OURS)

    async def lines(self) -> Mapping[str, ReportingLine]:
        async with self.store.read(self.organization) as tx:
            found = {name: await tx.hierarchy.line(person) for name, person in self.people.items()}
        return {name: line for name, line in found.items() if line is not None}

    async def managers(self) -> Mapping[str, str]:
        """Who holds."""
        called = {person: name for name, person in self.people.items()}
        return {name: called[line.manager] for name, line in (await self.lines()).items() if line.manager is not None}

    async def conversation(self, one: str, other: str) -> Conversation | None:
        async with self.store.read(self.organization) as tx:
            return await tx.conversations.of_pair(self.people[one], self.people[other])

    async def pairs(self) -> Mapping[frozenset[str], Conversation]:
        """Every conversation, by its two; each has both seats."""
        found: dict[ConversationId, Conversation] = {}
        seats: dict[ConversationId, set[str]] = {}
        async with self.store.read(self.organization) as tx:
            for name, person in self.people.items():
                for seated in await tx.conversations.seated(person):
                    found[seated.conversation.id] = seated.conversation
                    seats.setdefault(seated.conversation.id, set()).add(name)
        by_pair = {frozenset(seats[each]): conversation for each, conversation in found.items()}
        assert len(by_pair) == len(found), "a pair has two conversations"
        assert all(len(pair) == 2 for pair in by_pair), "a seat is missing"
        return by_pair

    async def lively(self) -> Collection[tuple[str, str]]:
        """Report and manager of each manager conversation that does not rest."""
        called = {person: name for name, person in self.people.items()}
        return {
            (called[each.other(each.senior)], called[each.senior])
            for each in (await self.pairs()).values()
            if each.line and each.rests_since is None and each.senior is not None
        }

    async def writes(self, name: str, other: str, text: str) -> None:
        """An agenda item of the first with the other."""
        there = await self.conversation(name, other)
        assert there is not None
        item = AgendaItem(
            id=ItemId(new_id()),
            organization=self.organization,
            conversation=there.id,
            author=self.people[name],
            text=text,
            created_at=self.at,
            changed_at=self.at,
        )
        async with self.store.write(self.organization) as tx:
            await tx.agenda.add(item)

    async def texts(self, one: str, other: str) -> list[str]:
        there = await self.conversation(one, other)
        assert there is not None
        async with self.store.read(self.organization) as tx:
            return [item.text for item in await tx.agenda.of(there.id)]


async def town_on(store: SqlStore, *names: str) -> Town:
    """A new organization with these people."""
    organization = Organization(id=OrganizationId(new_id()), name="Example")
    await store.add_organization(organization)
    town = Town(store, organization.id)
    await town.joins(*names)
    return town
