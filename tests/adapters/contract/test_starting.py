"""Meeting with anyone (A2)."""

import asyncio

from tests.adapters.contract.beginnings import ROLE, opened, started, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


@story("A2")
async def test_a_form_on_home_starts_a_conversation_and_the_other_is_told(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await ana.goes_home()
    ana.sees("Only the two of you can read it.")
    await ana.presses("Start a conversation")
    ana.sees("The other one is told, and can decline.", "Nobody else will.")
    await ana.fills("With whom?", "Ben Okafor")
    await ana.fills(ROLE, "My report")
    await ana.submits()
    ana.sees("Ana and Ben", "Ben Okafor · your report", "Only you and Ben can see this.")
    await stage.delivers()
    told = ben.hears()
    assert len(told) == 1
    assert "Ana Ruiz started a 1-on-1 with you" in told[0]
    assert "Ana is your manager in it." in told[0]
    await ben.presses("Open")
    ben.sees("Ben and Ana", "Ana Ruiz · your manager")
    assert ana.hears() == []


@story("A2")
async def test_home_shows_a_conversation_as_soon_as_it_is_started(stage: Stage) -> None:
    await stage.ana.goes_home()
    await stage.ana.presses("Start a conversation")
    await stage.ana.fills("With whom?", "Cleo Tanaka")
    await stage.ana.fills(ROLE, "My mentor")
    await stage.ana.submits()
    await stage.ana.closes()
    await stage.ana.goes_home()
    stage.ana.sees("Cleo Tanaka", "your mentor")


@story("A2")
async def test_words_start_a_conversation_with_the_person_they_mention(stage: Stage, way: Way) -> None:
    await stage.ana.says("start @ben", way=way)
    assert stage.ana.entered("With whom?") == "Ben Okafor"
    await stage.ana.fills(ROLE, "A report of my report")
    await stage.ana.submits()
    stage.ana.sees("Ben Okafor · a report of your report")
    await stage.ana.closes()
    await stage.ana.says("start Ben Okafor", way=way)
    stage.ana.sees("Ana and Ben")


@story("A2")
async def test_start_alone_asks_with_whom(stage: Stage, way: Way) -> None:
    await stage.ana.says("start", way=way)
    stage.ana.sees("Start a 1-on-1", "With whom?")
    assert stage.ana.entered("With whom?") is None


@story("A2")
async def test_a_name_alone_opens_the_conversation_or_offers_to_start_it(stage: Stage, way: Way) -> None:
    await stage.ana.says("ben", way=way)
    stage.ana.sees("Start a 1-on-1")
    await stage.ana.fills(ROLE, "A colleague")
    await stage.ana.submits()
    await stage.ana.closes()
    await stage.ana.says("@ben", way=way)
    stage.ana.sees("Ana and Ben", "Agenda")


@story("A2")
async def test_the_picker_offers_colleagues_and_neither_oneself_nor_guests_nor_robots(stage: Stage) -> None:
    await stage.ana.says("start", way=Way.command)
    assert await stage.ana.is_offered("With whom?", "an") == ["Cleo Tanaka", "Mia Brandt"]
    assert await stage.ana.is_offered("With whom?", "ben@example") == ["Ben Okafor"]
    assert await stage.ana.is_offered("With whom?", "ana") == ["Cleo Tanaka"]
    for letters in ("gus", "robot", "slackbot", "nobody"):
        assert await stage.ana.is_offered("With whom?", letters) == []


@story("A2")
async def test_the_one_who_was_asked_can_decline_and_the_other_is_told(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await started(ana, "ben", "A colleague")
    await stage.delivers()
    await ben.presses("Decline")
    ben.sees("You declined the 1-on-1 with Ana. Ana is told.")
    await stage.delivers()
    told = ana.hears()
    assert len(told) == 1
    assert "Ben does not want this 1-on-1 at the moment." in told[0]
    await ben.says("conversations", way=Way.command)
    ben.does_not_see("Ana Ruiz")


@story("A2")
async def test_what_was_written_before_a_decline_can_still_be_read_but_not_added_to(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await started(ana, "ben", "A colleague")
    await ana.closes()
    await ana.says("add Launch plan", way=Way.command)
    await stage.delivers()
    await ben.presses("Decline")
    await stage.delivers()
    await ana.closes()
    await ana.presses("Open", near="Your 1-on-1 was declined")
    ana.sees("This 1-on-1 was declined.", "Launch plan")
    for label in ("Add item", "Discussed", "Add action item", "We meet now", "Change relationship"):
        assert label not in ana.buttons
    await ana.presses("Open", near="Launch plan")
    ana.sees("Launch plan")
    for label in ("Discussed", "Edit", "Drop", "Comment", "Move up"):
        assert label not in ana.buttons


@story("A2")
async def test_a_decline_can_be_undone_and_then_nobody_is_told(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await started(ana, "ben", "A colleague")
    await stage.delivers()
    await ben.presses("Decline")
    await ben.presses("Undo")
    ben.sees("You and Ana have a 1-on-1.")
    await stage.delivers()
    assert ana.hears() == []
    await ben.presses("Open")
    ben.sees("Ben and Ana", "Add item")


@story("A2")
async def test_only_who_declined_can_start_it_again(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await started(ana, "ben", "A colleague")
    await stage.delivers()
    await ben.presses("Decline")
    await ana.closes()
    await ana.says("start @ben", way=Way.command)
    await ana.fills(ROLE, "My report")
    await ana.submits()
    ana.sees("Ben declined this 1-on-1. Only Ben can start it again.")
    assert ana.entered(ROLE) == "My report"
    await ana.closes()
    await ana.says("home", way=Way.command)
    await ana.presses_as(ben, "Undo")
    ana.sees("Ben declined this 1-on-1. Only Ben can start it again.")
    await started(ben, "ana", "My mentor")
    ben.sees("Ben and Ana", "Ana Ruiz · your mentor", "Add item")
    await stage.delivers()
    assert "Ben Okafor started a 1-on-1 with you" in ana.hears()[-1]


@story("A2")
async def test_who_started_it_cannot_decline_it(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await started(ana, "ben", "A colleague")
    await stage.delivers()
    await ana.closes()
    await ana.says("home", way=Way.command)
    await ana.presses_as(ben, "Decline")
    ana.sees("You started this 1-on-1 yourself. You can archive it.")
    await opened(ben, "ana")
    ben.sees("Add item")


@story("A2")
async def test_two_who_start_it_at_the_same_moment_get_one(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await ana.says("start @ben", way=Way.command)
    await ana.fills(ROLE, "My report")
    await ben.says("start @ana", way=Way.command)
    await ben.fills(ROLE, "My manager")
    await asyncio.gather(ana.submits(), ben.submits())
    ana.sees("Ana and Ben", "Ben Okafor · your report")
    ben.sees("Ben and Ana", "Ana Ruiz · your manager")
    await ben.closes()
    await ben.says("add One agenda", way=Way.command)
    await opened(ana, "ben")
    ana.sees("One agenda")
    await ana.closes()
    await ana.says("conversations", way=Way.command)
    assert ana.reads.count("Ben Okafor") == 1


@story("A2")
async def test_starting_it_again_opens_the_one_that_is_there(stage: Stage) -> None:
    await stage.ben.says("start @ana", way=Way.command)
    await stage.ben.fills(ROLE, "My manager")
    await together(stage)
    await stage.ben.says("add Kept", way=Way.command)
    await stage.ben.says("start @ana", way=Way.command)
    stage.ben.sees("Ben and Ana", "Kept")


@story("A2")
async def test_a_form_to_start_that_was_left_open_leads_to_the_one_that_is_there(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await ben.says("start @ana", way=Way.command)
    await ben.fills(ROLE, "A colleague")
    await started(ana, "ben", "My report")
    await ben.submits()
    ben.sees("Ben and Ana", "Ana Ruiz · your manager")


@story("A2")
async def test_a_conversation_needs_two(stage: Stage, way: Way) -> None:
    await stage.ana.says("start @ana", way=way)
    stage.ana.sees("A 1-on-1 needs two people. Please choose somebody else.")


@story("A2", "N1")
async def test_a_guest_is_told_that_this_is_for_members(stage: Stage, way: Way) -> None:
    await stage.guest.says("help", way=way)
    stage.guest.sees("OneOnOne is for the members of this workspace.")
    await stage.ana.says("start @gus", way=way)
    stage.ana.sees("Only members of this workspace can have a 1-on-1 here")


@story("A2", "N1")
async def test_a_new_colleague_is_known_with_their_first_words(stage: Stage, way: Way) -> None:
    dan = await stage.joins("dan", "Dan Novak")
    await dan.says("help", way=way)
    dan.sees("What you can type")
    await started(stage.ana, "dan", "My report")
    stage.ana.sees("Ana and Dan")


@story("A1", "A2")
async def test_who_has_left_is_shown_as_inactive_and_can_still_be_read(stage: Stage) -> None:
    await together(stage)
    await stage.ben.says("add Handover", way=Way.command)
    await stage.leaves(stage.ben)
    await stage.ana.says("conversations", way=Way.command)
    stage.ana.sees("Ben Okafor", "no longer active")
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Ben is no longer active here. You can still read everything.", "Handover")
    assert "Add item" not in stage.ana.buttons
