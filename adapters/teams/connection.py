"""Teams between the service's start and stop."""

from collections.abc import Iterable

import aiohttp
from aiohttp import web

from adapters.clock import SystemClock
from adapters.config import TeamsConfig
from adapters.switchboard import Switchboard
from adapters.teams.app import PATH, TeamsApp
from adapters.teams.connector import session
from bot.model.people import Platform

LOCAL_TENANT = "local"
_NAME = "Microsoft Teams"


class TeamsConnection:
    """One bot in one tenant. Microsoft is first asked for anything when somebody writes, so it connects at once."""

    name = "teams"

    def __init__(self, config: TeamsConfig, switchboard: Switchboard, *, public_url: str | None) -> None:
        self.app: TeamsApp | None = None
        self._config = config
        self._switchboard = switchboard
        self._public_url = public_url
        self._session: aiohttp.ClientSession | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.post(PATH, self._receive)]

    def says(self, url: str) -> Iterable[str]:
        if self._config.app_id:
            yield f"Teams reaches it at {self._public_url or url}{PATH} (the messaging endpoint of your Azure Bot)."
        else:
            yield f"Microsoft's Agents Playground reaches it at {url}{PATH}; nobody is asked who they are."

    async def open(self) -> None:
        self._session = session()

    async def connect(self) -> None:
        assert self._session is not None, "not open"
        board = self._switchboard
        tenant = self._config.tenant or LOCAL_TENANT
        workspace = await board.workspace(Platform.teams, tenant, name=_NAME)
        app = TeamsApp(
            self._config,
            board.engine,
            store=board.store,
            session=self._session,
            workspace=workspace,
            speak=board.speak,
            new_id=board.engine.new_id,
            now=SystemClock().now,  # a token ends when Microsoft says, also where the demo moves its clock
            entrances=board.entrances,
            answer_within=board.answer_within,
            meter=board.meter,
        )
        await app.start()
        board.messengers[workspace.id] = app.messenger
        self.app = app

    async def drain(self) -> None:
        if self.app is not None:
            await self.app.stop()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def is_connected(self) -> bool:
        return self.app is not None

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if self.app is None:
            return web.Response(status=503)
        return await self.app.receive(request)
