"""The real service with a few example features, and the stand-in in which two people use it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.app import Service, build
from adapters.clock import new_id, new_key
from adapters.config import Config, TeamsConfig
from adapters.playground.teams_line import Answer
from adapters.playground.teams_people import Json, Team, TeamsBot, TeamsChannel, TeamsTenant, TeamsUser
from adapters.playground.teams_person import TeamsPerson
from adapters.playground.teams_standin import TeamsStandIn
from bot.model.conversation import Conversation, Relationship
from bot.model.ids import PersonId, WorkspaceId
from bot.model.people import Chat, Person
from tests.adapters.contract.beginnings import together
from tests.adapters.contract.teams_stage import TeamsStage, teams_stage
from tests.adapters.slack.example import CONVERSATION
from tests.adapters.teams.attacking import SECRET
from tests.adapters.teams.example_line import teams_registry
from tests.proofs.logs import Lines, all_lines

TENANT = TeamsTenant()
APP = TeamsBot("11111111-2222-4333-8444-555555555555", "not-a-secret")
ANA = TeamsUser("a0000000-0000-4000-8000-000000000001", "Ana Ruiz", "ana@example.com", zone="Europe/Madrid")
BEN = TeamsUser("b0000000-0000-4000-8000-000000000002", "Ben Okafor", "ben@example.com", locale="de-DE")
CLEO = TeamsUser("c0000000-0000-4000-8000-000000000003", "Cleo Tanaka", "cleo@example.com")
GUEST = TeamsUser("d0000000-0000-4000-8000-000000000004", "Gil Guest", "gil@elsewhere.example", role="guest")
EVERYBODY = (ANA.id, BEN.id, CLEO.id, GUEST.id)
GENERAL = TeamsChannel("19:general0000000000000000000000000@thread.tacv2", "General")
SALES = Team(GENERAL.id, "Sales", (GENERAL,), EVERYBODY, has_bot=True)
LOUNGE = TeamsChannel("19:lounge00000000000000000000000000@thread.tacv2", "Lounge")
ELSEWHERE = Team(LOUNGE.id, "Elsewhere", (LOUNGE,), EVERYBODY)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Office:
    """A running service and the tenant it serves."""

    teams: TeamsStandIn
    service: Service

    @property
    def ana(self) -> TeamsPerson:
        return self.teams.person(ANA.id)

    @property
    def ben(self) -> TeamsPerson:
        return self.teams.person(BEN.id)

    @property
    def guest(self) -> TeamsPerson:
        return self.teams.person(GUEST.id)

    async def settled(self, answer: Answer | None = None) -> None:
        """Everything is shown; Teams would have taken all of it."""
        await self.shown()
        assert self.teams.violations == ()
        if answer is not None:
            assert answer.ok, answer
            assert answer.problems == ()

    async def shown(self) -> None:
        """Nothing is left to do."""
        assert self.service.teams is not None
        await self.service.teams.tasks.settle()

    def sent(self, name: str) -> Json:
        """The last activity of that name or type that went to the bot."""
        return [each for each in self.teams.line.sent if (each.get("name") or each["type"]) == name][-1]

    async def kept(self) -> list[str]:
        """The texts that are stored."""
        async with self.service.store.read(self.service.organization) as tx:
            return [item.text for item in await tx.agenda.of(CONVERSATION)]

    async def person_id(self, external_id: str) -> PersonId | None:
        async with self.service.store.read(self.service.organization) as tx:
            identity = await tx.people.identity(await self.workspace(), external_id)
            return identity.person if identity else None

    async def known(self, external_id: str) -> Person:
        """The person that an account belongs to."""
        person_id = await self.person_id(external_id)
        assert person_id is not None
        async with self.service.store.read(self.service.organization) as tx:
            person = await tx.people.get(person_id)
        assert person is not None
        return person

    async def chat(self, external_id: str) -> Chat | None:
        async with self.service.store.read(self.service.organization) as tx:
            return await tx.chats.get(await self.workspace(), external_id)

    async def workspace(self) -> WorkspaceId:
        async with self.service.store.read(self.service.organization) as tx:
            return (await tx.organizations.workspaces())[0].id


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn(
        users=[ANA, BEN, CLEO, GUEST], teams=[SALES, ELSEWHERE], now=Clock().now, new_id=new_id, app=APP, tenant=TENANT
    ) as stand_in:
        yield stand_in


@pytest.fixture
async def service(teams: TeamsStandIn, sqlite_url: str) -> AsyncIterator[Service]:
    microsoft = TeamsConfig(
        app_id=APP.app_id,
        password=APP.password,
        tenant=TENANT.id,
        login_url=teams.login_url,
        openid_url=teams.openid_url,
        loopback=True,
    )
    config = Config(database_url=sqlite_url, secret_keys=(b"k" * 32,), port=0, teams=microsoft)
    built = await build(config, clock=Clock(), new_id=new_id, new_key=new_key, registry=teams_registry())
    await built.start(timer=False)
    teams.messages_url = built.messages_url
    yield built
    await built.stop()


@pytest.fixture
async def newcomers(teams: TeamsStandIn, service: Service) -> Office:
    """A tenant in which nobody has met the bot."""
    return Office(teams, service)


@pytest.fixture
async def office(newcomers: Office) -> Office:
    """Ana and Ben, who have a conversation."""
    for person in (newcomers.ana, newcomers.ben):
        await newcomers.settled(await person.installs())
    await converse(newcomers)
    return newcomers


async def converse(place: Office) -> None:
    """Start the conversation of Ana and Ben in which the example features keep everything."""
    first, second = sorted([(await place.known(ANA.id)).id, (await place.known(BEN.id)).id])
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


@pytest.fixture
def lines() -> Iterator[Lines]:
    with all_lines() as found:
        yield found


@pytest.fixture
async def stage(sqlite_url: str, lines: Lines) -> AsyncIterator[TeamsStage]:
    """Every feature there is; Ana and Ben have a 1-on-1, Cleo is nobody in it. No log line holds what people write."""
    async with teams_stage(sqlite_url) as staged:
        await together(staged)
        yield staged
    assert lines.holding(SECRET) == []
    assert lines.failed == []
