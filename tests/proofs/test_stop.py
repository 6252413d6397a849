"""An operator stops the replica that sends: what it was sending is recorded, and another takes over at once."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from adapters.clock import SystemClock
from adapters.playground.faults import FaultKind
from bot.lanes import RENEWED
from bot.model.delivery import DeliveryState
from tests.proofs.replica import SHORTER
from tests.proofs.replica_checker import Verdict, in_slack, in_teams, ledger, settled
from tests.proofs.replica_load import is_served_by, proxy
from tests.proofs.replica_town import ADMINS, Settled, Town, settle_in, town
from tests.proofs.replica_weather import SENDS
from tests.proofs.replicas import Fleet, fleet

pytestmark = [pytest.mark.postgres, pytest.mark.soak]
REMINDERS = 450
DUE_FOR = timedelta(seconds=60)
"""So long there is always something to be sent."""

STARTS_WITHIN = 60.0
STOPS_WITHIN = 15.0
TAKES_OVER_WITHIN = RENEWED / 2 / SHORTER + 3.0
"""Who has not all workspaces asks for them so often; and what a busy machine may take for it."""

SETTLES_WITHIN = 90.0
SLOW = 0.7
"""Seconds that each answer takes, so that there is always something under way."""

LOOKS_AGAIN = 0.1
_LEASES = "SELECT workspace, owner FROM sender_lease WHERE until > clock_timestamp()"
_UNDER_WAY = "SELECT lease_owner, count(*) FROM delivery WHERE state = 'sending' GROUP BY lease_owner"


@dataclass
class Pair:
    """Two replicas that are not started yet, and what can be seen of them in their database."""

    url: str
    town: Town
    settled: Settled
    fleet: Fleet
    connection: Any

    async def senders(self) -> Mapping[str, str]:
        """Who sends in each workspace."""
        return {row["workspace"]: row["owner"] for row in await self.connection.fetch(_LEASES)}

    async def under_way(self) -> Counter[str]:
        """How many each is sending."""
        return Counter({row["lease_owner"]: row["count"] for row in await self.connection.fetch(_UNDER_WAY)})

    async def sends_alone(self) -> str:
        """Who sends in both workspaces, as soon as somebody does."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            senders = [*(await self.senders()).values()]
            if len(senders) == 2 and len(set(senders)) == 1 and (await self.under_way())[senders[0]] > 1:
                return senders[0]
            await asyncio.sleep(LOOKS_AGAIN)
        raise AssertionError("it never sent")

    async def is_joined(self) -> None:
        """The second one starts, and is ready."""
        self.fleet.replicas[1].start()
        deadline = time.monotonic() + STARTS_WITHIN
        async with proxy() as session:
            while not await is_served_by(session, self.fleet.replicas[1]):
                assert time.monotonic() < deadline, "the second one never was ready"
                await asyncio.sleep(LOOKS_AGAIN)


@asynccontextmanager
async def pair_on(url: str, folder: Path) -> AsyncIterator[Pair]:
    begins = SystemClock().now()
    async with town(seed=1) as place:
        for world in (place.slack.world, place.teams.world):
            for method in SENDS:
                world.faults.add(method, FaultKind.SLOW, times=10 * REMINDERS, delay=SLOW)
        there = await settle_in(url, place, reminders=REMINDERS, begins=begins, lasts=DUE_FOR)
        replicas = fleet(url, folder, place.slack, place.teams, size=2, admins=ADMINS)
        connection = await asyncpg.connect(url)
        try:
            yield Pair(url, place, there, replicas, connection)
        finally:
            await replicas.end()
            await connection.close()


async def test_who_is_stopped_records_what_it_was_sending_and_the_other_takes_over(
    postgres_url: str, tmp_path: Path
) -> None:
    async with pair_on(postgres_url, tmp_path) as pair:
        first, second = pair.fleet.replicas
        first.start()
        gone = await pair.sends_alone()
        await pair.is_joined()
        assert (await pair.under_way())[gone] > 0
        code, took = await first.stop()
        assert (code, took < STOPS_WITHIN) == (0, True), f"exit code {code} after {took:.1f} seconds"
        assert gone not in (await pair.senders()).values()
        assert (await pair.under_way())[gone] == 0
        await _taken_over(pair, gone)
        await settled(pair.url, within=SETTLES_WITHIN, now=SystemClock().now())
        assert (await second.stop())[0] == 0
        await _each_arrived_once(pair)


async def _taken_over(pair: Pair, gone: str) -> None:
    deadline = time.monotonic() + TAKES_OVER_WITHIN
    while len(senders := await pair.senders()) < 2:
        assert time.monotonic() < deadline, "the other did not take over"
        await asyncio.sleep(LOOKS_AGAIN)
    assert gone not in senders.values()


async def _each_arrived_once(pair: Pair) -> None:
    """Nobody ever was in doubt about anything."""
    book, verdict = await ledger(pair.url, pair.settled), Verdict()
    due = [one for one in book.deliveries.values() if one.due_at <= SystemClock().now()]
    assert [one.id for one in due if one.state is not DeliveryState.sent or one.doubts] == []
    assert len(due) >= 2 * REMINDERS
    in_slack(verdict, book, pair.town)
    in_teams(verdict, book, pair.town, [])
    assert verdict.wrong == {}
    assert verdict.numbers["teams doubles"] == 0
