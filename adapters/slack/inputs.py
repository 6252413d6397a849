"""What reaches us from Slack, in our own frozen values; ``parse`` makes them and nothing else reads payloads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.place import AnswerLink, ChatMessage, Frame
from bot.entered import Entered
from bot.turn import Channel, Quoted

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SlackUser:
    """What Slack's directory says about one account; ``is_colleague`` is false for bots, guests and strangers.

    ``is_admin`` is true for the workspace's owners too. ``homes`` are the workspace and the Enterprise Grid
    organization that the account belongs to.
    """

    id: str
    homes: frozenset[str]
    name: str
    handle: str
    email: str | None
    zone: str
    language: str
    is_active: bool
    is_colleague: bool
    is_admin: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words in the direct messages with the bot."""

    key: str
    user: str
    channel: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Mentioned:
    """Words to the bot in a channel; ``channel`` is none in a group conversation."""

    key: str
    user: str
    place: str
    channel: Channel | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Commanded:
    """Words after the slash command."""

    key: str
    user: str
    words: str
    channel: Channel | None
    trigger: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Window:
    """A modal or Home as Slack sent it back.

    ``shell`` shows it again just as it is; ``fields`` are the block ids of its fields by their names.
    """

    id: str
    is_home: bool
    frame: Frame
    shell: Json = field(repr=False)
    previous: str | None = None
    root: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button; ``entered`` is what the fields around it hold, ``reply`` where a message's press can be answered."""

    key: str
    user: str
    packed: str
    entered: Entered
    trigger: str
    place: Window | ChatMessage | AnswerLink
    reply: str | None = None


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A form that was sent."""

    key: str
    user: str
    packed: str
    entered: Entered
    window: Window


@dataclass(frozen=True, kw_only=True)
class HomeOpened:
    """A look at the Home tab."""

    key: str
    user: str


@dataclass(frozen=True, kw_only=True)
class ShortcutUsed:
    """A shortcut; ``quoted`` is the message that it was used on, ``channel`` is none in a chat."""

    key: str
    user: str
    callback: str
    quoted: Quoted | None
    channel: Channel | None
    trigger: str
    reply: str | None


@dataclass(frozen=True, kw_only=True)
class Searched:
    """Letters in a people picker."""

    user: str
    query: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged:
    """News about an account from the directory."""

    user: SlackUser


@dataclass(frozen=True)
class Ignored:
    """Nothing that asks for an answer."""


Incoming = (
    Said | Mentioned | Commanded | Pressed | Submitted | HomeOpened | ShortcutUsed | Searched | ProfileChanged | Ignored
)
