"""Each delivery is planned once, and in the hands of one worker at a time."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.model.delivery import (
    ANYWHERE,
    EXPIRED,
    UNREACHABLE,
    DeliveryState,
    Glance,
    Outcome,
    Queue,
)
from bot.model.ids import DeliveryId
from storage.store import Store
from tests.storage.outboxes import ENDED, claim, plan, record, stored
from tests.storage.world import NOW, World, a_delivery


async def test_two_workers_never_claim_the_same(store: Store, world: World) -> None:
    await plan(store, [a_delivery("a", number=number) for number in range(1, 100)])

    async def work(owner: str) -> list[DeliveryId]:
        mine: list[DeliveryId] = []
        while claimed := await claim(store, owner=owner):
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
    await plan(store, [later, older])
    assert await store.outbox.waiting(now=NOW) == 2
    assert [each.id for each in await claim(store)] == [older.id, world.delivery.id]
    assert await store.outbox.waiting(now=NOW) == 0
    assert [each.id for each in await claim(store, now=later.due_at)] == [later.id]


async def test_what_has_expired_is_never_claimed(store: Store, world: World) -> None:
    assert await claim(store, now=world.delivery.expires_at) == []
    assert await store.outbox.waiting(now=world.delivery.expires_at) == 0
    assert (await stored(store, world.delivery)).state is DeliveryState.pending


async def test_what_has_expired_is_dropped_and_told_once(store: Store, world: World) -> None:
    await plan(store, [a_delivery("a", number=1, due_at=NOW + timedelta(days=1))])
    (expired,) = await store.outbox.expire(now=world.delivery.expires_at)
    assert expired == replace(world.delivery, state=DeliveryState.dropped, last_error=EXPIRED)
    assert await stored(store, world.delivery) == expired
    assert await store.outbox.expire(now=world.delivery.expires_at) == []


async def test_what_is_not_over_is_not_given_up(store: Store, world: World) -> None:
    await claim(store)
    await plan(store, [a_delivery("a", number=1)])
    assert await store.outbox.expire(now=NOW) == []


async def test_two_workers_never_give_up_the_same(store: Store, world: World) -> None:
    await plan(store, [a_delivery("a", number=number) for number in range(1, 20)])
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
    await plan(store, [older, a_delivery("a", number=2, due_at=NOW + timedelta(hours=1))])
    assert await store.outbox.queue(now=NOW) == Queue(due=2, oldest_due_at=older.due_at)
    first, _ = await claim(store)
    assert await store.outbox.queue(now=NOW) == Queue(due=0)
    retry = NOW + timedelta(minutes=5)
    await record(store, first, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=retry))
    assert await store.outbox.queue(now=NOW) == Queue(due=0)
    assert await store.outbox.queue(now=retry) == Queue(due=1, oldest_due_at=older.due_at)
    assert await store.outbox.queue(now=older.expires_at) == Queue(due=1, oldest_due_at=NOW + timedelta(hours=1))


async def test_an_outcome_is_recorded_once(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    assert await record(store, claimed, Outcome(DeliveryState.sent, external_id="1700000000.1"))
    assert not await record(store, claimed, Outcome(DeliveryState.rejected, error="late"))
    found = await stored(store, world.delivery)
    assert (found.state, found.external_id, found.lease_owner, found.lease_until, found.last_error) == (
        DeliveryState.sent,
        "1700000000.1",
        None,
        None,
        None,
    )


async def test_what_was_not_accepted_comes_again_when_its_time_has_come(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    retry = NOW + timedelta(minutes=5)
    assert await record(store, claimed, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=retry))
    assert await claim(store) == []
    (again,) = await claim(store, now=retry, owner="two")
    assert (again.attempts, again.fence, again.last_error) == (2, 2, "ratelimited")
    assert not await record(store, claimed, Outcome(DeliveryState.sent))  # another worker has it now
    assert await record(store, again, Outcome(DeliveryState.sent))


async def test_a_lease_that_has_run_out_leaves_the_outcome_unknown(store: Store, world: World) -> None:
    (claimed,) = await claim(store, lease=ENDED)
    (lapsed,) = await store.outbox.expire(now=NOW)
    assert lapsed == replace(claimed, state=DeliveryState.unknown, lease_until=None, next_attempt_at=NOW, doubts=1)
    assert await store.outbox.expire(now=NOW) == []
    assert (await stored(store, world.delivery)).state is DeliveryState.unknown
    assert await record(store, claimed, Outcome(DeliveryState.sent))  # late, and true all the same
    assert (await stored(store, world.delivery)).state is DeliveryState.sent


async def test_a_lease_runs_by_the_clock_of_the_database(store: Store, world: World) -> None:
    (claimed,) = await claim(store, now=NOW + timedelta(hours=20))
    assert await store.outbox.expire(now=NOW + timedelta(days=400)) == []
    assert (await stored(store, world.delivery)).lease_until == claimed.lease_until


async def test_the_same_is_planned_once(store: Store, world: World) -> None:
    again = replace(world.delivery, id=DeliveryId("another".ljust(22, "0")), due_at=NOW - timedelta(hours=2))
    assert await plan(store, [again]) == [DeliveryState.pending]
    assert await stored(store, world.delivery) == world.delivery
    (claimed,) = await claim(store)
    assert await plan(store, [again]) == [DeliveryState.sending]
    await record(store, claimed, Outcome(DeliveryState.sent))
    assert await plan(store, [again]) == [DeliveryState.sent]


async def test_another_offset_is_another_delivery(store: Store, world: World) -> None:
    other = replace(world.delivery, id=DeliveryId("another".ljust(22, "0")), offset=-10)
    assert await plan(store, [other]) == [DeliveryState.pending]
    assert len(await claim(store)) == 2


async def test_what_was_dropped_is_pending_again_with_the_new_times(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    assert await record(store, claimed, Outcome(DeliveryState.dropped, error="read already"))
    tomorrow = NOW + timedelta(days=1)
    again = replace(a_delivery("a", due_at=tomorrow), id=DeliveryId("another".ljust(22, "0")))
    assert await plan(store, [again]) == [DeliveryState.pending]
    assert await claim(store) == []
    (revived,) = await claim(store, now=tomorrow)
    assert (revived.id, revived.due_at, revived.attempts, revived.fence) == (world.delivery.id, tomorrow, 1, 2)
    assert revived.planned_at == again.planned_at


async def test_what_waits_for_a_recipient_is_let_go_for_them_alone(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    waits = Outcome(DeliveryState.pending, error=UNREACHABLE, next_attempt_at=claimed.expires_at)
    assert await record(store, claimed, waits)
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.release(world.ben.id)
    assert await claim(store) == []
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.release(world.ana.id)
    assert [each.id for each in await claim(store)] == [world.delivery.id]


async def test_the_next_moment_at_which_something_is_due_is_known(store: Store, world: World) -> None:
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    assert await store.outbox.next_due(now=NOW - timedelta(hours=1)) == NOW
    assert await store.outbox.next_due(now=soon) == soon
    (claimed,) = await claim(store)
    assert await store.outbox.next_due(now=NOW) is None
    await record(store, claimed, Outcome(DeliveryState.pending, error="ratelimited", next_attempt_at=late))
    assert await store.outbox.next_due(now=NOW) == late
    assert await store.outbox.next_due(now=claimed.expires_at) is None


async def test_what_waits_until_it_expires_is_never_due(store: Store, world: World) -> None:
    (claimed,) = await claim(store)
    await record(store, claimed, Outcome(DeliveryState.pending, next_attempt_at=claimed.expires_at))
    assert await store.outbox.next_due(now=NOW) is None
