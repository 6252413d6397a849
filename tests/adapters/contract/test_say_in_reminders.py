"""Every reminder can be explained, put off and turned down; discreet ones carry counts only (G6, O6)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, promised, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


async def _reminded(stage: Stage) -> Almanac:
    """Ana has before her that her 1-on-1 with Ben begins in ten minutes."""
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule tomorrow at 15:00", way=Way.command)
    await jotted(stage.ben, "Promotion case")
    await stage.ana.closes()
    await almanac.becomes(24, 13, 45, month=11)
    stage.ana.hears()
    await almanac.becomes(24, 13, 50, month=11)
    assert len(stage.ana.hears()) == 1
    return almanac


@story("G6")
async def test_a_reminder_says_why_it_came(stage: Stage) -> None:
    await _reminded(stage)
    await stage.ana.presses("Why this?")
    stage.ana.sees("Why did I get this?", "A 1-on-1 of yours is about to begin.", "yours to choose")


@story("G6")
async def test_a_snoozed_reminder_comes_again_in_time(stage: Stage) -> None:
    almanac = await _reminded(stage)
    await stage.ana.presses("Snooze")
    stage.ana.sees("I will come back to it today, 14:55.")
    await almanac.becomes(24, 13, 55, month=11)
    [again] = stage.ana.hears()
    assert "Your 1-on-1 with Ben: today, 15:00" in again
    await stage.ana.closes()
    await almanac.becomes(24, 13, 57, month=11)
    await stage.ana.presses("Snooze")
    stage.ana.sees("It begins too soon to put this off.")


@story("G6")
async def test_fewer_means_none_of_that_kind_until_one_wants_them_again(stage: Stage) -> None:
    almanac = await _reminded(stage)
    await stage.ana.presses("Fewer of these")
    stage.ana.sees("No more of these: The agenda, just before it.")
    await stage.ana.says("schedule wednesday at 15:00", way=Way.command)
    await almanac.becomes(25, 13, 50, month=11)
    assert not any("today, 15:00" in heard for heard in stage.ana.hears())


@story("G6")
async def test_a_reminder_is_its_readers_alone(stage: Stage) -> None:
    await _reminded(stage)
    await stage.cleo.says("home", way=Way.command)
    await stage.cleo.presses_as(stage.ana, "Snooze")
    stage.cleo.sees("This does not exist, or it is not yours to see.")


@story("O6")
async def test_discreet_messages_carry_counts_and_no_titles(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("settings", way=Way.command)
    await stage.ana.presses("Reminders")
    await stage.ana.fills("What may messages show?", ["Counts and a button only"])
    await stage.ana.submits()
    await promised(stage.ana, "ben", "Ask the board", due="tomorrow")
    await stage.ana.closes()
    await stage.ana.says("add Succession", way=Way.command)
    stage.ana.sees("an item of yours")
    stage.ana.does_not_see("Succession")
    await stage.ana.says("schedule tomorrow at 15:00", way=Way.command)
    await jotted(stage.ben, "Promotion case")
    heard: list[str] = []
    for hour, minute in ((8, 1), (13, 50), (14, 30), (15, 31)):
        await almanac.becomes(24, hour, minute, month=11)
        heard += stage.ana.hears()
    assert any("things to talk about" in one for one in heard)
    assert any("An action item of yours is due" in one for one in heard)
    assert not [one for one in heard if "Promotion" in one or "Succession" in one or "board" in one]
