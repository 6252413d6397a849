"""It is on for some departments first (N3)."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from bot.features.conversations import BeginConversation
from bot.features.naming_admins import ListAdmins
from bot.features.people_page import NameAdmin, Said, SetManager
from bot.features.rolling_out import PATIENCE, SaveRollout
from bot.model.delivery import DeliveryState
from bot.model.ids import OrganizationId
from bot.model.people import Account
from bot.ports import Transaction
from bot.views import Form, Notice
from storage.store import Store
from tests.bot.desk import Actor, Desk, paired, profile
from tests.bot.looked_after import put_in, stored
from tests.stateful.post import Post, worker_at
from tests.stateful.snapshot import snapshot

NOT_YET = "OneOnOne is not on for you yet. Mia Brandt can say when it will be."


@pytest.fixture
async def sales(desk: Desk) -> Desk:
    """It is on for sales, where Ana is; Ben and Cleo are in support."""
    await put_in(desk, ana="Sales", ben="Support", cleo="Support")
    await turned_on_for(desk, "Sales")
    return desk


async def turned_on_for(desk: Desk, *departments: str) -> None:
    """Mia says so, and confirms whatever that takes away."""
    await desk.mia.says("settings")
    await desk.mia.presses("Who it is on for")
    view = await desk.mia.submits(departments="\n".join(departments))
    if isinstance(view, Form):
        await desk.mia.submits()


async def on_for(desk: Desk) -> set[str]:
    return {name for name in desk.actors if (await stored(desk, name)).enabled}


async def test_it_is_on_for_everyone_at_first(desk: Desk) -> None:
    await desk.mia.says("settings")
    await desk.mia.presses("Who it is on for")
    assert "On for everyone: 4 people." in desk.mia.reads
    assert "No departments are known yet." in desk.mia.reads
    assert await on_for(desk) == {"ana", "ben", "cleo", "mia"}


async def test_to_take_it_from_people_asks_first_and_says_from_how_many(desk: Desk) -> None:
    await put_in(desk, ana="Sales", ben="Support", cleo="Support")
    await desk.mia.says("settings")
    await desk.mia.presses("Who it is on for")
    assert "There are: Sales, Support." in desk.mia.reads
    view = await desk.mia.submits(departments="sales\n")
    assert isinstance(view, Form)
    assert "This takes it from 3 people: it would be on for 1 of 4." in desk.mia.reads
    assert await on_for(desk) == {"ana", "ben", "cleo", "mia"}
    await put_in(desk, cleo="Sales")
    await desk.mia.does(SaveRollout(3), departments="Sales")  # meanwhile it is another number
    assert "This takes it from 2 people: it would be on for 2 of 4." in desk.mia.reads
    view = await desk.mia.submits()
    assert isinstance(view, Notice)
    assert view.text == "It is on for 1 department now: 2 of 4 people."
    assert await on_for(desk) == {"ana", "cleo"}


async def test_a_department_that_nobody_is_in_gets_the_nearest_suggested(desk: Desk) -> None:
    await put_in(desk, ana="Sales", ben="Support")
    await desk.mia.says("settings")
    await desk.mia.presses("Who it is on for")
    view = await desk.mia.submits(departments="Sales\nSuport")
    assert isinstance(view, Form)
    assert view.errors["departments"] == "Nobody is in a department called “Suport”. Did you mean Support?"
    assert await on_for(desk) == {"ana", "ben", "cleo", "mia"}


async def test_who_it_is_not_on_for_hears_so_and_can_get_help(sales: Desk) -> None:
    for words in ("add something", "ana", "conversations", "settings", "what is this"):
        await sales.ben.says(words)
        assert sales.ben.reads.startswith(NOT_YET), words
    await sales.ben.does(BeginConversation(), person=await sales.person("ana"), role="colleague")
    assert sales.ben.reads.startswith(NOT_YET)
    await sales.ben.says("home")
    assert NOT_YET in sales.ben.reads
    await sales.ben.presses("Help")
    assert "What you can type" in sales.ben.reads
    await sales.ben.presses("Ask a person")
    view = await sales.ben.submits(question="When?")
    assert isinstance(view, Notice)
    assert "on its way" in view.text
    assert await sales.engine.people(sales.ben.account, "ana", most=5) == ()


async def test_an_admin_is_let_in_wherever_they_work(sales: Desk) -> None:
    await sales.mia.does(ListAdmins())
    assert "Mia Brandt" in sales.mia.reads
    await sales.mia.does(NameAdmin(await sales.person("ben")))
    assert await on_for(sales) == {"ana", "ben"}


async def test_nobody_is_offered_or_asked_for_whom_it_is_not_on(sales: Desk) -> None:
    assert await sales.engine.people(sales.ana.account, "ben", most=5) == []
    assert [one.label for one in await sales.engine.people(sales.mia.account, "ben", most=5)] == ["Ben Okafor"]
    await sales.ana.says("start ben")
    assert sales.ana.reads.startswith("OneOnOne is not on for Ben yet")
    await sales.ana.does(BeginConversation(), person=await sales.person("ben"), role="colleague")
    assert "OneOnOne is not on for Ben yet" in sales.ana.reads


async def test_who_it_is_not_on_for_gets_no_message(desk: Desk) -> None:
    await put_in(desk, ana="Sales", ben="Support")
    await paired(desk)
    await turned_on_for(desk, "Sales")
    post, ben = Post(), await desk.person("ben")
    desk.clock.advance(hours=30)
    store = cast("Store", desk.store)
    while await worker_at(desk.engine, store, {desk.ana.account.workspace: post}).tick():
        pass
    assert [to for to, _ in post.sent if to == "U0BEN"] == []
    deliveries = (await snapshot(store, desk.ana.account.organization)).delivery.values()
    assert {one.state for one in deliveries if one.recipient == ben} == {DeliveryState.dropped}


async def test_a_manager_of_somebody_it_is_on_for_comes_too(sales: Desk) -> None:
    ana, ben, cleo = [await sales.person(name) for name in ("ana", "ben", "cleo")]
    await sales.mia.does(SetManager(ana, Said.chosen, ben))
    assert await on_for(sales) == {"ana", "ben"}
    await sales.ana.says("ben")
    assert "your manager" in sales.ana.reads
    await sales.mia.does(SetManager(ana, Said.chosen, cleo))
    assert await on_for(sales) == {"ana", "cleo"}


async def test_a_change_of_department_counts_at_once(sales: Desk) -> None:
    await sales.mia.does(SetManager(await sales.person("cleo"), Said.chosen, await sales.person("ana")))
    assert await on_for(sales) == {"ana"}
    await put_in(sales, cleo="sales")
    await sales.cleo.says("ana")
    assert "your manager" in sales.cleo.reads
    await put_in(sales, cleo="Support")
    await sales.cleo.says("ana")
    assert sales.cleo.reads.startswith(NOT_YET)


async def test_when_it_is_on_for_more_their_conversations_appear(sales: Desk) -> None:
    await sales.mia.does(SetManager(await sales.person("ben"), Said.chosen, await sales.person("cleo")))
    await turned_on_for(sales)
    assert "It is on for everyone now: 4 people." in sales.mia.reads
    await sales.ben.says("cleo")
    assert "your manager" in sales.ben.reads


async def test_who_is_new_waits_until_a_department_is_known(sales: Desk) -> None:
    account = Account(sales.ana.account.organization, sales.ana.account.workspace, "U0DORA")
    await sales.engine.learn(account, replace(profile("ana"), name="Dora Diaz", email="dora@example.com"))
    dora = Actor(sales, account)
    await dora.says("home")
    assert NOT_YET in dora.reads


@dataclass
class Noting:
    """A store that notes with how much patience it was written to."""

    store: Store
    patience: list[float | None] = field(default_factory=list)

    def write(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]:
        self.patience.append(patience)
        return self.store.write(organization, patience=patience)

    def read(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]:
        return self.store.read(organization, patience=patience)


async def test_what_is_about_everybody_may_take_longer_than_a_press(desk: Desk) -> None:
    noting = Noting(cast("Store", desk.store))
    desk.engine = replace(desk.engine, store=noting)
    await desk.mia.does(NameAdmin(await desk.person("ben")))
    await desk.mia.does(SaveRollout(), departments="")
    assert noting.patience == [None, PATIENCE]
