"""Slack between the service's start and stop, for one workspace whose bot token is a setting."""

from collections.abc import Iterable, Sequence

from aiohttp import web

from adapters.config import SlackConfig, SlackMode
from adapters.environment import ConfigError, Problem
from adapters.slack.app import PATH, SlackApp
from adapters.slack.workspace import SlackWorkspace, TokenRefused
from adapters.switchboard import Switchboard


class SlackConnection:
    """Implements ``Connection``."""

    name = "slack"

    def __init__(self, config: SlackConfig, switchboard: Switchboard, *, public_url: str | None) -> None:
        self._config = config
        self._public_url = public_url
        self._workspace = SlackWorkspace(config, switchboard)

    @property
    def app(self) -> SlackApp | None:
        return self._workspace.app

    @property
    def apps(self) -> Sequence[SlackApp]:
        """What is connected."""
        return () if self.app is None else (self.app,)

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.post(PATH, self._receive)] if self._config.mode is SlackMode.HTTP else []

    def says(self, url: str) -> Iterable[str]:
        if self._config.mode is SlackMode.SOCKET:
            yield "Slack reaches it through Socket Mode: no public address is needed."
        else:
            yield f"Slack reaches it at {self._public_url or url}{PATH} (set in the app's manifest)."
        yield "Connected to Slack." if self.app else "Slack cannot be reached yet; trying again."

    async def open(self) -> None:
        await self._workspace.open()

    async def connect(self) -> None:
        try:
            await self._workspace.connect()
        except TokenRefused as refused:
            says = f"is not accepted by Slack ({refused}). Install the app in your workspace, copy it again."
            raise ConfigError(Problem("SLACK_BOT_TOKEN", says)) from None

    async def drain(self) -> None:
        await self._workspace.drain()

    async def close(self) -> None:
        await self._workspace.close()

    async def is_connected(self) -> bool:
        """Whether Slack has told us which workspace this is."""
        return self.app is not None

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if self.app is None:
            return web.Response(status=503)
        return await self.app.receive(request)
