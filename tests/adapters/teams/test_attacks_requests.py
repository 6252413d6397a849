"""Requests that nobody's client makes, well signed: refused, or taken for what they are, whatever is in them."""

import json
import logging
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.teams_people import Json
from adapters.teams.parse import Malformed, incoming
from adapters.teams.parse_words import text_of_page
from tests.adapters.teams import bodies
from tests.adapters.teams.bodies import EVERY, paths, with_part
from tests.adapters.teams.conftest import ANA, BEN, GENERAL, Office
from tests.adapters.teams.test_hostile import at_home, meet, nothing_happened, send

pytestmark = pytest.mark.soak

WORDS = st.one_of(st.text(), st.sampled_from(["\x00", "\ud800", "<at>", "29:", "28:x", "|||||", ",", "x" * 2000]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
GOOD = (200, 400, 401, 403, 501)


@st.composite
def changed(draw: st.DrawFn) -> Json:
    """An activity of any kind with up to four of its parts put in the place of others, or made up."""
    body = EVERY[draw(st.sampled_from(sorted(EVERY)))]
    for _ in range(draw(st.integers(1, 4))):
        places = paths(body)
        path = draw(st.sampled_from(places))
        other = part_at(body, draw(st.sampled_from(places)))
        body = with_part(body, path, draw(st.one_of(JSON, st.just(other))))
    return body


def part_at(body: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        body = body[step]
    return body


@given(changed())
def test_any_activity_is_read_or_malformed(body: Json) -> None:
    try:
        incoming(body)
    except Malformed:
        return


@given(body=changed())
async def test_any_activity_is_answered_without_a_failure(
    office: Office, caplog: pytest.LogCaptureFixture, body: Json
) -> None:
    caplog.set_level(logging.ERROR)
    try:
        ours = at_home(office, body)
    except (KeyError, TypeError, IndexError):
        ours = body  # its conversation is none, so it cannot be one of this tenant's
    answer = await send(office, ours)
    await office.shown()
    assert answer.status in GOOD
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("depth", [50, 500, 900, 20_000])
@pytest.mark.parametrize("where", ["value", "channelData", "from", "entities"])
async def test_nesting_that_leads_nowhere_is_no_failure(
    office: Office, caplog: pytest.LogCaptureFixture, where: str, depth: int
) -> None:
    caplog.set_level(logging.ERROR)
    activity = meet(office, **{where: "HERE"})
    nested = json.dumps(activity).replace('"HERE"', '{"x":' * depth + "1" + "}" * depth)
    answer = await office.ana.raw(nested, office.teams.signed_headers(activity))
    await office.shown()
    assert answer.status in GOOD
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    "service_url",
    [
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example/https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net./",
        "https://smba.trafficmanager.net:8443/",
        "https://169.254.169.254/latest/",
        "https://2130706433/",
        "https://x.botframewor\u212a.com/",
        "https://\uff53mba.trafficmanager.net/",
        "https://smba\u3002trafficmanager\u3002net/",
        "HTTP://SMBA.TRAFFICMANAGER.NET/",
        "https://smba.trafficmanager.net/\r\nHost: evil.example",
        "//smba.trafficmanager.net/",
        "javascript:alert(1)",
        ["https://smba.trafficmanager.net/"],
    ],
    ids=str,
)
async def test_a_signed_service_url_that_only_looks_right_is_forbidden_and_nobody_is_called(
    office: Office, service_url: object
) -> None:
    asked = len(office.teams.world.wire.exchanges)
    answer = await send(office, meet(office, serviceUrl=service_url), service_url=service_url)
    assert answer.status in (401, 403)
    await nothing_happened(office)
    assert len(office.teams.world.wire.exchanges) == asked


@pytest.mark.parametrize("name", [None, "", 5, "task/fetch ", "TASK/FETCH", "task", "../task/fetch", "x" * 5000])
async def test_a_question_by_a_name_that_is_none_is_not_answered(office: Office, name: object) -> None:
    answer = await send(office, {**meet(office), "type": "invoke", "name": name, "value": {"data": {"do": "Count"}}})
    assert answer.status == 501
    assert answer.text == ""
    await nothing_happened(office)


@pytest.mark.parametrize(
    "do", ["", "Count:", "Count:x:y", "count", "Count\n", "__class__", ":", "Home:" * 200, "\u202eCount"]
)
async def test_an_action_that_nobody_knows_does_nothing(office: Office, do: str) -> None:
    for name, value in (
        ("task/fetch", {"data": {"do": do}}),
        ("task/submit", {"data": {"do": do, "sent": True}}),
        ("adaptiveCard/action", {"action": {"verb": "do", "data": {"do": do}}}),
    ):
        answer = await send(office, {**meet(office), "type": "invoke", "name": name, "value": value})
        assert answer.status == 200
        assert "from an earlier version" in json.dumps(answer.body)
    await nothing_happened(office)


async def test_whoever_mentions_fifty_people_is_answered_in_time(office: Office) -> None:
    office.teams.world.faults.add("member", "slow", times=50, delay=1.0)
    tags = [f"<at>Nobody {number}</at>" for number in range(50)]
    entities = [
        {"type": "mention", "mentioned": {"id": f"29:{number}", "name": f"Nobody {number}"}, "text": tag}
        for number, tag in enumerate(tags)
    ]
    said = office.ana.writes(f"<at>OneOnOne</at> ask {' '.join(tags)}", conversation=GENERAL.id)
    ours = {
        "type": "mention",
        "mentioned": {"id": office.teams.world.app.id, "name": "OneOnOne"},
        "text": "<at>OneOnOne</at>",
    }
    await office.ana.mentions_bot("actions", channel=GENERAL.id)
    channel = office.sent("message")
    answer = await office.ana.forge({**channel, "id": said.id, "text": said.text, "entities": [ours, *entities]})
    await office.shown()
    assert answer.ok
    assert answer.seconds < 5


async def test_a_mention_that_says_one_name_and_means_another_is_whom_teams_says(office: Office) -> None:
    said = office.ana.writes("ask <at>Cleo Tanaka</at> now", conversation=office.ana.chat or "")
    activity = meet(office, text=said.text, id=said.id)
    meant = {"type": "mention", "mentioned": {"id": BEN.member, "name": "Cleo Tanaka"}, "text": "<at>Cleo Tanaka</at>"}
    await office.settled(await office.ana.forge({**activity, "entities": [meant]}))
    person = await office.known(BEN.id)
    assert f"{person.name} now" in office.ana.reads().replace("@", "")


@pytest.mark.parametrize(
    "sign", ["<a ", "<!--", "<a/", "<a b='", "</", "<![CDATA[", "&#", "&amp;", "<", "<p>", "<textarea>", "<script>"]
)
def test_a_page_made_to_be_slow_is_read_at_once(sign: str) -> None:
    began = time.perf_counter()
    assert isinstance(text_of_page(sign * (1_000_000 // len(sign))), str)
    assert time.perf_counter() - began < 2


def test_words_made_to_be_slow_are_read_at_once() -> None:
    page = {"contentType": "text/html", "content": "&amp;lt" * 140_000}
    began = time.perf_counter()
    incoming({**bodies.MESSAGE, "text": "&lt;" * 250_000, "attachments": [page]})
    assert time.perf_counter() - began < 5


def test_a_number_of_many_digits_is_a_sign_at_most() -> None:
    assert text_of_page(f"&#{'1' * 10_000}; &#x41; &#99999999; &lt;") == f"&#{'1' * 10_000}; A &#99999999; <"


async def test_a_form_s_key_of_a_megabyte_is_no_key(office: Office) -> None:
    await office.settled(await office.ana.says("add"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")
    data = {**sent["value"]["data"], "frame": "k" * 500_000 + "|||"}
    assert (await send(office, {**sent, "id": "f:1", "value": {"data": data}})).status == 200
    assert ANA.id
    assert await office.kept() == ["Promotion case"] * 2
