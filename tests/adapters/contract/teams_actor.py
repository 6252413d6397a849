"""A person at Teams' client."""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from adapters.playground.entries import ENTRIES
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_desk import Desk, Shown, Surface
from adapters.playground.teams_inputs import Spot, held_by, spots
from adapters.playground.teams_line import Answer
from adapters.playground.teams_people import Json
from adapters.playground.teams_person import TeamsPerson
from adapters.playground.teams_screen import find_button, find_field, shown_text
from adapters.playground.teams_world import Dialog
from tests.adapters.contract.backstage import is_door
from tests.adapters.contract.stage import Actor, Value, Way, carried

ACTIONS = {label: entry for entry, label in ENTRIES.items()}
VANISHED = "OpenWhatIsNoMore:0000000000000000000000"
_HINT = " · "  # stands between a choice and what explains it


@dataclass
class TeamsActor:
    """``settle`` waits until the service has nothing left to do.

    ``unasked`` are the messages that the bot sent by itself; ``leads_to`` follows a link to a message.
    """

    person: TeamsPerson
    settle: Callable[[], Awaitable[None]]
    unasked: set[str]
    leads_to: Callable[[str], str]
    heard: set[str] = field(default_factory=set)
    home: str | None = None
    last_words: str = ""  # of a dialog that was only a sentence, and is closed now

    @property
    def name(self) -> str:
        return self.person.user.name

    @property
    def reads(self) -> str:
        return "\n".join(filter(None, [self.last_words, self.person.reads()]))

    @property
    def buttons(self) -> Sequence[str]:
        return [spot.label for spot in self._spots() if spot.is_button and not _closes_form(spot)]

    def sees(self, *words: str) -> None:
        absent = [each for each in words if each not in self.reads]
        assert not absent, f"{self.name} does not see {absent} in:\n{self.reads}"

    async def is_told(self, *words: str) -> None:
        self.sees(*words)
        await self.closes()

    def does_not_see(self, *words: str) -> None:
        there = [each for each in words if each in self.reads]
        assert not there, f"{self.name} sees {there} in:\n{self.reads}"

    def sees_nowhere(self, *words: str) -> None:
        everything = self.person.everything_seen()
        there = [each for each in words if each in everything]
        assert not there, f"{self.name} is shown {there}"

    def entered(self, field: str) -> Value:
        spot = self._field(field)
        held = held_by(spot, self._desk.entered_in(self._surface()).typed)
        if spot.kind != "Input.ChoiceSet":
            return held or None
        titles = [self._title(spot, value) for value in held.split(",") if value]
        return titles if spot.chooses_several else next(iter(titles), None)

    def still_has(self, field: str, words: str) -> None:
        spot = find_field(self._surface().card or {}, field)
        if spot is None:
            self.sees(words)
        else:
            assert self.entered(field) == words

    async def says(self, words: str, *, way: Way = Way.chat, where: str | None = None) -> None:
        await self.closes()  # a dialog covers the line for typing
        before = self._before()
        if way is Way.mention or where is not None:
            await self._done(self.person.mentions_bot(words, channel=where or "general"))
            self.person.looks_at()
        else:
            await self._done(self.person.says(words))
        await self._opens_door(before)

    async def presses(self, label: str, *, near: str | None = None) -> None:
        self._closes_sentence()
        before = self._before()
        await self._done(self.person.press(label, near=near))
        await self._opens_door(before)

    async def fills(self, field: str, value: Value) -> None:
        await self._done(self.person.fill(field, value, on=self._surface()))

    async def is_offered(self, field: str, letters: str) -> Sequence[str]:
        answer = await self.person.search_people(field, letters)
        assert answer.failure is None, answer.failure
        return [_without_hint(each["title"]) for each in answer.body["value"]["results"]]

    async def submits(self, *, forced: bool = False) -> None:
        self._closes_sentence()
        before = self._before()
        await self._done(self.person.submit(force=forced))
        await self._opens_door(before)

    async def closes(self) -> None:
        self._closes_sentence()
        if self.person.dialog is not None:
            await self.person.close_dialog()
        if self.person.chat is not None:
            self.person.looks_at()

    async def goes_home(self) -> None:
        await self.closes()
        await self.says("home")
        surface = self._surface()
        self.home = surface.message.id if isinstance(surface, Shown) else None

    async def looks_home(self) -> None:
        await self.closes()
        self.last_words = ""
        self.person.looks_at(message=self.home)

    async def writes(self, words: str, *, where: str) -> None:
        self.person.writes(words, conversation=where)

    async def picks_message(self, words: str, entry: str, *, where: str) -> None:
        await self.closes()
        there = [each for each in self.person.messages(where) if words in each.text]
        await self._done(self.person.message_action(ACTIONS[entry], there[-1]))

    def address_of(self, link: str) -> str:
        url = next(_links(self._surface().card, link), None)
        if url is None:
            raise NotOnScreen(link)
        return url

    def follows(self, link: str) -> str:
        return self.leads_to(self.address_of(link))

    def hears(self) -> Sequence[str]:
        new = [each for each in self.person.messages() if each.id in self.unasked - self.heard]
        self.heard |= {each.id for each in new}
        return ["\n".join(shown_text(card) for card in each.cards) for each in new]

    async def presses_as(self, other: Actor, label: str, *, near: str | None = None) -> None:
        self._alters_button(next(each for each in self._spots() if each.is_button), carried(other, label, near))
        await self._done(self.person.press(self.buttons[0]))

    def carries(self, label: str, *, near: str | None = None) -> str:
        spot = find_button(self._surface().card or {}, text=label, near=near)
        if spot is None:
            raise NotOnScreen(label)
        return str(spot.data["do"])

    async def does_again(self) -> None:
        mine = [each for each in self._desk.line.sent if each["from"]["aadObjectId"] == self.person.id]
        await self._done(self.person.forge(mine[-1]))

    def has_button_of_another_release(self, label: str) -> None:
        spot = find_button(self._surface().card or {}, text=label)
        if spot is None:
            raise NotOnScreen(label)
        self._alters_button(spot, VANISHED)

    def has_form_of_another_release(self) -> None:
        self._alters_button(next(each for each in self._spots() if each.data.get("sent")), VANISHED)

    async def blocks(self) -> None:
        self.person.blocks()

    async def unblocks(self) -> None:
        self.person.unblocks()

    @property
    def _desk(self) -> Desk:
        return self.person.desk

    def _surface(self) -> Surface:
        surface = self.person.surface()
        if surface is None:
            raise NotOnScreen("nothing is before them")
        return surface

    def _spots(self) -> list[Spot]:
        return list(spots(self._surface().card or {}))

    def _field(self, name: str) -> Spot:
        spot = find_field(self._surface().card or {}, name)
        if spot is None:
            labels = [each.label for each in self._spots() if each.is_input]
            raise NotOnScreen(f"no field {name!r}; there are {labels}")
        return spot

    def _title(self, spot: Spot, value: str) -> str:
        offered = [*spot.element.get("choices", ()), *self._desk.offered.get(spot.id, ())]
        return next(_without_hint(each["title"]) for each in offered if each["value"] == value)

    def _alters_button(self, spot: Spot, packed: str) -> None:
        surface, world = self._surface(), self._desk.world
        entered = self._desk.entered_in(surface)
        altered = {**spot.element, "data": {**spot.data, "do": packed}}
        card = _with(surface.card, spot.element, altered)
        if isinstance(surface, Dialog):
            self._desk.alter(surface, card)
        else:
            world.show_to(self.person.id, surface.message, card)
        for name, value in entered.typed.items():
            self._desk.types(self._surface(), name, value)

    def _closes_sentence(self) -> None:
        """Whoever has read a dialog of one sentence closes it before doing anything else."""
        dialog = self.person.dialog
        self.last_words = ""
        if dialog is not None and dialog.card is None:
            self.last_words = dialog.text or ""
            self._desk.world.open_dialog(self.person.id, None)

    def _before(self) -> str:
        self.last_words = ""
        surface = self.person.surface()
        return _print(surface) if isinstance(surface, Shown) else ""

    async def _done(self, deed: Awaitable[Answer]) -> None:
        answer = await deed
        assert answer.failure is None, f"the bot answered with {answer.failure} ({answer.status}) {answer.problems}"
        await self.settle()

    async def _opens_door(self, before: str) -> None:
        """What is typed cannot open a window, so the bot answers with a button that does."""
        surface = self.person.surface()
        if not isinstance(surface, Shown) or surface.card is None or _print(surface) == before:
            return
        button = find_button(surface.card)
        if button is not None and is_door(shown_text(surface.card)):
            await self._done(self.person.press_spot(surface, button))


def _print(shown: Shown) -> str:
    """Tells one state of a message from another."""
    return json.dumps([shown.message.id, shown.card])


def _closes_form(spot: Spot) -> bool:
    """Whether it is what a modal has of its own in Slack: its submit button and the way back."""
    return bool(spot.data.get("sent")) or spot.element.get("associatedInputs") == "none"


def _without_hint(title: str) -> str:
    return title.partition(_HINT)[0]


def _links(node: object, text: str) -> Iterator[str]:
    """The addresses of all links that show these words."""
    if isinstance(node, dict):
        link = node.get("selectAction") or {}
        if link.get("type") == "Action.OpenUrl" and node.get("text") == text:
            yield str(link["url"])
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _links(each, text)


def _with(node: object, old: Json, new: Json) -> Json:
    """The card with one element replaced: the very same object, not an equal one."""
    changed: Json = _changed(node, old, new)  # type: ignore[assignment]
    return changed


def _changed(node: object, old: Json, new: Json) -> object:
    if node is old:
        return new
    if isinstance(node, dict):
        return {key: _changed(part, old, new) for key, part in node.items()}
    return [_changed(part, old, new) for part in node] if isinstance(node, list) else node
