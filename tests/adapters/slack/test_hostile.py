"""Requests that Slack would not make: what the sender gets, what is stored, what is logged."""

import asyncio
import json
import logging
from io import BytesIO
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import Json
from tests.adapters.slack.conftest import Office

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = {
    "command": "/oneonone",
    "text": "meet",
    "user_id": "U0ANA",
    "team_id": "T0PLAY",
    "channel_id": "D0ANA",
    "channel_name": "directmessage",
    "trigger_id": "1.2.3",
    "response_url": "http://127.0.0.1:9/none",
}
ANA: Json = {"id": "U0ANA", "team_id": "T0PLAY"}
BUTTON: Json = {"type": "button", "action_id": "1", "block_id": "b", "value": "Count", "action_ts": "1.1"}
PRESS: Json = {"type": "block_actions", "user": ANA, "trigger_id": "1", "actions": [BUTTON], "container": {}}
VIEW: Json = {"id": "V1", "type": "modal", "blocks": [], "private_metadata": ""}


async def send(office: Office, body: str | bytes, content_type: str, **signing: object) -> Answer:
    text = body if isinstance(body, str) else body.decode("latin-1")
    signed = office.slack.signed(text, **signing)  # type: ignore[arg-type]
    return await office.ana.raw(body, {"Content-Type": content_type, **signed})


async def test_a_good_request_is_done(office: Office) -> None:
    assert (await send(office, urlencode(COMMAND), FORM)).status == 200
    assert await office.kept() == ["counted"]


async def test_a_replayed_request_is_done_once(office: Office) -> None:
    for _ in range(3):
        assert (await send(office, urlencode(COMMAND), FORM)).status == 200
    assert await office.kept() == ["counted"]


async def test_a_request_that_arrives_three_times_at_once_is_done_once(office: Office) -> None:
    answers = await asyncio.gather(*(send(office, urlencode(COMMAND), FORM) for _ in range(3)))
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert await office.kept() == ["counted"]


@pytest.mark.parametrize(
    "signing",
    [{"secret": "another secret"}, {"timestamp": 1_700_000_000}, {"secret": ""}, {"timestamp": 9_999_999_999}],
    ids=["another secret", "old", "no secret", "from the future"],
)
async def test_a_badly_signed_request_is_refused(office: Office, signing: dict[str, object]) -> None:
    assert (await send(office, urlencode(COMMAND), FORM, **signing)).status == 401
    assert await office.kept() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=", "X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": ""},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "9" * 5000},
    ],
    ids=["unsigned", "no number", "empty", "a huge number"],
)
async def test_an_unsigned_request_is_refused(office: Office, headers: dict[str, str]) -> None:
    answer = await office.ana.raw(urlencode(COMMAND), {"Content-Type": FORM, **headers})
    assert answer.status == 401
    assert await office.kept() == []


async def test_a_body_of_which_one_letter_was_changed_is_refused(office: Office) -> None:
    body = urlencode(COMMAND)
    answer = await office.ana.raw(body.replace("U0ANA", "U0BEN"), {"Content-Type": FORM, **office.slack.signed(body)})
    assert answer.status == 401
    assert await office.kept() == []


async def test_the_check_of_the_address_is_answered(office: Office) -> None:
    answer = await send(office, json.dumps({"type": "url_verification", "challenge": "abc"}), JSON)
    assert answer.status == 200
    assert answer.body == {"challenge": "abc"}


async def test_more_than_a_megabyte_is_too_much(office: Office) -> None:
    body = urlencode({**COMMAND, "text": "x" * 1_100_000})
    headers = {"Content-Type": FORM, **office.slack.signed(body)}
    async with (
        ClientSession() as session,
        session.post(office.service.events_url, data=BytesIO(body.encode()), headers=headers) as response,
    ):
        assert response.status == 413


GARBAGE = {
    "no JSON": ("{not json", JSON),
    "a list": ("[1, 2]", JSON),
    "a number": ("5", JSON),
    "nothing": ("", JSON),
    "nothing in a form": ("", FORM),
    "null": ("null", JSON),
    "deep": ("[" * 60_000, JSON),
    "deep objects": ('{"a":' * 20_000, JSON),
    "not unicode": (b"\xff\xfe\x00payload=", FORM),
    "a payload that is no JSON": ("payload=%7Bnot", FORM),
    "a payload that is a list": ("payload=%5B1%5D", FORM),
    "an empty payload": ("payload=", FORM),
    "words": ("hello", "text/plain"),
}
MALFORMED: dict[str, Json] = {
    "no type": {"user": ANA},
    "an unknown type": {"type": "surprise", "user": ANA},
    "an event that is no object": {"type": "event_callback", "event": "message"},
    "an event without anything": {"type": "event_callback"},
    "a message without its id": {
        "type": "event_callback",
        "event": {"type": "message", "channel_type": "im", "user": "U0ANA", "text": "meet", "channel": "D0ANA"},
    },
    "a message from an object": {
        "type": "event_callback",
        "event_id": "E1",
        "event": {"type": "message", "channel_type": "im", "user": {"id": 1}, "text": "meet", "channel": "D0ANA"},
    },
    "a press without actions": {**PRESS, "actions": []},
    "a press whose actions are words": {**PRESS, "actions": "all"},
    "a press without a place": PRESS,
    "a press without a person": {**PRESS, "user": None},
    "a press in a view without blocks": {**PRESS, "view": {"id": "V1"}, "container": {"view_id": "V1"}},
    "a press with odd values": {
        **PRESS,
        "view": VIEW,
        "container": {"view_id": "V1"},
        "state": {"values": {"field.text.1": ["x"]}},
    },
    "a form without a view": {"type": "view_submission", "user": ANA},
    "a form whose blocks are words": {"type": "view_submission", "user": ANA, "view": {**VIEW, "blocks": ["x"]}},
    "a form with odd values": {
        "type": "view_submission",
        "user": ANA,
        "view": {**VIEW, "state": {"values": {"field.text.1": {"value": {"selected_options": "x"}}}}},
    },
    "a shortcut without a message": {
        "type": "message_action",
        "user": ANA,
        "trigger_id": "1",
        "callback_id": "add_to_oneonone",
    },
    "a search by nobody": {"type": "block_suggestion", "value": "ana"},
    "news about an account without a profile": {
        "type": "event_callback",
        "event_id": "E1",
        "event": {"type": "user_change", "user": {"id": "U0NEW"}},
    },
}


@pytest.mark.parametrize(("body", "content_type"), GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_is_refused_without_a_failure(office: Office, body: str | bytes, content_type: str) -> None:
    answer = await send(office, body, content_type)
    assert answer.status in (400, 401)
    assert await office.kept() == []


@pytest.mark.parametrize("payload", MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_body_that_slack_does_not_send_is_refused_without_a_failure(
    office: Office, payload: Json, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    is_event = payload.get("type") == "event_callback"
    body = json.dumps(payload) if is_event else urlencode({"payload": json.dumps(payload)})
    answer = await send(office, body, JSON if is_event else FORM)
    assert answer.status == 400
    assert "malformed request" in caplog.messages or "unreadable request" in caplog.messages
    assert await office.kept() == []


@pytest.mark.parametrize("missing", ["user_id", "trigger_id", "response_url", "channel_id"])
async def test_a_command_without_one_of_its_parts_is_refused(office: Office, missing: str) -> None:
    body = urlencode({key: value for key, value in COMMAND.items() if key != missing})
    assert (await send(office, body, FORM)).status == 400
    assert await office.kept() == []


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "channel_type": "im", "user": "U0ANA", "bot_id": "B1", "text": "meet", "channel": "D"},
        {"type": "message", "channel_type": "im", "user": "USLACKBOT", "text": "meet", "channel": "D"},
        {"type": "message", "channel_type": "im", "user": "U0BOT", "text": "meet", "channel": "D"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed", "channel": "D"},
        {"type": "message", "channel_type": "channel", "user": "U0ANA", "text": "meet", "channel": "C"},
        {"type": "app_home_opened", "user": "U0ANA", "tab": "messages", "channel": "D"},
        {"type": "reaction_added", "user": "U0ANA"},
    ],
    ids=["a bot", "Slackbot", "ourselves", "an edit", "a channel", "the messages tab", "another event"],
)
async def test_what_is_not_for_us_is_taken_and_left_alone(office: Office, event: Json) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "E1", "team_id": "T0PLAY", "event": event})
    assert (await send(office, body, JSON)).status == 200
    await office.settled()
    assert await office.kept() == []
    assert office.ana.messages() == ()


async def test_a_person_cannot_be_forged_into_a_modal_of_somebody_else(office: Office) -> None:
    """Whoever presses is who the signed request says, whatever the modal carries."""
    await office.settled(await office.ana.command("/oneonone", "add"))
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = dict(office.slack.world.wire.calls("view_submission")[-1].body)
    stranger = await office.ana.forge({**sent, "user": {"id": "U0GUEST", "team_id": "T0PLAY"}})
    assert stranger.body["response_action"] == "errors"
    assert await office.kept() == ["Promotion case"]
