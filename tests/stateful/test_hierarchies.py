"""Any hierarchy that changes, beside plain bookkeeping: who holds, the conversations, and what is in them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.hierarchy import Member, Named
from bot.model.hierarchy import NOBODY, Doubt
from bot.model.ids import PersonId
from storage.store import Store
from tests.bot.hierarchies import Town, town_on
from tests.bot.test_hierarchy import Case, plainly

KEY = b"k" * 32
NAMES = ("ana", "ben", "cleo", "dan", "eve")


@dataclass
class Book:
    """What must be true; ``texts`` are what a pair wrote."""

    named: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    last: dict[str, str | None] = field(default_factory=dict)
    doubts: dict[str, Doubt | None] = field(default_factory=dict)
    texts: dict[frozenset[str], list[str]] = field(default_factory=dict)

    def judges(self) -> None:
        members = [Member(PersonId(name), f"{name}@example.com", name not in self.gone, False) for name in NAMES]
        verdicts = plainly(Case(members, [self._line(name) for name in self.named]))
        self.last = {str(name): verdict.manager for name, verdict in verdicts.items()}
        self.doubts = {str(name): verdict.doubt for name, verdict in verdicts.items()}
        for pair in self.lively():
            self.texts.setdefault(frozenset(pair), [])

    def _line(self, name: str) -> Named:
        named, last = self.named[name], self.last.get(name)
        in_file = f"{named}@example.com" if named else NOBODY
        return Named(PersonId(name), in_file, None, None if last is None else PersonId(last), None)

    def lively(self) -> set[tuple[str, str]]:
        here = ((name, manager) for name, manager in self.last.items() if manager is not None)
        return {(name, manager) for name, manager in here if not {name, manager} & self.gone}


@dataclass(frozen=True)
class Step:
    """``managers`` by a file, or the only one by hand; else somebody leaves or comes back, and somebody writes."""

    managers: dict[str, str]
    by_hand: bool
    turns: str | None


STEPS = st.lists(
    st.builds(
        Step,
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*NAMES, *NAMES, NOBODY, "nobody")), max_size=4),
        st.booleans(),
        st.none() | st.sampled_from(NAMES),
    ),
    min_size=1,
    max_size=6,
)


async def _taken(town: Town, book: Book, step: Step) -> None:
    if step.by_hand:
        for name, manager in step.managers.items():
            book.named[name] = manager
            await town.settles_one(name, manager)
            book.judges()
    elif step.managers:
        book.named |= step.managers
        await town.settles(**step.managers)
        book.judges()
    if step.turns is not None:
        book.gone ^= {step.turns}
        await town.is_here(step.turns, active=step.turns not in book.gone)
        book.judges()


async def _agrees(town: Town, book: Book) -> None:
    lines = await town.lines()
    assert {name: line.doubt for name, line in lines.items()} == book.doubts
    assert await town.managers() == {name: manager for name, manager in book.last.items() if manager is not None}
    assert await town.lively() == book.lively()
    pairs = await town.pairs()
    assert pairs.keys() == book.texts.keys()
    for pair, texts in book.texts.items():
        one, other = pair
        assert await town.texts(one, other) == texts
    again = await town.settles()
    assert (again.moved, again.made, again.adopted, again.rested, again.returned) == (0, 0, 0, 0, 0)


async def _write(town: Town, book: Book) -> None:
    for number, (name, manager) in enumerate(sorted(book.lively())):
        text = f"{number} of {name}"
        await town.writes(name, manager, text)
        book.texts[frozenset((name, manager))].append(text)


async def _lived(url: str, steps: Sequence[Step]) -> None:
    store = Store(url, (KEY,), patience=30.0)
    try:
        town, book = await town_on(store, *NAMES), Book()
        for step in steps:
            await _taken(town, book, step)
            await _agrees(town, book)
            await _write(town, book)
    finally:
        await store.close()


@given(steps=STEPS)
def test_conversations_follow_any_hierarchy_and_lose_nothing(database_url: str, steps: list[Step]) -> None:
    asyncio.run(_lived(database_url, steps))
