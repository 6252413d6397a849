"""Who is an admin at the moment of the press: by configuration, by name, by the platform's flag (N3)."""

from asyncio import gather
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.features.naming_admins import ListAdmins
from bot.features.people_page import NameAdmin, OpenPerson, UnnameAdmin
from bot.model.ids import PersonId
from bot.views import Notice
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Desk, desk_on, profile
from tests.bot.looked_after import page_of, stored

ONLY = "Only an admin can do this."


@pytest.fixture
async def flagging(desk: Desk) -> Desk:
    """The same, where the configuration lets the platforms' own admins be some."""
    desk.engine = replace(desk.engine, platform_admins=True)
    return desk


async def flagged(desk: Desk, name: str, *, admin: bool) -> None:
    await desk.engine.learn(desk.actors[name].account, replace(profile(name), admin=admin))


async def test_who_is_named_by_an_admin_is_one_until_that_is_taken_back(desk: Desk) -> None:
    await desk.ana.says("admins")
    assert desk.ana.reads == ONLY
    assert "Ana is no admin." in await page_of(desk, "ana")
    await desk.mia.presses("Name as admin")
    assert "Ana Ruiz is an admin now." in desk.mia.reads
    await desk.ana.says("admins")
    assert "named by another admin" in desk.ana.reads
    await desk.mia.presses("Undo")
    assert "Ana Ruiz is no longer an admin." in desk.mia.reads
    await desk.ana.says("admins")
    assert desk.ana.reads == ONLY


async def test_the_list_says_why_each_is_one(desk: Desk) -> None:
    await desk.mia.does(NameAdmin(await desk.person("ana")))
    await desk.mia.does(ListAdmins())
    assert "Ana Ruiz\nnamed by another admin" in desk.mia.reads
    assert "Mia Brandt\nnamed in the configuration" in desk.mia.reads
    assert "Ben Okafor" not in desk.mia.reads
    await desk.mia.presses("Open", near="Ana Ruiz")
    await desk.mia.presses("No longer an admin")
    assert not (await stored(desk, "ana")).admin


async def test_who_is_in_the_configuration_cannot_be_unnamed(desk: Desk) -> None:
    await desk.mia.does(NameAdmin(await desk.person("ana")))
    view = await desk.ana.does(UnnameAdmin(await desk.person("mia")))
    assert isinstance(view, Notice)
    assert "Mia is named an admin in the configuration." in view.text
    await desk.ana.does(OpenPerson(await desk.person("mia")))
    assert "No longer an admin" not in desk.ana.reads


async def test_nobody_takes_their_own_rights_away(desk: Desk) -> None:
    ana = await desk.person("ana")
    await desk.mia.does(NameAdmin(ana))
    view = await desk.ana.does(UnnameAdmin(ana))
    assert isinstance(view, Notice)
    assert "You cannot take your own rights away" in view.text
    assert (await stored(desk, "ana")).admin


async def test_somebody_who_left_is_not_named(desk: Desk) -> None:
    cleo = await desk.person("cleo")
    await desk.engine.learn(desk.cleo.account, replace(profile("cleo"), active=False))
    view = await desk.mia.does(NameAdmin(cleo))
    assert isinstance(view, Notice)
    assert "Cleo is no longer active here" in view.text
    assert "Cleo is no longer active here." in await page_of(desk, "cleo")


async def test_nobody_is_named_who_does_not_exist(desk: Desk) -> None:
    view = await desk.mia.does(NameAdmin(PersonId("x" * 22)))
    assert isinstance(view, Notice)
    assert view.text == "This does not exist, or it is not yours to see."


async def test_the_flag_of_a_platform_counts_for_nothing_by_itself(desk: Desk) -> None:
    await flagged(desk, "ben", admin=True)
    await desk.ben.says("admins")
    assert desk.ben.reads == ONLY


async def test_the_flag_counts_where_the_configuration_says_so_for_as_long_as_it_is_there(flagging: Desk) -> None:
    await flagged(flagging, "ben", admin=True)
    await flagging.ben.says("admins")
    assert "Ben Okafor\nan admin of your workspace" in flagging.ben.reads
    await flagged(flagging, "ben", admin=False)
    await flagging.ben.says("admins")
    assert flagging.ben.reads == ONLY


async def test_a_question_reaches_every_admin_however_they_became_one(flagging: Desk) -> None:
    await flagged(flagging, "ben", admin=True)
    await flagging.mia.does(NameAdmin(await flagging.person("ana")))
    await flagging.cleo.says("ask")
    await flagging.cleo.submits(question="Who can help me?")
    asked = {await flagging.person(name) for name in ("ana", "ben", "mia")}
    async with flagging.store.read(flagging.mia.account.organization) as tx:
        assert {each.id for each in await tx.people.admins(flagging.engine.admins, flagged=True)} == asked


async def test_help_says_what_an_admin_can_do_and_that_reading_is_not_part_of_it(desk: Desk) -> None:
    for who in (desk.ben, desk.mia):
        await who.says("help")
        assert "An admin can say who reports to whom" in who.reads
        assert "Reading what two people write is not part of it" in who.reads


@pytest.fixture
async def either(database_url: str) -> AsyncIterator[Desk]:
    """The same on each kind of database."""
    store = Store(database_url, (KEY,))
    yield await desk_on(store)
    await store.close()


async def test_two_who_unname_each_other_at_once_do_not_both_succeed(either: Desk) -> None:
    two = {name: await either.person(name) for name in ("ana", "ben")}
    for person in two.values():
        await either.mia.does(NameAdmin(person))
    await gather(either.ana.does(UnnameAdmin(two["ben"])), either.ben.does(UnnameAdmin(two["ana"])))
    still = {name for name in two if (await stored(either, name)).admin}
    assert len(still) == 1
    (other,) = two.keys() - still
    assert "is no longer an admin." in either.actors[still.pop()].reads
    assert either.actors[other].reads == ONLY
