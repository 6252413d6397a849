"""One meeting is moved, skipped or added, and nobody loses an item by it (G2, G1)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, scheduled, together, with_cleo_too, with_schedule
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

TUESDAYS = "every tuesday at 15:00"
INSTEAD = "What instead?"
SKIP_IT = "Skip it this time"
ANOTHER_TIME = "Move it to another time, below"
WHEN = "When?"
A_WHILE = timedelta(minutes=3)


async def _skips(one: Actor, handle: str) -> None:
    await one.closes()
    await one.says(f"skip @{handle}", way=Way.command)
    await one.fills(INSTEAD, SKIP_IT)
    await one.submits()


@story("G2")
async def test_who_would_skip_is_offered_days_on_which_both_work(stage: Stage, way: Way) -> None:
    """Thursday, 26 November, is a holiday where Ben is."""
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await jotted(stage.ben, "Promotion case")
    await stage.ana.says("skip", way=way)
    stage.ana.sees("Your 1-on-1 with Ben: tomorrow, 15:00.", "What is on the agenda stays, whatever you choose.")
    stage.ana.sees("Move it to Friday, 15:00", SKIP_IT)
    stage.ana.does_not_see("Move it to Thursday, 15:00", "Move it to Saturday", "Move it to Sunday")
    assert stage.ana.entered(INSTEAD) == "Move it to Wednesday, 15:00"
    await stage.ana.submits()
    stage.ana.sees("Moved to Wednesday, 15:00.", "Next: Wednesday, 15:00", "○ Promotion case")
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: Wednesday, 09:00")


@story("G2", "B2")
async def test_what_is_skipped_can_be_brought_back_by_either(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", TUESDAYS)
    await _skips(stage.ben, "ana")
    stage.ben.sees("Skipped: tomorrow, 09:00. What is on the agenda stays.", "Next: Tuesday 1 Dec, 09:00")
    stage.ben.sees("○ Promotion case")
    await stage.ben.presses("Undo")
    stage.ben.sees("Your 1-on-1 with Ana is on: tomorrow, 09:00.", "Next: tomorrow, 09:00")
    await _skips(stage.ben, "ana")
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("skipped")
    await stage.ana.presses("Bring back", near="tomorrow, 15:00")
    stage.ana.sees("Your 1-on-1 with Ben is on: tomorrow, 15:00.")
    stage.ana.does_not_see("skipped")


@story("G2")
async def test_words_move_the_next_meeting_and_take_it_back(stage: Stage, way: Way) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await stage.ben.says("move to friday at 10am", way=way)
    stage.ben.sees("Your 1-on-1 with Ana is now Friday, 10:00.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Next: Friday, 16:00")
    await stage.ben.presses("Undo")
    stage.ben.sees("Your 1-on-1 with Ana is on: tomorrow, 09:00.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Next: tomorrow, 15:00")


@story("G2")
async def test_words_to_move_are_kept_when_it_is_not_clear_which(stage: Stage) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await scheduled(stage.ana, "cleo", "wednesday 10:00")
    await stage.ana.says("move friday 10:00", way=Way.command)
    stage.ana.sees("With whom? Put the name first", "move friday 10:00")
    await stage.ana.says("move cleo friday 10:00", way=Way.command)
    stage.ana.sees("Your 1-on-1 with Cleo is now Friday, 10:00.")
    await stage.ana.says("move @mia friday 10:00", way=Way.command)
    stage.ana.sees("You have no 1-on-1 with Mia yet.")


@story("G2")
async def test_a_meeting_is_not_moved_onto_a_1_on_1_with_somebody_else(stage: Stage) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await scheduled(stage.ana, "cleo", "wednesday 10:00")
    busy = "You already have a 1-on-1 with Cleo Tanaka then: Wednesday, 10:00. Please choose another time."
    await stage.ana.says("skip @ben", way=Way.command)
    await stage.ana.fills(INSTEAD, ANOTHER_TIME)
    await stage.ana.fills(WHEN, "wednesday 10:10")
    await stage.ana.submits()
    stage.ana.sees(busy)
    assert (stage.ana.entered(INSTEAD), stage.ana.entered(WHEN)) == (ANOTHER_TIME, "wednesday 10:10")
    await stage.ben.says("move wednesday 4:10", way=Way.command)
    stage.ben.sees("Your 1-on-1 with Ana is now Wednesday, 04:10.")
    stage.ben.sees_nowhere("Cleo")


@story("G1", "G2")
async def test_one_more_meeting_beside_the_rhythm_and_taken_back(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ana, "ben")
    await stage.ana.presses("One more meeting")
    for field, words in {WHEN: "tomorrow 15:10", "How long?": "an hour", "Where? A room, or a link": "Room 5"}.items():
        await stage.ana.fills(field, words)
    await stage.ana.submits()
    stage.ana.sees("You two already meet then: tomorrow, 15:00. Please choose another time.")
    assert (stage.ana.entered(WHEN), stage.ana.entered("How long?")) == ("tomorrow 15:10", "an hour")
    await stage.ana.fills(WHEN, "tomorrow 12:00")
    await stage.ana.submits()
    stage.ana.sees("Planned: tomorrow, 12:00.", "Next: tomorrow, 12:00")
    await with_schedule(stage.ben, "ana")
    stage.ben.sees("tomorrow, 06:00", "60 minutes · one more", "tomorrow, 09:00")
    await stage.ana.presses("Undo")
    stage.ana.sees("Skipped: tomorrow, 12:00.", "Next: tomorrow, 15:00")


@story("G2", "A8")
async def test_the_other_hears_what_became_of_a_meeting_and_not_what_was_taken_back(stage: Stage) -> None:
    await together(stage)
    await Almanac(stage).becomes(23, 15, month=11)
    await scheduled(stage.ana, "ben", TUESDAYS)
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    stage.ben.hears()
    await _skips(stage.ana, "ben")
    await stage.ana.presses("Undo")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    assert stage.ben.hears() == []
    for words, said in (
        ("move @ben wednesday 16:00", "Ana moved the one planned for tomorrow, 09:00 to Wednesday, 10:00."),
        ("schedule @ben friday 16:00", "Ana planned one for Friday, 10:00."),
    ):
        await stage.ana.closes()
        await stage.ana.says(words, way=Way.command)
        stage.clock.advance(A_WHILE)
        await stage.delivers()
        [told] = stage.ben.hears()
        assert said in told
    await _skips(stage.ana, "ben")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    [told] = stage.ben.hears()
    assert "Ana skipped the one planned for Wednesday, 10:00." in told
    assert "What is on the agenda stays." in told


@story("G2", "P1")
async def test_a_meeting_far_ahead_is_moved_and_stays_so_across_a_restart(stage: Stage) -> None:
    """Meetings are rows two weeks ahead; this one becomes one by being moved."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Move", near="Tuesday 22 Dec")
    stage.ben.sees("Your 1-on-1 with Ana: Tuesday 22 Dec, 09:00.")
    await stage.ben.fills(WHEN, "21 Dec at 11:00")
    await stage.restarts()
    await stage.ben.submits()
    stage.ben.sees("Moved to Monday 21 Dec, 11:00.")
    await stage.restarts()
    await almanac.becomes(10, 15)
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("Tuesday, 15:00", "Monday 21 Dec, 17:00", "30 minutes · moved", "Tuesday 29 Dec, 15:00")
    stage.ana.does_not_see("Tuesday 22 Dec")


@story("G2")
async def test_a_button_for_a_meeting_that_is_over_says_so(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    over = "This meeting is no longer planned. Open the schedule to see what is."
    await with_schedule(stage.ana, "ben")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Move")
    await stage.ben.fills(WHEN, "wednesday 10:00")
    await Almanac(stage).becomes(24, 14, month=11)
    await stage.ben.submits()
    stage.ben.sees(over)
    stage.ben.still_has(WHEN, "wednesday 10:00")
    await stage.ana.presses("Skip", near="tomorrow, 15:00")
    stage.ana.sees(over)
    await opened(stage.ana, "ben")
    stage.ana.sees("You are meeting, since today, 15:00.", "Next: Tuesday 1 Dec, 15:00")


@story("G2")
async def test_without_a_meeting_there_is_nothing_to_skip_or_move(stage: Stage, way: Way) -> None:
    await together(stage)
    for words in ("skip", "move friday 10:00", "move @ana friday 10:00"):
        await stage.ben.says(words, way=way)
        stage.ben.sees("Nothing is planned. Type “schedule” to set a rhythm or a time.")


@story("G2", "A8")
async def test_what_both_skip_is_skipped_once(stage: Stage) -> None:
    await together(stage)
    await Almanac(stage).becomes(23, 15, month=11)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await stage.ana.closes()
    await stage.ana.says("skip @ben", way=Way.command)
    await _skips(stage.ben, "ana")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    stage.ben.hears()
    await stage.ana.fills(INSTEAD, SKIP_IT)
    await stage.ana.submits()
    stage.ana.sees("Skipped: tomorrow, 15:00.")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    assert stage.ben.hears() == []
