"""The tenant's state: conversations, messages, dialogs, and for whom the app is installed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from adapters.playground.changes import Changes, Topic
from adapters.playground.faults import Faults
from adapters.playground.rules_core import Problem
from adapters.playground.teams_people import Json, Team, TeamsBot, TeamsTenant, TeamsUser, opaque
from adapters.playground.teams_rates import Rates
from adapters.playground.wire import Wire

BOT = "bot"  # the author of what the bot wrote
CARD = "application/vnd.microsoft.card.adaptive"


class Kind(StrEnum):
    """What sort of conversation; the values are Microsoft's."""

    PERSONAL = "personal"
    CHANNEL = "channel"
    GROUP = "groupChat"


@dataclass(frozen=True)
class Conversation:
    """A personal chat with the bot, a channel, or a chat among people; `members` are Entra object ids."""

    id: str
    kind: Kind
    name: str
    members: tuple[str, ...]
    team: str | None = None


@dataclass(frozen=True)
class Message:
    """A message; `author` is an Entra object id or "bot", `reply_to` the message it answers."""

    conversation: str
    id: str
    author: str
    text: str = field(default="", repr=False)
    attachments: tuple[Json, ...] = field(default=(), repr=False)
    summary: str = field(default="", repr=False)
    reply_to: str | None = None
    edited: bool = False
    at: datetime | None = None

    @property
    def cards(self) -> tuple[Json, ...]:
        """The Adaptive Cards in it, as they were sent to everybody."""
        return tuple(each["content"] for each in self.attachments if each.get("contentType") == CARD)


@dataclass(frozen=True)
class Dialog:
    """What one person has open over the chat: a card, or a sentence when `text` is set.

    `conversation` and `activity` are where it was opened; `command` names the message action that did.
    """

    id: str
    conversation: str
    activity: str | None = None
    title: str = field(default="", repr=False)
    card: Json | None = field(default=None, repr=False)
    width: str | int = "medium"
    height: str | int = "medium"
    text: str | None = field(default=None, repr=False)
    command: str | None = None


@dataclass(frozen=True)
class Violation:
    """Something the bot sent that Teams would not take: where it was sent, and the first rule it broke."""

    where: str
    problem: Problem


@dataclass
class Traffic:
    """How much the bot asked of the connector: to prove one pool, one token, and sends side by side."""

    tokens_issued: int = 0
    key_fetches: int = 0
    connections: set[tuple[str, int]] = field(default_factory=set)
    in_flight: int = 0
    most_in_flight: int = 0

    @contextmanager
    def counted(self, peer: tuple[str, int]) -> Iterator[None]:
        """Count a call from this end of a connection while it is under way."""
        self.connections.add(peer)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        finally:
            self.in_flight -= 1


@dataclass
class World:
    """All state of one tenant. `now` dates messages; `monotonic` is real time, for rates and durations."""

    tenant: TeamsTenant
    app: TeamsBot
    users: dict[str, TeamsUser]
    teams: dict[str, Team]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    new_id: Callable[[], str]
    service_url: str = ""
    conversations: dict[str, Conversation] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)  # by conversation and id
    own_cards: dict[tuple[str, str, str], Json] = field(default_factory=dict)  # by person, conversation, message
    dialogs: dict[str, Dialog] = field(default_factory=dict)  # by person
    installed: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    teams_with_bot: set[str] = field(default_factory=set)
    changed: Changes = field(default_factory=Changes)
    faults: Faults = field(default_factory=Faults)
    wire: Wire = field(default_factory=Wire)
    traffic: Traffic = field(default_factory=Traffic)
    rates: Rates = field(default_factory=Rates)
    violations: list[Violation] = field(default_factory=list)
    last_millis: int = 0

    def __post_init__(self) -> None:
        self.teams_with_bot |= {team.id for team in self.teams.values() if team.has_bot}
        for team in self.teams.values():
            for channel in team.channels:
                place = Conversation(channel.id, Kind.CHANNEL, channel.name, team.members, team.id)
                self.conversations[channel.id] = place

    @property
    def connections(self) -> int:
        """How many connections the bot has opened to the connector since the start."""
        return len(self.traffic.connections)

    def next_id(self) -> str:
        """A message's id: the milliseconds of its time, later than any before."""
        self.last_millis = max(round(self.now().timestamp() * 1000), self.last_millis + 1)
        return str(self.last_millis)

    def user_of(self, member: str) -> TeamsUser | None:
        """The person behind a "29:" id or an Entra object id."""
        known = self.users.get(member)
        return known or next((user for user in self.users.values() if user.member == member), None)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id, which may also name a thread in it, or a team, which is its first channel."""
        place = conversation_id.partition(";messageid=")[0]
        team = self.teams.get(place)
        known = self.conversations.get(place)
        return known or (Conversation(place, Kind.CHANNEL, "", team.members, team.id) if team else None)

    def chat_of(self, user: str) -> Conversation | None:
        """A person's chat with the bot; None until the app was installed once."""
        return self.conversations.get(self._chat_id(user))

    def install(self, user: str) -> Conversation:
        """Install the app for a person; the chat is the same one each time."""
        self.installed.add(user)
        chat = Conversation(self._chat_id(user), Kind.PERSONAL, self.app.name, (user,))
        return self.conversations.setdefault(chat.id, chat)

    def uninstall(self, user: str) -> None:
        """Take the app away from a person; the chat and what is in it stay readable."""
        self.installed.discard(user)

    def has_bot(self, conversation: Conversation) -> bool:
        """Whether the app is installed where this conversation is."""
        if conversation.kind is Kind.PERSONAL:
            return conversation.members[0] in self.installed
        return conversation.team in self.teams_with_bot

    def put(self, message: Message) -> Message:
        """Add a message, or change the one with the same id, which everybody then sees anew."""
        self.messages.setdefault(message.conversation, {})[message.id] = message
        self._forget_own_cards(message)
        self._announce(message)
        return message

    def remove(self, message: Message) -> None:
        del self.messages[message.conversation][message.id]
        self._forget_own_cards(message)
        self._announce(message)

    def find(self, conversation: str, message: str) -> Message | None:
        return self.messages.get(conversation, {}).get(message)

    def seen(self, user: str, conversation: str) -> Iterator[Message]:
        """What one person sees in one conversation, oldest first."""
        place = self.conversations.get(conversation)
        if place is None or user not in place.members:
            return iter(())
        return iter(tuple(self.messages.get(conversation, {}).values()))

    def show_to(self, user: str, message: Message, card: Json) -> None:
        """Let one person see another card in a message: the answer to their press is theirs alone."""
        self.own_cards[user, message.conversation, message.id] = card
        self.changed.announce(Topic.MESSAGE, user)

    def cards_for(self, user: str, message: Message) -> tuple[Json, ...]:
        """The cards in a message as one person sees them."""
        own = self.own_cards.get((user, message.conversation, message.id))
        return message.cards if own is None else (own,)

    def open_dialog(self, user: str, dialog: Dialog | None) -> None:
        """Show a person this dialog instead of the one before; None closes it."""
        self.dialogs.pop(user, None)
        if dialog is not None:
            self.dialogs[user] = dialog
        self.changed.announce(Topic.MODAL, user)

    def blame(self, where: str, problems: Sequence[Problem]) -> None:
        self.violations.extend(Violation(where, problem) for problem in problems[:1])

    def _chat_id(self, user: str) -> str:
        return f"a:1{opaque(f'{self.app.app_id} {user}')}"

    def _forget_own_cards(self, message: Message) -> None:
        for user in self.users:
            self.own_cards.pop((user, message.conversation, message.id), None)

    def _announce(self, message: Message) -> None:
        place = self.conversations.get(message.conversation)
        alone = place.members[0] if place and place.kind is Kind.PERSONAL else None
        self.changed.announce(Topic.MESSAGE, alone)
