"""A crawler's hands at Teams' client, and what the bot sends there."""

import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.playground.teams_desk import Surface
from adapters.playground.teams_inputs import Spot, spots
from adapters.playground.teams_line import Answer
from adapters.playground.teams_people import Json
from adapters.playground.teams_person import TeamsPerson, handle
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import Dialog
from adapters.playground.wire import Direction, Exchange
from adapters.teams.parse_values import FIELD, TICKS
from tests.proofs.hands import Blank, Kind, Press, Sent, Sheet

ENTRY = "add_to_oneonone"
HOME = "home"
READ = ("text", "title", "label", "placeholder", "errorMessage", "fallbackText", "altText", "summary", "speak")
UNREAD = ("data", "msteams", "refresh", "choices.data")


@dataclass(frozen=True)
class TeamsHands:
    """Implements ``Hands``; ``settle`` waits until the service has nothing left to do."""

    person: TeamsPerson
    settle: Callable[[], Awaitable[None]]

    @property
    def external_id(self) -> str:
        return self.person.id

    def sheets(self, messages: int = 3) -> Iterator[Sheet]:
        for surface in self.person.desk.surfaces()[:messages]:
            yield self._sheet(surface)

    def everything_seen(self) -> str:
        return self.person.everything_seen()

    async def says(self, words: str) -> None:
        await self._done(self.person.says(words))

    async def asks_elsewhere(self, words: str, *, where: str) -> None:
        await self._done(self.person.mentions_bot(words, channel=where))
        self.person.looks_at()

    def reads_chat(self) -> None:
        self.person.looks_at()

    async def goes_home(self) -> None:
        await self.says(HOME)

    async def picks_message(self, words: str) -> None:
        assert self.person.chat is not None, "the app is not installed"
        message = self.person.writes(words, conversation=self.person.chat)
        await self._done(self.person.message_action(ENTRY, message))

    async def enters(self, blank: Blank, value: str | Sequence[str]) -> None:
        await self._done(self.person.fill(blank.key, value))

    async def submits(self) -> None:
        await self._done(self.person.submit())

    def blocks(self) -> None:
        self.person.blocks()

    def unblocks(self) -> None:
        self.person.unblocks()

    async def steps_back(self) -> bool:
        dialog = self.person.dialog
        if dialog is None:
            return False
        back = next((spot for spot in spots(dialog.card or {}) if spot.data.get("back")), None)
        if back is None:
            await self.person.close_dialog()
        else:
            await self._done(self.person.press_spot(dialog, back))
        return True

    def _sheet(self, surface: Surface) -> Sheet:
        every = list(spots(surface.card or {}))
        sends = next((spot for spot in every if spot.data.get("sent")), None)
        presses = [self._press(surface, spot) for spot in every if spot.is_button and spot is not sends]
        blanks = [_blank(spot) for spot in every if spot.is_input]
        form = str(sends.data["do"]).partition(":")[0] if sends else None
        return Sheet(presses, form=form, blanks=blanks, covers=isinstance(surface, Dialog))

    def _press(self, surface: Surface, spot: Spot) -> Press:
        async def press() -> None:
            # As in Slack, a button in a form leaves it to the form's own to insist on what is required.
            await self._done(self.person.press_spot(surface, spot, force=True))

        return Press(str(spot.data.get("do") or ""), press)

    async def _done(self, deed: Awaitable[Answer]) -> None:
        answer = await deed
        assert answer.failure is None, f"the bot answered with {answer.failure} ({answer.status}) {answer.problems}"
        await self.settle()


def _blank(spot: Spot) -> Blank:
    several = spot.id.startswith(TICKS)
    name = spot.id.removeprefix(TICKS if several else FIELD)
    offered = [str(choice["title"]) for choice in spot.element.get("choices", ())]
    if spot.kind == "Input.Text":
        return Blank(name, Kind.words, spot.id)
    kind = Kind.several if several else Kind.person if spot.dataset else Kind.choice
    return Blank(name, kind, spot.id, offered)


@dataclass
class WatchedTeams:
    """Implements ``Platform``."""

    teams: TeamsStandIn
    settle: Callable[[], Awaitable[None]]
    exchanges: deque[Exchange] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.teams.world.wire.exchanges = self.exchanges  # none is forgotten before it was read

    def hands(self, name: str) -> TeamsHands | None:
        known = next((user for user in self.teams.world.users.values() if handle(user) == name), None)
        return TeamsHands(self.teams.person(known.id), self.settle) if known else None

    def drained(self) -> Iterator[Sent]:
        while self.exchanges:
            exchange = self.exchanges.popleft()
            sends = exchange.direction is Direction.TO_PLATFORM
            if exchange.method == "token":
                continue
            payload = exchange.body if sends else exchange.answer
            readers = self._readers(exchange.answer) if sends else None
            texts = [*_texts(payload), *_answered(payload)]
            yield Sent(readers, json.dumps(payload, ensure_ascii=False), texts, [*_previews(payload)] if sends else ())

    def complaints(self) -> Sequence[Any]:
        return self.teams.violations

    def _readers(self, answer: Json) -> frozenset[str]:
        """The members of the conversation in which a message was written or changed; nobody where it was refused."""
        world, message = self.teams.world, str(answer.get("id") or "")
        place = next((place for place, said in world.messages.items() if message in said), None)
        return frozenset(world.conversations[place].members) if place else frozenset()


def _previews(message: Json) -> Iterator[str]:
    """What stands for a message where its card does not fit."""
    yield from (str(message.get(key) or "") for key in ("summary", "text"))
    yield from (str(each["content"].get("fallbackText") or "") for each in message.get("attachments", ()))


def _answered(payload: Json) -> Iterator[str]:
    """The one sentence with which a press or a form is answered."""
    for answer in (payload, payload.get("task") or {}):
        if isinstance(answer.get("value"), str):
            yield answer["value"]


def _texts(part: Any) -> Iterator[str]:
    """Every text that a person reads on a card, or in what carries it; what runs on is one text."""
    if isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)
    if not isinstance(part, Mapping):
        return
    if part.get("type") == "RichTextBlock":
        yield "".join(run if isinstance(run, str) else str(run["text"]) for run in part["inlines"])
        return
    yield from (part[key] for key in READ if isinstance(part.get(key), str))
    if part.get("type") == "Input.Text" and part.get("value"):
        yield part["value"]
    yield from (str(fact["value"]) for fact in part.get("facts", ()))
    for key, value in part.items():
        if key not in UNREAD:
            yield from _texts(value)
