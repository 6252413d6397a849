"""What a story may do, in words that every platform knows: people, what is before them, and the clock."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

Value = str | Sequence[str] | None


class Way(StrEnum):
    """How words reach the bot."""

    chat = "chat"  # in the person's own chat with it
    command = "command"  # after the platform's slash
    mention = "mention"  # to the bot by name, in a channel


class Actor(Protocol):
    """One person at their client. What is not on the screen cannot be touched: that raises LookupError."""

    @property
    def name(self) -> str:
        """The whole name."""
        ...

    @property
    def reads(self) -> str:
        """All the words on the surface before them, what is wrong with a form included."""
        ...

    @property
    def buttons(self) -> Sequence[str]:
        """The labels of all buttons there."""
        ...

    def sees(self, *words: str) -> None:
        """Fails unless each of these is on the surface before them."""
        ...

    async def is_told(self, *words: str) -> None:
        """Fails unless the bot said this of a form that was sent, and closes every window."""
        ...

    def does_not_see(self, *words: str) -> None:
        """Fails if one of these is."""
        ...

    def sees_nowhere(self, *words: str) -> None:
        """Fails if one of these is anywhere on their screens, hidden parts included."""
        ...

    def entered(self, field: str) -> Value:
        """What a field holds now."""
        ...

    def still_has(self, field: str, words: str) -> None:
        """Fails unless what they typed into a field is still before them: in it, or to be copied from there."""
        ...

    async def says(self, words: str, *, way: Way = Way.chat, where: str | None = None) -> None:
        """Types words; a view that the platform opens only by a button is opened."""
        ...

    async def presses(self, label: str, *, near: str | None = None) -> None:
        """Presses the first such button at or below the words ``near``."""
        ...

    async def fills(self, field: str, value: Value) -> None:
        """Types into a field, or chooses its options by their words."""
        ...

    async def is_offered(self, field: str, letters: str) -> Sequence[str]:
        """The people whom a picker offers for these letters."""
        ...

    async def submits(self, *, forced: bool = False) -> None:
        """Sends the form; ``forced`` also sends what the client would have refused."""
        ...

    async def closes(self) -> None:
        """Closes every window and looks at the chat with the bot."""
        ...

    async def goes_home(self) -> None:
        """Closes every window and opens the bot's first screen."""
        ...

    async def looks_home(self) -> None:
        """Closes every window and looks at the first screen as it stands, without asking for it anew."""
        ...

    async def writes(self, words: str, *, where: str) -> None:
        """Writes to colleagues in a channel."""
        ...

    async def picks_message(self, words: str, entry: str, *, where: str) -> None:
        """Chooses an entry of ours from the menu of the message that has these words."""
        ...

    def address_of(self, link: str) -> str:
        """Where a link before them leads."""
        ...

    def follows(self, link: str) -> str:
        """The words of the chat message to which a link before them leads."""
        ...

    def hears(self) -> Sequence[str]:
        """The messages that the bot sent by itself since this was last asked."""
        ...

    async def presses_as(self, other: "Actor", label: str, *, near: str | None = None) -> None:
        """Sends, from their own account, just what the other would send with that button."""
        ...

    async def does_again(self) -> None:
        """The platform delivers their last input a second time."""
        ...

    async def blocks(self) -> None:
        """From now on the platform refuses what the bot writes to them by itself."""
        ...

    async def unblocks(self) -> None:
        """The platform lets it write to them again; they themselves say nothing."""
        ...

    def has_button_of_another_release(self, label: str) -> None:
        """The button before them now comes from a release that is gone."""
        ...

    def has_form_of_another_release(self) -> None:
        """The form before them now does."""
        ...


@runtime_checkable
class Carrier(Protocol):
    """Whoever has buttons before them: each carries what it does, packed in the same way on every platform."""

    def carries(self, label: str, *, near: str | None = None) -> str: ...


def carried(actor: Actor, label: str, near: str | None) -> str:
    """What a button before somebody carries."""
    assert isinstance(actor, Carrier)
    return actor.carries(label, near=near)


class Clock(Protocol):
    def advance(self, by: timedelta) -> None: ...


class Failure(StrEnum):
    """What becomes of the next message that the platform is sent."""

    lost = "drop"  # it is lost on its way
    unconfirmed = "accept_then_drop"  # it arrives, and the answer is lost
    refused = "api_error"  # it is not what the platform takes
    busy = "rate_limited"  # the platform takes no more for a second


class Stage(Protocol):
    """The whole service with its platform.

    Ana (Madrid) is Ben's manager; Ben is in New York, Cleo in Tokyo; Mia (Berlin) is an admin. It begins on Monday,
    23 November 2026, at nine in the morning UTC. Channel "general" has everybody and the bot, "support" Mia and the
    bot, "lounge" everybody without the bot.
    """

    @property
    def ana(self) -> Actor: ...
    @property
    def ben(self) -> Actor: ...
    @property
    def cleo(self) -> Actor: ...
    @property
    def mia(self) -> Actor: ...
    @property
    def guest(self) -> Actor:
        """Someone from outside whom the workspace lets in for one channel."""
        ...

    @property
    def clock(self) -> Clock: ...

    async def joins(self, handle: str, name: str) -> Actor:
        """A new colleague, of whom the platform has not told us."""
        ...

    async def leaves(self, actor: Actor) -> None:
        """A colleague leaves, and the platform tells us."""
        ...

    async def becomes(self, actor: Actor, *, name: str, email: str, zone: str) -> None:
        """A colleague is described otherwise from now on, and the platform tells us as it does such things."""
        ...

    async def expels_bot(self, where: str) -> None:
        """The bot is taken out of a channel."""
        ...

    async def delivers(self) -> None:
        """Sends all that is due."""
        ...

    def fails(self, failure: Failure) -> None:
        """Lets the next message that the bot starts come to this."""
        ...

    async def restarts(self) -> None:
        """Stops the service and starts it anew on the same database."""
        ...

    async def reads_in(self, where: str) -> str:
        """All that everybody can read in a channel."""
        ...
