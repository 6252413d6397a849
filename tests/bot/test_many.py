"""What many conversations and many items lead to: no more questions to the database, and nothing left out silently."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from bot.features.wrapping_up import TICK_FIELDS, TICKS
from bot.model.ids import OrganizationId
from bot.ports import Store
from bot.views import Form, TicksField
from tests.bot.desk import Desk


@dataclass
class Counted:
    """A transaction, or one of its repositories, that writes down what it is asked."""

    inner: Any
    asked: list[str]
    name: str = ""

    def __getattr__(self, name: str) -> object:
        found = getattr(self.inner, name)
        return self._noted(name, found) if callable(found) else Counted(found, self.asked, f"{name}.")

    def _noted(self, name: str, ask: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def noted(*args: object, **kwargs: object) -> object:
            self.asked.append(self.name + name)
            return await ask(*args, **kwargs)

        return noted


@dataclass
class CountingStore:
    """A store whose readers are counted."""

    store: Store
    asked: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def read(self, organization: OrganizationId) -> AsyncIterator[Any]:
        async with self.store.read(organization) as tx:
            yield Counted(tx, self.asked)

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)


async def _questions(desk: Desk) -> int:
    counting = CountingStore(desk.store)
    actor = replace(desk.ana, desk=replace(desk, engine=replace(desk.engine, store=counting)), view=None)  # type: ignore[arg-type] # it answers as a store does
    await actor.says("search promotion")
    assert "Promotion" in actor.reads
    return len(counting.asked)


async def test_a_search_asks_the_same_however_many_conversations_there_are(pair: Desk) -> None:
    await pair.ana.says("add Promotion case")
    few = await _questions(pair)
    for name in ("cleo", "mia"):
        await pair.ana.says(f"start @{name}")
        await pair.ana.submits(person=await pair.person(name), role="colleague")
    assert await _questions(pair) == few


async def test_the_wrap_up_says_how_many_items_it_has_no_room_for(pair: Desk) -> None:
    for number in range(TICKS * TICK_FIELDS + 2):
        await pair.ana.says(f"add Item {number}")
    await pair.ana.says("meet")
    await pair.ana.says("wrap up")
    form = pair.ana.view
    assert isinstance(form, Form)
    assert sum(len(part.options) for part in form.fields if isinstance(part, TicksField)) == TICKS * TICK_FIELDS
    assert "2 more items are open" in pair.ana.reads
