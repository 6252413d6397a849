"""One workspace between its connecting and its leaving."""

import asyncio
import logging

from adapters.config import SlackConfig
from adapters.slack.app import SlackApp, team_of
from adapters.slack.calls import Calls
from adapters.slack.outcomes import TOKEN_REFUSED
from adapters.switchboard import Switchboard
from adapters.trouble import Trouble
from bot.model.ids import WorkspaceId
from bot.model.people import Platform
from bot.ports import Busy

log = logging.getLogger("oneonone.slack")
_FIRST_RETRY = 2.0
_LONGEST_RETRY = 60.0


class TokenRefused(Exception):
    """Slack does not take the token; the message is Slack's code."""


class SlackWorkspace:
    """The workspace of the bot token in ``config``: connects, and goes on trying while Slack cannot be reached."""

    def __init__(self, config: SlackConfig, switchboard: Switchboard) -> None:
        self.app: SlackApp | None = None
        self._id: WorkspaceId | None = None
        self._config = config
        self._switchboard = switchboard
        self._calls = Calls(token=config.bot_token or "", api_url=config.api_url)
        self._connecting: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self._calls.open()

    async def connect(self) -> None:
        """Connect, or go on trying; raises TokenRefused."""
        try:
            await self._connect()
        except (Trouble, Busy) as trouble:
            if isinstance(trouble, Trouble) and trouble.code in TOKEN_REFUSED:
                raise TokenRefused(trouble.code) from None
            self._connecting = asyncio.create_task(self._keep_connecting())

    async def drain(self) -> None:
        """Finish what people have been promised."""
        if self._connecting is not None:
            self._connecting.cancel()
        if self.app is not None:
            await self.app.stop()

    async def close(self) -> None:
        await self._calls.close()

    async def leave(self) -> None:
        """Send nothing there any more, unless another connection of the same workspace has taken over."""
        messengers = self._switchboard.messengers
        if self._id is not None and self.app is not None and messengers.get(self._id) is self.app.messenger:
            del messengers[self._id]
        await self.drain()
        await self.close()

    async def is_welcome(self) -> bool:
        """Whether Slack still takes the token; raises Trouble when it does not say."""
        try:
            await self._calls.read("auth.test")
        except Trouble as trouble:
            if trouble.code in TOKEN_REFUSED:
                return False
            raise
        return True

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
            speak=board.speak,
            new_id=board.engine.new_id,
            entrances=board.entrances,
            meter=board.meter,
        )
        await app.start()
        board.messengers[workspace.id] = app.messenger
        self.app, self._id = app, workspace.id

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
