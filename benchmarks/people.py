"""An import of a whole company beside the bare set-based statements that write the same rows.

1. The whole command, from reading the file to the commit with all manager conversations, and the same rows bare, in
   turns in one process on databases of the same kind and durability.
2. The same file once more, of which a twentieth has changed: what that takes beside writing everything bare.
3. The command as a process of its own: its memory, and how long people wait for their answers meanwhile.
Run it as: python -m benchmarks.people. The last line is JSON: ratios, megabytes, and parts of the promised 3 seconds.
"""

import argparse
import asyncio
import csv
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.clock import new_id
from adapters.config import load
from adapters.people_command import Order, take_in
from adapters.progress import Progress
from benchmarks.delivery_world import KEYS, Pair, World, world_on
from benchmarks.people_bare import rows_in, write_bare
from benchmarks.places import PLACES
from bot.engine import Engine, Input
from bot.entered import Entered
from bot.features import registry
from bot.features.agenda import AddItem
from bot.model.people import Account
from bot.views import Page
from prompts.library import libraries
from storage.database import migrate

PEOPLE = {"sqlite": 10_000, "postgresql": 100_000}
PROMISED = 3.0
_SPAN = 8
_ASKING = 5
_QUIET_SECONDS = 5
_TITLES = ("E-mail", "Name", "Manager e-mail", "Department", "Country", "Location", "Title", "Time zone")
_DEPARTMENTS = ("Sales", "Support", "Engineering", "People", "Finance", "Legal", "Design", "Operations")
_COUNTRIES = (("Germany", "Berlin"), ("Spain", "Madrid"), ("France", "Paris"), ("Japan", "Tokyo"))
_ZONES = ("Europe/Berlin", "Europe/Madrid", "Europe/Paris", "Asia/Tokyo")
_KEY = urlsafe_b64encode(KEYS[0]).decode()
_RUN = "from adapters.cli import main; raise SystemExit(main())"


@dataclass(frozen=True)
class Turn:
    """Seconds of the whole command, of the same rows bare, and of the command for a file with few changes."""

    ours: float
    bare: float
    again: float


def write_file(file: Path, people: int, *, changed: int = 0) -> None:
    """So many people, each manager with eight reports; every so many has another title."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_TITLES)
        for number in range(people):
            manager = f"person{(number - 1) // _SPAN}@example.com" if number else ""
            country, city = _COUNTRIES[number % len(_COUNTRIES)]
            title = "Promoted" if changed and number % changed == 0 else f"Title {number % 40}"
            department = _DEPARTMENTS[number % len(_DEPARTMENTS)]
            zone = _ZONES[number % len(_ZONES)]
            address, name = f"person{number}@example.com", f"Ana Person{number}"
            writer.writerow((address, name, manager, department, country, city, title, zone))


async def _import(url: str, file: Path) -> float:
    config = load({"ONEONONE_DATABASE_URL": url, "ONEONONE_SECRET_KEYS": _KEY})
    gc.collect()
    began = time.perf_counter()
    code = await take_in(config, Order(file=file), say=_nothing, warn=print, progress=Progress(sys.stderr))
    assert code == 0
    return time.perf_counter() - began


def _nothing(_: str) -> None:
    pass


async def race(database: str, people: int, rounds: int, folder: Path) -> Sequence[Turn]:
    first, second = folder / "people.csv", folder / "changed.csv"
    write_file(first, people)
    write_file(second, people, changed=20)
    turns = []
    with PLACES[database]() as place:
        for number in range(rounds):
            ours, bare = place(f"ours{number}"), place(f"bare{number}")
            await migrate(ours)
            await migrate(bare)
            took = await _import(ours, first)
            plain = await write_bare(bare, await rows_in(ours))
            turns.append(Turn(took, plain, await _import(ours, second)))
    return turns


@dataclass(frozen=True)
class Beside:
    """Seconds that answers took without an import and during one; the import's seconds and megabytes at most."""

    quiet: Sequence[float]
    busy: Sequence[float]
    seconds: float
    megabytes: float


async def beside(database: str, people: int, folder: Path) -> Beside:
    file = folder / "people.csv"
    write_file(file, people)
    with PLACES[database]() as place:
        url = place("beside")
        world = await world_on(url, pairs=300)
        until = time.perf_counter() + _QUIET_SECONDS
        quiet = await asked(world, lambda: time.perf_counter() < until)
        began = time.perf_counter()
        command = (sys.executable, "-c", _RUN, "people", "import", str(file))
        process = await asyncio.create_subprocess_exec(*command, env=_settings(url), stdout=asyncio.subprocess.DEVNULL)
        watched = asyncio.create_task(_highest(process.pid))
        ended = asyncio.create_task(process.wait())
        busy = await asked(world, lambda: not ended.done())
        assert await ended == 0
        took = time.perf_counter() - began
        await world.store.close()
        return Beside(quiet, busy, took, await watched)


def _settings(url: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "ONEONONE_DATABASE_URL": url, "ONEONONE_SECRET_KEYS": _KEY}


async def _highest(process: int) -> float:
    """The megabytes that a process has had at most, as long as it lives."""
    megabytes = 0.0
    while used := _peak(process):
        megabytes = used
        await asyncio.sleep(0.05)
    return megabytes


def _peak(process: int) -> float:
    """Nothing once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


async def asked(world: World, going: Callable[[], bool]) -> Sequence[float]:
    """Of some people who put things on their agendas, a pause after each."""
    found: list[float] = []
    engine = Engine(
        store=world.store, registry=registry(), libraries=libraries(), now=lambda: datetime.now(UTC), new_id=new_id
    )
    await asyncio.gather(*(_asking(engine, world, pair, going, found) for pair in world.pairs[:_ASKING]))
    return sorted(found)


async def _asking(engine: Engine, world: World, pair: Pair, going: Callable[[], bool], found: list[float]) -> None:
    account = Account(world.organization, pair.workspace, pair.account)
    while going():
        entered = Entered({"text": f"Item {new_id()}", "visibility": "shared", "repeat": "never"})
        began = time.perf_counter()
        while not isinstance(await engine.act(_input(account, entered), AddItem(pair.conversation)), Page):
            continue  # who is told that it is busy presses once more, and has no answer before that
        found.append(time.perf_counter() - began)
        await asyncio.sleep(0.05)


def _input(account: Account, entered: Entered) -> Input:
    return Input(account=account, key=new_id(), entered=entered)


def _raced(chosen: argparse.Namespace, database: str, folder: Path) -> dict[str, float]:
    people = chosen.people or PEOPLE[database]
    turns = asyncio.run(race(database, people, chosen.rounds, folder))
    print(f"\nan import of {people:,} people, {database}, median of {len(turns)}")
    ours, bare, again = (statistics.median(getattr(turn, name) for turn in turns) for name in ("ours", "bare", "again"))
    for name, seconds in (("OneOnOne", ours), ("bare statements", bare), ("a twentieth changed", again)):
        print(f"  {name:22}{seconds:8.2f} s{seconds / bare:8.2f}")
    ratios = [turn.ours / turn.bare for turn in turns]
    return {
        f"import.{database}": round(statistics.median(ratios), 2),
        f"import_again.{database}": round(statistics.median(turn.again / turn.bare for turn in turns), 2),
    }


def _besides(chosen: argparse.Namespace, database: str, folder: Path) -> dict[str, float]:
    people = chosen.people or PEOPLE[database]
    found = asyncio.run(beside(database, people, folder))
    print(
        f"\nanswers while {people:,} people are imported, {database}: {found.seconds:.1f} s, {found.megabytes:.0f} MB"
    )
    print(f"  {'ms':22}{'p50':>8}{'p99':>8}{'most':>8}{'answers':>9}")
    for name, of in (("nothing else", found.quiet), ("during the import", found.busy)):
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
    parser.add_argument("--people", type=int, help="how many; 10,000 on SQLite and 100,000 on PostgreSQL")
    chosen = parser.parse_args()
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in chosen.part:
            for database in chosen.database:
                ratios |= _PARTS[part](chosen, database, Path(folder))
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
