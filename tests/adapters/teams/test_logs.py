"""No log line of the Teams adapter holds what people write, however loud the log is."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters.logs import JsonLines
from tests.adapters.teams.conftest import GENERAL, Office

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
    await office.settled(await office.ana.says(f"ask {CANARY}"))
    await office.settled(await office.ana.mentions_bot(f"ask {CANARY}", channel=GENERAL.id))
    said = office.ben.writes(CANARY, conversation=GENERAL.id)
    await office.settled(await office.ana.message_action("add_to_oneonone", said))
    await office.ana.fill("Your text", CANARY)
    await office.settled(await office.ana.press("Another row"))
    await office.settled(await office.ana.submit())
    await office.ana.close_dialog()
    await office.settled(await office.ana.says("add card"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.search_people("Who", CANARY)
    await office.ana.close_dialog()
    for kind in ("server_error", "html_502", "drop", "api_error"):
        office.teams.world.faults.add("*", kind)
        await office.ana.says(f"ask {CANARY}")
        await office.shown()
    assert CANARY in office.ana.everything_seen()
    assert CANARY in (await office.kept())[0]
    assert CANARY not in lines.getvalue()
    assert '"event": "connector call"' in lines.getvalue()


async def test_a_body_that_cannot_be_read_is_in_no_log_line(lines: io.StringIO, office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    good = office.sent("message")
    for part in ("id", "text", "entities", "conversation", "from", "recipient", "value", "channelData"):
        for value in ([CANARY], {CANARY: CANARY}, CANARY):
            activity = {**good, part: value}
            headers = office.teams.signed_headers(activity)
            await office.ana.raw(json.dumps(activity), headers)
            await office.ana.raw(json.dumps(activity), {**headers, "Authorization": f"Bearer {CANARY}"})
    await office.ana.raw(CANARY, {"Content-Type": "application/json"})
    await office.shown()
    assert CANARY not in lines.getvalue()
