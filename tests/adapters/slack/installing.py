"""Two workspaces with one app, a service that any workspace can take in, and a browser."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession, CookieJar

from adapters.app import Service, build
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.playground.slack_people import SlackApp, SlackTeam, SlackUser
from adapters.playground.slack_standin import SlackStandIn
from bot.model.installation import Installation
from bot.registry import Registry
from tests.adapters.contract.backstage import A_MOMENT, StoryClock
from tests.adapters.slack.conftest import ANA, BEN, SIGNING_SECRET
from tests.adapters.slack.example_words import example_registry

PUBLIC = "https://bot.example.org"
END = "/slack/oauth_redirect"
APP = SlackApp(
    "xoxb-canary-token-of-the-first",
    SIGNING_SECRET,
    app_token="xapp-test",
    client_id="1000.2000",
    client_secret="client-secret",
)
FIRST = SlackTeam("T0FIRST", "First & Sons", "first")
SECOND = SlackTeam("T0SECOND", "Second", "second")
MANY = SlackConfig(signing_secret=SIGNING_SECRET, client_id=APP.client_id, client_secret=APP.client_secret)
SOCKET = replace(MANY, signing_secret=None, app_token="xapp-test")


class Clock:
    """Runs like the real one, and can be moved ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, by: timedelta) -> None:
        self.ahead += by


def workspace(team: SlackTeam, app: SlackApp, *users: SlackUser, socket_mode: bool = False) -> SlackStandIn:
    return SlackStandIn(
        users=users,
        now=Clock().now,
        new_id=new_id,
        bot_token=app.bot_token,
        signing_secret=SIGNING_SECRET,
        team=team,
        app=app,
        socket_mode=socket_mode,
    )


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    headers: Mapping[str, str]


class Browser:
    """Whoever opens the link; Slack is not drawn, so its answer comes at once.

    ``languages`` are those that they would rather read, as a browser says it.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._jar = CookieJar(unsafe=True, treat_as_secure_origin=service.url)  # as behind a proxy with a certificate
        self._session = ClientSession(cookie_jar=self._jar)
        self.languages = ""

    async def get(self, path: str, **query: str) -> Page:
        url = f"{self._service.url}{path}"
        wanted = {"Accept-Language": self.languages} if self.languages else {}
        async with self._session.get(url, params=query, headers=wanted, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), dict(answer.headers))

    async def begins(self) -> Page:
        """Opens the link that the service told at its start."""
        link = urlsplit(link_of(self._service))
        return await self.get(link.path, key=parse_qs(link.query)["key"][0])

    async def is_sent_with(self) -> str:
        """Begins; the state with which Slack would send the browser back."""
        return parse_qs(urlsplit((await self.begins()).headers["Location"]).query)["state"][0]

    async def installs(self, slack: SlackStandIn, *, user: str = "U0ANA") -> Page:
        """Begins, and allows it in Slack."""
        state = await self.is_sent_with()
        return await self.get(END, code=slack.installation_code(user), state=state)

    async def close(self) -> None:
        await self._session.close()


def link_of(service: Service) -> str:
    (line,) = [line for line in service.says() if "/slack/install?key=" in line]
    return line.split()[-1]


@dataclass
class Town:
    """The service, which can be stopped and started anew on its database, and the workspaces."""

    first: SlackStandIn
    second: SlackStandIn
    database_url: str
    config: SlackConfig
    registry: Registry
    clock: Clock | StoryClock
    services: list[Service] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)

    @property
    def service(self) -> Service:
        return self.services[-1]

    async def start(self) -> Service:
        config = Config(
            database_url=self.database_url,
            secret_keys=(b"k" * 32,),
            public_url=PUBLIC,
            port=0,
            slack=replace(self.config, api_url=self.first.api_url),
        )
        service = await build(
            config, clock=self.clock, new_id=new_id, new_key=new_key, paced=False, registry=self.registry
        )
        await service.start(timer=False)
        self.services.append(service)
        for slack in (self.first, self.second):
            slack.events_url = service.events_url
        await self.settle()
        return service

    async def restart(self) -> None:
        await self.service.stop()
        await self.start()

    def browser(self) -> Browser:
        self.browsers.append(Browser(self.service))
        return self.browsers[-1]

    async def settle(self) -> None:
        """Everything is shown, and both workspaces would have taken it."""
        self.clock.advance(A_MOMENT)
        for app in self.service.slack_apps:
            await app.tasks.settle()
        assert self.first.violations == self.second.violations == ()

    async def installed(self) -> list[Installation]:
        """What is stored."""
        async with self.service.store.read(self.service.organization) as tx:
            return list(await tx.installations.all())

    async def names(self) -> list[str]:
        """Who is known, wherever they are."""
        async with self.service.store.read(self.service.organization) as tx:
            return [person.name for person in await tx.people.matching("", 20)]


@asynccontextmanager
async def a_town(
    database_url: str,
    config: SlackConfig = MANY,
    *,
    first: SlackTeam = FIRST,
    registry: Registry | None = None,
    clock: StoryClock | None = None,
) -> AsyncIterator[Town]:
    """Ana in the first workspace, Ben in the second; neither has taken the bot in."""
    by_socket = config.app_token is not None
    other = replace(APP, bot_token="xoxb-canary-token-of-the-second")
    async with (
        workspace(first, APP, ANA, socket_mode=by_socket) as one,
        workspace(SECOND, other, BEN, socket_mode=by_socket) as two,
    ):
        one.also_serves(two)
        town = Town(one, two, database_url, config, registry or example_registry(), clock or Clock())
        await town.start()
        try:
            yield town
        finally:
            for browser in town.browsers:
                await browser.close()
            await town.service.stop()
