"""What is settled at the end of a meeting, and what each side alone says of it (G7)."""

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, scheduled, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Actor, Stage
from tests.adapters.contract.story import story

NEXT = "When do you meet next?"
TALKED = "What did you talk about?"
MEANINGFUL = "Was this conversation meaningful?"
COUNTED = "Only counted, never shown to anybody."
HOW = "How did it go with"


async def _over(stage: Stage) -> Almanac:
    """Ana and Ben met on Tuesday from 15:00 to 15:30, in Madrid; both are asked how it went."""
    await together(stage)
    almanac = Almanac(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", "every tuesday at 15:00")
    await almanac.becomes(24, 14, month=11)
    await almanac.becomes(24, 14, 30, month=11)
    for one in (stage.ana, stage.ben):
        heard(one, HOW)
        await one.closes()
    return almanac


async def _opens_meeting(one: Actor, other: str) -> None:
    await opened(one, other)
    await one.presses("History")
    await one.presses("Open", near="You met")


@story("G7", "G2")
async def test_the_next_time_in_the_form_moves_what_is_planned(stage: Stage) -> None:
    await _over(stage)
    await stage.ana.presses("Wrap up", near=HOW)
    stage.ana.sees("Planned: Tuesday 1 Dec, 15:00. Write another time only to move it.")
    await stage.ana.fills(TALKED, ["Promotion case"])
    await stage.ana.fills(NEXT, "yesterday")
    await stage.ana.submits()
    stage.ana.sees("I could not read that time.")
    assert stage.ana.entered(TALKED) == ["Promotion case"]
    stage.ana.still_has(NEXT, "yesterday")
    await stage.ana.fills(NEXT, "2 dec 16:00")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: Wednesday 2 Dec, 10:00", "You last talked today, 09:00.")
    stage.ben.does_not_see("○ Promotion case")


@pytest.mark.soak
@story("G7")
async def test_left_empty_the_form_leaves_the_next_time_as_it_is(stage: Stage) -> None:
    await _over(stage)
    await stage.ben.presses("Wrap up", near=HOW)
    await stage.ben.submits()
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: Tuesday 1 Dec, 09:00", "○ Promotion case")


@story("G7")
async def test_who_said_it_in_the_form_is_not_asked_again(stage: Stage) -> None:
    almanac = await _over(stage)
    await stage.ana.presses("Wrap up", near=HOW)
    stage.ana.sees(MEANINGFUL, COUNTED)
    await stage.ana.fills(TALKED, ["Promotion case"])
    await stage.ana.fills(MEANINGFUL, "Somewhat")
    await stage.ana.submits()
    stage.ana.sees("✓ Promotion case")
    stage.ana.does_not_see(MEANINGFUL, "Somewhat")
    await almanac.becomes(24, 15, 30, month=11)
    said = heard(stage.ana, "What came of your 1-on-1 with Ben")
    assert MEANINGFUL not in said
    assert MEANINGFUL in heard(stage.ben, "What came of your 1-on-1 with Ana")
    await _opens_meeting(stage.ben, "ana")
    stage.ben.sees(f"{MEANINGFUL} {COUNTED}", "Yes\nSomewhat\nNo")


@story("G7")
async def test_it_is_answered_on_the_meetings_page_for_oneself_alone(stage: Stage) -> None:
    await _over(stage)
    await _opens_meeting(stage.ben, "ana")
    stage.ben.sees(f"{MEANINGFUL} {COUNTED}")
    await stage.ben.presses("No")
    stage.ben.sees("Thank you. It is only counted, never shown.")
    stage.ben.does_not_see(MEANINGFUL)
    await stage.ana.presses("Wrap up", near=HOW)
    assert stage.ana.entered(MEANINGFUL) is None
    await stage.ana.submits()
    stage.ana.sees(MEANINGFUL)
    stage.ana.does_not_see("Thank you")
    await stage.ben.presses("Wrap up")
    assert stage.ben.entered(MEANINGFUL) == "No"


@story("G7")
async def test_what_did_not_take_place_leaves_everything_open(stage: Stage) -> None:
    almanac = await _over(stage)
    await stage.ben.presses("We did not meet")
    stage.ben.sees("What you wanted to talk about with Ana stays on the agenda.")
    await stage.ana.presses("Wrap up", near=HOW)
    stage.ana.sees("You two did not meet then, as one of you said.")
    await opened(stage.ana, "ben")
    stage.ana.sees("You have not met yet.", "○ Promotion case", "Next: Tuesday 1 Dec, 15:00")
    await almanac.becomes(24, 15, 30, month=11)
    heard_nothing_of(stage.ana, "What came of")


@story("G7")
async def test_what_is_wrapped_up_did_take_place(stage: Stage) -> None:
    await _over(stage)
    await stage.ana.presses("Wrap up", near=HOW)
    await stage.ana.submits()
    await stage.ben.presses("We did not meet")
    stage.ben.sees("This meeting is wrapped up already.")
    await opened(stage.ben, "ana")
    stage.ben.sees("You last talked today, 09:00.")
