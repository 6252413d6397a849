"""What is said when nothing can be looked up is said in the person's language all the same."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.model.ids import OrganizationId
from bot.ports import Busy, Store, Transaction
from prompts.library import Library, PseudoLibrary
from tests.bot.desk import Desk, profile


@dataclass
class BusyStore:
    """A store that cannot be had in time, when it is told so."""

    store: Store
    is_busy: bool = False

    @asynccontextmanager
    async def read(self, organization: OrganizationId, *, patience: float | None = None) -> AsyncIterator[Transaction]:
        if self.is_busy:
            raise Busy
        async with self.store.read(organization, patience=patience) as tx:
            yield tx

    @asynccontextmanager
    async def write(self, organization: OrganizationId, *, patience: float | None = None) -> AsyncIterator[Transaction]:
        if self.is_busy:
            raise Busy
        async with self.store.write(organization, patience=patience) as tx:
            yield tx


async def test_a_busy_database_is_told_in_the_language_that_was_spoken_before(desk: Desk) -> None:
    store, pseudo = BusyStore(desk.store), PseudoLibrary("en")
    pseudo.language = "xx"
    await desk.engine.learn(desk.ana.account, replace(profile("ana"), language="xx"))
    desk.engine = replace(desk.engine, store=store, libraries={"en": Library("en"), "xx": pseudo})
    await desk.ana.says("home")
    await desk.ben.says("home")
    store.is_busy = True
    await desk.ana.says("add Promotion case")
    assert "⟦OneOnOne is busy right now" in desk.ana.reads
    await desk.ben.says("add Promotion case")
    assert desk.ben.reads.startswith("OneOnOne is busy right now")
    await desk.cleo.says("home")
    assert desk.cleo.reads.startswith("OneOnOne is busy right now")
