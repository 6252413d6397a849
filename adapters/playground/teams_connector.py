"""The Bot Connector's routes over HTTP: every call with a token of ours, counted, recorded, and strictly judged."""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from adapters.playground.changes import Topic
from adapters.playground.rules_core import Problem
from adapters.playground.teams_chat import Ask, change, delete, member, members, open_chat, send
from adapters.playground.teams_errors import Refusal, Reply, refusal, suffering
from adapters.playground.teams_people import Json
from adapters.playground.teams_tokens import TokenIssuer
from adapters.playground.teams_world import World
from adapters.playground.wire import Direction, Exchange

PREFIX = "/teams/"
_MOST_BYTES = 80 * 1024
_CONVERSATIONS = f"{PREFIX}v3/conversations"
_ONE = f"{_CONVERSATIONS}/{{conversation}}"
_ACTIVITY = f"{_ONE}/activities/{{activity}}"

Judge = Callable[[Json], Iterable[Problem]]
Deed = Callable[[World, Ask], Reply]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class _Method:
    """One call: its name on the wire and for faults, what it does, and whether its body is an activity."""

    name: str
    deed: Deed
    has_activity: bool = False
    has_body: bool = False


_SEND = _Method("send", send, has_activity=True, has_body=True)
_REPLY = _Method("reply", send, has_activity=True, has_body=True)
_UPDATE = _Method("update", change, has_activity=True, has_body=True)
_OPEN = _Method("open", open_chat, has_body=True)


@dataclass
class BotConnector:
    """Answers the bot's calls for one tenant, or fails as told to; `judge` says what is wrong with a message."""

    world: World
    issuer: TokenIssuer
    judge: Judge

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(_CONVERSATIONS, self._serving(_OPEN)),
            web.post(f"{_ONE}/activities", self._serving(_SEND)),
            web.post(_ACTIVITY, self._serving(_REPLY)),
            web.put(_ACTIVITY, self._serving(_UPDATE)),
            web.delete(_ACTIVITY, self._serving(_Method("delete", delete))),
            web.get(f"{_ONE}/members/{{member}}", self._serving(_Method("member", member))),
            web.get(f"{_ONE}/pagedmembers", self._serving(_Method("members", members))),
            web.route("*", f"{PREFIX}{{rest:.*}}", self._unknown),
        ]

    def _serving(self, method: _Method) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._serve(method, request)

        return serve

    async def _serve(self, method: _Method, request: web.Request) -> web.StreamResponse:
        started = self.world.monotonic()
        body: Json = {}
        with self.world.traffic.counted(_peer(request)):
            try:
                self.issuer.check(request.headers.get("Authorization"))
                body = await self._body(request) if method.has_body else {}
                reply = await suffering(self.world, request, method.name, partial(self._perform, method, request, body))
            except Refusal as refused:
                reply = refused.reply
        self._record(method.name, body=body, reply=reply, started=started)
        return reply.response()

    def _perform(self, method: _Method, request: web.Request, body: Json) -> Reply:
        if method.has_activity:
            self._refuse(method.name, tuple(self.judge(body)))
        named = request.match_info
        ids = {key: named.get(key, "") for key in ("conversation", "activity", "member")}
        return method.deed(self.world, Ask(**ids, body=body, query=request.query))

    def _refuse(self, where: str, problems: tuple[Problem, ...]) -> None:
        if problems:
            self.world.blame(where, problems)
            first = problems[0]
            raise refusal("BadSyntax", f"{first.path}: {first.rule}: {first.says}")

    async def _body(self, request: web.Request) -> Json:
        raw = await request.read()
        if len(raw) > _MOST_BYTES:
            self.world.blame("size", [Problem("", "too_big", "must be at most 80 KB")])
            raise refusal("MessageSizeTooBig", "Message size too big.")
        parsed = _parsed(raw) if request.content_type == "application/json" else None
        if isinstance(parsed, dict):
            return parsed
        self.world.blame("body", [Problem("", "not_json", "must be a JSON object, and say so")])
        raise refusal("BadSyntax", "The request content is not a JSON object.")

    async def _unknown(self, _request: web.Request) -> web.StreamResponse:
        self.world.blame("route", [Problem("", "unknown_route", "must be a call that the connector has")])
        return web.json_response({"message": "No HTTP resource was found that matches the request."}, status=404)

    def _record(self, method: str, *, body: Json, reply: Reply, started: float) -> None:
        world = self.world
        seconds = world.monotonic() - started
        answer = reply.body or {}
        world.wire.exchanges.append(
            Exchange(world.now(), Direction.TO_PLATFORM, method, reply.status, seconds, body=body, answer=answer)
        )
        world.changed.announce(Topic.WIRE)


def _peer(request: web.Request) -> tuple[str, int]:
    """The bot's end of the connection."""
    host, port = (request.transport.get_extra_info("peername") if request.transport else None) or ("", 0)
    return host, port


def _parsed(raw: bytes) -> object:
    try:
        parsed: object = json.loads(raw)
    except ValueError:
        return None
    return parsed
