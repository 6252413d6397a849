"""My conversations and what the other is to me (A3, A4)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import ROLE, jotted, opened, scheduled, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


def before(text: str, first: str, second: str) -> bool:
    """Whether one stands above the other."""
    return text.index(first) < text.index(second)


@story("A3")
async def test_the_list_is_ordered_by_last_change_or_by_name(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    stage.clock.advance(timedelta(hours=1))
    await jotted(stage.cleo, "Newest")
    await stage.ana.says("conversations", way=way)
    assert before(stage.ana.reads, "Cleo Tanaka", "Ben Okafor")
    stage.ana.sees("All your 1-on-1s", "Only you can see this.")
    await stage.ana.presses("Sort by name")
    assert before(stage.ana.reads, "Ben Okafor", "Cleo Tanaka")
    await stage.ana.presses("Sort by last change")
    assert before(stage.ana.reads, "Cleo Tanaka", "Ben Okafor")


@story("A3")
async def test_the_list_is_filtered_by_relationship(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("conversations", way=Way.command)
    assert "Archived" not in stage.ana.buttons
    await stage.ana.presses("Colleagues")
    stage.ana.sees("With colleagues", "Cleo Tanaka")
    stage.ana.does_not_see("Ben Okafor")
    await stage.ana.presses("Manager and reports")
    stage.ana.sees("Ben Okafor")
    stage.ana.does_not_see("Cleo Tanaka")
    await stage.ana.presses("All")
    stage.ana.sees("Ben Okafor", "Cleo Tanaka")


@story("A3")
async def test_what_one_archives_the_other_still_has(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Archive")
    stage.ana.sees("Archived for you. Ben still has it, and nothing is lost.")
    await stage.ana.goes_home()
    stage.ana.does_not_see("Ben Okafor")
    await stage.ben.goes_home()
    stage.ben.sees("Ana Ruiz")


@story("A3")
async def test_archiving_is_undone_on_the_spot(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Archive")
    await stage.ana.presses("Undo")
    stage.ana.sees("The 1-on-1 with Ben is back in your list.")
    await stage.ana.goes_home()
    stage.ana.sees("Ben Okafor")


@story("A3")
async def test_words_archive_a_conversation_and_list_the_archived(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("archive @ben", way=way)
    stage.ana.sees("Archived for you.")
    await stage.ana.says("archive", way=way)
    stage.ana.sees("Ben Okafor")
    stage.ana.does_not_see("Cleo Tanaka")
    await stage.ana.presses("Bring back", near="Ben Okafor")
    stage.ana.sees("The 1-on-1 with Ben is back in your list.")
    await stage.ana.closes()
    await stage.ana.says("list", way=way)
    stage.ana.sees("Ben Okafor", "Cleo Tanaka")


@story("A3")
async def test_starting_an_archived_one_again_brings_it_back(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("archive ben", way=Way.command)
    await stage.ana.says("conversations", way=Way.command)
    stage.ana.sees("None here yet.")
    await stage.ana.presses("Start a conversation")
    await stage.ana.fills("With whom?", "Ben Okafor")
    await stage.ana.fills(ROLE, "My report")
    await stage.ana.submits()
    await stage.ana.closes()
    await stage.ana.says("conversations", way=Way.command)
    stage.ana.sees("Ben Okafor")


@story("A3")
async def test_home_shows_conversations_with_how_much_there_is_to_talk_about(stage: Stage) -> None:
    await with_cleo_too(stage)
    await jotted(stage.ben, "One", "Two")
    await stage.ana.goes_home()
    stage.ana.sees("your report · not met yet, nothing planned · 2 to talk about", "colleague · not met yet, nothing")
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Ana and Ben", "One", "Two")


@story("A3")
async def test_home_in_words_is_the_same_screen(stage: Stage, way: Way) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "friday 10:00")
    await stage.ben.says("home", way=way)
    stage.ben.sees("Your 1-on-1s", "Ana Ruiz", "your manager")
    await stage.ben.presses("Add item", near="Ana Ruiz")
    stage.ben.sees("Add to the agenda")


@story("A3")
async def test_home_is_up_to_date_after_a_form_that_was_opened_from_it(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "friday 10:00")
    await stage.ben.goes_home()
    await stage.ben.presses("Add item", near="Ana Ruiz")
    await stage.ben.fills("What do you want to talk about?", "Promotion case")
    await stage.ben.submits()
    stage.ben.sees("Promotion case")
    await stage.ben.looks_home()
    stage.ben.sees("your manager · Friday, 10:00 · 1 to talk about")


@story("A4")
async def test_the_relationship_changes_and_the_history_stays(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Before")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Change relationship")
    assert stage.ana.entered(ROLE) == "My report"
    await stage.ana.fills(ROLE, "My mentor")
    await stage.ana.submits()
    stage.ana.sees("Ben Okafor · your mentor", "Before")
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your mentee", "Before")
