"""A tenant of three people and a guest, a tiny bot that lives in it, and a plain caller of the connector."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession, web

from adapters.playground.teams_people import Json, Team, TeamsBot, TeamsChannel, TeamsUser
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_tokens import SCOPE

ANA = TeamsUser("11111111-aaaa-4aaa-8aaa-000000000001", "Ana Ruiz", email="ana@example.com", title="Engineer")
BEN = TeamsUser("22222222-bbbb-4bbb-8bbb-000000000002", "Ben Okafor", email="ben@example.com", zone="Europe/Lisbon")
CLEO = TeamsUser("33333333-cccc-4ccc-8ccc-000000000003", "Cleo Tanaka", email="cleo@example.com")
GUEST = TeamsUser("44444444-dddd-4ddd-8ddd-000000000004", "Gus Guest", email="gus@other.example", role="guest")
GENERAL = TeamsChannel("19:general@thread.tacv2", "General")
LOUNGE = TeamsChannel("19:lounge@thread.tacv2", "Lounge")
CREW = Team("19:general@thread.tacv2", "Crew", (GENERAL, LOUNGE), (ANA.id, BEN.id, GUEST.id), has_bot=True)
BOARD = Team("19:board@thread.tacv2", "Board", (TeamsChannel("19:board@thread.tacv2", "General"),), (CLEO.id,))
APP = TeamsBot("99999999-eeee-4eee-8eee-000000000009", "not-a-secret")
CARD: Json = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "A card", "body": []}


def message(text: str = "hello", **more: Any) -> Json:
    return {"type": "message", "text": text, **more}


@dataclass
class Got:
    """What came back from the stand-in."""

    status: int
    body: Any
    headers: Mapping[str, str]
    kind: str

    @property
    def code(self) -> str:
        return str(self.body["error"]["code"])


class Caller:
    """A bot's outgoing half, without any client library of ours: it asks for a token once and calls."""

    def __init__(self, teams: TeamsStandIn, session: ClientSession) -> None:
        self.teams = teams
        self.session = session
        self.token: str | None = None

    async def ask_token(self, **wrong: str) -> Got:
        tenant = wrong.pop("tenant", self.teams.world.tenant.id)
        form = {"grant_type": "client_credentials", "client_id": APP.app_id, "client_secret": APP.password}
        url = f"{self.teams.login_url}/{tenant}/oauth2/v2.0/token"
        async with self.session.post(url, data={**form, "scope": SCOPE, **wrong}) as response:
            return await _got(response)

    async def call(self, method: str, path: str, body: object = None, **headers: str) -> Got:
        if self.token is None:
            self.token = str((await self.ask_token()).body["access_token"])
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        url = f"{self.teams.service_url}v3/conversations{path}"
        async with self.session.request(method, url, json=body, headers=sent) as response:
            return await _got(response)

    async def send(self, conversation: str, activity: Json, *, reply_to: str = "") -> Got:
        return await self.call("POST", _path(conversation, "activities", reply_to), activity)

    async def update(self, conversation: str, message_id: str, activity: Json) -> Got:
        return await self.call("PUT", _path(conversation, "activities", message_id), activity)

    async def delete(self, conversation: str, message_id: str) -> Got:
        return await self.call("DELETE", _path(conversation, "activities", message_id))

    async def member(self, conversation: str, member: str) -> Got:
        return await self.call("GET", _path(conversation, "members", member))

    async def members(self, conversation: str, query: str = "") -> Got:
        return await self.call("GET", f"{_path(conversation, 'pagedmembers')}{query}")

    async def open(self, member: str, **wrong: object) -> Got:
        tenant = self.teams.world.tenant.id
        body = {"bot": {"id": APP.id}, "members": [{"id": member}], "channelData": {"tenant": {"id": tenant}}}
        return await self.call("POST", "", {**body, **wrong})


def _path(*parts: str) -> str:
    return "".join(f"/{quote(part, safe='')}" for part in parts if part)


async def _got(response: Any) -> Got:
    is_json = response.content_type == "application/json"
    body = await response.json() if is_json else await response.text()
    return Got(response.status, body, response.headers, response.content_type)


@dataclass
class FakeBot:
    """A bot's incoming half: keeps what it is sent, and answers as it was told, once `open` is set."""

    received: list[Json] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    status: int = 200
    answer: object = None
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.received.append(await request.json())
        self.headers.append(request.headers)
        await self.open.wait()
        if self.answer is None:
            return web.Response(status=self.status)
        return web.json_response(self.answer, status=self.status)


@asynccontextmanager
async def listening(bot: FakeBot) -> AsyncIterator[str]:
    """The address at which the bot listens until the block ends."""
    site = web.Application()
    site.router.add_post("/api/messages", bot.handle)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    finally:
        bot.open.set()
        await runner.cleanup()
