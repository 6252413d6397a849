"""A crawler's hands at Slack's client, and what the bot sends there."""

import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.playground.slack_desk import Surface
from adapters.playground.slack_inputs import Spot, spots
from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import Json
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_screen import options_of
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.slack_view import View
from adapters.playground.wire import Direction, Exchange
from adapters.slack.parse_view import field_name
from tests.proofs.hands import Blank, Kind, Press, Sent, Sheet

COMMAND = "/oneonone"
ENTRY = "add_to_oneonone"
READ = ("text", "initial_value", "alt_text")
_KINDS = {
    "plain_text_input": Kind.words,
    "checkboxes": Kind.several,
    "external_select": Kind.person,
}


@dataclass(frozen=True)
class SlackHands:
    """Implements ``Hands``; ``settle`` waits until the service has nothing left to do."""

    person: SlackPerson
    settle: Callable[[], Awaitable[None]]

    @property
    def external_id(self) -> str:
        return self.person.id

    def sheets(self, messages: int = 3) -> Iterator[Sheet]:
        for surface in self.person._desk.surfaces()[:messages]:
            yield self._sheet(surface)

    def everything_seen(self) -> str:
        return self.person.everything_seen()

    async def says(self, words: str) -> None:
        await self._done(self.person.says(words))

    async def asks_elsewhere(self, words: str, *, where: str) -> None:
        await self._done(self.person.command(COMMAND, words, channel=where))

    def reads_chat(self) -> None:
        self.person.looks_at()

    async def goes_home(self) -> None:
        await self._done(self.person.opens_home())

    async def picks_message(self, words: str) -> None:
        message = self.person.writes(words, channel=self.person.dm)
        await self._done(self.person.message_shortcut(ENTRY, message))

    async def enters(self, blank: Blank, value: str | Sequence[str]) -> None:
        await self._done(self.person.fill(blank.key, value, on=self.person.modal))

    async def submits(self) -> None:
        await self._done(self.person.submit())

    def blocks(self) -> None:
        self.person._desk.world.blocked.add(self.person.id)

    def unblocks(self) -> None:
        self.person._desk.world.blocked.discard(self.person.id)

    async def steps_back(self) -> bool:
        if self.person.modal is None:
            return False
        await self._done(self.person.close_modal())
        return True

    def _sheet(self, surface: Surface) -> Sheet:
        every = list(spots(surface.blocks))
        presses = [self._press(surface, spot) for spot in every if spot.kind == "button"]
        if not isinstance(surface, View) or surface.is_home:
            return Sheet(presses)
        if "submit" not in surface.payload:
            return Sheet(presses, covers=True)
        submits = str(json.loads(surface.payload["private_metadata"])["s"])
        blanks = [_blank(spot) for spot in every if spot.is_input]
        return Sheet(presses, form=submits.partition(":")[0], blanks=blanks, covers=True)

    def _press(self, surface: Surface, spot: Spot) -> Press:
        async def press() -> None:
            block_id, action_id = spot.key
            await self._done(self.person.press(action_id=action_id, block_id=block_id, on=surface))

        return Press(str(spot.element.get("value") or ""), press)

    async def _done(self, deed: Awaitable[Answer]) -> None:
        answer = await deed
        assert answer.failure is None, f"the bot answered with {answer.failure} ({answer.status})"
        await self.settle()


def _blank(spot: Spot) -> Blank:
    name = field_name(spot.key[0])
    assert name is not None, "a field of nobody's"
    offered = [str(option["text"]["text"]) for option in options_of(spot.element)]
    return Blank(name, _KINDS.get(spot.kind, Kind.choice), spot.key[0], offered)


@dataclass
class WatchedSlack:
    """Implements ``Platform``."""

    slack: SlackStandIn
    settle: Callable[[], Awaitable[None]]
    exchanges: deque[Exchange] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.slack.world.wire.exchanges = self.exchanges  # none is forgotten before it was read

    def hands(self, name: str) -> SlackHands | None:
        known = next((user for user in self.slack.world.users.values() if user.name == name), None)
        return SlackHands(self.slack.person(known.id), self.settle) if known else None

    def drained(self) -> Iterator[Sent]:
        while self.exchanges:
            exchange = self.exchanges.popleft()
            payload = exchange.body if exchange.direction is Direction.TO_PLATFORM else exchange.answer
            readers = self._readers(payload) if exchange.direction is Direction.TO_PLATFORM else None
            previews = [str(payload.get("text"))] if exchange.method.startswith("chat.") else []
            whole = json.dumps(payload, ensure_ascii=False)
            yield Sent(readers, whole, [*_texts(payload)], previews)

    def complaints(self) -> Sequence[Any]:
        return self.slack.violations

    def _readers(self, body: Json) -> frozenset[str] | None:
        """Those to whom a call is addressed; a trigger, a view or a link for answers belongs to whoever acted."""
        world = self.slack.world
        alone = body.get("user_id") or body.get("user")
        if alone:
            return frozenset({str(alone)})
        place = str(body.get("channel") or "")
        if place in world.users:
            return frozenset({place})
        return frozenset(world.channels[place].members) - {world.app.bot_user} if place in world.channels else None


def _texts(payload: Any) -> Iterator[str]:
    """Every text that a person reads."""
    if isinstance(payload, list | tuple):
        for each in payload:
            yield from _texts(each)
    if isinstance(payload, Mapping):
        for key, value in payload.items():
            if key in READ and isinstance(value, str):
                yield value
            elif key == "errors" and isinstance(value, Mapping):
                yield from value.values()
            else:
                yield from _texts(value)
