"""Growth plans as they are kept: one of each person in a conversation, one part of each kind, and whose day is over."""

from dataclasses import replace
from datetime import date

import pytest

from bot.model.growth import GrowthSection
from bot.model.ids import GrowthPartId, GrowthPlanId
from bot.ports import Stale
from storage.store import Store
from tests.storage.marks import id_of
from tests.storage.world import World


async def test_a_person_has_one_plan_in_a_conversation_and_the_other_has_another(store: Store, world: World) -> None:
    plan = world.talk.plan
    second = replace(plan, id=GrowthPlanId(id_of("a", "second")))
    async with store.write(world.organization.id) as tx:
        assert not await tx.growth.start(second)
        assert await tx.growth.start(replace(second, person=world.ana.id))
        found = await tx.growth.of(world.conversation.id)
    assert {one.person for one in found} == {world.ana.id, world.ben.id}


async def test_parts_come_in_their_order_and_each_once(store: Store, world: World) -> None:
    part = world.talk.part
    async with store.write(world.organization.id) as tx:
        for number, section in enumerate(reversed(GrowthSection)):
            other = replace(part, id=GrowthPartId(id_of("a", f"part{number}")), section=section)
            assert await tx.growth.write(other) is (section is not part.section)
        parts = await tx.growth.parts(part.plan)
    assert [one.section for one in parts] == list(GrowthSection)


async def test_who_comes_second_is_told(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        saved = await tx.growth.rewrite(replace(world.talk.part, text="Lead a team", edition=2))
        assert await tx.growth.parts(saved.plan) == [saved]
    with pytest.raises(Stale):
        async with store.write(world.organization.id) as tx:
            await tx.growth.rewrite(world.talk.part)
    async with store.write(world.organization.id) as tx:
        await tx.growth.save(world.talk.plan)
    with pytest.raises(Stale):
        async with store.write(world.organization.id) as tx:
            await tx.growth.save(world.talk.plan)


async def test_the_clock_finds_plans_whose_day_is_over(store: Store, world: World) -> None:
    plan = world.talk.plan
    assert plan.revisit_on == date(2026, 12, 20)
    there = (world.organization.id, plan.id)
    assert await store.timetable.unrevisited(before=date(2026, 12, 20), most=5) == []
    assert await store.timetable.unrevisited(before=date(2026, 12, 21), most=5) == [there]
    async with store.write(world.organization.id) as tx:
        await tx.growth.save(replace(plan, revisit_on=None))
    assert await store.timetable.unrevisited(before=date(2027, 12, 21), most=5) == []
