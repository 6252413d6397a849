"""What `oneonone doctor` says of Slack, against a workspace that refuses what Slack refuses."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import new_id
from adapters.config import SlackConfig
from adapters.findings import Finding, Verdict
from adapters.playground.slack_people import SlackApp
from adapters.playground.slack_standin import SlackStandIn
from adapters.slack.checkup import check_app, check_token

SECRET = "0123456789abcdef0123456789abcdef"
APP = SlackApp("xoxb-canary-bot", SECRET, app_token="xapp-canary", client_id="1.2", client_secret="canary-client")
WELL = {"Slack: signing secret": "", "Slack: token": "", "Slack: scopes": "", "clock against Slack": ""}


def now() -> datetime:
    return datetime.now(UTC)


async def standing(app: SlackApp) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(
        users=[],
        now=now,
        new_id=new_id,
        bot_token=app.bot_token,
        signing_secret=app.signing_secret,
        app_token=app.app_token,
        app=app,
    ) as slack:
        yield slack


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async for each in standing(APP):
        yield each


@pytest.fixture
def config(slack: SlackStandIn) -> SlackConfig:
    return SlackConfig(bot_token=APP.bot_token, signing_secret=SECRET, api_url=slack.api_url)


@pytest.fixture
def many(slack: SlackStandIn) -> SlackConfig:
    return SlackConfig(signing_secret=SECRET, client_id="1.2", client_secret="canary-client", api_url=slack.api_url)


async def found(config: SlackConfig, *, ahead: timedelta = timedelta()) -> Sequence[Finding]:
    findings = [each async for each in check_app(config, now=lambda: now() + ahead)]
    assert "canary" not in repr(findings)
    assert SECRET not in repr(findings)
    return findings


def ill(findings: Sequence[Finding]) -> dict[str, str]:
    return {each.check: f"{each.verdict}: {each.says}" for each in findings if each.verdict is not Verdict.ok}


async def test_what_is_well_is_said(config: SlackConfig) -> None:
    assert {each.check: each.says for each in await found(config)} == WELL
    with_socket = await found(replace(config, app_token="xapp-canary"))
    assert {each.check: each.says for each in with_socket} == {**WELL, "Slack: Socket Mode": ""}


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("token_revoked", "The token was revoked. Install the app"),
        ("account_inactive", "The app was removed from the workspace"),
        ("invalid_auth", "Slack does not know the token. Copy it again"),
        ("something_new", "Slack says something_new to auth.test"),
        ("<b>Ana wrote: 1!", "Slack says bnawrote1 to auth.test"),
    ],
)
async def test_a_token_that_is_refused_is_told_with_what_to_do(
    code: str, says: str, slack: SlackStandIn, config: SlackConfig
) -> None:
    slack.world.faults.add("auth.test", "api_error", error=code)
    said = ill(await found(config))
    assert list(said) == ["Slack: token"]
    assert said["Slack: token"].startswith(f"failed: {says}")


async def test_another_token_is_refused(config: SlackConfig) -> None:
    assert "does not know the token" in ill(await found(replace(config, bot_token="xoxb-canary-else")))["Slack: token"]
    assert "of another kind" in ill(await found(replace(config, bot_token="xapp-canary")))["Slack: token"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("server_error", "http_500"), ("html_502", "http_502"), ("drop", "connection_lost"), ("rate_limited", "")],
)
async def test_slack_that_does_not_answer_is_told_apart_from_a_wrong_token(
    fault: str, kind: str, slack: SlackStandIn, config: SlackConfig
) -> None:
    slack.world.faults.add("auth.test", fault)
    said = ill(await found(config))["Slack: token"]
    assert (f"Slack cannot be asked ({kind})" in said) or (not kind and "ratelimited" in said)


async def test_slack_that_cannot_be_reached_is_told(config: SlackConfig) -> None:
    said = ill(await found(replace(config, api_url="http://127.0.0.1:1/api/", app_token="xapp-canary")))
    assert "cannot be asked (not_connected)" in said["Slack: token"]
    assert "cannot be asked (not_connected)" in said["Slack: Socket Mode"]


async def test_missing_scopes_are_named(config: SlackConfig) -> None:
    async for slack in standing(replace(APP, scopes="commands,chat:write,im:write,users:read,app_mentions:read")):
        said = ill(await found(replace(config, api_url=slack.api_url)))
        assert said["Slack: scopes"].startswith("failed: The token lacks channels:read, groups:read, im:history, ")


async def test_an_app_level_token_that_is_refused_is_told(slack: SlackStandIn, config: SlackConfig) -> None:
    socket = replace(config, app_token="xapp-canary")
    assert "invalid_auth. Make a new" in ill(await found(replace(socket, app_token="xapp-else")))["Slack: Socket Mode"]
    slack.world.faults.add("apps.connections.open", "api_error", error="missing_scope")
    assert "connections:write" in ill(await found(socket))["Slack: Socket Mode"]


async def test_a_signing_secret_of_another_shape_is_doubted(config: SlackConfig) -> None:
    said = ill(await found(replace(config, signing_secret="xoxb-canary")))
    assert said["Slack: signing secret"].startswith("warning: SLACK_SIGNING_SECRET is not made like one")


@pytest.mark.parametrize(
    ("ahead", "verdict"), [(3, None), (-3, None), (30, "warning"), (-30, "warning"), (90, "failed"), (-400, "failed")]
)
async def test_a_clock_that_is_wrong_is_told(ahead: int, verdict: str | None, config: SlackConfig) -> None:
    said = ill(await found(config, ahead=timedelta(seconds=ahead)))
    assert (said["clock against Slack"].partition(":")[0] if said else None) == verdict


async def test_for_many_workspaces_the_client_is_checked(many: SlackConfig) -> None:
    assert ill(await found(many)) == {}
    wrong = ill(await found(replace(many, client_secret="canary-else")))
    assert "SLACK_CLIENT_SECRET is not that of the app" in wrong["Slack: client id and secret"]
    wrong = ill(await found(replace(many, client_id="3.4")))
    assert "Slack does not know SLACK_CLIENT_ID" in wrong["Slack: client id and secret"]


async def test_each_workspace_is_checked_by_its_number(many: SlackConfig) -> None:
    for token, said in ((APP.bot_token, {}), ("xoxb-canary-else", ["Slack workspace 2: token"])):
        findings = [each async for each in check_token(many, token, called="Slack workspace 2", now=now)]
        assert list(ill(findings)) == list(said)
