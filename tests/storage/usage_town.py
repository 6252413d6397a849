"""A company in the database and, told the same, in the naive counting beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.disclosure import Counts, Group, Place, counts_read
from bot.folding import folded
from bot.model.answer import Answer, Meaningful
from bot.model.conversation import Conversation, Relationship
from bot.model.hierarchy import DEPARTMENT, Attribute
from bot.model.ids import ConversationId, MeetingId, OrganizationId, PersonId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Person
from bot.model.usage import EVERYBODY, Deed
from bot.ports import Busy
from bot.usage_keeping import UsageKeeper, is_due
from storage.store import Store
from tests.storage.usage_naive import NO_DEPARTMENT, Naive, Pair

MANAGERS, REPORTS = 3, 7
DEPARTMENTS = ("", "sales", "support", "legal")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "America/Santiago", "Pacific/Pago_Pago")
DEEDS = tuple(Deed)
STATES = (MeetingState.ended, MeetingState.running, MeetingState.cancelled, MeetingState.scheduled)
SAID = tuple(Meaningful)


@dataclass
class Town:
    """``now`` moves only forward; each method does the same on both sides."""

    store: Store
    organization: OrganizationId
    now: datetime = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)
    naive: Naive = field(default_factory=Naive)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def _id(self) -> str:
        return f"{self.organization[:8]}-{next(self.numbers):06}".ljust(22, "0")

    async def furnish(self) -> None:
        people = [PersonId(self._id()) for _ in range(MANAGERS + REPORTS)]
        async with self.store.write(self.organization) as tx:
            for person in people:
                await tx.people.add(Person(id=person, organization=self.organization, name="Somebody"))
        self.people = people
        for number, report in enumerate(people[MANAGERS:]):
            await self.department(MANAGERS + number, number)
            await self._start(report, people[number % MANAGERS])

    async def _start(self, report: PersonId, manager: PersonId) -> None:
        first, second = sorted((report, manager))
        conversation = Conversation(
            id=ConversationId(self._id()),
            organization=self.organization,
            first=first,
            second=second,
            started_by=manager,
            relationship=Relationship.manager,
            senior=manager,
            created_at=self.now,
            changed_at=self.now,
        )
        async with self.store.write(self.organization) as tx:
            assert await tx.conversations.start(conversation)
        self.naive.pairs.append(Pair(conversation.id, report, manager, self.now))

    def _pair(self, which: int) -> Pair:
        return self.naive.pairs[which % len(self.naive.pairs)]

    async def deed(self, which: int, kind: int) -> None:
        pair = self._pair(which)
        async with self.store.write(self.organization) as tx:
            await tx.usage.did(ConversationId(pair.conversation), DEEDS[kind % len(DEEDS)], self.now)
        pair.deeds.append(self.now)

    async def meet(self, which: int, kind: int) -> None:
        pair, state = self._pair(which), STATES[kind % len(STATES)]
        if state is MeetingState.running and any(kind == "running" for kind in self._states(pair)):
            state = MeetingState.ended
        meeting = Meeting(
            id=MeetingId(self._id()),
            organization=self.organization,
            conversation=ConversationId(pair.conversation),
            author=PersonId(pair.manager),
            starts_at=self.now - timedelta(hours=kind),
            state=state,
            changed_at=self.now,
        )
        async with self.store.write(self.organization) as tx:
            assert await tx.meetings.add(meeting)
        pair.meetings[meeting.id] = (meeting.starts_at, meeting.is_held)
        self.under_way |= {pair.conversation} if state is MeetingState.running else set()

    under_way: set[str] = field(default_factory=set)

    def _states(self, pair: Pair) -> Sequence[str]:
        return ["running"] if pair.conversation in self.under_way else []

    async def answer(self, which: int, kind: int) -> None:
        """One of the two, or both, about one of their last two meetings; they may change their minds."""
        pair = self._pair(which)
        for meeting in list(pair.meetings)[-1 - kind % 2 :][:1]:
            sides = (pair.report, pair.manager)[: 1 + (kind >> 1) % 2]
            for number, person in enumerate(sides):
                said = SAID[(kind >> 2 + number) % len(SAID)]
                answer = Answer(
                    meeting=MeetingId(meeting),
                    person=PersonId(person),
                    organization=self.organization,
                    meaningful=said,
                    at=self.now,
                )
                async with self.store.write(self.organization) as tx:
                    await tx.meetings.answer(answer)
                pair.answers.setdefault(meeting, {})[person] = (self.now, said is Meaningful.yes)

    async def department(self, which: int, kind: int) -> None:
        person, name = self.people[which % len(self.people)], DEPARTMENTS[kind % len(DEPARTMENTS)]
        async with self.store.write(self.organization) as tx:
            if name:
                attribute = Attribute(
                    person=person,
                    name=DEPARTMENT,
                    organization=self.organization,
                    label="Department",
                    value=folded(name),
                    in_file=name.title(),
                )
                await tx.hierarchy.put_attribute(attribute)
            else:
                await tx.hierarchy.remove_attribute(person, DEPARTMENT)
        self.naive.departments[person] = name or NO_DEPARTMENT

    async def rest(self, which: int, kind: int) -> None:
        """It rests, or returns."""
        pair = self._pair(which)
        pair.rests = bool(kind % 2)
        await self._save(pair, rests_since=self.now if pair.rests else None)

    async def turn_round(self, which: int, _: int) -> None:
        """Who managed the other is managed by them."""
        pair = self._pair(which)
        pair.report, pair.manager = pair.manager, pair.report
        await self._save(pair, senior=PersonId(pair.manager))

    async def reorganize(self, which: int, kind: int) -> None:
        """A report has another manager, or one they had before."""
        pair, manager = self._pair(which), self.people[kind % MANAGERS]
        known = {frozenset((each.report, each.manager)): each for each in self.naive.pairs}
        if pair.report == manager:
            return
        other = known.get(frozenset((pair.report, manager)))
        if other is None:
            await self._start(PersonId(pair.report), manager)
        else:
            await self.rest(self.naive.pairs.index(other), 0)
        if other is not pair:
            await self.rest(which, 1)

    async def _save(self, pair: Pair, **changed: object) -> None:
        async with self.store.write(self.organization) as tx:
            conversation = await tx.conversations.get(ConversationId(pair.conversation))
            assert conversation is not None
            await tx.conversations.save(replace(conversation, **changed))  # type: ignore[arg-type] # its own fields

    async def go(self, which: int, kind: int) -> None:
        """Somebody leaves the company, or comes back."""
        person, here = self.people[which % len(self.people)], bool(kind % 2)
        async with self.store.write(self.organization) as tx:
            found = await tx.people.get(person)
            assert found is not None
            await tx.people.save(replace(found, active=here))
        self.naive.away = self.naive.away - {person} if here else self.naive.away | {person}

    async def move_to_zone(self, _: int, kind: int) -> None:
        zone = ZONES[kind % len(ZONES)]
        async with self.store.write(self.organization) as tx:
            await tx.organizations.save(replace(await tx.organizations.current(), zone=zone))
        self.naive.zone = zone

    async def count(self, *_: int) -> None:
        """The clock, which may have stood still for long, counts all that is over; every third department is small."""
        keeper = UsageKeeper(
            timetable=self.store.timetable,
            store=self.store,
            now=lambda: self.now,
            new_id=self._id,
            roll_up=lambda teams: frozenset(team.department for team in teams if _is_small(team.department)),
        )
        while await self._due():
            await keeper.step(self.organization)
        names = await self.names()
        self.naive.count(self.now, lambda name: name in {names[known] for known in names if _is_small(known)})

    async def _due(self) -> bool:
        async with self.store.write(self.organization) as tx:
            if not await tx.counting.hold():
                raise Busy
            return is_due(await tx.counting.counted(), self.now)

    async def names(self) -> dict[str, str]:
        async with self.store.read(self.organization) as tx:
            return {each.id: each.name or NO_DEPARTMENT for each in await tx.usage.departments()}

    async def stored(self) -> dict[object, dict[tuple[str, str], dict[Place, Counts]]]:
        """The counts of all weeks as they were written, by the departments' names."""
        names, found = await self.names(), dict[object, dict[tuple[str, str], dict[Place, Counts]]]()
        async with self.store.read(self.organization) as tx:
            weeks = [each.week for each in await tx.usage.everybody(since=self.now.date() - timedelta(days=4000))]
            rows = {row for week in weeks for row in await tx.usage.groups([week])}
            for department in names:
                rows |= set(await tx.usage.groups(weeks, department=department))
        for row in rows:
            group: Group = counts_read(row.department, row.manager, row.counted)
            named = names.get(row.department, row.department), row.manager
            found.setdefault(row.week, {})[named] = dict(group.counts)
        return found


def _is_small(department: str) -> bool:
    return department != EVERYBODY and int(department[9:15]) % 3 == 0
