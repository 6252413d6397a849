"""Checking in before a meeting: both sides, every answer optional; one becomes an agenda item (E1, E3)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, scheduled, together, with_cleo_too
from tests.adapters.contract.checking_in import (
    CHALLENGE,
    HIGHLIGHT,
    MOOD,
    WORKLOAD,
    asks_to_check_in,
    checked_in,
    met,
)
from tests.adapters.contract.hearing import heard
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


@story("E1")
async def test_both_answer_what_they_like_and_see_each_others(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "friday 15:00")
    await opened(stage.ana, "ben")
    stage.ana.sees("Check-in", "You: not yet", "Ben: not yet")
    await stage.ana.presses("Check in")
    stage.ana.sees("Check-in with Ben", "Your 1-on-1 with Ben: Friday, 15:00", MOOD, WORKLOAD, HIGHLIGHT, CHALLENGE)
    stage.ana.sees("leave out the rest", "Only you and Ben can see this.")
    await stage.ana.fills(MOOD, "7")
    await stage.ana.fills(HIGHLIGHT, "Shipped the search")
    await stage.ana.submits()
    stage.ana.sees("7 of 10", "Shipped the search", "No answers yet.")
    await checked_in(stage.ben, workload="9", challenge="Too many meetings")
    stage.ben.sees("7 of 10", "Shipped the search", "9 of 10", "Too many meetings")
    await opened(stage.ana, "ben")
    stage.ana.sees("You: Mood 7", "Ben: Workload 9")
    stage.ana.does_not_see("Too many meetings")
    await stage.ana.presses("Answers")
    stage.ana.sees("Too many meetings")
    await stage.ana.presses("Open the conversation with Ben")
    stage.ana.sees("Ana and Ben")
    stage.cleo.sees_nowhere("Too many meetings", "Shipped the search")


@story("E1")
async def test_every_answer_can_be_left_out_and_taken_back(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana)
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana: not yet")
    assert "Answers" not in stage.ben.buttons
    await checked_in(stage.ana, mood="3", highlight="Shipped the search")
    await stage.ana.presses("Change my answers")
    assert stage.ana.entered(MOOD) == "3"
    assert stage.ana.entered(HIGHLIGHT) == "Shipped the search"
    await stage.ana.fills(MOOD, "Leave out")
    await stage.ana.fills(HIGHLIGHT, "")
    await stage.ana.submits()
    stage.ana.does_not_see("3 of 10", "Shipped the search")
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana: not yet")


@story("E1")
async def test_too_long_an_answer_is_refused_and_stays_before_one(stage: Stage) -> None:
    await together(stage)
    await asks_to_check_in(stage.ben)
    await stage.ben.fills(MOOD, "4")
    await stage.ben.fills(HIGHLIGHT, "x" * 501)
    await stage.ben.submits(forced=True)
    stage.ben.sees("That is 501 characters; at most 500 fit.")
    stage.ben.still_has(HIGHLIGHT, "x" * 501)
    assert stage.ben.entered(MOOD) == "4"
    await stage.ben.fills(HIGHLIGHT, "x" * 500)
    await stage.ben.submits()
    stage.ben.sees("4 of 10")


@story("E1")
async def test_answers_stay_until_the_two_have_met(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, mood="3")
    await stage.restarts()
    await checked_in(stage.ana, workload="8")
    stage.ana.sees("3 of 10", "8 of 10")
    await met(stage)
    await opened(stage.ana, "ben")
    stage.ana.sees("You: not yet")


@story("E1")
async def test_answers_from_before_a_meeting_are_looked_at_once_more(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ben, mood="3")
    await asks_to_check_in(stage.ben)
    await stage.ben.fills(HIGHLIGHT, "It went well")
    await met(stage)
    await stage.ben.submits()
    stage.ben.sees("You have met since you opened this.")
    stage.ben.still_has(HIGHLIGHT, "It went well")
    await stage.ben.submits()
    stage.ben.sees("It went well")


@story("E1")
async def test_it_is_offered_where_one_prepares(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await stage.ben.says("prepare", way=Way.command)
    stage.ben.sees("Check-in", "You: not yet")
    await stage.ben.presses("Check in")
    stage.ben.sees(MOOD)
    await almanac.becomes(30, 14, month=11)
    assert "Check in" in heard(stage.ana, "Your 1-on-1 with Ben")
    await stage.ana.closes()
    await stage.ana.presses("Check in")
    await stage.ana.fills(MOOD, "6")
    await stage.ana.submits()
    stage.ana.sees("6 of 10")


@story("E3")
async def test_an_answer_becomes_an_agenda_item_of_either(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, workload="9", challenge="Too many meetings")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Answers")
    await stage.ben.presses("To agenda", near="Too many meetings")
    stage.ben.sees("It is on the agenda. Both of you can see it.", "on the agenda")
    assert stage.ben.buttons.count("To agenda") == 1
    await stage.ben.does_again()
    await opened(stage.ana, "ben")
    assert stage.ana.reads.count("○ Too many meetings") == 1
    stage.ana.sees("Ben · since today")
    await stage.ana.presses("Answers")
    await stage.ana.presses("To agenda", near="9 of 10")
    await opened(stage.ben, "ana")
    stage.ben.sees("○ Ana: How is your workload? 9 of 10")


@story("E3")
async def test_what_was_put_on_the_agenda_by_mistake_is_taken_back(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, challenge="Too many meetings")
    await stage.ana.presses("To agenda")
    await stage.ana.presses("Undo")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see("○ Too many meetings")


@story("E1", "E3")
async def test_a_stranger_learns_nothing_and_changes_nothing(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ben.says("check in", way=Way.command)
    await stage.ben.fills(CHALLENGE, "Too many meetings")
    await stage.ben.submits()
    await opened(stage.cleo, "ana")
    for label, near in (("To agenda", "Too many meetings"), ("Change my answers", None)):
        await stage.cleo.presses_as(stage.ben, label, near=near)
        stage.cleo.sees("This does not exist, or it is not yours to see.")
    await opened(stage.ben, "ana")
    await opened(stage.cleo, "ana")
    await stage.cleo.presses_as(stage.ben, "Answers")
    stage.cleo.sees("This does not exist, or it is not yours to see.")
    stage.cleo.sees_nowhere("Too many meetings")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("○ Too many meetings")


@story("E1")
async def test_words_ask_with_whom_where_it_is_not_clear(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await jotted(stage.ben, "Promotion case")
    await stage.ana.says("check in", way=way)
    stage.ana.sees("My conversations", "Ben Okafor", "Cleo Tanaka")
    await stage.ana.closes()
    await stage.ana.says("check in @cleo", way=way)
    stage.ana.sees("Check-in with Cleo", "Only you and Cleo can see this.")
    await stage.mia.says("check in", way=way)
    stage.mia.sees("You have no 1-on-1 yet.")
