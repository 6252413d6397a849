"""Search in one's own conversations (B5)."""

from tests.adapters.contract.beginnings import added, jotted, noted, opened, promised, together, with_cleo_too
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story


async def looked_for(one: Actor, words: str, way: Way = Way.command) -> None:
    """Someone searches, and has what was found before them."""
    await one.closes()
    await one.says(f"search {words}", way=way)


@story("B5")
async def test_items_notes_comments_and_action_items_are_found(stage: Stage, way: Way) -> None:
    await together(stage)
    await jotted(stage.ben, "Budget for the course", "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Comment")
    await stage.ben.fills("Comment", "The budget decides")
    await stage.ben.submits()
    await noted(stage.ben, "ana", "Her BUDGET is small", kind="shared")
    await promised(stage.ben, "ana", "Ask about the budget")
    await looked_for(stage.ana, "budget", way)
    stage.ana.sees(
        "4 things found.", "agenda item with Ben", "comment with Ben", "note with Ben", "action item with Ben"
    )
    await stage.ana.presses("Open", near="Her BUDGET is small")
    stage.ana.sees("Note", "Her BUDGET is small", "Edit")


@story("B5")
async def test_every_word_must_be_there(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Budget for the course", "Course dates")
    await looked_for(stage.ana, "course budget")
    stage.ana.sees("1 thing found.", "Budget for the course")
    stage.ana.does_not_see("Course dates")


@story("B5")
async def test_search_alone_asks_for_words_and_can_search_again(stage: Stage, way: Way) -> None:
    await together(stage)
    await jotted(stage.ben, "Budget for the course", "Promotion case")
    await stage.ana.says("search", way=way)
    stage.ana.sees("Only you can see this. It looks only where you take part.")
    await stage.ana.fills("Words to look for", "budget")
    await stage.ana.submits()
    stage.ana.sees("1 thing found.", "Budget for the course")
    await stage.ana.fills("Words to look for", "promotion")
    await stage.ana.submits()
    stage.ana.sees("1 thing found.", "Promotion case")
    await stage.ana.fills("Words to look for", "nothing like it")
    await stage.ana.submits()
    stage.ana.sees("Nothing found. Try fewer words.")


@story("B5")
async def test_what_the_other_keeps_for_themselves_is_never_found(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "Secret plan", visibility="Only you")
    await stage.ben.presses("Open", near="Secret plan")
    await stage.ben.presses("Comment")
    await stage.ben.fills("Comment", "Secret remark")
    await stage.ben.submits()
    await added(stage.ben, "ana", "Secret surprise", visibility="Only you until the meeting starts, then Ana too")
    await noted(stage.ben, "ana", "Secret thought", kind="private")
    await looked_for(stage.ana, "secret")
    stage.ana.sees("Nothing found.")
    stage.ana.sees_nowhere("plan", "remark", "surprise", "thought")
    await looked_for(stage.ben, "secret")
    stage.ben.sees("4 things found.")


@story("B5")
async def test_other_peoples_conversations_are_never_found(stage: Stage) -> None:
    await with_cleo_too(stage)
    await jotted(stage.ben, "Budget for the course")
    await looked_for(stage.cleo, "budget")
    stage.cleo.sees("Nothing found.")
    await looked_for(stage.mia, "budget")
    stage.mia.sees("Nothing found.")


@story("B5")
async def test_many_findings_have_pages(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, *(f"Budget {number:02}" for number in range(1, 13)))
    await looked_for(stage.ben, "budget")
    stage.ben.sees("12 things found.", "Budget 12")
    await stage.ben.presses("Next page")
    stage.ben.sees("12 things found.", "Budget 01")
    stage.ben.does_not_see("Budget 12")


@story("B5")
async def test_home_leads_to_search(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await stage.ana.goes_home()
    await stage.ana.presses("Search")
    await stage.ana.fills("Words to look for", "promotion")
    await stage.ana.submits()
    await stage.ana.presses("Open", near="Promotion case")
    stage.ana.sees("Agenda item", "Promotion case")
