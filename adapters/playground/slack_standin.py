"""The stand-in for Slack as one thing: a workspace, its Web API on loopback, and the people in it."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, web

from adapters.playground.slack_api import WebApi
from adapters.playground.slack_desk import Desk
from adapters.playground.slack_events import Events
from adapters.playground.slack_line import PATIENCE, Answer, Line, session
from adapters.playground.slack_people import SlackApp, SlackChannel, SlackTeam, SlackUser
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_socket import Sockets
from adapters.playground.slack_tickets import Tickets
from adapters.playground.slack_world import Violation, World

SLACKBOT = SlackUser("USLACKBOT", "slackbot", "Slackbot")  # Slack itself does not call it a bot


class SlackStandIn:
    """An async context manager; `now` dates messages, `real_now` (the same unless given) signs requests.

    `new_id` returns a different string each time. `monotonic` is real time, for triggers and answer links.
    """

    def __init__(
        self,
        *,
        users: Iterable[SlackUser],
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        bot_token: str,
        signing_secret: str,
        app_token: str = "",
        channels: Iterable[SlackChannel] = (),
        team: SlackTeam | None = None,
        app: SlackApp | None = None,
        events_url: str | None = None,
        socket_mode: bool = False,
        real_now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        installed = app or SlackApp(bot_token, signing_secret, app_token)
        bot = SlackUser(installed.bot_user, installed.bot_name, installed.bot_name, is_bot=True)
        self.world = World(
            team=team or SlackTeam(),
            app=installed,
            users={user.id: user for user in (*users, bot, SLACKBOT)},
            channels={channel.id: channel for channel in channels},
            now=now,
            monotonic=monotonic,
            new_id=new_id,
            tickets=Tickets(monotonic, new_id),
        )
        self._sockets = Sockets(new_id, self.world.changed, installed.id)
        self._api = WebApi(self.world, self._sockets)
        self._real_now = real_now or now
        self._events_url = events_url or ""
        self._socket_mode = socket_mode
        self._patience = patience
        self._exits = AsyncExitStack()
        self._people: dict[str, SlackPerson] = {}
        self._line: Line | None = None
        self._events: Events | None = None
        self._base_url = ""

    async def __aenter__(self) -> Self:
        client = await self._exits.enter_async_context(session())
        self._base_url = await self._listen()
        self._exits.push_async_callback(self._sockets.disconnect, "link_disabled")
        self._line = self._connected(client)
        self._events = Events(self._line)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exits.aclose()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash at the end."""
        return self._base_url

    @property
    def api_url(self) -> str:
        """What the bot takes for `https://slack.com/api/`."""
        return f"{self._base_url}/api/"

    @property
    def line(self) -> Line:
        assert self._line is not None, "the stand-in is not running"
        return self._line

    @property
    def events(self) -> Events:
        assert self._events is not None, "the stand-in is not running"
        return self._events

    @property
    def events_url(self) -> str:
        """Where the bot listens; settable once that is known."""
        return self.line.events_url

    @events_url.setter
    def events_url(self, url: str) -> None:
        self.line.events_url = url

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything the bot sent that Slack would have refused."""
        return tuple(self.world.violations)

    def person(self, user_id: str) -> SlackPerson:
        """That person's client, the same one each time."""
        if user_id not in self._people:
            self._people[user_id] = self._client_of(self.world.users[user_id])
        return self._people[user_id]

    def signed(self, body: str, *, timestamp: int | None = None, secret: str | None = None) -> Mapping[str, str]:
        """Headers that sign a body: rightly, or with another time or secret."""
        return self.line.signed(body, timestamp=timestamp, secret=secret)

    def installation_code(self, user_id: str) -> str:
        """The code with which Slack sends somebody back after they installed the app."""
        code = self.world.new_id()
        self.world.codes[code] = user_id
        return code

    def also_serves(self, other: "SlackStandIn") -> None:
        """Another workspace with the same app, which the bot reaches at this one's address."""
        self._api.others.append(other._api)
        other.line.sockets = self._sockets

    async def retry_failed_events(self) -> tuple[Answer, ...]:
        """Send each event again that was not answered with 200 in time."""
        return await self.events.retry()

    async def disconnect_sockets(self) -> None:
        """Make every Socket Mode client connect anew."""
        await self._sockets.disconnect()

    @property
    def connected_sockets(self) -> int:
        return len(self._sockets.open)

    def _connected(self, client: ClientSession) -> Line:
        return Line(
            self.world,
            self._sockets,
            client,
            self._real_now,
            events_url=self._events_url,
            socket_mode=self._socket_mode,
            patience=self._patience,
        )

    def _client_of(self, user: SlackUser) -> SlackPerson:
        dm = self.world.dm_of(user.id).id
        desk = Desk(self.world, self.line, user, self._base_url, looking_at=dm)
        return SlackPerson(desk, self.events)

    async def _listen(self) -> str:
        app = web.Application(client_max_size=2**22)
        app.add_routes([*self._api.routes(), *self._sockets.routes()])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._exits.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"
