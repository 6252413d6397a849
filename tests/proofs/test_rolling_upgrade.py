"""The release before this one and this one share a database while replicas are replaced: each message goes out once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from adapters.clock import new_id
from bot.lanes import RENEWED
from bot.model.delivery import (
    ANYWHERE,
    UNREACHABLE,
    UNWANTED,
    Address,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Outcome,
)
from bot.model.ids import DeliveryId
from bot.views import Card
from bot.worker import Worker
from tests.bot.postman import Unhurried
from tests.bot.room import NOON, Room, room_on
from tests.proofs.old_release import Claimed, OldRelease, old_release

pytestmark = [pytest.mark.postgres, pytest.mark.soak]
_OLD_ONE_DIES = "UPDATE delivery SET lease_until = now() WHERE state = 'sending' AND lease_owner = $1"
LOOKS = 4
LAPSED = timedelta(seconds=-1)
A_DAY = timedelta(days=1)


@dataclass
class Platform(Unhurried):
    """Knows by which release it was given each delivery, and finds it again."""

    accepted: list[tuple[str, DeliveryId]] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        del address, card
        await asyncio.sleep(0)  # others get their turn, as they do while a platform answers
        return self.takes("new", delivery)

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        del address, since
        return next((f"{release}'s" for release, one in self.accepted if one == delivery), None)

    def takes(self, release: str, delivery: DeliveryId) -> str:
        self.accepted.append((release, delivery))
        return f"{release}'s"

    def by(self, delivery: DeliveryId) -> list[str]:
        return [release for release, one in self.accepted if one == delivery]


@dataclass
class Upgrade:
    """Both releases at work on one database."""

    room: Room
    old: OldRelease
    platform: Platform
    worker: Worker

    @property
    def now(self) -> datetime:
        return self.room.clock.at

    async def new_works(self) -> None:
        """It looks as often as it does in some seconds."""
        for _ in range(LOOKS):
            await self.worker.tick()

    async def old_works(self) -> int:
        """As its worker did: what has lapsed or expired, then a batch, each recorded by itself; how many it had."""
        await self.old.expires(now=self.now)
        claimed = await self.old.claims(now=self.now)
        for one in claimed:
            self.platform.takes("old", one.id)
            assert await self.old.records(one)
        return len(claimed)

    async def old_plans(self, subject: str) -> DeliveryId:
        delivery = Delivery(
            id=DeliveryId(new_id()),
            organization=self.room.organization,
            recipient=self.room.person,
            kind=DeliveryKind.news,
            subject=subject,
            planned_at=NOON,
            due_at=NOON,
            expires_at=NOON + A_DAY,
        )
        await self.old.plans(delivery)
        return delivery.id

    async def state(self, delivery: DeliveryId) -> DeliveryState:
        return (await self.room.state(delivery)).state


@pytest.fixture
async def upgrade(postgres_url: str) -> AsyncIterator[Upgrade]:
    async with room_on(postgres_url) as room, old_release(postgres_url) as old:
        platform = Platform()
        worker = room.worker(messengers=lambda: {room.workspace: platform}, alone=False, steady=lambda: _steady(room))
        yield Upgrade(room, old, platform, worker)


def _steady(room: Room) -> float:
    return (room.clock.at - NOON).total_seconds()


async def test_what_the_old_one_plans_the_new_one_sends(upgrade: Upgrade) -> None:
    delivery = await upgrade.old_plans("about")
    await upgrade.new_works()
    assert await upgrade.old_works() == 0
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == (["new"], DeliveryState.sent)


@pytest.mark.parametrize("kind", [DeliveryKind.news, DeliveryKind.prepare, DeliveryKind.agenda])
async def test_what_the_new_one_plans_the_old_one_sends(upgrade: Upgrade, kind: DeliveryKind) -> None:
    delivery = await upgrade.room.plan(kind=kind)
    assert await upgrade.old_works() == 1
    await upgrade.new_works()
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == (["old"], DeliveryState.sent)


async def test_what_the_new_one_has_handed_over_the_old_one_may_send(upgrade: Upgrade) -> None:
    room, delivery = upgrade.room, await upgrade.room.plan()
    [claimed] = await room.store.outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=1)
    async with room.store.write(room.organization) as tx:
        handed_over = Outcome(DeliveryState.pending, via=room.workspace, given_back=True)
        assert await tx.deliveries.record(claimed, handed_over)
    assert await upgrade.old_works() == 1
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == ["old"]


async def test_what_one_has_claimed_the_other_does_not(upgrade: Upgrade) -> None:
    outbox = upgrade.room.store.outbox
    planned = {await upgrade.room.plan(f"subject {number}") for number in range(20)}
    ours = await outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=10)
    theirs = await upgrade.old.claims(now=NOON, most=20)
    assert {one.id for one in ours}.isdisjoint(one.id for one in theirs)
    assert {one.id for one in ours} | {one.id for one in theirs} == planned
    assert not await upgrade.old.claims(now=NOON)
    assert not await outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=10)


async def test_what_one_is_claiming_the_other_passes_over(upgrade: Upgrade) -> None:
    for number in range(4):
        await upgrade.room.plan(f"subject {number}")
    async with upgrade.old.connection.transaction():
        theirs = await upgrade.old.claims(now=NOON, most=2)
        ours = await upgrade.room.store.outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=4)
    assert (len(theirs), len(ours)) == (2, 2)
    assert {one.id for one in ours}.isdisjoint(one.id for one in theirs)


async def test_an_outcome_of_the_old_one_counts_while_its_claim_is_its_own(upgrade: Upgrade) -> None:
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.old.claims(now=NOON)
    assert await upgrade.old.records(claimed, DeliveryState.rejected, error="invalid_blocks")
    await upgrade.new_works()
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == ([], DeliveryState.rejected)


async def test_what_the_old_one_tries_again_later_the_new_one_sends_then(upgrade: Upgrade) -> None:
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.old.claims(now=NOON)
    again = NOON + timedelta(minutes=1)
    assert await upgrade.old.records(claimed, DeliveryState.pending, error="ratelimited", again=again)
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == []
    upgrade.room.clock.at = again
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == ["new"]


@pytest.mark.parametrize("accepted", [True, False])
async def test_what_a_killed_old_one_left_the_new_one_finds_out(upgrade: Upgrade, accepted: bool) -> None:
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.old.claims(now=NOON, lease=LAPSED)
    if accepted:
        upgrade.platform.takes("old", delivery)
    await _settles(upgrade)
    assert not await upgrade.old.records(claimed, DeliveryState.rejected)
    assert upgrade.platform.by(delivery) == ["old" if accepted else "new"]
    assert await upgrade.state(delivery) is DeliveryState.sent


@pytest.mark.parametrize("accepted", [True, False])
async def test_what_a_killed_new_one_left_is_found_out_though_the_old_one_gave_it_up(
    upgrade: Upgrade, accepted: bool
) -> None:
    delivery = await upgrade.room.plan()
    await upgrade.room.store.outbox.claim(ANYWHERE, owner="killed", now=NOON, lease=LAPSED, most=1)
    if accepted:
        upgrade.platform.takes("new", delivery)
    await upgrade.old.expires(now=NOON)
    assert await upgrade.state(delivery) is DeliveryState.unknown
    await _settles(upgrade)
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == (["new"], DeliveryState.sent)


@pytest.mark.parametrize("accepted", [True, False])
async def test_what_the_old_one_is_in_doubt_about_the_new_one_finds_out(upgrade: Upgrade, accepted: bool) -> None:
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.old.claims(now=NOON)
    if accepted:
        upgrade.platform.takes("old", delivery)
    assert await upgrade.old.records(claimed, DeliveryState.unknown, error="timeout")
    await _settles(upgrade)
    assert upgrade.platform.by(delivery) == ["old" if accepted else "new"]
    assert await upgrade.state(delivery) is DeliveryState.sent


async def test_what_the_new_one_gave_up_stays_so(upgrade: Upgrade) -> None:
    """What was looked for in vain for days is not begun with anew."""
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.room.store.outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=1)
    async with upgrade.room.store.write(upgrade.room.organization) as tx:
        assert await tx.deliveries.record(claimed, Outcome(DeliveryState.unknown, error="timeout"))
    await _settles(upgrade)
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == ([], DeliveryState.unknown)


async def test_whom_the_old_one_finds_again_the_new_one_writes_to(upgrade: Upgrade) -> None:
    delivery = await upgrade.room.plan()
    [claimed] = await upgrade.old.claims(now=NOON)
    assert await upgrade.old.records(claimed, DeliveryState.pending, error=UNREACHABLE, again=NOON + A_DAY)
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == []
    await upgrade.old.releases(upgrade.room.person)
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == ["new"]


async def test_what_the_old_one_wants_again_after_all_the_new_one_sends(upgrade: Upgrade) -> None:
    room, delivery = upgrade.room, await upgrade.room.plan()
    [claimed] = await room.store.outbox.claim(ANYWHERE, owner="new", now=NOON, lease=A_DAY, most=1)
    async with room.store.write(room.organization) as tx:
        unwanted = Outcome(DeliveryState.dropped, error=UNWANTED, via=room.workspace)
        assert await tx.deliveries.record(claimed, unwanted)
    await upgrade.old_plans("about")
    assert await upgrade.state(delivery) is DeliveryState.pending
    await upgrade.new_works()
    assert upgrade.platform.by(delivery) == ["new"]


async def test_what_the_old_one_lets_expire_is_not_sent(upgrade: Upgrade) -> None:
    delivery = await upgrade.room.plan()
    await upgrade.old.expires(now=NOON + A_DAY)
    await upgrade.new_works()
    assert (upgrade.platform.by(delivery), await upgrade.state(delivery)) == ([], DeliveryState.dropped)


async def test_hundreds_go_out_once_while_both_send(upgrade: Upgrade) -> None:
    planned = [await upgrade.room.plan(f"new {number}") for number in range(150)]
    planned += [await upgrade.old_plans(f"old {number}") for number in range(150)]
    await asyncio.gather(_old_until_empty(upgrade), upgrade.new_works())
    await upgrade.new_works()
    assert Counter(delivery for _, delivery in upgrade.platform.accepted) == Counter(planned)
    assert {await upgrade.state(delivery) for delivery in planned} == {DeliveryState.sent}


async def _old_until_empty(upgrade: Upgrade) -> None:
    while await upgrade.old_works():
        pass


@pytest.mark.parametrize("seed", range(4))
async def test_however_the_two_take_turns_and_die_each_goes_out_once(upgrade: Upgrade, seed: int) -> None:
    """The old release dies before and after sends, is in doubt, and puts off; in the end it is gone."""
    chance = random.Random(seed)
    planned = []
    for number in range(60):
        planned += [await upgrade.room.plan(f"new {number}"), await upgrade.old_plans(f"old {number}")]
        for claimed in await upgrade.old.claims(now=upgrade.now, most=2, lease=chance.choice([A_DAY, LAPSED])):
            await _comes_to_something(upgrade, claimed, chance)
        if chance.random() < 0.3:
            await upgrade.old.expires(now=upgrade.now)
        if chance.random() < 0.3:
            await upgrade.worker.tick()
        upgrade.room.clock.at += timedelta(seconds=chance.choice([0, 1, 20]))
    await upgrade.old.connection.execute(_OLD_ONE_DIES, upgrade.old.owner)
    await _settles(upgrade)
    accepted = Counter(delivery for _, delivery in upgrade.platform.accepted)
    assert accepted <= Counter(planned)
    left = {delivery for delivery in planned if await upgrade.state(delivery) is not DeliveryState.sent}
    assert left == {delivery for delivery in left if await _was_given_up_by_the_old_one(upgrade, delivery)}
    assert accepted.keys() >= set(planned) - left
    assert len(left) < len(planned) / 10


async def _was_given_up_by_the_old_one(upgrade: Upgrade, delivery: DeliveryId) -> bool:
    """It never looked for anything; what was found out once and is then in doubt again, its doubt is the last word."""
    found = await upgrade.room.state(delivery)
    return found.state is DeliveryState.unknown and found.doubts >= 1


async def _comes_to_something(upgrade: Upgrade, claimed: Claimed, chance: random.Random) -> None:
    sent, told = chance.choice([(True, True), (True, False), (False, True), (False, False)])
    if sent:
        upgrade.platform.takes("old", claimed.id)
    if told:
        state = DeliveryState.sent if sent else chance.choice([DeliveryState.unknown, DeliveryState.pending])
        await upgrade.old.records(claimed, state)


async def _settles(upgrade: Upgrade) -> None:
    """Time passes, and the new one looks."""
    for _ in range(12):
        upgrade.room.clock.at += timedelta(seconds=RENEWED)
        await upgrade.new_works()
