"""A company whose hierarchy has settled, with something planned and something open in each 1-on-1 that will end."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, text, update

from adapters.clock import new_id
from benchmarks.delivery_world import World
from bot.lines import settle
from bot.model.agenda import AgendaItem
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.hierarchy import NOBODY, ReportingLine
from bot.model.ids import ConversationId, DeliveryId, ItemId, MeetingId, PersonId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Person
from bot.model.series import Series
from bot.pen import Pen
from storage.nouns import AGENDA_ITEM, DELIVERY, MEETING, PERSON, REPORTING_LINE, SERIES

SPAN = 8
_AT_ONCE = 5_000
_PATIENT = 600.0
_MOVES = 5
"""Every fifth of those below the second level moves, to the manager beside theirs."""


async def furnished(world: World, people: int) -> Sequence[PersonId]:
    """So many people, each manager with eight reports, and their conversations; the people from the top down."""
    now = datetime.now(UTC)
    ids = [PersonId(new_id()) for _ in range(people)]
    await _insert(world, PERSON, (_person(world, who, n) for n, who in enumerate(ids)))
    await _insert(world, REPORTING_LINE, (_line(world, who, n, now) for n, who in enumerate(ids)))
    await _analyzed(world)
    async with world.store.write(world.organization, patience=_PATIENT) as tx:
        await settle(Pen(tx, now, new_id), domains=frozenset())
    return ids


def _person(world: World, who: PersonId, number: int) -> Person:
    return Person(
        id=who,
        organization=world.organization,
        name=f"Ana Person{number}",
        email=f"person{number}@example.com",
        zone="Europe/Madrid",
        listed=True,
    )


def _line(world: World, who: PersonId, number: int, now: datetime) -> ReportingLine:
    named = f"person{(number - 1) // SPAN}@example.com" if number else NOBODY
    return ReportingLine(person=who, organization=world.organization, in_file=named, changed_at=now)


async def reorganized(world: World, people: Sequence[PersonId], moved: int) -> None:
    """The newest file names other managers for so many, whose 1-on-1s are full of plans; nobody has judged it yet."""
    step = len(people) // moved
    chosen = [number for number in range(len(people)) if number >= SPAN + 1][step - 1 :: step]
    chosen = (chosen + [n for n in range(SPAN + 1, len(people)) if n not in set(chosen)])[:moved]
    seats = await _conversations(world, [people[number] for number in chosen])
    rows = [_Old(world, people[number], seats[people[number]]) for number in chosen]
    for mapper, name in ((SERIES, "series"), (MEETING, "meeting"), (AGENDA_ITEM, "item")):
        await _insert(world, mapper, (getattr(row, name) for row in rows))
    await _insert(world, DELIVERY, (each for row in rows for each in row.deliveries))
    line = REPORTING_LINE.table.c
    who, named = bindparam("who"), bindparam("named")
    statement = update(REPORTING_LINE.table).where(line.person == who).values(in_file=named)
    given = [{"who": people[n], "named": f"person{_beside((n - 1) // SPAN)}@example.com"} for n in chosen]
    async with world.store._database.write(patience=_PATIENT) as connection:
        for start in range(0, len(given), _AT_ONCE):
            await connection.execute(statement, given[start : start + _AT_ONCE])
    await _analyzed(world)


def _beside(number: int) -> int:
    """Another manager on about the same level, never one below."""
    return number - 1 if number > 0 else 0


async def _conversations(world: World, people: Sequence[PersonId]) -> dict[PersonId, ConversationId]:
    """That of each with their manager."""
    query = text(
        "SELECT l.person, c.id FROM reporting_line l "
        "JOIN seat s ON s.organization = l.organization AND s.person = l.person "
        "JOIN conversation c ON c.organization = s.organization AND c.id = s.conversation AND c.senior = l.manager"
    )
    async with world.store._database.write(patience=_PATIENT) as connection:
        found = {PersonId(person): ConversationId(it) for person, it in await connection.execute(query)}
    return {person: found[person] for person in people}


class _Old:
    """What one who moves has planned and left open."""

    def __init__(self, world: World, who: PersonId, where: ConversationId) -> None:
        now = datetime.now(UTC)
        shared: dict[str, Any] = {"organization": world.organization, "conversation": where, "author": who}
        self.series = Series(
            id=SeriesId(new_id()),
            rule="FREQ=WEEKLY",
            first=now.date(),
            at=840,
            zone="Europe/Madrid",
            minutes=30,
            created_at=now,
            changed_at=now,
            planned_until=now + timedelta(days=15),
            **shared,
        )
        self.meeting = Meeting(
            id=MeetingId(new_id()),
            starts_at=now + timedelta(days=3),
            state=MeetingState.scheduled,
            changed_at=now,
            minutes=30,
            series=self.series.id,
            day=(now + timedelta(days=3)).date(),
            **shared,
        )
        self.item = AgendaItem(id=ItemId(new_id()), text="Growth", created_at=now, changed_at=now, **shared)
        self.deliveries = [
            Delivery(
                id=DeliveryId(new_id()),
                organization=world.organization,
                recipient=who,
                kind=kind,
                subject=self.meeting.id,
                planned_at=now,
                due_at=now + timedelta(days=2),
                expires_at=now + timedelta(days=3),
            )
            for kind in (DeliveryKind.prepare, DeliveryKind.agenda)
        ]


async def _analyzed(world: World) -> None:
    """As PostgreSQL does by itself within a minute; a connection keeps the plans that it made for an empty table."""
    async with world.store._database.write(patience=_PATIENT) as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("ANALYZE"))


async def _insert(world: World, mapper: Any, values: Iterable[Any]) -> None:
    remaining = iter(values)
    cipher = None
    while part := list(islice(remaining, _AT_ONCE)):
        async with world.store._database.write(patience=_PATIENT) as connection:
            cipher = cipher or await world.store._cipher(connection, world.organization)
            await connection.execute(mapper.insert, [mapper.row(value, cipher) for value in part])
