"""The page's server without a browser: whom it answers, and what it lets a visitor do."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.playground.demo import NoPort, Playground, serve_page

JSON = {"Content-Type": "application/json"}
FROM_ELSEWHERE = (
    {**JSON, "Origin": "https://evil.example"},
    {**JSON, "Origin": "null"},
    {**JSON, "Sec-Fetch-Site": "cross-site"},
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
)
MALFORMED: tuple[dict[str, object], ...] = (
    {"do": "nothing"},
    {"do": 7},
    {"do": "command", "channel": "D0ANA"},
    {"do": "say", "text": ["x"], "channel": "D0ANA"},
    {"do": "press", "view": ["V1"], "block": "b", "action": "a"},
)
OUT_OF_SIGHT: tuple[dict[str, object], ...] = (
    {"do": "say", "text": "x", "channel": "D0ANA"},
    {"do": "command", "text": "", "channel": "C0PEOPLE"},
    {"do": "press", "channel": "D0ANA", "ts": "1.0", "block": "b", "action": "a"},
    {"do": "press", "view": "V1", "block": "b", "action": "a"},
    {"do": "shortcut", "channel": "C0PEOPLE", "ts": "1.0"},
    {"do": "close", "view": "V1"},
)


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    stage = Playground(tmp_path)
    try:
        await stage.start()
        yield stage
    finally:
        await stage.stop()


@pytest.fixture
async def client(playground: Playground) -> AsyncIterator[ClientSession]:
    async with AsyncExitStack() as exits:
        address = await serve_page(playground, exits, port=0)
        yield await exits.enter_async_context(ClientSession(address))


async def _do(client: ClientSession, **intent: object) -> tuple[int, dict[str, Any]]:
    async with client.post("/api/do", json=intent) as response:
        return response.status, await response.json()


async def _screen(client: ClientSession, person: str) -> dict[str, Any]:
    async with client.get("/api/state", params={"person": person}) as response:
        screen: dict[str, Any] = await response.json()
        return screen


async def test_a_command_opens_a_modal_on_that_person_s_screen_alone(
    client: ClientSession, playground: Playground
) -> None:
    dm = playground.slack.person("U0ANA").dm
    assert (await _do(client, person="U0ANA", do="command", text="start @ben", channel=dm))[1]["ok"]
    await playground.slack.person("U0ANA").wait_for(lambda person: person.modal)
    assert [view["title"] for view in (await _screen(client, "U0ANA"))["modals"]] == ["Start a 1-on-1"]
    assert (await _screen(client, "U0BEN"))["modals"] == []


async def test_what_a_view_hides_stays_on_the_server(client: ClientSession, playground: Playground) -> None:
    dm = playground.slack.person("U0ANA").dm
    await _do(client, person="U0ANA", do="command", text="start @ben", channel=dm)
    await playground.slack.person("U0ANA").wait_for(lambda person: person.modal)
    assert "private_metadata" not in (await _screen(client, "U0ANA"))["modals"][0]


async def test_a_name_that_was_rebound_to_this_machine_gets_nothing(client: ClientSession) -> None:
    for host in ("evil.example", "evil.example:3980", "127.0.0.1.evil.example", ""):
        async with client.get("/api/state", params={"person": "U0ANA"}, headers={"Host": host}) as response:
            assert (host, response.status) == (host, 403)


async def test_another_site_in_the_same_browser_can_do_nothing(client: ClientSession) -> None:
    for headers in FROM_ELSEWHERE:
        async with client.post("/api/reset", data="{}", headers=headers) as response:
            assert (headers, response.status) == (headers, 403)


async def test_the_page_runs_no_script_but_its_own(client: ClientSession) -> None:
    async with client.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in text.replace("http-equiv", "").replace("HTTP", "")


async def test_nobody_acts_as_a_robot_or_someone_who_left(client: ClientSession) -> None:
    for person in ("U0JONAS", "U0BUILD", "U0BOT", "USLACKBOT", "U0NOBODY", ""):
        assert (person, (await _do(client, person=person, do="home"))[0]) == (person, 400)


async def test_what_the_page_would_not_send_is_refused(client: ClientSession) -> None:
    for intent in MALFORMED:
        status, answer = await _do(client, person="U0ANA", **intent)
        assert (intent, status, bool(answer["error"])) == (intent, 400, True)


async def test_a_visitor_touches_only_what_that_person_sees(client: ClientSession) -> None:
    for intent in OUT_OF_SIGHT:
        assert (intent, (await _do(client, person="U0BEN", **intent))[0]) == (intent, 409)


async def test_a_body_that_is_no_object_is_refused(client: ClientSession) -> None:
    for body in ("", "{", "[]", "null"):
        async with client.post("/api/do", data=body, headers=JSON) as response:
            assert (body, response.status) == (body, 400)


async def test_changes_are_told_as_they_happen(client: ClientSession, playground: Playground) -> None:
    async with client.get("/api/changes") as stream:
        assert (await stream.content.readline()).startswith(b"retry")
        playground.slack.person("U0BEN").writes("hello", channel="C0GENERAL")
        await stream.content.readline()
        assert b'"topic": "message"' in await stream.content.readline()


async def test_the_wire_shows_the_newest_request_first(client: ClientSession) -> None:
    await _do(client, person="U0ANA", do="home")
    async with client.get("/api/wire") as response:
        methods = [each["method"] for each in (await response.json())["exchanges"]]
    assert methods.index("event app_home_opened") < methods.index("auth.test")


async def test_slack_can_be_told_to_fail(client: ClientSession, playground: Playground) -> None:
    async with client.post("/api/faults", json={"method": "views.publish", "kind": "server_error"}) as response:
        assert response.status == 200
    assert [fault.method for fault in playground.slack.world.faults.waiting] == ["views.publish"]
    async with client.post("/api/faults", json={"method": "views.publish", "kind": "earthquake"}) as response:
        assert response.status == 400


async def test_starting_over_keeps_nothing_and_keeps_playing(client: ClientSession, playground: Playground) -> None:
    dm = playground.slack.person("U0ANA").dm
    await _do(client, person="U0ANA", do="say", text="help", channel=dm)
    async with client.post("/api/reset", json={}) as response:
        assert response.status == 200
    assert (await _screen(client, "U0ANA"))["places"][0]["messages"] == []
    assert (await _do(client, person="U0ANA", do="home"))[1]["ok"]
    assert await playground.slack.person("U0ANA").wait_for(lambda person: person.home)


async def test_every_verb_is_offered_while_one_types(client: ClientSession, playground: Playground) -> None:
    async with client.get("/api/stage") as response:
        offered = [hint["becomes"] for hint in (await response.json())["hints"]]
    assert "/oneonone start @" in offered
    assert "/oneonone wrap up " in offered
    assert len(offered) == len(playground.service.engine.libraries["en"].verbs)


async def test_a_taken_port_is_named_with_a_cure(playground: Playground) -> None:
    async with AsyncExitStack() as exits:
        address = await serve_page(playground, exits, port=0)
        taken = int(address.rsplit(":", 1)[1])
        with pytest.raises(NoPort, match=f"Port {taken} is in use"):
            await serve_page(playground, exits, port=taken)
