"""Small servers that play Microsoft's parts, one each: publisher of keys, issuer of tokens, connector."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

Json = dict[str, Any]
MICROSOFT = "https://login.microsoftonline.com"


@asynccontextmanager
async def serving(*routes: web.RouteDef) -> AsyncIterator[str]:
    """The base address of a server on a free port of this machine."""
    app = web.Application()
    app.router.add_routes(routes)
    runner = web.AppRunner(app, shutdown_timeout=0.01, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def forward(self, seconds: float) -> None:
        self.seconds += seconds


class Gate:
    """Requests wait behind it while it is shut."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self.waiting = asyncio.Event()

    def shut(self) -> None:
        self._open.clear()
        self.waiting.clear()

    def open(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        if not self._open.is_set():
            self.waiting.set()
        await self._open.wait()


@cache
def private_key(kid: str) -> RSAPrivateKey:
    """A key that belongs to this name for as long as the tests run."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def published(kid: str, *endorsements: str) -> Json:
    """A key as the Bot Framework publishes it."""
    numbers = private_key(kid).public_key().public_numbers()
    parts = {"n": _base64(numbers.n), "e": _base64(numbers.e)}
    return {"kty": "RSA", "use": "sig", "kid": kid, "x5t": kid, **parts, "endorsements": list(endorsements)}


def signed(claims: Json, *, kid: str = "one", by: str | None = None) -> str:
    """A token that says it was signed with the key ``kid``, and was signed ``by`` that or another one."""
    return jwt.encode(claims, private_key(by or kid), algorithm="RS256", headers={"kid": kid})


def _base64(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class KeyServer:
    """Publishes ``keys``; ``readings`` counts how often they were read."""

    base_url: str = ""
    keys: list[Json] = field(default_factory=lambda: [published("one", "msteams", "webchat")])
    status: int = 200
    keys_url: str | None = None
    readings: int = 0
    gate: Gate = field(default_factory=Gate)

    @property
    def openid_url(self) -> str:
        return f"{self.base_url}/v1/.well-known/openidconfiguration"

    async def _openid(self, _: web.Request) -> web.Response:
        await self.gate.passed()
        keys_url = self.keys_url or f"{self.base_url}/v1/.well-known/keys"
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": keys_url}, status=self.status)

    async def _keys(self, _: web.Request) -> web.Response:
        self.readings += 1
        return web.json_response({"keys": self.keys})

    async def _odd(self, _: web.Request) -> web.Response:
        return web.json_response([self.keys])


@asynccontextmanager
async def key_server() -> AsyncIterator[KeyServer]:
    server = KeyServer()
    routes = (
        web.get("/v1/.well-known/openidconfiguration", server._openid),
        web.get("/v1/.well-known/keys", server._keys),
        web.get("/v1/.well-known/odd", server._odd),
    )
    async with serving(*routes) as server.base_url:
        yield server


@dataclass
class Issuer:
    """Issues "token 1", "token 2", ... for an hour each, by secret and by managed identity; keeps what it was asked."""

    base_url: str = ""
    lasts: int = 3600
    refuses: str | None = None
    status: int = 200
    asked: list[Json] = field(default_factory=list)
    headers: list[Json] = field(default_factory=list)
    gate: Gate = field(default_factory=Gate)
    real_seconds: Callable[[], float] = lambda: 0.0

    async def _openid(self, request: web.Request) -> web.Response:
        base = f"{MICROSOFT}/{request.match_info['tenant']}"
        endpoints = {name: f"{base}/oauth2/v2.0/{name}" for name in ("token", "authorize")}
        document = {"issuer": f"{base}/v2.0"} | {f"{name}_endpoint": url for name, url in endpoints.items()}
        return web.json_response(document | {"authorization_endpoint": endpoints["authorize"]})

    async def _by_secret(self, request: web.Request) -> web.Response:
        return await self._issue(request, dict(await request.post()), {"expires_in": self.lasts})

    async def _by_identity(self, request: web.Request) -> web.Response:
        ends = str(int(self.real_seconds()) + self.lasts)
        return await self._issue(request, dict(request.query), {"expires_on": ends, "expires_in": str(self.lasts)})

    async def _issue(self, request: web.Request, asked: Json, lasts: Json) -> web.Response:
        self.asked.append(asked | {"path": request.path})
        self.headers.append(dict(request.headers))
        await self.gate.passed()
        if self.status != 200:
            return web.Response(status=self.status, text="<html>Bad gateway</html>", content_type="text/html")
        if self.refuses:
            return web.json_response({"error": self.refuses, "error_description": "the secret 'canary'"}, status=401)
        return web.json_response({"token_type": "Bearer", "access_token": f"token {len(self.asked)}", **lasts})


@asynccontextmanager
async def token_issuer() -> AsyncIterator[Issuer]:
    issuer = Issuer()
    routes = (
        web.get("/{tenant}/v2.0/.well-known/openid-configuration", issuer._openid),
        web.post("/{tenant}/oauth2/v2.0/token", issuer._by_secret),
        web.get("/msi/token", issuer._by_identity),
        web.get("/metadata/identity/oauth2/token", issuer._by_identity),
    )
    async with serving(*routes) as issuer.base_url:
        yield issuer


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    query: Json
    body: Any
    authorization: str | None


@dataclass(frozen=True)
class Reply:
    """``dropped`` closes the connection once the request was read."""

    status: int = 201
    body: Any = None
    headers: Json = field(default_factory=dict)
    dropped: bool = False


@dataclass
class ConnectorServer:
    """Gives the ``replies`` one after the other, then ids; keeps what it received."""

    base_url: str = ""
    seconds: float = 0.0
    replies: deque[Reply] = field(default_factory=deque)
    received: list[Received] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    gate: Gate = field(default_factory=Gate)

    @property
    def service_url(self) -> str:
        return f"{self.base_url}/teams/"

    def answers(self, status: int, body: Any = None, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.append(Reply(status, body, named))

    def fails(self, status: int, code: str) -> None:
        self.answers(status, {"error": {"code": code, "message": "about the canary"}})

    async def _any(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        self.received.append(_received(request, body))
        new_id = f"1:{len(self.received)}"
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self.seconds)
        await self.gate.passed()
        self.under_way -= 1
        reply = self.replies.popleft() if self.replies else Reply(body={"id": new_id})
        if reply.dropped and request.transport is not None:
            request.transport.close()
        return _response(reply)


def _received(request: web.Request, body: str) -> Received:
    return Received(
        method=request.method,
        path=request.raw_path.partition("?")[0],
        query=dict(request.query),
        body=json.loads(body) if body else None,
        authorization=request.headers.get("Authorization"),
    )


def _response(reply: Reply) -> web.Response:
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, text=reply.body, content_type="text/html", headers=reply.headers)
    text = "" if reply.body is None else json.dumps(reply.body)
    return web.Response(status=reply.status, text=text, content_type="application/json", headers=reply.headers)


@asynccontextmanager
async def connector_server() -> AsyncIterator[ConnectorServer]:
    server = ConnectorServer()
    async with serving(web.route("*", "/{any:.*}", server._any)) as server.base_url:
        yield server
