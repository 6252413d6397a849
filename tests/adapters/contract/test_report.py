"""The usage report in the chat: for everybody, the same on both platforms, and no more than M3 allows (M1 to M5)."""

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.assignments import ATTRIBUTE, TITLE, VALUES
from tests.adapters.contract.beginnings import added, together
from tests.adapters.contract.counted import counted, with_a_company, without_departments
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import on_one_platform, story

SHARE = "Active 1-on-1s: 60 to 80 %"


@story("M1", "M4")
async def test_everybody_reads_the_shares_each_beside_that_before(stage: Stage, way: Way) -> None:
    await counted(stage)
    for one in (stage.ben, stage.mia):
        await one.says("report", way=way)
        one.sees("Usage report", "30 days, 24 Oct 2026 to 22 Nov 2026 · 100 1-on-1s")
        one.sees(SHARE, "up from 40 to 60 %", "Managers with an active 1-on-1: 80 % or more", "as before")
        one.sees("Met their manager in the last 30 days: 40 to 60 %")
        one.sees("Called meaningful by both: under 20 %", "Gallup: 16 % of employees called")
        await one.closes()


@story("M1", "M2", "M3")
async def test_what_two_people_do_is_on_it_once_the_week_is_over(stage: Stage) -> None:
    await with_a_company(stage)
    await stage.mia.says("report", way=Way.command)
    stage.mia.sees("Nothing is counted yet.")
    await added(stage.ben, "ana", "Promotion case")
    almanac = Almanac(stage)
    await almanac.becomes(29, 12, month=11)
    await stage.mia.says("report 7", way=Way.command)
    stage.mia.sees("Nothing is counted yet.")
    await almanac.becomes(30, 7, month=11)
    await stage.mia.says("report 7", way=Way.command)
    stage.mia.sees("7 days, 23 Nov 2026 to 29 Nov 2026 · 55 1-on-1s", "Active 1-on-1s: under ")
    await stage.mia.presses("Departments")
    stage.mia.sees("Sales", "30 1-on-1s, 6 managers", "Support", "25 1-on-1s, 5 managers")
    stage.mia.does_not_see("Promotion case", "Ben Okafor")


@story("M2")
async def test_the_report_says_what_active_means(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report", way=Way.command)
    stage.ben.sees(
        "Active: one of the two added or discussed an agenda item, wrote a note, answered a check-in, added or closed "
        "an action item, or wrapped up a meeting in these days. Nothing that they wrote is read for it."
    )


@story("M5", "M1")
async def test_its_trend_and_its_departments_are_drawn_with_the_same_facts_as_text(stage: Stage, way: Way) -> None:
    await counted(stage)
    await stage.ben.says("report", way=way)
    stage.ben.sees("Active 1-on-1s in %, over time", "at least 27 Sep 40, 4 Oct 40", "15 Nov 60, 22 Nov 60")
    stage.ben.sees("at most 27 Sep 60, 4 Oct 60", "at least  40 40 40 40 40 60 60 60 60", "at most  60 60 60 60 60 80")
    stage.ben.sees("Active 1-on-1s in %, by department", "Product  60 80", "Sales  0 20", "Support  – –")


@story("M1")
async def test_there_are_five_windows_by_button_and_by_word(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report 7", way=Way.command)
    stage.ben.sees("7 days, 16 Nov 2026 to 22 Nov 2026", SHARE, "as before")
    for label, since in (("14 days", "9 Nov 2026"), ("90 days", "25 Aug 2026"), ("12 months", "23 Nov 2025")):
        await stage.ben.presses(label)
        stage.ben.sees(f"{label}, {since} to 22 Nov 2026")
    await stage.ben.presses("30 days")
    stage.ben.sees("30 days, 24 Oct 2026 to 22 Nov 2026")
    await stage.ben.says("report 12 months", way=Way.command)
    stage.ben.sees("12 months, 23 Nov 2025 to 22 Nov 2026")


@story("M1", "M3")
async def test_departments_and_then_managers(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report", way=Way.command)
    await stage.ben.presses("Departments")
    stage.ben.sees("Sales", "active: under 20 % · as before · 40 1-on-1s, 4 managers")
    stage.ben.sees("No meeting for four weeks: under 20 %", "Everyone in your organization sees the same numbers.")
    await stage.ben.presses("90 days")
    stage.ben.sees("90 days, 25 Aug 2026 to 22 Nov 2026")
    await stage.ben.presses("Open", near="Sales")
    stage.ben.sees("90 days, 25 Aug 2026", "Active 1-on-1s: under 20 %", "No meeting for four weeks: 40 to 60 %")
    stage.ben.sees("Managers with an active 1-on-1: 40 to 60 %", "Managers without an active 1-on-1: 40 to 60 %")
    stage.ben.sees("By manager", "Ana Ruiz", "active: 60 to 80 %", "3 managers with fewer than 5 reports")
    stage.ben.does_not_see("Ben Okafor", "Cleo Tanaka")
    await stage.ben.presses("Departments")
    stage.ben.sees("Support")


@story("M3")
async def test_what_is_kept_back_says_why_and_is_rolled_up(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report legal", way=Way.command)
    stage.ben.sees("Other departments", "These together: Finance and Legal.", "8 1-on-1s, 2 managers")
    stage.ben.sees("Active 1-on-1s: kept back", "Kept back: together with the other shares here it would say too much")
    await stage.ben.says("report support", way=Way.command)
    stage.ben.sees("Active 1-on-1s: too few to say", "no group with fewer than 5 is shown")
    await stage.ben.closes()
    await stage.ben.says("report", way=Way.command)
    await stage.ben.presses("How it is counted")
    stage.ben.sees(
        "Active: one of the two", "Shares are in bands and counted once a week", "Kept back:", "Too few to say:"
    )
    stage.ben.sees("Gallup: 16 %", "Everyone in your organization sees the same numbers.")


@story("M1", "I1", "I2")
async def test_an_admin_assigns_a_topic_to_a_department_from_its_page(stage: Stage) -> None:
    await counted(stage)
    await stage.mia.says("report sales", way=Way.command)
    await stage.mia.presses("Assign a topic here")
    assert stage.mia.entered(ATTRIBUTE) == "Department"
    assert stage.mia.entered(VALUES) == "Sales"
    await stage.mia.fills(TITLE, "What would help you two to meet?")
    await stage.mia.submits()
    stage.mia.sees("For reports with Department Sales", "Reaches 5 conversations.")
    await stage.mia.presses("Assign")
    stage.mia.sees("Assigned topic", "assigned today")


@story("M1", "N3")
async def test_nobody_else_does(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report sales", way=Way.command)
    stage.ben.does_not_see("Assign a topic here")
    await stage.mia.says("report sales", way=Way.command)
    await stage.ben.presses_as(stage.mia, "Assign a topic here")
    stage.ben.sees("Only an admin can do this.")
    await stage.mia.says("report legal", way=Way.command)
    stage.mia.does_not_see("Assign a topic here")


@story("M1")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("report 45 days", "The usage report knows these windows: 7 days, 14 days, 30 days, 90 days and 12 months."),
        ("report salse", "The usage report has no department “salse”. Did you mean “Sales”?"),
        ("report zebras", "The usage report has no department “zebras”. “report” alone shows all of it."),
    ],
)
async def test_what_there_is_not_is_said_and_no_word_is_lost(stage: Stage, words: str, said: str) -> None:
    await counted(stage)
    await stage.ben.says(words, way=Way.command)
    stage.ben.sees(said, words)


@story("M1")
async def test_before_the_first_week_there_is_a_sentence(stage: Stage) -> None:
    await together(stage)
    for words in ("report", "report sales"):
        await stage.ben.says(words, way=Way.command)
        stage.ben.sees("Nothing is counted yet. The first numbers come when a whole week is over, on Monday.")


@story("M3")
async def test_a_button_of_a_department_that_is_gone_says_so(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report", way=Way.command)
    await stage.ben.presses("Departments")
    await without_departments(stage)
    await stage.ben.presses("Open", near="Sales")
    stage.ben.sees("That department is not there any more. “report” shows those that are.")
    await stage.ben.closes()
    await stage.ben.says("report", way=Way.command)
    await stage.ben.presses("Departments")
    stage.ben.sees("No department is large enough to be shown.")


@on_one_platform
@story("M5")
async def test_in_a_channel_it_is_for_the_one_who_asked(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report", way=Way.mention, where="general")
    stage.ben.sees(SHARE)
    stage.cleo.sees_nowhere(SHARE)
    assert SHARE not in await stage.reads_in("general")


@story("M1", "P5")
async def test_home_and_help_lead_to_it(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.goes_home()
    await stage.ben.presses("Usage report")
    stage.ben.sees(SHARE)
    await stage.ben.closes()
    await stage.ben.says("help", way=Way.command)
    stage.ben.sees("report [90 days, or a department]", "Whether 1-on-1s happen here")
