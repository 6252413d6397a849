"""The line from Teams to the bot: signed activities, and what the bot answers to them in time."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.playground.changes import Topic
from adapters.playground.rules_core import Problem
from adapters.playground.teams_people import Json
from adapters.playground.teams_signing import Signer
from adapters.playground.teams_world import World
from adapters.playground.wire import Direction, Exchange

PATIENCE = 5.0  # seconds until Teams tells the person that the app did not answer
_ACCEPTED = (200, 201, 202)

AnswerRules = Callable[[str, int, object], Iterable[Problem]]  # of an invoke, by its name, status and body


class Failure(StrEnum):
    """What Teams's client tells the person when the bot did not answer as it should."""

    TIMEOUT = "unable_to_reach_app"
    DISPATCH = "something_went_wrong"
    INVALID_ANSWER = "invalid_answer"


@dataclass(frozen=True)
class Answer:
    """What the bot answered: `status` is 0 when nothing came back; `body` is {} when there was none."""

    status: int = 0
    seconds: float = 0.0
    body: Json = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    failure: Failure | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return self.status in _ACCEPTED and self.failure is None


@dataclass
class Line:
    """Sends to the bot's one address; `rules` say what is wrong with an answer to an invoke."""

    world: World
    session: ClientSession
    signer: Signer
    rules: AnswerRules
    messages_url: str = ""
    patience: float = PATIENCE
    sent: list[Json] = field(default_factory=list, repr=False)
    unanswered: list[Json] = field(default_factory=list, repr=False)

    async def deliver(self, activity: Json, *, rules: AnswerRules | None = None) -> Answer:
        """Send an activity as Microsoft does; what is not answered in time waits to be sent `again`.

        Microsoft sends once more by itself after 15 seconds. Sending the same activity twice is what it does then.
        """
        self.sent.append(activity)
        answer = self._judged(activity, await self._sent(activity), rules or self.rules)
        if answer.failure is Failure.TIMEOUT:
            self.unanswered.append(activity)
        return answer

    async def again(self) -> tuple[Answer, ...]:
        """Send once more each activity that was not answered in time; after that Microsoft gives up."""
        waiting, self.unanswered = self.unanswered, []
        return tuple([self._judged(each, await self._sent(each), self.rules) for each in waiting])

    async def raw(self, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        """Send anything at all."""
        started = self.world.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                async with self.session.post(self.messages_url, data=body, headers=dict(headers)) as response:
                    text = await response.text()
                    return _read(response.status, response.content_type, text, self.world.monotonic() - started)
        except TimeoutError:
            return Answer(seconds=self.world.monotonic() - started, failure=Failure.TIMEOUT)
        except ClientError:
            return Answer(seconds=self.world.monotonic() - started, failure=Failure.DISPATCH)

    async def _sent(self, activity: Json) -> Answer:
        answer = await self.raw(json.dumps(activity), self.signer.headers(activity))
        self._record(activity, answer)
        return answer

    def _judged(self, activity: Json, answer: Answer, rules: AnswerRules) -> Answer:
        if activity.get("type") != "invoke" or not answer.ok:
            return answer
        found = tuple(rules(str(activity["name"]), answer.status, answer.body or None))
        self.world.blame(f"answer to {_name(activity)}", found)
        return replace(answer, failure=Failure.INVALID_ANSWER, problems=found) if found else answer

    def _record(self, activity: Json, answer: Answer) -> None:
        world = self.world
        world.wire.exchanges.append(
            Exchange(
                world.now(),
                Direction.TO_BOT,
                _name(activity),
                answer.status,
                answer.seconds,
                body=activity,
                answer=answer.body,
            )
        )
        world.changed.announce(Topic.WIRE)


def session() -> ClientSession:
    return ClientSession(timeout=ClientTimeout(total=None))


def _name(activity: Json) -> str:
    return str(activity.get("name") or activity.get("type"))


def _read(status: int, content_type: str, text: str, seconds: float) -> Answer:
    if status not in _ACCEPTED:
        return Answer(status, seconds, text=text, failure=Failure.DISPATCH)
    if not text:
        return Answer(status, seconds)
    if content_type != "application/json":
        return Answer(status, seconds, text=text, failure=Failure.INVALID_ANSWER)
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError:
        parsed = None
    if not isinstance(parsed, dict):
        return Answer(status, seconds, text=text, failure=Failure.INVALID_ANSWER)
    return Answer(status, seconds, body=parsed, text=text)
