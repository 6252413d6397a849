"""A real process, told to stop: for some seconds it sends people elsewhere, and still answers who comes."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.cli import LEAVING_SECONDS
from adapters.clock import new_id
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.slack.conftest import ANA

SERVE = "import sys; from adapters.cli import main; sys.exit(main(['serve']))"


@dataclass
class Served:
    process: asyncio.subprocess.Process
    url: str
    slack: SlackStandIn

    async def get(self, path: str) -> tuple[int, dict[str, object]]:
        async with ClientSession() as session, session.get(f"{self.url}{path}") as response:
            return response.status, await response.json()

    async def says(self, beginning: str) -> None:
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            while not (line := (await self.process.stdout.readline()).decode()).startswith(beginning):
                assert line, f"it ended before it said {beginning}"

    async def ended(self, *, within: float) -> float:
        """How many seconds it took."""
        began = time.monotonic()
        async with asyncio.timeout(within):
            await self.process.communicate()
        assert self.process.returncode == 0
        return time.monotonic() - began


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    def now() -> datetime:
        return datetime.now(UTC)

    async with SlackStandIn(
        users=[ANA], now=now, new_id=new_id, bot_token="xoxb-test", signing_secret="not-a-secret"
    ) as slack:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"],
            "ONEONONE_DATABASE_URL": f"sqlite:///{folder / 'serve.db'}",
            "ONEONONE_PORT": str(port),
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_SIGNING_SECRET": "not-a-secret",
            "SLACK_API_URL": slack.api_url,
        }
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SERVE, env=environment, stdout=pipe, stderr=pipe
        )
        served = Served(process, f"http://127.0.0.1:{port}", slack)
        slack.events_url = f"{served.url}/slack/events"
        try:
            await served.says("Connected to Slack.")
            yield served
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path) as running:
        yield running


async def test_it_leaves_before_it_stops_and_answers_meanwhile(served: Served) -> None:
    assert (await served.get("/readyz"))[0] == 200
    served.process.send_signal(signal.SIGTERM)
    await served.says("Leaving:")
    began = time.monotonic()
    assert await served.get("/readyz") == (503, {"stopping": True})
    assert await served.get("/livez") == (200, {"live": True})
    assert (await served.slack.person("U0ANA").command("/oneonone", "help")).ok
    await served.ended(within=LEAVING_SECONDS + 20)
    assert time.monotonic() - began >= LEAVING_SECONDS - 0.5


async def test_a_second_signal_cuts_the_wait_short(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    await served.says("Leaving:")
    served.process.send_signal(signal.SIGTERM)
    assert await served.ended(within=20) < LEAVING_SECONDS


async def test_ctrl_c_stops_at_once(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    await served.says("Stopping:")
    assert await served.ended(within=20) < LEAVING_SECONDS
