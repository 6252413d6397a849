"""The usage report says the same in the chat, on the page, in the file and in the shell, and to everybody (M1, M5).

Each share here is another one, so that none can stand where another belongs, and no surface has one of its own.
"""

import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta

import pytest

from adapters.clock import new_id
from adapters.report_command import lines_of
from adapters.web.report_page import report_page
from bot.disclosure import Band, Figure, Kept, Shown
from bot.features.insights import ShowReport
from bot.features.insights_page import OpenCounting, OpenDepartment, OpenDepartments
from bot.insights import EARLIER, Report, Told, read_report
from bot.insights_csv import report_csv
from bot.insights_said import figure_said, heroes, shares
from bot.model.ids import DepartmentId
from bot.model.usage import EVERYBODY, OTHERS
from prompts import Library, Voice
from storage.store import Store
from tests.bot.desk import A_MONDAY, Actor, Desk, desk_on
from tests.bot.usage_weeks import add_department, add_week, shown, team

DAYS = 90
VOICE = Voice(Library("en"), "Europe/Berlin", A_MONDAY)
_SHARE = re.compile(r"under \d+ %|\d+ to \d+ %|\d+ % or more|too few to say|kept back")
KEY = b"k" * 32
Surface = Callable[[Desk, Report], Awaitable[str]]


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    store = Store(sqlite_url, (KEY,))
    yield await desk_on(store)
    await store.close()


def bands() -> Iterator[Figure]:
    """One after the other, each once."""
    yield from (Band(low, high) for low in range(20, 80, 5) for high in range(low + 5, 85, 5))


def distinct(conversations: int, managers: int, taken: Iterator[Figure]) -> Shown:
    """A group of which each share is another one."""
    return shown(
        conversations,
        managers,
        active=next(taken),
        managers_active=next(taken),
        met=next(taken),
        meaningful=next(taken),
        drifting=next(taken),
    )


async def counted(desk: Desk) -> DepartmentId:
    """This week and the one with which it is compared, of everybody, two departments, others, and a team."""
    organization, taken = desk.mia.account.organization, bands()
    sales, ops, law = [await add_department(desk.store, organization, name) for name in ("Sales", "Ops", "Law")]
    ben = await desk.person("ben")
    for ago in (EARLIER[DAYS], 4, 0):
        groups = {
            EVERYBODY: distinct(120, 12, taken),
            sales: distinct(60, 6, taken),
            ops: shown(40, 3, active=Kept.slack, managers_active=Kept.slack, drifting=next(taken)),
            OTHERS: shown(20, 3, active=Kept.few, managers_active=Kept.few, drifting=Kept.few, together=(law,)),
        }
        teams = {(sales, ben): team(9, active=next(taken))}
        await add_week(desk.store, organization, groups, teams=teams, ago=ago)
    return sales


async def told(desk: Desk, department: DepartmentId | None = None) -> Report:
    async with desk.store.read(desk.mia.account.organization) as tx:
        report = await read_report(tx, VOICE, days=DAYS, department=department)
    assert report is not None
    return report


def words_of(report: Report) -> set[str]:
    """Every share of a report, those of the windows before and of the year too; and what managers without any leave."""
    groups = (*report.departments, *report.teams)
    shown_now = [report.active, report.managers, report.met, report.meaningful, report.drifting]
    of_groups = [one for each in groups for one in (each.active, each.managers_active, each.drifting)]
    every: list[Told] = [*shown_now, *(one for one in of_groups if one is not None)]
    figures = [figure for one in every for figure in (one.figure, one.before) if figure is not None]
    weeks = [figure for _, figure in report.trend if figure is not None]
    without = [each.managers_active.figure for each in groups if each.managers_active]
    rest = [Band(100 - one.high, 100 - one.low) for one in without if isinstance(one, Band)]
    return {figure_said(VOICE, figure) for figure in (*figures, *weeks, *rest)}


async def in_the_chat(desk: Desk, report: Report, reader: Actor | None = None) -> str:
    """The card, and all pages that it leads to."""
    reader = reader or desk.ana
    departments = [None if one.is_others else DepartmentId(one.department) for one in report.departments]
    pages = [OpenDepartment(DAYS, one) for one in departments]
    found = []
    for action in (ShowReport(DAYS), OpenDepartments(DAYS), OpenCounting(DAYS), *pages):
        await reader.does(action)
        found.append(reader.reads)
    return "\n".join(found)


async def on_the_page(desk: Desk, report: Report) -> str:
    page = report_page(VOICE, report, path="TOKEN", until=A_MONDAY + timedelta(days=1))
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)))


async def in_the_file(desk: Desk, report: Report) -> str:
    return report_csv(VOICE, report).decode("utf-8-sig")


async def in_the_shell(desk: Desk, report: Report) -> str:
    return "\n".join(lines_of(VOICE, report))


SURFACES = [in_the_chat, on_the_page, in_the_file, in_the_shell]


@pytest.mark.parametrize("surface", SURFACES)
async def test_no_surface_has_a_share_of_its_own(desk: Desk, surface: Surface) -> None:
    sales = await counted(desk)
    for report in (await told(desk), await told(desk, sales)):
        said = set(_SHARE.findall(await surface(desk, report)))
        assert said - words_of(await told(desk, sales)) == set()


@pytest.mark.parametrize("surface", SURFACES)
async def test_each_surface_has_the_four_and_all_of_the_departments(desk: Desk, surface: Surface) -> None:
    await counted(desk)
    report = await told(desk)
    text = await surface(desk, report)
    for said in heroes(VOICE, report):
        assert said.name in text
        assert said.figure in text
    for group in report.departments:
        assert group.label in text
        for said in shares(VOICE, group):
            assert said.figure in text


@pytest.mark.parametrize("surface", SURFACES)
async def test_each_surface_has_a_departments_teams(desk: Desk, surface: Surface) -> None:
    sales = await counted(desk)
    report = await told(desk, sales)
    (mine,) = report.teams
    text = await surface(desk, report)
    assert mine.label in text
    assert figure_said(VOICE, mine.active.figure) in text


async def test_everybody_reads_the_same(desk: Desk) -> None:
    """An admin has a button more, and no number."""
    sales = await counted(desk)
    report = await told(desk, sales)
    first, *others = [await in_the_chat(desk, report, one) for one in (desk.ana, desk.ben, desk.cleo)]
    assert others == [first, first]
    assert _SHARE.findall(await in_the_chat(desk, report, desk.mia)) == _SHARE.findall(first)


async def test_a_department_that_there_never_was_is_on_no_surface(desk: Desk) -> None:
    await counted(desk)
    report = await told(desk, DepartmentId(new_id()))
    assert report == await told(desk)
