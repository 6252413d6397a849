"""An organization asks its own questions before meetings; its admins see no answer (E1)."""

from tests.adapters.contract.beginnings import in_settings, jotted, opened, together
from tests.adapters.contract.checking_in import CHALLENGE, HIGHLIGHT, MOOD, WORKLOAD, asks_to_check_in, checked_in
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

OURS = "How sure are you of your priorities?"
QUESTIONS = "Check-in questions"


async def _adds(admin: Actor, text: str, kind: str) -> None:
    await in_settings(admin, QUESTIONS)
    await admin.presses("Add a question")
    await admin.fills("Question", text)
    await admin.fills("The answer is", kind)
    await admin.submits()


async def _opens(admin: Actor, question: str) -> None:
    await in_settings(admin, QUESTIONS)
    await admin.presses("Open", near=question)


@story("E1", "N3")
async def test_an_admin_asks_one_more_and_everybody_may_answer_it(stage: Stage) -> None:
    await together(stage)
    await in_settings(stage.mia, QUESTIONS)
    stage.mia.sees(MOOD, WORKLOAD, HIGHLIGHT, CHALLENGE, "a number from 1 to 10", "in words")
    stage.mia.sees("Admins never see the answers.")
    await _adds(stage.mia, OURS, "A number from 1 to 10")
    stage.mia.sees(OURS)
    await asks_to_check_in(stage.ana)
    await stage.ana.fills(OURS, "4")
    await stage.ana.submits()
    stage.ana.sees("4 of 10", OURS)
    await opened(stage.ben, "ana")
    stage.ben.sees("4")
    stage.mia.sees_nowhere("4 of 10")


@story("E1")
async def test_an_admin_changes_the_order_and_the_wording(stage: Stage) -> None:
    await together(stage)
    await _adds(stage.mia, OURS, "In words")
    await _opens(stage.mia, OURS)
    for _ in range(4):
        await stage.mia.presses("Up")
    await stage.mia.presses("Change the wording")
    await stage.mia.fills("Question", "What matters most now?")
    await stage.mia.submits()
    stage.mia.sees("What matters most now?")
    await asks_to_check_in(stage.ben)
    assert stage.ben.reads.index("What matters most now?") < stage.ben.reads.index(MOOD)
    await _opens(stage.mia, WORKLOAD)
    await stage.mia.presses("Down")
    stage.mia.sees("It comes later now.")


@story("E1", "E2")
async def test_what_is_no_longer_asked_keeps_its_answers(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, mood="3", workload="8")
    await _opens(stage.mia, MOOD)
    await stage.mia.presses("No longer ask")
    stage.mia.sees("It is no longer asked. Its answers stay in the trend of those who gave them.")
    await asks_to_check_in(stage.ana)
    stage.ana.does_not_see(MOOD)
    await stage.ana.submits()
    await opened(stage.ana, "ben")
    await stage.ana.presses("Trend")
    stage.ana.sees(MOOD, "▃  You  3")
    await stage.mia.presses("Undo")
    stage.mia.sees("It is asked again.")
    await asks_to_check_in(stage.ana)
    stage.ana.sees(MOOD)


@story("E1")
async def test_back_to_the_standard_and_an_own_one_again(stage: Stage) -> None:
    await together(stage)
    await _adds(stage.mia, OURS, "In words")
    await stage.mia.presses("Back to the standard")
    stage.mia.sees("The four standard questions are asked again.", "No longer asked", OURS)
    await asks_to_check_in(stage.ben)
    stage.ben.does_not_see(OURS)
    await stage.mia.presses("Ask again", near=OURS)
    await asks_to_check_in(stage.ben)
    stage.ben.sees(MOOD, OURS)


@story("E1")
async def test_two_admins_do_not_overwrite_each_other_silently(stage: Stage) -> None:
    await together(stage)
    await _adds(stage.mia, OURS, "In words")
    await stage.mia.closes()
    await stage.mia.says("people ben", way=Way.command)
    await stage.mia.presses("Name as admin")
    await _opens(stage.mia, OURS)
    await stage.mia.presses("Change the wording")
    await _opens(stage.ben, OURS)
    await stage.ben.presses("Change the wording")
    await stage.mia.fills("Question", "Mia's wording?")
    await stage.mia.submits()
    await stage.ben.fills("Question", "Ben's wording?")
    await stage.ben.submits()
    stage.ben.sees("Mia's wording?")
    await stage.ben.submits()
    await asks_to_check_in(stage.ana)
    stage.ana.sees("Ben's wording?")


@story("E1")
async def test_bad_questions_are_refused_and_stay_before_one(stage: Stage) -> None:
    await together(stage)
    for text, why in (("x" * 121, "That is 121 characters"), ("", "Please write something here.")):
        await in_settings(stage.mia, QUESTIONS)
        await stage.mia.presses("Add a question")
        await stage.mia.fills("Question", text)
        await stage.mia.submits(forced=True)
        stage.mia.sees(why)
    for question in (MOOD, WORKLOAD, HIGHLIGHT):
        await _opens(stage.mia, question)
        await stage.mia.presses("No longer ask")
    await _opens(stage.mia, CHALLENGE)
    await stage.mia.presses("No longer ask")
    stage.mia.sees("One question has to stay.")
    for number in range(7):
        await _adds(stage.mia, f"Question {number}?", "In words")
    await _adds(stage.mia, "One too many?", "In words")
    stage.mia.sees("At most 8 questions can be asked.")
    stage.mia.still_has("Question", "One too many?")


@story("E1", "N3")
async def test_who_is_no_admin_cannot_change_the_questions(stage: Stage) -> None:
    await together(stage)
    await _adds(stage.mia, OURS, "In words")
    await stage.ben.says("settings", way=Way.command)
    assert QUESTIONS not in stage.ben.buttons
    await opened(stage.ben, "ana")
    for label in ("Back to the standard", "Add a question", "Open"):
        await stage.ben.presses_as(stage.mia, label)
        stage.ben.sees("Only an admin can do this.")
    await _opens(stage.mia, OURS)
    for label in ("Up", "Change the wording", "No longer ask", "All questions"):
        await stage.ben.presses_as(stage.mia, label)
        stage.ben.sees("Only an admin can do this.")
    await jotted(stage.ben, "Afterwards")
    await asks_to_check_in(stage.ana)
    stage.ana.sees(OURS)
