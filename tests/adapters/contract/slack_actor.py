"""A person at Slack's client."""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from adapters.playground.entries import ENTRIES
from adapters.playground.slack_desk import Desk
from adapters.playground.slack_inputs import Spot, spots, state_of
from adapters.playground.slack_line import Answer, Call, CallKind
from adapters.playground.slack_people import Json
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_screen import NotOnScreen, button_labels, find_field, find_spot, label, shown_text
from adapters.playground.slack_view import View
from adapters.playground.slack_views import put
from adapters.playground.slack_world import Message
from adapters.playground.wire import Direction
from tests.adapters.contract.backstage import is_door
from tests.adapters.contract.stage import Actor, Value, Way, carried

COMMAND = "/oneonone"
DELIVERY = "oneonone_delivery"
SHORTCUTS = {label: entry for entry, label in ENTRIES.items()}
VANISHED = "OpenWhatIsNoMore:0000000000000000000000"
_WHOLE = ("value", "selected_option", "selected_options")


@dataclass
class SlackActor:
    """``settle`` waits until the service has nothing left to do.

    ``leads_to`` follows a link to a message.
    """

    person: SlackPerson
    settle: Callable[[], Awaitable[None]]
    leads_to: Callable[[str], str]
    heard: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.person.user.real_name

    @property
    def reads(self) -> str:
        return self.person.reads()

    @property
    def buttons(self) -> Sequence[str]:
        return button_labels(self._surface().blocks)

    def sees(self, *words: str) -> None:
        absent = [each for each in words if each not in self.reads]
        assert not absent, f"{self.name} does not see {absent} in:\n{self.reads}"

    async def is_told(self, *words: str) -> None:
        await self.closes()
        self.sees(*words)

    def does_not_see(self, *words: str) -> None:
        there = [each for each in words if each in self.reads]
        assert not there, f"{self.name} sees {there} in:\n{self.reads}"

    def sees_nowhere(self, *words: str) -> None:
        everything = self.person.everything_seen()
        there = [each for each in words if each in everything]
        assert not there, f"{self.name} is shown {there}"

    def entered(self, field: str) -> Value:
        surface, spot = self._surface(), self._field(field)
        state = state_of(spot, surface.typed if isinstance(surface, View) else {})
        held = next((state[key] for key in _WHOLE if key in state), None)
        if isinstance(held, list):
            return [str(each["text"]["text"]) for each in held]
        return str(held["text"]["text"]) if isinstance(held, dict) else held

    def still_has(self, field: str, words: str) -> None:
        assert self.entered(field) == words

    async def says(self, words: str, *, way: Way = Way.chat, where: str | None = None) -> None:
        match way:
            case Way.chat:
                await self._done(self.person.says(words))
                await self._opens_door()
            case Way.command:
                await self._done(self.person.command(COMMAND, words, channel=where))
            case Way.mention:
                await self._done(self.person.mentions_bot(words, channel=where or "general"))
                await self._opens_door()

    async def presses(self, label: str, *, near: str | None = None) -> None:
        await self._done(self.person.press(label, near=near))

    async def fills(self, field: str, value: Value) -> None:
        surface = self._surface()
        await self._done(self.person.fill(field, value, on=surface))

    async def is_offered(self, field: str, letters: str) -> Sequence[str]:
        answer = await self.person.search_options(field, letters)
        assert answer.failure is None, answer.failure
        return [str(each["text"]["text"]) for each in answer.body.get("options", ())]

    async def submits(self, *, forced: bool = False) -> None:
        await self._done(self.person.submit(force=forced))

    async def closes(self) -> None:
        if self.person.modal is not None:
            await self._done(self.person.close_all_modals())
        self.person.looks_at()

    async def goes_home(self) -> None:
        await self.closes()
        await self._done(self.person.opens_home())

    async def looks_home(self) -> None:
        await self.closes()
        self._desk.looking_at = None

    async def writes(self, words: str, *, where: str) -> None:
        self.person.writes(words, channel=where)

    async def picks_message(self, words: str, entry: str, *, where: str) -> None:
        there = [each for each in self.person.messages(where) if words in each.text]
        await self._done(self.person.message_shortcut(SHORTCUTS[entry], there[-1]))

    def address_of(self, link: str) -> str:
        url = next(_links(list(self._surface().blocks), link), None)
        if url is None:
            raise NotOnScreen(link)
        return url

    def follows(self, link: str) -> str:
        return self.leads_to(self.address_of(link))

    def hears(self) -> Sequence[str]:
        new = [each for each in self.person.messages() if _by_itself(each) and each.ts not in self.heard]
        self.heard |= {each.ts for each in new}
        return [shown_text(each.blocks) for each in new]

    async def presses_as(self, other: Actor, label: str, *, near: str | None = None) -> None:
        self._alters_button(next(each for each in self._spots() if each.kind == "button"), carried(other, label, near))
        await self._done(self.person.press(action_id=None, text=self.buttons[0]))

    def carries(self, label: str, *, near: str | None = None) -> str:
        spot = find_spot(self._surface().blocks, text=label, near=near)
        if spot is None:
            raise NotOnScreen(label)
        return str(spot.element["value"])

    async def does_again(self) -> None:
        last = [
            each
            for each in self._desk.world.wire.exchanges
            if each.direction is Direction.TO_BOT and self.person.id in json.dumps(each.body)
        ][-1]
        await self._done(self._desk.line.send(Call(_kind(last.body), last.method, last.body)))

    async def blocks(self) -> None:
        self._desk.world.blocked.add(self.person.id)

    async def unblocks(self) -> None:
        self._desk.world.blocked.discard(self.person.id)

    def has_button_of_another_release(self, label: str) -> None:
        spot = find_spot(self._surface().blocks, text=label)
        if spot is None:
            raise NotOnScreen(label)
        self._alters_button(spot, VANISHED)

    def has_form_of_another_release(self) -> None:
        view = self._surface()
        assert isinstance(view, View)
        frame = {**json.loads(view.payload["private_metadata"]), "s": VANISHED}
        put(self._desk.world, replace(view, payload={**view.payload, "private_metadata": json.dumps(frame)}))

    @property
    def _desk(self) -> Desk:
        return self.person._desk

    def _surface(self) -> View | Message:
        surfaces = self._desk.surfaces()
        if not surfaces:
            raise NotOnScreen("nothing is before them")
        return surfaces[0]

    def _spots(self) -> list[Spot]:
        return list(spots(self._surface().blocks))

    def _field(self, name: str) -> Spot:
        spot = find_field(self._surface().blocks, name)
        if spot is None:
            raise NotOnScreen(f"no field {name!r}; there are {[label(each) for each in self._spots()]}")
        return spot

    def _alters_button(self, spot: Spot, value: str) -> None:
        surface, world = self._surface(), self._desk.world
        altered = {**spot.element, "value": value}
        blocks = [_with(block, spot.element, altered) for block in surface.blocks]
        if isinstance(surface, View):
            put(world, replace(surface, payload={**surface.payload, "blocks": blocks}))
        else:
            world.put(replace(surface, blocks=tuple(blocks)))

    async def _done(self, deed: Awaitable[Answer]) -> None:
        answer = await deed
        assert answer.failure is None, f"the bot answered with {answer.failure} ({answer.status})"
        await self.settle()

    async def _opens_door(self) -> None:
        """What is typed cannot open a window, so the bot answers with a button that does."""
        surface = self._surface()
        if not isinstance(surface, View) and is_door(shown_text(surface.blocks)):
            await self._done(self.person.press(button_labels(surface.blocks)[0], on=surface))


def _links(node: object, text: str) -> Iterator[str]:
    """The addresses of all links that show these words."""
    if isinstance(node, dict) and node.get("type") == "link" and node.get("text") == text:
        yield str(node["url"])
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _links(each, text)


def _by_itself(message: Message) -> bool:
    return (message.metadata or {}).get("event_type") == DELIVERY


def _kind(body: Json) -> CallKind:
    if "command" in body:
        return CallKind.COMMAND
    return CallKind.EVENT if body.get("type") == "event_callback" else CallKind.INTERACTIVE


def _with(block: Json, old: Json, new: Json) -> Json:
    elements = block.get("elements")
    if block["type"] != "actions" or not isinstance(elements, list):
        return block
    return {**block, "elements": [new if each is old else each for each in elements]}
