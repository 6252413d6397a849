"""Questions worth asking, and what each side alone says of a meeting (F1, F2, G7)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, promised, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

REASON = "because nothing on your agenda was about"


def _questions(one: Actor) -> list[str]:
    return [line for line in one.reads.split("\n") if line.endswith("?") and line != "Worth asking?"]


@story("F1", "F2")
async def test_prepare_shows_what_is_open_and_three_questions_with_reasons(stage: Stage, way: Way) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await promised(stage.ana, "ben", "Send the draft", due="friday")
    await stage.ana.closes()
    await stage.ana.says("prepare", way=way)
    stage.ana.sees("Prepare: Ben", "Worth asking", "○ Promotion case", "□ Send the draft")
    assert stage.ana.reads.count(REASON) == 3
    asked = _questions(stage.ana)
    await stage.ana.presses("Add", near="Worth asking")
    stage.ana.sees("It is on the agenda. Both of you can see it.", "on the agenda")
    await stage.ana.closes()
    await stage.ana.says("prepare", way=way)
    assert _questions(stage.ana)[: len(asked)] == asked
    await opened(stage.ben, "ana")
    stage.ben.sees(f"○ {asked[0]}")


@story("F2")
async def test_no_question_returns_within_six_meetings(stage: Stage) -> None:
    await together(stage)
    seen: list[str] = []
    for _ in range(6):
        await stage.ben.says("prepare", way=Way.command)
        new = _questions(stage.ben)[:3]
        assert not set(new) & set(seen)
        seen += new
        await stage.ben.says("meet", way=Way.command)
        await stage.ben.presses("Wrap up")
        await stage.ben.submits()
        await stage.ben.closes()
        stage.clock.advance(timedelta(days=7))


@story("G7")
async def test_the_next_time_is_settled_while_wrapping_up(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("meet", way=Way.command)
    await stage.ana.presses("Wrap up")
    await stage.ana.fills("When do you meet next?", "someday")
    await stage.ana.submits()
    stage.ana.sees("I could not read that time.")
    stage.ana.still_has("When do you meet next?", "someday")
    await stage.ana.fills("When do you meet next?", "friday 10:00")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: Friday, 04:00")


@story("G7")
async def test_what_one_says_of_a_meeting_is_shown_to_nobody(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    almanac = Almanac(stage)
    await stage.ana.says("meet", way=Way.command)
    await stage.ana.presses("Wrap up")
    await stage.ana.fills("What did you talk about?", ["Promotion case"])
    await stage.ana.fills("Was this conversation meaningful?", "Somewhat")
    await stage.ana.submits()
    stage.ana.does_not_see("Somewhat")
    await opened(stage.ben, "ana")
    await stage.ben.closes()
    await almanac.becomes(23, 14, 5, month=11)
    [summary] = stage.ben.hears()
    assert "Was this conversation meaningful?" in summary
    await stage.ben.presses("No")
    stage.ben.sees("Thank you. It is only counted, never shown.", "Discussed: Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    await stage.ana.presses("Open", near="You met")
    stage.ana.does_not_see("Somewhat", "meaningful")


@story("G7", "G4")
async def test_a_meeting_that_did_not_take_place_is_no_meeting(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule tomorrow at 15:00", way=Way.command)
    await stage.ana.closes()
    for minute in (0, 30):
        await almanac.becomes(24, 14, minute, month=11)
    await stage.ana.presses("We did not meet")
    stage.ana.sees("Noted.")
    await opened(stage.ana, "ben")
    stage.ana.sees("You have not met yet.")


@story("G4")
async def test_a_pair_that_drifts_apart_is_told_once(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every tuesday at 15:00", way=Way.command)
    for _ in range(3):
        await stage.ana.says("skip", way=Way.command)
        await stage.ana.fills("What instead?", "Skip it this time")
        await stage.ana.submits()
        await stage.ana.closes()
    await almanac.becomes(8, 12)
    stage.ben.hears()
    await almanac.becomes(9, 14, 1)
    [told] = stage.ben.hears()
    assert "You and Ana have not met for 2 weeks. Find a time, or pause it?" in told
    await stage.ben.presses("Pause")
    stage.ben.sees("Paused.")


@story("F2", "G4")
async def test_what_a_reminder_suggested_stays_until_they_have_met(stage: Stage) -> None:
    """Though they have talked about the first one's theme since."""
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every monday at 16:00 starting 30 Nov", way=Way.command)
    await almanac.becomes(25, 13, 59, month=11)
    stage.ben.hears()
    await almanac.becomes(25, 14, 1, month=11)
    [reminder] = stage.ben.hears()
    asked = [line for line in reminder.split("\n") if line.endswith("?")][:3]
    assert len(asked) == 3
    await jotted(stage.ben, "My workload, stress and wellbeing")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed")
    await stage.ben.closes()
    await stage.ben.says("prepare", way=Way.command)
    stage.ben.sees(*asked)
