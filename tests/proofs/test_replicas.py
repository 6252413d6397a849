"""Proof 4 with real processes: replicas and their database are killed under load while the platforms fail.

Whatever was acknowledged is there once; whatever was due arrives: in Slack once, in Teams at most once more for each
time that nobody could know.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from storage.database import migrate
from tests.needs import absent
from tests.postgres import server_programs
from tests.proofs.mortal_postgres import MortalPostgres, mortal_postgres
from tests.proofs.replica_checker import Verdict, judged, ledger, settled
from tests.proofs.replica_load import Load, is_served_by, proxy
from tests.proofs.replica_town import ADMINS, Town, settle_in, town
from tests.proofs.replica_weather import STORM
from tests.proofs.replicas import Fleet, fleet

Record = Callable[[str, object], None]
MINUTE = 60.0
LONGEST = 240.0
"""Seconds that it may take where others keep the machine busy."""

SETTLES_WITHIN = 240.0
STARTS_WITHIN = timedelta(seconds=6)
DATABASE_GONE = 1.5
SEED = 2026


@dataclass(frozen=True)
class Volume:
    """How much of everything, and how many seconds lie between two kills at least and at most."""

    replicas: int
    reminders: int
    inputs: int
    between_kills: tuple[float, float]
    least_kills: int
    least_faults: int


POSTGRES = Volume(replicas=3, reminders=400, inputs=120, between_kills=(1.5, 3.5), least_kills=20, least_faults=30)
SQLITE = Volume(replicas=1, reminders=250, inputs=60, between_kills=(1.5, 4.0), least_kills=8, least_faults=10)


@dataclass
class Minute:
    """Load, storm and kills, for a minute and as long as it takes until there were enough of them."""

    place: Town
    fleet: Fleet
    load: Load
    volume: Volume
    chance: random.Random

    async def passes(self, also: Awaitable[None]) -> None:
        self.place.storms(stormy=True)
        load = asyncio.create_task(self.load.runs(inputs=self.volume.inputs, seconds=MINUTE * 0.9))
        besides = asyncio.ensure_future(also)
        begun = time.monotonic()
        while time.monotonic() < begun + MINUTE or not (self._has_enough() or time.monotonic() > begun + LONGEST):
            await asyncio.sleep(self.chance.uniform(*self.volume.between_kills))
            await self._kill_one()
        self.place.storms(stormy=False)
        await besides
        await load

    async def _kill_one(self) -> None:
        """One that serves: what a start that is killed leaves behind is proven elsewhere."""
        serving = [replica for replica in self.fleet.replicas if await is_served_by(self.load.session, replica)]
        if serving:
            self.chance.choice(serving).kill()

    def _has_enough(self) -> bool:
        faults = faults_of(self.place)
        return self.fleet.kills >= self.volume.least_kills and all(
            faults[kind.value] >= self.volume.least_faults for kind in STORM
        )


async def _run(url: str, folder: Path, volume: Volume, also: Callable[[], Awaitable[None]], record: Record) -> Verdict:
    clock = SystemClock()
    await migrate(url)
    async with town(SEED) as place, proxy() as session:
        begins = clock.now() + STARTS_WITHIN
        there = await settle_in(
            url, place, reminders=volume.reminders, begins=begins, lasts=timedelta(seconds=MINUTE * 0.9)
        )
        replicas = fleet(url, folder, place.slack, place.teams, size=volume.replicas, admins=ADMINS)
        load = Load(place, there, replicas, session)
        replicas.start()
        try:
            await Minute(place, replicas, load, volume, random.Random(SEED)).passes(also())
            due_by = clock.now()
            await settled(url, within=SETTLES_WITHIN, now=due_by)
            await replicas.leave_alone()
            codes = [await replica.stop() for replica in replicas.replicas]
        finally:
            await replicas.end()
        verdict = judged(await ledger(url, there), place, load, replicas, due_by=due_by)
        verdict.finds("not stopped well", [str(code) for code, _ in codes if code != 0])
        _recorded(record, verdict, place, replicas, load)
        return verdict


def _recorded(record: Record, verdict: Verdict, place: Town, replicas: Fleet, load: Load) -> None:
    faults = faults_of(place)
    verdict.numbers["kills"] = replicas.kills
    verdict.numbers["other deaths"] = sum(replica.deaths for replica in replicas.replicas)
    verdict.numbers["fewest faults of a kind"] = min(faults[kind.value] for kind in STORM)
    record("numbers", dict(sorted(verdict.numbers.items())))
    record("faults", dict(faults))
    record("inputs were given", dict(load.tries))
    record("errors in the logs", dict(_errors(replicas)))


def faults_of(place: Town) -> Counter[str]:
    """How often it failed in each way, on both platforms."""
    found: Counter[str] = Counter()
    for weather in place.weathers:
        for (_, kind), times in weather.fired.items():
            found[kind.value] += times
    return found


def _errors(replicas: Fleet) -> Counter[str]:
    lines = (line for line in replicas.lines() if line.get("level") == "error")
    return Counter(f"{line.get('logger')} {line.get('event')} {line.get('error', '')}" for line in lines)


def _holds(verdict: Verdict, volume: Volume) -> None:
    assert not verdict.wrong, verdict.wrong
    assert verdict.numbers["kills"] >= volume.least_kills
    assert verdict.numbers["fewest faults of a kind"] >= volume.least_faults
    assert verdict.numbers["due"] >= 2 * volume.reminders
    assert verdict.numbers["inputs"] == volume.inputs
    for lost in ("doubles of which the log was lost", "doubts of which the log was lost"):
        assert verdict.numbers[lost] <= verdict.numbers["kills"], lost


@pytest.mark.soak
@pytest.mark.postgres
async def test_three_replicas_and_their_postgres_are_killed_again_and_again(
    tmp_path: Path, record_property: Record
) -> None:
    programs = server_programs()
    if programs is None:
        absent("PostgreSQL", mend="install its server, on Debian: apt-get install postgresql")
    with mortal_postgres(programs) as server:
        server.cluster.run("CREATE DATABASE replicas")
        verdict = await _run(
            server.cluster.url("replicas"), tmp_path, POSTGRES, lambda: _crashes(server), record_property
        )
    _holds(verdict, POSTGRES)


async def _crashes(server: MortalPostgres) -> None:
    for _ in range(2):
        await asyncio.sleep(MINUTE / 3)
        await server.crashes_for(DATABASE_GONE)


@pytest.mark.soak
async def test_the_one_process_on_sqlite_is_killed_again_and_again(tmp_path: Path, record_property: Record) -> None:
    verdict = await _run(f"sqlite:///{tmp_path / 'oneonone.db'}", tmp_path, SQLITE, _nothing, record_property)
    _holds(verdict, SQLITE)


async def _nothing() -> None:
    """SQLite has no server that could die."""
