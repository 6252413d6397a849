"""What several senders do to one outbox: leases, lanes, doubts, and many outcomes at once."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.model.delivery import (
    ANYWHERE,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Glance,
    Outcome,
    Queue,
)
from bot.model.ids import WorkspaceId
from storage.store import Store
from tests.storage.outboxes import ENDED, LEASE, claim, plan, record, stored
from tests.storage.world import NOW, World, a_delivery


async def _glance(store: Store, *lanes: str, now: datetime = NOW) -> Glance:
    return await store.outbox.glance([ANYWHERE, *lanes], now=now)


async def test_a_glance_says_where_something_is_due(store: Store, world: World) -> None:
    assert (await _glance(store)).lanes == {ANYWHERE}
    (claimed,) = await claim(store)
    there = world.workspace.id
    await record(store, claimed, Outcome(DeliveryState.pending, via=there, given_back=True))
    assert (await _glance(store)).lanes == frozenset()
    assert (await _glance(store, there, "elsewhere")).lanes == {there}
    assert (await _glance(store, there, now=NOW - timedelta(hours=1))).lanes == frozenset()


async def test_a_glance_says_what_is_over(store: Store, world: World) -> None:
    assert (await _glance(store, now=world.delivery.expires_at)).expired
    await claim(store, lease=ENDED)
    assert await _glance(store) == Glance(lapsed=True, expired=False, doubtful=False, lanes=frozenset())
    await store.outbox.expire(now=NOW)
    assert await _glance(store) == Glance(lapsed=False, expired=False, doubtful=True, lanes=frozenset())


async def test_what_was_given_back_was_not_tried(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    await record(store, claimed, Outcome(DeliveryState.pending, via="there", given_back=True))
    found = await stored(store, world.delivery)
    assert (found.via, found.attempts, found.fence, found.lease_owner) == ("there", 0, 1, None)
    assert await claim(store) == []
    (there,) = await store.outbox.claim("there", owner="one", now=NOW, lease=LEASE, most=10)
    assert there.attempts == 1


async def test_what_is_urgent_overtakes(store: Store, world: World) -> None:
    def planned(number: int, kind: DeliveryKind, minutes: int) -> Delivery:
        return replace(a_delivery("a", number=number, due_at=NOW + timedelta(minutes=minutes)), kind=kind)

    nudges = [planned(number, DeliveryKind.drifting, -90) for number in range(1, 20)]
    usual, urgent = planned(30, DeliveryKind.prepare, -5), planned(31, DeliveryKind.agenda, 0)
    await plan(store, [*nudges, usual, urgent])
    found = await store.outbox.claim(ANYWHERE, owner="one", now=NOW, lease=LEASE, most=3)
    assert [each.kind for each in found] == [DeliveryKind.agenda, DeliveryKind.prepare, DeliveryKind.drifting]


async def test_a_lease_is_one_senders_until_it_runs_out(store: Store, world: World) -> None:
    workspace = world.workspace.id
    assert await _hold(store, world, "one") == {workspace: 1}
    assert await _hold(store, world, "two") == {}
    assert await _hold(store, world, "one") == {workspace: 1}
    assert await _hold(store, world, "one", lease=ENDED) == {workspace: 1}
    assert await _hold(store, world, "two") == {workspace: 2}
    assert await _hold(store, world, "one") == {}


async def test_a_lease_that_was_let_go_is_free_at_once(store: Store, world: World) -> None:
    await _hold(store, world, "one")
    await store.outbox.let_go(owner="one")
    assert await _hold(store, world, "two") == {world.workspace.id: 2}


async def test_who_is_alone_waits_for_nobodys_lease(store: Store, world: World) -> None:
    await _hold(store, world, "one")
    taken = await store.outbox.hold([world.workspace.id], owner="two", lease=LEASE, alone=True)
    assert taken == {world.workspace.id: 2}


async def test_nothing_is_held_of_what_is_not_there(store: Store, world: World) -> None:
    assert await store.outbox.hold([WorkspaceId("nowhere")], owner="one", lease=LEASE, alone=False) == {}


async def test_who_lost_their_lease_claims_nothing(store: Store, world: World) -> None:
    workspace = world.workspace.id
    (claimed,) = await claim(store)
    await record(store, claimed, Outcome(DeliveryState.pending, via=workspace, given_back=True))
    await _hold(store, world, "one", lease=ENDED)
    await _hold(store, world, "two")
    there = partial(store.outbox.claim, workspace, now=NOW, lease=LEASE, most=10)
    assert await there(owner="one", fence=1) == ()
    assert await there(owner="two", fence=1) == ()
    assert len(await there(owner="two", fence=2)) == 1


async def test_two_who_hold_at_once_never_hold_the_same(store: Store, world: World) -> None:
    held = await asyncio.gather(*(_hold(store, world, owner) for owner in ("one", "two", "three")))
    assert [len(each) for each in held].count(1) == 1


async def test_a_doubt_is_resolved_by_one_at_a_time(store: Store, world: World) -> None:
    await claim(store, lease=ENDED)
    await store.outbox.expire(now=NOW)
    doubtful = partial(store.outbox.claim_doubtful, [world.workspace.id], now=NOW, lease=LEASE, most=10)
    (taken,) = await doubtful(owner="one")
    assert (taken.state, taken.fence, taken.lease_owner) == (DeliveryState.unknown, 2, "one")
    assert await doubtful(owner="two") == ()
    assert await record(store, taken, Outcome(DeliveryState.pending))
    (again,) = await claim(store)
    assert (again.attempts, again.doubts) == (2, 1)


async def test_a_doubt_waits_for_its_time_and_its_workspace(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    later = NOW + timedelta(seconds=30)
    await record(store, claimed, Outcome(DeliveryState.unknown, next_attempt_at=later, via="there"))
    assert (await stored(store, world.delivery)).doubts == 1
    assert await store.outbox.queue(now=NOW) == Queue(due=0, doubtful=1)
    doubtful = partial(store.outbox.claim_doubtful, owner="one", lease=LEASE, most=10)
    assert await doubtful(["there"], now=NOW) == ()
    assert await doubtful(["elsewhere"], now=later) == ()
    assert len(await doubtful(["there"], now=later)) == 1


async def test_claims_are_kept_when_a_clock_jumps(store: Store, world: World) -> None:
    (claimed,) = await claim(store, lease=ENDED)
    await store.outbox.renew(owner="another", lease=LEASE)
    assert (await _glance(store)).lapsed
    await store.outbox.renew(owner="one", lease=LEASE)
    assert not (await _glance(store)).lapsed
    assert await record(store, claimed, Outcome(DeliveryState.sent))


async def test_many_are_recorded_together_but_those_that_others_took_over(store: Store, world: World) -> None:
    await plan(store, [a_delivery("a", number=number) for number in range(1, 20)])
    claimed = []
    while more := await claim(store):
        claimed += more
    stale = replace(claimed[3], fence=7)
    results = [(each, Outcome(DeliveryState.sent, external_id=f"at {each.id}")) for each in [*claimed[:3], stale]]
    async with store.write(world.organization.id) as tx:
        assert await tx.deliveries.record_all(results) == {each.id for each in claimed[:3]}
    for each in claimed[:3]:
        found = await stored(store, each)
        assert (found.state, found.external_id) == (DeliveryState.sent, f"at {each.id}")
    assert (await stored(store, stale)).state is DeliveryState.sending


async def _hold(store: Store, world: World, owner: str, *, lease: timedelta = LEASE) -> Mapping[WorkspaceId, int]:
    return await store.outbox.hold([world.workspace.id], owner=owner, lease=lease, alone=False)


async def test_what_waits_for_a_workspace_without_a_sender_waits_anywhere_again(store: Store, world: World) -> None:
    workspace = world.workspace.id
    (claimed,) = await claim(store)
    await record(store, claimed, Outcome(DeliveryState.pending, via=workspace, given_back=True))
    await _hold(store, world, "one", lease=timedelta(seconds=-20))
    await store.outbox.hold([], owner="two", lease=LEASE, alone=False)
    assert (await stored(store, world.delivery)).via == workspace
    await _hold(store, world, "one", lease=timedelta(seconds=-40))
    await store.outbox.hold([], owner="two", lease=LEASE, alone=False)
    assert (await stored(store, world.delivery)).via == ANYWHERE
