"""What every part of a person's client shares: the line to the bot, and what is on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from adapters.playground.changes import Topic
from adapters.playground.teams_inputs import Typed
from adapters.playground.teams_line import Answer, Failure, Line
from adapters.playground.teams_people import Json, TeamsUser
from adapters.playground.teams_world import Dialog, Message, World


@dataclass(frozen=True)
class Shown:
    """A message as one person sees it, with one of its cards."""

    message: Message
    card: Json | None = field(default=None, repr=False)


Surface = Dialog | Shown
Key = tuple[str, str]


@dataclass(frozen=True)
class Entered:
    """What was typed into one card, and what the client says is wrong with it."""

    card: Json | None = field(repr=False)
    typed: Typed = field(default_factory=dict, repr=False)
    wrong: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass
class Desk:
    """`looking_at` is the open conversation, `reading` the message in it that the person scrolled to.

    `notice` is the sentence that the client shows after a press; `failures` is what the client complained about.
    """

    line: Line
    user: TeamsUser
    looking_at: str
    reading: str | None = None
    notice: str | None = field(default=None, repr=False)
    failures: list[Failure] = field(default_factory=list)
    entered: dict[Key, Entered] = field(default_factory=dict)
    offered: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.line.world

    @property
    def dialog(self) -> Dialog | None:
        return self.world.dialogs.get(self.user.id)

    async def deliver(self, activity: Json) -> Answer:
        """Send it to the bot; what Teams would not take as an answer is a failure on the person's screen."""
        answer = await self.line.deliver(activity)
        if answer.failure is not None:
            self.fails(answer.failure)
        return answer

    def fails(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.world.changed.announce(Topic.FAILURE, self.user.id)

    def says(self, notice: str | None) -> None:
        """Show this sentence, or none."""
        self.notice = notice
        self.world.changed.announce(Topic.FAILURE, self.user.id)

    def surfaces(self) -> tuple[Surface, ...]:
        """What the person would look at for something to touch, the nearest first."""
        if self.dialog is not None:
            return (self.dialog,)
        messages = list(self.world.seen(self.user.id, self.looking_at))
        first = [each for each in messages if each.id == self.reading]
        return tuple(shown for each in (*first, *reversed(messages)) for shown in self.shown(each))

    def shown(self, message: Message) -> Iterator[Shown]:
        """The message once for each of its cards; once when it has none."""
        cards = self.world.cards_for(self.user.id, message)
        yield from [Shown(message, card) for card in cards] or [Shown(message)]

    def alter(self, dialog: Dialog, card: Json) -> None:
        """Put another card into the open dialog, as nobody but a test does."""
        self.world.open_dialog(self.user.id, replace(dialog, card=card))

    def current(self, surface: Surface) -> Surface:
        """The newest form of a surface that may have changed since it was looked up."""
        if isinstance(surface, Dialog):
            return self.dialog or surface
        message = self.world.find(*key_of(surface)) or surface.message
        return next((each for each in self.shown(message) if each.card == surface.card), next(self.shown(message)))

    def entered_in(self, surface: Surface) -> Entered:
        """What was typed into what is shown there now."""
        known = self.entered.get(key_of(surface))
        return known if known and known.card == surface.card else Entered(surface.card)

    def types(self, surface: Surface, name: str, value: str) -> None:
        was = self.entered_in(surface)
        wrong = {key: says for key, says in was.wrong.items() if key != name}
        self.entered[key_of(surface)] = Entered(surface.card, {**was.typed, name: value}, wrong)

    def complains(self, surface: Surface, wrong: Mapping[str, str]) -> None:
        """Show what the client has against the inputs."""
        was = self.entered_in(surface)
        self.entered[key_of(surface)] = Entered(surface.card, was.typed, wrong)
        self.world.changed.announce(Topic.MODAL, self.user.id)


def key_of(surface: Surface) -> Key:
    if isinstance(surface, Dialog):
        return "", surface.id
    return surface.message.conversation, surface.message.id
