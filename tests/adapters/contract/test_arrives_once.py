"""A message arrives once, whatever a platform does to it on its way; and who did not get one can see that (G4, A8)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, scheduled, together
from tests.adapters.contract.hearing import heard
from tests.adapters.contract.stage import Failure, Stage
from tests.adapters.contract.story import story

SOON = "Your 1-on-1 with"
NEWS = "Ana added 1 item"
A_WHILE = timedelta(seconds=40)
A_DAY = timedelta(days=1)
SIX_HOURS = timedelta(hours=6)
DID_NOT = "1 message to you in the last 7 days did not arrive"
PERHAPS_NOT = "1 message to you in the last 7 days may not have arrived"


async def _before_the_meeting(stage: Stage, failure: Failure) -> None:
    """Ten minutes before a meeting both are reminded; the first message comes to this."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "tomorrow at 15:00")
    await almanac.becomes(24, 13, 49, month=11)
    stage.ana.hears()
    stage.ben.hears()
    stage.fails(failure)
    await almanac.becomes(24, 13, 50, month=11)


def _reminders(stage: Stage) -> list[int]:
    return [sum(SOON in each for each in one.hears()) for one in (stage.ana, stage.ben)]


@story("G4")
async def test_a_reminder_that_was_lost_on_its_way_arrives_after_all_and_once(stage: Stage) -> None:
    await _before_the_meeting(stage, Failure.lost)
    assert sorted(_reminders(stage)) == [0, 1]
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    assert sorted(_reminders(stage)) == [0, 1]
    for _ in range(3):
        stage.clock.advance(A_WHILE)
        await stage.delivers()
    assert _reminders(stage) == [0, 0]
    for one in (stage.ana, stage.ben):
        await one.goes_home()
        one.does_not_see("did not arrive", "may not have arrived")


@story("G4")
async def test_a_reminder_that_the_platform_had_no_room_for_comes_a_little_later(stage: Stage) -> None:
    await _before_the_meeting(stage, Failure.busy)
    assert sum(_reminders(stage)) == 1
    stage.clock.advance(A_WHILE)
    await stage.delivers()
    assert sum(_reminders(stage)) == 1


@story("G4")
async def test_who_did_not_get_a_reminder_can_see_that(stage: Stage) -> None:
    await _before_the_meeting(stage, Failure.refused)
    reminded = list(zip((stage.ana, stage.ben), _reminders(stage), strict=True))
    for one, times in reminded:
        await one.goes_home()
        (one.does_not_see if times else one.sees)(DID_NOT)
    stage.clock.advance(8 * A_DAY)
    await stage.delivers()
    for one, _ in reminded:
        await one.goes_home()
        one.does_not_see(DID_NOT)


@story("A8")
async def test_news_whose_arrival_was_not_confirmed_is_not_told_twice(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ana, "Promotion case")
    stage.clock.advance(SIX_HOURS)
    stage.fails(Failure.unconfirmed)
    await stage.delivers()
    heard(stage.ben, NEWS)
    for _ in range(3):
        stage.clock.advance(A_WHILE)
        await stage.delivers()
    assert not [each for each in stage.ben.hears() if NEWS in each]
