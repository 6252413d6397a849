"""Proofs 2 and 7 once more, over HTTP and through Bolt: what the adapter itself shows, sends and logs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from adapters.playground.slack_line import Answer
from adapters.playground.slack_wire import Direction
from bot.features import registry
from bot.model.ids import OrganizationId
from prompts.library import PseudoLibrary
from tests.adapters.contract import slack_stage as stages
from tests.adapters.contract.slack_stage import STAFF, SlackStage
from tests.proofs.crawler import CORRECTED
from tests.proofs.logs import all_lines
from tests.proofs.marks import Foreign
from tests.proofs.slack_crawler import SlackCrawler
from tests.stateful.knowing import MARK, Aviary
from tests.stateful.snapshot import snapshot

PSEUDO = PseudoLibrary("en")
PARTNERS = {"ana": "ben", "ben": "ana"}
READ = ("text", "initial_value")


async def test_slack_shows_and_logs_no_more_than_it_may_and_nothing_from_elsewhere(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "every_text", lambda: {"en": PSEUDO})
    with all_lines() as lines:
        async with _stage(sqlite_url) as stage:
            watched = Watched(stage)
            await watched.begin()
            for name in PARTNERS:
                await watched.crawler(name).crawl([ways[0] for ways in PSEUDO.verbs.values()])
                stage.clock.advance(timedelta(days=1))
                await stage.delivers()
            await watched.everybody()
            assert watched.told == []
            assert [text for text in _previews(stage) if MARK in text] == []
            assert {text for text in _sent(stage) if watched.foreign.words(text)} == set()
            assert len(watched.aviary.knowers) > 60
            assert stage.slack.violations == ()
    assert lines.holding(MARK) == []
    assert lines.failed == []


@asynccontextmanager
async def _stage(url: str) -> AsyncIterator[SlackStage]:
    """A stage that forgives what a story may not: a crawler uses a message's link more often than Slack allows."""
    clock = stages.StoryClock()
    async with stages._workspace(clock) as slack:
        stage = SlackStage(slack, clock, url=url, features=registry())
        await stage.start()
        yield stage
        await stage.stop()


class Watched:
    """A stage on which each screen is searched for what its person may not know."""

    def __init__(self, stage: SlackStage) -> None:
        self.stage = stage
        self.ids: dict[str, str] = {}
        self.aviary = Aviary()
        self.told: list[str] = []
        known = [name for user in STAFF for name in (user.real_name, user.display_name, user.email)]
        verbs = [way for ways in PSEUDO.verbs.values() for way in ways]
        self.foreign = Foreign([*known, *verbs, "UTC", *CORRECTED.values()])

    async def begin(self) -> None:
        """The four are known, and Ana has begun with Ben."""
        self.ids = {user.name: person for user, person in [(u, await self._person(u.id)) for u in STAFF]}
        self.aviary = Aviary(admins=frozenset({self.ids["mia"]}))
        ana = self.stage.slack.person("U0ANA")
        await self._settled("ana", await ana.command("/oneonone", "start @ben"))
        assert ana.modal is not None
        await ana.fill(ana.modal.blocks[-2]["block_id"], "my_report", on=ana.modal)
        await self._settled("ana", await ana.submit())

    def crawler(self, name: str) -> SlackCrawler:
        return SlackCrawler(
            person=self.stage.slack.person(f"U0{name.upper()}"),
            partner=PARTNERS[name],
            words=lambda where, field: self.aviary.breed(self.ids[name], name=name, where=where, field=field),
            settled=lambda answer: self._settled(name, answer),
        )

    async def everybody(self) -> None:
        for name in self.ids:
            await self._search(name)

    async def _settled(self, name: str, answer: Answer) -> None:
        assert answer.failure is None, answer.failure
        await self.stage.settle()
        await self._search(name)

    async def _search(self, name: str) -> None:
        screen, person = self.stage.slack.person(f"U0{name.upper()}").everything_seen(), self.ids[name]
        if self.aviary.secrets(screen, person):
            service = self.stage.service
            self.aviary.looks_at(await snapshot(service.store, OrganizationId(service.organization)))
        self.told += [f"{name} was shown {secret}" for secret in self.aviary.secrets(screen, person)]

    async def _person(self, external_id: str) -> str:
        service = self.stage.service
        stored = await snapshot(service.store, service.organization)
        return next(str(one.person) for one in stored.identity.values() if one.external_id == external_id)


def _previews(stage: SlackStage) -> Iterator[str]:
    """What phones show on their locked screens: the text of each message that the bot wrote."""
    for exchange in stage.slack.world.wire.exchanges:
        if exchange.direction is Direction.TO_SLACK and exchange.method.startswith("chat."):
            yield str(exchange.body.get("text"))


def _sent(stage: SlackStage) -> Iterator[str]:
    """Every text in what the bot sent and answered."""
    for exchange in stage.slack.world.wire.exchanges:
        yield from _read(exchange.body if exchange.direction is Direction.TO_SLACK else exchange.answer)


def _read(payload: Any) -> Iterator[str]:
    if isinstance(payload, list):
        for each in payload:
            yield from _read(each)
    if isinstance(payload, dict):
        for key, value in payload.items():
            if key in READ and isinstance(value, str):
                yield value
            elif key == "errors" and isinstance(value, dict):
                yield from value.values()
            else:
                yield from _read(value)
