"""In weeks when clocks change in only one of two zones, the one for whom the hour shifts is told (G3).

America changes its clocks on 14 March 2027, Europe on the 28th.
"""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

A_SHIFT = "Another hour for your 1-on-1 with"
SAID = "Clocks change in only one of your zones: for you it is Tuesday, {}, not {} like the one before."


@story("G3")
async def test_on_the_time_of_america_it_shifts_in_europe_and_back(stage: Stage) -> None:
    """Two working days before a Tuesday is the Friday; before 30 March the Thursday, since that Friday is a holiday."""
    await together(stage)
    almanac = Almanac(stage)
    await stage.ben.says("schedule every tuesday at 10:00 starting 9 Mar", way=Way.command)
    for day in (1, 5, 9):
        await almanac.becomes(day, 15, month=3, year=2027)
    heard_nothing_of(stage.ana, A_SHIFT)
    await almanac.becomes(12, 8, month=3, year=2027)
    assert SAID.format("15:00", "16:00") in heard(stage.ana, A_SHIFT)
    await stage.ana.closes()
    await stage.ana.presses("Why this?")
    stage.ana.sees("Clocks change in only one of two time zones")
    await stage.ana.closes()
    await stage.ana.presses("Open")
    stage.ana.sees("Next: Tuesday, 15:00", "because clocks change in only one of your zones")
    await almanac.becomes(19, 8, month=3, year=2027)
    heard_nothing_of(stage.ana, A_SHIFT)
    await almanac.becomes(25, 8, month=3, year=2027)
    assert SAID.format("16:00", "15:00") in heard(stage.ana, A_SHIFT)
    heard_nothing_of(stage.ben, A_SHIFT)


@story("G3", "G2")
async def test_what_somebody_moved_is_no_shift(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every tuesday at 15:00 starting 9 Mar", way=Way.command)
    await almanac.becomes(9, 15, month=3, year=2027)
    await stage.ana.says("move 2027-03-17 15:00", way=Way.command)
    await almanac.becomes(12, 15, month=3, year=2027)
    await almanac.becomes(15, 15, month=3, year=2027)
    heard_nothing_of(stage.ben, A_SHIFT)
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("clocks")
