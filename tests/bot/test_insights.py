"""The usage report as it is read: which week, which windows, which groups, and in which words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from bot.disclosure import Band, Figure, Kept
from bot.insights import EARLIER, Report, Told, point, read_report
from bot.insights_said import (
    change_said,
    figure_said,
    figures_of,
    heroes,
    holds_said,
    notes,
    shares,
    size_said,
    span_said,
    unshown_said,
    why_said,
    window_said,
)
from bot.model.ids import OrganizationId
from bot.model.usage import EVERYBODY, OTHERS, WINDOWS, Department, WeekShown
from bot.ports import Store, Transaction
from bot.usage_repositories import Usage
from prompts import Library, Voice
from tests.bot.desk import A_MONDAY, Desk
from tests.bot.usage_weeks import HIGH, LAST, LOW, MIDDLE, TOP, add_department, add_week, add_weeks, few, shown, team

VOICE = Voice(Library("en"), "Europe/Berlin", A_MONDAY)


@dataclass(frozen=True)
class Place:
    """Where the weeks are."""

    store: Store
    organization: OrganizationId

    async def reads(self, *, days: int = 30, department: str | None = None) -> Report:
        async with self.store.read(self.organization) as tx:
            report = await read_report(tx, VOICE, days=days, department=department)
        assert report is not None
        return report


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(desk.store, desk.mia.account.organization)


async def test_there_is_no_report_before_the_first_week(place: Place) -> None:
    async with place.store.read(place.organization) as tx:
        assert await read_report(tx, VOICE, days=30) is None


async def test_it_is_of_the_last_week_that_was_counted(place: Place) -> None:
    await add_week(place.store, place.organization, {EVERYBODY: shown(active=LOW)}, ago=1)
    await add_week(place.store, place.organization, {EVERYBODY: shown(120)})
    report = await place.reads(days=7)
    assert (report.week, report.since) == (LAST, LAST - timedelta(days=6))
    assert report.conversations == 120
    assert report.active == Told(HIGH, LOW)
    assert span_said(VOICE, report) == "16 Nov 2026 to 22 Nov 2026"


@pytest.mark.parametrize("days", WINDOWS)
async def test_each_window_stands_beside_the_one_before(place: Place, days: int) -> None:
    """Those of the last month, whatever the window, beside those four weeks earlier."""
    for ago in {0, 1, 4, EARLIER[days]}:
        band = LOW if ago == EARLIER[days] else HIGH
        await add_week(place.store, place.organization, {EVERYBODY: shown(active=band, met=_by_month(ago))}, ago=ago)
    report = await place.reads(days=days)
    assert report.active == Told(HIGH, LOW)
    assert report.met == Told(HIGH, LOW)
    assert report.managers == Told(TOP, TOP)


def _by_month(ago: int) -> Band:
    return LOW if ago == 4 else HIGH


async def test_what_was_not_counted_yet_is_compared_with_nothing(place: Place) -> None:
    await add_week(place.store, place.organization, {EVERYBODY: shown()})
    report = await place.reads()
    assert {told.before for told in (report.active, report.managers, report.met, report.meaningful)} == {None}
    assert [said.change for said in heroes(VOICE, report)] == ["nothing to compare with"] * 4


async def test_the_trend_is_a_year_with_its_gaps(place: Place) -> None:
    for ago, band in ((52, LOW), (53, TOP), (1, MIDDLE), (0, HIGH)):
        await add_week(place.store, place.organization, {EVERYBODY: shown(active=band)}, ago=ago)
    trend = (await place.reads()).trend
    assert len(trend) == 53
    assert [each for each in trend if each[1] is not None] == [
        (LAST - timedelta(weeks=52), LOW),
        (LAST - timedelta(weeks=1), MIDDLE),
        (LAST, HIGH),
    ]
    assert [point(figure) for _, figure in trend[-3:]] == [None, 50, 70]


async def test_departments_are_by_name_and_those_together_come_last(place: Place) -> None:
    ids = {
        label: await add_department(place.store, place.organization, label) for label in ("ops", "Éclair", "Law", "")
    }
    sales = await add_department(place.store, place.organization, "Sales")
    await add_week(
        place.store,
        place.organization,
        {
            EVERYBODY: shown(),
            sales: shown(40, 4),
            ids["ops"]: shown(20, 2, active=Kept.slack),
            ids[""]: shown(9, 1),
            OTHERS: shown(7, 3, together=(ids["Law"], ids["Éclair"])),
        },
    )
    report = await place.reads()
    assert [each.label for each in report.departments] == ["No department", "ops", "Sales", "Other departments"]
    assert report.departments[-1].is_others
    assert holds_said(VOICE, report.departments[-1]) == "These together: Éclair and Law."
    assert size_said(VOICE, report.departments[2]) == "40 1-on-1s, 4 managers"
    assert [said.figure for said in shares(VOICE, report.departments[1])] == ["kept back", "80 % or more", "under 20 %"]
    assert (report.department, report.teams) == (None, ())


async def test_a_department_has_its_teams_by_their_managers_names(place: Place, desk: Desk) -> None:
    sales = await add_department(place.store, place.organization, "Sales")
    mia, ben, ana = [await desk.person(name) for name in ("mia", "ben", "ana")]
    await add_week(
        place.store, place.organization, {EVERYBODY: shown(), sales: shown()}, teams={(sales, ben): team(9, LOW)}, ago=4
    )
    teams = {(sales, mia): team(5), (sales, ben): team(9), (sales, ana): team(4)}
    await add_week(place.store, place.organization, {EVERYBODY: shown(), sales: shown(20, 5)}, teams=teams)
    report = await place.reads(department=sales)
    assert report.department is not None
    assert report.department.label == "Sales"
    assert [(each.label, each.conversations) for each in report.teams] == [("Ben Okafor", 9), ("Mia Brandt", 5)]
    assert [each.active for each in report.teams] == [Told(HIGH, LOW), Told(HIGH, None)]
    assert unshown_said(VOICE, report) == "3 managers with fewer than 5 reports are counted in the department only."


async def test_a_department_that_is_shown_with_others_leads_there(place: Place) -> None:
    law = await add_department(place.store, place.organization, "Law")
    await add_week(place.store, place.organization, {EVERYBODY: shown(), OTHERS: shown(7, 3, together=(law,))})
    report = await place.reads(department=law)
    assert report.department is not None
    assert report.department.department == OTHERS
    assert unshown_said(VOICE, report) == ""


@pytest.mark.parametrize("department", ["A" * 22, OTHERS, ""])
async def test_there_is_no_other_department(place: Place, department: str) -> None:
    await add_department(place.store, place.organization, "Law")
    await add_week(place.store, place.organization, {EVERYBODY: shown()})
    report = await place.reads(department=department)
    assert (report.department, report.teams, unshown_said(VOICE, report)) == (None, (), "")


async def test_what_is_kept_back_says_why_once(place: Place) -> None:
    await add_week(place.store, place.organization, {EVERYBODY: few()})
    report = await place.reads()
    assert [said.figure for said in heroes(VOICE, report)] == ["too few to say"] * 4
    assert len(why_said(VOICE, figures_of(report))) == 1
    assert why_said(VOICE, [HIGH, None]) == ()
    assert len(why_said(VOICE, Kept)) == len(Kept)


async def test_it_reads_as_much_after_ten_years(place: Place) -> None:
    sales = await add_department(place.store, place.organization, "Sales")
    groups = {EVERYBODY: shown(), sales: shown()}
    await add_weeks(place.store, place.organization, groups, ago=range(54))
    soon = [await weeks_read(place, days) for days in WINDOWS]
    await add_weeks(place.store, place.organization, groups, ago=range(54, 520))
    assert [await weeks_read(place, days) for days in WINDOWS] == soon
    assert max(soon) <= 53 + 3 * len(groups)


async def weeks_read(place: Place, days: int) -> int:
    async with place.store.read(place.organization) as tx:
        weighed = Weighed(tx.usage)
        await read_report(cast("Transaction", SimpleNamespace(usage=weighed)), VOICE, days=days)
    return weighed.rows


class Weighed:
    """Counts the weeks of groups that are read."""

    def __init__(self, usage: Usage) -> None:
        self.usage = usage
        self.rows = 0

    async def latest(self) -> date | None:
        return await self.usage.latest()

    async def departments(self) -> Sequence[Department]:
        return await self.usage.departments()

    async def shown(
        self, weeks: Collection[date], *, everybody: Collection[date], department: str | None = None
    ) -> Sequence[WeekShown]:
        found = await self.usage.shown(weeks, everybody=everybody, department=department)
        self.rows += len(found)
        return found


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Band(0, 20), "under 20 %"),
        (Band(60, 65), "60 to 65 %"),
        (Band(33, 67), "33 to 67 %"),
        (Band(80, 100), "80 % or more"),
        (Band(0, 50), "under 50 %"),
    ],
)
def test_a_share_is_said_as_people_say_it(figure: Figure, words: str) -> None:
    assert figure_said(VOICE, figure) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (HIGH, HIGH, "as before"),
        (HIGH, MIDDLE, "up from 40 to 60 %"),
        (LOW, TOP, "down from 80 % or more"),
        (Band(60, 65), HIGH, "before: 60 to 80 %"),
        (HIGH, Kept.slack, "before: kept back"),
        (Kept.few, Kept.few, ""),
        (Kept.few, None, ""),
        (Kept.few, HIGH, "before: 60 to 80 %"),
        (HIGH, None, "nothing to compare with"),
    ],
)
def test_a_change_is_up_or_down_only_where_the_bands_are_apart(now: Figure, before: Figure | None, words: str) -> None:
    assert change_said(VOICE, Told(now, before)) == words


async def test_the_definition_stands_on_every_report(place: Place) -> None:
    await add_week(place.store, place.organization, {EVERYBODY: shown()})
    said: Sequence[str] = notes(VOICE, await place.reads(days=90))
    assert said[0].startswith("Active: one of the two added or discussed an agenda item")
    assert any("Gallup: 16 %" in each for each in said)
    assert any("13 weeks earlier" in each for each in said)
    assert [window_said(VOICE, days) for days in WINDOWS] == ["7 days", "14 days", "30 days", "90 days", "12 months"]
