"""Reminders keep to one's own days and hours, and come only where they are needed (G4, G5)."""

import pytest

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import in_settings, opened, scheduled, together
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

A_REMINDER = "Why this?"
DAYS = "On which days do you work?"
HOLIDAYS = "Public holidays of"
HOW_EARLY = "How early should you be reminded to prepare?"
BEFORE = "How long before a 1-on-1 does its agenda come?"
LOCK = "May people choose for themselves?"
FOR_REPORTS = "How early is who reports to the other reminded to prepare?"


@story("G5")
async def test_another_country_moves_what_is_planned_already(stage: Stage) -> None:
    """8 December is a holiday in Spain, and none in Germany."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "9 Dec at 15:00")
    await in_settings(stage.ana, "Working hours")
    assert stage.ana.entered(HOLIDAYS) == "ES"
    stage.ana.sees("A country or a part of it: DE, Germany, DE-BY. Now Spain.")
    await stage.ana.fills(HOLIDAYS, "Germany")
    await stage.ana.submits()
    await stage.ana.is_told("Saved. What is planned already follows.")
    await almanac.becomes(7, 8)
    heard_nothing_of(stage.ana, A_REMINDER)
    await in_settings(stage.ana, "Working hours")
    await stage.ana.fills(HOLIDAYS, "")
    await stage.ana.submits()
    await almanac.becomes(8, 8)
    heard(stage.ana, "Your 1-on-1 with Ben: tomorrow, 15:00")
    await in_settings(stage.ana, "Working hours")
    assert not stage.ana.entered(HOLIDAYS)
    stage.ana.does_not_see("Now ")


@pytest.mark.soak
@story("G5")
async def test_a_holiday_in_spain_is_none_to_prepare_on_in_madrid(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "9 Dec at 15:00")
    await almanac.becomes(7, 8)
    heard(stage.ana, "Your 1-on-1 with Ben: Wednesday, 15:00")


@story("G5")
async def test_the_days_of_the_week_are_ones_own(stage: Stage) -> None:
    """Ana works from Sunday to Thursday: one of her days before Sunday 6 December is the Thursday."""
    await together(stage)
    almanac = Almanac(stage)
    await in_settings(stage.ana, "Working hours")
    await stage.ana.fills(DAYS, [])
    await stage.ana.submits()
    stage.ana.sees("Please choose at least one.")
    await stage.ana.fills(DAYS, ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday"])
    await stage.ana.fills("From", "7:30")
    await stage.ana.submits()
    await scheduled(stage.ana, "ben", "6 Dec at 15:00")
    await almanac.becomes(3, 6, 29)
    heard_nothing_of(stage.ana, A_REMINDER)
    await almanac.becomes(3, 6, 30)
    heard(stage.ana, "Your 1-on-1 with Ben: Sunday, 15:00")


@story("G5")
async def test_who_is_not_away_after_all_is_reminded(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await in_settings(stage.ana, "Days away")
    await stage.ana.presses("Add days away")
    await stage.ana.fills("From", "monday")
    await stage.ana.fills("Until (the last day away)", "2 Dec")
    await stage.ana.submits()
    stage.ana.sees("Monday 30 Nov to Wednesday 2 Dec", "No reminder comes on these days.", "Only you can see this.")
    await scheduled(stage.ana, "ben", "2 Dec at 15:00")
    await almanac.becomes(27, 8, month=11)
    heard(stage.ana, "Your 1-on-1 with Ben: Wednesday, 15:00")
    await scheduled(stage.ana, "ben", "3 Dec at 15:00")
    await in_settings(stage.ana, "Days away")
    await stage.ana.presses("Remove", near="Wednesday")
    stage.ana.sees("You work on these days after all.")
    stage.ana.does_not_see("Wednesday")
    await almanac.becomes(2, 8)
    heard(stage.ana, "Your 1-on-1 with Ben: tomorrow, 15:00")


@story("G5")
async def test_days_away_that_cannot_be_are_refused_and_kept(stage: Stage) -> None:
    for first, last, said in (
        ("someday", "", "I could not read that date."),
        ("friday", "wednesday", "The end is before the beginning."),
        ("2026-11-20", "", "That day is over."),
        ("friday", "2028-01-01", "That is more than a year."),
    ):
        await in_settings(stage.ben, "Days away")
        await stage.ben.presses("Add days away")
        await stage.ben.fills("From", first)
        await stage.ben.fills("Until (the last day away)", last)
        await stage.ben.submits()
        stage.ben.sees(said)
        assert stage.ben.entered("From") == first
        assert (stage.ben.entered("Until (the last day away)") or "") == last


@story("G5", "G4")
async def test_while_both_look_at_their_1_on_1_nobody_needs_its_agenda(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "every weekday at 15:00")
    await almanac.becomes(24, 13, 47, month=11)
    for one in (stage.ana, stage.ben):
        one.hears()
    await opened(stage.ana, "ben")
    await opened(stage.ben, "ana")
    await almanac.becomes(24, 13, 50, month=11)
    heard_nothing_of(stage.ana, "today")
    heard_nothing_of(stage.ben, "today")
    await almanac.becomes(25, 13, 47, month=11)
    await opened(stage.ana, "ben")
    await almanac.becomes(25, 13, 50, month=11)
    heard(stage.ana, "Your 1-on-1 with Ben: today, 15:00")
    heard(stage.ben, "Your 1-on-1 with Ana: today, 09:00")


@story("G4")
async def test_how_early_is_ones_own_choice(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "4 Dec at 15:30")
    await in_settings(stage.ben, "Reminders")
    assert stage.ben.entered(HOW_EARLY) == "As your organization does"
    await stage.ben.fills(HOW_EARLY, "On the day itself")
    await stage.ben.fills(BEFORE, "5 minutes before")
    await stage.ben.submits()
    await in_settings(stage.ana, "Reminders")
    await stage.ana.fills(HOW_EARLY, "4 working days before")
    await stage.ana.fills(BEFORE, "60 minutes before")
    await stage.ana.submits()
    await almanac.becomes(30, 8, month=11)
    heard(stage.ana, "Your 1-on-1 with Ben: Friday, 15:30")
    await almanac.becomes(4, 13, 30)
    heard(stage.ana, "Your 1-on-1 with Ben: today, 15:30")
    heard_nothing_of(stage.ben, A_REMINDER)
    await almanac.becomes(4, 14)
    assert "Worth asking" in heard(stage.ben, "Your 1-on-1 with Ana: today, 09:30")
    await almanac.becomes(4, 14, 25)
    heard(stage.ben, "Your 1-on-1 with Ana: today, 09:30")


@story("G4", "N3")
async def test_what_an_admin_settles_holds_where_nobody_chose_and_for_all_when_locked(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await in_settings(stage.ben, "Reminders")
    await stage.ben.fills(BEFORE, "5 minutes before")
    await stage.ben.submits()
    await scheduled(stage.ana, "ben", "every tuesday at 15:00 starting 1 dec")
    await in_settings(stage.mia, "Reminders for everybody")
    stage.mia.sees("Everybody's reminders follow this. You see nobody's own settings.")
    await stage.mia.fills(FOR_REPORTS, "3 working days before")
    await stage.mia.fills(BEFORE, "30 minutes before")
    await stage.mia.submits()
    await stage.mia.is_told("Saved for everybody.")
    await stage.delivers()
    await almanac.becomes(25, 14, month=11)
    heard(stage.ben, "Your 1-on-1 with Ana: Tuesday, 09:00")
    await almanac.becomes(1, 13, 30)
    heard(stage.ana, "Nothing on the agenda.")
    heard_nothing_of(stage.ben, "today, 09:00")
    await almanac.becomes(1, 13, 55)
    heard(stage.ben, "Your 1-on-1 with Ana: today, 09:00")
    await in_settings(stage.mia, "Reminders for everybody")
    await stage.mia.fills(LOCK, ["No, this holds for everybody"])
    await stage.mia.submits()
    await stage.delivers()
    await in_settings(stage.ben, "Reminders")
    stage.ben.sees("How early reminders come was settled for everybody by your people team.")
    stage.ben.does_not_see(BEFORE, HOW_EARLY)
    await almanac.becomes(8, 13, 30)
    heard(stage.ben, "Nothing on the agenda.")


@story("G4", "N3")
async def test_only_an_admin_settles_it_for_everybody(stage: Stage) -> None:
    await together(stage)
    await stage.mia.says("settings", way=Way.command)
    await stage.ben.says("home", way=Way.command)
    await stage.ben.presses_as(stage.mia, "Reminders for everybody")
    stage.ben.sees("Only an admin can do this.")
