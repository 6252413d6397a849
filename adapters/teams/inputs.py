"""What reaches us from Teams, in our own frozen values; ``parse`` makes them and nothing else reads activities."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from adapters.teams.place import Frame, Origin
from bot.entered import Entered
from bot.turn import Channel, Quoted

Json = dict[str, Any]


class Scope(StrEnum):
    """What kind of conversation something happens in."""

    personal = "personal"
    group = "groupChat"
    channel = "channel"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who acts, and where.

    ``account`` is the Entra object id, ``member`` what Teams calls it towards this bot, ``bot`` what it calls us.
    ``roster`` is the conversation that knows its members: in a channel that is the team's. ``kind`` is that of a
    channel: standard, private or shared. It, ``zone`` and ``language`` are what the client says, or empty.
    """

    account: str
    member: str
    scope: Scope
    conversation: str
    roster: str
    service_url: str
    bot: str
    kind: str = ""
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamsUser:
    """What the roster says about one account; ``is_colleague`` is false for bots, guests and strangers."""

    account: str
    member: str
    name: str
    handle: str
    email: str | None
    is_colleague: bool


@dataclass(frozen=True)
class Tagged:
    """Somebody who is mentioned: how the words show it, and who Teams says it is."""

    tag: str
    member: str
    name: str


@dataclass(frozen=True)
class Words:
    """What was typed, with the mentions of people still in it; the bot's own is cut out."""

    text: str
    tagged: tuple[Tagged, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words in the chat with the bot; ``activity`` is the message."""

    key: str
    sender: Sender
    activity: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Mentioned:
    """Words to the bot in a channel; ``channel`` is none in a group chat."""

    key: str
    sender: Sender
    activity: str
    channel: Channel | None
    words: Words


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button in a card, or a form in one that was ``sent``.

    ``waits`` says that the client shows our answer; an old one sends a message and wants a message.
    """

    key: str
    sender: Sender
    packed: str
    entered: Entered
    origin: Origin
    sent: bool
    waits: bool


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """A client asks by itself what a card shows now."""

    sender: Sender
    address: str
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A button that opens a dialog."""

    key: str
    sender: Sender
    packed: str
    entered: Entered
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class InDialog:
    """A button in a dialog: ``sent`` is its form's own, ``back`` leads to what was shown before.

    ``message`` is the one that stands for the dialog in a client that has none, or empty.
    """

    key: str
    sender: Sender
    packed: str
    entered: Entered
    frame: Frame
    sent: bool
    back: bool
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionUsed:
    """An entry in the menu of a message; ``quoted`` is that message, ``channel`` is none in a chat."""

    key: str
    sender: Sender
    command: str
    channel: Channel | None
    quoted: Quoted | None


@dataclass(frozen=True, kw_only=True)
class Searched:
    """Letters in a picker; ``dataset`` says what is picked."""

    sender: Sender
    dataset: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """The bot was added to a person's chat."""

    key: str
    sender: Sender


@dataclass(frozen=True, kw_only=True)
class TeamJoined:
    """The bot was added to a team or a group chat."""

    roster: str
    service_url: str


@dataclass(frozen=True, kw_only=True)
class MembersJoined:
    """People came into a team that the bot is in."""

    roster: str
    service_url: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MembersLeft:
    """People are no longer in a team that the bot is in."""

    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Left:
    """The bot was removed: from this account's chat, or from this channel."""

    external_id: str
    conversation: str


@dataclass(frozen=True)
class Unknown:
    """A question of the platform's that this bot does not answer."""


@dataclass(frozen=True)
class Ignored:
    """Nothing that asks for an answer."""


Incoming = (
    Said
    | Mentioned
    | Pressed
    | Refreshed
    | Opened
    | InDialog
    | ActionUsed
    | Searched
    | Arrived
    | TeamJoined
    | MembersJoined
    | MembersLeft
    | Left
    | Unknown
    | Ignored
)


@dataclass(frozen=True)
class Answer:
    """What the platform gets at once: a status, and a body where it asked a question."""

    status: int = 200
    body: Json | None = None
