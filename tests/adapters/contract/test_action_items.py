"""Promises (D1, D3, D4)."""

from datetime import timedelta

import pytest

from tests.adapters.contract.beginnings import opened, promised, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

WHAT = "What is to be done?"
UNTIL = "Until when?"


@story("D1")
async def test_the_owner_is_either_side(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ana, "ben", "Send the draft", owner="Ben Okafor", due="friday")
    stage.ana.sees("Action item", "Send the draft", "Ben Okafor does it · due Friday", "Only you and Ben can see this.")
    await opened(stage.ben, "ana")
    stage.ben.sees("□ Send the draft", "Ben · due Friday")
    await promised(stage.ben, "ana", "Read the draft", owner="Ana Ruiz")
    await stage.ana.says("actions", way=Way.command)
    stage.ana.sees("Read the draft")
    stage.ana.does_not_see("Send the draft")


@story("D1")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("friday", "due Friday"),
        ("Tomorrow", "due tomorrow"),
        ("in two weeks", "due Monday 7 Dec"),
        ("27 Nov", "due Friday"),
        ("end of month", "due Monday 30 Nov"),
        ("2027-01-15", "due 15 Jan 2027"),
        ("", "Ben Okafor does it"),
    ],
)
async def test_a_due_date_is_written_as_people_say_it(stage: Stage, words: str, shown: str) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft", due=words)
    stage.ben.sees(shown)


@story("D1")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("when I get to it", "I could not read that date. Try “friday”"),
        ("2026-02-30", "I could not read that date."),
        ("2026-11-20", "That day is over. Please choose today or later."),
    ],
)
async def test_a_date_that_cannot_be_is_refused_and_everything_typed_is_kept(
    stage: Stage, words: str, reason: str
) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft", owner="Ana Ruiz", due=words)
    stage.ben.sees(reason)
    assert stage.ben.entered(WHAT) == "Send the draft"
    assert stage.ben.entered("Who does it?") == "Ana Ruiz"
    assert stage.ben.entered(UNTIL) == words
    await stage.ben.fills(UNTIL, "friday")
    await stage.ben.submits()
    stage.ben.sees("Ana Ruiz does it · due Friday")


@story("D1")
async def test_text_owner_and_date_are_edited(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the daft", due="friday")
    await stage.ben.presses("Edit")
    assert stage.ben.entered(UNTIL) == "2026-11-27"
    await stage.ben.fills(WHAT, "Send the draft")
    await stage.ben.fills("Who does it?", "Ana Ruiz")
    await stage.ben.fills(UNTIL, "next monday")
    await stage.ben.submits()
    stage.ben.sees("Send the draft", "Ana Ruiz does it · due Monday 30 Nov")


@story("D1", "A8")
async def test_done_is_undone_on_the_spot(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Done", near="Send the draft")
    stage.ben.sees("Done: Send the draft", "yours 0 open, 1 kept")
    stage.ben.does_not_see("□ Send the draft")
    await stage.ben.presses("Undo")
    stage.ben.sees("Open again: Send the draft", "□ Send the draft", "yours 1 open, 0 kept")


@story("D1")
async def test_what_is_no_longer_wanted_is_dropped_and_can_be_brought_back(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft")
    await stage.ben.presses("Drop")
    stage.ben.sees("Dropped: Send the draft", "dropped today")
    await opened(stage.ana, "ben")
    stage.ana.sees("Ben: 0 open, 0 kept")
    await stage.ana.presses("All action items")
    stage.ana.sees("– Send the draft")
    await stage.ana.presses("Open", near="Send the draft")
    await stage.ana.presses("Bring back")
    stage.ana.sees("Open again: Send the draft")


@story("D1")
async def test_words_open_the_form(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("action", way=way)
    stage.ben.sees("New action item", WHAT)
    await stage.ben.fills(WHAT, "Send the draft")
    await stage.ben.submits()
    stage.ben.sees("Ben Okafor does it")


@story("D1")
async def test_words_open_a_form_that_asks_with_whom_when_there_are_two(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("action", way=way)
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.fills(WHAT, "Book a room")
    await stage.ana.fills("Who does it?", "The other one")
    await stage.ana.fills(UNTIL, "someday")
    await stage.ana.submits()
    stage.ana.sees("I could not read that date.")
    await stage.ana.fills(UNTIL, "tomorrow")
    await stage.ana.submits()
    stage.ana.sees("Book a room", "Cleo Tanaka does it · due tomorrow")
    await stage.ana.closes()
    await stage.ana.says("action @ben", way=way)
    await stage.ana.fills(WHAT, "Read it")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.sees("Read it", "Ana")


@story("D3")
async def test_one_list_has_ones_own_promises_of_all_conversations(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await promised(stage.ana, "ben", "Send the draft", due="friday")
    await promised(stage.ana, "cleo", "Book a room", due="tomorrow")
    await promised(stage.ana, "ben", "Ask finance", owner="Ben Okafor")
    await stage.ana.closes()
    await stage.ana.says("actions", way=way)
    stage.ana.sees("to Ben · due Friday", "to Cleo · due tomorrow")
    stage.ana.does_not_see("Ask finance")
    assert stage.ana.reads.index("Book a room") < stage.ana.reads.index("Send the draft")
    await stage.ana.presses("Done", near="Book a room")
    stage.ana.sees("Done: Book a room")
    stage.ana.does_not_see("□ Book a room")


@story("D3")
async def test_home_shows_what_one_has_promised_and_what_is_overdue(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft", due="tomorrow")
    stage.clock.advance(timedelta(days=3))
    await stage.ben.goes_home()
    stage.ben.sees("Your action items", "□ Send the draft", "to Ana · overdue by 2 days")
    await stage.ben.presses("Done", near="Send the draft")
    stage.ben.sees("Done: Send the draft")
    stage.ben.does_not_see("□ Send the draft")
    await stage.ana.goes_home()
    stage.ana.does_not_see("Send the draft")


@story("D3")
async def test_home_leads_to_the_whole_list(stage: Stage) -> None:
    await together(stage)
    for number in range(1, 6):
        await promised(stage.ben, "ana", f"Promise {number}")
    await stage.ben.goes_home()
    stage.ben.does_not_see("Promise 5")
    await stage.ben.presses("All (5)")
    stage.ben.sees("Promise 1", "Promise 5", "Only you can see this.")


@story("D4")
async def test_a_conversation_shows_both_sides_open_and_kept_promises(stage: Stage) -> None:
    await together(stage)
    await promised(stage.ben, "ana", "Send the draft")
    await stage.ben.presses("Done")
    await promised(stage.ben, "ana", "Ask finance", due="friday")
    await promised(stage.ana, "ben", "Read the draft")
    await opened(stage.ana, "ben")
    stage.ana.sees("yours 1 open, 0 kept · Ben: 1 open, 1 kept")
    await opened(stage.ben, "ana")
    stage.ben.sees("yours 1 open, 1 kept · Ana: 1 open, 0 kept")
    await stage.ben.presses("All action items")
    stage.ben.sees("□ Ask finance", "□ Read the draft", "✓ Send the draft", "done today")


@story("D4")
async def test_many_promises_have_pages(stage: Stage) -> None:
    await together(stage)
    for number in range(1, 12):
        await promised(stage.ben, "ana", f"Promise {number:02}")
    await stage.ben.closes()
    await stage.ben.says("actions", way=Way.command)
    stage.ben.sees("Promise 01")
    await stage.ben.presses("Next page")
    stage.ben.sees("Promise 11")
    stage.ben.does_not_see("Promise 01")
