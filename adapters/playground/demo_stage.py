"""The stage of `oneonone demo`: the real service between stand-ins for Slack and Teams, with one small organization."""

import asyncio
import io
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from adapters.app import Service, build
from adapters.clock import MovableClock, SystemClock, new_id, new_key
from adapters.config import Config, SlackConfig, TeamsConfig
from adapters.people_command import Order, take_in
from adapters.playground import demo_company, demo_people, demo_teams
from adapters.playground.demo_hints import hints
from adapters.playground.demo_people import ANA
from adapters.playground.demo_teams import BEN
from adapters.playground.demo_year import live_a_year
from adapters.playground.page_clock import Clock, Hands, Move
from adapters.playground.page_stage import Hints
from adapters.playground.slack_people import SlackApp
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_people import TeamsBot
from adapters.playground.teams_standin import TeamsStandIn
from adapters.progress import Progress

_HOST = "127.0.0.1"
_DATABASE = "playground.db"
_PEOPLE = "playground.csv"


class Playground:
    """The stage of the page: two stand-ins with the service behind them. All it keeps is in `folder`.

    With its `whole` company there are some hundred people more, who have had 1-on-1s for a year: enough for a report.
    """

    def __init__(self, folder: Path, *, clock: Clock | None = None, whole: bool = False) -> None:
        self.clock = clock or MovableClock()
        self._whole = whole
        self._folder = folder
        self._exits = AsyncExitStack()
        self._slack: SlackStandIn | None = None
        self._teams: TeamsStandIn | None = None
        self._service: Service | None = None
        self._changing = asyncio.Lock()

    @property
    def slack(self) -> SlackStandIn:
        assert self._slack is not None, "the playground is not running"
        return self._slack

    @property
    def teams(self) -> TeamsStandIn:
        assert self._teams is not None, "the playground is not running"
        return self._teams

    @property
    def service(self) -> Service:
        assert self._service is not None, "the playground is not running"
        return self._service

    @property
    def starts(self) -> Sequence[str]:
        """Who the two windows show at first: Ana in Slack, Ben in Teams."""
        return (f"slack:{ANA}", f"teams:{BEN}")

    @property
    def hints(self) -> Hints:
        return hints(self.service.engine.libraries["en"])

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def ahead(self) -> float:
        return self.clock.ahead.total_seconds()

    async def next_due(self) -> datetime | None:
        return await self.service.next_due()

    async def move(self, move: Move) -> None:
        service = self.service
        hands = Hands(self.clock, lambda _: service.next_due(), service.tick)
        async with self._changing:
            await hands.move(move)

    async def start(self) -> None:
        self._slack = await self._exits.enter_async_context(_workspace(self.clock))
        self._teams = await self._exits.enter_async_context(_tenant(self.clock))
        config = _config(self._folder / _DATABASE, self._slack, self._teams)
        is_new = not (self._folder / _DATABASE).exists()
        await _import_people(config, self._people_file())
        self._service = await build(config, clock=self.clock, new_id=new_id, new_key=new_key, paced=False)
        await self._service.start()
        self._exits.push_async_callback(self._service.stop)
        self._slack.events_url = self._service.events_url
        self._teams.messages_url = self._service.messages_url
        await self._introduce()
        if self._whole and is_new:  # last, because all of it is counted from then on, and the database has much to do
            await live_a_year(self.service.store, self.service.organization, now=self.now, new_id=new_id)
        self._speak()

    async def stop(self) -> None:
        await self._exits.aclose()

    async def reset(self) -> None:
        """Forget everything, and begin as on the first day."""
        async with self._changing:
            await self.stop()
            for file in self._folder.glob(f"{_DATABASE}*"):
                file.unlink()
            self.clock.reset()
            await self.start()

    def _people_file(self) -> Path:
        """Who works here, in a file of just the kind that an organization would give us."""
        known = files("adapters.playground").joinpath("people.csv").read_text(encoding="utf-8")
        more = [f"{';'.join(row)}\n" for row in (demo_company.rows() if self._whole else ())]
        file = self._folder / _PEOPLE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join([known, *more]), encoding="utf-8")
        return file

    async def _introduce(self) -> None:
        """Let the service know everybody, so that the first name typed is already known."""
        if self.service.slack is not None:
            await self.service.slack.directory.sync()
        for user in demo_teams.PEOPLE:
            await self.teams.installs_for(user.id)

    def _speak(self) -> None:
        """Put in what people had said before."""
        for channel, author, words in demo_people.SAID:
            self.slack.person(author).writes(words, channel=channel)
        for place, author, words in demo_teams.SAID:
            self.teams.person(author).writes(words, conversation=place)


async def _import_people(config: Config, file: Path) -> None:
    """Take in who reports to whom, with the same command as anybody else."""
    order, quiet = Order(file=file), Progress(io.StringIO())
    said: list[str] = []
    if await take_in(config, order, say=said.append, warn=said.append, progress=quiet):
        raise ValueError("\n".join(said))


def _workspace(clock: Clock) -> SlackStandIn:
    """A workspace whose tokens live as long as it does."""
    app = SlackApp(bot_token=f"xoxb-{new_id()}", signing_secret=new_id())
    return SlackStandIn(
        users=demo_people.PEOPLE,
        channels=demo_people.CHANNELS,
        team=demo_people.TEAM,
        app=app,
        bot_token=app.bot_token,
        signing_secret=app.signing_secret,
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
    )


def _tenant(clock: Clock) -> TeamsStandIn:
    """A tenant whose password lives as long as it does."""
    return TeamsStandIn(
        users=demo_teams.PEOPLE,
        teams=demo_teams.TEAMS,
        tenant=demo_teams.TENANT,
        app=TeamsBot(demo_teams.APP_ID, new_id()),
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
    )


def _config(database: Path, slack: SlackStandIn, teams: TeamsStandIn) -> Config:
    workspace, bot = slack.world.app, teams.world.app
    return Config(
        database_url=f"sqlite:///{database}",
        admins=frozenset({demo_people.ADMIN}),
        domains=frozenset({demo_people.DOMAIN}),
        host=_HOST,
        port=0,
        slack=SlackConfig(
            bot_token=workspace.bot_token, signing_secret=workspace.signing_secret, api_url=slack.api_url
        ),
        teams=TeamsConfig(
            app_id=bot.app_id,
            password=bot.password,
            tenant=teams.world.tenant.id,
            login_url=teams.login_url,
            openid_url=teams.openid_url,
            loopback=True,
        ),
    )
