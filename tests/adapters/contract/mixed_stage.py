"""One organization in both: Ana, Mia and the guest in Slack, Ben and Cleo in Teams, one service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.app import Service
from adapters.playground.slack_people import SlackUser, user_json
from adapters.playground.teams_people import TeamsUser
from bot.features import registry
from bot.registry import Registry
from tests.adapters.contract import slack_stage, teams_stage
from tests.adapters.contract.backstage import Backstage, StoryClock
from tests.adapters.contract.complaints import Complaints, listening
from tests.adapters.contract.slack_actor import SlackActor
from tests.adapters.contract.slack_stage import SlackWing
from tests.adapters.contract.stage import Actor, Failure
from tests.adapters.contract.teams_actor import TeamsActor
from tests.adapters.contract.teams_stage import TeamsWing

IN_SLACK = (slack_stage.ANA, slack_stage.MIA, slack_stage.GUEST)
IN_TEAMS = (teams_stage.BEN, teams_stage.CLEO)


@asynccontextmanager
async def mixed_stage(url: str, *, features: Registry | None = None) -> "AsyncIterator[MixedStage]":
    """A stage on this database, checked when its story has ended well."""
    clock = StoryClock()
    with listening() as complaints:
        async with slack_stage.workspace(clock, IN_SLACK) as slack, teams_stage.tenant(clock, IN_TEAMS) as teams:
            back = Backstage(url, clock, features or registry())
            stage = MixedStage(back)
            stage.slack = SlackWing(slack, back.settle, stage.message_at)
            stage.teams = TeamsWing(teams, back.settle, stage.message_at)
            await stage.start()
            try:
                await stage.teams.opens()
                yield stage
            finally:
                await stage.stop()
            stage.check(complaints)


class MixedStage:
    """Implements ``Stage``; ``slack`` and ``teams`` are its two wings."""

    slack: SlackWing
    teams: TeamsWing

    def __init__(self, back: Backstage) -> None:
        self.clock = back.clock
        self._back = back

    @property
    def ana(self) -> SlackActor:
        return self.slack.actor(slack_stage.ANA.id)

    @property
    def ben(self) -> TeamsActor:
        return self.teams.actor(teams_stage.BEN.id)

    @property
    def cleo(self) -> TeamsActor:
        return self.teams.actor(teams_stage.CLEO.id)

    @property
    def mia(self) -> SlackActor:
        return self.slack.actor(slack_stage.MIA.id)

    @property
    def guest(self) -> SlackActor:
        return self.slack.actor(slack_stage.GUEST.id)

    @property
    def service(self) -> Service:
        return self._back.service

    async def start(self) -> None:
        service = await self._back.start(slack=self.slack.config, teams=self.teams.config)
        self.slack.slack.events_url = service.events_url
        self.teams.teams.messages_url = service.messages_url
        await self._back.settle()

    async def stop(self) -> None:
        await self._back.stop()

    async def joins(self, handle: str, name: str) -> Actor:
        return self.slack.joins(handle, name)

    async def in_teams(self, user: TeamsUser) -> TeamsActor:
        """Somebody gets an account in Teams, with the app in it."""
        actor = self.teams.takes_in(user)
        await actor.person.installs()
        await self._back.settle()
        return actor

    async def in_slack(self, user: SlackUser) -> SlackActor:
        """Somebody gets an account in Slack, or another address in it, and Slack tells us."""
        world = self.slack.slack.world
        kind = "user_change" if user.id in world.users else "team_join"
        world.users[user.id] = user
        event = {"type": kind, "user": user_json(user, world.team), "event_ts": world.next_ts()}
        assert (await self.slack.slack.events.send(event)).ok
        await self._back.settle()
        return self.slack.actor(user.id)

    async def leaves(self, actor: Actor) -> None:
        if isinstance(actor, SlackActor):
            await self.slack.leaves(actor)
        elif isinstance(actor, TeamsActor):
            await self.teams.leaves(actor)

    async def becomes(self, actor: Actor, *, name: str, email: str, zone: str) -> None:
        if isinstance(actor, SlackActor):
            await self.slack.becomes(actor, name=name, email=email, zone=zone)
        elif isinstance(actor, TeamsActor):
            await self.teams.becomes(actor, name=name, email=email, zone=zone)

    async def expels_bot(self, where: str) -> None:
        self.slack.expels(where)
        await self.teams.expels(where)

    def fails(self, failure: Failure) -> None:
        self.slack.fails(failure)  # one message, so one platform

    async def delivers(self) -> None:
        async with self.teams.unasked_now():
            await self._back.delivers()

    async def restarts(self) -> None:
        await self.stop()
        await self.start()

    async def reads_in(self, where: str) -> str:
        return "\n".join([self.slack.reads_in(where), self.teams.reads_in(where)])

    def message_at(self, url: str) -> str:
        """The words of the message to which a link leads, on either platform."""
        return self.slack.message_at(url) or self.teams.message_at(url) or ""

    def check(self, complaints: Complaints) -> None:
        """Fails on whatever a story may never cause, however it went on the screens."""
        self.slack.check()
        self.teams.check()
        assert not complaints.found, complaints.found
