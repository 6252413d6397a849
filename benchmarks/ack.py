"""How quickly is a word kept and answered? `/oneonone add` and its twin in Teams, beside the SDKs' own handlers.

Every contender gets the same authenticated request on the same machine, in the same process, commits durably, and
gives the same rendered answer: on Slack in the response, on Teams as a message at the connector. OneOnOne also looks
up who asks, checks what they may see, remembers the input so that a repeat does nothing, and encrypts the words.
Run it as: make bench. The last line is JSON: ratios by platform, database and requests in flight.
"""

import argparse
import asyncio
import gc
import json
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from adapters.clock import new_id
from benchmarks import bare, ours, startup
from benchmarks.microsoft import Microsoft
from benchmarks.shelf import postgres_shelf, sqlite_shelf
from benchmarks.slackish import command, signed
from benchmarks.wire import Load, Request, drive
from storage.database import migrate
from tests.postgres import running_cluster, server_programs

OURS = "OneOnOne"
IN_FLIGHT = (1, 50)


@dataclass
class Contender:
    """``requests`` makes so many; the rest is what was measured, by requests in flight."""

    name: str
    url: str
    requests: Callable[[int], list[Request]]
    loads: dict[int, list[Load]] = field(default_factory=lambda: {each: [] for each in IN_FLIGHT})


@dataclass(frozen=True)
class Match:
    platform: str
    database: str
    contenders: tuple[Contender, ...]


async def _slack_match(exits: AsyncExitStack, database: str, place: "Place") -> Match:
    slack = await exits.enter_async_context(ours.slack())
    service = await exits.enter_async_context(ours.on_slack(await place.migrated("slack"), slack.api_url))
    answer = await ours.slack_answer(service)
    urls = {OURS: service.events_url}
    for name, fast in (("Bolt, defaults", False), ("Bolt, before response", True)):
        shelf = await place.shelf(f"bolt{fast:d}")
        exits.push_async_callback(shelf.close)
        urls[name] = await exits.enter_async_context(bare.bolt(shelf, answer, api_url=slack.api_url, fast=fast))
    contenders = (Contender(name, url, _commands) for name, url in urls.items())
    return Match("slack", database, tuple(contenders))


def _commands(count: int) -> list[Request]:
    bodies = (command("U0ANA", f"add Item {new_id()}", new_id()) for _ in range(count))
    return [Request(signed(body), body) for body in bodies]


async def _teams_match(exits: AsyncExitStack, database: str, place: "Place") -> Match:
    microsoft = await exits.enter_async_context(Microsoft())
    service = await exits.enter_async_context(ours.on_teams(await place.migrated("teams"), microsoft))
    answer = await ours.teams_answer(service, microsoft)
    shelf = await place.shelf("cloud")
    exits.push_async_callback(shelf.close)
    urls = {OURS: service.messages_url}
    urls["CloudAdapter"] = await exits.enter_async_context(bare.cloud_adapter(shelf, answer, microsoft))
    requests = partial(_messages, microsoft, microsoft.headers())
    return Match("teams", database, tuple(Contender(name, url, requests) for name, url in urls.items()))


def _messages(microsoft: Microsoft, headers: Any, count: int) -> list[Request]:
    numbers = [new_id() for _ in range(count)]
    return [
        Request(headers, microsoft.message("ana", each, f"add Item {each}"), partial(microsoft.reply, each))
        for each in numbers
    ]


class Place:
    """Where the databases of one round of contenders are; ``url`` makes the address of one by its name."""

    def __init__(self, url: Callable[[str], str], shelf: Callable[[str], Awaitable[Any]]) -> None:
        self._url = url
        self.shelf = shelf

    async def migrated(self, name: str) -> str:
        url = self._url(name)
        await migrate(url)
        return url


@contextmanager
def _sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        yield Place(lambda name: f"sqlite:///{home / name}.db", lambda name: sqlite_shelf(home / f"{name}.bare.db"))


@contextmanager
def _postgresql() -> Iterator[Place]:
    programs = server_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server is not installed; choose --database sqlite")
    with running_cluster(programs, settings=("max_connections=200",)) as cluster:

        def made(name: str) -> str:
            cluster.run(f"CREATE DATABASE {name}")
            return cluster.url(name)

        yield Place(made, lambda name: postgres_shelf(made(name)))


DATABASES = {"sqlite": _sqlite, "postgresql": _postgresql}
MATCHES = {"slack": _slack_match, "teams": _teams_match}


@asynccontextmanager
async def _match(platform: str, database: str) -> AsyncIterator[Match]:
    with DATABASES[database]() as place:
        async with AsyncExitStack() as exits:
            yield await MATCHES[platform](exits, database, place)


async def _measure(match: Match, *, rounds: int, count: int) -> None:
    """All contenders take turns, in another order each round; the first turn of each is not counted."""
    for contender in match.contenders:
        await drive(contender.url, contender.requests(count // 4), in_flight=10)
    for round_ in range(rounds):
        turn = match.contenders[round_ % len(match.contenders) :] + match.contenders[: round_ % len(match.contenders)]
        for in_flight in IN_FLIGHT:
            for contender in turn:
                gc.collect()
                load = await drive(contender.url, contender.requests(count), in_flight=in_flight)
                contender.loads[in_flight].append(load)


def _report(match: Match) -> dict[str, float]:
    """Prints the table; the median ratio of our rate to each peer's, and the least of all rounds."""
    ratios = {}
    mine = match.contenders[0]
    for in_flight in IN_FLIGHT:
        print(f"\n{match.platform}, {match.database}, {in_flight} in flight")
        print(f"  {'':24}{'req/s median':>14}{'least':>9}{'p50 ms':>9}{'p99 ms':>9}{'ours/theirs':>13}{'least':>8}")
        for contender in match.contenders:
            loads = contender.loads[in_flight]
            rates = [load.rate for load in loads]
            seconds = sorted(second for load in loads for second in load.latencies)
            against = [ours_.rate / load.rate for ours_, load in zip(mine.loads[in_flight], loads, strict=True)]
            p50, p99 = (1000 * seconds[int(part * (len(seconds) - 1))] for part in (0.5, 0.99))
            line = f"  {contender.name:24}{statistics.median(rates):14.0f}{min(rates):9.0f}{p50:9.1f}{p99:9.1f}"
            print(line + ("" if contender is mine else f"{statistics.median(against):13.2f}{min(against):8.2f}"))
            if contender is not mine:
                key = f"{match.platform}.{match.database}.{in_flight}.{contender.name}"
                ratios[key] = round(statistics.median(against), 2)
    return ratios


async def _run(chosen: argparse.Namespace) -> dict[str, float]:
    ratios: dict[str, float] = {}
    for database in chosen.database:
        for platform in chosen.platform:
            async with _match(platform, database) as match:
                await _measure(match, rounds=chosen.rounds, count=chosen.count)
                ratios |= _report(match)
    return ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often everybody takes a turn")
    parser.add_argument("--count", type=int, default=200, help="requests in a turn")
    parser.add_argument("--platform", nargs="+", choices=MATCHES, default=list(MATCHES))
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=list(DATABASES))
    chosen = parser.parse_args()
    ratios = asyncio.run(_run(chosen))
    ratios |= startup.report(chosen.rounds)
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
