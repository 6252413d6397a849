"""The stand-in for Teams as one thing: a tenant, its connector, token issuer and keys on loopback, and its people."""

import time
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from adapters.playground.teams_connector import PREFIX, BotConnector
from adapters.playground.teams_installs import install_for, install_in
from adapters.playground.teams_keys import KeyServer, SigningKey
from adapters.playground.teams_line import PATIENCE, Answer, Line, session
from adapters.playground.teams_people import Json, Team, TeamsBot, TeamsTenant, TeamsUser
from adapters.playground.teams_person import TeamsPerson
from adapters.playground.teams_rules import activity_problems, answer_problems
from adapters.playground.teams_signing import Signer
from adapters.playground.teams_tokens import TokenIssuer
from adapters.playground.teams_world import Violation, World


class TeamsStandIn:
    """An async context manager; `now` dates messages, `real_now` (the same unless given) signs and issues tokens.

    `new_id` returns a different string each time. `monotonic` is real time, for rates and durations.
    """

    def __init__(
        self,
        *,
        users: Iterable[TeamsUser],
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        app: TeamsBot,
        tenant: TeamsTenant | None = None,
        teams: Iterable[Team] = (),
        real_now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        messages_url: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self.world = World(
            tenant=tenant or TeamsTenant(),
            app=app,
            users={user.id: user for user in users},
            teams={team.id: team for team in teams},
            now=now,
            monotonic=monotonic,
            new_id=new_id,
        )
        self.issuer = TokenIssuer(self.world, real_now or now)
        self.keys = KeyServer(self.world)
        self._signer = Signer(self.keys, app.app_id, real_now or now)
        self._messages_url = messages_url
        self._patience = patience
        self._exits = AsyncExitStack()
        self._people: dict[str, TeamsPerson] = {}
        self._line: Line | None = None
        self._base_url = ""

    async def __aenter__(self) -> Self:
        client = await self._exits.enter_async_context(session())
        self._base_url = self.keys.base_url = await self._listen()
        self._exits.callback(self.keys.open.set)
        self.world.service_url = f"{self._base_url}{PREFIX}"
        self._line = Line(
            self.world,
            client,
            self._signer,
            answer_problems,
            messages_url=self._messages_url,
            patience=self._patience,
        )
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
    def login_url(self) -> str:
        """What the bot takes for `https://login.microsoftonline.com`."""
        return self._base_url

    @property
    def openid_url(self) -> str:
        """Where the bot learns the keys of those who may send to it."""
        return self.keys.openid_url

    @property
    def service_url(self) -> str:
        """The connector, as every activity names it."""
        return self.world.service_url

    @property
    def line(self) -> Line:
        assert self._line is not None, "the stand-in is not running"
        return self._line

    @property
    def messages_url(self) -> str:
        """Where the bot listens; settable once that is known."""
        return self.line.messages_url

    @messages_url.setter
    def messages_url(self, url: str) -> None:
        self.line.messages_url = url

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Everything the bot sent that Teams would have refused."""
        return tuple(self.world.violations)

    def person(self, user_id: str) -> TeamsPerson:
        """That person's client, the same one each time."""
        if user_id not in self._people:
            self._people[user_id] = TeamsPerson(self.line, self.world.users[user_id])
        return self._people[user_id]

    async def installs_for(self, user_id: str) -> tuple[Answer, ...]:
        """Add the app to a person's own apps, and tell the bot."""
        return await install_for(self.line, user_id)

    async def installs_in(self, team_id: str) -> tuple[Answer, ...]:
        """Add the app to a team, and tell the bot."""
        return await install_in(self.line, team_id)

    def signed_headers(
        self,
        activity: Json,
        *,
        audience: str | None = None,
        issuer: str | None = None,
        key: SigningKey | None = None,
        expired: bool = False,
        not_yet: bool = False,
        service_url: str | None = None,
        endorsements: Iterable[str] | None = None,
        algorithm: str = "RS256",
    ) -> dict[str, str]:
        """Headers for an activity: right, or wrong in the ways that are named; keys come from teams_keys."""
        return self._signer.headers(
            activity,
            audience=audience,
            issuer=issuer,
            key=key,
            expired=expired,
            not_yet=not_yet,
            service_url=service_url,
            endorsements=endorsements,
            algorithm=algorithm,
        )

    def rotate_key(self) -> SigningKey:
        """Sign with a new key from now on; the key server names only that one."""
        return self.keys.rotate()

    def hang_keys(self) -> None:
        """Let the key server take every call and answer none, until `release_keys`."""
        self.keys.open.clear()

    def release_keys(self) -> None:
        self.keys.open.set()

    def revoke_tokens(self) -> None:
        """Make every token so far worthless: the next call with one is a 401."""
        self.issuer.revoke()

    async def _listen(self) -> str:
        app = web.Application(client_max_size=2**22)
        connector = BotConnector(self.world, self.issuer, activity_problems)
        app.add_routes([*connector.routes(), *self.keys.routes(), *self.issuer.routes()])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._exits.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"
