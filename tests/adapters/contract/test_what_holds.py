"""What was settled holds: what was skipped or moved, and what was suggested (G2, F2)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, scheduled, started, together, with_schedule
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

TUESDAYS = "every tuesday at 15:00"
WORTH_ASKING = "Worth asking"
PLACE = "Where? A room, or a link"


def _asked(one: Actor) -> list[str]:
    lines = one.reads.split("\n")
    return [line for line in lines[lines.index(WORTH_ASKING) :] if line.endswith("?")][:3]


@story("G2")
async def test_what_was_skipped_stays_so_when_the_rhythm_is_looked_at_again(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await stage.ana.says("skip", way=Way.command)
    await stage.ana.fills("What instead?", "Skip it this time")
    await stage.ana.submits()
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Change")
    await stage.ben.fills("From here on, beginning with", "tuesday")
    await stage.ben.fills(PLACE, "Room 5")
    await stage.ben.submits()
    stage.ben.sees("Where: Room 5", "skipped", "Tuesday 1 Dec, 09:00")
    await stage.ben.presses("Pause")
    await stage.ben.presses("Undo")
    stage.ben.sees("Next: Tuesday 1 Dec, 09:00", "skipped")


@story("G2")
async def test_what_was_moved_stays_so_when_the_rhythm_is_looked_at_again(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await stage.ana.says("move wednesday 16:00", way=Way.command)
    await stage.ben.closes()
    await with_schedule(stage.ben, "ana")
    await stage.ben.presses("Change")
    await stage.ben.fills("From here on, beginning with", "tuesday")
    await stage.ben.fills(PLACE, "Room 5")
    await stage.ben.submits()
    stage.ben.sees("Where: Room 5", "Wednesday, 10:00", "moved", "Tuesday 1 Dec, 09:00")
    stage.ben.does_not_see("tomorrow, 09:00")


@story("F2")
async def test_equals_are_not_asked_the_same(stage: Stage) -> None:
    await started(stage.ana, "ben", "A colleague")
    await opened(stage.ben, "ana")
    asked: list[str] = []
    for two in ((stage.ana, stage.ben), (stage.ben, stage.ana)):
        for one in two:
            await one.closes()
            await one.says("prepare", way=Way.command)
            asked += _asked(one)
        await stage.ana.says("meet", way=Way.command)
        await stage.ana.presses("Wrap up")
        await stage.ana.submits()
    assert len(set(asked)) == len(asked) == 12


@story("F2", "G4")
async def test_what_a_message_suggested_stays_though_the_other_prepares_meanwhile(stage: Stage) -> None:
    await started(stage.ana, "ben", "A colleague")
    await opened(stage.ben, "ana")
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await stage.ben.closes()
    await Almanac(stage).becomes(30, 14, month=11)
    suggested = _asked(stage.ben)
    await stage.ana.says("prepare", way=Way.command)
    assert not set(_asked(stage.ana)) & set(suggested)
    await stage.ben.says("prepare", way=Way.command)
    assert _asked(stage.ben) == suggested
