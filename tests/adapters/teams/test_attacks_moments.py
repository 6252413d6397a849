"""Hostile moments with every feature there is: at once, again, late, gone, locked, restarted."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.adapters.contract.beginnings import TALK_ABOUT, WHO_SEES, jotted, opened
from tests.adapters.contract.teams_stage import TeamsStage
from tests.adapters.teams.attacking import GONE, SECRET, sent, texts, to_platform


async def test_two_people_who_save_at_once_lose_nothing(stage: TeamsStage) -> None:
    await jotted(stage.ben, "Shared")
    for actor, other, words in ((stage.ana, "ben", "by Ana"), (stage.ben, "ana", "by Ben")):
        await opened(actor, other)
        await actor.presses("Open", near="Shared")
        await actor.presses("Edit")
        await actor.fills(TALK_ABOUT, f"{SECRET} {words}")
    await stage.ana.submits()
    await stage.ben.submits()
    assert await texts(stage) == [f"{SECRET} by Ana"]
    stage.ben.sees(f"{SECRET} by Ana", f"{SECRET} by Ben")


async def test_a_replayed_activity_is_stored_once(stage: TeamsStage) -> None:
    await stage.ben.says(f"add {SECRET}")
    again = sent(stage, stage.ben, "message")
    for _ in range(2):
        assert (await stage.ben.person.forge(again)).ok
    assert await texts(stage) == [SECRET]


async def test_a_dialog_survives_a_restart_in_the_middle(stage: TeamsStage) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, SECRET)
    await stage.restarts()
    await stage.ben.submits()
    assert await texts(stage) == [SECRET]
    stage.ben.sees(SECRET)


async def test_an_old_card_still_opens_its_dialog(stage: TeamsStage) -> None:
    await stage.ben.says("home")
    old = stage.ben.person.messages()[-1]
    for words in ("actions", "help", "home"):
        await stage.ben.says(words)
    await stage.restarts()
    await stage.ben.closes()
    stage.ben.person.looks_at(message=old.id)
    await stage.ben.presses("Open")
    stage.ben.sees("Only you and Ana can see this.")


async def test_a_form_about_something_that_is_gone_meanwhile_gives_the_words_back(stage: TeamsStage) -> None:
    await jotted(stage.ben, "Promotion case")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near="Promotion case")
    await stage.ana.presses("Comment")
    await stage.ana.fills("Comment", SECRET)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Open", near="Promotion case")
    await stage.ben.presses("Edit")
    await stage.ben.fills(WHO_SEES, "Only you")
    await stage.ben.submits()
    await stage.ana.submits()
    stage.ana.sees(GONE, SECRET)
    assert SECRET not in json.dumps(to_platform(stage))


async def test_a_database_that_another_process_holds_keeps_the_form_and_gives_back_the_words(
    stage: TeamsStage, sqlite_url: str
) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, SECRET)
    with held(Path(sqlite_url.removeprefix("sqlite:///"))):
        await stage.ben.submits()
        stage.ben.sees("busy right now")
        assert stage.ben.entered(TALK_ABOUT) == SECRET
        await stage.ana.says(f"add {SECRET}")
        stage.ana.sees("busy right now", f"You typed: add {SECRET}")
    assert await texts(stage) == []
    await stage.ben.submits()
    assert await texts(stage) == [SECRET]


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Somebody else writes, for as long as it takes."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
