"""The page's server without a browser: whom it answers, and what it lets a visitor do."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.playground.demo import NoPort, serve_page
from adapters.playground.demo_stage import Playground
from adapters.playground.demo_teams import BEN

JSON = {"Content-Type": "application/json"}
ANA, CLEO, IN_TEAMS = "slack:U0ANA", "slack:U0CLEO", f"teams:{BEN}"
FROM_ELSEWHERE = (
    {**JSON, "Origin": "https://evil.example"},
    {**JSON, "Origin": "null"},
    {**JSON, "Sec-Fetch-Site": "cross-site"},
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
)
MALFORMED: tuple[tuple[str, dict[str, object]], ...] = (
    (ANA, {"do": "nothing"}),
    (ANA, {"do": 7}),
    (ANA, {"do": "command", "channel": "D0ANA"}),
    (ANA, {"do": "say", "text": ["x"], "channel": "D0ANA"}),
    (ANA, {"do": "press", "view": ["V1"], "block": "b", "action": "a"}),
    (IN_TEAMS, {"do": "nothing"}),
    (IN_TEAMS, {"do": "say", "text": ["x"], "place": "x"}),
    (IN_TEAMS, {"do": "press", "dialog": ["D1"], "action": "0"}),
)
OUT_OF_SIGHT: tuple[tuple[str, dict[str, object]], ...] = (
    (CLEO, {"do": "say", "text": "x", "channel": "D0ANA"}),
    (CLEO, {"do": "command", "text": "", "channel": "C0PEOPLE"}),
    (CLEO, {"do": "press", "channel": "D0ANA", "ts": "1.0", "block": "b", "action": "a"}),
    (CLEO, {"do": "press", "view": "V1", "block": "b", "action": "a"}),
    (CLEO, {"do": "shortcut", "channel": "C0PEOPLE", "ts": "1.0"}),
    (CLEO, {"do": "close", "view": "V1"}),
    (IN_TEAMS, {"do": "say", "text": "x", "place": "somebody else's chat"}),
    (IN_TEAMS, {"do": "press", "dialog": "D1", "action": "0"}),
    (IN_TEAMS, {"do": "close", "dialog": "D1"}),
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


async def _screen(client: ClientSession, seat: str) -> dict[str, Any]:
    async with client.get("/api/state", params={"seat": seat}) as response:
        screen: dict[str, Any] = await response.json()
        return screen


async def test_a_command_opens_a_modal_on_that_person_s_screen_alone(
    client: ClientSession, playground: Playground
) -> None:
    dm = playground.slack.person("U0ANA").dm
    assert (await _do(client, seat=ANA, do="command", text="start @cleo", channel=dm))[1]["ok"]
    await playground.slack.person("U0ANA").wait_for(lambda person: person.modal)
    assert [view["title"] for view in (await _screen(client, ANA))["modals"]] == ["Start a 1-on-1"]
    assert (await _screen(client, CLEO))["modals"] == []


async def test_a_button_in_teams_opens_a_dialog_on_that_person_s_screen_alone(client: ClientSession) -> None:
    (chat, *_) = (await _screen(client, IN_TEAMS))["places"]
    (card,) = chat["messages"]
    pressed = await _do(client, seat=IN_TEAMS, do="press", place=chat["id"], message=card["id"], action="0")
    assert (pressed[0], pressed[1]["ok"]) == (200, True)
    assert (await _screen(client, IN_TEAMS))["dialog"]["title"] == "Start a 1-on-1"
    async with client.get("/api/stage") as response:
        others = [each["seat"] for each in (await response.json())["people"] if each["platform"] == "teams"]
    others.remove(IN_TEAMS)
    assert [(await _screen(client, seat))["dialog"] for seat in others] == [None] * len(others)


async def test_what_a_view_hides_stays_on_the_server(client: ClientSession, playground: Playground) -> None:
    dm = playground.slack.person("U0ANA").dm
    await _do(client, seat=ANA, do="command", text="start @cleo", channel=dm)
    await playground.slack.person("U0ANA").wait_for(lambda person: person.modal)
    assert "private_metadata" not in (await _screen(client, ANA))["modals"][0]


async def test_a_name_that_was_rebound_to_this_machine_gets_nothing(client: ClientSession) -> None:
    for host in ("evil.example", "evil.example:3980", "127.0.0.1.evil.example", ""):
        async with client.get("/api/state", params={"seat": ANA}, headers={"Host": host}) as response:
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
    slack = ("U0JONAS", "U0BUILD", "U0BOT", "USLACKBOT", "U0NOBODY", "")
    for seat in (*(f"slack:{user}" for user in slack), "teams:U0ANA", "teams:", f"slack:{BEN}", BEN, "mail:U0ANA", ""):
        assert (seat, (await _do(client, seat=seat, do="home"))[0]) == (seat, 400)


async def test_what_the_page_would_not_send_is_refused(client: ClientSession) -> None:
    for seat, intent in MALFORMED:
        status, answer = await _do(client, seat=seat, **intent)
        assert (intent, status, bool(answer["error"])) in ((intent, 400, True), (intent, 409, True))


async def test_only_what_the_menu_of_a_message_has_can_be_chosen(client: ClientSession, playground: Playground) -> None:
    message = playground.slack.person("U0ANA").messages("C0PEOPLE")[0]
    where = {"seat": ANA, "do": "shortcut", "channel": message.channel, "ts": message.ts}
    for wrong in ({}, {"entry": "of_another_app"}, {"entry": 7}):
        assert (wrong, (await _do(client, **where, **wrong))[0]) == (wrong, 400)
    assert (await _do(client, **where, entry="add_to_oneonone"))[1]["ok"]


async def test_a_visitor_touches_only_what_that_person_sees(client: ClientSession) -> None:
    for seat, intent in OUT_OF_SIGHT:
        assert (intent, (await _do(client, seat=seat, **intent))[0]) == (intent, 409)


async def test_a_body_that_is_no_object_is_refused(client: ClientSession) -> None:
    for body in ("", "{", "[]", "null"):
        async with client.post("/api/do", data=body, headers=JSON) as response:
            assert (body, response.status) == (body, 400)


async def test_changes_are_told_as_they_happen(client: ClientSession, playground: Playground) -> None:
    async with client.get("/api/changes") as stream:
        assert (await stream.content.readline()).startswith(b"retry")
        playground.slack.person("U0CLEO").writes("hello", channel="C0GENERAL")
        await stream.content.readline()
        assert b'"topic": "message", "platform": "slack", "seat": null' in await stream.content.readline()
        await playground.teams.person(BEN).says("help")
        await stream.content.readline()
        assert f'"platform": "teams", "seat": "{IN_TEAMS}"'.encode() in await stream.content.readline()


async def test_the_wire_shows_the_newest_request_of_both_platforms_first(
    client: ClientSession, playground: Playground
) -> None:
    await playground.teams.person(BEN).says("help")
    await _do(client, seat=ANA, do="home")
    async with client.get("/api/wire") as response:
        calls = [(each["platform"], each["method"]) for each in (await response.json())["exchanges"]]
    assert calls.index(("slack", "event app_home_opened")) < calls.index(("teams", "message"))


async def test_a_platform_can_be_told_to_fail(client: ClientSession, playground: Playground) -> None:
    faults = {"slack": playground.slack.world.faults, "teams": playground.teams.world.faults}
    for platform, method in (("slack", "views.publish"), ("teams", "send")):
        fault = {"platform": platform, "method": method, "kind": "server_error"}
        async with client.post("/api/faults", json=fault) as response:
            assert response.status == 200
        assert [each.method for each in faults[platform].waiting] == [method]
    for wrong in ({"platform": "slack", "kind": "earthquake"}, {"platform": "mail", "kind": "slow"}):
        async with client.post("/api/faults", json={"method": "*", **wrong}) as response:
            assert response.status == 400


async def test_the_clock_moves_ahead_and_sends_what_is_due(client: ClientSession, playground: Playground) -> None:
    async with client.get("/api/clock") as response:
        before = await response.json()
    assert before["ahead"] == 0
    async with client.post("/api/clock", json={"move": "next"}) as response:
        after = await response.json()
    assert after["now"] >= before["next"]
    assert await playground.service.store.outbox.waiting(now=playground.now) == 0
    async with client.post("/api/clock", json={"move": "back"}) as response:
        assert response.status == 400


async def test_starting_over_keeps_nothing_and_keeps_playing(client: ClientSession, playground: Playground) -> None:
    dm = playground.slack.person("U0ANA").dm
    await _do(client, seat=ANA, do="say", text="help", channel=dm)
    async with client.post("/api/clock", json={"move": "day"}) as response:
        assert (await response.json())["ahead"] > 0
    async with client.post("/api/reset", json={}) as response:
        assert response.status == 200
    assert (await _screen(client, ANA))["places"][0]["messages"] == []
    assert playground.ahead == 0
    assert (await _do(client, seat=ANA, do="home"))[1]["ok"]
    assert await playground.slack.person("U0ANA").wait_for(lambda person: person.home)


async def test_every_verb_is_offered_as_one_types_it_on_each_platform(
    client: ClientSession, playground: Playground
) -> None:
    async with client.get("/api/stage") as response:
        hints = (await response.json())["hints"]
    offered = {platform: [hint["becomes"] for hint in known] for platform, known in hints.items()}
    assert {"/oneonone start @", "/oneonone wrap up "} <= set(offered["slack"])
    assert {"start @", "wrap up "} <= set(offered["teams"])
    verbs = len(playground.service.engine.libraries["en"].verbs)
    assert [len(known) for known in offered.values()] == [verbs, verbs]


async def test_a_taken_port_is_named_with_a_cure(playground: Playground) -> None:
    async with AsyncExitStack() as exits:
        address = await serve_page(playground, exits, port=0)
        taken = int(address.rsplit(":", 1)[1])
        with pytest.raises(NoPort, match=f"Port {taken} is in use"):
            await serve_page(playground, exits, port=taken)
