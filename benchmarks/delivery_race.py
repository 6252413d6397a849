"""Messages a second: everybody sends the same from the same database, in turns."""

import gc
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Protocol

from benchmarks.delivery_bare import Bare, PostgresRows, SqliteRows
from benchmarks.delivery_ours import Ours
from benchmarks.delivery_peers import Queued, Scheduled
from benchmarks.delivery_platform import Post, platform, posting
from benchmarks.places import PLACES

OURS, BARE = "OneOnOne", Bare.name


class Contender(Protocol):
    """``drain`` sends all that was filled in, and returns when each outcome is on disk."""

    name: str

    async def fill(self, count: int) -> None: ...
    async def drain(self) -> None: ...
    async def close(self) -> None: ...


async def _contenders(database: str, place: Callable[[str], str], post: Post) -> AsyncIterator[Contender]:
    yield await Ours.on(place("ours"), post)
    if database == "postgresql":
        yield Bare(await PostgresRows.on(place("bare")), post)
        yield Scheduled(place("jobs").replace("postgresql://", "postgresql+psycopg://"), post)
        yield await Queued.on(place("queue"), post)
    else:
        yield Bare(SqliteRows(Path(place("bare").removeprefix("sqlite:///"))), post)
        yield Scheduled(place("jobs"), post)
    yield await Ours.on(place("real"), post, real=True)


@asynccontextmanager
async def _entered(database: str, only: Sequence[str]) -> AsyncIterator[Sequence[Contender]]:
    async with AsyncExitStack() as exits:
        post = await exits.enter_async_context(posting(await exits.enter_async_context(platform())))
        place = exits.enter_context(PLACES[database]())
        entered = []
        async for contender in _contenders(database, place, post):
            exits.push_async_callback(contender.close)
            if not only or contender.name in only:
                entered.append(contender)
        yield entered


async def race(database: str, *, rounds: int, count: int, only: Sequence[str] = ()) -> dict[str, float]:
    """Prints a table; our median ratio to each of the others. Each begins every round at another place."""
    async with _entered(database, only) as contenders:
        for contender in contenders:
            await _rate(contender, count // 4)
        rates: dict[str, list[float]] = {contender.name: [] for contender in contenders}
        for round_ in range(rounds):
            first = round_ % len(contenders)
            for contender in (*contenders[first:], *contenders[:first]):
                rates[contender.name].append(await _rate(contender, count))
    return _report(database, rates)


async def _rate(contender: Contender, count: int) -> float:
    await contender.fill(count)
    gc.collect()
    began = time.perf_counter()
    await contender.drain()
    return count / (time.perf_counter() - began)


def _report(database: str, rates: dict[str, list[float]]) -> dict[str, float]:
    ratios = {}
    print(f"\nmessages a second, {database}")
    print(f"  {'':26}{'median':>8}{'least':>8}{'most':>8}{'ours/theirs':>13}{'least':>8}")
    for name, found in rates.items():
        line = f"  {name:26}{statistics.median(found):8.0f}{min(found):8.0f}{max(found):8.0f}"
        if name != OURS and OURS in rates:
            against = [mine / theirs for mine, theirs in zip(rates[OURS], found, strict=True)]
            line += f"{statistics.median(against):13.2f}{min(against):8.2f}"
            ratios[f"rate.{database}.{name}"] = round(statistics.median(against), 2)
        print(line)
    return ratios
