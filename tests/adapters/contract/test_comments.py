"""Comments, and items that come back (B3)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import added, jotted, opened, together
from tests.adapters.contract.stage import Actor, Stage
from tests.adapters.contract.story import story


async def commented(one: Actor, text: str) -> None:
    """Someone with an item before them comments on it."""
    await one.presses("Comment")
    await one.fills("Comment", text)
    await one.submits()


@story("B3")
async def test_both_comment_on_an_item(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Promotion case")
    await commented(stage.ana, "What would help you most?")
    stage.ana.sees("Agenda item", "What would help you most?", "Ana · today, 10:00")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await commented(stage.ben, "An example to show")
    stage.ben.sees("What would help you most?", "Ana · today, 04:00", "An example to show")


@story("B3")
async def test_one_takes_back_ones_own_comment_and_no_other(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await commented(stage.ben, "Too early")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Promotion case")
    stage.ana.sees("Too early")
    assert "Remove" not in stage.ana.buttons
    await stage.ana.presses_as(stage.ben, "Remove", near="Too early")
    stage.ana.sees("This does not exist, or it is not yours to see.", "Too early")
    await stage.ben.presses("Remove", near="Too early")
    stage.ben.sees("Comment removed.")
    stage.ben.does_not_see("Too early")


@story("B3")
async def test_many_comments_have_pages(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    for number in range(1, 12):
        await commented(stage.ben, f"Remark {number:02}")
    stage.ben.sees("Remark 11")
    stage.ben.does_not_see("Remark 10")
    await stage.ben.presses("Earlier page")
    stage.ben.sees("Remark 01", "Remark 10")
    await stage.ben.presses("Next page")
    stage.ben.sees("Remark 11")


@story("B3")
async def test_an_item_for_every_meeting_is_open_again_once_it_was_discussed(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "How are you?", repeat="Every meeting")
    stage.ben.sees("Ben · since today · every meeting")
    await stage.ben.presses("Discussed", near="How are you?")
    stage.ben.sees("Discussed: How are you?", "○ How are you?")
    await stage.ben.presses("History")
    stage.ben.sees("✓ How are you?")
    await stage.ben.presses("Bring back", near="How are you?")
    await stage.ben.presses("Open the conversation with Ana")
    assert stage.ben.reads.count("○ How are you?") == 1


@story("B3")
async def test_an_item_for_every_month_rests_until_the_same_day_of_the_next(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "Growth", repeat="Every month")
    await stage.ben.presses("Discussed", near="Growth")
    stage.ben.does_not_see("○ Growth")
    stage.clock.advance(timedelta(days=29))
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("○ Growth")
    await stage.ben.goes_home()
    stage.ben.does_not_see("to talk about")
    stage.clock.advance(timedelta(days=1))
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Growth", "every month")


@story("B3")
async def test_a_dropped_item_does_not_come_back(stage: Stage) -> None:
    await together(stage)
    await added(stage.ben, "ana", "How are you?", repeat="Every meeting")
    await stage.ben.presses("Open", near="How are you?")
    await stage.ben.presses("Drop")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("○ How are you?")
