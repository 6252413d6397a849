"""Two people saving at once never overwrite each other silently (C3)."""

import asyncio

from tests.adapters.contract.beginnings import TALK_ABOUT, jotted, noted, opened, promised, together
from tests.adapters.contract.stage import Actor, Stage
from tests.adapters.contract.story import story


async def note_edited(one: Actor, handle: str, text: str) -> None:
    """Someone has typed another text for the one shared note, and not saved it."""
    await opened(one, handle)
    await one.presses("Shared notes (1)")
    await one.presses("Open")
    await one.presses("Edit")
    await one.fills("Note", text)


@story("C3")
async def test_the_second_to_save_a_note_sees_both_texts_and_decides(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed", kind="shared")
    await note_edited(stage.ana, "ben", "We agreed on May")
    await note_edited(stage.ben, "ana", "We agreed on June")
    await stage.ana.submits()
    await stage.ben.submits()
    stage.ben.sees("Both of you changed it", "Ana saved another text", "We agreed on May", "saved by Ana")
    assert stage.ben.entered("Your text") == "We agreed on June"
    await stage.ben.submits()
    stage.ben.sees("Note", "We agreed on June")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Shared notes (1)")
    stage.ana.sees("We agreed on June")


@story("C3")
async def test_the_second_to_save_can_leave_the_first_text(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed", kind="shared")
    await note_edited(stage.ana, "ben", "We agreed on May")
    await note_edited(stage.ben, "ana", "We agreed on June")
    await stage.ana.submits()
    await stage.ben.submits()
    await stage.ben.closes()
    await opened(stage.ben, "ana")
    await stage.ben.presses("Shared notes (1)")
    stage.ben.sees("We agreed on May")


@story("C3")
async def test_of_two_who_save_at_the_same_moment_one_decides(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed", kind="shared")
    await note_edited(stage.ana, "ben", "We agreed on May")
    await note_edited(stage.ben, "ana", "We agreed on June")
    await asyncio.gather(stage.ana.submits(), stage.ben.submits())
    asked = [one for one in (stage.ana, stage.ben) if "Both of you changed it" in one.reads]
    assert len(asked) == 1
    asked[0].sees("We agreed on May", "We agreed on June")


@story("C3")
async def test_the_second_to_save_an_item_sees_both_texts_and_decides(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion")
    for one, handle in ((stage.ana, "ben"), (stage.ben, "ana")):
        await opened(one, handle)
        await one.presses("Open", near="Promotion")
        await one.presses("Edit")
        await one.fills(TALK_ABOUT, f"Promotion, says {one.name}")
    await stage.ana.submits()
    await stage.ben.submits()
    stage.ben.sees("Both of you changed it", "Promotion, says Ana Ruiz")
    assert stage.ben.entered("Your text") == "Promotion, says Ben Okafor"
    await stage.ben.submits()
    await opened(stage.ana, "ben")
    stage.ana.sees("Promotion, says Ben Okafor")


@story("C3")
async def test_the_second_to_save_an_action_item_sees_both_texts_and_decides(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send it")
    for one, handle in ((stage.ana, "ben"), (stage.ben, "ana")):
        await opened(one, handle)
        await one.presses("Open", near="Send it")
        await one.presses("Edit")
        await one.fills("What is to be done?", f"Send it, says {one.name}")
    await stage.ana.submits()
    await stage.ben.submits()
    stage.ben.sees("Both of you changed it", "Send it, says Ana Ruiz")
    assert stage.ben.entered("Your text") == "Send it, says Ben Okafor"
    await stage.ben.submits()
    await opened(stage.ana, "ben")
    stage.ana.sees("Send it, says Ben Okafor")


@story("C3")
async def test_who_saves_the_same_text_is_asked_nothing(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ben, "ana", "We agreed", kind="shared")
    await note_edited(stage.ana, "ben", "We agreed on May")
    await note_edited(stage.ben, "ana", "We agreed on May")
    await stage.ana.submits()
    await stage.ben.submits()
    stage.ben.sees("We agreed on May")
    stage.ben.does_not_see("Both of you changed it")
