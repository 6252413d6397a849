"""One's own calendar shows when and where one meets, and nothing of what is talked about (G8)."""

import re

import aiohttp
from icalendar import Calendar

from tests.adapters.contract.beginnings import jotted, opened, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

ADDRESS = re.compile(r"https?://\S+\.ics")


async def _linked(one: Actor) -> str:
    """Somebody makes themselves a link; its address."""
    await one.closes()
    await one.says("calendar", way=Way.command)
    await one.presses("Make my calendar link")
    [address, *_] = ADDRESS.findall(one.reads)
    return str(address)


async def _read(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def _events(address: str) -> dict[str, str]:
    """When each meeting begins, and whether it takes place."""
    status, text = await _read(address)
    assert status == 200
    found = Calendar.from_ical(text).walk("VEVENT")
    return {f"{each.decoded('DTSTART'):%Y-%m-%d %H:%M}": str(each["STATUS"]) for each in found}


@story("G8")
async def test_a_calendar_shows_times_and_places_only(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ana.says("schedule every tuesday at 15:00", way=way)
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Schedule")
    await stage.ana.presses("Change")
    await stage.ana.fills("Where? A room, or a link", "Room 4")
    await stage.ana.submits()
    address = await _linked(stage.ana)
    _, text = await _read(address)
    assert "LOCATION:Room 4" in text
    assert "SUMMARY:1-on-1 with Ben" in text
    assert "Promotion" not in text
    events = await _events(address)
    assert len(events) == 52
    assert events["2026-11-24 14:00"] == "CONFIRMED"


@story("G8", "G2")
async def test_what_is_moved_and_skipped_is_so_in_the_calendar(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("schedule every tuesday at 15:00", way=Way.command)
    address = await _linked(stage.ben)
    await stage.ana.says("move wednesday 10:00", way=Way.command)
    events = await _events(address)
    assert "2026-11-24 14:00" not in events
    assert events["2026-11-25 09:00"] == "CONFIRMED"
    await stage.ana.says("skip", way=Way.command)
    await stage.ana.fills("What instead?", "Skip it this time")
    await stage.ana.submits()
    assert (await _events(address))["2026-11-25 09:00"] == "CANCELLED"


@story("G8")
async def test_a_new_link_ends_the_old_one(stage: Stage) -> None:
    await together(stage)
    old = await _linked(stage.ana)
    assert (await _read(old))[0] == 200
    await stage.ana.presses("Make a new link")
    stage.ana.sees("The old one no longer works.")
    [new, *_] = ADDRESS.findall(stage.ana.reads)
    assert ((await _read(old))[0], (await _read(new))[0]) == (404, 200)


@story("G8")
async def test_a_meeting_is_a_file_too(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("schedule every tuesday at 15:00", way=Way.command)
    address = await _linked(stage.ana)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Schedule")
    stage.ana.sees("The next one as a file for my calendar")
    status, _ = await _read(f"{address.removesuffix('.ics')}/{'x' * 22}.ics")
    assert status == 404
