"""Answers while everything is due: how long people wait for theirs while the worker sends as fast as it can."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.clock import new_id
from benchmarks.delivery_ours import Ours
from benchmarks.delivery_platform import platform, posting
from benchmarks.delivery_race import PLACES
from benchmarks.delivery_world import Pair, World
from bot.engine import Engine, Input
from bot.entered import Entered
from bot.features import registry
from bot.features.agenda import AddItem
from bot.model.people import Account
from bot.views import Page
from prompts.library import libraries

_PEOPLE = 5
_PAUSE = 0.05
_ENOUGH = 2000
"""Deliveries that are planned at a time, so that there are always some."""


@dataclass(frozen=True)
class Answers:
    """Seconds that an answer took: while nothing else goes on, and in the flood; and what was sent a second then."""

    quiet: Sequence[float]
    busy: Sequence[float]
    rate: float

    def part(self, of: Sequence[float], share: float) -> float:
        """The time in which this share of them was there, in milliseconds."""
        return 1000 * sorted(of)[int(share * (len(of) - 1))]


async def answers(database: str, *, seconds: float, real: bool = False) -> Answers:
    """Of some people who put things on their agendas, a pause after each."""
    with PLACES[database]() as place:
        async with platform() as url, posting(url) as post:
            ours = await Ours.on(place("answers"), post, real=real)
            engine = _engine(ours.world)
            await _asked(engine, ours.world, seconds / 10)
            quiet = await _asked(engine, ours.world, seconds / 3)
            flooding = asyncio.create_task(_flood(ours))
            await asyncio.sleep(0.5)
            sent, began = post.sent, time.perf_counter()
            busy = await _asked(engine, ours.world, seconds)
            rate = (post.sent - sent) / (time.perf_counter() - began)
            flooding.cancel()
            with suppress(asyncio.CancelledError):
                await flooding
            await ours.worker.stop(within=10)
            await ours.world.store.close()
    return Answers(quiet, busy, rate)


async def _flood(ours: Ours) -> None:
    while True:
        await ours.fill(_ENOUGH)
        await ours.drain()


def _engine(world: World) -> Engine:
    return Engine(
        store=world.store,
        registry=registry(),
        libraries=libraries(),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
    )


async def _asked(engine: Engine, world: World, seconds: float) -> list[float]:
    found: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_person(engine, world, pair, until, found) for pair in world.pairs[:_PEOPLE]))
    return found


async def _person(engine: Engine, world: World, pair: Pair, until: float, found: list[float]) -> None:
    account = Account(world.organization, pair.workspace, pair.account)
    while time.perf_counter() < until:
        entered = Entered({"text": f"Item {new_id()}", "visibility": "shared", "repeat": "never"})
        began = time.perf_counter()
        view = await engine.act(Input(account=account, key=new_id(), entered=entered), AddItem(pair.conversation))
        found.append(time.perf_counter() - began)
        assert isinstance(view, Page), view
        await asyncio.sleep(_PAUSE)
