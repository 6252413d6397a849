"""Each is reminded on days on which they work, at their own hour, and of nothing that is needless (G3, G5)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

PREPARE = "Your 1-on-1 with {}"


async def _settings(one: Actor, which: str) -> None:
    await one.closes()
    await one.says("settings", way=Way.command)
    await one.presses(which)


def _hears(one: Actor, beginning: str) -> bool:
    return any(heard.startswith(beginning) or beginning in heard for heard in one.hears())


@story("G5")
async def test_a_public_holiday_is_no_day_to_prepare_on(stage: Stage) -> None:
    """Two working days before Monday 30 November is Wednesday, since Thanksgiving is on the 26th."""
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every monday at 16:00 starting 30 Nov", way=Way.command)
    await almanac.becomes(25, 13, 50, month=11)
    stage.ben.hears()
    await almanac.becomes(25, 14, 1, month=11)
    assert _hears(stage.ben, PREPARE.format("Ana"))


@story("G5")
async def test_days_away_and_hours_of_ones_own_are_kept(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await _settings(stage.ben, "Days away")
    await stage.ben.presses("Add days away")
    await stage.ben.fills("From", "friday")
    await stage.ben.submits()
    stage.ben.sees("Friday")
    await _settings(stage.ben, "Working hours")
    await stage.ben.fills("Public holidays of", "none")
    await stage.ben.fills("From", "8:00")
    await stage.ben.submits()
    await stage.ana.says("schedule every monday at 16:00 starting 30 Nov", way=Way.command)
    await almanac.becomes(26, 12, 55, month=11)
    stage.ben.hears()
    await almanac.becomes(26, 13, 1, month=11)  # Thursday at eight in New York: Friday is away
    assert not _hears(stage.ben, PREPARE.format("Ana"))
    await almanac.becomes(27, 14, 30, month=11)
    assert not _hears(stage.ben, PREPARE.format("Ana"))


@story("G5")
async def test_who_has_prepared_is_not_reminded_to(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every monday at 16:00 starting 30 Nov", way=Way.command)
    await almanac.becomes(24, 14, 0, month=11)
    await stage.ben.says("prepare", way=Way.command)
    await stage.ben.closes()
    stage.ben.hears()
    await almanac.becomes(25, 14, 1, month=11)
    assert stage.ben.hears() == []


@story("G4", "G5")
async def test_an_admin_settles_lead_times_for_all(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await _settings(stage.mia, "Reminders for everybody")
    await stage.mia.fills("How long before a 1-on-1 does its agenda come?", "30 minutes before")
    await stage.mia.fills("May people choose for themselves?", ["No, this holds for everybody"])
    await stage.mia.submits()
    await _settings(stage.ana, "Reminders")
    stage.ana.sees("settled for everybody by your people team")
    await stage.ana.closes()
    await stage.ana.says("schedule tomorrow at 15:00", way=Way.command)
    await almanac.becomes(24, 13, 29, month=11)
    stage.ana.hears()
    await almanac.becomes(24, 13, 30, month=11)
    assert _hears(stage.ana, "Your 1-on-1 with Ben: today, 15:00")


@story("G5")
async def test_hours_that_cannot_be_are_refused(stage: Stage) -> None:
    await together(stage)
    for field, value, said in (
        ("Until", "7:00", "Your day would end before it begins."),
        ("Public holidays of", "Atlantis", "I do not know that country."),
        ("From", "dawn", "I could not read that time of day."),
    ):
        await _settings(stage.ben, "Working hours")
        await stage.ben.fills(field, value)
        await stage.ben.submits()
        stage.ben.sees(said)
        assert stage.ben.entered(field) == value


@story("G3")
async def test_an_hour_that_shifts_is_told_to_whom_it_shifts_for(stage: Stage) -> None:
    """America changes its clocks on 14 March 2027, Europe on the 28th."""
    await together(stage)
    almanac = Almanac(stage)
    await stage.ana.says("schedule every tuesday at 15:00 starting 2 Mar", way=Way.command)
    await almanac.becomes(9, 15, month=3, year=2027)
    for one in (stage.ana, stage.ben):
        one.hears()
    await almanac.becomes(12, 15, month=3, year=2027)
    assert _hears(
        stage.ben,
        "Clocks change in only one of your zones: for you it is Tuesday, 10:00, not 09:00 like the one before.",
    )
    assert not _hears(stage.ana, "Clocks change")
