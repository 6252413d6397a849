"""One process of the service: engine, planner and worker, as the composition root puts them together."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.engine import Engine
from bot.model.ids import WorkspaceId
from bot.planner import Planner
from bot.registry import Registry
from bot.worker import Worker
from prompts import Library
from storage.store import Store
from tests.simulation.mortal import Replica
from tests.simulation.platforms import Moments, StandIn
from tests.simulation.rows import File

PERIOD = 2.0
STUCK = timedelta(minutes=5)
"""A doubt that nobody resolved for so long keeps nobody awake, or a year with one that is stuck would never end."""

RENEWED_WITHIN = 15.0
"""Seconds after which a process that runs has renewed its leases, and those that it keeps for at least as long."""

LONGEST_SLEEP = 86400.0
UNEASY_SLEEP = 3600.0


@dataclass
class Counting:
    """A meter that counts the outcomes."""

    outcomes: Counter[str] = field(default_factory=Counter)

    def delivered(self, kind: str, outcome: str, *, late: float) -> None:  # noqa: ARG002 - a Meter's shape
        self.outcomes[outcome] += 1

    def answered(self, what: str, *, seconds: float) -> None:  # noqa: ARG002 - a Meter's shape
        self.outcomes["answered"] += 1


class Bell:
    """Wakes all who sleep when something may have become due."""

    def __init__(self) -> None:
        self._sleepers: dict[asyncio.Future[None], None] = {}

    def rings(self) -> None:
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        self._sleepers.clear()

    async def sleeps(self, seconds: float) -> None:
        """For so long, or until it rings."""
        loop = asyncio.get_running_loop()
        sleeper: asyncio.Future[None] = loop.create_future()
        self._sleepers[sleeper] = None
        awakes = loop.call_later(seconds, self._awakes, sleeper)
        try:
            await sleeper
        finally:
            awakes.cancel()
            self._sleepers.pop(sleeper, None)

    def _awakes(self, sleeper: "asyncio.Future[None]") -> None:
        if not sleeper.done():
            sleeper.set_result(None)


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What all processes share: the database, the platforms, the clock, and the words."""

    store: Store
    rows: File
    registry: Registry
    libraries: Mapping[str, Library]
    messengers: Mapping[WorkspaceId, StandIn]
    moments: Moments
    new_id: Callable[[], str]
    admins: frozenset[str]
    domains: frozenset[str]
    meter: Counting
    bell: Bell
    chance: random.Random


@dataclass
class Node:
    """``replica`` is its life; ``lives`` is what it does all day."""

    outside: Outside
    replica: Replica
    engine: Engine
    planner: Planner
    worker: Worker

    @classmethod
    def started(cls, outside: Outside, replica: Replica) -> "Node":
        engine = engine_of(outside)
        planner = Planner(
            timetable=outside.store.timetable, store=outside.store, now=outside.moments, new_id=outside.new_id
        )
        worker = Worker(
            outbox=outside.store.outbox,
            store=outside.store,
            registry=outside.registry,
            libraries=outside.libraries,
            messengers=lambda: outside.messengers,
            now=outside.moments,
            new_id=outside.new_id,
            owner=replica.owner,
            admins=outside.admins,
            meter=outside.meter,
            steady=outside.moments.time,
            alone=False,
        )
        return cls(outside, replica, engine, planner, worker)

    async def lives(self) -> None:
        """Ticks every other second while anything is due, and sleeps as long as there is nothing."""
        await self.planner.catch_up()
        while True:
            await self._sleeps(self._seconds_to_next())
            while self._is_due(self.outside.rows.next_to_plan()) and await self.planner.tick():
                pass
            if self._is_due(self.outside.rows.next_to_send()):
                await self.worker.turn()
                await asyncio.sleep(PERIOD)

    async def _sleeps(self, seconds: float) -> None:
        """A process that has nothing to do renews its leases all the same, each few seconds."""
        now = self.outside.moments()
        if seconds > RENEWED_WITHIN:
            until = now + timedelta(seconds=seconds + RENEWED_WITHIN)
            await self.outside.rows.lasts(self.replica.owner, until, now)
        await self.outside.bell.sleeps(seconds)

    def _is_due(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.outside.moments()

    def _seconds_to_next(self) -> float:
        """Until something is due, and a bit more: each process counts its seconds from another moment."""
        now, rows = self.outside.moments(), self.outside.rows
        to_send, longest = rows.next_to_send(), LONGEST_SLEEP
        if to_send is not None and to_send < now - STUCK:
            to_send, longest = rows.next_to_send(since=now - STUCK), UNEASY_SLEEP
        if rows.is_sending(since=now - STUCK):
            longest = PERIOD
        first = min((moment for moment in (to_send, rows.next_to_plan()) if moment is not None), default=None)
        wait = longest if first is None else max((first - now) / timedelta(seconds=1), 0.0)
        return min(wait, longest) + PERIOD * self.outside.chance.random()


def engine_of(outside: Outside) -> Engine:
    """What answers people."""
    return Engine(
        store=outside.store,
        registry=outside.registry,
        libraries=outside.libraries,
        now=outside.moments,
        new_id=outside.new_id,
        admins=outside.admins,
        domains=outside.domains,
    )
