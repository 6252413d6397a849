"""What hostile people and hostile moments lead to with every feature there is: what is seen, stored and logged."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from adapters.playground.slack_people import Json
from adapters.playground.wire import Direction
from tests.adapters.contract.beginnings import TALK_ABOUT, jotted, opened, together
from tests.adapters.contract.slack_stage import SlackStage, slack_stage
from tests.adapters.contract.stage import Way
from tests.proofs.logs import Lines, all_lines
from tests.stateful.snapshot import Snapshot, audit_of, snapshot

GONE = "This does not exist, or it is not yours to see."
SECRET = "canary-of-this-file"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def lines() -> Iterator[Lines]:
    with all_lines() as found:
        yield found


@pytest.fixture
async def stage(sqlite_url: str, lines: Lines) -> AsyncIterator[SlackStage]:
    """Ana and Ben have a 1-on-1; Cleo is nobody in it."""
    async with slack_stage(sqlite_url) as staged:
        await together(staged)
        yield staged
    assert lines.holding(SECRET) == []
    assert lines.failed == []


async def stored(stage: SlackStage) -> Snapshot:
    return await snapshot(stage.service.store, stage.service.organization)


async def texts(stage: SlackStage) -> list[str]:
    return [item.text for item in (await stored(stage)).item.values()]


async def writes_item(stage: SlackStage, text: str, *, forced: bool = False) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, text)
    await stage.ben.submits(forced=forced)


async def test_an_outsider_who_forges_ids_sees_and_changes_nothing_and_it_is_on_record(stage: SlackStage) -> None:
    await jotted(stage.ben, SECRET)
    await opened(stage.ben, "ana")
    before = await stored(stage)
    await stage.cleo.says("home", way=Way.command)
    for label in ("Open", "Discussed", "Add item", "We meet now", "Archive"):
        await stage.cleo.says("home", way=Way.command)
        await stage.cleo.presses_as(stage.ben, label)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere(SECRET)
    after = await stored(stage)
    assert (after.item, after.meeting, after.seat) == (before.item, before.meeting, before.seat)
    refused = [entry for entry in await audit_of(stage.service.store, stage.service.organization) if entry.subject]
    assert {"DiscussItem", "StartMeeting", "ArchiveConversation"} <= {
        entry.action for entry in refused if entry.result.value == "refused"
    }


async def test_a_form_sent_with_another_pairs_id_keeps_its_text_and_stores_nothing(stage: SlackStage) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    forged = json.loads(stage.ben.person.modal.payload["private_metadata"])["s"]  # type: ignore[union-attr]
    await stage.cleo.says("ask", way=Way.command)
    await stage.cleo.fills("Your question", SECRET)
    alter_submit(stage, "U0CLEO", forged)
    await stage.cleo.submits()
    stage.cleo.sees(GONE)
    assert stage.cleo.entered("Your question") == SECRET
    assert await texts(stage) == []


def alter_submit(stage: SlackStage, user: str, packed: str) -> None:
    """What the top modal of this person submits is another action now, as only an attacker can do."""
    (top,) = stage.slack.world.modals[user]
    frame = {**json.loads(top.payload["private_metadata"]), "s": packed}
    top.payload["private_metadata"] = json.dumps(frame)


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET} <!channel> <@U0MIA> & *bold* `code` <https://evil.example|here>",
        f"{SECRET} 👩‍👩‍👧‍👦 🏳️‍🌈 é ñ 漢字",
        f"{SECRET} مرحبا שלום \u202eright to left\u202c",
        f"{SECRET}\n\n> quoted\n- list",
    ],
)
async def test_what_people_write_is_shown_and_stored_as_it_is(stage: SlackStage, text: str) -> None:
    await writes_item(stage, text)
    (kept,) = await texts(stage)
    assert kept == text.replace("<@U0MIA>", "@Mia Brandt")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near=SECRET)
    stage.ana.sees(kept)
    stage.cleo.sees_nowhere(SECRET)
    assert not [each for each in sent_markup(stage) if SECRET in each]


def sent_markup(stage: SlackStage) -> Iterator[str]:
    """Every text that the bot sent for Slack to read as markup."""
    for exchange in stage.slack.world.wire.exchanges:
        if exchange.direction is Direction.TO_PLATFORM:
            yield str(exchange.body.get("text", ""))
            yield from markup(exchange.body)


def markup(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        node = list(node.values())
    for each in node if isinstance(node, list) else ():
        yield from markup(each)


async def test_a_null_is_left_out(stage: SlackStage) -> None:
    await writes_item(stage, f"{SECRET}\x00!")
    assert await texts(stage) == [f"{SECRET}!"]


async def test_too_much_is_refused_with_the_text_still_there(stage: SlackStage) -> None:
    long = SECRET.ljust(3001, "x")
    await writes_item(stage, long, forced=True)
    stage.ben.sees("That is 3001 characters; at most 3000 fit.")
    assert stage.ben.entered(TALK_ABOUT) == long
    assert await texts(stage) == []


async def test_a_replayed_body_is_stored_once(stage: SlackStage) -> None:
    body = urlencode(command(f"add {SECRET}"))
    headers = {"Content-Type": FORM, **stage.slack.signed(body)}
    for _ in range(2):
        assert (await stage.ben.person.raw(body, headers)).status == 200
    assert await texts(stage) == [SECRET]


@pytest.mark.parametrize(("secret", "age"), [("wrong", 0), (None, 301), (None, -301)])
async def test_what_is_badly_signed_or_old_is_turned_away_unread(
    stage: SlackStage, secret: str | None, age: int
) -> None:
    body = urlencode(command(f"add {SECRET}"))
    at = int(stage.slack.line.real_now().timestamp()) - age
    signed = stage.slack.signed(body, timestamp=at, secret=secret)
    answer = await stage.ben.person.raw(body, {"Content-Type": FORM, **signed})
    assert answer.status == 401
    assert await texts(stage) == []


@pytest.mark.parametrize("body", [SECRET, f"payload={SECRET}", json.dumps({"type": "event_callback", "event": SECRET})])
async def test_what_slack_does_not_send_is_refused(stage: SlackStage, body: str) -> None:
    answer = await stage.ben.person.raw(body, {"Content-Type": FORM, **stage.slack.signed(body)})
    assert 400 <= answer.status < 500
    assert await texts(stage) == []


async def test_a_database_that_another_process_holds_keeps_the_form_and_gives_back_the_command(
    stage: SlackStage, sqlite_url: str
) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, SECRET)
    with held(Path(sqlite_url.removeprefix("sqlite:///"))):
        await stage.ben.submits()
        stage.ben.sees("busy right now")
        assert stage.ben.entered(TALK_ABOUT) == SECRET
        await stage.ana.says(f"add {SECRET}", way=Way.command)
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


def command(words: str) -> Json:
    return {
        "command": "/oneonone",
        "text": words,
        "user_id": "U0BEN",
        "team_id": "T0PLAY",
        "channel_id": "D0BEN",
        "channel_name": "directmessage",
        "trigger_id": "1.2.replayed",
        "response_url": "https://hooks.example.com/none",
    }
