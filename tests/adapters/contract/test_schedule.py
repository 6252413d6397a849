"""When two meet: set in words or by a form, by either of them, changed, paused and ended (G1, G2, G3)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, scheduled, together, with_cleo_too, with_schedule
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

TUESDAYS = "every tuesday at 15:00"
HOW_OFTEN = "How often?"
FIRST = "First meeting"
FROM_HERE = "From here on, beginning with"
TIME = "At what time?"
LONG = "How long?"
PLACE = "Where? A room, or a link"
ZONE = "On the time of which place?"
LAST = "No more meetings after"
BY_RULE = "By a rule of one's own, below"
GONE = "This does not exist, or it is not yours to see."
A_WHILE = timedelta(minutes=3)


@story("G1", "G3")
async def test_words_set_a_rhythm_and_each_sees_their_own_hour(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ana.says("schedule every other tuesday at 15:00 for 45 minutes starting 1 Dec", way=way)
    stage.ana.sees("You and Ben: every 2 weeks on Tuesday at 15:00, 45 minutes.", "Next: Tuesday 1 Dec, 15:00")
    await stage.ana.presses("Schedule")
    stage.ana.sees("Tuesday 15 Dec, 15:00")
    stage.ana.does_not_see("Tuesday 8 Dec")
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: Tuesday 1 Dec, 09:00", "Every 2 weeks on Tuesday at 15:00, 45 minutes (Madrid time)")


@story("G1")
async def test_words_plan_a_single_meeting(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("schedule friday 10:00 for an hour", way=way)
    stage.ben.sees("You and Ana meet Friday, 10:00.")
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("No rhythm is set.", "Friday, 16:00", "60 minutes · one more")


@story("G1", "G3")
async def test_a_typed_time_is_where_the_speaker_is_whoever_set_the_rhythm_before(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", f"{TUESDAYS} for an hour")
    await stage.ben.says("schedule every wednesday at 11:00", way=Way.command)
    stage.ben.sees("You and Ana: every Wednesday at 11:00, 60 minutes.", "Next: Wednesday, 11:00")
    await opened(stage.ana, "ben")
    stage.ana.sees("Next: Wednesday, 17:00", "Every Wednesday at 11:00, 60 minutes (New York time)")
    await stage.ana.closes()
    await stage.ana.says("schedule every wednesday at 11:00 new york time", way=Way.command)
    stage.ana.sees("every Wednesday at 11:00, 60 minutes (New York time)")


@story("G1")
async def test_words_without_a_name_are_kept_when_it_is_not_clear_with_whom(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("schedule friday 10:00", way=way)
    stage.ana.sees("With whom? Put the name first", "schedule friday 10:00")
    await stage.ana.says("schedule", way=way)
    stage.ana.sees("Whose schedule?", "Ben Okafor", "Cleo Tanaka")
    await stage.ana.presses("Schedule it", near="Cleo Tanaka")
    stage.ana.sees("Cleo is told. Only the two of you can see this.")


@story("G1")
async def test_a_form_sets_a_rhythm_and_shows_it_again(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Schedule it")
    typed = {FIRST: "1 Dec", TIME: "2pm", LONG: "an hour", PLACE: "Room 5", ZONE: "new york", LAST: "2027-07-01"}
    for field, words in {HOW_OFTEN: "Every month, on that weekday", **typed}.items():
        await stage.ana.fills(field, words)
    await stage.ana.submits()
    stage.ana.sees("Every month on the first Tuesday at 14:00, 60 minutes (New York time), until 1 Jul 2027")
    stage.ana.sees("Where: Room 5", "Tuesday 1 Dec, 20:00", "5 Jan 2027, 20:00")
    await stage.ana.presses("Change")
    shown = {FROM_HERE: "2026-12-01", TIME: "14:00", LONG: "60", PLACE: "Room 5", LAST: "2027-07-01"}
    assert {field: stage.ana.entered(field) for field in shown} == shown
    assert stage.ana.entered(ZONE) == "America/New_York"
    assert "the second Tuesday" in str(stage.ana.entered(HOW_OFTEN))


@story("G1")
async def test_a_rule_as_calendars_write_it_sets_a_rhythm(stage: Stage) -> None:
    await together(stage)
    await with_schedule(stage.ben, "ana")
    await stage.ben.fills(HOW_OFTEN, BY_RULE)
    await stage.ben.fills(FIRST, "tomorrow")
    for rule, said in (("every tuesday", "I could not read this rule."), ("FREQ=MINUTELY", "once a day at most")):
        await stage.ben.fills("Rule", rule)
        await stage.ben.submits()
        stage.ben.sees(said)
        assert stage.ben.entered("Rule") == rule
    await stage.ben.fills("Rule", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
    await stage.ben.submits()
    stage.ben.sees("By the rule FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 at 14:00, 30 minutes")
    stage.ben.sees("Monday 30 Nov, 14:00", "Thursday 31 Dec, 14:00", "29 Jan 2027, 14:00")


@story("G2", "B2")
async def test_from_here_on_it_is_another_rhythm_and_what_was_stays(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", TUESDAYS)
    await almanac.becomes(24, 15, month=11)
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Change")
    assert stage.ben.entered(FROM_HERE) == "2026-12-01"
    await stage.ben.fills(FROM_HERE, "thursday")
    await stage.ben.fills(TIME, "16:00")
    await stage.ben.submits()
    stage.ben.sees("Every Thursday at 16:00, 30 minutes (Madrid time)", "Thursday, 10:00", "Thursday 3 Dec, 10:00")
    stage.ben.does_not_see("Tuesday 1 Dec")
    await opened(stage.ana, "ben")
    stage.ana.sees("Next: Thursday, 16:00", "○ Promotion case")
    await stage.ana.presses("History")
    stage.ana.sees("You met today, 15:00")


@story("G2", "B2")
async def test_either_pauses_and_either_resumes_and_no_item_is_lost(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Pause")
    stage.ben.sees("Paused. Ana is told; what is on the agenda stays.", "Nothing is planned.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Paused. It was: every Tuesday at 15:00, 30 minutes.", "○ Promotion case")
    await stage.ana.presses("Schedule")
    await stage.ana.presses("Resume")
    stage.ana.sees("Your 1-on-1s are on again: every Tuesday at 15:00, 30 minutes. Next: tomorrow, 15:00.")
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: tomorrow, 09:00", "○ Promotion case")


@story("G2", "B2")
async def test_either_ends_it_and_it_can_be_taken_back_as_it_was(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("End")
    stage.ben.sees("Ended. Ana is told; what is on the agenda stays.", "Nothing is planned.")
    await stage.ben.presses("Undo")
    stage.ben.sees("Your 1-on-1s are on again", "tomorrow, 09:00")
    await stage.ben.presses("Pause")
    await stage.ben.presses("End")
    await stage.ben.presses("Undo")
    stage.ben.sees("Paused.", "Nothing is planned.")
    assert "Resume" in stage.ben.buttons
    await stage.ben.presses("End")
    await stage.restarts()
    await opened(stage.ana, "ben")
    stage.ana.sees("No time is set for your 1-on-1 yet.", "○ Promotion case")


@story("G2", "A8")
async def test_the_other_is_told_once_and_soon_how_it_is_now(stage: Stage) -> None:
    await together(stage)
    await Almanac(stage).becomes(23, 15, month=11)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await stage.delivers()
    assert stage.ben.hears() == []
    await scheduled(stage.ana, "ben", "every wednesday at 16:00")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    [told] = stage.ben.hears()
    assert "Ana set when you two meet: every Wednesday at 16:00, 30 minutes (Madrid time)." in told
    assert "Next: Wednesday, 10:00." in told
    await stage.ben.presses("Open")
    stage.ben.sees("Next: Wednesday, 10:00")
    assert stage.ana.hears() == []


@story("G2", "A8")
async def test_nobody_is_told_of_a_pause_that_was_taken_back(stage: Stage) -> None:
    await together(stage)
    await Almanac(stage).becomes(23, 15, month=11)
    await scheduled(stage.ana, "ben", TUESDAYS)
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    stage.ben.hears()
    for label in ("Pause", "End"):
        await with_schedule(stage.ana, "ben")
        await stage.ana.presses(label)
        await stage.ana.presses("Undo")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    assert stage.ben.hears() == []
    await stage.ana.presses("Pause")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    await stage.ana.presses("End")
    await stage.ana.presses("Undo")
    stage.ana.sees("It is paused, as before.")
    await stage.ana.presses("Resume")
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    paused, resumed = stage.ben.hears()
    assert "Ana paused your 1-on-1s, which were every Tuesday at 15:00" in paused
    assert "Ana set when you two meet: every Tuesday at 15:00" in resumed


@story("G2", "G1")
async def test_who_saves_second_sees_what_the_other_made_of_it(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Change")
    await stage.ben.fills(PLACE, "Room 5")
    await with_schedule(stage.ana, "ben")
    await stage.ana.presses("Pause")
    await stage.ben.submits()
    stage.ben.sees("Ana changed the schedule while you were writing. Now it is:", "Paused. It was: every Tuesday")
    assert stage.ben.entered(PLACE) == "Room 5"
    await stage.ben.closes()
    await with_schedule(stage.ben, "ana")
    stage.ben.sees("Paused. It was:")


@story("G3")
async def test_the_schedule_says_when_clocks_change_in_only_one_of_the_zones(stage: Stage) -> None:
    """America changes its clocks on 14 March 2027, Europe on the 28th."""
    await together(stage)
    await Almanac(stage).becomes(1, 15, month=3, year=2027)
    await scheduled(stage.ana, "ben", TUESDAYS)
    other = "For you at another hour than the time before, because clocks change in only one of your zones"
    await with_schedule(stage.ben, "ana")
    stage.ben.sees("Tuesday 9 Mar, 09:00", "Tuesday 16 Mar, 10:00", "Tuesday 23 Mar, 10:00", "Tuesday 30 Mar, 09:00")
    assert stage.ben.reads.count(other) == 2
    stage.ben.sees(f"{other} (this 1-on-1 is on Madrid time).")
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("Tuesday 16 Mar, 15:00", "Tuesday 30 Mar, 15:00")
    stage.ana.does_not_see(other)


@story("G1", "G2")
async def test_a_forged_button_opens_nobody_elses_schedule(stage: Stage) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", f"{TUESDAYS} for 50 minutes")
    for label in ("Change", "Pause", "End", "Move", "Skip", "One more meeting"):
        await with_schedule(stage.ben, "ana")
        await opened(stage.cleo, "ana")
        await stage.cleo.presses_as(stage.ben, label)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere("50 minutes", "every Tuesday")
    await with_schedule(stage.ben, "ana")
    stage.ben.sees("Every Tuesday at 15:00, 50 minutes (Madrid time)", "tomorrow, 09:00")
