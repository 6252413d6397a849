"""Templates that admins share with everybody, after a look at them, and that only admins change (F3)."""

from tests.adapters.contract.beginnings import opened, scheduled, started
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.story import story
from tests.adapters.contract.test_own_templates import MINE, NAME, SOURCE, TEXT, written
from tests.adapters.contract.test_templates import listed, looked_at

ONLY = "Only an admin can do this."


async def two_pairs(stage: Stage) -> None:
    """Mia, an admin, has a 1-on-1 with Ana, who has one with Ben."""
    await started(stage.mia, "ana", "My report")
    await started(stage.ana, "ben", "My report")


async def shared(stage: Stage) -> None:
    """Mia has written a template and shared it, and has it before her."""
    await two_pairs(stage)
    await written(stage.mia, "ana")
    await stage.mia.presses("Share with everybody")
    await stage.mia.presses("Share it")


@story("F3")
async def test_an_admin_looks_before_sharing_and_then_everybody_can_use_it(stage: Stage) -> None:
    await two_pairs(stage)
    await written(stage.mia, "ana")
    await stage.mia.presses("Share with everybody")
    stage.mia.sees("Share this template?", MINE, "The talk", "What would you ask Ana first?", "Take five minutes.")
    await stage.mia.presses("Back")
    await listed(stage.ben, "ana")
    stage.ben.does_not_see(MINE)
    await stage.mia.presses("Share with everybody")
    await stage.mia.presses("Share it")
    stage.mia.sees(MINE, "for everybody here, from Mia")
    await looked_at(stage.ben, "ana", MINE)
    stage.ben.sees("for everybody here, from Mia", "What would you ask Ana first?", "What will Ben do?")
    assert not {"Edit", "Take back", "Remove", "Share with everybody"} & set(stage.ben.buttons)
    await stage.ben.presses("Add", near="What will Ben do?")
    await opened(stage.ana, "ben")
    stage.ana.sees("○ What will Ben do?")


@story("F3")
async def test_whoever_is_no_admin_can_neither_share_nor_change_what_is_shared(stage: Stage) -> None:
    await started(stage.mia, "ben", "My report")
    await written(stage.ben, "mia")
    assert "Share with everybody" not in stage.ben.buttons
    await written(stage.mia, "ben", name="For all")
    for label in ("Share with everybody", "Share it", "Edit", "Take back"):
        await listed(stage.ben, "mia")
        await stage.ben.presses_as(stage.mia, label)
        stage.ben.sees(ONLY)
        if label.startswith("Share"):
            await stage.mia.presses(label)
    stage.mia.sees("For all", "for everybody here, from Mia")


@story("F3")
async def test_a_template_that_is_taken_back_is_its_authors_alone(stage: Stage) -> None:
    await shared(stage)
    await scheduled(stage.ben, "ana", "every tuesday at 14:00")
    await looked_at(stage.ben, "ana", MINE)
    await stage.ben.presses("For every meeting")
    await stage.mia.presses("Take back")
    stage.mia.sees(f"“{MINE}” is no longer for everybody.", "yours alone")
    await opened(stage.ben, "ana")
    stage.ben.sees("A template that is no longer there", "template of the next meeting")
    await stage.ben.presses("Choose")
    stage.ben.does_not_see(MINE)
    await stage.ben.presses("No template", near="Every meeting")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("template of the next meeting")


@story("F3")
async def test_an_admin_changes_what_everybody_uses(stage: Stage) -> None:
    await shared(stage)
    await looked_at(stage.ben, "ana", MINE)
    await stage.mia.presses("Edit")
    assert (stage.mia.entered(NAME), stage.mia.entered(TEXT)) == (MINE, SOURCE)
    stage.mia.sees("Everybody here can see this template.")
    await stage.mia.fills(TEXT, "# Only this\n- What else?")
    await stage.mia.submits()
    await stage.ben.presses("Add", near="What will Ben do?")
    stage.ben.sees("This template has changed meanwhile. Please look at it again.")
    await looked_at(stage.ben, "ana", MINE)
    stage.ben.sees("Only this", "What else?")


@story("F3")
async def test_the_largest_template_fits_before_and_after_it_is_shared(stage: Stage) -> None:
    await started(stage.mia, "ana", "My report")
    await listed(stage.mia, "ana")
    await stage.mia.presses("Write a template")
    await stage.mia.presses("More room")
    await stage.mia.fills(NAME, "n" * 60)
    first, second = (_much(number) for number in (1, 2))
    await stage.mia.fills(TEXT, first)
    await stage.mia.fills("More sections and prompts", second)
    await stage.mia.submits()
    stage.mia.sees("n" * 60, f"1.1 {'t' * 50}", "1.1.1 ", "Next page")
    await stage.mia.presses("Share with everybody")
    stage.mia.sees("Share this template?", f"2.4 {'t' * 50}", "2.4.3 ")
    await stage.mia.presses("Share it")
    await listed(stage.ana, "mia")
    await stage.ana.presses("Open", near="n" * 60)
    await stage.ana.presses("Next page")
    stage.ana.sees("2.1.1 ", "2.4.3 ")


def _much(part: int) -> str:
    """Nearly as much as fits into a field: sections of three prompts, each as long as may be."""
    sections = []
    for section in range(1, 5):
        prompts = [f"- {f'{part}.{section}.{number} '.ljust(200, 'p')}" for number in range(1, 4)]
        sections.append("\n".join([f"# {part}.{section} {'t' * 50}", "h" * 40, *prompts]))
    return "\n".join(sections)
