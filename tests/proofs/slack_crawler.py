"""A crawler at Slack's client: says every verb, presses every button it sees, fills every form, over real HTTP."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.playground.slack_inputs import Spot, spots
from adapters.playground.slack_line import Answer
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_screen import options_of
from adapters.playground.slack_view import View
from adapters.playground.slack_world import Message
from tests.proofs.crawler import CORRECTED, Words

COMMAND = "/oneonone"
STEPS_AFTER_A_WORD = 14


@dataclass(kw_only=True)
class SlackCrawler:
    """``settled`` waits for the service, and checks what is on the screen then."""

    person: SlackPerson
    partner: str
    words: Words
    settled: Callable[[Answer], Awaitable[None]]
    pressed: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    async def crawl(self, verbs: list[str]) -> None:
        """Each verb after the slash and in the chat, Home, and a message's menu."""
        for verb in verbs:
            for words in (verb, f"{verb} @{self.partner} {self.words('typed', 'words')}"):
                await self.settled(await self.person.command(COMMAND, words))
                await self._look_around()
            await self.settled(await self.person.says(f"{verb} {self.words('said', 'words')}"))
            await self._look_around()
        message = self.person.writes(self.words("message", "quoted"), channel=self.person.dm)
        await self.settled(await self.person.message_shortcut("add_to_oneonone", message))
        await self._look_around()
        await self.settled(await self.person.opens_home())
        await self._look_around()

    async def _look_around(self) -> None:
        for _ in range(STEPS_AFTER_A_WORD):
            if not await self._step():
                break
        while self.person.modal is not None:
            await self.settled(await self.person.close_modal())

    async def _step(self) -> bool:
        """One press or one form; False where there is nothing new."""
        surfaces = self.person._desk.surfaces()[:1]
        for surface in surfaces:
            if isinstance(surface, View) and await self._filled(surface):
                return True
            if await self._pressed(surface):
                return True
        return False

    async def _pressed(self, surface: View | Message) -> bool:
        for spot in spots(surface.blocks):
            packed = str(spot.element.get("value") or "")
            kind = packed.partition(":")[0]
            if spot.kind == "button" and packed not in self.pressed and self.kinds[kind] < 2:
                self.pressed.add(packed)
                self.kinds[kind] += 1
                block_id, action_id = spot.key
                await self.settled(await self.person.press(action_id=action_id, block_id=block_id, on=surface))
                return True
        return False

    async def _filled(self, view: View) -> bool:
        """A form of each kind is sent once with words that a date or a zone is not, and then corrected."""
        kind = f"form {view.title}"
        if "submit" not in view.payload or self.kinds[kind] > 1:
            return False
        self.kinds[kind] += 1
        for spot in spots(view.blocks):
            if spot.is_input:
                await self._enter(view, spot, correctly=self.kinds[kind] > 1)
        await self.settled(await self.person.submit())
        return True

    async def _enter(self, view: View, spot: Spot, *, correctly: bool) -> None:
        name = spot.key[0].split(".")[1]
        if spot.kind == "plain_text_input":
            words = self.words("form", name)
            said = CORRECTED.get(name.rstrip("0123456789"), words) if correctly else words
            await self.person.fill(spot.key[0], said, on=view)
        elif spot.kind == "external_select":
            await self.person.fill(spot.key[0], self.partner.title(), on=view)
        elif "initial_option" not in spot.element and spot.kind != "checkboxes":
            await self.person.fill(spot.key[0], options_of(spot.element)[0]["text"]["text"], on=view)
