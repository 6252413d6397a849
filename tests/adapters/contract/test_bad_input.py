"""Whatever a person can get wrong: they read what happened and what to do, and nothing typed is lost."""

import pytest

from tests.adapters.contract.beginnings import (
    TALK_ABOUT,
    jotted,
    opened,
    promised,
    together,
    with_cleo_too,
)
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import on_one_platform, story

GONE = "This does not exist, or it is not yours to see."


@story("B1")
@pytest.mark.parametrize(
    ("said", "nearest"), [("agendda Promotion", "agenda"), ("mett", "meet"), ("helpp", "help"), ("xyzzy", "help")]
)
async def test_words_that_nobody_knows_get_the_nearest_verb(stage: Stage, way: Way, said: str, nearest: str) -> None:
    await stage.ben.says(said, way=way)
    stage.ben.sees("I did not understand that.", f"“{nearest}”")


@story("A2")
async def test_a_name_that_nobody_has_is_said_back(stage: Stage, way: Way) -> None:
    await stage.ben.says("start Zaphod", way=way)
    stage.ben.sees("I know nobody called “Zaphod” here.")
    await together(stage)
    for words in ("archive", "meet", "wrap up", "action"):
        await stage.ben.says(f"{words} Zaphod", way=way)
        stage.ben.sees("I know nobody called “Zaphod” here.")
    await opened(stage.ben, "ana")
    stage.ben.sees("You have not met yet.")


@story("B1", "C1", "D1", "G9")
@pytest.mark.parametrize("words", ["add Promotion case", "add", "note", "action", "meet"])
async def test_without_a_conversation_one_learns_how_to_begin_one(stage: Stage, way: Way, words: str) -> None:
    await stage.ben.says(words, way=way)
    stage.ben.sees("You have no 1-on-1 yet. Type “start” and somebody's name to begin one.")


@story("B1")
async def test_someone_with_whom_there_is_no_conversation_is_named(stage: Stage, way: Way) -> None:
    await together(stage)
    for words in ("add @cleo Promotion case", "meet Cleo", "archive cleo", "action Cleo Tanaka", "wrap up @cleo"):
        await stage.ben.says(words, way=way)
        stage.ben.sees("You have no 1-on-1 with Cleo yet. Type “start” and their name to begin one.")


@story("B1")
@on_one_platform
async def test_of_two_mentions_the_first_is_the_person_and_the_second_a_word(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("add @ben @cleo should join", way=way)
    stage.ana.sees("@Cleo Tanaka should join", "You and Ben can see it.")


@story("B1")
async def test_a_button_of_an_earlier_release_says_so(stage: Stage) -> None:
    await together(stage)
    old = "This is from an earlier version of OneOnOne and no longer works."
    await stage.ben.says("home", way=Way.command)
    stage.ben.has_button_of_another_release("Settings")
    await stage.ben.presses("Settings")
    stage.ben.sees(old)
    await stage.ben.goes_home()
    stage.ben.has_button_of_another_release("Settings")
    await stage.ben.presses("Settings")
    stage.ben.sees(old)
    await opened(stage.ben, "ana")
    stage.ben.has_button_of_another_release("History")
    await stage.ben.presses("History")
    stage.ben.sees(old)


@story("B1")
async def test_a_form_of_an_earlier_release_says_so_and_stays_open_with_the_text(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, "A long text")
    stage.ben.has_form_of_another_release()
    await stage.ben.submits()
    stage.ben.sees("If you typed something, copy it, then open the form again.")
    assert stage.ben.entered(TALK_ABOUT) == "A long text"


@story("B1", "C1", "D1")
async def test_an_outsider_with_a_forged_button_learns_nothing(stage: Stage) -> None:
    await with_cleo_too(stage)
    await jotted(stage.ben, "Confidential")
    await promised(stage.ben, "ana", "Confidential promise")
    for label, near in (("Open", "Confidential"), ("Discussed", "Confidential"), ("Done", "Confidential promise")):
        await opened(stage.ben, "ana")
        await opened(stage.cleo, "ana")
        await stage.cleo.presses_as(stage.ben, label, near=near)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere("Confidential")
    await opened(stage.ben, "ana")
    for label in ("Add item", "History", "Shared notes (0)", "All action items", "We meet now", "Archive"):
        await opened(stage.cleo, "ana")
        await stage.cleo.presses_as(stage.ben, label)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere("Confidential")
    await opened(stage.ben, "ana")
    stage.ben.sees("○ Confidential", "□ Confidential promise", "You have not met yet.")


@story("B1")
async def test_an_input_that_arrives_twice_is_done_once(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("add Promotion case", way=way)
    await stage.ben.does_again()
    await opened(stage.ben, "ana")
    assert stage.ben.reads.count("○ Promotion case") == 1


@story("B1")
async def test_a_form_that_arrives_twice_is_done_once(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, "Promotion case")
    await stage.ben.submits()
    await stage.ben.does_again()
    await opened(stage.ben, "ana")
    assert stage.ben.reads.count("○ Promotion case") == 1


@story("B1")
async def test_a_press_that_arrives_twice_is_done_once(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "One", "Two", "Three")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Three")
    await stage.ben.presses("Move up")
    await stage.ben.does_again()
    await opened(stage.ben, "ana")
    rows = [line for line in stage.ben.reads.splitlines() if line.startswith("○ ")]
    assert rows == ["○ One", "○ Three", "○ Two"]


@story("B1")
async def test_a_character_that_no_database_takes_is_left_out(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, "Promo\x00tion")
    await stage.ben.submits()
    stage.ben.sees("○ Promotion")
    await stage.ben.closes()
    await stage.ben.says("search promotion", way=Way.command)
    stage.ben.sees("1 thing found.")
