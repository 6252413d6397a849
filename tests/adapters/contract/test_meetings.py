"""Meeting (G9)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import added, jotted, opened, scheduled, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

TALKED = "What did you talk about?"
FOR_THE_DAY = "Only you until the meeting starts, then {} too"


@story("G9", "B1")
async def test_meeting_reveals_what_either_side_kept_for_the_day(stage: Stage, way: Way) -> None:
    await together(stage)
    await added(stage.ben, "ana", "A surprise", visibility=FOR_THE_DAY.format("Ana"))
    await added(stage.ana, "ben", "An offer", visibility=FOR_THE_DAY.format("Ben"))
    await added(stage.ben, "ana", "Only mine", visibility="Only you")
    await stage.ana.closes()
    await stage.ana.says("meet", way=way)
    stage.ana.sees("Ana and Ben", "You are meeting, since today, 10:00.", "A surprise", "An offer")
    stage.ana.sees_nowhere("Only mine")
    await opened(stage.ben, "ana")
    stage.ben.sees("You are meeting, since today, 04:00.", "An offer", "Only mine")


@story("G9")
async def test_both_may_say_that_they_meet_and_it_is_one_meeting(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    stage.ana.sees("You have not met yet.")
    await opened(stage.ben, "ana")
    await stage.ana.presses("We meet now")
    await stage.ben.presses("We meet now")
    stage.ben.sees("You are meeting")
    await stage.ben.presses("Wrap up")
    await stage.ben.submits()
    await opened(stage.ana, "ben")
    stage.ana.sees("You last talked today, 10:00.")
    await stage.ana.presses("History")
    assert stage.ana.reads.count("You met") == 1


@story("G9", "G7")
async def test_wrapping_up_settles_items_note_and_promises(stage: Stage, way: Way) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case", "Course budget", "Holidays")
    await stage.ben.says("meet @ana", way=way)
    await stage.ben.closes()
    await stage.ben.says("wrap up", way=way)
    await stage.ben.fills(TALKED, ["Promotion case", "Holidays"])
    await stage.ben.fills("What is worth remembering?", "Ana decides in spring")
    await stage.ben.fills("Action item 1", "Send the draft")
    await stage.ben.fills("Until when?", "friday")
    await stage.ben.submits()
    stage.ben.sees("Your meeting", "✓ Promotion case", "✓ Holidays", "1 item carries over.")
    stage.ben.sees("Send the draft", "Ben · due Friday", "Ana decides in spring")
    stage.ben.does_not_see("Course budget")
    await opened(stage.ana, "ben")
    stage.ana.sees("○ Course budget", "Shared notes (1)", "□ Send the draft")
    stage.ana.does_not_see("○ Promotion case", "○ Holidays")
    await stage.ana.presses("History")
    stage.ana.sees("✓ Promotion case", "✓ Holidays", "Ana decides in spring")
    await stage.ana.presses("Open", near="You met")
    stage.ana.sees("today, 10:00 with Ben", "✓ Promotion case", "Ana decides in spring", "Send the draft")


@story("G9", "G7")
async def test_another_row_keeps_what_was_typed(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("We meet now")
    await stage.ben.presses("Wrap up")
    await stage.ben.fills(TALKED, ["Promotion case"])
    await stage.ben.fills("What is worth remembering?", "Kept")
    await stage.ben.fills("Action item 1", "First")
    await stage.ben.presses("Another action item")
    assert stage.ben.entered(TALKED) == ["Promotion case"]
    assert stage.ben.entered("What is worth remembering?") == "Kept"
    assert stage.ben.entered("Action item 1") == "First"
    await stage.ben.fills("Action item 2", "Second")
    await stage.ben.presses("Another action item")
    await stage.ben.fills("Action item 3", "Third")
    assert "Another action item" not in stage.ben.buttons
    stage.ben.sees("More action items can be added on the page of your 1-on-1.")
    await stage.ben.submits()
    stage.ben.sees("First", "Second", "Third", "✓ Promotion case", "Kept", "Nothing carries over.")


@story("G9", "D1")
async def test_a_date_that_cannot_be_keeps_the_whole_form(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ben, "ana")
    await stage.ben.presses("We meet now")
    await stage.ben.presses("Wrap up")
    await stage.ben.fills(TALKED, ["Promotion case"])
    await stage.ben.fills("What is worth remembering?", "Kept")
    await stage.ben.fills("Action item 1", "First")
    await stage.ben.fills("Until when?", "someday")
    await stage.ben.submits()
    stage.ben.sees("I could not read that date.")
    assert stage.ben.entered("What is worth remembering?") == "Kept"
    assert stage.ben.entered(TALKED) == ["Promotion case"]
    await opened(stage.ana, "ben")
    stage.ana.sees("You are meeting", "○ Promotion case", "Shared notes (0)")


@story("G9")
async def test_the_second_of_two_who_wrap_up_loses_nothing(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("We meet now")
    await stage.ana.presses("Wrap up")
    await stage.ana.fills("What is worth remembering?", "What Ana noted")
    await opened(stage.ben, "ana")
    await stage.ben.presses("Wrap up")
    await stage.ben.fills("What is worth remembering?", "What Ben noted")
    await stage.ana.submits()
    await stage.ben.submits()
    stage.ben.sees("What Ana noted", "What Ben noted")


@story("G9")
async def test_what_is_discussed_while_they_meet_belongs_to_the_meeting(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case", "Private")
    await opened(stage.ben, "ana")
    await stage.ben.presses("We meet now")
    await stage.ben.presses("Discussed", near="Promotion case")
    await stage.ben.presses("Wrap up")
    await stage.ben.submits()
    stage.ben.sees("✓ Promotion case", "No notes.", "No action items.")


@story("G9")
async def test_home_shows_the_meeting_that_is_under_way(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("meet", way=Way.command)
    await stage.ben.goes_home()
    stage.ben.sees("Meeting now", "Ana Ruiz")
    await stage.ben.presses("Wrap up", near="Meeting now")
    stage.ben.sees("Nothing is open on the agenda.")
    await stage.ben.submits()
    stage.ben.sees("Nothing was marked as discussed.")
    await stage.ben.looks_home()
    stage.ben.does_not_see("Meeting now")


@story("G9")
async def test_words_list_the_conversations_when_it_is_not_clear_with_whom(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("meet", way=way)
    stage.ana.sees("My conversations", "Ben Okafor", "Cleo Tanaka")
    await stage.ana.closes()
    await stage.ana.says("meet cleo", way=way)
    stage.ana.sees("Ana and Cleo", "You are meeting")
    await stage.ana.closes()
    await stage.ana.says("wrap up", way=way)
    stage.ana.sees("Wrap up", "Only you and Cleo can see this.")


@story("G9")
async def test_without_a_meeting_there_is_nothing_to_wrap_up(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("wrap up", way=way)
    stage.ben.sees("No meeting is under way. Type “meet” when you two begin.")


@story("G9", "B1")
async def test_a_meeting_begins_by_itself_and_shows_what_was_kept_for_the_day(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "today at 16:00")
    await added(stage.ben, "ana", "A surprise", visibility=FOR_THE_DAY.format("Ana"))
    await almanac.becomes(23, 14, 59, month=11)
    await opened(stage.ana, "ben")
    stage.ana.sees_nowhere("A surprise")
    await almanac.becomes(23, 15, month=11)
    await opened(stage.ana, "ben")
    stage.ana.sees("You are meeting, since today, 16:00.", "○ A surprise")


@story("G9", "G2")
async def test_to_meet_earlier_on_the_day_is_to_begin_the_planned_meeting(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "every tuesday at 15:00")
    await opened(stage.ana, "ben")
    await stage.ana.presses("We meet now")
    stage.ana.sees("You are meeting, since today, 10:00.", "Next: tomorrow, 15:00")
    await stage.ana.presses("Wrap up")
    await stage.ana.submits()
    await almanac.becomes(24, 12, month=11)
    await opened(stage.ben, "ana")
    await stage.ben.presses("We meet now")
    stage.ben.sees("You are meeting, since today, 07:00.", "Next: Tuesday 1 Dec, 09:00")
    await almanac.becomes(24, 14, month=11)
    await opened(stage.ana, "ben")
    stage.ana.sees("You are meeting, since today, 13:00.")
    await stage.ana.presses("History")
    assert stage.ana.reads.count("You met") == 2


@story("G9", "G7")
async def test_a_meeting_that_nobody_wraps_up_is_over_and_can_still_be_wrapped_up(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", "today at 16:00")
    await almanac.becomes(23, 15, month=11)
    await almanac.becomes(24, 15, 1, month=11)
    await opened(stage.ana, "ben")
    stage.ana.sees("You last talked yesterday, 16:00.", "We meet now")
    await stage.ana.presses("Wrap up")
    await stage.ana.fills(TALKED, ["Promotion case"])
    await stage.ana.submits()
    stage.ana.sees("yesterday, 16:00 with Ben", "✓ Promotion case", "Nothing carries over.")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("Wrap up", "○ Promotion case")
