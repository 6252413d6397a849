"""What every part of a person's client shares: the workspace, the line to the bot, and what is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from adapters.playground.changes import Topic
from adapters.playground.slack_inputs import Typed
from adapters.playground.slack_line import Answer, Call, CallKind, Failure, Line
from adapters.playground.slack_people import Json, SlackUser
from adapters.playground.slack_rules import Problem
from adapters.playground.slack_view import View
from adapters.playground.slack_world import Message, World

Surface = View | Message


@dataclass
class Desk:
    """`looking_at` is the open channel, or None for the Home tab; `failures` is what the client complained about."""

    world: World
    line: Line
    user: SlackUser
    base_url: str
    looking_at: str | None
    failures: list[Failure] = field(default_factory=list)
    typed_in_messages: dict[tuple[str, str], Typed] = field(default_factory=dict)
    offered: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    @property
    def modals(self) -> tuple[View, ...]:
        return tuple(self.world.modals.get(self.user.id, ()))

    @property
    def home(self) -> View | None:
        return self.world.homes.get(self.user.id)

    def answer_link(self, channel: str, ts: str | None = None) -> str:
        """A new response_url."""
        return f"{self.base_url}/answer/{self.world.tickets.link(self.user.id, channel, ts)}"

    async def interact(self, name: str, payload: Json, judge: Callable[[Json], tuple[Problem, ...]]) -> Answer:
        """Send an interaction; an answer that Slack would not take is a failure on the person's screen."""
        return await self.send(Call(CallKind.INTERACTIVE, name, payload), judge)

    async def send(self, call: Call, judge: Callable[[Json], tuple[Problem, ...]]) -> Answer:
        answer = await self.line.send(call)
        found = judge(answer.body) if answer.ok else ()
        self.world.blame(f"answer to {call.name}", found)
        if found:
            answer = replace(answer, failure=Failure.INVALID_ANSWER, problems=found)
        self._complain(answer)
        return answer

    def _complain(self, answer: Answer) -> None:
        if answer.failure is not None:
            self.failures.append(answer.failure)
            self.world.changed.announce(Topic.FAILURE, self.user.id)

    def surfaces(self) -> tuple[Surface, ...]:
        """What the person would look at for something to touch, the nearest first."""
        if self.modals:
            return self.modals[-1:]
        if self.looking_at is None:
            return (self.home,) if self.home else ()
        return tuple(reversed(list(self.world.seen(self.user.id, self.looking_at))))

    def current(self, surface: Surface) -> Surface:
        """The newest form of a surface that may have changed since it was looked up."""
        if isinstance(surface, Message):
            return self.world.find(surface.channel, surface.ts) or surface
        if surface.is_home:
            return self.home or surface
        return next((view for view in self.modals if view.id == surface.id), surface)


def anything_goes(_body: Json) -> tuple[Problem, ...]:
    """Slack does not read the answer to this."""
    return ()
