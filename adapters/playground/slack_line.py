"""The line from Slack to the bot: signed HTTP requests, or envelopes over Socket Mode."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.playground.changes import Topic
from adapters.playground.slack_people import Json
from adapters.playground.slack_rules import Problem
from adapters.playground.slack_socket import Sockets
from adapters.playground.slack_world import World
from adapters.playground.wire import Direction, Exchange

PATIENCE = 3.0  # seconds until Slack tells the person that the app did not answer
_FORM = "application/x-www-form-urlencoded"


class CallKind(StrEnum):
    """What is sent; the value is the envelope's type in Socket Mode."""

    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class Failure(StrEnum):
    """What Slack's client tells the person when the bot did not answer as it should."""

    TIMEOUT = "operation_timeout"
    DISPATCH = "dispatch_failed"
    INVALID_ANSWER = "invalid_answer"


@dataclass(frozen=True)
class Call:
    kind: CallKind
    name: str
    payload: Json = field(repr=False)

    def content(self) -> tuple[str, str]:
        """The body as Slack writes it, and its content type."""
        match self.kind:
            case CallKind.COMMAND:
                return urlencode(self.payload), _FORM
            case CallKind.INTERACTIVE:
                return urlencode({"payload": json.dumps(self.payload)}), _FORM
            case CallKind.EVENT:
                return json.dumps(self.payload), "application/json"


@dataclass(frozen=True)
class Answer:
    """What the bot answered: `status` is 0 when nothing was sent or nothing came back."""

    status: int = 0
    seconds: float = 0.0
    body: Json = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    failure: Failure | None = None
    problems: tuple[Problem, ...] = ()
    client_errors: Mapping[str, str] = field(default_factory=dict)  # what the client refused to send, by block

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.failure is None


@dataclass
class Line:
    """Sends to the bot's one address; `socket_mode` sends over the bot's sockets instead."""

    world: World
    sockets: Sockets
    session: ClientSession
    real_now: Callable[[], datetime]
    events_url: str = ""
    socket_mode: bool = False
    patience: float = PATIENCE

    def signed(self, body: str, *, timestamp: int | None = None, secret: str | None = None) -> dict[str, str]:
        """The two headers by which the bot knows that a body came from Slack."""
        at = int(self.real_now().timestamp()) if timestamp is None else timestamp
        key = (self.world.app.signing_secret if secret is None else secret).encode()
        digest = hmac.new(key, f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}

    async def send(self, call: Call, retry: tuple[int, str] | None = None) -> Answer:
        """Send a call as Slack does; `retry` is its number and reason."""
        started = self.world.monotonic()
        over_socket = self.socket_mode
        answer = await (self._by_socket(call, retry) if over_socket else self._by_http(call, retry))
        self._record(call, answer, started)
        return answer

    async def raw(self, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        """Send anything at all."""
        started = self.world.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                async with self.session.post(self.events_url, data=body, headers=dict(headers)) as response:
                    text = await response.text()
                    seconds = self.world.monotonic() - started
                    return _read(response.status, response.content_type, text, seconds)
        except TimeoutError:
            return Answer(seconds=self.world.monotonic() - started, failure=Failure.TIMEOUT)
        except ClientError:
            return Answer(seconds=self.world.monotonic() - started, failure=Failure.DISPATCH)

    async def _by_http(self, call: Call, retry: tuple[int, str] | None) -> Answer:
        body, content_type = call.content()
        headers = {"Content-Type": content_type, **self.signed(body), **_retry_headers(retry)}
        return await self.raw(body, headers)

    async def _by_socket(self, call: Call, retry: tuple[int, str] | None) -> Answer:
        started = self.world.monotonic()
        number, reason = retry or (0, "")
        extra: Json = {"retry_attempt": number, "retry_reason": reason} if call.kind is CallKind.EVENT else {}
        payload = await self.sockets.send(call.kind, call.payload, extra, self.patience)
        seconds = self.world.monotonic() - started
        if payload is None:
            return Answer(seconds=seconds, failure=Failure.TIMEOUT)
        return Answer(status=200, seconds=seconds, body=payload)

    def _record(self, call: Call, answer: Answer, started: float) -> None:
        world = self.world
        seconds = world.monotonic() - started
        world.wire.exchanges.append(
            Exchange(
                world.now(),
                Direction.TO_BOT,
                call.name,
                answer.status,
                seconds,
                body=call.payload,
                answer=answer.body,
            )
        )
        world.changed.announce(Topic.WIRE)


def session() -> ClientSession:
    return ClientSession(timeout=ClientTimeout(total=None))


def _retry_headers(retry: tuple[int, str] | None) -> dict[str, str]:
    return {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]} if retry else {}


def _read(status: int, content_type: str, text: str, seconds: float) -> Answer:
    if status != 200:
        return Answer(status, seconds, text=text, failure=Failure.DISPATCH)
    if not text:
        return Answer(status, seconds)
    if content_type != "application/json":
        return Answer(status, seconds, body={"text": text}, text=text)
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError:
        parsed = None
    if not isinstance(parsed, dict):
        return Answer(status, seconds, text=text, failure=Failure.INVALID_ANSWER)
    return Answer(status, seconds, body=parsed, text=text)
