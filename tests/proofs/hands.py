"""What a crawler needs of somebody at a platform's client, in words that no platform has for itself."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Kind(StrEnum):
    """What is entered into a field."""

    words = "words"
    choice = "choice"
    several = "several"
    person = "person"


@dataclass(frozen=True)
class Blank:
    """A field: ``name`` is the engine's, ``key`` the client's, ``offered`` what can be chosen by its text."""

    name: str
    kind: Kind
    key: str
    offered: Sequence[str] = ()


@dataclass(frozen=True)
class Press:
    """A button, and the packed action that it carries."""

    packed: str
    press: Callable[[], Awaitable[None]]

    @property
    def kind(self) -> str:
        """The action's name."""
        return self.packed.partition(":")[0]


@dataclass(frozen=True)
class Sheet:
    """A modal, a dialog, a Home tab or a message; ``form`` is the name of the action that its form submits."""

    presses: Sequence[Press]
    form: str | None = None
    blanks: Sequence[Blank] = ()
    covers: bool = False


@dataclass(frozen=True)
class Sent:
    """Something that the bot sent: who sees it (None: whoever acted), its texts, and what a locked phone shows."""

    readers: frozenset[str] | None
    whole: str
    texts: Sequence[str]
    previews: Sequence[str] = ()


class Hands(Protocol):
    """One person at one client; each deed is over when the bot has answered, and fails when it answered badly."""

    @property
    def external_id(self) -> str:
        """The account that they act as."""
        ...

    def sheets(self, messages: int = 3) -> Iterator[Sheet]:
        """What is before them, the nearest first; so many messages at most."""
        ...

    def everything_seen(self) -> str:
        """All that their client shows or holds."""
        ...

    async def says(self, words: str) -> None:
        """Tell the bot in one's own chat."""
        ...

    async def asks_elsewhere(self, words: str, *, where: str) -> None:
        """The platform's other way of telling it, in a channel; what is typed may be read there."""
        ...

    def reads_chat(self) -> None:
        """Look at what the bot has written to one."""
        ...

    async def goes_home(self) -> None:
        """Look at what the bot keeps for one."""
        ...

    async def picks_message(self, words: str) -> None:
        """Write a message in one's own chat, and choose the bot's entry in its menu."""
        ...

    async def enters(self, blank: Blank, value: str | Sequence[str]) -> None:
        """Type or choose; people and options by their names."""
        ...

    async def submits(self) -> None:
        """Send the form."""
        ...

    def blocks(self) -> None:
        """From now on the platform refuses what the bot writes to them by itself."""
        ...

    def unblocks(self) -> None:
        """It no longer does."""
        ...

    async def steps_back(self) -> bool:
        """From a window to what is under it; False where there is no window."""
        ...


class Platform(Protocol):
    """A stand-in, as a crawler watches it."""

    def hands(self, name: str) -> Hands | None:
        """This person's, where they are on this platform."""
        ...

    def drained(self) -> Iterator[Sent]:
        """What the bot has sent since the last time."""
        ...

    def complaints(self) -> Sequence[Any]:
        """What the platform would have refused."""
        ...
