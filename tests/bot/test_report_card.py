"""The usage report in the chat: its card and pages, what is drawn of it, and what is refused."""

from dataclasses import dataclass, replace

import pytest

from bot.actions import Action
from bot.disclosure import Band, Figure, Kept
from bot.features.insights import ShowReport
from bot.features.insights_page import AssignToDepartment, OpenCounting, OpenDepartment, OpenDepartments
from bot.model.ids import DepartmentId, PersonId
from bot.model.usage import EVERYBODY, OTHERS
from bot.views import Card, Chart, Drawn, Form, Jump, Line, Notice, Page, View
from tests.bot.desk import Desk, labels, profile
from tests.bot.pairs import staffed
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, add_department, add_week, few, shown, team

NOBODY_S = DepartmentId("n" * 22)


@dataclass(frozen=True)
class Counted:
    """Departments that are on the report."""

    sales: DepartmentId
    support: DepartmentId
    unnamed: DepartmentId
    legal: DepartmentId


@dataclass(frozen=True)
class Address:
    """Links of which one can see what was asked for."""

    def report(self, person: PersonId, *, days: int | None = None, department: str | None = None) -> str:
        return f"https://example.com/{person}/{days}/{department}"


async def counted(desk: Desk, *, weeks: int = 6, active: Figure = HIGH) -> Counted:
    """So many weeks of four departments, one of which is too small to be shown alone."""
    organization = desk.mia.account.organization
    found = [await add_department(desk.store, organization, label) for label in ("Sales", "Support", "", "Legal")]
    sales, support, unnamed, legal = found
    groups = {
        EVERYBODY: shown(active=active),
        sales: shown(40, 4, active=LOW, managers_active=Band(60, 80)),
        support: few(),
        unnamed: shown(30, 3, active=MIDDLE),
        OTHERS: shown(8, 2, active=Kept.slack, together=(legal,)),
    }
    teams = {(sales, await desk.person("ana")): team(8, active=LOW)}
    for ago in range(weeks):
        await add_week(desk.store, organization, groups, teams=teams, ago=ago)
    return Counted(sales, support, unnamed, legal)


def charts(view: View | None) -> list[Chart]:
    assert isinstance(view, Card), view
    return [part for part in view.body if isinstance(part, Chart)]


async def test_the_card_has_the_shares_each_with_its_change_and_the_definition(desk: Desk) -> None:
    await counted(desk)
    card = await desk.ben.says("report")
    assert isinstance(card, Card)
    assert card.summary == "OneOnOne"
    assert card.address == ShowReport(30)
    for words in (
        "30 days, 24 Oct 2026 to 22 Nov 2026 · 100 1-on-1s",
        "Active 1-on-1s: 60 to 80 %\nas before",
        "Managers with an active 1-on-1: 80 % or more",
        "Met their manager in the last 30 days: 40 to 60 %",
        "Called meaningful by both: under 20 %\nas before · For comparison, Gallup: 16 %",
        "Active: one of the two added or discussed an agenda item",
    ):
        assert words in desk.ben.reads
    assert labels(card) == ["Departments", "How it is counted", "7 days", "14 days", "90 days", "12 months"]


async def test_the_trend_is_drawn_by_where_each_band_begins_and_ends(desk: Desk) -> None:
    await counted(desk, weeks=3)
    trend, departments = charts(await desk.ben.says("report"))
    assert trend.labels == ("8 Nov", "15 Nov", "22 Nov")
    assert trend.lines == (Line("at least", (60, 60, 60)), Line("at most", (80, 80, 80)))
    assert trend.top == 100
    assert departments.drawn is Drawn.bars
    assert departments.labels == ("No department", "Sales", "Support", "Other departments")
    assert departments.lines == (Line("at least", (40, 0, None, None)), Line("at most", (60, 20, None, None)))


@pytest.mark.parametrize(("weeks", "points", "first"), [(14, 14, "23 Aug"), (15, 8, "16 Aug"), (53, 14, "23 Nov")])
async def test_of_a_year_every_fourth_week_is_drawn(desk: Desk, weeks: int, points: int, first: str) -> None:
    await counted(desk, weeks=weeks)
    trend, _ = charts(await desk.ben.says("report"))
    assert len(trend.labels) == points
    assert (trend.labels[0], trend.labels[-1]) == (first, "22 Nov")


async def test_one_week_is_no_trend_and_one_department_no_comparison(desk: Desk) -> None:
    organization = desk.mia.account.organization
    sales = await add_department(desk.store, organization, "Sales")
    await add_week(desk.store, organization, {EVERYBODY: shown(), sales: shown()})
    assert charts(await desk.ben.says("report")) == []


async def test_of_very_many_departments_the_largest_are_drawn(desk: Desk) -> None:
    organization = desk.mia.account.organization
    groups = {EVERYBODY: shown(5000)}
    for number in range(60):
        groups[await add_department(desk.store, organization, f"D{number:02}")] = shown(10 + number)
    await add_week(desk.store, organization, groups)
    (departments,) = charts(await desk.ben.says("report"))
    assert departments.labels == tuple(f"D{number}" for number in range(40, 60))
    page = await desk.ben.presses("Departments")
    assert isinstance(page, Page)
    assert [label for label in labels(page) if label == "Open"] == ["Open"] * 10
    await desk.ben.presses("Next page")
    assert "D10" in desk.ben.reads
    assert "D09" not in desk.ben.reads


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("report", ShowReport(30)),
        ("usage report", ShowReport(30)),
        ("report 7", ShowReport(7)),
        ("report 14 days", ShowReport(14)),
        ("report 90 Days", ShowReport(90)),
        ("report 12 months", ShowReport(365)),
        ("report 365", ShowReport(365)),
    ],
)
async def test_words_name_a_window(desk: Desk, words: str, wanted: Action) -> None:
    await counted(desk)
    view = await desk.ben.says(words)
    assert isinstance(view, Card)
    assert view.address == wanted


async def test_words_in_another_language_name_it_too(desk: Desk) -> None:
    await counted(desk)
    await desk.engine.learn(desk.ben.account, replace(profile("ben"), language="de"))
    for words in ("report 12 months", "report 12 Monate"):
        view = await desk.ben.says(words)
        assert isinstance(view, Card)
        assert view.address == ShowReport(365)


async def test_words_name_a_department_and_a_small_one_leads_to_those_together(desk: Desk) -> None:
    there = await counted(desk)
    for words, wanted in (
        ("sales", there.sales),
        ("SUPPORT", there.support),
        ("legal", None),
        ("no department", there.unnamed),
    ):
        view = await desk.ben.says(f"report {words}")
        assert isinstance(view, Page)
        assert view.address == OpenDepartment(30, wanted)
    await desk.ben.says("report legal")
    assert "Other departments" in desk.ben.reads
    assert "These together: Legal." in desk.ben.reads


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("report 45", "The usage report knows these windows: 7 days, 14 days, 30 days, 90 days and 12 months."),
        ("report 45 days", "The usage report knows these windows"),
        ("report 999999999999", "The usage report knows these windows"),
        ("report salse", "The usage report has no department “salse”. Did you mean “Sales”?"),
        ("report zzz", "The usage report has no department “zzz”. “report” alone shows all of it."),
    ],
)
async def test_other_words_are_refused_with_what_there_is(desk: Desk, words: str, said: str) -> None:
    await counted(desk)
    view = await desk.ben.says(words)
    assert isinstance(view, Notice)
    assert said in view.text


async def test_a_department_s_page_has_its_shares_its_teams_and_why_some_is_kept_back(desk: Desk) -> None:
    there = await counted(desk)
    await desk.ben.does(OpenDepartment(90, there.sales))
    for words in (
        "Sales\n40 1-on-1s, 4 managers · 90 days, 25 Aug 2026 to 22 Nov 2026",
        "Active 1-on-1s: under 20 %",
        "Managers with an active 1-on-1: 60 to 80 %",
        "Managers without an active 1-on-1: 20 to 40 %",
        "No meeting for four weeks: under 20 %",
        "Ana Ruiz\nactive: under 20 % · nothing to compare with · 8 1-on-1s",
        "3 managers with fewer than 5 reports are counted in the department only.",
        "Everyone in your organization sees the same numbers.",
    ):
        assert words in desk.ben.reads
    await desk.ben.does(OpenDepartment(90, there.support))
    assert "Too few to say: no group with fewer than 5 is shown" in desk.ben.reads
    assert "Managers without" not in desk.ben.reads


@pytest.mark.parametrize(
    ("figure", "said"),
    [(Band(0, 20), "80 % or more"), (Band(80, 100), "20 % at most"), (Band(33, 67), "33 to 67 %")],
)
async def test_managers_without_any_are_what_the_others_leave(desk: Desk, figure: Band, said: str) -> None:
    organization = desk.mia.account.organization
    sales = await add_department(desk.store, organization, "Sales")
    await add_week(desk.store, organization, {EVERYBODY: shown(), sales: shown(managers_active=figure)})
    await desk.ben.does(OpenDepartment(30, sales))
    assert f"Managers without an active 1-on-1: {said}" in desk.ben.reads


async def test_an_admin_begins_a_topic_for_a_department_that_has_a_name(desk: Desk) -> None:
    there = await counted(desk)
    await staffed(desk, 1)  # in Sales
    await desk.mia.does(OpenDepartment(30, there.sales))
    form = await desk.mia.presses("Assign a topic here")
    assert isinstance(form, Form)
    values = {field.name: getattr(field, "value", None) for field in form.fields}
    assert (values["attribute0"], values["values0"]) == ("department", "Sales")
    for department in (there.unnamed, None):
        await desk.mia.does(OpenDepartment(30, department))
        assert "Assign a topic here" not in labels(desk.mia.view or form)
    await desk.ben.does(OpenDepartment(30, there.sales))
    assert "Assign a topic here" not in labels(desk.ben.view or form)


async def test_nobody_else_begins_one_and_none_of_a_department_that_is_gone(desk: Desk) -> None:
    there = await counted(desk)
    for department in (there.sales, NOBODY_S):
        view = await desk.ben.does(AssignToDepartment(department))
        assert view == Notice(text="Only an admin can do this.", problem=True, language="en")
    for department in (there.unnamed, NOBODY_S, there.sales):  # where nobody is any more
        await desk.mia.does(AssignToDepartment(department))
        assert "That department is not there any more." in desk.mia.reads
    async with desk.store.read(desk.mia.account.organization) as tx:
        assert await tx.topics.all() == []


@pytest.mark.parametrize(
    "action", [ShowReport(0), ShowReport(31), OpenDepartments(8), OpenCounting(1), OpenDepartment(5, None)]
)
async def test_a_window_that_there_is_not_is_refused(desk: Desk, action: Action) -> None:
    await counted(desk)
    view = await desk.ben.does(action)
    assert isinstance(view, Notice)
    assert view.text.startswith("The usage report knows these windows")


async def test_a_button_of_a_department_that_is_gone_says_so(desk: Desk) -> None:
    await counted(desk)
    view = await desk.ben.does(OpenDepartment(30, NOBODY_S))
    assert isinstance(view, Notice)
    assert view.text == "That department is not there any more. “report” shows those that are."


@pytest.mark.parametrize(
    "action",
    [ShowReport(30), OpenDepartments(30), OpenDepartment(30, None), OpenDepartment(30, NOBODY_S), OpenCounting(30)],
)
async def test_before_the_first_week_there_is_a_sentence(desk: Desk, action: Action) -> None:
    view = await desk.ben.does(action)
    assert isinstance(view, Card | Page)
    assert "Nothing is counted yet." in desk.ben.reads
    await desk.ben.says("report sales")
    assert "Nothing is counted yet." in desk.ben.reads


async def test_there_is_a_link_where_people_reach_the_service(desk: Desk) -> None:
    await counted(desk)
    desk.engine = replace(desk.engine, links=Address())
    card = await desk.ben.says("report 90")
    assert isinstance(card, Card)
    (link,) = (part for part in card.body if isinstance(part, Jump))
    ben = await desk.person("ben")
    assert link.url == f"https://example.com/{ben}/90/None"
    page = await desk.ben.does(OpenDepartment(90, None))
    assert isinstance(page, Page)
    assert f"https://example.com/{ben}/90/others" in [part.url for part in page.body if isinstance(part, Jump)]
