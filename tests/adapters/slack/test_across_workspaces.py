"""Ana is in one workspace and Ben in another: they have one conversation, and each hears of it at home (A5)."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.playground.slack_standin import SlackStandIn
from bot.features import registry
from tests.adapters.contract.backstage import StoryClock
from tests.adapters.contract.beginnings import jotted, noted, opened, started
from tests.adapters.contract.slack_actor import SlackActor
from tests.adapters.slack.installing import Town, a_town

HALF_AN_HOUR = timedelta(minutes=31)


@dataclass
class Pair:
    town: Town
    ana: SlackActor
    ben: SlackActor

    async def delivers(self) -> None:
        """Sends all that is due."""
        service = self.town.service
        while await service.worker.tick() or await service.store.outbox.waiting(now=self.town.clock.now()):
            pass
        await self.town.settle()


def actor(town: Town, slack: SlackStandIn, user: str) -> SlackActor:
    return SlackActor(slack.person(user), town.settle, str)


@pytest.fixture
async def pair(sqlite_url: str) -> AsyncIterator[Pair]:
    async with a_town(sqlite_url, registry=registry(), clock=StoryClock()) as town:
        assert (await town.browser().installs(town.first)).status == 200
        assert (await town.browser().installs(town.second, user="U0BEN")).status == 200
        await town.settle()
        yield Pair(town, actor(town, town.first, "U0ANA"), actor(town, town.second, "U0BEN"))


def about(heard: Sequence[str], words: str) -> int:
    return sum(words in each for each in heard)


async def test_they_find_each_other_and_share_one_agenda(pair: Pair) -> None:
    await started(pair.ana, "ben", "My report")
    await jotted(pair.ana, "Promotion case")
    await opened(pair.ben, "ana")
    pair.ben.sees("Ben and Ana", "Ana Ruiz · your manager", "○ Promotion case")
    await noted(pair.ben, "ana", "We agreed on May", kind="shared")
    await opened(pair.ana, "ben")
    pair.ana.sees("Ana and Ben", "Last shared note")
    pair.ana.sees_nowhere("canary")


async def test_each_hears_news_where_they_are(pair: Pair) -> None:
    await started(pair.ana, "ben", "My report")
    await pair.delivers()
    assert about(pair.ben.hears(), "Ana Ruiz started a 1-on-1 with you") == 1
    assert pair.ana.hears() == []
    await opened(pair.ben, "ana")
    await jotted(pair.ben, "Promotion case")
    pair.town.clock.advance(HALF_AN_HOUR)
    await pair.delivers()
    assert about(pair.ana.hears(), "Ben added 1 item") == 1
    assert pair.ben.hears() == []
    to_first = pair.town.first.world.wire.calls("chat.postMessage")
    to_second = pair.town.second.world.wire.calls("chat.postMessage")
    assert {each.body["channel"] for each in to_first} == {"U0ANA"}
    assert {each.body["channel"] for each in to_second} == {"U0BEN"}
