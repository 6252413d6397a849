"""Socket Mode: Slack reaches the app over a connection that the app opened."""

import logging
from contextlib import suppress
from typing import Protocol, cast

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.config import SlackConfig


class Receiver(Protocol):
    """Whoever answers what comes in: Bolt's app, or something that knows several of them."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse: ...


class Socket:
    def __init__(self, config: SlackConfig, receiver: Receiver) -> None:
        log = sdk_log()
        client = AsyncWebClient(base_url=config.api_url, logger=log, retry_handlers=[])
        # Of the app, Bolt's handler uses nothing but its dispatch.
        app = cast("AsyncApp", receiver)
        self._handler = AsyncSocketModeHandler(app, config.app_token, logger=log, web_client=client)

    async def open(self) -> None:
        """Connect; goes on trying while Slack cannot be reached."""
        await self._handler.client.connect()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        with suppress(Exception):  # a broken socket is closed enough
            await self._handler.client.close()  # type: ignore[no-untyped-call]


def sdk_log() -> logging.Logger:
    sdk = logging.getLogger("oneonone.slack.sdk")
    sdk.setLevel(logging.WARNING)
    return sdk
