"""A topic to a whole company beside the bare set-based statements that write the same rows.

1. The press of "Assign" to the last agenda, and the same bare, in turns on one database.
2. The process that does it: its memory, and how long people wait for their answers meanwhile.
Run it as: python -m benchmarks.topics. The last line is JSON: ratios, megabytes, and parts of the promised 3 seconds.
"""

import argparse
import asyncio
import gc
import json
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from adapters.clock import new_id
from benchmarks.delivery_world import World, world_on
from benchmarks.people import asked
from benchmarks.places import PLACES
from benchmarks.topics_bare import assigned_bare
from bot.assigning import Assigner
from bot.audience import Audience, Condition
from bot.model.conversation import Conversation, Relationship
from bot.model.hierarchy import Attribute
from bot.model.ids import ConversationId, PersonId, TopicId
from bot.model.people import Person
from bot.model.topic import Chore, Topic, TopicState
from storage.nouns import ATTRIBUTE, CONVERSATION, PERSON

CONVERSATIONS = {"sqlite": 10_000, "postgresql": 100_000}
PROMISED = 3.0
_QUIET_SECONDS = 5.0
_AT_ONCE = 2_000
_PATIENCE = 600.0
_SPAN = 8
_ZONES = ("Europe/Berlin", "Europe/Madrid", "America/New_York", "Asia/Tokyo")
_GERMANY = Audience(conditions=(Condition("Country", ("Germany",)),))


async def company_on(url: str, conversations: int) -> World:
    """So many reports, each manager with eight of them, and no limit of topics a month."""
    world = await world_on(url, pairs=300)
    now = datetime.now(UTC)
    people = [_person(world, number) for number in range(conversations + conversations // _SPAN + 1)]
    managers = people[conversations:]
    talks = (_talk(world, report, managers[n // _SPAN], now) for n, report in enumerate(people[:conversations]))
    known = (_known(world, person, *said) for person in people for said in _SAID)
    async with world.store._database.write(patience=_PATIENCE) as connection:
        for mapper, values in ((PERSON, iter(people)), (CONVERSATION, talks), (ATTRIBUTE, known)):
            for part in _parts(values):
                await connection.execute(insert(mapper.table), [mapper.row(value, None) for value in part])  # type: ignore[arg-type] # nothing is sealed
        if connection.dialect.name == "postgresql":  # which does this by itself, a minute later
            await connection.execute(text("ANALYZE"))
    async with world.store.write(world.organization) as tx:
        await tx.organizations.save(replace(await tx.organizations.current(), topics_a_month=10_000))
    return world


_SAID = (("Country", "Germany"), ("Department", "Sales"), ("Location", "Berlin"))


def _person(world: World, number: int) -> Person:
    zone = _ZONES[number % len(_ZONES)]
    return Person(id=PersonId(new_id()), organization=world.organization, name=f"Person {number}", zone=zone)


def _talk(world: World, report: Person, manager: Person, now: datetime) -> Conversation:
    first, second = sorted((report.id, manager.id))
    return Conversation(
        id=ConversationId(new_id()),
        organization=world.organization,
        first=first,
        second=second,
        started_by=manager.id,
        relationship=Relationship.manager,
        senior=manager.id,
        created_at=now,
        changed_at=now,
        line=True,
    )


def _known(world: World, person: Person, label: str, value: str) -> Attribute:
    return Attribute(
        person=person.id,
        name=label.casefold(),
        organization=world.organization,
        label=label,
        value=value.casefold(),
        in_file=value,
    )


def _parts(values: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while part := list(islice(values, _AT_ONCE)):
        yield part


async def _topic(world: World) -> TopicId:
    now = datetime.now(UTC)
    topic = Topic(
        id=TopicId(new_id()),
        organization=world.organization,
        author=PersonId(new_id()),
        title="Mid-year reflection",
        prompt="What are you proud of?",
        audience=_GERMANY.written(),
        state=TopicState.assigned,
        created_at=now,
        changed_at=now,
    )
    async with world.store.write(world.organization) as tx:
        await tx.topics.add(topic)
    return topic.id


async def assigned(world: World) -> float:
    """The seconds from the press to the last agenda."""
    store = world.store
    assigner = Assigner(timetable=store.timetable, store=store, now=lambda: datetime.now(UTC), new_id=new_id)
    await _topic(world)
    gc.collect()
    began = time.perf_counter()
    (settle,) = [each for each in await assigner.chores() if each[0] is Chore.settle]
    await assigner.do(*settle)
    took = time.perf_counter() - began
    assert Chore.place not in {chore for chore, _, _ in await assigner.chores()}
    return took


async def race(database: str, conversations: int, rounds: int) -> Sequence[tuple[float, float]]:
    """Seconds of ours and of the bare statements."""
    turns = []
    with PLACES[database]() as place:
        world = await company_on(place("topics"), conversations)
        for _ in range(rounds):
            ours = await assigned(world)
            bare = await _bare(world)
            turns.append((ours, bare))
        await world.store.close()
    return turns


async def _bare(world: World) -> float:
    topic = await _topic(world)
    async with world.store.write(world.organization) as tx:
        found = await tx.topics.get(topic)
        assert found is not None
        await tx.topics.save(replace(found, looked_at=datetime.now(UTC), round=1))
    gc.collect()
    return await assigned_bare(world.store, world.organization, topic, seed=new_id(), now=datetime.now(UTC))


@dataclass(frozen=True)
class Beside:
    """Seconds that answers took without a topic going out and while one did, how long that took, and megabytes."""

    quiet: Sequence[float]
    busy: Sequence[float]
    seconds: float
    megabytes: float


async def beside(database: str, conversations: int) -> Beside:
    with PLACES[database]() as place:
        world = await company_on(place("beside"), conversations)
        gc.collect()
        until = time.perf_counter() + _QUIET_SECONDS
        quiet = await asked(world, lambda: time.perf_counter() < until)
        going = asyncio.create_task(assigned(world))
        busy = await asked(world, lambda: not going.done())
        took = await going
        await world.store.close()
    return Beside(quiet, busy, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _raced(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    count = chosen.conversations or CONVERSATIONS[database]
    turns = asyncio.run(race(database, count, chosen.rounds))
    print(f"\na topic to {count:,} conversations, {database}, median of {len(turns)}")
    ours, bare = (statistics.median(turn[n] for turn in turns) for n in (0, 1))
    for name, seconds in (("OneOnOne", ours), ("bare statements", bare)):
        print(f"  {name:22}{seconds:8.2f} s{seconds / bare:8.2f}")
    return {f"topic.{database}": round(statistics.median(one / other for one, other in turns), 2)}


def _besides(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    count = chosen.conversations or CONVERSATIONS[database]
    found = asyncio.run(beside(database, count))
    print(f"\nanswers while {count:,} get a topic, {database}: {found.seconds:.1f} s, {found.megabytes:.0f} MB")
    print(f"  {'ms':22}{'p50':>8}{'p99':>8}{'most':>8}{'answers':>9}")
    for name, of in (("nothing else", found.quiet), ("meanwhile", found.busy)):
        parts = "".join(f"{1000 * of[int(share * (len(of) - 1))]:8.0f}" for share in (0.5, 0.99, 1))
        print(f"  {name:22}{parts}{len(of):9}")
    return {
        f"memory.{database}.megabytes": round(found.megabytes),
        f"answers.{database}.most_of_promised": round(found.busy[-1] / PROMISED, 3),
    }


_PARTS = {"race": _raced, "beside": _besides}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", nargs="+", choices=_PARTS, default=list(_PARTS))
    parser.add_argument("--database", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--rounds", type=int, default=3, help="how often both take a turn")
    parser.add_argument("--conversations", type=int, help="how many; 10,000 on SQLite and 100,000 on PostgreSQL")
    chosen = parser.parse_args()
    ratios: dict[str, float] = {}
    for part in chosen.part:
        for database in chosen.database:
            ratios |= _PARTS[part](chosen, database)
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
