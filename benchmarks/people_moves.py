"""A reorganization beside the bare set-based statements that do the same to the same rows.

A fifth of all people get another manager at once. Each of them had a series, a meeting ahead with two reminders, and
something of their own open with the manager before. Ours judges everybody, lets the old conversations rest, calls off
what they planned, begins the new ones, and offers each a handover; bare, the same rows are written by hand in SQL, and
nothing is judged. Ours is a process of its own, so that its memory is known, and people ask meanwhile.
Run it as: python -m benchmarks.people_moves. The last line is JSON: ratios, megabytes, and parts of the promised 3 s.
"""

import argparse
import asyncio
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.clock import new_id
from benchmarks.delivery_world import KEYS, World, world_on
from benchmarks.people import asked
from benchmarks.people_moves_bare import moved_bare
from benchmarks.people_moves_world import furnished, reorganized
from benchmarks.places import PLACES
from bot.lines import settle
from bot.pen import Pen
from storage.store import Store

PEOPLE = {"sqlite": 10_000, "postgresql": 100_000}
PART = 5
PROMISED = 3.0
_PATIENT = 600.0


@dataclass(frozen=True)
class Turn:
    """Seconds of ours and of the bare statements, megabytes of ours, and of answers meanwhile the slowest."""

    ours: float
    bare: float
    megabytes: float
    slowest: float


async def settle_here(url: str) -> None:
    """In a process of its own: says its seconds, its megabytes, and how many moved."""
    store = Store(url, KEYS, patience=_PATIENT)
    organization = await store.organization(name="Bench", new_id=new_id)
    began = time.perf_counter()
    async with store.write(organization) as tx:
        settled = await settle(Pen(tx, datetime.now(UTC), new_id), domains=frozenset())
    took = time.perf_counter() - began
    await store.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([took, megabytes, settled.moved, settled.made, settled.rested]))


async def _ours(world: World, url: str, moved: int) -> tuple[float, float, float]:
    command = (sys.executable, "-m", "benchmarks.people_moves", "--settle", url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    ended = asyncio.create_task(process.communicate())
    answers = await asked(world, lambda: not ended.done())
    said, _ = await ended
    took, megabytes, *counts = json.loads(said)
    assert counts == [moved] * 3, counts
    return took, megabytes, answers[-1]


async def turn(place: Callable[[str], str], number: int, people: int) -> Turn:
    """The same organization twice: one moved by us, the other by hand."""
    ours, bare = place(f"ours{number}"), place(f"bare{number}")
    for url in (ours, bare):
        world = await world_on(url, pairs=100)
        managers = await furnished(world, people)
        await reorganized(world, managers, people // PART)
        if url == ours:
            took, megabytes, slowest = await _ours(world, url, people // PART)
        await world.store.close()
    return Turn(took, await moved_bare(bare), megabytes, slowest)


async def turns(database: str, people: int, rounds: int) -> list[Turn]:
    with PLACES[database]() as place:
        return [await turn(place, number, people) for number in range(rounds)]


def _report(database: str, people: int, found: list[Turn]) -> dict[str, float]:
    ours, bare = statistics.median(one.ours for one in found), statistics.median(one.bare for one in found)
    ratio = statistics.median(one.ours / one.bare for one in found)
    megabytes, slowest = max(one.megabytes for one in found), max(one.slowest for one in found)
    print(f"\n{people // PART:,} of {people:,} people move, {database}, median of {len(found)}")
    print(f"  OneOnOne{ours:10.2f} s   bare{bare:8.2f} s   ratio{ratio:6.2f}   {megabytes:.0f} MB", end="")
    print(f"   slowest answer meanwhile{1000 * slowest:7.0f} ms")
    return {
        f"moves.{database}": round(ratio, 2),
        f"moves.{database}.megabytes": round(megabytes),
        f"moves.{database}.most_of_promised": round(slowest / PROMISED, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, help="how many; 10,000 on SQLite and 100,000 on PostgreSQL")
    parser.add_argument("--settle", help="the database of the process that settles")
    chosen = parser.parse_args()
    if chosen.settle:
        asyncio.run(settle_here(chosen.settle))
        return
    ratios: dict[str, float] = {}
    for database in chosen.database:
        people = chosen.people or PEOPLE[database]
        ratios |= _report(database, people, asyncio.run(turns(database, people, chosen.rounds)))
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
