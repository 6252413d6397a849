"""Two people who agreed to meet, on any database and without any platform; and what is written down for them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from adapters.clock import new_id
from bot.model.conversation import Conversation, Relationship
from bot.model.delivery import Delivery, DeliveryState
from bot.model.ids import ConversationId, MeetingId, OrganizationId, PersonId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Organization, Person
from bot.model.series import Series, SeriesState
from bot.pen import Pen
from bot.planner import Planner
from bot.reminding import arrange_drifting
from bot.rhythm import Rhythm, parsed_rule
from bot.timetable import AHEAD, change, meeting_on, plan_meetings, plan_one, rewrite
from storage.store import Store
from tests.stateful.snapshot import _read

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
WEEKLY = Rhythm(
    rule=parsed_rule("FREQ=WEEKLY;BYDAY=TU"), first=date(2026, 11, 24), at=14 * 60, zone="Europe/Madrid", minutes=30
)


@dataclass
class Two:
    """Ana in Madrid and her report Ben in New York; all that is done here is done at ``now``."""

    store: Store
    organization: OrganizationId
    conversation: ConversationId
    people: dict[PersonId, str]
    now: datetime = NOW

    def person(self, name: str) -> PersonId:
        return next(person for person, called in self.people.items() if called == name)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Pen]:
        async with self.store.write(self.organization) as tx:
            yield Pen(tx, self.now, new_id)

    async def agree(self, rhythm: Rhythm, *, plan: bool = True) -> Series:
        """The series, planned as far as the product plans one."""
        series = Series(
            id=SeriesId(new_id()),
            organization=self.organization,
            conversation=self.conversation,
            author=self.person("Ana"),
            rule=rhythm.rule,
            first=rhythm.first,
            at=rhythm.at,
            zone=rhythm.zone,
            minutes=rhythm.minutes,
            last=rhythm.last,
            created_at=self.now,
            changed_at=self.now,
            planned_until=self.now,
        )
        async with self.writing() as pen:
            assert await pen.tx.series.start(series)
            if plan:
                series = await plan_meetings(pen, series, self.now + AHEAD)
                await arrange_drifting(pen, self.conversation)
        return series

    async def plan(self, series: Series, until: datetime) -> Series:
        async with self.writing() as pen:
            return await plan_meetings(pen, series, until)

    async def rewrite(self, series: Series, **changed: object) -> Series:
        """The series as it is stored, with something else about it."""
        async with self.writing() as pen:
            there = await pen.tx.series.get(series.id)
            assert there is not None
            return await rewrite(pen, replace(there, **changed))  # type: ignore[arg-type] # a series' own fields

    async def pause(self, series: Series) -> Series:
        return await self.rewrite(series, state=SeriesState.paused)

    async def resume(self, series: Series) -> Series:
        return await self.rewrite(series, state=SeriesState.active)

    async def skip(self, series: Series, day: date) -> None:
        async with self.writing() as pen:
            meeting = await meeting_on(pen, series, day)
            assert meeting is not None
            await change(pen, replace(meeting, state=MeetingState.skipped))

    async def bring_back(self, series: Series, day: date) -> None:
        async with self.writing() as pen:
            meeting = await meeting_on(pen, series, day)
            assert meeting is not None
            await change(pen, replace(meeting, state=MeetingState.scheduled))

    async def move(self, series: Series, day: date, starts_at: datetime) -> None:
        async with self.writing() as pen:
            meeting = await meeting_on(pen, series, day)
            assert meeting is not None
            await change(pen, replace(meeting, starts_at=starts_at, moved=True))

    async def meet_once_more(self, starts_at: datetime) -> None:
        meeting = Meeting(
            id=MeetingId(new_id()),
            organization=self.organization,
            conversation=self.conversation,
            author=self.person("Ana"),
            starts_at=starts_at,
            state=MeetingState.scheduled,
            changed_at=self.now,
            minutes=30,
        )
        async with self.writing() as pen:
            await plan_one(pen, meeting)

    def planner(self, store: Store | None = None) -> Planner:
        store = store or self.store
        return Planner(timetable=store.timetable, store=store, now=lambda: self.now, new_id=new_id)

    async def meetings(self) -> Sequence[Meeting]:
        """All of them, by their time."""
        rows = await _read(self.store, self.organization, ["meeting"])
        return sorted(rows["meeting"].values(), key=lambda meeting: meeting.starts_at)

    async def days(self) -> dict[str, tuple[str, str]]:
        """Those that are not cancelled, by the day they were due: when they are, and how they stand."""
        meetings = [one for one in await self.meetings() if one.state is not MeetingState.cancelled]
        return {str(one.day): (f"{one.starts_at:%Y-%m-%d %H:%M}", one.state.value) for one in meetings}

    async def reminders(self) -> Sequence[Delivery]:
        rows = await _read(self.store, self.organization, ["delivery"])
        return sorted(rows["delivery"].values(), key=lambda delivery: (delivery.due_at, delivery.kind, delivery.id))

    async def due(self, kind: str, name: str) -> list[str]:
        """When reminders of this kind wait for one of the two."""
        mine = (one for one in await self.reminders() if one.kind == kind and self.people.get(_person(one)) == name)
        return [f"{one.due_at:%Y-%m-%d %H:%M}" for one in mine if one.state is DeliveryState.pending]

    async def facts(self) -> tuple[object, ...]:
        """All that is written down, without the ids that are drawn anew each time."""
        meetings = await self.meetings()
        subjects = {meeting.id: str(meeting.day) for meeting in meetings}
        return (
            [(one.day, one.starts_at, one.minutes, one.state, one.moved) for one in meetings],
            sorted(
                (subjects.get(MeetingId(one.subject), ""), one.kind, self.people[_person(one)], *_times(one))
                for one in await self.reminders()
            ),
        )


def _person(delivery: Delivery) -> PersonId:
    return PersonId(delivery.recipient)


def _times(delivery: Delivery) -> tuple[object, ...]:
    return delivery.offset, delivery.due_at, delivery.expires_at, delivery.state


async def two_on(store: Store, *, now: datetime = NOW) -> Two:
    """Two people of an organization of their own."""
    organization = OrganizationId(new_id())
    await store.add_organization(Organization(id=organization, name="Example"))
    people = {PersonId(new_id()): "Ana", PersonId(new_id()): "Ben"}
    zones = {"Ana": "Europe/Madrid", "Ben": "America/New_York"}
    senior, _ = people
    first, second = sorted(people)
    conversation = Conversation(
        id=ConversationId(new_id()),
        organization=organization,
        first=first,
        second=second,
        started_by=senior,
        relationship=Relationship.manager,
        senior=senior,
        created_at=now,
        changed_at=now,
    )
    async with store.write(organization) as tx:
        for person, name in people.items():
            await tx.people.add(Person(id=person, organization=organization, name=name, zone=zones[name]))
        await tx.conversations.start(conversation)
    return Two(store, organization, conversation.id, people, now)
