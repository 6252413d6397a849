"""The people in a channel, as far as a platform has told us."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.enlisting import Enlisting
from bot.model.ids import PersonId, PlaceId, WorkspaceId
from bot.model.people import Place, Platform, Workspace
from bot.model.trail import Seen
from bot.ports import Unlisted
from bot.turn import Channel
from bot.views import Notice, View
from storage.store import Store
from tests.adapters.counting import CountFromMessage, CountPeople, counting
from tests.bot.conftest import KEY
from tests.bot.desk import Actor, Desk, desk_on

CHANNEL = Channel("C0PEOPLE", "people-team")


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """Four people, of whom Mia is an admin, in a channel of which nothing is known."""
    store = Store(sqlite_url, (KEY,))
    found = await desk_on(store, features=counting())
    found.mia.channel = found.ben.channel = CHANNEL
    yield found
    await store.close()


def enlisting(desk: Desk) -> Enlisting:
    return Enlisting(desk.store, desk.clock, desk.engine.new_id)


async def enlist(desk: Desk, *members: str) -> None:
    await enlisting(desk).enlist(desk.mia.account, CHANNEL.external_id, members)


async def known_place(desk: Desk) -> Place | None:
    account = desk.mia.account
    async with desk.store.read(account.organization) as tx:
        return await tx.organizations.place_at(account.workspace, CHANNEL.external_id)


async def listed(desk: Desk) -> Sequence[PersonId]:
    place = await known_place(desk)
    assert place is not None
    async with desk.store.read(place.organization) as tx:
        return await tx.organizations.members(place.id)


def said(view: View) -> str:
    assert isinstance(view, Notice)
    return view.text


async def elsewhere(desk: Desk, actor: Actor, *, read: bool) -> PlaceId:
    """A channel of another workspace, whose members were read there, or not."""
    account, now = actor.account, desk.clock()
    there = Workspace(
        id=WorkspaceId(desk.engine.new_id()),
        organization=account.organization,
        platform=Platform.teams,
        external_id="tenant",
        name="Elsewhere",
    )
    place = PlaceId(desk.engine.new_id())
    async with desk.store.write(account.organization) as tx:
        await tx.organizations.add_workspace(there)
        await tx.organizations.add_place(
            Place(id=place, organization=account.organization, workspace=there.id, external_id="19:people")
        )
        if read:
            await tx.organizations.put_members(place, [await desk.person("ben")], at=now - timedelta(days=9))
    return place


async def test_a_channel_has_to_be_read_first(desk: Desk) -> None:
    with pytest.raises(Unlisted) as raised:
        await desk.mia.says("meet", key="one")
    assert (raised.value.workspace, raised.value.external_id) == (desk.mia.account.workspace, "C0PEOPLE")
    await enlist(desk, "U0ANA", "U0BEN", "U0ROBOT")
    assert said(await desk.mia.says("meet", key="one")) == "2 people are here"


async def test_what_needs_the_channel_writes_nothing_until_it_was_read(desk: Desk) -> None:
    with pytest.raises(Unlisted):
        await desk.mia.does(CountFromMessage(), key="one")
    assert await known_place(desk) is None
    async with desk.store.read(desk.mia.account.organization) as tx:
        assert await tx.trail.seen(desk.mia.account.workspace, "one") is None
    await enlist(desk, "U0ANA")
    assert said(await desk.mia.does(CountFromMessage(), key="one")) == "1 people are here"
    async with desk.store.read(desk.mia.account.organization) as tx:
        assert await tx.trail.seen(desk.mia.account.workspace, "one") == Seen("one", None)


async def test_who_is_no_admin_is_refused_before_anybody_is_asked(desk: Desk) -> None:
    assert said(await desk.ben.says("meet")).startswith("Only an admin can do this.")
    assert said(await desk.ben.does(CountFromMessage())) == "Only an admin can do this."


async def test_the_newest_list_is_the_whole_list(desk: Desk) -> None:
    await enlist(desk, "U0ANA", "U0BEN")
    await enlist(desk, "U0CLEO", "U0BEN", "U0BEN")
    assert await listed(desk) == sorted([await desk.person("ben"), await desk.person("cleo")])
    await enlist(desk)
    assert await listed(desk) == []


async def test_a_list_holds_for_five_minutes(desk: Desk) -> None:
    await enlist(desk, "U0ANA")
    place = await known_place(desk)
    assert place is not None
    desk.clock.advance(minutes=5)
    assert said(await desk.mia.does(CountPeople(place.id))) == "1 people are here"
    desk.clock.advance(seconds=1)
    with pytest.raises(Unlisted):
        await desk.mia.does(CountPeople(place.id))


async def test_an_inactive_account_does_not_count(desk: Desk) -> None:
    account = desk.ben.account
    async with desk.store.write(account.organization) as tx:
        identity = await tx.people.identity(account.workspace, account.external_id)
        assert identity is not None
        await tx.people.save_identity(replace(identity, active=False))
    await enlist(desk, "U0ANA", "U0BEN")
    assert await listed(desk) == [await desk.person("ana")]
    assert await enlisting(desk).strangers(desk.mia.account, ["U0BEN", "U0ROBOT"]) == ["U0ROBOT"]


async def test_a_channel_elsewhere_counts_as_it_was_read_there(desk: Desk) -> None:
    place = await elsewhere(desk, desk.mia, read=True)
    assert said(await desk.mia.does(CountPeople(place))) == "1 people are here"


async def test_a_channel_elsewhere_that_was_never_read_is_refused(desk: Desk) -> None:
    place = await elsewhere(desk, desk.mia, read=False)
    assert said(await desk.mia.does(CountPeople(place))).startswith("This channel is in another workspace.")


async def test_a_channel_that_does_not_exist_is_nobodys(desk: Desk) -> None:
    assert "not yours to see" in said(await desk.mia.does(CountPeople(PlaceId("0" * 22))))
