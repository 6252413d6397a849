"""Check-ins: one of each side in each round, and the last rounds of a pair."""

from dataclasses import replace

import pytest

from bot.model.check_in import CheckIn
from bot.model.ids import CheckInId, CheckInQuestionId
from bot.ports import Stale
from storage.store import Store
from tests.storage.marks import id_of
from tests.storage.world import NOW, World


def another(world: World, number: int, *, round_: int, by_ana: bool = False) -> CheckIn:
    author = world.ana.id if by_ana else world.ben.id
    id_ = CheckInId(id_of("new", f"check-in{number}"))
    return replace(world.talk.check_in, id=id_, author=author, round=round_)


async def test_one_side_has_one_in_a_round(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        assert not await tx.check_ins.add(another(world, 1, round_=1))
        assert await tx.check_ins.add(another(world, 2, round_=1, by_ana=True))
        assert await tx.check_ins.add(another(world, 3, round_=2))


async def test_the_last_rounds_are_found_with_both_sides(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        for number in range(2, 16):
            await tx.check_ins.add(another(world, number, round_=number))
        await tx.check_ins.add(another(world, 99, round_=14, by_ana=True))
    async with store.read(world.organization.id) as tx:
        latest = await tx.check_ins.latest(world.conversation.id, most=3)
        assert [(one.round, one.author == world.ana.id) for one in latest] == [
            (13, False),
            (14, False),
            (14, True),
            (15, False),
        ]
        assert len(await tx.check_ins.latest(world.conversation.id, most=100)) == 16


async def test_the_slower_of_two_savers_is_told(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.check_ins.save(replace(world.talk.check_in, answers='{"mood": 3}'))
        with pytest.raises(Stale):
            await tx.check_ins.save(world.talk.check_in)


async def test_what_is_removed_is_gone(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.check_ins.remove(world.talk.check_in.id)
        assert await tx.check_ins.get(world.talk.check_in.id) is None
        assert await tx.check_ins.latest(world.conversation.id, most=9) == []


async def test_questions_come_in_their_order_with_the_removed_ones(store: Store, world: World) -> None:
    first = replace(world.talk.asked, id=CheckInQuestionId(id_of("new", "asked")), position=-1, removed_at=NOW)
    async with store.write(world.organization.id) as tx:
        await tx.check_ins.add_question(first)
        saved = await tx.check_ins.save_question(replace(world.talk.asked, position=-2))
        assert await tx.check_ins.questions() == [saved, first]
        assert await tx.check_ins.question(first.id) == first
