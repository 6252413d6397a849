"""The real service over HTTP with the real SDK, against the strict stand-in for Slack."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from adapters.app import Service
from adapters.clock import SystemClock, new_id
from adapters.config import SlackConfig
from adapters.playground.slack_line import PATIENCE
from adapters.playground.slack_people import SlackChannel, SlackUser, user_json
from adapters.playground.slack_screen import shown_text
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.wire import Direction
from bot.features import registry
from bot.registry import Registry
from tests.adapters.contract.backstage import Backstage, StoryClock
from tests.adapters.contract.complaints import Complaints, listening
from tests.adapters.contract.slack_actor import SlackActor
from tests.adapters.contract.stage import Actor, Failure

TOKEN = "xoxb-story"
SECRET = "not-a-secret"
HOURS = 3600
BOT = "U0BOT"


def slack_user(first: str, last: str, zone: str, hours: int) -> SlackUser:
    """A colleague whose handle is their first name."""
    name = first.lower()
    return SlackUser(
        f"U0{first.upper()}", name, f"{first} {last}", first, f"{name}@example.com", "", zone, hours * HOURS
    )


ANA = slack_user("Ana", "Ruiz", "Europe/Madrid", 1)
BEN = slack_user("Ben", "Okafor", "America/New_York", -5)
CLEO = slack_user("Cleo", "Tanaka", "Asia/Tokyo", 9)
MIA = slack_user("Mia", "Brandt", "Europe/Berlin", 1)
GUEST = replace(slack_user("Gus", "Guest", "Europe/Berlin", 1), is_restricted=True)
EVERYBODY = (ANA, BEN, CLEO, MIA, GUEST)
OTHER_BOT = SlackUser("U0ROBOT", "robot", "Build Robot", is_bot=True)


def workspace(clock: StoryClock, people: Iterable[SlackUser] = EVERYBODY) -> SlackStandIn:
    """Slack with these people in every channel but "support"."""
    users = tuple(people)
    everybody = tuple(user.id for user in users)
    channels = (
        SlackChannel("C0GENERAL", "general", (*everybody, BOT)),
        SlackChannel("C0SUPPORT", "support", (MIA.id, BOT)),
        SlackChannel("C0LOUNGE", "lounge", everybody),
    )
    return SlackStandIn(
        users=(*users, OTHER_BOT),
        channels=channels,
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
        bot_token=TOKEN,
        signing_secret=SECRET,
    )


@dataclass
class SlackWing:
    """The part of a stage that is in Slack."""

    slack: SlackStandIn
    settle: Callable[[], Awaitable[None]]
    leads_to: Callable[[str], str]
    actors: dict[str, SlackActor] = field(default_factory=dict)

    @property
    def config(self) -> SlackConfig:
        return SlackConfig(bot_token=TOKEN, signing_secret=SECRET, api_url=self.slack.api_url)

    def actor(self, user: str) -> SlackActor:
        if user not in self.actors:
            self.actors[user] = SlackActor(self.slack.person(user), self.settle, self.leads_to)
        return self.actors[user]

    def joins(self, handle: str, name: str) -> SlackActor:
        user = replace(slack_user(handle.title(), "", "Europe/Berlin", 1), real_name=name)
        self.slack.world.users[user.id] = user
        return self.actor(user.id)

    async def leaves(self, actor: SlackActor) -> None:
        await self.changes(replace(actor.person.user, deleted=True))

    async def becomes(self, actor: SlackActor, *, name: str, email: str, zone: str) -> None:
        await self.changes(replace(actor.person.user, real_name=name, email=email, tz=zone))

    async def changes(self, user: SlackUser) -> None:
        """An account is described otherwise, and Slack says so."""
        self.slack.world.users[user.id] = user
        event = {"type": "user_change", "user": user_json(user, self.slack.world.team)}
        answer = await self.slack.events.send({**event, "event_ts": self.slack.world.next_ts()})
        assert answer.ok
        await self.settle()

    def expels(self, where: str) -> None:
        """The bot is no longer in a channel."""
        channel = self._channel(where)
        members = tuple(each for each in channel.members if each != BOT)
        self.slack.world.channels[channel.id] = replace(channel, members=members)

    def fails(self, failure: Failure) -> None:
        """The next message that the bot starts comes to this."""
        self.slack.world.faults.add("chat.postMessage", failure.value, error="invalid_blocks")

    def reads_in(self, where: str) -> str:
        messages = self.slack.world.messages.get(self._channel(where).id, {}).values()
        return "\n".join(shown_text(each.blocks) or each.text for each in messages if not each.is_ephemeral)

    def message_at(self, url: str) -> str | None:
        """The words of the message to which a link leads; None for a link to elsewhere."""
        beginning, channel, place = url.rsplit("/", maxsplit=2)
        if beginning != f"https://{self.slack.world.team.domain}.slack.com/archives":
            return None
        message = self.slack.world.find(channel, f"{place[1:-6]}.{place[-6:]}")
        return message.text if message else ""

    def check(self) -> None:
        assert not self.slack.violations, f"Slack would have refused {self.slack.violations}"
        failed = {each.name: each.person.failures for each in self.actors.values() if each.person.failures}
        assert not failed, f"Slack's client complained: {failed}"
        to_bot = (each for each in self.slack.world.wire.exchanges if each.direction is Direction.TO_BOT)
        slow = [each.method for each in to_bot if each.seconds >= PATIENCE]
        assert not slow, f"answered too late: {slow}"

    def _channel(self, where: str) -> SlackChannel:
        return next(each for each in self.slack.world.channels.values() if each.name == where)


@asynccontextmanager
async def slack_stage(
    url: str, *, features: Registry | None = None, platform_admins: bool = False
) -> "AsyncIterator[SlackStage]":
    """A stage on this database, checked when its story has ended well."""
    clock = StoryClock()
    with listening() as complaints:
        async with workspace(clock) as slack:
            back = Backstage(url, clock, features or registry(), platform_admins=platform_admins)
            stage = SlackStage(slack, back)
            await stage.start()
            try:
                yield stage
            finally:
                await stage.stop()
            stage.check(complaints)


class SlackStage:
    """Implements ``Stage``."""

    def __init__(self, slack: SlackStandIn, back: Backstage) -> None:
        self.slack = slack
        self.clock = back.clock
        self._back = back
        self._wing = SlackWing(slack, back.settle, lambda url: self._wing.message_at(url) or "")

    @property
    def ana(self) -> SlackActor:
        return self._wing.actor(ANA.id)

    @property
    def ben(self) -> SlackActor:
        return self._wing.actor(BEN.id)

    @property
    def cleo(self) -> SlackActor:
        return self._wing.actor(CLEO.id)

    @property
    def mia(self) -> SlackActor:
        return self._wing.actor(MIA.id)

    @property
    def guest(self) -> SlackActor:
        return self._wing.actor(GUEST.id)

    @property
    def service(self) -> Service:
        return self._back.service

    async def start(self) -> None:
        service = await self._back.start(slack=self._wing.config)
        self.slack.events_url = service.events_url
        await self.settle()

    async def stop(self) -> None:
        await self._back.stop()

    async def settle(self) -> None:
        """Wait until the service has done all that it does after its answers."""
        assert self.service.slack is not None, "the service could not connect"
        await self._back.settle()

    async def joins(self, handle: str, name: str) -> Actor:
        return self._wing.joins(handle, name)

    async def leaves(self, actor: Actor) -> None:
        assert isinstance(actor, SlackActor)
        await self._wing.leaves(actor)

    async def becomes(self, actor: Actor, *, name: str, email: str, zone: str) -> None:
        assert isinstance(actor, SlackActor)
        await self._wing.becomes(actor, name=name, email=email, zone=zone)

    async def is_made(self, actor: SlackActor, *, admin: bool) -> None:
        """Slack makes somebody an admin of the workspace, or no longer one."""
        await self._wing.changes(replace(actor.person.user, is_admin=admin))

    async def expels_bot(self, where: str) -> None:
        self._wing.expels(where)

    def fails(self, failure: Failure) -> None:
        self._wing.fails(failure)

    async def delivers(self) -> None:
        await self._back.delivers()

    async def restarts(self) -> None:
        await self.stop()
        await self.start()

    async def reads_in(self, where: str) -> str:
        return self._wing.reads_in(where)

    def check(self, complaints: Complaints) -> None:
        """Fails on whatever a story may never cause, however it went on the screens."""
        self._wing.check()
        assert not complaints.found, complaints.found
