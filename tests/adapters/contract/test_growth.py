"""A growth plan that the report leads, and preparing one's own career talk (H4, H5)."""

from datetime import timedelta

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, started, together
from tests.adapters.contract.growing import ASPIRATIONS, QUESTIONS, STRENGTHS, WISH, begun, growing, shared
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.reporting import reporting
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

QUESTION = "Is it still right?"
OFFER = "What can you offer Ben?"


@story("H5")
async def test_six_open_questions_lead_to_a_plan_that_only_oneself_can_see(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Six open questions about where you want to go")
    stage.ben.sees("Skip what does not fit, stop when you like", "Ana does not even know that you have begun")
    await stage.ben.presses("Prepare my career talk")
    for number, (question, answer) in enumerate(QUESTIONS.items(), start=1):
        stage.ben.sees(f"{number} of 6", question, "Only you can see this.")
        await stage.ben.fills(question, answer)
        await stage.ben.submits()
    stage.ben.sees("Growth plan", *QUESTIONS.values(), "Only you can see this.")
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere(WISH, "rowth plan", "Growth")


@story("H5")
async def test_it_is_left_at_any_step_and_goes_on_there_even_after_a_restart(stage: Stage) -> None:
    await begun(stage)
    await stage.ben.fills(STRENGTHS, "Explaining")
    await stage.ben.presses("Save for later")
    stage.ben.sees("Kept. Close this when you like; next time you go on from here.")
    assert stage.ben.entered(STRENGTHS) == "Explaining"
    await stage.restarts()
    await opened(stage.ben, "ana")
    stage.ben.sees("Only you can see it · 2 of 6 parts")
    await stage.ben.presses("Go on")
    stage.ben.sees("2 of 6")
    assert stage.ben.entered(STRENGTHS) == "Explaining"
    await stage.ben.fills(STRENGTHS, "Explaining hard things")
    await stage.ben.submits()
    stage.ben.sees("3 of 6")


@story("H5")
async def test_every_step_can_be_skipped(stage: Stage) -> None:
    await together(stage)
    await growing(stage.ben, "ana")
    await stage.ben.presses("Prepare my career talk")
    for question in QUESTIONS:
        stage.ben.sees(question)
        await stage.ben.submits()
    stage.ben.sees("Growth plan", "Nothing here yet")
    await stage.ben.presses("Share with Ana")
    stage.ben.sees("There is nothing in your growth plan yet.")
    await growing(stage.ben, "ana")
    await stage.ben.presses("Write", near="Strengths")
    await stage.ben.fills(STRENGTHS, "Patience")
    await stage.ben.submits()
    stage.ben.sees("Growth plan", "Patience")


@story("H5")
async def test_what_is_too_long_is_refused_and_stays_before_ones_eyes(stage: Stage) -> None:
    await begun(stage)
    text = "w" * 3001
    await stage.ben.fills(STRENGTHS, text)
    await stage.ben.submits(forced=True)
    stage.ben.sees("That is 3001 characters; at most 3000 fit.")
    stage.ben.still_has(STRENGTHS, text)
    await stage.ben.fills(STRENGTHS, "w" * 3000)
    await stage.ben.submits()
    stage.ben.sees("3 of 6")


@story("H4")
async def test_sharing_makes_it_the_plan_of_both_until_it_is_taken_back(stage: Stage) -> None:
    await shared(stage)
    stage.ben.sees("Ana can see it now.", "Only you and Ana can see this.")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Ben's growth plan")
    stage.ana.sees(WISH, "Ben leads this plan", "Only you and Ben can see this.")
    await stage.ben.presses("Keep for myself")
    stage.ben.sees("Only you can see it now.", "Only you can see this.")
    await stage.ana.presses("Talk about it")
    stage.ana.sees("This does not exist, or it is not yours to see.")
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere(WISH, "growth plan")


@story("H4")
async def test_the_manager_offers_support_and_the_report_hears_of_it(stage: Stage) -> None:
    await shared(stage)
    await stage.ben.closes()
    await growing(stage.ana, "ben")
    await stage.ana.presses("Offer support")
    stage.ana.sees(OFFER, "Only you and Ben can see this.")
    await stage.ana.fills(OFFER, "An hour a week with me")
    await stage.ana.submits()
    stage.ana.sees("What you offer Ben", "An hour a week with me")
    stage.clock.advance(timedelta(hours=6))
    await stage.delivers()
    assert "An hour" not in heard(stage.ben, "Ana wrote in a growth plan")
    await growing(stage.ben, "ana")
    stage.ben.sees("What Ana offers", "An hour a week with me")
    await stage.ben.presses("Open", near="What Ana offers")
    assert "Edit" not in stage.ben.buttons


@story("H4")
async def test_either_puts_a_part_on_the_agenda_with_one_button(stage: Stage) -> None:
    await shared(stage)
    await growing(stage.ana, "ben")
    await stage.ana.presses("Talk about it", near="Aspirations")
    stage.ana.sees("It is on the agenda. Both of you can see it.")
    await stage.ana.presses("Undo")
    await stage.ben.presses("Talk about it", near="Aspirations")
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Growth plan: aspirations", "Ben · since today")
    await growing(stage.ana, "ben")
    await stage.ana.presses("Talk about it", near="Aspirations")
    stage.ana.sees("It is on the agenda already.")


@story("H4")
async def test_a_part_is_edited_where_it_stands(stage: Stage) -> None:
    await shared(stage)
    await stage.ben.presses("Open", near="Aspirations")
    stage.ben.sees(WISH)
    await stage.ben.presses("Edit")
    assert stage.ben.entered(ASPIRATIONS) == WISH
    await stage.ben.fills(ASPIRATIONS, "Lead a team")
    await stage.ben.submits()
    stage.ben.sees("Growth plan", "Lead a team")
    await growing(stage.ana, "ben")
    stage.ana.sees("Lead a team")
    await stage.ana.presses("Open", near="Aspirations")
    assert "Edit" not in stage.ana.buttons


@story("H4", "G5")
async def test_a_month_later_its_person_is_asked_whether_it_is_still_right(stage: Stage) -> None:
    almanac = Almanac(stage)
    await shared(stage)
    await stage.ben.closes()
    stage.ben.hears()
    await almanac.becomes(23, 13, 55)
    heard_nothing_of(stage.ben, QUESTION)
    await almanac.becomes(23, 14, 1)
    assert "Your growth plan with Ana" in heard(stage.ben, QUESTION)
    heard_nothing_of(stage.ana, QUESTION)
    await stage.ben.presses("Still right")
    stage.ben.sees("You are asked once a month, next 23 Jan 2027.")
    stage.ben.sees("Your growth plan with Ana", "You last looked at it today.")
    stage.ben.does_not_see(QUESTION)
    await almanac.becomes(25, 14, 1, month=1, year=2027)
    assert WISH not in heard(stage.ben, QUESTION)


@story("H4")
async def test_one_is_asked_less_often_or_not_at_all(stage: Stage) -> None:
    almanac = Almanac(stage)
    await shared(stage)
    await stage.ben.presses("Every quarter")
    stage.ben.sees("You are asked once a quarter, next 23 Feb 2027.")
    await stage.ben.closes()
    await almanac.becomes(23, 14, 1)
    heard_nothing_of(stage.ben, QUESTION)
    await almanac.becomes(23, 14, 1, month=2, year=2027)
    heard(stage.ben, QUESTION)
    await stage.ben.presses("Do not ask")
    stage.ben.sees("You are not asked any more.")
    await stage.ben.presses("Open")
    stage.ben.sees("You are not asked any more.", WISH)


@story("H4", "G6")
async def test_a_month_is_explained_put_off_and_turned_down(stage: Stage) -> None:
    almanac = Almanac(stage)
    await shared(stage)
    await stage.ben.closes()
    await almanac.becomes(23, 14, 1)
    await stage.ben.presses("Snooze")
    stage.ben.sees("I will come back to it today, 12:01.")
    stage.ben.hears()
    await almanac.becomes(23, 17, 2)
    heard(stage.ben, QUESTION)
    await stage.ben.presses("Fewer of these")
    stage.ben.sees("No more of these: Whether my growth plan is still right.")
    await almanac.becomes(4, 9, month=1, year=2027)
    await almanac.becomes(25, 14, 1, month=1, year=2027)
    heard_nothing_of(stage.ben, QUESTION)


@story("H4")
async def test_who_says_nothing_is_asked_again_a_month_later(stage: Stage) -> None:
    almanac = Almanac(stage)
    await shared(stage)
    await stage.ben.closes()
    await almanac.becomes(23, 14, 1)
    heard(stage.ben, QUESTION)
    await almanac.becomes(4, 9, month=1, year=2027)
    heard_nothing_of(stage.ben, QUESTION)
    await almanac.becomes(25, 14, 1, month=1, year=2027)
    heard(stage.ben, QUESTION)


@story("H4", "H5")
async def test_the_manager_cannot_begin_it_nor_an_outsider_find_it(stage: Stage) -> None:
    await together(stage)
    await growing(stage.ana, "ben")
    stage.ana.sees("In this 1-on-1 Ben leads the growth plan.", "You see it once Ben shares it")
    assert "Prepare my career talk" not in stage.ana.buttons
    await growing(stage.ben, "ana")
    await stage.ana.presses_as(stage.ben, "Prepare my career talk")
    stage.ana.sees("Ben leads the growth plan in this 1-on-1.")
    await stage.cleo.says("home", way=Way.command)
    await stage.cleo.presses_as(stage.ben, "Prepare my career talk")
    stage.cleo.sees("This does not exist, or it is not yours to see.")


@story("H4")
async def test_colleagues_lead_one_each(stage: Stage) -> None:
    await started(stage.ana, "cleo", "A colleague")
    for one, other in ((stage.ana, "cleo"), (stage.cleo, "ana")):
        await growing(one, other)
        await one.presses("Prepare my career talk")
        await one.fills(ASPIRATIONS, f"What {one.name} wants")
        await one.submits()
        await growing(one, other)
    await stage.cleo.presses("Share with Ana")
    await growing(stage.ana, "cleo")
    stage.ana.sees("What Ana Ruiz wants", "Only you can see this.")
    await stage.ana.presses("Open", near="Cleo's growth plan")
    stage.ana.sees("What Cleo Tanaka wants", "Only you and Cleo can see this.")


@story("H4")
async def test_with_several_1_on_1s_a_word_lists_where_there_is_something(stage: Stage) -> None:
    await begun(stage)
    await started(stage.ana, "cleo", "My manager")
    await stage.ana.closes()
    await stage.ana.says("growth", way=Way.command)
    stage.ana.sees("With Cleo Tanaka", "Six open questions")
    stage.ana.does_not_see("With Ben Okafor")
    await growing(stage.ben, "ana")
    await stage.ben.presses("Share with Ana")
    await stage.ana.closes()
    await stage.ana.says("growth", way=Way.command)
    await stage.ana.presses("Open", near="With Ben Okafor")
    stage.ana.sees("Ben's growth plan", WISH)


@story("H4", "A6")
async def test_with_another_manager_one_s_own_words_may_come_along_and_nobody_else_s(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await growing(stage.ben, "ana")
    await stage.ben.presses("Prepare my career talk")
    await stage.ben.fills(ASPIRATIONS, WISH)
    await stage.ben.submits()
    await growing(stage.ben, "ana")
    await stage.ben.presses("Share with Ana")
    await growing(stage.ana, "ben")
    await stage.ana.presses("Offer support")
    await stage.ana.fills(OFFER, "An hour a week with me")
    await stage.ana.submits()
    await reporting(stage, {"ben": "cleo"})
    await growing(stage.ben, "ana")
    await stage.ben.presses("Take it to Cleo")
    stage.ben.sees(WISH, "Only you can see this.", "Share with Cleo")
    stage.ben.does_not_see("An hour a week with me")
    await growing(stage.cleo, "ben")
    stage.cleo.sees_nowhere(WISH, "An hour a week with me")
    await stage.ben.presses("Share with Cleo")
    await growing(stage.cleo, "ben")
    stage.cleo.sees(WISH)


@story("H4", "P5")
@pytest.mark.parametrize("words", ["growth", "Growth plan", "career"])
async def test_a_word_leads_there(stage: Stage, way: Way, words: str) -> None:
    await stage.ben.says(words, way=way)
    stage.ben.sees("You have no 1-on-1 yet.")
    await together(stage)
    await stage.ben.says(words, way=way)
    stage.ben.sees("Growth plan", "Prepare my career talk")
