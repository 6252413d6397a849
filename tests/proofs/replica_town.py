"""Two platforms with people on both, and reminders of their meetings that are due soon."""

import random
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from adapters.app import NAME
from adapters.clock import SystemClock, new_id
from adapters.playground.slack_people import SlackUser
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_people import TeamsBot, TeamsUser
from adapters.playground.teams_standin import TeamsStandIn
from bot.engine import Engine, Input
from bot.entered import Entered
from bot.features import registry
from bot.features.conversations import BeginConversation
from bot.model.conversation import Conversation
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, MeetingId, OrganizationId, PersonId, WorkspaceId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Account, Chat, Platform, Profile, Workspace
from bot.ports import Transaction
from bot.views import Page
from prompts.library import libraries
from storage.store import Store
from tests.proofs.replica_weather import Weather
from tests.proofs.replicas import KEY

RESIDENTS = 40
"""People on each platform."""

ADMIN = 0
_BOT = TeamsBot("6e4f9d2c-0d5b-4a7e-9f67-0f5e0f7f6a01", "not-a-secret")
_TOKEN = "xoxb-replicas"
_SECRET = "not-a-secret"
_WRAP_UPS = 4
"""Every so manieth reminder is a nudge."""


def slack_id(number: int) -> str:
    return f"U0R{number:04d}"


def teams_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def email(platform: Platform, number: int) -> str:
    return f"{platform.value}{number}@example.com"


ADMINS = ",".join(email(platform, ADMIN) for platform in Platform)


@dataclass(frozen=True)
class Town:
    """The platforms, and who lives there by their place on each of them."""

    slack: SlackStandIn
    teams: TeamsStandIn
    chance: random.Random

    @property
    def weathers(self) -> Sequence[Weather]:
        found = [each.world.faults for each in (self.slack, self.teams)]
        return [each for each in found if isinstance(each, Weather)]

    def storms(self, *, stormy: bool) -> None:
        for weather in self.weathers:
            weather.is_stormy = stormy

    def chat_of(self, platform: Platform, external_id: str) -> str:
        """Where the bot writes to this account."""
        if platform is Platform.slack:
            return self.slack.world.dm_of(external_id).id
        chat = self.teams.world.chat_of(external_id)
        assert chat is not None, "everybody has the app"
        return chat.id


@dataclass(frozen=True)
class Settled:
    """The ids of the rows that are there before the replicas start."""

    organization: OrganizationId
    workspaces: dict[Platform, WorkspaceId]
    people: dict[Platform, list[PersonId]]


@asynccontextmanager
async def town(seed: int) -> AsyncIterator[Town]:
    """Both platforms, each a server of its own, in fair weather."""
    clock, chance = SystemClock(), random.Random(seed)
    slack = SlackStandIn(
        users=[_slack_user(number) for number in range(RESIDENTS)],
        now=clock.now,
        new_id=new_id,
        bot_token=_TOKEN,
        signing_secret=_SECRET,
    )
    teams = TeamsStandIn(
        users=[_teams_user(number) for number in range(RESIDENTS)], now=clock.now, new_id=new_id, app=_BOT
    )
    async with slack, teams:
        slack.world.faults, teams.world.faults = Weather(chance=chance), Weather(chance=chance)
        teams.world.wire.exchanges = deque()  # none is forgotten before it was judged
        for user in list(teams.world.users):
            teams.world.install(user)
        yield Town(slack, teams, chance)


def _slack_user(number: int) -> SlackUser:
    name = f"slack{number}"
    return SlackUser(slack_id(number), name, f"Slack {number}", name, email(Platform.slack, number))


def _teams_user(number: int) -> TeamsUser:
    address = email(Platform.teams, number)
    return TeamsUser(teams_id(number), f"Teams {number}", address, address)


async def settle_in(url: str, place: Town, *, reminders: int, begins: datetime, lasts: timedelta) -> Settled:
    """Everybody is known; of these reminders one after the other becomes due on each platform."""
    store = Store(url, (KEY,))
    engine = Engine(store=store, registry=registry(), libraries=libraries(), now=lambda: begins, new_id=new_id)
    organization = await store.organization(name=NAME, new_id=new_id)
    known = {Platform.slack: place.slack.world.team.id, Platform.teams: place.teams.world.tenant.id}
    workspaces = {platform: await _workspace(store, organization, platform, known[platform]) for platform in Platform}
    people: dict[Platform, list[PersonId]] = {platform: [] for platform in Platform}
    for platform, number in _everybody():
        account = Account(organization, workspaces[platform], _external_id(platform, number))
        await engine.learn(account, _profile(platform, number))
        people[platform].append(await _person(store, account))
    settled = Settled(organization, workspaces, people)
    await _chats(store, settled, place)
    pairs = [await _paired(engine, store, settled, number) for number in range(RESIDENTS)]
    async with store.write(organization) as tx:
        meetings = [await _meetings(tx, pair, begins) for pair in pairs]
        for delivery in _reminders(settled, meetings, reminders, begins, lasts):
            await tx.deliveries.plan(delivery)
    await store.close()
    return settled


def _everybody() -> Iterator[tuple[Platform, int]]:
    for platform in Platform:
        for number in range(RESIDENTS):
            yield platform, number


def _external_id(platform: Platform, number: int) -> str:
    return slack_id(number) if platform is Platform.slack else teams_id(number)


def _profile(platform: Platform, number: int) -> Profile:
    return Profile(
        external_id=_external_id(platform, number),
        name=f"{platform.value.title()} {number}",
        handle=f"{platform.value}{number}",
        email=email(platform, number),
        zone="Europe/Berlin",
        language="en",
        active=True,
    )


async def _workspace(store: Store, organization: OrganizationId, platform: Platform, external_id: str) -> WorkspaceId:
    workspace = WorkspaceId(new_id())
    async with store.write(organization) as tx:
        await tx.organizations.add_workspace(
            Workspace(
                id=workspace, organization=organization, platform=platform, external_id=external_id, name=platform.value
            )
        )
    return workspace


async def _person(store: Store, account: Account) -> PersonId:
    async with store.read(account.organization) as tx:
        identity = await tx.people.identity(account.workspace, account.external_id)
    assert identity is not None
    return identity.person


async def _chats(store: Store, settled: Settled, place: Town) -> None:
    """Where the bot writes to each of those in Teams, as it would have been told when the app was installed."""
    async with store.write(settled.organization) as tx:
        for user in place.teams.world.users.values():
            chat = Chat(
                workspace=settled.workspaces[Platform.teams],
                external_id=user.id,
                organization=settled.organization,
                conversation=place.chat_of(Platform.teams, user.id),
                service_url=place.teams.service_url,
                member=user.member,
            )
            await tx.chats.put(chat)


async def _paired(engine: Engine, store: Store, settled: Settled, number: int) -> Conversation:
    """One of each platform; the invitation was sent long ago."""
    starter = Account(settled.organization, settled.workspaces[Platform.slack], slack_id(number))
    one, other = (settled.people[platform][number] for platform in (Platform.slack, Platform.teams))
    entered = Entered({"person": other, "role": "my_report"})
    view = await engine.act(Input(account=starter, key=f"pair {number}", entered=entered), BeginConversation())
    assert isinstance(view, Page)
    async with store.write(settled.organization) as tx:
        found = await tx.conversations.of_pair(one, other)
        assert found is not None
        for person in (one, other):
            await tx.conversations.visit(found.id, person, found.created_at - timedelta(days=7))
    return found


async def _meetings(tx: Transaction, pair: Conversation, begins: datetime) -> tuple[Meeting, Meeting]:
    """One that will be, and one that is just over and not wrapped up."""
    later = Meeting(
        id=MeetingId(new_id()),
        organization=pair.organization,
        conversation=pair.id,
        author=pair.started_by,
        starts_at=begins + timedelta(hours=2),
        state=MeetingState.scheduled,
        changed_at=begins,
        minutes=30,
        version=0,
    )
    now = replace(
        later,
        id=MeetingId(new_id()),
        starts_at=begins - timedelta(minutes=30),
        begun_at=begins - timedelta(minutes=30),
        state=MeetingState.running,
    )
    for meeting in (later, now):
        assert await tx.meetings.add(replace(meeting, version=1))
    return later, now


def _reminders(
    settled: Settled, meetings: Sequence[tuple[Meeting, Meeting]], count: int, begins: datetime, lasts: timedelta
) -> Iterator[Delivery]:
    for number in range(count):
        for platform in Platform:
            pair = number % RESIDENTS
            later, now = meetings[pair]
            is_nudge = number % _WRAP_UPS == 0
            yield Delivery(
                id=DeliveryId(new_id()),
                organization=settled.organization,
                recipient=settled.people[platform][pair],
                kind=DeliveryKind.wrap_up if is_nudge else DeliveryKind.agenda,
                subject=now.id if is_nudge else later.id,
                offset=number + 10_000,
                planned_at=begins,
                due_at=begins + lasts * (number / count),
                expires_at=later.starts_at,
            )
