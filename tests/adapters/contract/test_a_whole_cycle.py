"""One meeting of a series from its scheduling to its summary, as the two live through it (G1, G4, G7, G9)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

RHYTHM = "schedule every other tuesday at 15:00 for 30 minutes starting 1 Dec"


@story("G1", "G4", "G7", "G9", "F2", "D2")
async def test_a_meeting_from_its_scheduling_to_its_summary(stage: Stage) -> None:
    await together(stage)
    calendar = Almanac(stage)
    await stage.ana.says(RHYTHM, way=Way.command)
    stage.ana.sees("every 2 weeks on Tuesday at 15:00, 30 minutes", "Next: Tuesday 1 Dec, 15:00")
    await calendar.becomes(23, 16, month=11)
    [told] = stage.ben.hears()
    assert "Ana set when you two meet: every 2 weeks on Tuesday at 15:00, 30 minutes (Madrid time)." in told
    assert "Next: Tuesday 1 Dec, 09:00." in told
    await jotted(stage.ben, "Promotion case")
    await stage.restarts()

    await calendar.becomes(27, 13, 55, month=11)
    stage.ben.hears()
    await calendar.becomes(27, 14, 1, month=11)
    [to_ben] = stage.ben.hears()
    assert "Your 1-on-1 with Ana: Tuesday, 09:00" in to_ben
    assert "On the agenda: Promotion case" in to_ben
    assert "because nothing on your agenda was about" in to_ben
    await calendar.becomes(30, 8, 1, month=11)
    [*_, to_ana] = stage.ana.hears()
    assert "Your 1-on-1 with Ben: tomorrow, 15:00" in to_ana

    await calendar.becomes(1, 13, 51)
    assert ["Your 1-on-1 with Ana: today, 09:00" in heard for heard in stage.ben.hears()] == [True]
    await calendar.becomes(1, 14, 0)
    await opened(stage.ana, "ben")
    stage.ana.sees("You are meeting, since today, 15:00.")
    await stage.ana.closes()
    stage.ana.hears()
    await calendar.becomes(1, 14, 30)
    [how] = stage.ana.hears()
    assert "How did it go with Ben?" in how
    await stage.ana.presses("Wrap up", near="How did it go")
    await stage.ana.fills("What did you talk about?", ["Promotion case"])
    await stage.ana.fills("Action item 1", "Ask the board")
    await stage.ana.fills("Until when?", "friday")
    await stage.ana.submits()
    stage.ana.sees("✓ Promotion case", "Ask the board")
    await calendar.becomes(1, 15, 31)
    [*_, summary] = stage.ben.hears()
    assert "What came of your 1-on-1 with Ana" in summary
    assert "Discussed: Promotion case" in summary
    assert "Was this conversation meaningful?" in summary

    stage.ana.hears()
    await calendar.becomes(4, 8, 0)
    [due] = stage.ana.hears()
    assert "Ask the board" in due
    await calendar.becomes(15, 14, 0)
    await opened(stage.ben, "ana")
    stage.ben.sees("You are meeting, since today, 09:00.")
