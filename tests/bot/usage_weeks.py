"""Weeks of the usage report put on record as everybody may see them, without anything to count."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast

from adapters.clock import new_id
from bot.disclosure import Band, Figure, Kept, Measure, Place, Shown, written
from bot.folding import folded
from bot.model.ids import DepartmentId, OrganizationId, PersonId
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, RECENTLY, WINDOWS, Department, UsageWeek
from bot.ports import Store
from storage.usage import Usage

LAST = date(2026, 11, 22)
"""The Sunday before the tests' Monday."""

LOW, MIDDLE, HIGH, TOP = Band(0, 20), Band(40, 60), Band(60, 80), Band(80, 100)


def shown(
    conversations: int = 100,
    managers: int = 10,
    *,
    active: Figure = HIGH,
    managers_active: Figure = TOP,
    met: Figure = MIDDLE,
    meaningful: Figure = LOW,
    drifting: Figure = LOW,
    together: tuple[str, ...] = (),
) -> Shown:
    """A group in which each share is the same in every window."""
    figures: dict[Place, Figure] = {(Measure.met, RECENTLY): met, (Measure.drifting, DRIFTS_AFTER): drifting}
    for days in WINDOWS:
        figures[Measure.active, days] = active
        figures[Measure.managers, days] = managers_active
        figures[Measure.meaningful, days] = meaningful
    return Shown(conversations, managers, figures, together)


def team(conversations: int = 8, active: Figure = HIGH) -> Shown:
    """A manager's own."""
    return Shown(conversations, 1, {(Measure.active, days): active for days in WINDOWS})


def few(conversations: int = 4) -> Shown:
    """A group of which nothing is told."""
    kept = shown(conversations, 1)
    return replace(kept, figures=dict.fromkeys(kept.figures, Kept.few))


async def add_department(store: Store, organization: OrganizationId, label: str) -> DepartmentId:
    """A department; an empty label for those of whom none is known."""
    department = Department(id=DepartmentId(new_id()), organization=organization, name=folded(label), label=label)
    async with store.write(organization) as tx:
        await cast("Usage", tx.usage)._departments.add(department)
    return department.id


async def add_week(
    store: Store,
    organization: OrganizationId,
    groups: Mapping[str, Shown],
    *,
    teams: Mapping[tuple[DepartmentId, PersonId], Shown] = MappingProxyType({}),
    ago: int = 0,
) -> None:
    """What is shown of the week so many weeks before LAST: of EVERYBODY and departments, of teams in departments."""
    await add_weeks(store, organization, groups, teams=teams, ago=(ago,))


async def add_weeks(
    store: Store,
    organization: OrganizationId,
    groups: Mapping[str, Shown],
    *,
    teams: Mapping[tuple[DepartmentId, PersonId], Shown] = MappingProxyType({}),
    ago: Iterable[int],
) -> None:
    """The same of several weeks."""
    everything = [
        *((department, EVERYBODY, each) for department, each in groups.items()),
        *((department, manager, each) for (department, manager), each in teams.items()),
    ]
    rows = [
        UsageWeek(
            week=LAST - timedelta(weeks=number),
            department=department,
            manager=manager,
            organization=organization,
            counted="",
            shown=written(each),
        )
        for number in ago
        for department, manager, each in everything
    ]
    async with store.write(organization) as tx:
        await tx.usage.add_week(rows)
