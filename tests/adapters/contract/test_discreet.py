"""Discreet mode: what stays in the chat carries no titles, only counts and a button (O6)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import added, in_settings, jotted, opened, promised, scheduled, together
from tests.adapters.contract.hearing import heard
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

IN_MESSAGES = "What may messages show?"
TITLES = ("Promotion", "draft", "board", "Succession")


async def _counts_only(one: Actor, which: str) -> None:
    await in_settings(one, which)
    await one.fills(IN_MESSAGES, ["Counts and a button only"])
    await one.submits()


async def _about_much(stage: Stage) -> Almanac:
    """The organization is discreet; Ana and Ben meet on Tuesday 1 December, and have things to talk about."""
    await together(stage)
    await _counts_only(stage.mia, "Reminders for everybody")
    await added(stage.ana, "ben", "Promotion case")
    await promised(stage.ben, "ana", "Send the draft", due="1 dec")
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await stage.ben.closes()
    return Almanac(stage)


@story("O6", "G4")
async def test_reminders_count_and_lead_to_a_window_with_the_titles(stage: Stage) -> None:
    almanac = await _about_much(stage)
    await almanac.becomes(27, 14, month=11)
    heard(stage.ben, "1 thing to talk about, 1 action item of yours open.")
    await stage.ben.presses("Prepare")
    stage.ben.sees("○ Promotion case", "□ Send the draft", "Worth asking")
    await stage.ben.closes()
    await almanac.becomes(1, 13, 50)
    heard(stage.ben, "1 thing to talk about.\n")
    await almanac.becomes(1, 14)
    heard(stage.ben, "An action item of yours is due")
    stage.ben.sees_nowhere(*TITLES)


@story("O6", "G7")
async def test_a_summary_counts_too(stage: Stage) -> None:
    almanac = await _about_much(stage)
    await almanac.becomes(1, 14)
    await stage.ana.says("wrap up", way=Way.command)
    await stage.ana.fills("What did you talk about?", ["Promotion case"])
    await stage.ana.fills("What is worth remembering?", "About Succession")
    await stage.ana.fills("Action item 1", "Ask the board")
    await stage.ana.submits()
    await stage.ana.closes()
    await almanac.becomes(1, 15, 30)
    heard(stage.ben, "1 discussed, 1 action item, 1 shared note.")
    stage.ana.sees_nowhere(*TITLES)
    stage.ben.sees_nowhere(*TITLES)
    await stage.ana.presses("Open", near="What came of")
    stage.ana.sees("✓ Promotion case", "Ask the board", "About Succession")


@story("O6", "A8")
async def test_news_and_what_is_undone_name_nothing(stage: Stage) -> None:
    await together(stage)
    await _counts_only(stage.ben, "Reminders")
    almanac = Almanac(stage)
    await jotted(stage.ana, "Promotion case")
    await almanac.becomes(23, 14, month=11)
    await stage.ben.closes()
    assert "Ana added 1 item" in heard(stage.ben, "News from your 1-on-1s")
    await stage.ben.says("add Budget", way=Way.command)
    await stage.ben.presses("Undo")
    stage.ben.sees("Dropped: an item of yours")
    await stage.ben.presses("Undo")
    stage.ben.sees("Open again: an item of yours")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Promotion case")
    stage.ben.sees("Discussed: an item of Ana's")
    await stage.ben.closes()
    stage.ben.sees_nowhere("Promotion")


@story("O6", "D3")
async def test_home_leads_to_ones_promises_without_naming_them(stage: Stage) -> None:
    await together(stage)
    await _counts_only(stage.ben, "Reminders")
    await promised(stage.ben, "ana", "Send the draft")
    await promised(stage.ben, "ana", "Read the draft", owner="Ana Ruiz")
    await stage.ben.presses("Done")
    stage.ben.sees("Done: an action item of Ana's")
    await stage.ben.goes_home()
    stage.ben.does_not_see("draft")
    await stage.ben.presses("Your action items (1)")
    stage.ben.sees("□ Send the draft")


@story("O6")
async def test_it_is_off_until_somebody_wants_it_and_the_form_says_who_did(stage: Stage) -> None:
    await together(stage)
    await in_settings(stage.ben, "Reminders")
    assert not stage.ben.entered(IN_MESSAGES)
    await _counts_only(stage.mia, "Reminders for everybody")
    await in_settings(stage.ben, "Reminders")
    stage.ben.sees("Your organization shows counts only, to everybody.")
