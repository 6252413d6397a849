"""The real service over HTTP with the real SDK, against the strict stand-in for Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from adapters.app import Service, build
from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.playground.slack_line import PATIENCE
from adapters.playground.slack_people import SlackChannel, SlackUser, user_json
from adapters.playground.slack_screen import shown_text
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.wire import Direction
from bot.features import registry
from bot.registry import Registry
from prompts.library import Library, libraries
from tests.adapters.contract.complaints import Complaints, listening
from tests.adapters.contract.slack_actor import SlackActor
from tests.adapters.contract.stage import Actor

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOKEN = "xoxb-story"
SECRET = "not-a-secret"
KEY = b"k" * 32
HOURS = 3600
A_MOMENT = timedelta(milliseconds=50)


def _user(first: str, last: str, zone: str, hours: int) -> SlackUser:
    name = first.lower()
    return SlackUser(
        f"U0{first.upper()}", name, f"{first} {last}", first, f"{name}@example.com", "", zone, hours * HOURS
    )


STAFF = (
    _user("Ana", "Ruiz", "Europe/Madrid", 1),
    _user("Ben", "Okafor", "America/New_York", -5),
    _user("Cleo", "Tanaka", "Asia/Tokyo", 9),
    _user("Mia", "Brandt", "Europe/Berlin", 1),
)
GUEST = replace(_user("Gus", "Guest", "Europe/Berlin", 1), is_restricted=True)
OTHER_BOT = SlackUser("U0ROBOT", "robot", "Build Robot", is_bot=True)
EVERYBODY = tuple(user.id for user in (*STAFF, GUEST))
CHANNELS = (
    SlackChannel("C0GENERAL", "general", (*EVERYBODY, "U0BOT")),
    SlackChannel("C0SUPPORT", "support", ("U0MIA", "U0BOT")),
    SlackChannel("C0LOUNGE", "lounge", EVERYBODY),
)


class StoryClock:
    """Stands still until the story moves it, but for the moment that each deed takes: no two are done at once."""

    def __init__(self) -> None:
        self._at = A_MONDAY

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


@cache
def every_text() -> dict[str, Library]:
    """Read once: no story changes them."""
    return libraries()


@asynccontextmanager
async def slack_stage(url: str, *, features: Registry | None = None) -> "AsyncIterator[SlackStage]":
    """A stage on this database, checked when its story has ended well."""
    clock = StoryClock()
    with listening() as complaints:
        async with _workspace(clock) as slack:
            stage = SlackStage(slack, clock, url=url, features=features or registry())
            await stage.start()
            try:
                yield stage
            finally:
                await stage.stop()
            stage.check(complaints)


def _workspace(clock: StoryClock) -> SlackStandIn:
    return SlackStandIn(
        users=(*STAFF, GUEST, OTHER_BOT),
        channels=CHANNELS,
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
        bot_token=TOKEN,
        signing_secret=SECRET,
    )


class SlackStage:
    """Implements ``Stage``."""

    def __init__(self, slack: SlackStandIn, clock: StoryClock, *, url: str, features: Registry) -> None:
        self.slack = slack
        self.clock = clock
        self._url = url
        self._features = features
        self._service: Service | None = None
        self._actors: dict[str, SlackActor] = {}

    @property
    def ana(self) -> SlackActor:
        return self._actor("U0ANA")

    @property
    def ben(self) -> SlackActor:
        return self._actor("U0BEN")

    @property
    def cleo(self) -> SlackActor:
        return self._actor("U0CLEO")

    @property
    def mia(self) -> SlackActor:
        return self._actor("U0MIA")

    @property
    def guest(self) -> SlackActor:
        return self._actor("U0GUS")

    @property
    def service(self) -> Service:
        assert self._service is not None, "the service is not running"
        return self._service

    async def start(self) -> None:
        slack = SlackConfig(bot_token=TOKEN, signing_secret=SECRET, api_url=self.slack.api_url)
        admins = frozenset({"mia@example.com"})
        config = Config(database_url=self._url, secret_keys=(KEY,), admins=admins, port=0, slack=slack)
        self._service = await build(
            config,
            clock=self.clock,
            new_id=new_id,
            new_key=new_key,
            registry=self._features,
            libraries=every_text(),
        )
        await self._service.start(timer=False)
        self.slack.events_url = self._service.events_url
        await self.settle()

    async def stop(self) -> None:
        await self.service.stop()
        self._service = None

    async def settle(self) -> None:
        """Wait until the service has done all that it does after its answers."""
        self.clock.advance(A_MOMENT)
        assert self.service.slack is not None, "the service could not connect"
        await self.service.slack.tasks.settle()

    async def joins(self, handle: str, name: str) -> Actor:
        user = replace(_user(handle.title(), "", "Europe/Berlin", 1), real_name=name)
        self.slack.world.users[user.id] = user
        return self._actor(user.id)

    async def leaves(self, actor: Actor) -> None:
        assert isinstance(actor, SlackActor)
        user = replace(actor.person.user, deleted=True)
        self.slack.world.users[user.id] = user
        event = {"type": "user_change", "user": user_json(user, self.slack.world.team)}
        answer = await self.slack.events.send({**event, "event_ts": self.slack.world.next_ts()})
        assert answer.ok
        await self.settle()

    async def delivers(self) -> None:
        service = self.service
        while await service.worker.tick() or await service.store.outbox.waiting(now=self.clock.now()):
            pass
        await self.settle()

    async def restarts(self) -> None:
        await self.stop()
        await self.start()

    async def reads_in(self, where: str) -> str:
        channel = next(each for each in self.slack.world.channels.values() if each.name == where)
        messages = self.slack.world.messages.get(channel.id, {}).values()
        return "\n".join(shown_text(each.blocks) or each.text for each in messages if not each.is_ephemeral)

    def check(self, complaints: Complaints) -> None:
        """Fails on whatever a story may never cause, however it went on the screens."""
        assert not self.slack.violations, f"Slack would have refused {self.slack.violations}"
        failed = {each.name: each.person.failures for each in self._actors.values() if each.person.failures}
        assert not failed, f"Slack's client complained: {failed}"
        to_bot = (each for each in self.slack.world.wire.exchanges if each.direction is Direction.TO_BOT)
        slow = [each.method for each in to_bot if each.seconds >= PATIENCE]
        assert not slow, f"answered too late: {slow}"
        assert not complaints.found, complaints.found

    def _actor(self, user: str) -> SlackActor:
        if user not in self._actors:
            door = every_text()["en"].say("views.open_here", {})
            self._actors[user] = SlackActor(self.slack.person(user), self.settle, door)
        return self._actors[user]
