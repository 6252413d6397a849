"""What the clock does about usage: folds each day's deeds and answers, and once a week writes down the numbers (M1).

A conversation stands, a week long, in the department and team in which it was found as the week began, and who comes
within a week where they are found at its end. So nobody's standing depends on what they do, and all numbers of a week
are about the same conversations. Each step finds out for itself whether it is still to be done; whoever is killed
between two has lost nothing, and who comes second passes over it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.disclosing import disclose, together
from bot.disclosure import Group, Shown, counts_written, read, written
from bot.model.ids import DepartmentId, OrganizationId
from bot.model.usage import OTHERS, WINDOWS, Counted, Department, UsageWeek
from bot.ports import Busy, Store, Timetable, Transaction
from bot.usage_repositories import Midnights

PATIENCE = 600.0
"""Seconds that a step may take: nobody waits for it, and there may be very many conversations on a slow machine."""

SETTLES = timedelta(minutes=15)
"""So long after a day's end it is counted: what was done in its last second is committed by then."""

DEEDS_LAST = timedelta(days=430)
"""The longest window, and what a mistake in it could be found by."""

TEAMS_LAST = timedelta(weeks=110)
"""Two years of weeks, and some; everybody's and the departments' are kept for ever."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class UsageKeeper:
    """Counts one step at a time, however many are due, so that nothing else has to wait for long.

    ``roll_up`` says which departments are counted as one.
    """

    timetable: Timetable
    store: Store
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    roll_up: Callable[[Sequence[Group]], frozenset[str]] = together

    async def due(self) -> Sequence[OrganizationId]:
        """The organizations in which a day or a week is over and not counted."""
        everybody = await self.timetable.counted()
        return [organization for organization, counted in everybody if is_due(counted, self.now())]

    async def step(self, organization: OrganizationId) -> None:
        """Count the next day, or the week that is over; raises Busy while another process is at it."""
        async with self.store.write(organization, patience=PATIENCE) as tx:
            counted = await _held(tx)
            if not is_due(counted, self.now()):
                return
            week = week_over(counted)
            if week is None:
                await _fold(tx, counted)
                return
            await self._gather(tx, organization, counted, week)
        await self._write(organization, counted, week)

    async def _gather(self, tx: Transaction, organization: OrganizationId, counted: Counted, week: date) -> None:
        """Let who has come in this week stand where they are now, and count what they did in it."""
        midnight = midnights(counted.zone)
        await self._add_departments(tx, organization)
        if not await tx.counting.stand(week, begun_before=midnight(week + A_DAY)):
            return
        for day in (week - A_DAY * ago for ago in reversed(range(7))):
            await tx.counting.fold(day, since=midnight(day), before=midnight(day + A_DAY), standing_since=week)

    async def _write(self, organization: OrganizationId, counted: Counted, week: date) -> None:
        """The numbers of the week, and where everybody stands in the next one.

        They are reckoned before anything is locked, since that may take a while.
        """
        midnight = midnights(counted.zone)
        async with self.store.read(organization, patience=PATIENCE) as tx:
            small = await asyncio.to_thread(self.roll_up, await tx.counting.teams())
            groups = await tx.counting.groups(week, together=small, midnights=midnight)
            before = await _together_before(tx, week)
        rows = await asyncio.to_thread(_rows, organization, week, groups, small, before)
        async with self.store.write(organization, patience=PATIENCE) as tx:
            if week_over(await _held(tx)) != week:
                return
            await tx.usage.add_week(rows)
            await self._add_departments(tx, organization)
            await tx.counting.leave(week)
            await tx.counting.stand(week + A_DAY, begun_before=midnight(week + A_DAY))
            await tx.counting.forget(
                deeds_before=midnight(week) - DEEDS_LAST,
                teams_before=week - TEAMS_LAST,
                standing_before=week - A_DAY * max(WINDOWS),
            )

    async def _add_departments(self, tx: Transaction, organization: OrganizationId) -> None:
        found = await tx.counting.new_departments()
        new = [
            Department(id=DepartmentId(self.new_id()), organization=organization, name=name, label=label)
            for name, label in found
        ]
        await tx.counting.add_departments(new)


def is_due(counted: Counted, now: datetime) -> bool:
    """Whether a week is to be written, or the day up to which is counted is over."""
    if week_over(counted) is not None:
        return True
    begins = _until(counted)
    return begins is not None and _end_of_day(begins, counted.zone) + SETTLES <= now


def week_over(counted: Counted) -> date | None:
    """The last week of which every day is counted, unless it is written, or was over before anybody did anything."""
    if counted.until is None:
        return None
    day = local_day(counted.until, counted.zone)
    week = day - A_DAY * day.isoweekday()
    if counted.week is not None:
        return week if week > counted.week else None
    return week if counted.first is not None and week >= local_day(counted.first, counted.zone) else None


def midnights(zone: str) -> Midnights:
    """When days begin there: at the first midnight where there are two, and as the clocks jump where there is none."""
    there = ZoneInfo(zone)

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), there).astimezone(UTC)

    return midnight


def local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


async def _fold(tx: Transaction, counted: Counted) -> None:
    """The rest of the day that is being counted, or all of it."""
    since = _until(counted)
    assert since is not None, "a day is due only where something was done"
    before = _end_of_day(since, counted.zone)
    await tx.counting.fold(local_day(since, counted.zone), since=since, before=before)
    await tx.counting.move_on(before)


async def _held(tx: Transaction) -> Counted:
    if not await tx.counting.hold():
        raise Busy
    return await tx.counting.counted()


def _until(counted: Counted) -> datetime | None:
    """Up to where it is counted; before anything is, up to the Monday of the first deed."""
    if counted.until is not None or counted.first is None:
        return counted.until
    first = local_day(counted.first, counted.zone)
    return midnights(counted.zone)(first - A_DAY * first.weekday())


def _end_of_day(moment: datetime, zone: str) -> datetime:
    return midnights(zone)(local_day(moment, zone) + A_DAY)


async def _together_before(tx: Transaction, week: date) -> Sequence[Sequence[str]]:
    """Which departments were counted as one in each week that shares days with a window of this one, the last first."""
    since = week - A_DAY * (max(WINDOWS) + 7)
    weeks = [row.week for row in await tx.usage.everybody(since=since) if row.week < week]
    others = {row.week: read(row.shown).together for row in await tx.usage.groups(weeks, department=OTHERS)}
    return [others.get(each, ()) for each in reversed(weeks)]


def _row(organization: OrganizationId, week: date, group: Group, shown: Shown) -> UsageWeek:
    return UsageWeek(
        week=week,
        department=group.department,
        manager=group.manager,
        organization=organization,
        counted=counts_written(group),
        shown=written(shown),
    )


def _rows(
    organization: OrganizationId,
    week: date,
    groups: Sequence[Group],
    small: frozenset[str],
    before: Sequence[Sequence[str]],
) -> Sequence[UsageWeek]:
    """Of every group of which there is something to be seen."""
    shown = disclose(groups, together=small, before=before)
    counted = [(group, shown.get((group.department, group.manager))) for group in groups]
    return [_row(organization, week, group, seen) for group, seen in counted if seen is not None]
