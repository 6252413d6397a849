"""The check-in's questions: admins say what is asked, and see no answer."""

import asyncio
from dataclasses import replace

import pytest

from bot.check_in import MOST_QUESTIONS, answers_of
from bot.features.check_in_questions import (
    EditCheckInQuestion,
    MoveCheckInQuestion,
    OpenCheckInQuestion,
    SaveCheckInQuestion,
)
from bot.model.check_in import CheckInQuestion, Standard
from bot.model.ids import CheckInQuestionId
from bot.views import ChoiceField, Form, Notice, Page, TextField
from tests.bot.desk import Actor, Desk, labels
from tests.bot.test_check_in import HERS, checks_in, kept

MOOD, WORKLOAD = "How are you?", "How is your workload?"
HIGHLIGHT, CHALLENGE = "What went well?", "What is hard at the moment?"
STANDARD = [MOOD, WORKLOAD, HIGHLIGHT, CHALLENGE]
OURS = "How sure are you of your priorities?"


async def opens(admin: Actor) -> None:
    await admin.says("settings")
    await admin.presses("Check-in questions")


async def adds(admin: Actor, text: str, kind: str = "rating") -> None:
    await opens(admin)
    await admin.presses("Add a question")
    await admin.submits(text=text, kind=kind)


async def stops(admin: Actor, question: str) -> None:
    await opens(admin)
    await admin.presses("Open", near=question)
    await admin.presses("No longer ask")


async def stored(desk: Desk) -> list[CheckInQuestion]:
    async with desk.store.read(desk.mia.account.organization) as tx:
        return list(await tx.check_ins.questions())


async def asked(actor: Actor) -> list[str]:
    view = await actor.says("check in")
    assert isinstance(view, Form)
    return [field.label for field in view.fields]


async def test_the_standard_ones_are_asked_until_somebody_changes_them(pair: Desk) -> None:
    assert await asked(pair.ana) == STANDARD
    assert await stored(pair) == []
    await adds(pair.mia, OURS)
    assert await asked(pair.ben) == [*STANDARD, OURS]
    view = pair.ben.view
    assert isinstance(view, Form)
    assert [type(field) for field in view.fields] == [ChoiceField, ChoiceField, TextField, TextField, ChoiceField]


async def test_their_order_changes_and_ends_at_the_ends(pair: Desk) -> None:
    await opens(pair.mia)
    await pair.mia.presses("Open", near=WORKLOAD)
    for _ in range(2):
        await pair.mia.presses("Up")
    assert await asked(pair.ana) == [WORKLOAD, MOOD, HIGHLIGHT, CHALLENGE]
    await opens(pair.mia)
    await pair.mia.presses("Open", near=CHALLENGE)
    await pair.mia.presses("Down")
    await pair.mia.presses("Up")
    assert await asked(pair.ana) == [WORKLOAD, MOOD, CHALLENGE, HIGHLIGHT]


async def test_a_removed_question_keeps_its_answers_and_comes_back(pair: Desk) -> None:
    await adds(pair.mia, OURS)
    question = (await stored(pair))[-1]
    await checks_in(pair.ana, **HERS, **{question.id: "4"})
    await stops(pair.mia, OURS)
    assert "It is no longer asked." in pair.mia.reads
    assert await asked(pair.ana) == STANDARD
    await pair.ana.submits(mood="6")
    (check_in,) = await kept(pair)
    assert answers_of(check_in)[question.id] == 4
    await pair.ana.says("trend")
    assert OURS in pair.ana.reads
    await pair.mia.presses("Undo")
    assert await asked(pair.ana) == [*STANDARD, OURS]


async def test_an_answer_to_what_was_removed_meanwhile_is_kept(pair: Desk) -> None:
    await adds(pair.mia, "What did you learn?", "text")
    question = (await stored(pair))[-1]
    await pair.ana.says("check in")
    await stops(pair.mia, "What did you learn?")
    await pair.ana.submits(**{question.id: "To wait"})
    (check_in,) = await kept(pair)
    assert answers_of(check_in) == {question.id: "To wait"}
    assert "To wait" in pair.ana.reads


async def test_the_last_question_stays(pair: Desk) -> None:
    for question in STANDARD[:3]:
        await stops(pair.mia, question)
    await stops(pair.mia, CHALLENGE)
    assert pair.mia.reads.startswith("One question has to stay.")
    assert await asked(pair.ana) == [CHALLENGE]


async def test_back_to_the_standard_and_own_ones_can_come_back(pair: Desk) -> None:
    await adds(pair.mia, OURS)
    await stops(pair.mia, MOOD)
    await opens(pair.mia)
    await pair.mia.presses("Back to the standard")
    assert await asked(pair.ana) == STANDARD
    await opens(pair.mia)
    assert OURS in pair.mia.reads
    await pair.mia.presses("Ask again", near=OURS)
    assert await asked(pair.ana) == [*STANDARD, OURS]
    await pair.mia.presses("Open", near=OURS)
    await pair.mia.presses("No longer ask")
    await pair.mia.presses("All questions")
    assert pair.mia.view is not None
    assert "Back to the standard" not in labels(pair.mia.view)


async def test_no_more_than_eight_are_asked(pair: Desk) -> None:
    for number in range(MOST_QUESTIONS - 4):
        await adds(pair.mia, f"Question {number}?")
    await adds(pair.mia, "One too many?")
    view = pair.mia.view
    assert isinstance(view, Form)
    assert view.errors["text"].startswith("At most 8 questions")
    assert "One too many?" in pair.mia.reads
    assert len(await asked(pair.ana)) == MOST_QUESTIONS
    await stops(pair.mia, "Question 0?")
    await adds(pair.mia, "In its place?")
    await opens(pair.mia)
    assert isinstance(await pair.mia.presses("Ask again", near="No longer asked"), Notice)


@pytest.mark.parametrize(("text", "why"), [("", "Please write something"), ("x" * 121, "121 characters")])
async def test_a_question_without_words_or_with_too_many_is_refused(pair: Desk, text: str, why: str) -> None:
    await adds(pair.mia, text)
    view = pair.mia.view
    assert isinstance(view, Form)
    assert why in view.errors["text"]
    assert await stored(pair) == []


async def test_a_kind_that_does_not_exist_is_refused(pair: Desk) -> None:
    await adds(pair.mia, OURS, "essay")
    view = pair.mia.view
    assert isinstance(view, Form)
    assert "kind" in view.errors


async def test_another_wording_keeps_the_answers(pair: Desk) -> None:
    await adds(pair.mia, OURS)
    question = (await stored(pair))[-1]
    await checks_in(pair.ana, **{question.id: "4"})
    await pair.mia.presses("Open", near=OURS)
    await pair.mia.presses("Change the wording")
    await pair.mia.submits(text="Do you know what matters?")
    await pair.ana.says("trend")
    assert "Do you know what matters?" in pair.ana.reads
    assert OURS not in pair.ana.reads


async def test_two_admins_do_not_overwrite_each_other_silently(pair: Desk) -> None:
    other = await second_admin(pair)
    await adds(pair.mia, OURS)
    question = (await stored(pair))[-1]
    await pair.mia.does(EditCheckInQuestion(question.id, question.edition))
    await other.does(EditCheckInQuestion(question.id, question.edition))
    await pair.mia.submits(text="Mia's wording")
    view = await other.submits(text="Ana's wording")
    assert isinstance(view, Form)
    assert "Mia's wording" in other.reads
    assert "Ana's wording" in other.reads
    await other.submits()
    assert (await stored(pair))[-1].text == "Ana's wording"


async def second_admin(desk: Desk) -> Actor:
    async with desk.store.write(desk.mia.account.organization) as tx:
        person = await tx.people.get(await desk.person("ana"))
        assert person is not None
        await tx.people.save(replace(person, admin=True))
    return desk.ana


async def test_two_admins_at_once_make_the_standard_ones_once(pair: Desk) -> None:
    other = await second_admin(pair)
    moves = (one.does(MoveCheckInQuestion(False, Standard.mood)) for one in (pair.mia, other))
    await asyncio.gather(*moves)
    assert len(await stored(pair)) == 4


async def test_what_is_not_there_is_refused_politely(pair: Desk) -> None:
    nowhere = CheckInQuestionId("n" * 22)
    for forged in (
        OpenCheckInQuestion(question=nowhere),
        OpenCheckInQuestion(),
        MoveCheckInQuestion(True, question=nowhere),
        EditCheckInQuestion(nowhere, 1),
        SaveCheckInQuestion(nowhere, 1),
    ):
        assert isinstance(await pair.mia.does(forged, text="Anything"), Notice)


async def test_admins_see_no_answer(pair: Desk) -> None:
    await checks_in(pair.ana, **HERS)
    await opens(pair.mia)
    assert isinstance(pair.mia.view, Page)
    assert not {"Shipped", "7 of 10"} & set(pair.mia.reads.split())
    assert "Admins never see the answers." in pair.mia.reads
