"""Teams fails, or the database is busy: nothing is lost, and the person knows where that is possible."""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.playground.teams_payloads import message
from bot.views import Notice
from tests.adapters.teams.conftest import ANA, GENERAL, Office

PATIENCE = 5.0


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process writes, and does not end."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_a_busy_database_keeps_the_form_open_with_its_text(office: Office, database: Path) -> None:
    await office.settled(await office.ana.says("add"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "Promotion case")
    with locked(database):
        answer = await office.ana.submit()
    await office.settled(answer)
    assert answer.seconds < PATIENCE
    assert "busy right now" in office.ana.reads()
    assert await office.kept() == []
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["Promotion case"]


async def test_a_busy_database_gives_the_words_back(office: Office, database: Path) -> None:
    with locked(database):
        answer = await office.ana.says("meet tomorrow")
    await office.settled(answer)
    assert answer.seconds < PATIENCE
    assert "busy right now" in office.ana.reads()
    assert "You typed: meet tomorrow" in office.ana.reads()


async def test_a_busy_database_answers_a_press_with_a_notice(office: Office, database: Path) -> None:
    await office.settled(await office.ana.says("actions"))
    with locked(database):
        answer = await office.ana.press("Count")
        await office.settled(answer)
    assert answer.seconds < PATIENCE
    assert "busy right now" in office.ana.reads()
    assert await office.kept() == []


async def test_a_chat_that_cannot_be_stored_now_is_stored_with_the_next_input(
    newcomers: Office, database: Path
) -> None:
    await newcomers.settled(await newcomers.ana.mentions_bot("actions", channel=GENERAL.id))
    newcomers.teams.world.install(ANA.id)
    with locked(database):
        await newcomers.ana.says("actions")
        await newcomers.shown()
    assert await newcomers.chat(ANA.id) is None
    await newcomers.settled(await newcomers.ana.says("actions"))
    assert await newcomers.chat(ANA.id) is not None


async def test_many_people_at_once_are_all_answered_in_time(office: Office) -> None:
    said = [office.ana.writes("meet", conversation=office.ana.chat or "") for _ in range(40)]
    world = office.teams.world
    answers = await asyncio.gather(*(office.ana.forge(message(world, ANA, each)) for each in said))
    assert max(answer.seconds for answer in answers) < PATIENCE
    assert await office.kept() == ["counted"] * 40


@pytest.mark.parametrize("kind", ["rate_limited", "server_error", "html_502", "accept_then_drop"])
async def test_what_was_stored_stays_when_teams_does_not_show_it(office: Office, kind: str) -> None:
    await office.settled(await office.ana.says("actions"))
    office.teams.world.faults.add("update", kind)
    await office.ana.press("Count")
    await office.shown()
    assert await office.kept() == ["counted"]
    assert "1 kept" in office.ana.reads()


async def test_a_card_of_a_form_that_cannot_be_put_in_its_place_is_a_new_message(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    card = office.ana.messages()[-1]
    await office.settled(await office.ana.press("Form card"))
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    office.teams.world.faults.add("update", "api_error", error="ActivityNotFoundInConversation")
    await office.ana.submit()
    await office.shown()
    assert office.ana.messages()[-1].id != card.id
    assert "1 kept" in office.ana.reads()


async def test_nothing_is_sent_to_teams_twice(office: Office) -> None:
    before = len(office.teams.world.wire.calls("reply"))
    office.teams.world.faults.add("reply", "accept_then_drop")
    await office.ana.says("actions")
    await office.shown()
    assert len(office.teams.world.wire.calls("reply")) == before + 1


async def test_an_answer_that_cannot_be_shown_is_logged_by_its_code(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    office.ana.blocks()
    await office.ana.says("actions")
    await office.shown()
    (record,) = [each for each in caplog.records if each.getMessage() == "not shown"]
    assert (record.during, record.code) == ("message", "MessageWritesBlocked")  # type: ignore[attr-defined]


async def test_a_crash_is_answered_so_that_teams_sends_again(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours outside the engine, which would have made a sentence of it."""
    teams = office.service.teams
    assert teams is not None

    def breaks(*_: object) -> None:
        raise RuntimeError("people's words")

    with monkeypatch.context() as broken:
        broken.setattr(teams.directory, "saw", breaks)
        answer = await office.ana.says("meet")
        assert answer.status == 500
    await office.settled(await office.ana.forge(office.sent("message")))
    assert await office.kept() == ["counted"]
    assert "people's words" not in caplog.text


async def test_what_takes_too_long_is_answered_in_time_and_still_done_once(office: Office) -> None:
    teams = office.service.teams
    assert teams is not None
    hasty = replace(teams.asking, patience=0.0)
    given = hasty.input(ANA.id, "key")
    first = await hasty.press(given, "Count")
    assert isinstance(first, Notice)
    assert "cannot say yet whether it was saved" in first.text
    await office.settled()
    await teams.asking.press(given, "Count")
    assert await office.kept() == ["counted"]
