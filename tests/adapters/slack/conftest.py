"""The real service with a few example features, and the stand-in in which two people use it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.app import Service, build
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import SlackChannel, SlackUser
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_standin import SlackStandIn
from bot.model.conversation import Conversation, Relationship
from bot.model.ids import PersonId, WorkspaceId
from tests.adapters.slack.example import CONVERSATION
from tests.adapters.slack.example_words import example_registry

ANA = SlackUser("U0ANA", "ana", "Ana Ruiz", email="ana@example.com", tz="Europe/Madrid")
BEN = SlackUser("U0BEN", "ben", "Ben Okafor", email="ben@example.com")
GUEST = SlackUser("U0GUEST", "guest", "Gil Guest", is_restricted=True)
ELSEWHERE = SlackUser("U0ELSE", "else", "Els Where", team_id="T0OTHER")
EVERYBODY = ("U0ANA", "U0BEN", "U0GUEST", "U0ELSE")
GENERAL = SlackChannel("C0GENERAL", "general", (*EVERYBODY, "U0BOT"))
LOUNGE = SlackChannel("C0LOUNGE", "lounge", EVERYBODY)
SIGNING_SECRET = "not-a-secret"
CONFIG = SlackConfig(bot_token="xoxb-test", signing_secret=SIGNING_SECRET)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Office:
    """A running service and the workspace it serves."""

    slack: SlackStandIn
    service: Service

    @property
    def ana(self) -> SlackPerson:
        return self.slack.person("U0ANA")

    @property
    def ben(self) -> SlackPerson:
        return self.slack.person("U0BEN")

    async def settled(self, answer: Answer | None = None) -> None:
        """Everything is shown; Slack would have taken all of it."""
        assert self.service.slack is not None
        await self.service.slack.tasks.settle()
        assert self.slack.violations == ()
        if answer is not None:
            assert answer.ok, answer
            assert answer.problems == ()

    async def kept(self) -> list[str]:
        """The texts that are stored."""
        async with self.service.store.read(self.service.organization) as tx:
            return [item.text for item in await tx.agenda.of(CONVERSATION)]

    async def person_id(self, external_id: str) -> PersonId | None:
        async with self.service.store.read(self.service.organization) as tx:
            identity = await tx.people.identity(await self.workspace(), external_id)
            return identity.person if identity else None

    async def workspace(self) -> WorkspaceId:
        async with self.service.store.read(self.service.organization) as tx:
            return (await tx.organizations.workspaces())[0].id


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(
        users=[ANA, BEN, GUEST, ELSEWHERE],
        channels=[GENERAL, LOUNGE],
        now=Clock().now,
        new_id=new_id,
        bot_token="xoxb-test",
        app_token="xapp-test",
        signing_secret=SIGNING_SECRET,
    ) as stand_in:
        yield stand_in


@pytest.fixture
async def service(slack: SlackStandIn, sqlite_url: str) -> AsyncIterator[Service]:
    config = Config(
        database_url=sqlite_url, secret_keys=(b"k" * 32,), port=0, slack=replace(CONFIG, api_url=slack.api_url)
    )
    built = await build(config, clock=Clock(), new_id=new_id, new_key=new_key, registry=example_registry())
    await built.start(timer=False)
    slack.events_url = built.events_url
    yield built
    await built.stop()


@pytest.fixture
async def office(slack: SlackStandIn, service: Service) -> Office:
    """Ana and Ben, who have a conversation."""
    place = Office(slack, service)
    await place.settled()
    await converse(place)
    return place


async def converse(place: Office) -> None:
    """Start the conversation of Ana and Ben in which the example features keep everything."""
    one, other = await place.person_id("U0ANA"), await place.person_id("U0BEN")
    assert one is not None
    assert other is not None
    first, second = sorted((one, other))
    conversation = Conversation(
        id=CONVERSATION,
        organization=place.service.organization,
        first=first,
        second=second,
        started_by=first,
        relationship=Relationship.colleague,
        senior=None,
        created_at=Clock().now(),
        changed_at=Clock().now(),
    )
    async with place.service.store.write(place.service.organization) as tx:
        assert await tx.conversations.start(conversation)


@pytest.fixture
def database(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))
