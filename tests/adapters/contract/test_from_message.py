"""From any chat message to the agenda (B4)."""

import pytest

from tests.adapters.contract.beginnings import TALK_ABOUT, opened, together, with_cleo_too
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.story import story

ENTRY = "Add to 1-on-1"
SAID = "Could we look at the onboarding numbers?"


@story("B4")
@pytest.mark.parametrize("where", ["general", "lounge"])
async def test_a_message_becomes_an_item_with_a_link_and_without_its_text(stage: Stage, where: str) -> None:
    await together(stage)
    await stage.cleo.writes(SAID, where=where)
    await stage.ben.picks_message(SAID, ENTRY, where=where)
    stage.ben.sees("Add to 1-on-1", SAID, "Only you and the one you choose will see this.")
    await stage.ben.fills(TALK_ABOUT, "What Cleo asked")
    await stage.ben.submits()
    stage.ben.sees("Ben and Ana", "What Cleo asked")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="What Cleo asked")
    stage.ana.sees("What Cleo asked")
    stage.ana.does_not_see(SAID)
    assert stage.ana.follows("To the message in the chat") == SAID


@story("B4")
async def test_the_text_of_a_message_is_copied_only_when_the_person_says_so(stage: Stage) -> None:
    await together(stage)
    await stage.cleo.writes(SAID, where="general")
    await stage.ben.picks_message(SAID, ENTRY, where="general")
    await stage.ben.fills(TALK_ABOUT, "What Cleo asked")
    await stage.ben.fills("The message itself", ["Copy its text into the item"])
    await stage.ben.submits()
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="What Cleo asked")
    stage.ana.sees(SAID, "from the message you picked", "To the message in the chat")


@story("B4")
async def test_the_person_chooses_in_which_conversation(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.mia.writes(SAID, where="general")
    await stage.ana.picks_message(SAID, ENTRY, where="general")
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.fills(TALK_ABOUT, "Numbers")
    await stage.ana.fills("Who sees it?", "Only you")
    await stage.ana.submits()
    stage.ana.sees("Ana and Cleo", "Numbers", "only you")
    await opened(stage.cleo, "ana")
    stage.cleo.sees_nowhere("Numbers")


@story("B4")
async def test_without_a_conversation_the_person_learns_how_to_begin_one(stage: Stage) -> None:
    await stage.cleo.writes(SAID, where="general")
    await stage.ben.picks_message(SAID, ENTRY, where="general")
    stage.ben.sees("You have no 1-on-1 yet. Type “start” and somebody's name to begin one.")
