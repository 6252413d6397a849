"""Several workspaces behind one address: each gets its own answers, and comes and goes by itself."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientSession

from adapters import cli
from adapters.app import build
from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.environment import ConfigError
from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import Json
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.slack.installing import APP, MANY, SOCKET, Clock, Town, a_town

JSON = "application/json"


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[Town]:
    async with a_town(sqlite_url) as built:
        yield built


async def both_install(town: Town) -> None:
    assert (await town.browser().installs(town.first)).status == 200
    assert (await town.browser().installs(town.second, user="U0BEN")).status == 200
    await town.settle()


async def send(slack: SlackStandIn, body: Json, **signing: str) -> Answer:
    text = json.dumps(body)
    return await slack.line.raw(text, {"Content-Type": JSON, **slack.signed(text, **signing)})  # type: ignore[arg-type]


def revoke(slack: SlackStandIn) -> None:
    """From now on the token that we hold is nobody's."""
    slack.world.app = replace(slack.world.app, bot_token="xoxb-of-another-time")


async def says_goodbye(slack: SlackStandIn, kind: str = "app_uninstalled") -> Answer:
    more: Json = {"tokens": {"bot": [APP.bot_user]}} if kind == "tokens_revoked" else {}
    return await slack.events.send({"type": kind, **more, "event_ts": slack.world.next_ts()})


async def ready(town: Town) -> int:
    async with ClientSession() as session, session.get(f"{town.service.url}/readyz") as response:
        return response.status


async def test_each_is_answered_in_its_own_workspace(town: Town) -> None:
    await both_install(town)
    for slack, user in ((town.first, "U0ANA"), (town.second, "U0BEN")):
        assert (await slack.person(user).command("/oneonone", "add")).ok
        await town.settle()
        assert "Write something." in slack.person(user).reads()
        await slack.person(user).close_all_modals()
        assert (await slack.person(user).opens_home()).ok
        await town.settle()
        assert (await slack.person(user).press("Count")).ok
        await town.settle()
    assert await town.names() == ["Ana Ruiz", "Ben Okafor"]


async def test_before_anybody_took_it_in_slack_can_check_the_address(town: Town) -> None:
    assert await ready(town) == 200
    answer = await send(town.first, {"type": "url_verification", "challenge": "say this"})
    assert (answer.status, answer.body) == (200, {"challenge": "say this"})


async def test_a_workspace_that_did_not_take_it_in_gets_nothing(town: Town) -> None:
    await town.browser().installs(town.first)
    await town.settle()
    answer = await town.second.person("U0BEN").command("/oneonone", "meet")
    assert (answer.status, answer.text) == (200, "")
    assert await town.names() == ["Ana Ruiz"]


@pytest.mark.parametrize("body", [{"type": "url_verification", "challenge": "x"}, {"team_id": "T0NOBODY"}, {}], ids=str)
async def test_nothing_is_answered_that_slack_did_not_sign(town: Town, body: Json) -> None:
    assert (await send(town.first, body, secret="another")).status == 401
    unsigned = await town.first.line.raw(json.dumps(body), {"Content-Type": JSON})
    assert (unsigned.status, unsigned.text) == (401, "")
    odd = {"Content-Type": JSON, "X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=é"}
    assert (await town.first.line.raw(json.dumps(body), odd)).status == 401


@pytest.mark.parametrize(
    "body", ["[]", "{", '"x"', '{"team": 7}', '{"team_id": {}}', '{"authorizations": [7]}', '{"enterprise": 7}', ""]
)
async def test_no_body_breaks_the_way_in(town: Town, body: str) -> None:
    headers = {"Content-Type": JSON, **town.first.signed(body)}
    assert (await town.first.line.raw(body, headers)).status in (200, 400)


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_who_throws_it_out_is_left_alone_and_keeps_everything(town: Town, kind: str) -> None:
    await both_install(town)
    revoke(town.first)
    assert (await says_goodbye(town.first, kind)).ok
    (kept,) = await town.installed()
    assert kept.team == "T0SECOND"
    assert len(town.service.slack_apps) == 1
    assert town.service.worker.messengers().keys() == {kept.workspace}
    assert await town.names() == ["Ana Ruiz", "Ben Okafor"]
    assert (await town.second.person("U0BEN").opens_home()).ok
    assert (await town.browser().installs(town.first)).status == 200
    await town.settle()
    assert (await town.first.person("U0ANA").opens_home()).ok
    await town.settle()
    assert "Your home" in town.first.person("U0ANA").reads()


async def test_an_old_goodbye_does_not_undo_a_new_installation(town: Town) -> None:
    await both_install(town)
    assert (await says_goodbye(town.first)).ok
    assert len(await town.installed()) == 2


async def test_a_goodbye_that_cannot_be_looked_into_comes_again(town: Town) -> None:
    await both_install(town)
    revoke(town.first)
    town.first.world.faults.add("auth.test", "server_error")
    assert (await says_goodbye(town.first)).status == 503
    assert len(await town.installed()) == 2
    await town.first.retry_failed_events()
    assert [each.team for each in await town.installed()] == ["T0SECOND"]


async def test_a_restart_keeps_them(town: Town) -> None:
    await both_install(town)
    await town.restart()
    assert len(town.service.slack_apps) == 2
    assert any("Connected to 2 of 2 Slack workspaces." in line for line in town.service.says())
    assert (await town.second.person("U0BEN").opens_home()).ok


async def test_one_whose_token_ended_while_we_were_away_stops_nobody_else(town: Town) -> None:
    await both_install(town)
    revoke(town.second)
    await town.restart()
    assert len(town.service.slack_apps) == 1
    assert await ready(town) == 200
    assert (await town.first.person("U0ANA").opens_home()).ok
    assert (await town.second.person("U0BEN").opens_home()).ok  # taken, and nothing more


async def test_one_for_which_slack_does_not_answer_is_tried_again(town: Town) -> None:
    await both_install(town)
    town.second.world.faults.add("auth.test", "server_error")
    await town.restart()
    assert len(town.service.slack_apps) == 1
    assert (await town.second.person("U0BEN").command("/oneonone", "meet")).status == 503
    with town.second.world.changed.listen() as news:
        while len(town.service.slack_apps) == 1:
            await asyncio.wait_for(news.get(), 10)
    assert (await town.second.person("U0BEN").command("/oneonone", "meet")).status == 200


async def test_what_another_process_stored_is_connected_when_it_is_needed(town: Town) -> None:
    await both_install(town)
    (_, second) = await town.installed()
    async with town.service.store.write(town.service.organization) as tx:
        await tx.installations.remove(second.workspace)
    await town.restart()
    assert len(town.service.slack_apps) == 1
    async with town.service.store.write(town.service.organization) as tx:
        await tx.installations.put(second)
    assert (await town.second.person("U0BEN").opens_home()).ok
    await town.settle()
    assert "Your home" in town.second.person("U0BEN").reads()


async def test_all_of_them_share_one_socket(sqlite_url: str) -> None:
    async with a_town(sqlite_url, SOCKET) as town:
        await both_install(town)
        assert (town.first.connected_sockets, town.second.connected_sockets) == (1, 0)
        for slack, user in ((town.first, "U0ANA"), (town.second, "U0BEN")):
            assert (await slack.person(user).command("/oneonone", "add")).ok
            await town.settle()
            assert "Write something." in slack.person(user).reads()
        async with ClientSession() as session, session.post(town.service.events_url, data="{}") as response:
            assert response.status == 404


async def test_without_a_public_address_nobody_could_take_it_in(sqlite_url: str) -> None:
    config = Config(database_url=sqlite_url, secret_keys=(b"k" * 32,), slack=MANY)
    with pytest.raises(ConfigError, match="ONEONONE_PUBLIC_URL is not set"):
        await build(config, clock=Clock(), new_id=new_id, new_key=new_key)


def test_the_manifest_names_the_way_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["manifest", "slack", "--url", "https://talk.example.org"]) == 0
    assert "redirect_urls" not in capsys.readouterr().out
    assert cli.main(["manifest", "slack", "--url", "https://talk.example.org", "--many"]) == 0
    assert "- https://talk.example.org/slack/oauth_redirect\n" in capsys.readouterr().out
    assert cli.main(["manifest", "slack", "--socket", "--many"]) == 2
    capsys.readouterr()
    settings = {"CLIENT_ID": "1.2", "CLIENT_SECRET": "hush", "SIGNING_SECRET": "hush"}
    for name, value in settings.items():
        monkeypatch.setenv(f"SLACK_{name}", value)
    monkeypatch.setenv("ONEONONE_PUBLIC_URL", "https://talk.example.org")
    assert cli.main(["manifest", "slack"]) == 0
    assert "/slack/oauth_redirect" in capsys.readouterr().out
