"""Slack's Web API and response_url endpoints over HTTP."""

import asyncio
import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeGuard

from aiohttp import web

from adapters.playground.changes import Topic
from adapters.playground.faults import Fault, FaultKind
from adapters.playground.slack_chat import answer_at_link
from adapters.playground.slack_errors import SlackError
from adapters.playground.slack_methods import BOT_METHODS, OPEN_METHODS, SOCKET_METHOD
from adapters.playground.slack_people import Json
from adapters.playground.slack_socket import Sockets
from adapters.playground.slack_tickets import Expired
from adapters.playground.slack_world import World
from adapters.playground.wire import Direction, Exchange

_STRUCTURED = ("blocks", "view", "metadata", "attachments")  # JSON inside a form
_BEFORE = (FaultKind.RATE_LIMITED, FaultKind.SERVER_ERROR, FaultKind.HTML_502, FaultKind.DROP, FaultKind.API_ERROR)


class WebApi:
    """Answers the bot's calls from one workspace, and fails as it was told to.

    ``others`` are workspaces that the bot reaches at the same address: its token says which one is meant.
    """

    def __init__(self, world: World, sockets: Sockets) -> None:
        self._world = world
        self._sockets = sockets
        self.others: list[WebApi] = []

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/api/{method}", self._call),
            web.post("/answer/{key}", self._answer_link),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        for other in self.others:
            if await other._is_meant(request):
                return await other._called(request)
        return await self._called(request)

    async def _is_meant(self, request: web.Request) -> bool:
        with suppress(SlackError):
            body = await read_body(request)
            is_ours = _token(request.headers, body) == self._world.app.bot_token
            return is_ours or body.get("code") in self._world.codes
        return False

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        started = self._world.monotonic()
        body: Json = {}
        try:
            body = await read_body(request)
            response, answer = await self._respond(request, method, body)
        except SlackError as error:
            response, answer = _json(error.answer()), error.answer()
        self._record(method, body=_without_token(body), status=response.status, started=started, answer=answer)
        return response

    async def _respond(self, request: web.Request, method: str, body: Json) -> tuple[web.Response, Json]:
        fault = self._world.faults.next_for(method)
        if fault and _fails_before(fault):
            return await self._fail(request, fault, {})
        answer = self._answer(method, body, request)
        if fault:
            return await self._fail(request, fault, answer)
        return _json(answer, headers=self._scopes(method)), answer

    def _scopes(self, method: str) -> Mapping[str, str]:
        """With each answer to a bot token Slack says what that token may do."""
        return {"X-OAuth-Scopes": self._world.app.scopes} if method in BOT_METHODS else {}

    async def _fail(self, request: web.Request, fault: Fault, answer: Json) -> tuple[web.Response, Json]:
        match fault.kind:
            case FaultKind.RATE_LIMITED:
                refusal: Json = {"ok": False, "error": "ratelimited"}
                return _json(refusal, status=429, headers={"Retry-After": str(fault.retry_after)}), refusal
            case FaultKind.SERVER_ERROR:
                return web.Response(status=500, text="server error"), {}
            case FaultKind.HTML_502:
                return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html"), {}
            case FaultKind.DROP | FaultKind.ACCEPT_THEN_DROP:
                return _hang_up(request), {}
            case FaultKind.SLOW:
                await asyncio.sleep(fault.delay)
                return _json(answer), answer
            case FaultKind.API_ERROR | FaultKind.FATAL_ERROR:
                code = "fatal_error" if fault.kind is FaultKind.FATAL_ERROR else fault.error
                return _json({"ok": False, "error": code}), {"ok": False, "error": code}

    def _answer(self, method: str, body: Json, request: web.Request) -> Json:
        try:
            return self._perform(method, body, request)
        except SlackError as error:
            return error.answer()

    def _perform(self, method: str, body: Json, request: web.Request) -> Json:
        open_method = OPEN_METHODS.get(method)
        if open_method is not None:
            return open_method(self._world, {**_basic(request.headers), **body})
        known = BOT_METHODS.get(method)
        if known is None and method != SOCKET_METHOD:
            raise SlackError("unknown_method", req_method=method)
        token = _token(request.headers, body)
        if known is None:
            _require(token, self._world.app.app_token)
            return {"ok": True, "url": self._sockets.new_address(request.host)}
        _require(token, self._world.app.bot_token)
        return known(self._world, body)

    async def _answer_link(self, request: web.Request) -> web.StreamResponse:
        """A response_url: "ok", or 404 when it is used up or too old."""
        started = self._world.monotonic()
        body: Json = {}
        try:
            body = await read_body(request)
            response, answer = await self._respond_at_link(request, body)
        except SlackError as error:
            response, answer = _json(error.answer(), status=400), error.answer()
        self._record("response_url", body=body, status=response.status, started=started, answer=answer)
        return response

    async def _respond_at_link(self, request: web.Request, body: Json) -> tuple[web.Response, Json]:
        fault = self._world.faults.next_for("response_url")
        if fault and _fails_before(fault):
            return await self._fail(request, fault, {})
        response, answer = self._at_link(request.match_info["key"], body)
        return await self._fail(request, fault, answer) if fault else (response, answer)

    def _at_link(self, key: str, body: Json) -> tuple[web.Response, Json]:
        try:
            answer_at_link(self._world, self._world.tickets.use(key), body)
        except Expired as expired:
            refusal: Json = {"ok": False, "error": expired.code}
            return _json(refusal, status=404), refusal
        return web.Response(text="ok"), {"ok": True}

    def _record(self, method: str, *, body: Json, status: int, started: float, answer: Json) -> None:
        world = self._world
        seconds = world.monotonic() - started
        world.wire.exchanges.append(
            Exchange(world.now(), Direction.TO_PLATFORM, method, status, seconds, body=body, answer=answer)
        )
        world.changed.announce(Topic.WIRE)


async def read_body(request: web.Request) -> Json:
    """The arguments of a call, from the query, a form or JSON, as one object; raises SlackError on bad JSON."""
    query: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**query, **_object(await request.text())}
    form = await request.post()
    plain = {key: value for key, value in form.items() if isinstance(value, str)}
    return {key: _opened(key, value) for key, value in {**query, **plain}.items()}


def _opened(key: str, value: object) -> object:
    if key not in _STRUCTURED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _object(text: str) -> Json:
    try:
        parsed = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise SlackError("invalid_json") from error
    if not _is_object(parsed):
        raise SlackError("json_not_object")
    return parsed


def _is_object(parsed: object) -> TypeGuard[Json]:
    return isinstance(parsed, dict)


def _token(headers: Mapping[str, str], body: Json) -> str:
    kind, _, token = headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else str(body.get("token") or "")


def _basic(headers: Mapping[str, str]) -> Json:
    kind, _, packed = headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    client_id, _, client_secret = base64.b64decode(packed).decode().partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def _require(token: str, wanted: str) -> None:
    if not token:
        raise SlackError("not_authed")
    if token != wanted:
        known_kind = token.startswith(("xoxb-", "xapp-")) and wanted.startswith(("xoxb-", "xapp-"))
        wrong_kind = known_kind and token[:5] != wanted[:5]
        raise SlackError("not_allowed_token_type" if wrong_kind else "invalid_auth")


def _without_token(body: Json) -> Json:
    return {key: value for key, value in body.items() if key not in ("token", "client_secret")}


def _fails_before(fault: Fault) -> bool:
    return fault.kind in _BEFORE or (fault.kind is FaultKind.FATAL_ERROR and not fault.stores)


def _hang_up(request: web.Request) -> web.Response:
    """Close the connection under the answer, so that the caller reads nothing."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


def _json(answer: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response(answer, status=status, headers=headers)
