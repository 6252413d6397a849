"""Set up my 1-on-1s: who is asked about, what is kept when it cannot be, and who hears of what (A7)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import scheduled, started, together, with_schedule
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.story import story

SET_UP = "Set up my 1-on-1s"
WHOM = "With whom?"
A_WHILE = timedelta(minutes=3)


async def _with_two_reports(stage: Stage) -> None:
    await together(stage)
    await started(stage.ana, "cleo", "My report")
    await stage.delivers()
    await stage.ana.closes()


@story("A7")
async def test_who_has_a_rhythm_keeps_it_unless_ticked(stage: Stage) -> None:
    await _with_two_reports(stage)
    await scheduled(stage.ana, "cleo", "every friday at 9:00")
    await stage.ana.goes_home()
    await stage.ana.presses(SET_UP)
    assert stage.ana.entered(WHOM) == ["Ben Okafor"]
    await stage.ana.fills("First day", "someday")
    await stage.ana.submits()
    stage.ana.sees("I could not read that date.")
    await stage.ana.fills("First day", "tuesday")
    await stage.ana.fills("How often?", "Every week, on that weekday")
    await stage.ana.submits()
    stage.ana.sees("You have a time with 1 person now.", "Ben Okafor", "every Tuesday at 14:00, 30 minutes")
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Schedule with Ben", "tomorrow, 14:00")
    await with_schedule(stage.ana, "cleo")
    stage.ana.sees("Every Friday at 09:00, 30 minutes")


@story("A7", "A8")
async def test_each_is_told_of_their_own_only(stage: Stage) -> None:
    await together(stage)
    await started(stage.ana, "mia", "My report")
    await Almanac(stage).becomes(23, 15, month=11)
    stage.mia.hears()
    await stage.ana.goes_home()
    await stage.ana.presses(SET_UP)
    await stage.ana.fills("First day", "friday")
    await stage.ana.submits()
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    [to_ben], [to_mia] = stage.ben.hears(), stage.mia.hears()
    assert "every 2 weeks on Friday at 14:00, 30 minutes (Madrid time)" in to_ben
    assert "every 2 weeks on Friday at 14:30, 30 minutes (Madrid time)" in to_mia
    stage.ben.sees_nowhere("Mia", "14:30")


@story("A7", "A2")
async def test_a_button_from_when_there_were_reports_says_so(stage: Stage) -> None:
    await _with_two_reports(stage)
    await stage.ana.goes_home()
    await stage.leaves(stage.ben)
    await stage.cleo.presses("Decline")
    await stage.ana.presses(SET_UP)
    stage.ana.sees("You have no 1-on-1 with a report yet.")
