"""A crawler at a platform's client: says every verb, presses every button it sees, fills every form, over real HTTP."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tests.proofs.crawler import PLAIN, TYPED, Fault, Words, corrected, shaped
from tests.proofs.hands import Blank, Hands, Kind, Press, Sheet

IN_VAIN, AS_TYPED = 0, 1
"""A form of each kind is sent first while nothing can be kept, then with words that a date is not; then corrected."""

A_FEW, ALL_THAT_WAITS = 3, 12
"""How many messages one has before them, and at first."""


@dataclass(frozen=True)
class Thoroughness:
    """How often one person presses a kind of button and sends a kind of form, and how far they go from each start."""

    presses: int
    forms: int
    steps: int


@dataclass(kw_only=True)
class ClientCrawler:
    """One person; ``settled`` looks at what is on everybody's screen after each deed, ``filled`` are the forms sent."""

    hands: Hands
    partners: Sequence[str]
    words: Words
    fault: Fault
    settled: Callable[[], Awaitable[None]]
    thoroughness: Thoroughness
    pressed: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)

    async def crawl(self, verbs: Sequence[str], *, where: str) -> None:
        """What waits in the chat, Home, a message's menu, and each verb: in the chat, and in a channel."""
        await self._does_what_does_not_last()
        await self._look_around(messages=ALL_THAT_WAITS)
        await self._from(self.hands.goes_home())
        await self._from(self.hands.picks_message(self.words("message", "quoted")))
        for number, verb in enumerate(verbs):
            typed = self.words("typed", "words")
            await self._from(self.hands.says(f"{verb} @{self._partner(number)} {typed}"))
            await self._from(self.hands.says(verb))
            for words in TYPED.get(verb, ()):
                await self._from(self.hands.says(f"{verb} @{self.partners[0]} {words}"))
            await self._from(self.hands.asks_elsewhere(verb, where=where))
        await self._from(self.hands.says(self.words("typed", "unknown")))

    async def _from(self, start: Awaitable[None]) -> None:
        self.pressed.clear()
        await self._does(start)
        await self._look_around()

    async def _does_what_does_not_last(self) -> None:
        """Before it drops what was promised, and changes who reports to whom."""
        await self._does(self.hands.goes_home())
        await self._presses_once("SetUp")
        self.hands.reads_chat()
        await self._presses_once("PostponeActionItem")

    async def _presses_once(self, kind: str) -> None:
        """A button of this kind, if there is one, and the form that it opens."""
        every = (press for sheet in self.hands.sheets(ALL_THAT_WAITS) for press in sheet.presses)
        press = next((press for press in every if press.kind == kind), None)
        if press is not None:
            await self._does(press.press())
            while (sheet := next(self.hands.sheets())).form and await self._sent(sheet):
                pass
        await self._back()

    async def _look_around(self, messages: int = A_FEW) -> None:
        """As far as buttons lead, and back again."""
        for _ in range(self.thoroughness.steps):
            if not await self._step(messages) and not await self.hands.steps_back():
                break
        await self._back()

    async def _back(self) -> None:
        while await self.hands.steps_back():
            pass

    async def _step(self, messages: int) -> bool:
        """One form or one press; False where there is nothing new."""
        for sheet in self.hands.sheets(messages):
            if await self._tried_in_vain(sheet) or await self._pressed(sheet) or await self._sent(sheet):
                return True
            if sheet.covers:
                break
        return False

    async def _tried_in_vain(self, sheet: Sheet) -> bool:
        return self.filled[sheet.form or ""] == IN_VAIN and await self._sent(sheet)

    async def _pressed(self, sheet: Sheet) -> bool:
        press = next((each for each in sheet.presses if self._is_new(each, sheet)), None)
        if press is None:
            return False
        self.pressed.add(press.packed)
        self.kinds[press.kind] += 1
        await self._does(press.press())
        return True

    async def _sent(self, sheet: Sheet) -> bool:
        if sheet.form is None or self.filled[sheet.form] >= self.thoroughness.forms:
            return False
        await self._send(sheet, sheet.form)
        return True

    def _is_new(self, press: Press, sheet: Sheet) -> bool:
        """Not pressed since the start, and not too often before; the only button of a message is a door."""
        is_door = len(sheet.presses) == 1 and not sheet.covers
        return press.packed not in self.pressed and (is_door or self.kinds[press.kind] < self.thoroughness.presses)

    async def _send(self, sheet: Sheet, form: str) -> None:
        turn = self.filled[form]
        typed = [await self._enter(form, blank, turn) for blank in sheet.blanks]
        self.filled[form] += 1
        self.fault(" ".join(typed) if turn == IN_VAIN else None)
        await self._does(self.hands.submits())
        self.fault(None)

    async def _enter(self, form: str, blank: Blank, turn: int) -> str:
        """What was typed."""
        value = self._value(form, blank, turn)
        if value is not None:
            await self.hands.enters(blank, value)
        return str(value)

    def _value(self, form: str, blank: Blank, turn: int) -> str | Sequence[str] | None:
        match blank.kind:
            case Kind.words if plain := PLAIN.get(form, {}).get(blank.name):
                return plain
            case Kind.words:
                said = shaped(blank.name, self.words(form, blank.name))
                return said if turn <= AS_TYPED else corrected(form, blank.name) or said
            case Kind.person:
                return self._partner(turn).title()
            case Kind.several:
                return blank.offered[: 1 + turn % 2]
            case Kind.choice:
                return blank.offered[turn % len(blank.offered)] if blank.offered else None

    def _partner(self, turn: int) -> str:
        return self.partners[turn % len(self.partners)]

    async def _does(self, deed: Awaitable[None]) -> None:
        await deed
        await self.settled()
