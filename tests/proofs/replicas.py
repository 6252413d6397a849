"""Processes that serve one database together, are killed, and are started again as an operator's system would do it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_standin import TeamsStandIn

TOP = Path(__file__).parents[2]
KEY = b"k" * 32
LOOKS_AGAIN = 0.1
_RESTARTS_AFTER = 0.2
_STOPS_WITHIN = 30.0

Json = dict[str, Any]


@dataclass
class Replica:
    """One of them, in one life after another; its log is that of all its lives."""

    port: int
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    kills: int = 0
    deaths: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.proofs.replica", *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=TOP,
                env={**self.environment, "ONEONONE_PORT": str(self.port)},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    async def lives(self) -> None:
        """Started again, whatever it died of, until this is cancelled."""
        while True:
            if self.process is None:
                self.start()
            elif self.process.poll() is not None:
                self.buried()
                await asyncio.sleep(_RESTARTS_AFTER)
            await asyncio.sleep(LOOKS_AGAIN)

    def buried(self) -> int:
        """The exit code of the life that has ended."""
        process, self.process = self.process, None
        assert process is not None
        assert process.stdin is not None
        process.stdin.close()
        code = process.wait()
        self.deaths += code not in (0, -signal.SIGKILL)
        return code

    def kill(self) -> bool:
        """Whether there was a life to take."""
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.kill()
        self.kills += 1
        return True

    async def stop(self) -> tuple[int, float]:
        """Ask it to stop as an operator does: its exit code, and how many seconds it took."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self.process.wait, _STOPS_WITHIN)
        took = time.monotonic() - begun
        self.process.kill()
        return self.buried(), took

    def lines(self) -> Iterator[Json]:
        """What it has logged; the line in which it was killed is half a one."""
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else ():
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found


@dataclass
class Fleet:
    """All replicas of one installation."""

    replicas: Sequence[Replica]
    _alive: "list[asyncio.Task[None]]" = field(default_factory=list)

    @property
    def kills(self) -> int:
        return sum(replica.kills for replica in self.replicas)

    def start(self) -> None:
        self._alive = [asyncio.create_task(replica.lives()) for replica in self.replicas]

    async def leave_alone(self) -> None:
        """From now on none is started again."""
        for task in self._alive:
            task.cancel()
        await asyncio.gather(*self._alive, return_exceptions=True)
        self._alive = []

    async def end(self) -> None:
        """Whatever is still there is killed."""
        await self.leave_alone()
        for replica in self.replicas:
            if replica.process is not None:
                replica.process.kill()
                replica.buried()

    def lines(self) -> Iterator[Json]:
        for replica in self.replicas:
            yield from replica.lines()


def fleet(url: str, folder: Path, slack: SlackStandIn, teams: TeamsStandIn, *, size: int, admins: str) -> Fleet:
    """Replicas that are not started yet."""
    environment = {**_inherited(), **_settings(url, slack, teams), "ONEONONE_ADMINS": admins}
    arguments = [teams.login_url, teams.openid_url]
    ports = _free_ports(size)
    return Fleet([Replica(port, arguments, environment, folder / f"replica-{port}.log") for port in ports])


def _inherited() -> dict[str, str]:
    ours = ("ONEONONE_", "SLACK_", "MICROSOFT_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _settings(url: str, slack: SlackStandIn, teams: TeamsStandIn) -> dict[str, str]:
    bot, tenant = teams.world.app, teams.world.tenant
    return {
        "ONEONONE_DATABASE_URL": url,
        "ONEONONE_SECRET_KEYS": urlsafe_b64encode(KEY).decode(),
        "ONEONONE_HOST": "127.0.0.1",
        "SLACK_BOT_TOKEN": slack.world.app.bot_token,
        "SLACK_SIGNING_SECRET": slack.world.app.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "MICROSOFT_APP_ID": bot.app_id,
        "MICROSOFT_APP_PASSWORD": bot.password,
        "MICROSOFT_APP_TENANT_ID": tenant.id,
    }


def _free_ports(count: int) -> Sequence[int]:
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
