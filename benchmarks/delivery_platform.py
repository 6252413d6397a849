"""A platform that takes every message: an HTTP server in a process of its own, and the client that everybody uses."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.pace import UNLIMITED, Limits
from bot.views import Card

IN_FLIGHT = 100
"""Sends at the same time, for every contender; it is the most that we have under way into one workspace."""

BODY = json.dumps(
    {
        "channel": "U0ANA",
        "text": "A reminder",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "1-on-1 with Ben Okafor at 15:00"}},
            *({"type": "section", "text": {"type": "plain_text", "text": f"Item {each}"}} for each in range(3)),
            {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}}]},
        ],
    }
).encode()
_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_ACCEPTED = b'{"ok": true, "channel": "D0ANA", "ts": "1764000000.000100"}'


@asynccontextmanager
async def platform() -> AsyncIterator[str]:
    """Its address, while it runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.delivery_platform",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


class Post:
    """The same POST for everybody, over kept connections; ``sent`` counts those that were accepted."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self.sent = 0

    async def __call__(self) -> str:
        """The platform's id of the message."""
        async with self._session.post(self._url, data=BODY, headers=_HEADERS) as answer:
            said = json.loads(await answer.read())
        self.sent += 1
        return str(said["ts"])


@asynccontextmanager
async def posting(url: str) -> AsyncIterator[Post]:
    """A client of this platform."""
    connector = aiohttp.TCPConnector(limit=IN_FLIGHT)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield Post(url, session)


class Sends:
    """A Messenger that makes this POST, whatever is on the card."""

    limits: Limits = UNLIMITED

    def __init__(self, post: Post) -> None:
        self._post = post

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        del address, card, delivery
        return await self._post()

    async def find(self, *_: object, **__: object) -> str | None:
        return None


async def _accept(request: web.BaseRequest) -> web.StreamResponse:
    await request.read()
    return web.Response(body=_ACCEPTED, content_type="application/json")


async def _serve() -> None:
    """Until the other end of the standard input is closed."""
    runner = web.ServerRunner(web.Server(_accept))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/chat.postMessage", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(_serve())
