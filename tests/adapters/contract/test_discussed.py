"""What was discussed, by date, and reopened (B2)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import added, jotted, opened, together
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.story import story


@story("B2")
async def test_what_was_discussed_is_in_the_history_by_date(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Talked on Monday", "Talked on Tuesday", "Still open")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Talked on Monday")
    stage.ben.sees("Discussed: Talked on Monday")
    stage.ben.does_not_see("○ Talked on Monday")
    stage.clock.advance(timedelta(days=1))
    await stage.ben.presses("Discussed", near="Talked on Tuesday")
    stage.clock.advance(timedelta(days=7))
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    lines = stage.ana.reads.splitlines()
    expected = ["Tuesday 24 Nov", "✓ Talked on Tuesday", "Monday 23 Nov", "✓ Talked on Monday"]
    assert [line for line in lines if line in expected] == expected
    stage.ana.sees("discussed · from Ben")
    stage.ana.does_not_see("Still open")


@story("B2", "A8")
async def test_discussed_is_undone_on_the_spot(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Promotion case")
    await stage.ben.presses("Undo")
    stage.ben.sees("Open again: Promotion case", "○ Promotion case")


@story("B2")
async def test_a_discussed_item_is_reopened_from_the_history(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    await stage.ana.presses("Bring back", near="Promotion case")
    stage.ana.sees("Open again: Promotion case", "Nothing here yet.")
    await stage.ana.presses("Open the conversation with Ben")
    stage.ana.sees("○ Promotion case")


@story("B2")
async def test_the_page_of_a_discussed_item_says_when_and_by_whom(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Discussed", near="Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("History")
    await stage.ben.presses("Open", near="Promotion case")
    stage.ben.sees("Marked as discussed by Ana, today, 04:00.")
    await stage.ben.presses("Bring back")
    stage.ben.sees("Open again: Promotion case", "Edit")


@story("B2")
async def test_a_private_item_is_in_nobody_elses_history(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "Only mine", visibility="Only you")
    await stage.ben.presses("Open", near="Only mine")
    await stage.ben.presses("Discussed")
    await opened(stage.ana, "ben")
    await stage.ana.presses("History")
    stage.ana.sees("Nothing here yet.")
    stage.ana.sees_nowhere("Only mine")
