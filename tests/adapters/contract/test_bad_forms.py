"""Forms with nothing, too much or nothing chosen, and those that came too late: whatever was typed is kept."""

from collections.abc import Awaitable, Callable

import pytest

from tests.adapters.contract.beginnings import (
    TALK_ABOUT,
    jotted,
    noted,
    opened,
    promised,
    started,
    together,
    with_cleo_too,
)
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

TOO_LONG = "x" * 3001
FormOpener = Callable[[Stage], Awaitable[str]]


async def _new_item(stage: Stage) -> str:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    return TALK_ABOUT


async def _edited_item(stage: Stage) -> str:
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Edit")
    return TALK_ABOUT


async def _comment(stage: Stage) -> str:
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Comment")
    return "Comment"


async def _shared_note(stage: Stage) -> str:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Shared notes (0)")
    await stage.ben.presses("Add a shared note")
    return "Note"


async def _edited_note(stage: Stage) -> str:
    await noted(stage.ben, "ana", "We agreed", kind="shared")
    await stage.ben.presses("Open")
    await stage.ben.presses("Edit")
    return "Note"


async def _typed_note(stage: Stage) -> str:
    await stage.ben.says("note", way=Way.command)
    return "Note"


async def _promise(stage: Stage) -> str:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add action item")
    return "What is to be done?"


async def _edited_promise(stage: Stage) -> str:
    await promised(stage.ben, "ana", "Send it")
    await stage.ben.presses("Edit")
    return "What is to be done?"


async def _placed(stage: Stage) -> str:
    await stage.cleo.writes("A message", where="general")
    await stage.ben.picks_message("A message", "Add to 1-on-1", where="general")
    return TALK_ABOUT


async def _question(stage: Stage) -> str:
    await stage.ben.says("ask", way=Way.command)
    return "Your question"


FORMS = [
    _new_item,
    _edited_item,
    _comment,
    _shared_note,
    _edited_note,
    _typed_note,
    _promise,
    _edited_promise,
    _placed,
    _question,
]


@story("B1", "B3", "B4", "C1", "D1", "P5")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__.strip("_"))
async def test_nothing_and_too_much_are_refused_with_the_text_kept(stage: Stage, form: FormOpener) -> None:
    await together(stage)
    field = await form(stage)
    await stage.ben.fills(field, "   ")
    await stage.ben.submits()
    stage.ben.sees("Please write something here.")
    await stage.ben.fills(field, TOO_LONG)
    await stage.ben.submits(forced=True)
    stage.ben.sees("That is 3001 characters; at most 3000 fit.")
    assert stage.ben.entered(field) == TOO_LONG
    await stage.ben.fills(field, "y" * 3000)
    await stage.ben.submits()
    stage.ben.does_not_see("characters; at most", "Please write something here.")
    await stage.ben.closes()


@story("A2", "D1")
async def test_a_choice_that_was_not_made_is_asked_for(stage: Stage) -> None:
    await stage.ana.says("start @ben", way=Way.command)
    await stage.ana.submits(forced=True)
    stage.ana.sees("Please choose one.")
    await stage.ana.closes()
    await with_cleo_too(stage)
    for words in ("action", "note", "add Something"):
        await stage.ana.says(words, way=Way.command)
        await _fill_first_text(stage.ana)
        await stage.ana.submits(forced=True)
        stage.ana.sees("Please choose one.")
        await stage.ana.closes()


async def _fill_first_text(one: Actor) -> None:
    for field in ("What is to be done?", "Note", TALK_ABOUT):
        if field in one.reads.splitlines():
            await one.fills(field, "Something")


@story("B5")
async def test_a_search_for_nothing_asks_for_words(stage: Stage) -> None:
    await stage.ben.says("search", way=Way.command)
    await stage.ben.fills("Words to look for", "  ")
    await stage.ben.submits()
    stage.ben.sees("Please write something here.")


@story("A2", "B1")
async def test_a_form_that_was_open_when_the_other_declined_is_refused_and_keeps_its_text(stage: Stage) -> None:
    await started(stage.ana, "ben", "A colleague")
    await stage.delivers()
    await stage.ana.presses("Add item")
    await stage.ana.fills(TALK_ABOUT, "Written meanwhile")
    await stage.ben.presses("Decline")
    await stage.ana.submits()
    stage.ana.sees("This 1-on-1 was declined, so nothing can be added.")
    stage.ana.still_has(TALK_ABOUT, "Written meanwhile")


@story("A1", "B1")
async def test_a_form_that_was_open_when_the_other_left_is_refused_and_keeps_its_text(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Add item")
    await stage.ana.fills(TALK_ABOUT, "Written meanwhile")
    await stage.leaves(stage.ben)
    await stage.ana.submits()
    stage.ana.sees("Ben is no longer active here.")
    stage.ana.still_has(TALK_ABOUT, "Written meanwhile")
    await stage.ana.says("conversations", way=Way.command)
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Ana and Ben")
    stage.ana.does_not_see("Written meanwhile")
