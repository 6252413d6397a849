"""A topic in the conversations that have it, and what an admin can do about it and see of it (I4, I6)."""

from datetime import timedelta

from tests.adapters.contract.assignments import QUESTION, TITLE, assigned, with_a_team
from tests.adapters.contract.beginnings import in_settings, opened, scheduled
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import on_one_platform, story

LINE = "assign Country = Germany: Mid-year reflection"


async def with_topic(stage: Stage) -> None:
    """Ana's five reports in Germany have a topic."""
    await with_a_team(stage)
    await assigned(stage)


async def at_topic(mia: Actor, title: str = "Mid-year reflection") -> None:
    """Mia has the topic's page before her."""
    await mia.closes()
    await mia.says("topics", way=Way.command)
    await mia.presses("Open", near=title)


@story("I4")
async def test_either_may_mark_it_not_relevant_and_take_that_back(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Mid-year reflection")
    await stage.ben.presses("Not relevant")
    stage.ben.sees("Not relevant: Mid-year reflection", "Marked as not relevant by Ben")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see("Mid-year reflection")
    await stage.ana.presses("History")
    stage.ana.sees("– Mid-year reflection", "not relevant · from the people team (Mia)")
    await stage.ben.presses("Undo")
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Mid-year reflection")


@story("I4", "B2")
async def test_it_is_discussed_like_anything_else(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Discussed", near="Mid-year reflection")
    stage.ana.sees("Discussed: Mid-year reflection")
    await stage.ana.presses("Undo")
    stage.ana.sees("○ Mid-year reflection")
    await stage.ana.presses("We meet now")
    await stage.ana.presses("Wrap up")
    await stage.ana.fills("What did you talk about?", "Mid-year reflection")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("○ Mid-year reflection")
    await stage.ben.presses("History")
    stage.ben.sees("✓ Mid-year reflection", "discussed · from the people team (Mia)")


@story("I4", "B3")
async def test_both_can_comment_on_it_and_nobody_can_reword_it(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Mid-year reflection")
    await stage.ben.presses("Comment")
    await stage.ben.fills("Comment", "I would like to talk about the course")
    await stage.ben.submits()
    assert "Edit" not in stage.ben.buttons
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Mid-year reflection")
    stage.ana.sees("I would like to talk about the course", "Nobody sees whether you two talk about it.")


@story("I4")
async def test_home_and_the_reminder_name_it(stage: Stage) -> None:
    await with_topic(stage)
    await scheduled(stage.ana, "ben", "wednesday at 14:00")
    await stage.ben.says("add Promotion case", way=Way.command)
    await stage.ben.goes_home()
    stage.ben.sees("2 to talk about, 1 of them from the people team")
    stage.clock.advance(timedelta(days=1))
    await stage.delivers()
    assert any("Mid-year reflection" in words for words in stage.ana.hears())


@story("I4", "O6")
async def test_a_discreet_message_does_not_name_it(stage: Stage) -> None:
    await with_a_team(stage)
    await in_settings(stage.ana, "Reminders")
    await stage.ana.fills("What may messages show?", ["Counts and a button only"])
    await stage.ana.submits()
    await assigned(stage)
    await scheduled(stage.ana, "ben", "wednesday at 14:00")
    stage.clock.advance(timedelta(days=1))
    await stage.delivers()
    heard = stage.ana.hears()
    assert heard
    assert not any("Mid-year reflection" in words for words in heard)


@story("I6")
async def test_an_edit_changes_it_for_everybody_who_has_it_open(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Mid-year reflection")
    await at_topic(stage.mia)
    await stage.mia.presses("Edit")
    await stage.mia.fills(TITLE, "Half-year reflection")
    await stage.mia.fills(QUESTION, "What has changed?")
    await stage.mia.submits()
    stage.mia.sees("Half-year reflection", "What has changed?")
    await opened(stage.ana, "cleo")
    stage.ana.sees("○ Half-year reflection")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    stage.ana.sees("✓ Mid-year reflection")


@story("I6")
async def test_what_is_taken_back_is_gone_unless_it_was_discussed(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Mid-year reflection")
    await at_topic(stage.mia)
    await stage.mia.presses("Take back")
    stage.mia.sees("Take this topic back?", "What was discussed stays with the two.")
    await stage.mia.presses("Back")
    stage.mia.sees("assigned today")
    await stage.mia.presses("Take back")
    await stage.mia.presses("Take it back")
    stage.mia.sees("taken back today")
    await stage.delivers()
    await opened(stage.ana, "cleo")
    stage.ana.does_not_see("Mid-year reflection")
    await stage.ana.presses("History")
    stage.ana.does_not_see("Mid-year reflection")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    stage.ana.sees("✓ Mid-year reflection")


@story("I6")
async def test_it_can_be_assigned_again(stage: Stage) -> None:
    await with_topic(stage)
    await at_topic(stage.mia)
    await stage.mia.presses("Assign again")
    assert stage.mia.entered(TITLE) == "Mid-year reflection"
    await stage.mia.fills(TITLE, "End-of-year reflection")
    await stage.mia.submits()
    await stage.mia.presses("Assign")
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Mid-year reflection", "○ End-of-year reflection")
    await stage.mia.closes()
    await stage.mia.says("topics", way=Way.command)
    stage.mia.sees("End-of-year reflection", "Mid-year reflection", "reports with Country Germany")


@story("I6")
async def test_counts_come_once_a_week_and_never_of_few(stage: Stage) -> None:
    await with_topic(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Mid-year reflection")
    await at_topic(stage.mia)
    stage.mia.sees("As of today", "delivered: fewer than 5", "discussed: too few to say")
    stage.clock.advance(timedelta(days=7))
    await stage.delivers()
    await at_topic(stage.mia)
    stage.mia.sees("delivered: 5 to 9", "discussed: too few to say", "not relevant: too few to say")


@story("I6")
async def test_a_draft_can_be_gone_on_with(stage: Stage) -> None:
    await with_a_team(stage)
    await stage.mia.says(LINE, way=Way.command)
    await at_topic(stage.mia)
    stage.mia.sees("draft of today")
    await stage.mia.presses("Go on")
    assert stage.mia.entered(TITLE) == "Mid-year reflection"


@story("I6")
async def test_who_is_no_admin_sees_no_list(stage: Stage, way: Way) -> None:
    await with_topic(stage)
    await stage.ben.says("topics", way=way)
    stage.ben.sees("Only an admin can do this.")


@on_one_platform
@story("I2", "I6")
async def test_a_channel_is_an_audience_and_is_told_once(stage: Stage) -> None:
    await with_a_team(stage)
    await stage.mia.says(LINE, way=Way.command, where="general")
    await stage.mia.presses("Assign")
    await stage.delivers()
    await stage.delivers()
    said = await stage.reads_in("general")
    assert said.count("Mia assigned “Mid-year reflection” to 5 conversations (Germany).") == 1
