"""Slack fails, or the database is busy: nothing is lost, and the person knows where that is possible."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.views import Notice
from tests.adapters.slack.conftest import Office

PATIENCE = 3.0


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


async def shown_in_the_end(office: Office) -> None:
    """Like ``settled``, where Slack refused something on purpose."""
    assert office.service.slack is not None
    await office.service.slack.tasks.settle()


async def test_a_busy_database_keeps_the_form_open_with_its_text(office: Office, database: Path) -> None:
    await office.settled(await office.ana.command("/oneonone", "add"))
    await office.ana.fill("Your text", "Promotion case")
    with locked(database):
        answer = await office.ana.submit()
    await office.settled(answer)
    assert answer.seconds < PATIENCE
    assert "busy right now" in office.ana.reads()
    assert await office.kept() == []
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["Promotion case"]


async def test_a_busy_database_gives_a_command_back_to_who_typed_it(office: Office, database: Path) -> None:
    with locked(database):
        answer = await office.ana.command("/oneonone", "meet tomorrow")
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


async def test_many_people_at_once_are_all_answered_in_time(office: Office) -> None:
    answers = await asyncio.gather(*(office.ana.command("/oneonone", "meet") for _ in range(40)))
    assert max(answer.seconds for answer in answers) < PATIENCE
    assert await office.kept() == ["counted"] * 40


@pytest.mark.parametrize("kind", ["rate_limited", "server_error", "html_502", "drop", "fatal_error"])
async def test_a_window_that_slack_does_not_open_is_explained(office: Office, kind: str) -> None:
    office.slack.world.faults.add("views.open", kind)
    await office.ana.command("/oneonone", "add")
    await shown_in_the_end(office)
    assert office.ana.modal is None
    assert "The window could not be opened" in office.ana.reads()


async def test_a_trigger_that_came_too_late_is_explained(office: Office) -> None:
    office.slack.world.faults.add("views.open", "api_error", error="expired_trigger_id")
    await office.settled(await office.ana.says("actions"))
    await office.ana.press("Page one")
    await shown_in_the_end(office)
    assert "The window could not be opened" in office.ana.reads()


@pytest.mark.parametrize("kind", ["rate_limited", "server_error", "accept_then_drop"])
async def test_what_was_stored_stays_when_slack_does_not_show_it(office: Office, kind: str) -> None:
    await office.settled(await office.ana.says("actions"))
    office.slack.world.faults.add("chat.update", kind)
    await office.ana.press("Count")
    await shown_in_the_end(office)
    assert await office.kept() == ["counted"]
    assert "1 kept" in office.ana.reads()


async def test_a_message_that_was_deleted_is_shown_anew(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    card = office.ana.messages()[-1]
    office.slack.world.faults.add("chat.update", "api_error", error="message_not_found")
    await office.ana.press("Count")
    await shown_in_the_end(office)
    assert office.ana.messages()[-1].ts != card.ts
    assert "1 kept" in office.ana.reads(office.ana.messages()[-1])


async def test_an_answer_link_that_no_longer_works_becomes_a_message(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    office.slack.world.faults.add("response_url", "server_error")
    await office.ana.press("Say")
    await shown_in_the_end(office)
    said = office.ana.messages()[-1]
    assert not said.is_ephemeral
    assert "A word to you" in office.ana.reads(said)


async def test_a_refresh_that_fails_does_not_fail_the_deed(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    await office.settled(await office.ana.press("Form notice"))
    await office.ana.fill("Your text", "Promotion case")
    office.slack.world.faults.add("views.publish", "server_error")
    answer = await office.ana.submit()
    await shown_in_the_end(office)
    assert answer.ok
    assert await office.kept() == ["Promotion case"]
    assert "Kept: Promotion case" in office.ana.reads(office.ana.messages()[-1])


async def test_nothing_is_sent_to_slack_twice(office: Office) -> None:
    office.slack.world.faults.add("chat.postMessage", "accept_then_drop")
    await office.ana.says("actions")
    await shown_in_the_end(office)
    assert len(office.slack.world.wire.calls("chat.postMessage")) == 1


async def test_a_mention_where_the_bot_cannot_answer_is_answered_in_the_direct_messages(office: Office) -> None:
    office.slack.world.faults.add("chat.postEphemeral", "api_error", error="not_in_channel")
    await office.ana.mentions_bot("actions", channel="general")
    await shown_in_the_end(office)
    assert office.ana.messages()[-1].text == "A card for you"


async def test_what_takes_too_long_is_answered_in_time_and_still_done_once(office: Office) -> None:
    slack = office.service.slack
    assert slack is not None
    hasty = replace(slack.asking, patience=0.0)
    given = hasty.input("U0ANA", "key")
    first = await hasty.press(given, "Count")
    assert isinstance(first, Notice)
    assert "cannot say yet whether it was saved" in first.text
    await office.settled()
    await slack.asking.press(given, "Count")
    assert await office.kept() == ["counted"]
