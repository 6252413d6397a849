"""What a calendar reads by somebody's secret link (G8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from icalendar import Calendar

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import added, jotted, scheduled, together, with_cleo_too, with_schedule
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

TUESDAYS = "every tuesday at 15:00"
OPEN = "Open it"
FILE = "The next one as a file for my calendar"


async def _linked(one: Actor, *, way: Way = Way.command) -> str:
    """Someone makes a link; where it leads."""
    await one.closes()
    await one.says("calendar", way=way)
    await one.presses("Make my calendar link")
    return one.address_of(OPEN)


async def _events(address: str) -> list[Any]:
    """What is read there, by time."""
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        events = Calendar.from_ical(await answer.read()).walk("VEVENT")
    return sorted(events, key=lambda event: event["DTSTART"].dt)


@story("G8")
async def test_settings_and_words_lead_to_the_link(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("settings", way=way)
    await stage.ben.presses("My calendar")
    stage.ben.sees("with times and places only", "Only you can see this.")
    address = await _linked(stage.ben, way=way)
    stage.ben.sees("Your calendar has an address now.", address, "keep it to yourself")
    assert await _events(address) == []


@story("G8")
async def test_each_calendar_has_ones_own_meetings_without_what_they_are_about(stage: Stage) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await scheduled(stage.ana, "cleo", "wednesday 10:00")
    await jotted(stage.ben, "Promotion case")
    await added(stage.ana, "ben", "Only mine", visibility="Only you")
    mine, theirs = await _events(await _linked(stage.ana)), await _events(await _linked(stage.ben))
    first, second = mine[:2]
    assert (first["SUMMARY"], second["SUMMARY"]) == ("1-on-1 with Ben", "1-on-1 with Cleo")
    assert first["DTSTART"].dt == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=30)
    assert {str(event["SUMMARY"]) for event in theirs} == {"1-on-1 with Ana"}
    assert not [event for event in (*mine, *theirs) if "Promotion" in str(event) or "Only mine" in str(event)]


@story("G8", "G2")
async def test_what_was_stays_in_the_calendar_and_what_is_ended_goes(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    address = await _linked(stage.ben)
    await Almanac(stage).becomes(24, 15, month=11)
    await with_schedule(stage.ana, "ben")
    await stage.ana.presses("End")
    held, *ended = await _events(address)
    assert held["DTSTART"].dt == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert held["STATUS"] == "CONFIRMED"
    assert {str(event["STATUS"]) for event in ended} <= {"CANCELLED"}


@story("G8")
async def test_the_next_meeting_is_a_file_with_the_same_name(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    await with_schedule(stage.ana, "ben")
    stage.ana.does_not_see(FILE)
    address = await _linked(stage.ana)
    await with_schedule(stage.ana, "ben")
    [event] = await _events(stage.ana.address_of(FILE))
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert event["UID"] == (await _events(address))[0]["UID"]


@story("G8", "O6")
async def test_a_discreet_calendar_leaves_out_the_name(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", TUESDAYS)
    address = await _linked(stage.ben)
    await stage.ben.says("settings", way=Way.command)
    await stage.ben.presses("Reminders")
    await stage.ben.fills("What may messages show?", ["Counts and a button only"])
    await stage.ben.submits()
    assert {str(event["SUMMARY"]) for event in await _events(address)} == {"1-on-1"}
