"""Reminders come at their hour, show what waits, and follow what becomes of a meeting (G4)."""

from collections.abc import Awaitable, Callable

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import added, jotted, noted, opened, promised, scheduled, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

A_REMINDER = "Why this?"
SOON = "Your 1-on-1 with Ana: today, 09:00"
HOW = "How did it go with"
CAME = "What came of your 1-on-1 with"
SOAK = pytest.mark.soak
FOR_THE_DAY = "Only you until the meeting starts, then Ana too"


@story("G4", "F2")
async def test_the_message_to_prepare_shows_what_waits_and_what_is_worth_asking(stage: Stage) -> None:
    """Two working days before Tuesday 1 December is Friday, at nine in New York."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await jotted(stage.ana, "Promotion case")
    await added(stage.ben, "ana", "A surprise", visibility=FOR_THE_DAY)
    await promised(stage.ben, "ana", "Send the draft", due="1 dec")
    await almanac.becomes(27, 13, 59, month=11)
    heard_nothing_of(stage.ben, "Worth asking")
    await almanac.becomes(27, 14, month=11)
    said = heard(stage.ben, "Your 1-on-1 with Ana: Tuesday, 09:00")
    assert "On the agenda: Promotion case · … 1 more" in said
    assert "Still open from you: Send the draft (due Tuesday)" in said
    assert said.count("because nothing on your agenda was about") == 3
    assert "A surprise" not in said
    await stage.ben.closes()
    await stage.ben.presses("Add", near="Worth asking")
    stage.ben.sees("It is on the agenda. Both of you can see it.", "Your 1-on-1 with Ana: Tuesday, 09:00")
    await stage.ben.presses("Undo")
    stage.ben.sees("Dropped:", "On the agenda: Promotion case · … 1 more\n")
    await stage.ben.presses("Prepare")
    stage.ben.sees("Prepare: Ana", "○ A surprise")
    await stage.ben.closes()
    await stage.ben.presses("Open agenda")
    stage.ben.sees("Ben and Ana", "Next: Tuesday, 09:00")


@story("G4")
async def test_the_agenda_comes_ten_minutes_before_with_what_both_may_see(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await jotted(stage.ana, "Promotion case")
    await added(stage.ben, "ana", "A surprise", visibility=FOR_THE_DAY)
    await stage.ben.closes()
    await almanac.becomes(24, 13, 49, month=11)
    heard_nothing_of(stage.ben, SOON)
    await almanac.becomes(24, 13, 50, month=11)
    said = heard(stage.ben, SOON)
    assert "○ Promotion case" in said
    assert "… 1 more" in said
    assert "A surprise" not in said
    assert "Your 1-on-1 with Ben: today, 15:00" in heard(stage.ana, "Promotion case")
    await stage.ben.presses("Open agenda")
    stage.ben.sees("Ben and Ana", "○ A surprise")


@story("G4")
async def test_an_empty_agenda_leads_to_a_good_question(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await almanac.becomes(24, 13, 50, month=11)
    heard(stage.ben, "Nothing on the agenda. A good question is one press away.")
    await stage.ben.closes()
    await stage.ben.presses("Prepare")
    stage.ben.sees("Prepare: Ana", "Worth asking")


@story("G4", "G7")
async def test_both_are_asked_how_it_went_unless_one_has_wrapped_up(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule tomorrow at 15:00", way=Way.command)
    await stage.ana.says("schedule wednesday at 15:00", way=Way.command)
    await almanac.becomes(24, 14, month=11)
    await almanac.becomes(24, 14, 29, month=11)
    heard_nothing_of(stage.ana, HOW)
    await almanac.becomes(24, 14, 30, month=11)
    heard(stage.ana, HOW)
    heard(stage.ben, HOW)
    await almanac.becomes(25, 14, month=11)
    await stage.ben.says("wrap up", way=Way.command)
    await stage.ben.submits()
    for minute in (30, 31):
        await almanac.becomes(25, 14, minute, month=11)
    heard_nothing_of(stage.ana, HOW)
    heard_nothing_of(stage.ben, HOW)


@story("G4")
async def test_a_summary_tells_what_came_of_it_in_ones_working_hours(stage: Stage) -> None:
    """It ends at half past six in Madrid, when it is half past twelve in New York."""
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case", "Course budget")
    await scheduled(stage.ana, "ben", "today at 18:00")
    await almanac.becomes(23, 17, month=11)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Promotion case")
    await promised(stage.ben, "ana", "Ask the board", owner="Ana Ruiz", due="friday")
    await noted(stage.ben, "ana", "Said in passing", kind="shared")
    await stage.ben.closes()
    await almanac.becomes(23, 17, 30, month=11)
    await almanac.becomes(23, 18, 30, month=11)
    said = heard(stage.ben, CAME)
    assert "Discussed: Promotion case" in said
    assert "□ Ask the board" in said
    assert "Ana · due Friday" in said
    assert "1 shared note" in said
    assert "Said in passing" not in said
    heard_nothing_of(stage.ana, CAME)
    await almanac.becomes(24, 8, month=11)
    heard(stage.ana, CAME)
    await stage.ana.closes()
    await stage.ana.presses("Open", near=CAME)
    stage.ana.sees("yesterday, 18:00 with Ben", "✓ Promotion case", "Said in passing", "1 item carries over.")


@story("G4")
async def test_where_nothing_came_of_it_there_is_no_summary(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await almanac.becomes(24, 14, month=11)
    await noted(stage.ben, "ana", "Mine alone", kind="private")
    for minute in (30, 31):
        await almanac.becomes(24, 15, minute, month=11)
    heard_nothing_of(stage.ana, CAME)
    heard_nothing_of(stage.ben, CAME)


@story("G4", "G2")
async def test_a_moved_meeting_takes_its_reminders_with_it(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await stage.ana.says("move wednesday 15:00", way=Way.command)
    await almanac.becomes(23, 14, month=11)
    heard(stage.ben, "Your 1-on-1 with Ana: Wednesday, 09:00")
    await almanac.becomes(24, 13, 50, month=11)
    heard_nothing_of(stage.ben, A_REMINDER)
    await almanac.becomes(25, 13, 50, month=11)
    heard(stage.ben, SOON)
    await almanac.becomes(25, 14, month=11)
    await almanac.becomes(25, 14, 30, month=11)
    heard(stage.ben, HOW)


async def _skips(stage: Stage) -> None:
    await stage.ana.says("skip", way=Way.command)
    await stage.ana.fills("What instead?", "Skip it this time")
    await stage.ana.submits()


async def _pauses(stage: Stage) -> None:
    await stage.ana.says("schedule", way=Way.command)
    await stage.ana.presses("Pause")


async def _ends(stage: Stage) -> None:
    await stage.ana.says("schedule", way=Way.command)
    await stage.ana.presses("End")


async def _declines(stage: Stage) -> None:
    await stage.ben.presses("Decline")


@story("G4", "G5")
@pytest.mark.parametrize("calls_off", [_skips, *(pytest.param(way, marks=SOAK) for way in (_pauses, _ends, _declines))])
async def test_what_does_not_take_place_reminds_nobody(
    stage: Stage, calls_off: Callable[[Stage], Awaitable[None]]
) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case")
    await stage.ben.closes()
    await scheduled(stage.ana, "ben", "every tuesday at 15:00")
    await calls_off(stage)
    for hour, minute in ((13, 50), (14, 0), (14, 30), (15, 30)):
        await almanac.becomes(24, hour, minute, month=11)
    for one in (stage.ana, stage.ben):
        heard_nothing_of(one, A_REMINDER)


@story("G4", "A3")
async def test_who_archived_a_1_on_1_hears_no_more_of_it_while_the_other_does(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await stage.ben.says("archive ana", way=Way.command)
    await almanac.becomes(24, 13, 50, month=11)
    heard_nothing_of(stage.ben, SOON)
    heard(stage.ana, "Your 1-on-1 with Ben: today, 15:00")


@story("G4")
async def test_a_restart_loses_no_reminder_and_doubles_none(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await stage.restarts()
    await almanac.becomes(24, 13, 50, month=11)
    heard(stage.ben, SOON)
    await stage.restarts()
    await almanac.becomes(24, 13, 51, month=11)
    await almanac.becomes(24, 14, month=11)
    await stage.restarts()
    await almanac.becomes(24, 14, 30, month=11)
    assert [HOW in each for each in stage.ben.hears()] == [True]


@story("G4", "G2")
async def test_who_drifts_apart_hears_of_it_once_and_finds_a_time(stage: Stage) -> None:
    """Twice two weeks after they agreed upon it, and a day, is Tuesday 22 December: after nine in Madrid."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "every other friday at 15:00 starting 4 dec")
    for _ in range(3):
        await _skips(stage)
    await almanac.becomes(22, 8)
    heard_nothing_of(stage.ana, A_REMINDER)
    await almanac.becomes(23, 8)
    assert "You and Ben have not met for 4 weeks." in heard(stage.ana, A_REMINDER)
    await almanac.becomes(30, 8)
    heard_nothing_of(stage.ana, A_REMINDER)
    await stage.ana.closes()
    await stage.ana.presses("Find a time")
    await stage.ana.fills("When?", "tomorrow 15:00")
    await stage.ana.submits()
    stage.ana.sees("Next: tomorrow, 15:00")


@story("D2")
async def test_a_promise_is_brought_up_on_its_morning_and_put_off_from_there(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await promised(stage.ana, "ben", "Send the draft", due="wednesday")
    await almanac.becomes(25, 7, 59, month=11)
    heard_nothing_of(stage.ana, A_REMINDER)
    await almanac.becomes(25, 8, month=11)
    assert "Due today, from your 1-on-1 with Ben." in heard(stage.ana, "Send the draft")
    await stage.ana.closes()
    await stage.ana.presses("Tomorrow")
    stage.ana.sees("Send the draft", "Due tomorrow now.")
    await almanac.becomes(26, 8, month=11)
    heard(stage.ana, "Send the draft")
    await stage.ana.presses("Next week")
    stage.ana.sees("Due Thursday 3 Dec now.")
    await almanac.becomes(3, 8)
    heard(stage.ana, "Send the draft")
    await stage.ana.presses("Done")
    stage.ana.sees("Done: Send the draft", "done today")
    assert "Tomorrow" not in stage.ana.buttons
    await stage.ana.presses("Undo")
    stage.ana.sees("Open again: Send the draft", "Due today")


@story("D2", "G5")
async def test_what_is_due_at_the_weekend_comes_on_the_last_day_of_work_before(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await promised(stage.ana, "ben", "Send the draft", due="sunday")
    await almanac.becomes(27, 8, month=11)
    assert "Due Sunday, from your 1-on-1 with Ben." in heard(stage.ana, "Send the draft")
    await almanac.becomes(29, 8, month=11)
    heard_nothing_of(stage.ana, A_REMINDER)


@story("D2")
async def test_only_the_owner_of_what_is_still_open_is_told(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await promised(stage.ana, "ben", "Read the draft", owner="Ben Okafor", due="tomorrow")
    await promised(stage.ana, "ben", "Send the draft", due="tomorrow")
    await stage.ana.presses("Done")
    await almanac.becomes(24, 8, month=11)
    await almanac.becomes(24, 14, month=11)
    heard_nothing_of(stage.ana, A_REMINDER)
    heard(stage.ben, "Read the draft")
