"""The workspace's state: channels, messages, views, triggers and links for answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.playground.changes import Changes, Topic
from adapters.playground.faults import Faults
from adapters.playground.slack_people import Json, SlackApp, SlackChannel, SlackTeam, SlackUser
from adapters.playground.slack_rules import Problem
from adapters.playground.slack_tickets import Tickets
from adapters.playground.slack_view import View
from adapters.playground.wire import Wire


@dataclass(frozen=True)
class Message:
    """A message; `seen_by` names the one person who sees it when it is ephemeral."""

    channel: str
    ts: str
    user: str
    text: str = field(repr=False)
    blocks: tuple[Json, ...] = field(default=(), repr=False)
    bot_id: str | None = None
    seen_by: str | None = None
    metadata: Json | None = None
    client_msg_id: str | None = None
    edited: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return self.seen_by is not None


@dataclass(frozen=True)
class Violation:
    """Something the bot sent that Slack would not take: where it was sent, and the first rule it broke."""

    where: str
    problem: Problem


@dataclass
class World:
    """All state of one workspace. `now` dates messages; `monotonic` is real time, for what expires."""

    team: SlackTeam
    app: SlackApp
    users: dict[str, SlackUser]
    channels: dict[str, SlackChannel]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    new_id: Callable[[], str]
    tickets: Tickets
    changed: Changes = field(default_factory=Changes)
    faults: Faults = field(default_factory=Faults)
    wire: Wire = field(default_factory=Wire)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)  # by channel and timestamp
    modals: dict[str, list[View]] = field(default_factory=dict)  # by person, the top one last
    homes: dict[str, View] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # of finished installations: who installed
    blocked: set[str] = field(default_factory=set)  # people whom the bot may not write to by itself
    violations: list[Violation] = field(default_factory=list)
    last_micros: int = 0

    def next_ts(self) -> str:
        """A timestamp later than any before, though two things happen at the same moment."""
        self.last_micros = max(round(self.now().timestamp() * 1_000_000), self.last_micros + 1)
        return f"{self.last_micros // 1_000_000}.{self.last_micros % 1_000_000:06d}"

    def dm_of(self, user: str) -> SlackChannel:
        """The direct messages between a person and the bot."""
        known = f"D{user[1:]}"
        return self.channels.setdefault(known, SlackChannel(known, "directmessage", (user, self.app.bot_user)))

    def put(self, message: Message) -> Message:
        """Add a message, or change the one with the same timestamp."""
        self.messages.setdefault(message.channel, {})[message.ts] = message
        self.changed.announce(Topic.MESSAGE, message.seen_by)
        return message

    def remove(self, message: Message) -> None:
        del self.messages[message.channel][message.ts]
        self.changed.announce(Topic.MESSAGE, message.seen_by)

    def find(self, channel: str, ts: str) -> Message | None:
        """The lasting or ephemeral message with this timestamp."""
        return self.messages.get(channel, {}).get(ts)

    def seen(self, user: str, channel: str) -> Iterator[Message]:
        """What one person sees in one channel, oldest first."""
        return (each for each in self.messages.get(channel, {}).values() if each.seen_by in (None, user))

    def blame(self, where: str, problems: Sequence[Problem]) -> None:
        self.violations.extend(Violation(where, problem) for problem in problems[:1])


def message_json(world: World, message: Message) -> Json:
    """The message object as Slack puts it into answers and payloads."""
    facts: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    facts["team"] = world.team.id
    if message.bot_id:
        facts |= {"bot_id": message.bot_id, "app_id": world.app.id}
    if message.client_msg_id:
        facts["client_msg_id"] = message.client_msg_id
    if message.blocks:
        facts["blocks"] = list(message.blocks)
    if message.edited:
        facts["edited"] = {"user": message.user, "ts": message.ts}
    return facts
