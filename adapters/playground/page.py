"""The playground's page: serves it, tells it what people see, and carries out what the visitor does."""

import asyncio
import json
from importlib.resources import files
from pathlib import Path

from aiohttp import web

from adapters.playground.faults import FaultKind
from adapters.playground.page_clock import Move
from adapters.playground.page_guard import Handler, add_headers, guard
from adapters.playground.page_intent import BadIntent, Intent
from adapters.playground.page_news import news
from adapters.playground.page_seats import Seat, Seats
from adapters.playground.page_stage import Stage, clock_json, stage_json
from adapters.playground.page_wire import wire_json
from adapters.playground.slack_screen import NotOnScreen

STATIC = Path(str(files("adapters.playground"))) / "static"
HEARTBEAT = 15.0  # seconds; finds readers who left
LATE = 5.0  # seconds; longer than either client waits for anything


class Page:
    """The routes; `application` is what an aiohttp runner serves."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._readers: set[asyncio.Task[None]] = set()

    def application(self) -> web.Application:
        app = web.Application(middlewares=[guard, explained], client_max_size=2**18)
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self._dismiss)
        app.add_routes(
            [
                web.get("/", _index),
                web.static("/static", STATIC),
                web.get("/api/stage", self._what),
                web.get("/api/state", self._state),
                web.get("/api/wire", self._wire),
                web.get("/api/clock", self._time),
                web.get("/api/changes", self._changes),
                web.post("/api/do", self._do),
                web.post("/api/clock", self._move),
                web.post("/api/faults", self._faults),
                web.post("/api/reset", self._reset),
            ]
        )
        return app

    async def _what(self, _request: web.Request) -> web.Response:
        return web.json_response(stage_json(self._stage))

    async def _state(self, request: web.Request) -> web.Response:
        seat = self._seat(request.query.get("seat", ""))
        return web.json_response({"seat": seat.name, **seat.screen()})

    async def _wire(self, _request: web.Request) -> web.Response:
        return web.json_response(wire_json(self._stage))

    async def _time(self, _request: web.Request) -> web.Response:
        return web.json_response(await clock_json(self._stage))

    async def _do(self, request: web.Request) -> web.Response:
        intent = await _intent(request)
        return web.json_response(await self._seat(intent.text("seat")).perform(intent))

    async def _move(self, request: web.Request) -> web.Response:
        move = (await _intent(request)).text("move")
        if move not in set(Move):
            raise BadIntent("the clock does not move like that")
        await self._stage.move(Move(move))
        return web.json_response(await clock_json(self._stage))

    async def _faults(self, request: web.Request) -> web.Response:
        intent = await _intent(request)
        waiting = {"slack": self._stage.slack.world.faults, "teams": self._stage.teams.world.faults}
        faults, kind = waiting.get(intent.text("platform")), intent.text("kind")
        if faults is None or kind not in set(FaultKind):
            raise BadIntent("nothing fails in that way")
        faults.add(intent.text("method"), kind, delay=LATE)
        return web.json_response({"ok": True})

    async def _reset(self, _request: web.Request) -> web.Response:
        await self._stage.reset()
        await self._dismiss()
        return web.json_response({"ok": True})

    def _seat(self, name: str) -> Seat:
        return Seats(self._stage).at(name)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """A line for each change, until the reader leaves or the stage is put up anew."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"retry: 500\n\n")
        reading = asyncio.create_task(self._tell(response))
        self._readers.add(reading)
        try:
            await asyncio.wait([reading])
        finally:
            self._readers.discard(reading)
            reading.cancel()
        return response

    async def _tell(self, response: web.StreamResponse) -> None:
        async with news(self._stage) as told:
            while True:
                try:
                    line = f"data: {json.dumps(await asyncio.wait_for(told.get(), HEARTBEAT))}\n\n"
                except TimeoutError:
                    line = ": still here\n\n"
                try:
                    await response.write(line.encode())
                except ConnectionError:
                    return

    async def _dismiss(self, _app: web.Application | None = None) -> None:
        """End all streams; a page that is still there connects again."""
        for reading in tuple(self._readers):
            reading.cancel()


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(STATIC / "index.html")


async def _intent(request: web.Request) -> Intent:
    try:
        parts = await request.json()
    except ValueError as error:
        raise BadIntent("that is not JSON") from error
    if not isinstance(parts, dict):
        raise BadIntent("that is not an object")
    return Intent(parts)


@web.middleware
async def explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say in words why something could not be done."""
    try:
        return await handler(request)
    except BadIntent as error:
        return web.json_response({"error": f"The playground did not understand: {error}."}, status=400)
    except NotOnScreen:
        return web.json_response({"error": "That is not there any more."}, status=409)
