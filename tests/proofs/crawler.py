"""A crawler at the engine: presses every button it finds, and fills every form, as several people."""

from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.actions import Action, pack
from bot.engine import Engine, Input
from bot.enlisting import Enlisting
from bot.entered import Entered, Value
from bot.model.people import Account
from bot.ports import Unlisted
from bot.turn import Channel, Quoted
from bot.views import ChoiceField, Form, Notice, PersonField, TextField, TicksField, View
from tests.proofs.shown import buttons

PRESSES_OF_A_KIND = 3
WAYS_OF_FILLING = 3
CORRECTED = {
    "due": "friday",
    "zone": "Madrid",
    "query": "friday",
    "first": "friday",
    "last": "friday",
    "time": "14:00",
    "minutes": "30",
    "rule": "FREQ=WEEKLY;BYDAY=MO",
    "when": "friday 10:00",
    "next": "thursday 11:00",
    "begins": "09:00",
    "ends": "17:00",
    "country": "Germany",
}
"""What a field takes that refuses most words, by its name without numbers."""

CORRECTED_IN = {"MoveMeeting": {"when": "thursday 15:30"}, "SkipOrMove": {"when": "thursday 17:30"}}
"""The same, where two forms would be about the same moment."""

PUT_OFF = {"ArchiveConversation"}
"""What puts away a conversation waits until all that is about it was pressed."""

ALONE = frozenset({*CORRECTED.values(), *(words for form in CORRECTED_IN.values() for words in form.values())})
"""All that is typed so."""

QUOTED_AT = "https://example.com/archives/C1/p1"
"""Where the message stands that people pick."""

PLAIN = {
    "SavePerson": {"department": "Madrid", "country": "Germany", "location": "Berlin", "title": "Tokyo"},
    "SaveRollout": {"departments": " "},
    "SaveManager": {"manager": "ana"},
    "ReviewTopic": {"day": " ", "time": "09:00", "until": " ", "values0": " ", "values1": " "},
}
"""What is typed into fields that nobody writes their own words into: people are found by it, so it is not sealed."""

TYPED = {
    "schedule": ("every monday at 15:00 for 30 minutes", "FREQ=MONTHLY;BYDAY=2TU,-1FR at 16:00", "friday 8:00"),
    "move": ("thursday 12:30",),
}
"""What is typed after a verb that takes no other words."""


SHAPED = {"source": "# {0}\n{0}\n- {0}"}
"""How words stand in a field that takes a text of a certain shape, by its name without numbers."""


def shaped(field: str, words: str) -> str:
    """The words as this field takes them."""
    return SHAPED.get(field.rstrip("0123456789"), "{0}").format(words)


def corrected(form: str, field: str) -> str | None:
    """What this field takes, where it does not take any words."""
    name = field.rstrip("0123456789")
    return CORRECTED_IN.get(form, {}).get(name) or CORRECTED.get(name)


class Words(Protocol):
    """Makes the words that are typed into a field."""

    def __call__(self, where: str, field: str) -> str: ...


class Fault(Protocol):
    """Makes the next commit fail with an error that quotes these words; None makes it work again."""

    def __call__(self, words: str | None) -> None: ...


Look = Callable[["Visitor", View], Awaitable[None]]


@dataclass(kw_only=True)
class Visitor:
    """One person of the crawl: what they type, whom they choose, and what they have pressed."""

    name: str
    account: Account
    words: Words
    partner: str
    channel: Channel | None = None
    pressed: set[str] = field(default_factory=set)
    put_off: list[tuple[Action, Action | None]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)


@dataclass(kw_only=True)
class Crawler:
    """``look`` is called with each view; ``forms`` are the actions that led to a form."""

    engine: Engine
    look: Look
    from_message: Sequence[Action]
    fault: Fault
    presses: int = PRESSES_OF_A_KIND
    ways: int = WAYS_OF_FILLING
    forms: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    number: int = 0

    async def crawl(self, visitor: Visitor, messages: Iterable[View] = ()) -> None:
        """From Home, the bot's own messages, a message in a chat, and each verb, as far as buttons lead."""
        await self._follow(visitor, await self.say(visitor, self.engine.libraries["en"].verbs["home"][0]))
        for message in messages:
            await self._follow(visitor, message)
        quoted = Quoted(visitor.words("message", "quoted"), QUOTED_AT)
        for entry in self.from_message:
            await self._follow(visitor, await self.press(visitor, entry, quoted=quoted))
        for words in self.verbs(visitor):
            await self._follow(visitor, await self.say(visitor, words))

    async def _follow(self, visitor: Visitor, first: View) -> None:
        ahead = deque([first])
        while ahead:
            async for found in self._onwards(visitor, ahead.popleft()):
                ahead.append(found)
            while visitor.put_off and not ahead:
                action, at = visitor.put_off.pop(0)
                ahead.append(await self.press(visitor, action, at=at))

    def verbs(self, visitor: Visitor) -> Iterator[str]:
        """Each verb alone, with a person, and with words; then words that mean nothing."""
        ways_of = self.engine.libraries["en"].verbs
        # Archiving empties the list that the other verbs choose from.
        for name in sorted(self.engine.registry.verbs, key=lambda verb: verb == "archive"):
            ways = ways_of[name]
            typed = visitor.words(f"verb_{name}", "words")
            yield from (ways[0], f"{ways[0]} {visitor.partner}", f"{ways[0]} {visitor.partner} {typed}")
            yield from (f"{ways[0]} @{visitor.partner} {words}" for words in TYPED.get(name, ()))
        yield visitor.words("words", "unknown")

    async def say(self, visitor: Visitor, words: str) -> View:
        given = self._input(visitor)
        view = await self._asked(given, lambda: self.engine.say(given, words))
        return await self._seen(visitor, view)

    async def press(
        self,
        visitor: Visitor,
        action: Action,
        *,
        at: Action | None = None,
        entered: dict[str, Value] | None = None,
        quoted: Quoted | None = None,
    ) -> View:
        given = self._input(visitor, at=at, entered=entered, quoted=quoted)
        view = await self._asked(given, lambda: self.engine.press(given, pack(action)))
        self.actions.add(type(action).__name__)
        if isinstance(view, Form):
            self.forms.add(type(action).__name__)
        return await self._seen(visitor, view)

    async def _asked(self, given: Input, question: Callable[[], Awaitable[View]]) -> View:
        """The answer, after who is in a channel was told as an adapter does: whoever asks is there alone."""
        try:
            return await question()
        except Unlisted as channel:
            enlisting = Enlisting(self.engine.store, self.engine.now, self.engine.new_id)
            await enlisting.enlist(given.account, channel.external_id, [given.account.external_id])
        return await question()

    async def _onwards(self, visitor: Visitor, view: View) -> AsyncIterator[View]:
        if isinstance(view, Notice):
            return
        for action in self._wanted(visitor, view):
            entered = await self._entries(visitor, view, type(action).__name__) if isinstance(view, Form) else {}
            yield await self.press(visitor, action, at=view.address, entered=entered)
        if isinstance(view, Form):
            async for answer in self._submitted(visitor, view):
                yield answer

    def _wanted(self, visitor: Visitor, view: View) -> Iterator[Action]:
        """Where the view stands, for it can be refreshed, and what its buttons do, a few of each kind."""
        address = None if isinstance(view, Notice) else view.address
        for action in [*([address] if address else []), *(button.action for button in buttons(view))]:
            packed, kind = pack(action), type(action).__name__
            if packed not in visitor.pressed and visitor.kinds[kind] < self.presses:
                visitor.pressed.add(packed)
                visitor.kinds[kind] += 1
                if kind in PUT_OFF:
                    visitor.put_off.append((action, address))
                else:
                    yield action

    async def _submitted(self, visitor: Visitor, form: Form) -> AsyncIterator[View]:
        """A form sent a few times, each time filled in another way; what it refuses is corrected."""
        kind = type(form.submit).__name__
        if not visitor.filled[kind]:
            yield await self._in_vain(visitor, form, kind)
        while visitor.filled[kind] < self.ways:
            entered = await self._entries(visitor, form, kind)
            visitor.filled[kind] += 1
            answer = await self.press(visitor, form.submit, at=form.address, entered=entered)
            yield answer
            if isinstance(answer, Form) and answer.errors:
                better = {name: corrected(kind, name) or said for name, said in entered.items()}
                yield await self.press(visitor, form.submit, at=form.address, entered=better)

    async def _in_vain(self, visitor: Visitor, form: Form, kind: str) -> View:
        """A form that cannot be kept, because the database fails with the person's words in its error."""
        entered = await self._entries(visitor, form, kind)
        self.fault(str(entered))
        answer = await self.press(visitor, form.submit, at=form.address, entered=entered)
        self.fault(None)
        return answer

    async def _entries(self, visitor: Visitor, form: Form, kind: str) -> dict[str, Value]:
        turn = visitor.filled[kind]
        entered: dict[str, Value] = {}
        for part in form.fields:
            match part:
                case TextField():
                    plain = PLAIN.get(kind, {}).get(part.name)
                    entered[part.name] = plain or shaped(part.name, visitor.words(kind, part.name))
                case ChoiceField():
                    entered[part.name] = part.options[-turn % len(part.options)].value
                case TicksField():
                    entered[part.name] = tuple(option.value for option in part.options[: 1 + turn % 2])
                case PersonField():
                    entered[part.name] = await self._person(visitor, PLAIN.get(kind, {}).get(part.name))
        return entered

    async def _person(self, visitor: Visitor, name: str | None) -> str:
        found = await self.engine.people(visitor.account, name or visitor.partner, most=1)
        return found[0].value

    def _input(
        self,
        visitor: Visitor,
        *,
        at: Action | None = None,
        entered: dict[str, Value] | None = None,
        quoted: Quoted | None = None,
    ) -> Input:
        self.number += 1
        return Input(
            account=visitor.account,
            key=f"crawl-{self.number}",
            entered=Entered(entered or {}),
            at=pack(at) if at else None,
            quoted=quoted,
            channel=visitor.channel,
        )

    async def _seen(self, visitor: Visitor, view: View) -> View:
        await self.look(visitor, view)
        return view
