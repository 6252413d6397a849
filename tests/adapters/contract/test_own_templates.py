"""Templates that people make, which are theirs alone until an admin shares one (F3)."""

from tests.adapters.contract.beginnings import opened, scheduled, started, together, with_cleo_too
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story
from tests.adapters.contract.test_templates import GOALS, GONE, listed, looked_at

NAME = "Name"
TEXT = "Sections and prompts"
MINE = "Rehearsal"
PROMPT = "What would you ask Ana first?"
SOURCE = "# The talk\nTake five minutes.\n- What would you ask {{ other }} first?\n# After it\n- What will {{ me }} do?"


async def written(one: Actor, handle: str, *, name: str = MINE, source: str = SOURCE) -> None:
    """One person has written a template and has it before them."""
    await listed(one, handle)
    await one.presses("Write a template")
    await one.fills(NAME, name)
    await one.fills(TEXT, source)
    await one.submits()


@story("F3")
async def test_a_template_of_ones_own_is_filled_in_for_whom_it_is_used_with(stage: Stage) -> None:
    await with_cleo_too(stage)
    await written(stage.ana, "ben")
    stage.ana.sees(MINE, "yours alone", "The talk", "Take five minutes.", "What would you ask Ben first?")
    await looked_at(stage.ana, "cleo", MINE)
    stage.ana.sees("What would you ask Cleo first?", "What will Ana do?")
    await stage.ana.presses("Add", near="What would you ask Cleo first?")
    await opened(stage.cleo, "ana")
    stage.cleo.sees("○ What would you ask Cleo first?")


@story("F3")
async def test_nobody_else_sees_a_template_of_ones_own(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "every tuesday at 14:00")
    await written(stage.ben, "ana")
    await opened(stage.ana, "ben")
    await stage.ana.presses_as(stage.ben, "Edit")
    stage.ana.sees(GONE)
    await opened(stage.ana, "ben")
    await stage.ana.presses_as(stage.ben, "Add", near=PROMPT)
    stage.ana.sees(GONE)
    await stage.ben.presses("For every meeting")
    await opened(stage.ana, "ben")
    stage.ana.sees("A template of Ben's own", "template of the next meeting")
    await stage.ana.presses("Choose")
    stage.ana.sees("A template of Ben's own", GOALS)
    stage.ana.sees_nowhere(MINE, PROMPT, "Take five minutes.")


@story("F3")
async def test_a_kind_that_ships_can_become_ones_own(stage: Stage) -> None:
    await together(stage)
    await looked_at(stage.ben, "ana", GOALS)
    await stage.ben.presses("Make it your own")
    assert stage.ben.entered(NAME) == GOALS
    assert str(stage.ben.entered(TEXT)).startswith("# Looking back\n- Which goal moved most")
    await stage.ben.fills(NAME, "Our goals")
    await stage.ben.submits()
    stage.ben.sees("Our goals", "yours alone", "Which goal no longer fits, and what follows from that?")


@story("F3")
async def test_a_template_is_changed_and_an_old_button_of_it_adds_nothing(stage: Stage) -> None:
    await together(stage)
    await written(stage.ben, "ana")
    await stage.ben.presses("Edit")
    assert stage.ben.entered(TEXT) == SOURCE
    await stage.ben.fills(TEXT, "# Only this\n- What else?")
    await stage.ben.submits()
    stage.ben.sees("Only this", "What else?")
    stage.ben.does_not_see(PROMPT)


@story("F3")
async def test_more_room_keeps_what_was_typed(stage: Stage) -> None:
    await together(stage)
    await listed(stage.ben, "ana")
    await stage.ben.presses("Write a template")
    await stage.ben.fills(NAME, MINE)
    await stage.ben.fills(TEXT, SOURCE)
    await stage.ben.presses("More room")
    assert stage.ben.entered(TEXT) == SOURCE
    await stage.ben.fills("More sections and prompts", "# And then\n- Who else knows?")
    await stage.ben.submits()
    stage.ben.sees(PROMPT, "And then", "Who else knows?")


@story("F3")
async def test_a_template_that_is_removed_can_be_brought_back(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "every tuesday at 14:00")
    await written(stage.ben, "ana")
    await stage.ben.presses("For every meeting")
    await stage.ben.presses("Remove")
    stage.ben.sees(f"“{MINE}” is removed.", "A template that is no longer there")
    await opened(stage.ana, "ben")
    stage.ana.sees("A template that is no longer there")
    await stage.ben.presses("Undo")
    stage.ben.sees(MINE, PROMPT, "Every meeting has this template.")


@story("F3")
async def test_a_template_is_written_where_the_other_has_left_too(stage: Stage) -> None:
    await started(stage.ana, "cleo", "A colleague")
    await stage.leaves(stage.cleo)
    await stage.ana.says("templates", way=Way.command)
    await stage.ana.presses("Open", near=GOALS)
    stage.ana.sees("Which goal moved most since we last looked, and why?")
    assert "Add" not in stage.ana.buttons
    assert "For the next meeting" not in stage.ana.buttons
