"""An admin assigns a topic, by a form or in one line; what cannot be is said, and no word is lost (I1 to I3, I5)."""

from datetime import timedelta

import pytest

from tests.adapters.contract.assignments import (
    ATTRIBUTE,
    TITLE,
    VALUES,
    assigned,
    in_full,
    known_to_report,
    with_a_team,
)
from tests.adapters.contract.beginnings import in_settings, opened
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

LINE = "assign Country = Germany and Department in Sales, Support: Mid-year reflection"


@story("I1", "I2", "I4")
async def test_a_topic_is_written_reviewed_and_assigned(stage: Stage) -> None:
    await with_a_team(stage)
    await in_full(stage.mia)
    await stage.mia.submits()
    stage.mia.sees(
        "Mid-year reflection",
        "What are you proud of since January?",
        "For reports with Country Germany",
        "When: now",
        "Reaches 5 conversations.",
        "You will see counts only",
    )
    await stage.mia.presses("Assign")
    stage.mia.sees("Assigned topic", "assigned today")
    await stage.delivers()
    for one, other in ((stage.ana, "ben"), (stage.ben, "ana")):
        await opened(one, other)
        one.sees("○ Mid-year reflection", "from the people team (Mia): Reviews start on 1 June")
        await one.presses("Open", near="Mid-year reflection")
        one.sees("What are you proud of since January?", "https://example.com/reviews")
        one.sees("You have it because it is for reports with Country Germany.")
        assert "Edit" not in one.buttons


@story("I2")
async def test_one_line_does_the_same(stage: Stage, way: Way) -> None:
    await with_a_team(stage)
    await stage.mia.says(LINE, way=way)
    stage.mia.sees("Mid-year reflection", "Country Germany", "Department Sales and Support", "Reaches 5 conversations.")
    await stage.mia.presses("Back")
    assert stage.mia.entered(TITLE) == "Mid-year reflection"
    assert stage.mia.entered(VALUES) == "Germany"


@story("I2")
async def test_who_is_not_meant_does_not_get_it(stage: Stage) -> None:
    await with_a_team(stage)
    await known_to_report(stage, "mia", {"ana": {"Country": "France"}})
    await assigned(stage, LINE)
    await opened(stage.ana, "mia")
    stage.ana.does_not_see("Mid-year reflection")
    await opened(stage.ana, "ben")
    stage.ana.sees("Mid-year reflection")


@story("I2")
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Land = Germany: Reflection", "Nothing is known of people as “Land”."),
        ("Contry = Germany: Reflection", "Did you mean “Country”?"),
        ("Country = Germny: Reflection", "Nobody has “Germny” as Country. Did you mean “Germany”?"),
        ("Country = Germany Reflection", "I could not read that."),
        ("Country = Germany:", "I could not read that."),
        ("Country = France: Reflection", "at least 5 conversations"),
        ("team: Reflection", "Nobody reports to you here"),
        ("channel: Reflection", "This works in a channel."),
        (f"Country = Germany: {'x' * 151}", "A title has at most 150 characters; that is 151."),
    ],
)
async def test_what_cannot_be_is_said_and_the_words_come_back(stage: Stage, words: str, answer: str) -> None:
    await with_a_team(stage)
    await stage.mia.says(f"assign {words}", way=Way.command)
    stage.mia.sees(answer, words)


@story("I2")
async def test_the_form_says_what_cannot_be_and_keeps_what_was_typed(stage: Stage) -> None:
    await with_a_team(stage)
    await in_full(stage.mia)
    await stage.mia.fills(VALUES, "Germny")
    await stage.mia.submits()
    stage.mia.sees("Nobody has “Germny” as Country. Did you mean “Germany”?")
    stage.mia.still_has(VALUES, "Germny")
    stage.mia.still_has(TITLE, "Mid-year reflection")
    await stage.mia.fills(VALUES, "France")
    await stage.mia.submits()
    stage.mia.sees("at least 5 conversations")
    await stage.mia.fills(VALUES, "Germany")
    await stage.mia.presses("Another condition")
    await stage.mia.fills("Condition 2", "Department")
    await stage.mia.submits()
    stage.mia.sees("Please write something here.")
    stage.mia.still_has(TITLE, "Mid-year reflection")


@story("I2")
async def test_no_condition_at_all_is_no_audience(stage: Stage) -> None:
    await with_a_team(stage)
    await stage.mia.says("assign", way=Way.command)
    await stage.mia.fills(TITLE, "For whom?")
    await stage.mia.submits()
    stage.mia.sees("Please say for whom")
    stage.mia.still_has(TITLE, "For whom?")


@story("I2")
async def test_ones_own_team_may_be_small(stage: Stage) -> None:
    await known_to_report(stage, "mia", {"ana": {"Country": "Germany"}})
    await assigned(stage, "assign team: Tried out")
    await opened(stage.ana, "mia")
    stage.ana.sees("Tried out", "from the people team (Mia)")
    await stage.mia.says("topics", way=Way.command)
    await stage.mia.presses("Open", near="Tried out")
    stage.mia.sees("There are no counts of your own team.")


@story("I3")
async def test_it_comes_on_its_day_where_each_report_is(stage: Stage) -> None:
    await with_a_team(stage)
    await in_full(stage.mia)
    await stage.mia.fills("On which day", "tomorrow")
    await stage.mia.fills("At what time", "09:00")
    await stage.mia.fills("Does it come again?", "Every year")
    await stage.mia.fills("Also for people who join until", "2026-12-31")
    await stage.mia.submits()
    stage.mia.sees("When: tomorrow at 09:00, their time · every year · also for people who join until Thursday 31 Dec")
    await stage.mia.presses("Assign")
    await stage.delivers()
    stage.clock.advance(timedelta(hours=16))  # nine in Tokyo has come, in New York it has not
    await stage.delivers()
    await opened(stage.ana, "cleo")
    stage.ana.sees("Mid-year reflection")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see("Mid-year reflection")
    stage.clock.advance(timedelta(hours=14))
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.sees("Mid-year reflection")


@story("I3")
@pytest.mark.parametrize(
    ("field", "words", "answer"),
    [
        ("On which day", "last year", "I could not read that date."),
        ("On which day", "2026-11-01", "That day is over."),
        ("On which day", "2099-01-01", "more than ten years away"),
        ("At what time", "25:00", "I could not read that time of day."),
        ("Also for people who join until", "2026-11-01", "That day is over."),
    ],
)
async def test_times_that_cannot_be_are_said(stage: Stage, field: str, words: str, answer: str) -> None:
    await with_a_team(stage)
    await in_full(stage.mia)
    await stage.mia.fills(field, words)
    await stage.mia.submits()
    stage.mia.sees(answer)
    stage.mia.still_has(field, words)
    stage.mia.still_has(TITLE, "Mid-year reflection")


@story("I3")
async def test_who_joins_later_gets_it_too(stage: Stage) -> None:
    await with_a_team(stage)
    await in_full(stage.mia)
    await stage.mia.fills("Also for people who join until", "2026-12-31")
    await stage.mia.submits()
    await stage.mia.presses("Assign")
    await stage.delivers()
    await known_to_report(stage, "ana", {"mia": {"Country": "Germany"}})
    stage.clock.advance(timedelta(hours=2))
    await stage.delivers()
    await opened(stage.ana, "mia")
    stage.ana.sees("Mid-year reflection")


@story("I5")
async def test_a_third_topic_in_a_month_comes_in_the_next_one(stage: Stage) -> None:
    await with_a_team(stage)
    await assigned(stage, "assign Country = Germany: The first")
    await assigned(stage, "assign Country = Germany: The second")
    await stage.mia.says("assign Country = Germany: The third", way=Way.command)
    stage.mia.sees("Reaches 5 conversations.", "5 already have 2 topics in November and get it in December.")
    await stage.mia.presses("Assign")
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.sees("The first", "The second")
    stage.ana.does_not_see("The third")
    stage.clock.advance(timedelta(days=10))
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.sees("The third")


@story("I5")
async def test_an_admin_says_how_many_topics_a_month_are_enough(stage: Stage) -> None:
    await with_a_team(stage)
    await in_settings(stage.mia, "Reminders for everybody")
    await stage.mia.fills("How many assigned topics may a 1-on-1 get in a month?", "One")
    await stage.mia.submits()
    await stage.mia.is_told("Saved for everybody.")
    await assigned(stage, "assign Country = Germany: The first")
    await stage.mia.says("assign Country = Germany: The second", way=Way.command)
    stage.mia.sees("5 already have 1 topic in November and get it in December.")


@story("I1")
async def test_who_is_no_admin_assigns_nothing(stage: Stage, way: Way) -> None:
    await with_a_team(stage)
    await stage.ben.says("assign Country = Germany: For me", way=way)
    stage.ben.sees("Only an admin can do this.")
    await stage.mia.says("assign Country = Germany: For all", way=Way.command)
    await opened(stage.ben, "ana")
    await stage.ben.presses_as(stage.mia, "Assign")
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.does_not_see("For all", "For me")
    await stage.mia.closes()


@story("I1")
async def test_without_attributes_the_form_says_how_to_get_them(stage: Stage) -> None:
    await stage.mia.says("assign", way=Way.command)
    stage.mia.sees("Nothing is known yet of people's departments or countries.")
    assert ATTRIBUTE not in stage.mia.reads
