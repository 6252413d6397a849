"""Each delivery is planned once, and in the hands of one worker at a time."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.model.delivery import (
    ANYWHERE,
    EXPIRED,
    UNREACHABLE,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Glance,
    Outcome,
    Queue,
)
from bot.model.ids import DeliveryId, WorkspaceId
from storage.store import Store
from tests.storage.world import NOW, World, a_delivery

LEASE = timedelta(seconds=30)
ENDED = timedelta(seconds=-1)


async def _claim(store: Store, *, owner: str = "one", now: datetime = NOW, lease: timedelta = LEASE) -> list[Delivery]:
    return list(await store.outbox.claim(ANYWHERE, owner=owner, now=now, lease=lease, most=10))


async def _plan(store: Store, deliveries: Sequence[Delivery]) -> list[DeliveryState]:
    async with store.write(deliveries[0].organization) as tx:
        return [await tx.deliveries.plan(delivery) for delivery in deliveries]


async def _record(store: Store, delivery: Delivery, outcome: Outcome) -> bool:
    async with store.write(delivery.organization) as tx:
        return await tx.deliveries.record(delivery, outcome)


async def _stored(store: Store, delivery: Delivery) -> Delivery:
    async with store.read(delivery.organization) as tx:
        found = await tx.deliveries.get(delivery.id)
    assert found is not None
    return found


async def test_two_workers_never_claim_the_same(store: Store, world: World) -> None:
    await _plan(store, [a_delivery("a", number=number) for number in range(1, 100)])

    async def work(owner: str) -> list[DeliveryId]:
        mine: list[DeliveryId] = []
        while claimed := await _claim(store, owner=owner):
            assert {(each.lease_owner, each.state, each.attempts, each.fence) for each in claimed} == {
                (owner, DeliveryState.sending, 1, 1)
            }
            mine += [each.id for each in claimed]
        return mine

    claimed = [id_ for ids in await asyncio.gather(*map(work, ("one", "two", "three"))) for id_ in ids]
    assert sorted(claimed) == sorted({a_delivery("a", number=number).id for number in range(100)})


async def test_only_what_is_due_is_claimed_the_oldest_first(store: Store, world: World) -> None:
    later = a_delivery("a", number=1, due_at=NOW + timedelta(hours=1))
    older = a_delivery("a", number=2, due_at=NOW - timedelta(hours=1))
    await _plan(store, [later, older])
    assert await store.outbox.waiting(now=NOW) == 2
    assert [each.id for each in await _claim(store)] == [older.id, world.delivery.id]
    assert await store.outbox.waiting(now=NOW) == 0
    assert [each.id for each in await _claim(store, now=later.due_at)] == [later.id]


async def test_what_has_expired_is_never_claimed(store: Store, world: World) -> None:
    assert await _claim(store, now=world.delivery.expires_at) == []
    assert await store.outbox.waiting(now=world.delivery.expires_at) == 0
    assert (await _stored(store, world.delivery)).state is DeliveryState.pending


async def test_what_has_expired_is_dropped_and_told_once(store: Store, world: World) -> None:
    await _plan(store, [a_delivery("a", number=1, due_at=NOW + timedelta(days=1))])
    (expired,) = await store.outbox.expire(now=world.delivery.expires_at)
    assert expired == replace(world.delivery, state=DeliveryState.dropped, last_error=EXPIRED)
    assert await _stored(store, world.delivery) == expired
    assert await store.outbox.expire(now=world.delivery.expires_at) == []


async def test_what_is_not_over_is_not_given_up(store: Store, world: World) -> None:
    await _claim(store)
    await _plan(store, [a_delivery("a", number=1)])
    assert await store.outbox.expire(now=NOW) == []


async def test_two_workers_never_give_up_the_same(store: Store, world: World) -> None:
    await _plan(store, [a_delivery("a", number=number) for number in range(1, 20)])
    told = await asyncio.gather(*(store.outbox.expire(now=world.delivery.expires_at) for _ in range(3)))
    ids = [each.id for one in told for each in one]
    assert sorted(ids) == sorted({a_delivery("a", number=number).id for number in range(20)})


async def test_an_idle_second_costs_one_statement(store: Store, world: World) -> None:
    with _statements() as asked:
        found = await store.outbox.glance([ANYWHERE, "a workspace"], now=NOW - timedelta(hours=1))
    assert found == Glance(lapsed=False, expired=False, doubtful=False, lanes=frozenset())
    assert [words.split()[0] for words in asked] == ["SELECT"]


@contextmanager
def _statements() -> Iterator[list[str]]:
    """What the database is asked inside the block."""
    asked: list[str] = []

    def heard(*facts: Any) -> None:
        asked.append(facts[2])

    event.listen(Engine, "before_cursor_execute", heard)
    yield asked
    event.remove(Engine, "before_cursor_execute", heard)


async def test_the_queue_is_what_may_be_claimed(store: Store, world: World) -> None:
    older = a_delivery("a", number=1, due_at=NOW - timedelta(hours=1))
    await _plan(store, [older, a_delivery("a", number=2, due_at=NOW + timedelta(hours=1))])
    assert await store.outbox.queue(now=NOW) == Queue(due=2, oldest_due_at=older.due_at)
    first, _ = await _claim(store)
    assert await store.outbox.queue(now=NOW) == Queue(due=0)
    retry = NOW + timedelta(minutes=5)
    await _record(store, first, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=retry))
    assert await store.outbox.queue(now=NOW) == Queue(due=0)
    assert await store.outbox.queue(now=retry) == Queue(due=1, oldest_due_at=older.due_at)
    assert await store.outbox.queue(now=older.expires_at) == Queue(due=1, oldest_due_at=NOW + timedelta(hours=1))


async def test_an_outcome_is_recorded_once(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    assert await _record(store, claimed, Outcome(DeliveryState.sent, external_id="1700000000.1"))
    assert not await _record(store, claimed, Outcome(DeliveryState.rejected, error="late"))
    stored = await _stored(store, world.delivery)
    assert (stored.state, stored.external_id, stored.lease_owner, stored.lease_until, stored.last_error) == (
        DeliveryState.sent,
        "1700000000.1",
        None,
        None,
        None,
    )


async def test_what_was_not_accepted_comes_again_when_its_time_has_come(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    retry = NOW + timedelta(minutes=5)
    assert await _record(store, claimed, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=retry))
    assert await _claim(store) == []
    (again,) = await _claim(store, now=retry, owner="two")
    assert (again.attempts, again.fence, again.last_error) == (2, 2, "ratelimited")
    assert not await _record(store, claimed, Outcome(DeliveryState.sent))  # another worker has it now
    assert await _record(store, again, Outcome(DeliveryState.sent))


async def test_a_lease_that_has_run_out_leaves_the_outcome_unknown(store: Store, world: World) -> None:
    (claimed,) = await _claim(store, lease=ENDED)
    (lapsed,) = await store.outbox.expire(now=NOW)
    assert lapsed == replace(claimed, state=DeliveryState.unknown, lease_until=None, next_attempt_at=NOW, doubts=1)
    assert await store.outbox.expire(now=NOW) == []
    assert (await _stored(store, world.delivery)).state is DeliveryState.unknown
    assert await _record(store, claimed, Outcome(DeliveryState.sent))  # late, and true all the same
    assert (await _stored(store, world.delivery)).state is DeliveryState.sent


async def test_a_lease_runs_by_the_clock_of_the_database(store: Store, world: World) -> None:
    (claimed,) = await _claim(store, now=NOW + timedelta(hours=20))
    assert await store.outbox.expire(now=NOW + timedelta(days=400)) == []
    assert (await _stored(store, world.delivery)).lease_until == claimed.lease_until


async def test_the_same_is_planned_once(store: Store, world: World) -> None:
    again = replace(world.delivery, id=DeliveryId("another".ljust(22, "0")), due_at=NOW - timedelta(hours=2))
    assert await _plan(store, [again]) == [DeliveryState.pending]
    assert await _stored(store, world.delivery) == world.delivery
    (claimed,) = await _claim(store)
    assert await _plan(store, [again]) == [DeliveryState.sending]
    await _record(store, claimed, Outcome(DeliveryState.sent))
    assert await _plan(store, [again]) == [DeliveryState.sent]


async def test_another_offset_is_another_delivery(store: Store, world: World) -> None:
    other = replace(world.delivery, id=DeliveryId("another".ljust(22, "0")), offset=-10)
    assert await _plan(store, [other]) == [DeliveryState.pending]
    assert len(await _claim(store)) == 2


async def test_what_was_dropped_is_pending_again_with_the_new_times(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    assert await _record(store, claimed, Outcome(DeliveryState.dropped, error="read already"))
    tomorrow = NOW + timedelta(days=1)
    again = replace(a_delivery("a", due_at=tomorrow), id=DeliveryId("another".ljust(22, "0")))
    assert await _plan(store, [again]) == [DeliveryState.pending]
    assert await _claim(store) == []
    (revived,) = await _claim(store, now=tomorrow)
    assert (revived.id, revived.due_at, revived.attempts, revived.fence) == (world.delivery.id, tomorrow, 1, 2)
    assert revived.planned_at == again.planned_at


async def test_what_waits_for_a_recipient_is_let_go_for_them_alone(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    waits = Outcome(DeliveryState.pending, error=UNREACHABLE, next_attempt_at=claimed.expires_at)
    assert await _record(store, claimed, waits)
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.release(world.ben.id)
    assert await _claim(store) == []
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.release(world.ana.id)
    assert [each.id for each in await _claim(store)] == [world.delivery.id]


async def test_the_next_moment_at_which_something_is_due_is_known(store: Store, world: World) -> None:
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    assert await store.outbox.next_due(now=NOW - timedelta(hours=1)) == NOW
    assert await store.outbox.next_due(now=soon) == soon
    (claimed,) = await _claim(store)
    assert await store.outbox.next_due(now=NOW) is None
    await _record(store, claimed, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=late))
    assert await store.outbox.next_due(now=NOW) == late
    assert await store.outbox.next_due(now=claimed.expires_at) is None


async def test_what_waits_until_it_expires_is_never_due(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    await _record(store, claimed, Outcome(DeliveryState.pending, next_attempt_at=claimed.expires_at))
    assert await store.outbox.next_due(now=NOW) is None


async def _glance(store: Store, *lanes: str, now: datetime = NOW) -> Glance:
    return await store.outbox.glance([ANYWHERE, *lanes], now=now)


async def test_a_glance_says_where_something_is_due(store: Store, world: World) -> None:
    assert (await _glance(store)).lanes == {ANYWHERE}
    (claimed,) = await _claim(store)
    await _record(store, claimed, Outcome(DeliveryState.pending, via="there", given_back=True))
    assert (await _glance(store)).lanes == frozenset()
    assert (await _glance(store, "there", "elsewhere")).lanes == {"there"}
    assert (await _glance(store, "there", now=NOW - timedelta(hours=1))).lanes == frozenset()


async def test_a_glance_says_what_is_over(store: Store, world: World) -> None:
    assert (await _glance(store, now=world.delivery.expires_at)).expired
    await _claim(store, lease=ENDED)
    assert await _glance(store) == Glance(lapsed=True, expired=False, doubtful=False, lanes=frozenset())
    await store.outbox.expire(now=NOW)
    assert await _glance(store) == Glance(lapsed=False, expired=False, doubtful=True, lanes=frozenset())


async def test_what_was_given_back_was_not_tried(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    await _record(store, claimed, Outcome(DeliveryState.pending, via="there", given_back=True))
    stored = await _stored(store, world.delivery)
    assert (stored.via, stored.attempts, stored.fence, stored.lease_owner) == ("there", 0, 1, None)
    assert await _claim(store) == []
    (there,) = await store.outbox.claim("there", owner="one", now=NOW, lease=LEASE, most=10)
    assert there.attempts == 1


async def test_what_is_urgent_overtakes(store: Store, world: World) -> None:
    def planned(number: int, kind: DeliveryKind, minutes: int) -> Delivery:
        return replace(a_delivery("a", number=number, due_at=NOW + timedelta(minutes=minutes)), kind=kind)

    nudges = [planned(number, DeliveryKind.drifting, -90) for number in range(1, 20)]
    usual, urgent = planned(30, DeliveryKind.prepare, -5), planned(31, DeliveryKind.agenda, 0)
    await _plan(store, [*nudges, usual, urgent])
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
    (claimed,) = await _claim(store)
    await _record(store, claimed, Outcome(DeliveryState.pending, via=workspace, given_back=True))
    await _hold(store, world, "one", lease=ENDED)
    await _hold(store, world, "two")
    claim = partial(store.outbox.claim, workspace, now=NOW, lease=LEASE, most=10)
    assert await claim(owner="one", fence=1) == ()
    assert await claim(owner="two", fence=1) == ()
    assert len(await claim(owner="two", fence=2)) == 1


async def test_two_who_hold_at_once_never_hold_the_same(store: Store, world: World) -> None:
    held = await asyncio.gather(*(_hold(store, world, owner) for owner in ("one", "two", "three")))
    assert [len(each) for each in held].count(1) == 1


async def test_a_doubt_is_resolved_by_one_at_a_time(store: Store, world: World) -> None:
    await _claim(store, lease=ENDED)
    await store.outbox.expire(now=NOW)
    doubtful = partial(store.outbox.claim_doubtful, [world.workspace.id], now=NOW, lease=LEASE, most=10)
    (taken,) = await doubtful(owner="one")
    assert (taken.state, taken.fence, taken.lease_owner) == (DeliveryState.unknown, 2, "one")
    assert await doubtful(owner="two") == ()
    assert await _record(store, taken, Outcome(DeliveryState.pending))
    (again,) = await _claim(store)
    assert (again.attempts, again.doubts) == (2, 1)


async def test_a_doubt_waits_for_its_time_and_its_workspace(store: Store, world: World) -> None:
    (claimed,) = await _claim(store)
    later = NOW + timedelta(seconds=30)
    await _record(store, claimed, Outcome(DeliveryState.unknown, next_attempt_at=later, via="there"))
    assert (await _stored(store, world.delivery)).doubts == 1
    assert await store.outbox.queue(now=NOW) == Queue(due=0, doubtful=1)
    doubtful = partial(store.outbox.claim_doubtful, owner="one", lease=LEASE, most=10)
    assert await doubtful(["there"], now=NOW) == ()
    assert await doubtful(["elsewhere"], now=later) == ()
    assert len(await doubtful(["there"], now=later)) == 1


async def test_claims_are_kept_when_a_clock_jumps(store: Store, world: World) -> None:
    (claimed,) = await _claim(store, lease=ENDED)
    await store.outbox.renew(owner="another", lease=LEASE)
    assert (await _glance(store)).lapsed
    await store.outbox.renew(owner="one", lease=LEASE)
    assert not (await _glance(store)).lapsed
    assert await _record(store, claimed, Outcome(DeliveryState.sent))


async def test_many_are_recorded_together_but_those_that_others_took_over(store: Store, world: World) -> None:
    await _plan(store, [a_delivery("a", number=number) for number in range(1, 20)])
    claimed = []
    while more := await _claim(store):
        claimed += more
    stale = replace(claimed[3], fence=7)
    results = [(each, Outcome(DeliveryState.sent, external_id=f"at {each.id}")) for each in [*claimed[:3], stale]]
    async with store.write(world.organization.id) as tx:
        assert await tx.deliveries.record_all(results) == {each.id for each in claimed[:3]}
    for each in claimed[:3]:
        found = await _stored(store, each)
        assert (found.state, found.external_id) == (DeliveryState.sent, f"at {each.id}")
    assert (await _stored(store, stale)).state is DeliveryState.sending


async def _hold(store: Store, world: World, owner: str, *, lease: timedelta = LEASE) -> Mapping[WorkspaceId, int]:
    return await store.outbox.hold([world.workspace.id], owner=owner, lease=lease, alone=False)
