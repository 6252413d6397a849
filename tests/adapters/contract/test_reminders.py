"""Reminders come at their hour, show what waits, and follow what becomes of a meeting (G4)."""

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import added, jotted, noted, opened, promised, scheduled, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

SOON = "Your 1-on-1 with Ana: today, 09:00"
HOW = "How did it go with"
CAME = "What came of your 1-on-1 with"
FOR_THE_DAY = "Only you until the meeting starts, then Ana too"


@story("G4", "F2")
async def test_the_message_to_prepare_shows_what_waits_and_what_is_worth_asking(stage: Stage) -> None:
    """Two working days before Tuesday 1 December is Friday, at nine in New York."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await jotted(stage.ana, "Promotion case")
    await added(stage.ben, "ana", "A surprise", visibility=FOR_THE_DAY)
    await promised(stage.ben, "ana", "Send the draft")
    await almanac.becomes(27, 13, 59, month=11)
    heard_nothing_of(stage.ben, "Worth asking")
    await almanac.becomes(27, 14, month=11)
    said = heard(stage.ben, "Your 1-on-1 with Ana: Tuesday, 09:00")
    assert "On the agenda: Promotion case" in said
    assert "Still open from you: Send the draft" in said
    assert said.count("because nothing on your agenda was about") == 3
    assert "A surprise" not in said
    print(said)
    await stage.ben.closes()
    print("A", stage.ben.reads)
    await stage.ben.presses("Add", near="Worth asking")
    print("B", stage.ben.reads)
    stage.ben.sees("It is on the agenda. Both of you can see it.", "Your 1-on-1 with Ana: Tuesday, 09:00")
    await stage.ben.presses("Undo")
    print("C", stage.ben.reads)
    await stage.ben.presses("Prepare")
    print("D", stage.ben.reads)
    stage.ben.sees("Prepare: Ana", "○ A surprise")
    await stage.ben.closes()
    print("E", stage.ben.reads)
    await stage.ben.presses("Open agenda")
    stage.ben.sees("Ana and Ben", "Next: Tuesday, 09:00")
    print("F", stage.ben.reads)
    assert 0
