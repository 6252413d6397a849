"""Socket Mode: the WebSocket over which Slack reaches a bot that has no public address."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from adapters.playground.changes import Changes, Topic
from adapters.playground.slack_people import Json

MOST_CONNECTIONS = 10  # docs.slack.dev/apis/events-api/using-socket-mode


@dataclass
class Sockets:
    """The bot's open sockets; each envelope goes to one of them, in turn."""

    new_id: Callable[[], str]
    changed: Changes
    app_id: str
    tickets: set[str] = field(default_factory=set)
    open: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    def new_address(self, host: str) -> str:
        ticket = self.new_id()
        self.tickets.add(ticket)
        return f"ws://{host}/link/{ticket}"

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/link/{ticket}", self._accept)]

    async def send(self, kind: str, payload: Json, extra: Json, patience: float) -> Json | None:
        """The payload of the bot's acknowledgement, or None when none came in time or nobody is connected."""
        if not self.open:
            return None
        socket = self.open[0]
        self.open.append(self.open.pop(0))
        envelope_id = self.new_id()
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, **extra}
        return await self._exchange(socket, envelope_id, envelope, patience)

    async def _exchange(
        self, socket: web.WebSocketResponse, envelope_id: str, envelope: Json, patience: float
    ) -> Json | None:
        self.waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json({**envelope, "accepts_response_payload": True})
            return await asyncio.wait_for(self.waiting[envelope_id], patience)
        except (TimeoutError, ConnectionError):
            return None
        finally:
            del self.waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every client to connect anew, as Slack does now and then, and close the sockets."""
        for socket in tuple(self.open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            await socket.close()

    async def _accept(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if ticket not in self.tickets or len(self.open) >= MOST_CONNECTIONS:
            return web.Response(status=404)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._converse(socket)
        return socket

    async def _converse(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(self._hello())
        self.open.append(socket)
        self.changed.announce(Topic.SOCKET)
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(frame.data))
        finally:
            self.open.remove(socket)
            self.changed.announce(Topic.SOCKET)

    def _hello(self) -> Json:
        facts = {"num_connections": len(self.open) + 1, "connection_info": {"app_id": self.app_id}}
        return {"type": "hello", **facts, "debug_info": {"host": "stand-in", "approximate_connection_time": 3600}}

    def _acknowledged(self, answer: Json) -> None:
        waiting = self.waiting.get(str(answer.get("envelope_id")))
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload") or {})
