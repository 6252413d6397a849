"""Where a message goes when an account or a channel cannot be written to, and what is kept together with that."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.clock import new_id
from bot.model.delivery import UNREACHABLE, Delivery, DeliveryKind, DeliveryState
from bot.model.ids import PersonId, WorkspaceId
from bot.model.people import Identity, Person, Platform, Workspace
from bot.ports import Gone
from bot.registry import Handlers, together
from bot.turn import Turn
from storage.store import Store
from tests.bot.room import KEYS, NOON, Killed, Room, handlers, room_on

giving_back = Handlers()


@giving_back.returned(DeliveryKind.news)
async def told_again(turn: Turn, delivery: Delivery) -> None:
    told = Person(id=PersonId(turn.new_id()), organization=turn.organization.id, name="Told again")
    await turn.tx.people.add(told)
    if delivery.subject == "bug to give back":
        raise RuntimeError("people's words")


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with room_on(database_url) as room:
        yield room


async def test_a_channel_that_is_gone_is_not_tried_again(room: Room) -> None:
    delivery = await room.plan(recipient=room.place)
    room.post.failures = [Gone("channel_not_found")]
    await room.worker().tick()
    room.clock.at += timedelta(hours=3)
    await room.worker().tick()
    found = await room.state(delivery)
    assert (found.state, found.last_error) == (DeliveryState.rejected, "channel_not_found")
    assert len(room.post.sent) == 1


async def test_what_an_account_cannot_be_given_waits_as_long_as_it_is_good_for(room: Room) -> None:
    first, second = await room.plan("first"), await room.plan("second")
    room.post.failures = [Gone("cannot_dm_bot"), Gone("cannot_dm_bot")]
    while await room.worker().tick():
        pass
    for delivery in (first, second, await room.plan("later")):
        await room.worker().tick()
        found = await room.state(delivery)
        assert (found.state, found.last_error) == (DeliveryState.pending, UNREACHABLE)
    assert len(room.post.sent) in (1, 2)  # both were claimed at once; the second may know of the first's fate
    assert (await room.account()).unreachable_since == NOON
    room.clock.at += timedelta(days=1)
    await room.worker().tick()
    assert (await room.state(first)).state is DeliveryState.dropped


async def test_the_account_and_the_delivery_are_marked_together_or_not_at_all(room: Room) -> None:
    def die(place: str) -> None:
        if place == "before commit" and room.post.sent:
            raise Killed

    delivery = await room.plan()
    room.post.failures = [Gone("cannot_dm_bot")]
    dying = Store(room.url, KEYS, failpoint=die)
    with pytest.raises(Killed):
        await room.worker(store=dying).tick()
    await dying.close()
    assert (await room.state(delivery)).state is DeliveryState.sending
    assert (await room.account()).unreachable_since is None


async def test_what_was_given_back_and_its_outcome_are_kept_together_or_not_at_all(room: Room) -> None:
    def die(place: str) -> None:
        if place == "before commit" and room.post.sent:
            raise Killed

    delivery = await room.plan(recipient=room.place)
    room.post.failures = [Gone("is_archived")]
    dying = Store(room.url, KEYS, failpoint=die)
    with pytest.raises(Killed):
        await room.worker(store=dying, registry=together([handlers, giving_back])).tick()
    await dying.close()
    assert (await room.state(delivery)).state is DeliveryState.sending
    assert await room.is_named("Told again") is False


async def test_an_outcome_is_kept_though_what_follows_from_it_fails(room: Room) -> None:
    delivery = await room.plan("bug to give back", recipient=room.place)
    room.post.failures = [Gone("is_archived")]
    await room.worker(registry=together([handlers, giving_back])).tick()
    assert (await room.state(delivery)).state is DeliveryState.rejected
    assert await room.is_named("Told again") is False


async def test_what_is_given_back_is_followed_at_once(room: Room) -> None:
    delivery = await room.plan(recipient=room.place)
    room.post.failures = [Gone("is_archived")]
    assert await room.worker(registry=together([handlers, giving_back])).tick() is True
    assert (await room.state(delivery)).state is DeliveryState.rejected
    assert await room.is_named("Told again") is True


async def _with_two_accounts(room: Room, *, writes_in: str = "") -> WorkspaceId:
    """Ana has a second account in Teams; where she is written to is "first", "second" or nowhere in particular."""
    tenant = WorkspaceId(new_id())
    chosen = {"first": room.workspace, "second": tenant}.get(writes_in)
    async with room.store.write(room.organization) as tx:
        await tx.organizations.add_workspace(
            Workspace(id=tenant, organization=room.organization, platform=Platform.teams, external_id="t", name="C")
        )
        await tx.people.add_identity(
            Identity(workspace=tenant, external_id="guid", organization=room.organization, person=room.person)
        )
        [ana] = await tx.people.many([room.person])
        await tx.people.save(replace(ana, writes_in=chosen))
    return tenant


@pytest.mark.parametrize(("writes_in", "account"), [("first", "U0ANA"), ("second", "guid")])
async def test_a_person_is_written_to_where_they_chose(room: Room, writes_in: str, account: str) -> None:
    tenant = await _with_two_accounts(room, writes_in=writes_in)
    await room.plan()
    await room.worker(messengers=lambda: {room.workspace: room.post, tenant: room.post}).tick()
    assert [address.external_id for address, _, _ in room.post.sent] == [account]


async def test_where_they_chose_is_not_connected_the_other_account_gets_it(room: Room) -> None:
    await _with_two_accounts(room, writes_in="second")
    await room.plan()
    await room.worker().tick()
    assert [address.external_id for address, _, _ in room.post.sent] == ["U0ANA"]


async def test_where_they_chose_is_out_of_reach_the_other_account_gets_it(room: Room) -> None:
    tenant = await _with_two_accounts(room, writes_in="second")
    delivery = await room.plan()
    room.post.failures = [Gone("MessageWritesBlocked")]
    worker = room.worker(messengers=lambda: {room.workspace: room.post, tenant: room.post})
    while await worker.tick():
        pass
    assert [address.external_id for address, _, _ in room.post.sent] == ["guid", "U0ANA"]
    assert (await room.state(delivery)).state is DeliveryState.sent


async def test_an_account_that_is_not_active_is_not_written_to(room: Room) -> None:
    tenant = await _with_two_accounts(room, writes_in="second")
    async with room.store.write(room.organization) as tx:
        account = await tx.people.identity(tenant, "guid")
        assert account is not None
        await tx.people.save_identity(replace(account, active=False))
    await room.plan()
    await room.worker(messengers=lambda: {room.workspace: room.post, tenant: room.post}).tick()
    assert [address.external_id for address, _, _ in room.post.sent] == ["U0ANA"]
