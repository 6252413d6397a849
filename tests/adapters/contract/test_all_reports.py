"""A manager gives all reports a rhythm and a time in one form (A7); the next meeting comes first (A3)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, started, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


async def _with_two_reports(stage: Stage) -> None:
    await together(stage)
    await started(stage.ana, "cleo", "My report")
    await stage.delivers()
    for one in (stage.ana, stage.cleo):
        await one.closes()
        one.hears()


async def _set_up(stage: Stage, spread: str) -> None:
    await stage.ana.goes_home()
    await stage.ana.presses("Set up my 1-on-1s")
    await stage.ana.fills("First day", "tuesday")
    await stage.ana.fills("At what time?", "10:00")
    await stage.ana.fills("How should they lie?", spread)
    await stage.ana.submits()


@story("A7")
async def test_all_reports_get_a_time_one_after_the_other(stage: Stage) -> None:
    await _with_two_reports(stage)
    almanac = Almanac(stage)
    await _set_up(stage, "One after the other, on that day")
    stage.ana.sees(
        "You have a time with 2 people now.", "every 2 weeks on Tuesday at 10:00", "every 2 weeks on Tuesday at 10:30"
    )
    await almanac.becomes(24, 0, 10, month=11)
    [told] = stage.cleo.hears()
    assert "Next: today, 18:30." in told


@story("A7")
async def test_or_one_a_working_day(stage: Stage) -> None:
    await _with_two_reports(stage)
    await _set_up(stage, "One a working day, at that time")
    stage.ana.sees("every 2 weeks on Tuesday at 10:00", "every 2 weeks on Wednesday at 10:00")


@story("A7")
async def test_nobody_ticked_and_too_many_for_a_day_are_refused(stage: Stage) -> None:
    await _with_two_reports(stage)
    await stage.ana.says("schedule", way=Way.command)
    await stage.ana.presses("Set up my 1-on-1s")
    await stage.ana.fills("First day", "tuesday")
    await stage.ana.fills("With whom?", [])
    await stage.ana.submits()
    stage.ana.sees("Please choose at least one.")
    await stage.ana.fills("With whom?", ["Ben Okafor", "Cleo Tanaka"])
    await stage.ana.fills("At what time?", "23:30")
    await stage.ana.submits()
    stage.ana.sees("That many do not fit into one day.")


@story("A3")
async def test_the_next_meeting_comes_first(stage: Stage) -> None:
    await _with_two_reports(stage)
    await stage.ana.says("schedule @ben friday at 10:00", way=Way.command)
    await stage.ana.says("schedule @cleo tuesday at 10:00", way=Way.command)
    await stage.ana.says("conversations", way=Way.command)
    assert stage.ana.reads.index("Cleo Tanaka") < stage.ana.reads.index("Ben Okafor")
    stage.ana.sees("next tomorrow, 10:00", "next Friday, 10:00")
    await stage.ana.goes_home()
    stage.ana.sees("Next")
    await stage.ana.presses("Prepare", near="Ben Okafor")
    stage.ana.sees("Prepare: Ben", "Worth asking")


@story("G1")
async def test_one_report_needs_no_set_up(stage: Stage) -> None:
    await together(stage)
    await stage.ana.goes_home()
    assert "Set up my 1-on-1s" not in stage.ana.buttons
    await opened(stage.ana, "ben")
    stage.ana.sees("No time is set for your 1-on-1 yet.")
