"""The usage report comes to admins who asked for it, once a month, by the same delivery as every reminder (M5)."""

from adapters.clock import new_id
from bot.model.usage import EVERYBODY
from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import in_settings
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.reporting import Served
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story
from tests.adapters.contract.test_people import looked_up
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, add_department, add_week, shown

KINDS = "Of what should I remind you?"
REPORT = "The usage report, once a month"
SEND = "Send it monthly"
SHARE = "Active 1-on-1s: 60 to 80 %"


async def counted(stage: Stage) -> None:
    """A whole month was counted by the end of November: more is active than before, but Support drifts."""
    assert isinstance(stage, Served)
    store = stage.service.store
    organization = await store.organization(name="", new_id=new_id)
    support = await add_department(store, organization, "Support")
    await add_week(store, organization, {EVERYBODY: shown(active=MIDDLE), support: shown(40, active=HIGH)}, ago=3)
    now = {EVERYBODY: shown(active=HIGH), support: shown(40, 4, active=LOW, drifting=MIDDLE)}
    await add_week(store, organization, now, ago=-1)


async def asked_for(one: Actor, *, wanted: bool = True) -> None:
    """An admin ticks it among the reminders, or takes the tick away."""
    await in_settings(one, "Reminders")
    kinds = [each for each in one.entered(KINDS) or [] if each != REPORT]
    await one.fills(KINDS, [*kinds, REPORT] if wanted else kinds)
    await one.submits()
    await one.closes()


async def _it_has_come(stage: Stage) -> Almanac:
    """It is Tuesday, 1 December, nine in the morning in Berlin, and Mia has it before her."""
    await counted(stage)
    await asked_for(stage.mia)
    almanac = Almanac(stage)
    await almanac.becomes(1, 7, 59)
    heard_nothing_of(stage.mia, SHARE)
    await almanac.becomes(1, 8)
    heard(stage.mia, SHARE)
    return almanac


@story("M5", "G5")
async def test_an_admin_who_wants_it_gets_it_on_the_first_working_day_of_each_month(stage: Stage) -> None:
    almanac = await _it_has_come(stage)
    heard_nothing_of(stage.ana, SHARE)
    stage.mia.sees("Usage report", "up from 40 to 60 %", "Met their manager in the last 30 days: 40 to 60 %")
    stage.mia.sees("Active: one of the two")
    await stage.restarts()
    await almanac.becomes(20, 9)
    heard_nothing_of(stage.mia, "Usage report")
    await almanac.becomes(4, 7, 59, month=1, year=2027)
    heard_nothing_of(stage.mia, "Usage report")
    await almanac.becomes(4, 8, month=1, year=2027)
    heard(stage.mia, "Usage report")


@story("M5")
async def test_it_tells_what_changed_and_leads_to_the_department_that_drifts(stage: Stage) -> None:
    await _it_has_come(stage)
    stage.mia.sees("More or fewer active 1-on-1s", "down from 60 to 80 %")
    stage.mia.sees("Where many have not met", "No meeting for four weeks: 40 to 60 %")
    await stage.mia.presses("Open", near="Where many have not met")
    stage.mia.sees("Support", "No meeting for four weeks: 40 to 60 %")
    await stage.mia.closes()
    await stage.mia.presses("Open", near="Active: one of the two")
    stage.mia.sees(SHARE, "100 1-on-1s")


@story("M5", "G6")
async def test_it_says_why_it_came_is_put_off_and_turned_down(stage: Stage) -> None:
    almanac = await _it_has_come(stage)
    await stage.mia.presses("Why this?")
    stage.mia.sees("You are an admin and asked for it.", "Whether it comes at all is yours to choose.")
    await stage.mia.closes()
    await stage.mia.presses("Snooze")
    stage.mia.sees("I will come back to it today, 12:00.", SHARE)
    stage.mia.hears()
    await almanac.becomes(1, 11, 1)
    heard(stage.mia, SHARE)
    await stage.mia.presses("Fewer of these")
    stage.mia.sees(f"No more of these: {REPORT}.")
    await almanac.becomes(4, 8, month=1, year=2027)
    heard_nothing_of(stage.mia, "Usage report")
    await stage.mia.presses("Undo")
    stage.mia.sees("You get these as before.")
    await almanac.becomes(1, 8, month=2, year=2027)
    heard(stage.mia, "Usage report")


@story("M5")
async def test_it_stops_when_the_tick_is_taken_away_and_what_was_put_off_too(stage: Stage) -> None:
    almanac = await _it_has_come(stage)
    await stage.mia.closes()
    await stage.mia.presses("Snooze")
    await asked_for(stage.mia, wanted=False)
    stage.mia.hears()
    await almanac.becomes(1, 11, 1)
    heard_nothing_of(stage.mia, "Usage report")
    await almanac.becomes(4, 8, month=1, year=2027)
    heard_nothing_of(stage.mia, "Usage report")


@story("M5", "N3")
async def test_only_admins_are_offered_it(stage: Stage) -> None:
    await _it_has_come(stage)
    await in_settings(stage.ben, "Reminders")
    stage.ben.does_not_see(REPORT)
    await stage.ben.goes_home()
    await stage.ben.presses_as(stage.mia, "Snooze")
    stage.ben.sees("This does not exist, or it is not yours to see.")
    await stage.mia.presses("Fewer of these")
    await stage.ben.goes_home()
    await stage.ben.presses_as(stage.mia, "Undo")
    stage.ben.sees("Only an admin can do this.")


@story("M5", "N3")
async def test_an_admin_asks_for_it_on_the_report_itself(stage: Stage) -> None:
    await counted(stage)
    await stage.ben.says("report", way=Way.command)
    assert SEND not in stage.ben.buttons
    await stage.mia.says("report", way=Way.command)
    await stage.ben.presses_as(stage.mia, SEND)
    stage.ben.sees("Only an admin can do this.")
    await stage.mia.presses(SEND)
    stage.mia.sees("It comes on the first working day of each month.")
    assert SEND not in stage.mia.buttons
    await stage.mia.presses("Undo")
    stage.mia.sees(f"No more of these: {REPORT}.")
    await stage.mia.presses(SEND)
    await stage.mia.does_again()
    stage.mia.hears()
    await Almanac(stage).becomes(1, 8)
    heard(stage.mia, SHARE)


@story("M5", "N3")
async def test_who_is_no_admin_any_more_gets_it_no_longer(stage: Stage) -> None:
    await counted(stage)
    await looked_up(stage.mia, "ana")
    await stage.mia.presses("Name as admin")
    await asked_for(stage.ana)
    almanac = Almanac(stage)
    await almanac.becomes(1, 8)
    heard(stage.ana, SHARE)
    await stage.mia.presses("No longer an admin")
    await almanac.becomes(4, 8, month=1, year=2027)
    heard_nothing_of(stage.ana, "Usage report")
