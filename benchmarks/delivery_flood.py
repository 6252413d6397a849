"""The flood: everything is due at one minute, in workspaces of both platforms, each with its own limits.

Time is virtual: the worker, the database and the platforms run as they do, and what they wait for comes at once.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.clock import new_id
from adapters.slack.messenger import LIMITS as SLACK
from adapters.teams.messenger import LIMITS as TEAMS
from benchmarks.delivery_limits import Limited
from benchmarks.delivery_world import KEYS, TRIVIAL, World, settled
from bot.model.delivery import DeliveryKind
from bot.model.ids import WorkspaceId
from bot.model.people import Platform
from bot.worker import Worker
from prompts.library import libraries
from storage.database import migrate
from storage.store import Store
from tests.simulation.loop import VirtualLoop

WORKSPACES = (Platform.slack, Platform.teams) * 20
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_LIMITS = {Platform.slack: SLACK, Platform.teams: TEAMS}
_LONGER = 20
"""How many times the least time may pass before we give up."""


@dataclass
class Flooded:
    """What came of it; seconds are virtual, but ``real``."""

    count: int
    seconds: float
    least: float
    late: float
    urgent: float
    refused: int
    lost: int
    twice: int
    real: float = 0.0

    @property
    def over(self) -> float:
        """How much longer than the limits allow, as a part of that."""
        return self.seconds / self.least - 1


def flood(count: int, *, share: float = 1.0) -> Flooded:
    """So many nudges, and one urgent reminder in the midst of them; ``share`` of its limits a platform really takes."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        url = f"sqlite:///{folder}/flood.db"
        asyncio.run(migrate(url))
        began = time.perf_counter()
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            found = runner.run(_flooded(url, count, share))
        found.real = time.perf_counter() - began
        return found


async def _flooded(url: str, count: int, share: float) -> Flooded:
    loop = asyncio.get_running_loop()

    def now() -> datetime:
        return NOON + timedelta(seconds=loop.time())

    store = Store(url, KEYS, patience=60, moment=now)
    given = _given(count)
    world = await settled(store, [each // 2 + 1 for each in given], WORKSPACES, NOON, only_people=True)
    begins = now() + timedelta(seconds=5)
    platforms = {
        workspace: Limited(_LIMITS[platform], loop.time, share=share, given=many)
        for workspace, platform, many in zip(world.workspaces, WORKSPACES, given, strict=True)
    }
    await _planned(world, platforms, begins)
    urgent = await _planned_urgent(world, platforms, begins)
    worker = _worker(store, platforms, now)
    await asyncio.sleep((begins - now()).total_seconds())
    for platform in platforms.values():
        platform.began = loop.time()
    await _until_all_are_sent(worker, platforms)
    return await _found(world, platforms, begins, urgent, count)


def _given(count: int) -> list[int]:
    """For each workspace: in proportion to what it takes, so that all take equally long, but for the rounding."""
    whole = sum(_LIMITS[platform].per_second for platform in WORKSPACES)
    return [round(count * _LIMITS[platform].per_second / whole) for platform in WORKSPACES]


async def _planned(world: World, platforms: dict[WorkspaceId, Limited], due_at: datetime) -> None:
    """One or two to each person."""
    for workspace, platform in platforms.items():
        pairs = [pair for pair in world.pairs if pair.workspace == workspace]
        await world.plan(pairs, platform.given, due_at=due_at, kind=DeliveryKind.news)


async def _planned_urgent(world: World, platforms: dict[WorkspaceId, Limited], begins: datetime) -> tuple[str, float]:
    """One in the middle of the flood, where most wait; its id and when it is due, in seconds from the beginning."""
    workspace, platform = max(platforms.items(), key=lambda item: item[1].least_seconds)
    after = platform.least_seconds / 2
    pair = next(pair for pair in world.pairs if pair.workspace == workspace)
    platform.given += 1
    made = await world.plan([pair], 1, due_at=begins + timedelta(seconds=after), kind=DeliveryKind.agenda)
    return made, after


def _worker(store: Store, platforms: dict[WorkspaceId, Limited], now: object) -> Worker:
    loop = asyncio.get_running_loop()
    return Worker(
        outbox=store.outbox,
        store=store,
        registry=TRIVIAL,
        libraries=libraries(),
        messengers=lambda: platforms,
        now=now,  # type: ignore[arg-type]
        new_id=new_id,
        owner="bench",
        steady=loop.time,
    )


async def _until_all_are_sent(worker: Worker, platforms: dict[WorkspaceId, Limited]) -> None:
    """A turn each second, as the timer does it."""
    loop = asyncio.get_running_loop()
    most = loop.time() + _LONGER * max(one.least_seconds for one in platforms.values()) + 3600
    while loop.time() < most and any(len(one.accepted) < one.given for one in platforms.values()):
        await worker.turn()
        await asyncio.sleep(1)
        for one in platforms.values():
            one.looks()
    await worker.settle()


async def _found(
    world: World,
    platforms: dict[WorkspaceId, Limited],
    begins: datetime,
    urgent: tuple[str, float],
    count: int,
) -> Flooded:
    all_of_them = {name: at for one in platforms.values() for name, at in one.accepted.items()}
    began = (begins - NOON).total_seconds()
    given = sum(one.given for one in platforms.values())
    sent = await world.sent()
    await world.store.close()
    return Flooded(
        count=count,
        seconds=max(all_of_them.values()) - began,
        least=max(one.least_seconds for one in platforms.values()),
        late=max(one.late for one in platforms.values()),
        urgent=all_of_them.get(urgent[0], float("inf")) - began - urgent[1],
        refused=sum(one.refused for one in platforms.values()),
        lost=given - min(sent, len(all_of_them)),
        twice=sum(one.twice for one in platforms.values()),
    )


def _memory() -> str | None:
    """Where files cost no disk: what is measured here is not real time."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
