"""What one may do about a reminder: have it explained, put off, or turned down; and nobody else may (G6)."""

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import in_settings, promised, scheduled, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

TO_PREPARE = "Worth asking"
A_REMINDER = "Why this?"
KINDS = "Of what should I remind you?"
GONE = "This does not exist, or it is not yours to see."


async def _to_prepare(stage: Stage) -> Almanac:
    """It is Friday, and Ben has before him that he meets Ana on Tuesday 1 December."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await almanac.becomes(27, 14, month=11)
    heard(stage.ben, TO_PREPARE)
    await stage.ben.closes()
    return almanac


@story("G6")
async def test_the_reason_leads_to_what_one_may_choose(stage: Stage) -> None:
    almanac = await _to_prepare(stage)
    await stage.ben.presses("Why this?")
    stage.ben.sees("A 1-on-1 of yours is coming up, and you have not prepared it yet.")
    stage.ben.sees("How early it comes, and whether it comes at all, is yours to choose.", "Only you can see this.")
    await stage.ben.presses("Reminders")
    await stage.ben.fills(KINDS, ["Prepare a 1-on-1"])
    await stage.ben.submits()
    await stage.ben.is_told("Saved. What is planned already follows.")
    await almanac.becomes(1, 13, 50)
    heard_nothing_of(stage.ben, A_REMINDER)


@story("G6", "D2")
async def test_what_has_its_fixed_time_says_so(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await promised(stage.ana, "ben", "Send the draft", due="tomorrow")
    await almanac.becomes(24, 8, month=11)
    await stage.ana.closes()
    await stage.ana.presses("Why this?")
    stage.ana.sees("An action item of yours is due.", "Whether it comes at all is yours to choose.")
    stage.ana.does_not_see("How early")


@story("G6")
async def test_what_is_put_off_comes_the_next_morning_and_on_the_last_one_an_hour_later(stage: Stage) -> None:
    almanac = await _to_prepare(stage)
    await stage.ben.presses("Snooze")
    stage.ben.sees("I will come back to it Monday, 09:00.", TO_PREPARE)
    await almanac.becomes(30, 13, 59, month=11)
    heard_nothing_of(stage.ben, A_REMINDER)
    await almanac.becomes(30, 14, month=11)
    heard(stage.ben, TO_PREPARE)
    await stage.ben.closes()
    await stage.ben.presses("Snooze")
    stage.ben.sees("I will come back to it today, 10:00.")


@pytest.mark.soak
@story("G6", "G2")
async def test_what_is_put_off_does_not_come_beside_that_of_the_new_time(stage: Stage) -> None:
    """Two working days before Wednesday is Monday, too."""
    almanac = await _to_prepare(stage)
    await stage.ben.presses("Snooze")
    await stage.ana.says("move wednesday 15:00", way=Way.command)
    await almanac.becomes(30, 14, month=11)
    assert "Wednesday, 09:00" in heard(stage.ben, A_REMINDER)


@story("G6", "D2")
async def test_what_was_done_meanwhile_does_not_come_again(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    for what in ("Send the draft", "Read the draft"):
        await promised(stage.ana, "ben", what, due="tomorrow")
    await stage.ana.closes()
    await almanac.becomes(24, 8, month=11)
    assert len(stage.ana.hears()) == 2
    await stage.ana.presses("Snooze", near="Read the draft")
    await stage.ana.presses("Snooze", near="Send the draft")
    await stage.ana.presses("Done", near="Send the draft")
    await almanac.becomes(24, 11, 1, month=11)
    assert "Read the draft" in heard(stage.ana, A_REMINDER)


@story("G6")
async def test_fewer_is_taken_back_on_the_spot(stage: Stage) -> None:
    await _to_prepare(stage)
    await stage.ben.presses("Fewer of these")
    stage.ben.sees("No more of these: Prepare a 1-on-1.", TO_PREPARE)
    await stage.ben.presses("Undo")
    stage.ben.sees("You get these as before.", TO_PREPARE)
    await stage.ben.presses("Fewer of these")
    await in_settings(stage.ben, "Reminders")
    wanted = stage.ben.entered(KINDS) or []
    assert len(wanted) == 7
    assert "Prepare a 1-on-1" not in wanted


@story("G6")
async def test_an_outsider_learns_nothing_by_the_buttons_of_a_reminder(stage: Stage) -> None:
    await _to_prepare(stage)
    await stage.cleo.goes_home()
    for label in set(stage.ben.buttons) - {"Fewer of these"}:
        await stage.cleo.presses_as(stage.ben, label)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere("Ben", "Tuesday")
        await stage.cleo.goes_home()
