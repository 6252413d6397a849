"""What was done before there was a usage report is found in the older rows, as if it had been written down then."""

from datetime import datetime

import pytest
from sqlalchemy import select, text

from bot.model.usage import Deed
from storage.database import Database, migrate
from storage.store import Store
from storage.tables.usage import DeedRow
from tests.bot.desk import Desk, desk_on, paired
from tests.bot.pairs import planner
from tests.bot.test_agenda import items
from tests.storage.world import KEY

BEFORE = "0007"
TOLD_BY = ("organization", "person", "conversation", "agenda_item", "note", "check_in", "action_item", "meeting")
"""The tables that tell of deeds, after those that they refer to."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> tuple[str, str]:
    """One of this release, and an empty one of the same kind."""
    kind = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return str(request.getfixturevalue(kind)), str(request.getfixturevalue(f"empty_{kind}"))


async def test_an_upgrade_finds_what_had_been_done(databases: tuple[str, str]) -> None:
    now, earlier = databases
    store = Store(now, (KEY,))
    desk = await desk_on(store)
    undone, copied = await _weeks_of(desk)
    await store.close()
    await _as_it_was(now, earlier)
    await migrate(earlier)
    there, found = await _deeds(now), await _deeds(earlier)
    assert {deed for deed, _ in there} == {deed.value for deed in Deed}
    assert there - found == {(Deed.discussed.value, undone), (Deed.closed.value, undone)}
    assert found - there == {(Deed.added.value, copied)}  # when it was discussed: they were active then anyway


async def _weeks_of(desk: Desk) -> tuple[datetime, datetime]:
    """All that two can do; when they did what they undid, and when something came back that repeats."""
    ana, ben, clock = desk.ana, desk.ben, desk.clock
    await paired(desk)
    for words in ("Course budget", "Parking", "Promotion case"):
        clock.advance(minutes=1)
        await ana.says(f"add {words}")
    await ana.says("add")
    await ana.submits(text="How are you", repeat="every_meeting")
    clock.advance(minutes=1)
    await ana.presses("Discussed", near="Parking")
    for kind in ("private", "shared"):
        clock.advance(minutes=1)
        await ben.says("note")
        await ben.submits(text=f"A {kind} one", kind=kind)
    await _checks_in(desk)
    copied = await _meet_and_wrap_up(desk)
    return await _undo(desk), copied


async def _checks_in(desk: Desk) -> None:
    for mood in ("7", "5"):
        desk.clock.advance(hours=1)
        await desk.ben.says("check in")
        await desk.ben.submits(mood=mood)


async def _meet_and_wrap_up(desk: Desk) -> datetime:
    """It ends by itself, and Ana wraps it up on the next day."""
    await desk.ana.says("meet")
    desk.clock.advance(days=1)
    await planner(desk).tick()
    await desk.ana.says("wrap up")
    repeating = next(item.id for item in await items(desk) if item.repeat.value != "never")
    await desk.ana.submits(note="She agreed", promise0="Ask finance", discussed0=(repeating,))
    at = desk.clock()
    for button in ("Done", "Drop"):
        desk.clock.advance(hours=1)
        await desk.ben.says("action")
        await desk.ben.submits(text=f"To be {button}")
        desk.clock.advance(hours=1)
        await desk.ben.presses(button)
    return at


async def _undo(desk: Desk) -> datetime:
    desk.clock.advance(days=1)
    await desk.ben.says("actions")
    await desk.ana.says("ben")
    await desk.ana.presses("Discussed", near="Course budget")
    await desk.ana.presses("Undo")
    await desk.ana.says("actions")
    await desk.ana.presses("Done", near="Ask finance")
    await desk.ana.presses("Undo")
    return desk.clock()


async def _as_it_was(now: str, earlier: str) -> None:
    """Let an empty database have what this one has, in the tables of the release before."""
    await migrate(earlier, BEFORE)
    source, target = Database(now), Database(earlier)
    async with source.read() as reading, target.write() as writing:
        for table in TOLD_BY:
            columns = (await writing.execute(text(f"SELECT * FROM {table}"))).keys()
            rows = await reading.execute(text(f"SELECT {', '.join(columns)} FROM {table}"))
            places = ", ".join(f":{column}" for column in columns)
            insert = text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})")
            for row in rows.mappings():
                await writing.execute(insert, {**row})
    await source.close()
    await target.close()


async def _deeds(url: str) -> set[tuple[str, datetime]]:
    database, deed = Database(url), DeedRow.table().c
    async with database.read() as connection:
        found = {(row.deed, row.at) for row in await connection.execute(select(deed.deed, deed.at))}
    await database.close()
    return found
