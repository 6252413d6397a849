"""Handover: the report, and nobody else, takes along what is open, in their own words (A6)."""

from datetime import timedelta

from bot.model.hierarchy import NOBODY
from tests.adapters.contract.beginnings import added, opened, promised
from tests.adapters.contract.reporting import reporting
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.story import story

HALF_A_DAY = timedelta(hours=12)
CHOOSE = "Choose what to take along"
ITEMS = "From the agenda"
PROMISES = "Action items"


async def under_ana(stage: Stage) -> None:
    """Ben, who reports to Ana, has open things with her, and she has with him."""
    await reporting(stage, {"ben": "ana"})
    await added(stage.ben, "ana", "My growth plan")
    await added(stage.ben, "ana", "A worry of mine", visibility="Only you")
    await added(stage.ana, "ben", "What Ana thinks")
    await promised(stage.ben, "ana", "Read the book")
    await promised(stage.ana, "ben", "What Ana wants from Ben", owner="Ben Okafor")
    await stage.delivers()
    for one in (stage.ana, stage.ben):
        await one.closes()
        one.hears()


async def moved_to_cleo(stage: Stage) -> None:
    """Ben reports to Cleo from now on, and what is to be said about it has been said."""
    await under_ana(stage)
    await reporting(stage, {"ben": "cleo"})
    await _in_bens_morning(stage)


async def _in_bens_morning(stage: Stage) -> None:
    """Nobody is told at night, which it is where he lives."""
    await stage.delivers()
    assert stage.ben.hears() == []
    stage.clock.advance(timedelta(hours=5))
    await stage.delivers()


@story("A6", "A1")
async def test_only_the_report_is_told_and_takes_along_what_they_choose(stage: Stage) -> None:
    ana, ben, cleo = stage.ana, stage.ben, stage.cleo
    await moved_to_cleo(stage)
    [told] = [each for each in ben.hears() if "Cleo is your manager now" in each]
    assert "3 things are still open between you and Ana." in told
    assert [*ana.hears(), *cleo.hears()] == []
    await ben.presses(CHOOSE)
    ben.sees("My growth plan", "A worry of mine", "Read the book")
    ben.sees_nowhere("What Ana thinks", "What Ana wants from Ben")
    await ben.fills(ITEMS, ["My growth plan"])
    await ben.fills(PROMISES, ["Read the book"])
    await ben.submits()
    ben.sees("Cleo Tanaka · your manager", "My growth plan", "Read the book")
    await opened(cleo, "ben")
    cleo.sees("My growth plan", "Read the book")
    cleo.sees_nowhere("What Ana thinks", "A worry of mine", "What Ana wants from Ben")


@story("A6")
async def test_what_was_carried_over_is_closed_in_the_old_history(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await moved_to_cleo(stage)
    await ben.presses(CHOOSE)
    await ben.fills(ITEMS, ["My growth plan"])
    await ben.submits()
    await opened(ana, "ben")
    ana.sees("What Ana thinks")
    await ana.presses("History")
    ana.sees("My growth plan", "carried over · from Ben")
    await ana.presses("Open", near="My growth plan")
    ana.sees("Carried over to another 1-on-1 by Ben")
    await opened(ben, "ana")
    ben.sees("2 things that you wrote are still open here.", "What Ana thinks")


@story("A6")
async def test_what_is_only_for_oneself_stays_so(stage: Stage) -> None:
    await moved_to_cleo(stage)
    await stage.ben.presses(CHOOSE)
    await stage.ben.fills(ITEMS, ["A worry of mine"])
    await stage.ben.submits()
    stage.ben.sees("A worry of mine", "only you")
    await opened(stage.cleo, "ben")
    stage.cleo.sees_nowhere("A worry of mine")
    await stage.delivers()
    assert "A worry of mine" not in "".join(stage.cleo.hears())


@story("A6", "A8")
async def test_the_new_manager_hears_of_it_as_of_all_that_is_new(stage: Stage) -> None:
    await moved_to_cleo(stage)
    await stage.ben.presses(CHOOSE)
    await stage.ben.fills(ITEMS, ["My growth plan"])
    await stage.ben.submits()
    stage.clock.advance(HALF_A_DAY)
    await stage.delivers()
    assert "My growth plan" in "".join(stage.cleo.hears())


@story("A6")
async def test_neither_manager_can_take_anything_along(stage: Stage) -> None:
    await reporting(stage, {"ana": "mia"})
    await moved_to_cleo(stage)
    await opened(stage.ana, "ben")
    assert CHOOSE not in stage.ana.buttons
    await opened(stage.ben, "ana")
    await stage.ana.presses_as(stage.ben, CHOOSE)
    stage.ana.sees("There is nothing to take along any more.")
    await stage.cleo.goes_home()
    await stage.cleo.presses_as(stage.ben, CHOOSE)
    stage.cleo.sees("This does not exist, or it is not yours to see.")


@story("A6")
async def test_what_the_other_one_has_reworded_stays(stage: Stage) -> None:
    await under_ana(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="My growth plan")
    await stage.ana.presses("Edit")
    await stage.ana.fills("What do you want to talk about?", "Growth as Ana sees it")
    await stage.ana.submits()
    await reporting(stage, {"ben": "cleo"})
    await opened(stage.ben, "ana")
    await stage.ben.presses(CHOOSE)
    stage.ben.sees("A worry of mine")
    stage.ben.does_not_see("Growth as Ana sees it")


@story("A6")
async def test_nothing_ticked_is_asked_again_and_nothing_open_is_not_offered(stage: Stage) -> None:
    await moved_to_cleo(stage)
    await stage.ben.presses(CHOOSE)
    await stage.ben.submits(forced=True)
    stage.ben.sees("Please choose at least one.")
    await stage.ben.closes()
    await reporting(stage, {"ben": NOBODY})
    await opened(stage.ben, "ana")
    assert CHOOSE not in stage.ben.buttons


@story("A6", "A1")
async def test_who_left_nothing_open_hears_nothing(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await added(stage.ana, "ben", "What Ana thinks")
    await stage.ana.closes()
    await reporting(stage, {"ben": "cleo"})
    await stage.delivers()
    assert not [each for each in stage.ben.hears() if "manager now" in each]


@story("A6", "A1")
async def test_a_manager_who_left_is_followed_by_a_new_one_later(stage: Stage) -> None:
    await under_ana(stage)
    await stage.leaves(stage.ana)
    await stage.delivers()
    assert not [each for each in stage.ben.hears() if "manager now" in each]
    await reporting(stage, {"ben": "cleo"})
    await _in_bens_morning(stage)
    assert [each for each in stage.ben.hears() if "Cleo is your manager now" in each]
    await stage.ben.presses(CHOOSE)
    await stage.ben.fills(ITEMS, ["My growth plan"])
    await stage.ben.submits()
    stage.ben.sees("Cleo Tanaka · your manager", "My growth plan")
