"""The peers: the SDKs' own ways, each with the least handler that keeps the words and gives the same answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from botbuilder.core import MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, Attachment
from botframework.connector.auth import AppCredentials, JwtTokenExtractor, ServiceClientCredentialsFactory
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.microsoft import APP_ID, ISSUER, Microsoft
from benchmarks.serving import served
from benchmarks.shelf import Shelf
from benchmarks.slackish import SECRET, TOKEN


@asynccontextmanager
async def bolt(shelf: Shelf, answer: dict[str, Any], *, api_url: str, fast: bool) -> AsyncIterator[str]:
    """Bolt's async app: as it comes, or with ``process_before_response``."""
    client = AsyncWebClient(token=TOKEN, base_url=api_url)
    bot = AsyncApp(client=client, signing_secret=SECRET, process_before_response=fast)

    @bot.command("/oneonone")
    async def add(ack: AsyncAck, command: dict[str, Any]) -> None:
        await shelf.put(command["text"].removeprefix("add "))
        await ack(**answer)

    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bot.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.add_routes([web.post("/slack/events", receive)])
    async with served(app) as url:
        yield f"{url}/slack/events"


@asynccontextmanager
async def cloud_adapter(shelf: Shelf, answer: dict[str, Any], microsoft: Microsoft) -> AsyncIterator[str]:
    """The Bot Framework's own adapter; its token is given to it, so that it need not fetch any."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(_Settings(microsoft), credentials_factory=_Given()))
    bot = _Keeps(shelf, answer)
    # It fetches keys by a call that blocks, and the key server is in this very process.
    keys = JwtTokenExtractor.get_open_id_metadata(f"{microsoft.url}/openid")
    await asyncio.to_thread(asyncio.run, keys.get("bench"))

    async def receive(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response(status=200)

    app = web.Application()
    app.add_routes([web.post("/api/messages", receive)])
    async with served(app) as url:
        yield f"{url}/api/messages"


class _Keeps:
    def __init__(self, shelf: Shelf, answer: dict[str, Any]) -> None:
        self._shelf = shelf
        self._attachments = [
            Attachment(content_type=each["contentType"], content=each["content"]) for each in answer["attachments"]
        ]
        self._summary = answer.get("summary")

    async def on_turn(self, context: TurnContext) -> None:
        await self._shelf.put(context.activity.text.removeprefix("add "))
        reply: Activity = MessageFactory.list(self._attachments)
        reply.summary = self._summary
        await context.send_activity(reply)


class _Settings:
    """As an operator sets it, but for the addresses on this machine."""

    CHANNEL_SERVICE = ""
    VALIDATE_AUTHORITY = True
    TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"
    TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = ISSUER
    TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER
    OAUTH_URL = ISSUER
    APP_ID = APP_ID

    def __init__(self, microsoft: Microsoft) -> None:
        self.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = f"{microsoft.url}/openid"
        self.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = f"{microsoft.url}/openid"


class _Given(ServiceClientCredentialsFactory):
    async def is_valid_app_id(self, app_id: str) -> bool:
        return app_id == APP_ID

    async def is_authentication_disabled(self) -> bool:
        return False

    async def create_credentials(self, *_: object, **__: object) -> AppCredentials:
        return _Token(app_id=APP_ID)


class _Token(AppCredentials):
    def get_access_token(self, force_refresh: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - the SDK's signature
        return "a-token"
