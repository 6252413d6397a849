"""Who wants the usage report each month and has none planned: what the clock asks each second."""

from dataclasses import replace
from datetime import date, timedelta

from adapters.clock import new_id
from bot.model.delivery import DeliveryKind, DeliveryState, Outcome
from bot.model.ids import DeliveryId
from bot.reporting import planned_for
from storage.store import Store
from tests.storage.world import NOW, World

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


async def test_who_wants_it_is_found_until_one_is_planned(store: Store, world: World) -> None:
    ben = world.ben.id
    there = (world.organization.id, ben)
    async with store.write(world.organization.id) as tx:
        for each in (world.ana.id, ben):
            habits = await tx.habits.get(each)
            await tx.habits.put(replace(habits, wants_report=each == ben))
    assert await store.timetable.unreported(month=DECEMBER, most=5) == [there]
    assert await store.timetable.unreported(month=DECEMBER, most=0) == []
    report = replace(
        world.delivery,
        id=DeliveryId(new_id()),
        recipient=ben,
        subject=ben,
        kind=DeliveryKind.report,
        offset=planned_for(DECEMBER),
        state=DeliveryState.pending,
        due_at=NOW,
        expires_at=NOW + timedelta(days=5),
    )
    later = replace(report, id=DeliveryId(new_id()), offset=planned_for(JANUARY) * 10, snoozed_from=report.id)
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.plan(later)
    assert await store.timetable.unreported(month=DECEMBER, most=5) == [there]
    async with store.write(world.organization.id) as tx:
        await tx.deliveries.plan(report)
    assert await store.timetable.unreported(month=DECEMBER, most=5) == []
    assert await store.timetable.unreported(month=JANUARY, most=5) == [there]


async def test_whatever_became_of_it_it_was_planned(store: Store, world: World) -> None:
    ben = world.ben.id
    report = replace(
        world.delivery,
        id=DeliveryId(new_id()),
        recipient=ben,
        subject=ben,
        kind=DeliveryKind.report,
        offset=planned_for(DECEMBER),
        state=DeliveryState.sending,
    )
    async with store.write(world.organization.id) as tx:
        await tx.habits.put(replace(await tx.habits.get(ben), wants_report=True))
        await tx.habits.put(replace(await tx.habits.get(world.ana.id), wants_report=False))
        await tx.deliveries.plan(report)
        assert await tx.deliveries.record(report, Outcome(DeliveryState.dropped))
    assert await store.timetable.unreported(month=DECEMBER, most=5) == []
