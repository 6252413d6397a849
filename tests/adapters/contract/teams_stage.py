"""The real service over HTTP with the real SDK, against the strict stand-in for Teams."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from adapters.app import Service
from adapters.clock import SystemClock, new_id
from adapters.config import TeamsConfig
from adapters.playground.teams_installs import install_in, uninstall_in
from adapters.playground.teams_line import PATIENCE
from adapters.playground.teams_people import Team, TeamsBot, TeamsChannel, TeamsTenant, TeamsUser
from adapters.playground.teams_person import plain_words
from adapters.playground.teams_screen import shown_text
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_updates import people_removed_from_team
from adapters.playground.teams_world import Message
from adapters.playground.wire import Direction
from bot.features import registry
from bot.registry import Registry
from tests.adapters.contract.backstage import Backstage, StoryClock
from tests.adapters.contract.complaints import Complaints, listening
from tests.adapters.contract.stage import Actor, Failure
from tests.adapters.contract.teams_actor import TeamsActor

APP = TeamsBot("6e4f9d2c-0d5b-4a7e-9f67-0f5e0f7f6a01", "not-a-secret")
TENANT = TeamsTenant()
LINK = "https://teams.microsoft.com/l/message/"


def teams_user(first: str, last: str, zone: str, number: int, *, role: str = "user") -> TeamsUser:
    """A colleague whose handle is their first name."""
    address = f"{first.lower()}@example.com"
    guid = f"00000000-0000-4000-8000-{number:012d}"
    return TeamsUser(guid, f"{first} {last}".strip(), address, address, role, zone)


ANA = teams_user("Ana", "Ruiz", "Europe/Madrid", 1)
BEN = teams_user("Ben", "Okafor", "America/New_York", 2)
CLEO = teams_user("Cleo", "Tanaka", "Asia/Tokyo", 3)
MIA = teams_user("Mia", "Brandt", "Europe/Berlin", 4)
GUEST = teams_user("Gus", "Guest", "Europe/Berlin", 5, role="guest")
EVERYBODY = (ANA, BEN, CLEO, MIA, GUEST)


def tenant(clock: StoryClock, people: Iterable[TeamsUser] = EVERYBODY) -> TeamsStandIn:
    """Teams with these people, in teams of one channel each."""
    users = tuple(people)
    everybody = tuple(user.id for user in users)
    return TeamsStandIn(
        users=users,
        teams=(
            _team("general", everybody, has_bot=True),
            _team("support", tuple(each for each in everybody if each == MIA.id), has_bot=True),
            _team("lounge", everybody, has_bot=False),
        ),
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
        app=APP,
        tenant=TENANT,
    )


def _team(name: str, members: tuple[str, ...], *, has_bot: bool) -> Team:
    place = f"19:{name}@thread.tacv2"
    return Team(place, name.title(), (TeamsChannel(place, name),), members, has_bot)


@dataclass
class TeamsWing:
    """The part of a stage that is in Teams."""

    teams: TeamsStandIn
    settle: Callable[[], Awaitable[None]]
    leads_to: Callable[[str], str]
    actors: dict[str, TeamsActor] = field(default_factory=dict)
    unasked: set[str] = field(default_factory=set)

    @property
    def config(self) -> TeamsConfig:
        return TeamsConfig(
            app_id=APP.app_id,
            password=APP.password,
            tenant=TENANT.id,
            login_url=self.teams.login_url,
            openid_url=self.teams.openid_url,
            loopback=True,
        )

    async def opens(self) -> None:
        """The bot is added to its teams and to everybody's own apps, as a tenant's policy does."""
        world = self.teams.world
        for team in world.teams.values():
            if team.id in world.teams_with_bot and team.members:
                await install_in(self.teams.line, team.id)
                await self.settle()
        for user in list(world.users):
            await self.actor(user).person.installs()
            await self.settle()

    def actor(self, user: str) -> TeamsActor:
        if user not in self.actors:
            person = self.teams.person(user)
            self.actors[user] = TeamsActor(person, self.settle, self.unasked, self.leads_to)
        return self.actors[user]

    def joins(self, handle: str, name: str) -> TeamsActor:
        first, _, last = name.partition(" ")
        user = teams_user(first, last, "Europe/Berlin", len(self.teams.world.users) + 1)
        assert user.upn.startswith(handle)
        return self.takes_in(user)

    def takes_in(self, user: TeamsUser) -> TeamsActor:
        """A new account, of which the bot is told nothing."""
        self.teams.world.users[user.id] = user
        return self.actor(user.id)

    async def leaves(self, actor: TeamsActor) -> None:
        """The account is deleted, and so is no longer in any team."""
        world, user = self.teams.world, actor.person.user
        del world.users[user.id]
        for team in [each for each in world.teams.values() if user.id in each.members]:
            stay = tuple(each for each in team.members if each != user.id)
            world.teams[team.id] = replace(team, members=stay)
            if team.id in world.teams_with_bot:
                told = people_removed_from_team(world, world.users[stay[0]], world.teams[team.id], [user])
                assert (await self.teams.line.deliver(told)).ok
                await self.settle()

    async def becomes(self, actor: TeamsActor, *, name: str, email: str, zone: str) -> None:
        """Teams tells nothing by itself: the next thing they say comes from a client in the other zone."""
        user = replace(actor.person.user, name=name, email=email, zone=zone)
        self.teams.world.users[user.id] = user
        await actor.goes_home()

    async def expels(self, where: str) -> None:
        """The bot is no longer in a channel's team."""
        team = self.teams.world.teams[f"19:{where}@thread.tacv2"]
        for answer in await uninstall_in(self.teams.line, team.id) if team.members else ():
            assert answer.ok
        await self.settle()

    def fails(self, failure: Failure) -> None:
        """The next message that the bot starts comes to this."""
        self.teams.world.faults.add("send", failure.value, error="BadSyntax")

    @asynccontextmanager
    async def unasked_now(self) -> AsyncIterator[None]:
        """What is posted within the block, the bot sends by itself."""
        before = self.posted()
        yield
        self.unasked |= self.posted() - before

    def posted(self) -> set[str]:
        """Every message that there is."""
        return {each for place in self.teams.world.messages.values() for each in place}

    def reads_in(self, where: str) -> str:
        messages = self.teams.world.messages.get(f"19:{where}@thread.tacv2", {}).values()
        return "\n".join(_read(each) for each in messages)

    def message_at(self, url: str) -> str | None:
        """The words of the message to which a link leads; None for a link to elsewhere."""
        if not url.startswith(LINK):
            return None
        conversation, _, message = url.removeprefix(LINK).partition("/")
        found = self.teams.world.find(conversation, message)
        return plain_words(found.text) if found else ""

    def check(self) -> None:
        assert not self.teams.violations, f"Teams would have refused {self.teams.violations}"
        failed = {each.name: each.person.failures for each in self.actors.values() if each.person.failures}
        assert not failed, f"Teams's client complained: {failed}"
        to_bot = (each for each in self.teams.world.wire.exchanges if each.direction is Direction.TO_BOT)
        slow = [each.method for each in to_bot if each.seconds >= PATIENCE]
        assert not slow, f"answered too late: {slow}"


def _read(message: Message) -> str:
    return "\n".join([plain_words(message.text), *(shown_text(card) for card in message.cards)])


@asynccontextmanager
async def teams_stage(url: str, *, features: Registry | None = None) -> "AsyncIterator[TeamsStage]":
    """A stage on this database, checked when its story has ended well."""
    clock = StoryClock()
    with listening() as complaints:
        async with tenant(clock) as teams:
            stage = TeamsStage(teams, Backstage(url, clock, features or registry()))
            await stage.start()
            try:
                await stage.wing.opens()
                yield stage
            finally:
                await stage.stop()
            stage.check(complaints)


class TeamsStage:
    """Implements ``Stage``."""

    def __init__(self, teams: TeamsStandIn, back: Backstage) -> None:
        self.teams = teams
        self.clock = back.clock
        self._back = back
        self.wing = TeamsWing(teams, back.settle, lambda url: self.wing.message_at(url) or "")

    @property
    def ana(self) -> TeamsActor:
        return self.wing.actor(ANA.id)

    @property
    def ben(self) -> TeamsActor:
        return self.wing.actor(BEN.id)

    @property
    def cleo(self) -> TeamsActor:
        return self.wing.actor(CLEO.id)

    @property
    def mia(self) -> TeamsActor:
        return self.wing.actor(MIA.id)

    @property
    def guest(self) -> TeamsActor:
        return self.wing.actor(GUEST.id)

    @property
    def service(self) -> Service:
        return self._back.service

    async def start(self) -> None:
        service = await self._back.start(teams=self.wing.config)
        self.teams.messages_url = service.messages_url
        await self._back.settle()

    async def stop(self) -> None:
        await self._back.stop()

    async def joins(self, handle: str, name: str) -> Actor:
        return self.wing.joins(handle, name)

    async def leaves(self, actor: Actor) -> None:
        assert isinstance(actor, TeamsActor)
        await self.wing.leaves(actor)

    async def becomes(self, actor: Actor, *, name: str, email: str, zone: str) -> None:
        assert isinstance(actor, TeamsActor)
        await self.wing.becomes(actor, name=name, email=email, zone=zone)

    async def expels_bot(self, where: str) -> None:
        await self.wing.expels(where)

    def fails(self, failure: Failure) -> None:
        self.wing.fails(failure)

    async def delivers(self) -> None:
        async with self.wing.unasked_now():
            await self._back.delivers()

    async def restarts(self) -> None:
        await self.stop()
        await self.start()

    async def reads_in(self, where: str) -> str:
        return self.wing.reads_in(where)

    def check(self, complaints: Complaints) -> None:
        """Fails on whatever a story may never cause, however it went on the screens."""
        self.wing.check()
        assert not complaints.found, complaints.found
