"""The usage report of a large company beside bare statements, and what it takes to count.

1. Reading the report, the whole of it and a department's with its teams, beside one statement that reads the same
   shares; after one year of weeks and after ten.
2. Folding a day with so many deeds, twice as many, and four times as many; and writing down a week.
3. How long people wait for their answers while a week is written down.
Run it as: python -m benchmarks.insights. The last line is JSON: ratios, seconds, and parts of the promised times.
"""

import argparse
import asyncio
import gc
import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from adapters.clock import new_id
from benchmarks.delivery_world import World, world_on
from benchmarks.insights_bare import add_deeds, forget_weeks, read_bare, repeat_week
from benchmarks.people import asked
from benchmarks.places import PLACES
from bot.insights import EARLIER, read_report
from bot.model.conversation import Conversation, Relationship
from bot.model.hierarchy import DEPARTMENT, Attribute
from bot.model.ids import ConversationId, PersonId
from bot.model.people import Person
from bot.model.usage import EVERYBODY, OTHERS
from bot.usage_keeping import SETTLES, UsageKeeper
from prompts import Library, Voice
from storage.nouns import ATTRIBUTE, CONVERSATION, PERSON

CONVERSATIONS = {"sqlite": 10_000, "postgresql": 100_000}
DEEDS_EACH = 100
"""A year's, in every other conversation: five million of 100,000."""

DEPARTMENTS = 40
PROMISED = 1.0
ANSWERED = 3.0
TIMES = (1, 2, 4)
_EVERY = 8
"""On a day one conversation in so many has a deed, or twice or four times as many."""

_SPAN = 8
_AT_ONCE = 2_000
_PATIENCE = 1200.0
_QUIET_SECONDS = 5.0
_WEEKS_WITH_TEAMS = 13
_DAYS = 30
_READS = 20

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
A_DAY = timedelta(days=1)


async def company_on(url: str, conversations: int) -> World:
    """So many reports in departments of very different sizes, each manager with eight of them, and a year of deeds."""
    world = await world_on(url, pairs=300)
    people = [_person(world, number) for number in range(conversations + conversations // _SPAN + 1)]
    reports, managers = people[:conversations], people[conversations:]
    talks = (_talk(world, report, managers[number // _SPAN]) for number, report in enumerate(reports))
    known = (_department(world, report, number // _SPAN) for number, report in enumerate(reports))
    async with world.store._database.write(patience=_PATIENCE) as connection:
        for mapper, values in ((PERSON, iter(people)), (CONVERSATION, talks), (ATTRIBUTE, known)):
            for part in _parts(values):
                await connection.execute(insert(mapper.table), [mapper.row(value, None) for value in part])  # type: ignore[arg-type] # nothing is sealed
    since = MONDAY - timedelta(weeks=52)
    await add_deeds(world.store, world.organization, since=since, days=364, each=DEEDS_EACH, every=2)
    await _analyse(world)
    return world


async def _analyse(world: World) -> None:
    async with world.store._database.write(patience=_PATIENCE) as connection:
        if connection.dialect.name == "postgresql":  # which does this by itself, a minute later
            await connection.execute(text("ANALYZE"))


def _person(world: World, number: int) -> Person:
    return Person(id=PersonId(new_id()), organization=world.organization, name=f"Person {number}")


def _talk(world: World, report: Person, manager: Person) -> Conversation:
    first, second = sorted((report.id, manager.id))
    return Conversation(
        id=ConversationId(new_id()),
        organization=world.organization,
        first=first,
        second=second,
        started_by=manager.id,
        relationship=Relationship.manager,
        senior=manager.id,
        created_at=MONDAY - timedelta(weeks=60),
        changed_at=MONDAY,
        line=True,
    )


def _department(world: World, person: Person, team: int) -> Attribute:
    number = min(team % DEPARTMENTS, team // DEPARTMENTS % DEPARTMENTS)
    return Attribute(
        person=person.id,
        name=DEPARTMENT,
        organization=world.organization,
        label="Department",
        value=f"department {number}",
        in_file=f"Department {number}",
    )


def _parts(values: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while part := list(islice(values, _AT_ONCE)):
        yield part


@dataclass
class Clock:
    """What the keeper is told the time is."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Counter:
    """A company of which all but the newest weeks is counted."""

    world: World
    clock: Clock

    @property
    def keeper(self) -> UsageKeeper:
        store = self.world.store
        return UsageKeeper(timetable=store.timetable, store=store, now=self.clock, new_id=new_id)

    async def begin(self) -> float:
        """Let the year before be folded at once, as one day, and its last week be written; the seconds of that."""
        store, organization = self.world.store, self.world.organization
        async with store.write(organization, patience=_PATIENCE) as tx:
            await tx.counting.move_on(MONDAY)
        self.clock.at = MONDAY + SETTLES
        began = time.perf_counter()
        await self.keeper.step(organization)
        took = time.perf_counter() - began
        async with store.write(organization, patience=_PATIENCE) as tx:
            await tx.counting.fold((MONDAY - A_DAY).date(), since=MONDAY - timedelta(weeks=60), before=MONDAY)
        return took

    async def day(self, times: int) -> float:
        """Fold the next day, on which so many times as much was done as on the quietest; the seconds of that."""
        store, organization = self.world.store, self.world.organization
        self.clock.at += A_DAY
        until = self.clock.at - SETTLES
        await add_deeds(store, organization, since=until - A_DAY, days=0.9, each=1, every=_EVERY // times)
        gc.collect()
        began = time.perf_counter()
        await self.keeper.step(organization)
        return time.perf_counter() - began

    async def week(self) -> float:
        """Write down the week whose days are folded; the seconds of that."""
        gc.collect()
        began = time.perf_counter()
        await self.keeper.step(self.world.organization)
        return time.perf_counter() - began


@dataclass(frozen=True)
class Counted:
    """Seconds of folding days, by how much was done, and of writing weeks; and of answers before and meanwhile."""

    days: Mapping[int, Sequence[float]]
    weeks: Sequence[float]
    quiet: Sequence[float]
    busy: Sequence[float]


async def counted(counter: Counter, rounds: int) -> Counted:
    """So many weeks, in each of which each kind of day comes twice."""
    days: dict[int, list[float]] = {times: [] for times in TIMES}
    weeks, busy = [await counter.begin()], list[float]()
    gc.collect()
    until = time.perf_counter() + _QUIET_SECONDS
    quiet = await asked(counter.world, lambda: time.perf_counter() < until)
    for _ in range(rounds):
        for times in (*TIMES, *reversed(TIMES), TIMES[0]):
            days[times].append(await counter.day(times))
        await _analyse(counter.world)
        going = asyncio.create_task(counter.week())
        busy += await asked(counter.world, lambda going=going: not going.done())  # type: ignore[misc] # bound at once
        weeks.append(await going)
    return Counted(days, weeks, quiet, sorted(busy))


@dataclass(frozen=True)
class Turn:
    """Seconds of the report, and of one statement."""

    ours: float
    bare: float


async def reads(world: World, department: str | None, rounds: int) -> Sequence[Turn]:
    """The report, or that of a department with its teams; in turns."""
    voice = Voice(Library("en"), "UTC", MONDAY)
    turns = []
    for _ in range(rounds):
        began = time.perf_counter()
        async with world.store.read(world.organization) as tx:
            report = await read_report(tx, voice, days=_DAYS, department=department)
        ours = time.perf_counter() - began
        assert report is not None
        bare = await read_bare(
            world.store,
            world.organization,
            report.week,
            days=_DAYS,
            earlier=EARLIER[_DAYS],
            department=department or OTHERS,
        )
        turns.append(Turn(ours, bare))
    return turns


async def _largest(world: World, week: date) -> str:
    async with world.store.read(world.organization) as tx:
        groups = await tx.counting.teams()
        shown = {row.department for row in await tx.usage.groups([week])} - {EVERYBODY, OTHERS}
    sizes: dict[str, int] = {}
    for group in groups:
        sizes[group.department] = sizes.get(group.department, 0) + group.live
    return max(shown, key=lambda department: sizes[department])


def _median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


async def on(database: str, conversations: int, rounds: int) -> dict[str, float]:
    """All parts, on one company."""
    ratios: dict[str, float] = {}
    with PLACES[database]() as place:
        world = await company_on(place("insights"), conversations)
        counter = Counter(world, Clock(MONDAY))
        found = await counted(counter, rounds)
        ratios |= _told_counting(database, conversations, found)
        async with world.store.read(world.organization) as tx:
            week = await tx.usage.latest()
        assert week is not None
        await forget_weeks(world.store, world.organization, before=week)
        department = await _largest(world, week)
        for years in (1, 10):
            await forget_weeks(world.store, world.organization, before=week)
            await repeat_week(world.store, world.organization, week, weeks=52 * years, with_teams=_WEEKS_WITH_TEAMS)
            await _analyse(world)
            for name, asked_for in (("report", None), ("department", department)):
                turns = (await reads(world, asked_for, _READS))[1:]
                ratios |= _told_reading(f"{name}.{database}.{years}y", turns)
        await world.store.close()
    return ratios


def _told_counting(database: str, conversations: int, found: Counted) -> dict[str, float]:
    print(f"\ncounting {conversations:,} conversations, {database}")
    base = conversations // _EVERY
    least = _median(found.days[TIMES[0]])
    ratios = {}
    for times in TIMES:
        took = _median(found.days[times])
        print(f"  a day with {base * times:>8,} deeds{took:9.2f} s{took / least / times:8.2f} of that in proportion")
        ratios[f"day.{database}.{times}x_in_proportion"] = round(took / least / times, 2)
    print(f"  a week                  {_median(found.weeks):9.2f} s")
    print(f"  {'answers, ms':22}{'p50':>8}{'p99':>8}{'most':>8}{'answers':>9}")
    for name, of in (("nothing else", found.quiet), ("while a week is", found.busy)):
        parts = "".join(f"{1000 * of[int(share * (len(of) - 1))]:8.0f}" for share in (0.5, 0.99, 1))
        print(f"  {name:22}{parts}{len(of):9}")
    return ratios | {
        f"week.{database}.seconds": round(_median(found.weeks), 2),
        f"answers.{database}.most_of_promised": round(found.busy[-1] / ANSWERED, 3),
    }


def _told_reading(name: str, turns: Sequence[Turn]) -> dict[str, float]:
    ours, bare = _median([turn.ours for turn in turns]), _median([turn.bare for turn in turns])
    ratio = _median([turn.ours / turn.bare for turn in turns])
    print(f"  {name:28}{1000 * ours:8.1f} ms{1000 * bare:8.1f} ms for one statement{ratio:8.2f}")
    return {name: round(ratio, 2), f"{name}.of_promised": round(ours / PROMISED, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--rounds", type=int, default=2, help="how many weeks are counted")
    parser.add_argument("--conversations", type=int, help="how many; 10,000 on SQLite and 100,000 on PostgreSQL")
    chosen = parser.parse_args()
    ratios: dict[str, float] = {}
    for database in chosen.database:
        ratios |= asyncio.run(on(database, chosen.conversations or CONVERSATIONS[database], chosen.rounds))
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
