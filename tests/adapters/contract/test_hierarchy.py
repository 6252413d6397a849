"""Manager conversations appear, change and rest by themselves (A1), and bad edges keep the last good one (N2)."""

from datetime import timedelta

import pytest

from bot.model.hierarchy import NOBODY, Doubt
from tests.adapters.contract.beginnings import ROLE, jotted, opened, scheduled, together, with_schedule
from tests.adapters.contract.reporting import reporting
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


@story("A1", "N2")
async def test_a_conversation_appears_with_the_hierarchy_and_nobody_needs_to_start_it(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await opened(stage.ana, "ben")
    stage.ana.sees("Ben Okafor · your report", "Only you and Ben can see this.")
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager", "This 1-on-1 comes from your organization's hierarchy.")
    await stage.delivers()
    assert [*stage.ana.hears(), *stage.ben.hears()] == []


@story("A1")
async def test_it_is_on_home_and_in_the_form_for_all_reports(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana", "cleo": "ana"})
    await stage.ana.goes_home()
    stage.ana.sees("Ben Okafor", "Cleo Tanaka", "your report")
    await stage.ana.presses("Set up my 1-on-1s")
    stage.ana.sees("Ben Okafor", "Cleo Tanaka")


@story("A1", "A4")
async def test_what_the_hierarchy_says_is_neither_declined_nor_renamed(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Change relationship")
    await reporting(stage, {"ben": "ana"})
    await stage.ana.fills(ROLE, "A colleague")
    await stage.ana.submits()
    stage.ana.sees("Your 1-on-1 with Ben comes from your organization's hierarchy")
    await opened(stage.ana, "ben")
    stage.ana.sees("Ben Okafor · your report")
    assert "Change relationship" not in stage.ana.buttons


@story("A1")
async def test_one_that_was_declined_begins_with_the_line(stage: Stage) -> None:
    await stage.ana.says("start @ben", way=Way.command)
    await stage.ana.fills(ROLE, "A colleague")
    await stage.ana.submits()
    await stage.delivers()
    await stage.ben.presses("Decline")
    await reporting(stage, {"ben": "ana"})
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager", "Add item")
    await stage.ben.closes()
    stage.ben.hears()


@story("A1")
async def test_a_new_manager_gets_a_conversation_and_the_old_one_rests_with_its_history(stage: Stage) -> None:
    ana, ben, cleo = stage.ana, stage.ben, stage.cleo
    await reporting(stage, {"ben": "ana"})
    await opened(ana, "ben")
    await ana.closes()
    await jotted(ana, "How the launch went")
    await reporting(stage, {"ben": "cleo"})
    await opened(ben, "cleo")
    ben.sees("Cleo Tanaka · your manager")
    ben.does_not_see("How the launch went")
    await opened(ben, "ana")
    ben.sees("Ana Ruiz · was your manager", "Ana was your manager until", "How the launch went", "Add item")
    await opened(ana, "ben")
    ana.sees("Ben Okafor · was your report", "Ben reported to you until", "How the launch went")
    await opened(cleo, "ben")
    cleo.does_not_see("How the launch went")
    await ben.closes()
    await ben.says("conversations", way=Way.command)
    assert ben.reads.index("Cleo Tanaka") < ben.reads.index("Ana Ruiz")


@story("A1", "G2")
async def test_what_was_planned_is_called_off_and_comes_back_with_the_line(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await scheduled(stage.ana, "ben", "every tuesday at 14:00")
    await stage.delivers()
    stage.ben.hears()
    await reporting(stage, {"ben": NOBODY})
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("Paused. It was: every Tuesday at 14:00", "Nothing is planned.")
    assert "Resume" not in stage.ana.buttons
    stage.clock.advance(timedelta(days=8))
    await stage.delivers()
    assert stage.ben.hears() == []
    await reporting(stage, {"ben": "ana"})
    await stage.delivers()
    stage.clock.advance(timedelta(minutes=1))
    await stage.delivers()
    await with_schedule(stage.ana, "ben")
    stage.ana.sees("Every Tuesday at 14:00", "30 minutes")
    stage.ana.does_not_see("Nothing is planned.")
    stage.ben.hears()


@story("A1", "G1")
async def test_while_it_rests_there_is_no_rhythm_but_a_single_meeting(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await reporting(stage, {"ben": NOBODY})
    await opened(stage.ana, "ben")
    await stage.ana.closes()
    await stage.ana.says("schedule @ben every tuesday at 14:00", way=Way.command)
    stage.ana.sees("Your 1-on-1 with Ben rests", "change the relationship first")
    await stage.ana.closes()
    await stage.ana.says("schedule @ben friday 14:00", way=Way.command)
    stage.ana.sees("You and Ben meet")


@story("A1", "A4")
async def test_two_who_go_on_all_the_same_name_what_they_are_now(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await reporting(stage, {"ben": NOBODY})
    await opened(stage.ana, "ben")
    await stage.ana.presses("Change relationship")
    await stage.ana.fills(ROLE, "Somebody I mentor")
    await stage.ana.submits()
    stage.ana.sees("Ben Okafor · your mentee", "Schedule it")
    stage.ana.does_not_see("until")
    await scheduled(stage.ana, "ben", "every tuesday at 14:00")
    await reporting(stage, {"ben": "cleo"})
    await opened(stage.ana, "ben")
    stage.ana.sees("Ben Okafor · your mentee")


@story("A1")
async def test_a_leaver_is_shown_as_inactive_and_can_be_read(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana", "cleo": "ben"})
    await opened(stage.ben, "ana")
    await stage.ben.closes()
    await stage.ben.says("add @ana Handing over", way=Way.command)
    await stage.leaves(stage.ben)
    await stage.ana.says("conversations", way=Way.command)
    stage.ana.sees("Ben Okafor", "no longer active")
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Ben is no longer active here. You can still read everything.", "Handing over")
    await stage.cleo.says("conversations", way=Way.command)
    stage.cleo.sees("Ben Okafor", "no longer active")


@story("A1", "N2")
async def test_a_manager_who_comes_later_is_found_then(stage: Stage) -> None:
    found = await reporting(stage, {"ben": "lara@example.com"})
    assert found.doubts == {Doubt.unknown: 1}
    lara = await stage.joins("lara", "Lara Later")
    await lara.says("help", way=Way.command)
    await opened(stage.ben, "Lara")
    stage.ben.sees("Lara Later · your manager")


@story("A1", "N1")
async def test_who_is_known_from_the_file_only_takes_their_place_when_they_come(stage: Stage) -> None:
    await reporting(stage, {"ben": "dan"})
    await opened(stage.ben, "Dan")
    stage.ben.sees("Dan Novak · your manager", "Dan has not come here yet")
    await stage.ben.closes()
    await jotted(stage.ben, "Welcome plan")
    stage.clock.advance(timedelta(hours=1))
    await stage.delivers()
    dan = await stage.joins("dan", "Dan Novak")
    await dan.says("help", way=Way.command)
    await stage.delivers()
    assert "Welcome plan" in "".join(dan.hears())
    await dan.says("conversations", way=Way.command)
    dan.sees("Ben Okafor", "your report")
    await opened(dan, "ben")
    dan.sees("Welcome plan")


BAD = {
    "oneself": {"ben": "ben"},
    "unknown": {"ben": "nobody@example.com"},
    "outside": {"ben": "cleo@elsewhere.org"},
    "cycle": {"ana": "ben"},
    "cycle of three": {"ana": "cleo", "cleo": "ben"},
}


@story("N2", "A1")
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_a_bad_edge_keeps_the_last_good_one(stage: Stage, bad: dict[str, str]) -> None:
    await reporting(stage, {"ben": "ana", "cleo": NOBODY})
    found = await reporting(stage, bad)
    assert sum(found.doubts.values()) >= 1
    assert (found.rested, found.made, found.moved) == (0, 0, found.moved)
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager", "comes from your organization's hierarchy")


@story("N2", "A1")
async def test_a_manager_who_is_no_longer_here_is_none(stage: Stage) -> None:
    await stage.cleo.says("help", way=Way.command)
    await reporting(stage, {"ben": "ana"})
    await stage.leaves(stage.cleo)
    found = await reporting(stage, {"ben": "cleo"})
    assert found.doubts == {Doubt.inactive: 1}
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager")


@story("A1")
async def test_a_restart_between_two_changes_loses_nothing(stage: Stage) -> None:
    await reporting(stage, {"ben": "ana"})
    await opened(stage.ana, "ben")
    await stage.ana.closes()
    await jotted(stage.ana, "Kept")
    await stage.restarts()
    await reporting(stage, {"ben": "cleo"})
    await stage.restarts()
    found = await reporting(stage, {"ben": "ana"})
    assert (found.made, found.returned, found.rested) == (0, 1, 1)
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager", "Kept")
