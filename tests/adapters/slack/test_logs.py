"""No log line holds what people write, however loud the log is."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters.logs import JsonLines
from tests.adapters.slack.conftest import Office

CANARY = "canary7Q"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that any logger says at any level, as `serve` would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


async def test_what_people_write_is_in_no_log_line(lines: io.StringIO, office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", f"ask {CANARY}"))
    await office.settled(await office.ana.says(f"ask {CANARY}"))
    await office.settled(await office.ana.mentions_bot(f"ask {CANARY}", channel="general"))
    message = office.ben.writes(CANARY, channel="general")
    await office.settled(await office.ana.message_shortcut("add_to_oneonone", message))
    await office.ana.fill("Your text", CANARY)
    await office.settled(await office.ana.press("Another row"))
    await office.settled(await office.ana.submit())
    await office.settled(await office.ana.opens_home())
    for kind in ("server_error", "html_502", "drop", "api_error"):
        office.slack.world.faults.add("*", kind)
        await office.ana.says(f"ask {CANARY}")
        assert office.service.slack is not None
        await office.service.slack.tasks.settle()
    assert CANARY in office.ana.everything_seen()
    assert CANARY in (await office.kept())[0]
    assert CANARY not in lines.getvalue()
    assert '"event": "slack call"' in lines.getvalue()


async def test_a_body_that_cannot_be_read_is_in_no_log_line(lines: io.StringIO, office: Office) -> None:
    for body in (f"payload={CANARY}", f'{{"type": "event_callback", "event": "{CANARY}"}}', f"command={CANARY}"):
        headers = {"Content-Type": "application/x-www-form-urlencoded", **office.slack.signed(body)}
        await office.ana.raw(body, headers)
        await office.ana.raw(body, {**headers, "X-Slack-Signature": "v0=00"})
    assert CANARY not in lines.getvalue()


def test_an_error_is_logged_by_type_and_place(lines: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("somebody.else").exception("It failed: %s", CANARY)
    line = json.loads(lines.getvalue())
    assert line["error"].startswith("ValueError < test_an_error_is_logged")
    assert CANARY not in lines.getvalue()


def test_a_line_has_its_time_level_event_and_fields(lines: io.StringIO) -> None:
    logging.getLogger("oneonone.some").warning("happened", extra={"delivery": "d1"})
    line = json.loads(lines.getvalue())
    assert (line["level"], line["event"], line["delivery"]) == ("warning", "happened", "d1")
    assert line["time"].endswith("+00:00")
