"""Notes, shared and private (C1, C2)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import noted, opened, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


@story("C1")
async def test_a_shared_note_is_there_for_both(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed on spring", kind="shared")
    stage.ben.sees("Notes with Ana", "We agreed on spring", "Only you and Ana can see this.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Last shared note: today, 10:00", "Shared notes (1)", "My private notes (0)")
    await stage.ana.presses("Shared notes (1)")
    stage.ana.sees("We agreed on spring", "Ben · today, 10:00")


@story("C1")
async def test_either_edits_a_shared_note_and_it_says_who_did(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed on spring", kind="shared")
    stage.clock.advance(timedelta(hours=1))
    await opened(stage.ana, "ben")
    await stage.ana.presses("Shared notes (1)")
    await stage.ana.presses("Open", near="We agreed on spring")
    await stage.ana.presses("Edit")
    assert stage.ana.entered("Note") == "We agreed on spring"
    await stage.ana.fills("Note", "We agreed on May")
    await stage.ana.submits()
    stage.ana.sees("We agreed on May", "Ben · today, 10:00 · changed by Ana, today, 11:00")


@story("C1")
async def test_a_removed_note_is_back_with_undo(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed on spring", kind="shared")
    await stage.ben.presses("Open", near="We agreed on spring")
    await stage.ben.presses("Remove")
    stage.ben.sees("Note removed.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Shared notes (0)")
    await stage.ben.presses("Undo")
    stage.ben.sees("The note is back.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Shared notes (1)")


@story("C2")
async def test_a_private_note_is_invisible_to_the_other(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "I was nervous", kind="private")
    stage.ben.sees("My private notes", "I was nervous", "Only you can see this.")
    await opened(stage.ana, "ben")
    stage.ana.sees("No shared notes yet.", "Shared notes (0)", "My private notes (0)")
    await stage.ana.presses("My private notes (0)")
    stage.ana.sees("No private notes yet.")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    stage.ana.sees_nowhere("I was nervous")
    await opened(stage.ben, "ana")
    await stage.ben.presses("History")
    stage.ben.sees("I was nervous", "private note")


@story("C2")
async def test_a_private_note_is_refused_to_the_other_who_knows_its_id(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "I was nervous", kind="private")
    await opened(stage.ana, "ben")
    await stage.ana.presses_as(stage.ben, "Open", near="I was nervous")
    stage.ana.sees("This does not exist, or it is not yours to see.")
    stage.ana.sees_nowhere("I was nervous")


@story("C1", "C2")
async def test_words_open_a_form_and_never_take_the_text(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("note", way=way)
    assert stage.ben.entered("With whom?") == "Ana Ruiz"
    assert stage.ben.entered("Who sees it?") == "Only I"
    await stage.ben.fills("Note", "I was nervous")
    await stage.ben.submits()
    stage.ben.sees("My private notes", "I was nervous")
    await opened(stage.ana, "ben")
    stage.ana.sees("Shared notes (0)")


@story("C1")
async def test_words_open_a_form_that_asks_with_whom_when_there_are_two(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("note", way=Way.command)
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.fills("Who sees it?", "Both of us")
    await stage.ana.fills("Note", "We share a desk")
    await stage.ana.submits()
    stage.ana.sees("Notes with Cleo", "We share a desk")
    await opened(stage.cleo, "ana")
    stage.cleo.sees("Shared notes (1)")
    await opened(stage.ben, "ana")
    stage.ben.sees("Shared notes (0)")


@story("C1")
async def test_many_notes_have_pages_the_newest_first(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "Note 1", kind="shared")
    for number in range(2, 7):
        await stage.ben.presses("Add a shared note")
        await stage.ben.fills("Note", f"Note {number}")
        await stage.ben.submits()
    stage.ben.sees("Note 6", "Note 2")
    stage.ben.does_not_see("Note 1")
    await stage.ben.presses("Next page")
    stage.ben.sees("Note 1")
    stage.ben.does_not_see("Note 2")
