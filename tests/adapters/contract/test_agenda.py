"""The agenda (B1)."""

import pytest

from tests.adapters.contract.beginnings import TALK_ABOUT, WHO_SEES, added, jotted, opened, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

ON_THE_DAY = "Only you until the meeting starts, then Ana too"


@story("B1")
async def test_words_put_an_item_on_the_agenda_of_both(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("add Promotion case", way=way)
    stage.ben.sees("Added to the agenda", "Promotion case", "You and Ana can see it.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Promotion case", "Ben · since today")


@story("B1")
async def test_words_name_the_person_by_mention_name_or_address(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    for named in ("@ben Mentioned", "Ben Okafor Named", "ben First name", "ben@example.com Addressed"):
        await stage.ana.says(f"add {named}", way=way)
        stage.ana.sees("You and Ben can see it.")
    await opened(stage.ben, "ana")
    stage.ben.sees("○ Mentioned", "○ Named", "○ First name", "○ Addressed")
    await opened(stage.cleo, "ana")
    stage.cleo.does_not_see("Mentioned", "Named", "Addressed")


@story("B1")
async def test_words_without_a_person_ask_where_they_belong_when_there_are_two(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("add Team offsite", way=way)
    assert stage.ana.entered(TALK_ABOUT) == "Team offsite"
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.submits()
    stage.ana.sees("Ana and Cleo", "Team offsite")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("Team offsite")


@story("B1")
async def test_add_alone_opens_the_form(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.cleo.says("add", way=way)
    stage.cleo.sees("Add to the agenda", "Nobody else ever does.")
    await stage.cleo.closes()
    await stage.ana.says("add @ben", way=way)
    stage.ana.sees("Add to the agenda", "Only you until the meeting starts, then Ben too")
    await stage.ana.closes()
    await stage.ana.says("add", way=way)
    await stage.ana.fills("With whom?", "Ben Okafor")
    await stage.ana.fills(TALK_ABOUT, "Chosen later")
    await stage.ana.submits()
    stage.ana.sees("Ana and Ben", "Chosen later")


@story("B1")
async def test_words_that_were_placed_cannot_be_placed_again(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("add Team offsite")
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.submits()
    await stage.ana.closes()
    await stage.ana.presses("Open")
    stage.ana.sees("This was already placed, or it is too old. Please start again.")


@story("B1")
async def test_words_that_wait_to_be_placed_are_their_authors_alone(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("add Team offsite")
    await stage.ana.closes()
    await stage.ben.says("home")
    await stage.ben.presses_as(stage.ana, "Open", near="Add to 1-on-1")
    stage.ben.sees("This was already placed, or it is too old.")
    stage.ben.sees_nowhere("Team offsite")


@story("B1")
async def test_a_form_adds_an_item_and_the_page_below_shows_it(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    stage.ben.sees("Nothing yet. What would make the next talk worth it?")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, "Promotion case")
    await stage.ben.submits()
    stage.ben.sees("Ben and Ana", "○ Promotion case", "Ben · since today")


@story("B1")
async def test_an_item_of_ones_own_is_invisible_to_the_other(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "Only mine", visibility="Only you")
    stage.ben.sees("Only mine", "only you")
    await stage.ben.presses("Open", near="Only mine")
    stage.ben.sees("Only you can see this.")
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere("Only mine")
    await stage.ana.presses("We meet now")
    stage.ana.sees_nowhere("Only mine")


@story("B1")
async def test_what_is_kept_for_the_day_is_invisible_until_then(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "A surprise", visibility=ON_THE_DAY)
    stage.ben.sees("only you until the meeting starts")
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere("A surprise")


@story("B1")
async def test_what_was_kept_back_is_shared_with_one_button(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "Kept back", visibility="Only you")
    await stage.ben.presses("Share now", near="Kept back")
    stage.ben.sees("Ana can see it now.")
    await opened(stage.ana, "ben")
    stage.ana.sees("Kept back")


@story("B1")
async def test_either_side_edits_the_text_and_only_the_author_who_sees_it(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotoin case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Promotoin case")
    await stage.ana.presses("Edit")
    stage.ana.does_not_see(WHO_SEES)
    assert stage.ana.entered(TALK_ABOUT) == "Promotoin case"
    await stage.ana.fills(TALK_ABOUT, "Promotion case")
    await stage.ana.submits()
    stage.ana.sees("Agenda item", "Promotion case")
    await opened(stage.ben, "ana")
    stage.ben.sees("Promotion case")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Edit")
    await stage.ben.fills(WHO_SEES, "Only you")
    await stage.ben.submits()
    stage.ben.sees("Only you can see this.")
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere("Promotion case")


@story("B1", "A8")
async def test_a_dropped_item_is_back_with_undo(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Drop")
    stage.ben.sees("Dropped: Promotion case", "Dropped by Ben")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see("○ Promotion case")
    await stage.ben.presses("Undo")
    stage.ben.sees("Open again: Promotion case", "Discussed")
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Promotion case")


@story("B1")
async def test_items_move_up_and_down(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "One", "Two", "Three")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Three")
    await stage.ana.presses("Move up")
    stage.ana.sees("Moved up.")
    await opened(stage.ben, "ana")
    assert _order(stage.ben.reads) == ["One", "Three", "Two"]
    await stage.ben.presses("Open", near="One")
    await stage.ben.presses("Move down")
    stage.ben.sees("Moved down.")
    await stage.ben.presses("Move down")
    await opened(stage.ana, "ben")
    assert _order(stage.ana.reads) == ["Three", "Two", "One"]


@story("B1")
async def test_the_last_item_stays_where_it_is(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "One", "Two")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Two")
    await stage.ben.presses("Move down")
    await opened(stage.ben, "ana")
    assert _order(stage.ben.reads) == ["One", "Two"]


def _order(text: str) -> list[str]:
    return [line.removeprefix("○ ") for line in text.splitlines() if line.startswith("○ ")]


@story("B1")
async def test_a_long_agenda_has_pages(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, *(f"Point {number:02}" for number in range(1, 13)))
    await opened(stage.ben, "ana")
    stage.ben.sees("Point 10")
    stage.ben.does_not_see("Point 11")
    await stage.ben.presses("Next page")
    stage.ben.sees("Point 11", "Point 12")
    stage.ben.does_not_see("Point 10")
    await stage.ben.presses("Discussed", near="Point 11")
    stage.ben.sees("Discussed: Point 11", "Point 12")
    await stage.ben.presses("Earlier page")
    stage.ben.sees("Point 01")


@story("B1")
async def test_a_mention_in_an_item_is_kept_as_the_persons_name(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("add @ana Ask @cleo about it", way=way)
    stage.ben.sees("Ask @Cleo Tanaka about it")


@story("B1", "B2", "C1", "D1", "G9")
async def test_everything_is_there_after_a_restart(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("We meet now")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, "Typed before the restart")
    await stage.restarts()
    await stage.ben.submits()
    stage.ben.sees("Promotion case", "Typed before the restart", "You are meeting")
    await opened(stage.ana, "ben")
    stage.ana.sees("Promotion case", "Typed before the restart", "You are meeting")


@story("B1")
@pytest.mark.parametrize(
    "text",
    [
        "<!channel> <!here> <@U0CLEO> *bold* _italic_ ~gone~ `code`",
        "Emoji 😀 👩‍👩‍👧 :tada:",
        "מה שלומך היום",
        "a & b < c > d &amp; &lt;e&gt;",
        "https://example.com/a?b=c&d=e",
        "line one\nline two",
    ],
)
async def test_what_people_type_is_shown_as_they_typed_it(stage: Stage, text: str) -> None:
    await together(stage)
    await added(stage.ben, "ana", text.replace("<@U0CLEO>", "@cleo"))
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Ben · since today")
    stage.ana.sees(text.replace("<@U0CLEO>", "@cleo"))
