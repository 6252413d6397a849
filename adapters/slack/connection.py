"""Slack between the service's start and stop: connects, and goes on trying while Slack cannot be reached."""

import asyncio
import logging
from collections.abc import Iterable

from aiohttp import web

from adapters.config import SlackConfig, SlackMode
from adapters.environment import ConfigError, Problem
from adapters.slack.app import PATH, SlackApp, team_of
from adapters.slack.calls import Calls
from adapters.slack.outcomes import TOKEN_REFUSED
from adapters.switchboard import Switchboard
from adapters.trouble import Trouble
from bot.model.people import Platform
from bot.ports import Busy

log = logging.getLogger("oneonone.slack")
_FIRST_RETRY = 2.0
_LONGEST_RETRY = 60.0


class SlackConnection:
    """One workspace by its bot token; raises ConfigError for settings that this release does not serve."""

    name = "slack"

    def __init__(self, config: SlackConfig, switchboard: Switchboard, *, public_url: str | None) -> None:
        if config.serves_many_workspaces:
            says = "is for many workspaces, which this release does not serve yet. Set SLACK_BOT_TOKEN for one."
            raise ConfigError(Problem("SLACK_CLIENT_ID", says))
        self.app: SlackApp | None = None
        self._config = config
        self._switchboard = switchboard
        self._public_url = public_url
        self._calls = Calls(token=config.bot_token or "", api_url=config.api_url)
        self._connecting: asyncio.Task[None] | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        return [web.post(PATH, self._receive)] if self._config.mode is SlackMode.HTTP else []

    def says(self, url: str) -> Iterable[str]:
        if self._config.mode is SlackMode.SOCKET:
            yield "Slack reaches it through Socket Mode: no public address is needed."
        else:
            yield f"Slack reaches it at {self._public_url or url}{PATH} (set in the app's manifest)."
        yield "Connected to Slack." if self.app else "Slack cannot be reached yet; trying again."

    async def open(self) -> None:
        await self._calls.open()

    async def connect(self) -> None:
        try:
            await self._connect()
        except Trouble as trouble:
            if trouble.code in TOKEN_REFUSED:
                says = f"is not accepted by Slack ({trouble.code}). Install the app in your workspace, copy it again."
                raise ConfigError(Problem("SLACK_BOT_TOKEN", says)) from None
            self._connecting = asyncio.create_task(self._keep_connecting())

    async def drain(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
        if self.app is not None:
            await self.app.stop()

    async def close(self) -> None:
        await self._calls.close()

    async def is_connected(self) -> bool:
        """Whether Slack has told us which workspace this is."""
        return self.app is not None

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if self.app is None:
            return web.Response(status=503)
        return await self.app.receive(request)

    async def _connect(self) -> None:
        team = await team_of(self._calls)
        board = self._switchboard
        workspace = await board.workspace(Platform.slack, team.id, name=team.name)
        app = SlackApp(
            self._config,
            board.engine,
            calls=self._calls,
            team=team,
            workspace=workspace,
            say=board.say,
            new_id=board.engine.new_id,
            entrances=board.entrances,
            answer_within=board.answer_within,
        )
        await app.start()
        board.messengers[workspace.id] = app.messenger
        self.app = app

    async def _keep_connecting(self) -> None:
        wait = _FIRST_RETRY
        while self.app is None:
            log.warning("slack cannot be reached", extra={"seconds": wait})
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_RETRY)
            try:
                await self._connect()
            except (Trouble, Busy):
                continue
