"""The stand-in fails as it is told to, and counts how often."""

from typing import Any

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.playground.faults import FaultKind
from adapters.playground.slack_standin import SlackStandIn


def post(client: AsyncWebClient) -> Any:
    return client.chat_postMessage(channel="U0ANA", text="x")


def arrived(slack: SlackStandIn) -> int:
    return len(slack.person("U0ANA").messages())


async def test_a_rate_limit_says_when_to_come_back(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.world.faults.add("chat.postMessage", "rate_limited", retry_after=7)
    with pytest.raises(SlackApiError) as raised:
        await post(client)
    response = raised.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "7", "ratelimited")
    assert arrived(slack) == 0
    assert (await post(client))["ok"]


@pytest.mark.parametrize("kind", ["server_error", "html_502", "api_error", "fatal_error"])
async def test_a_failure_before_the_deed_leaves_nothing(slack: SlackStandIn, client: AsyncWebClient, kind: str) -> None:
    slack.world.faults.add("chat.postMessage", kind, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await post(client)
    assert arrived(slack) == 0
    assert slack.world.faults.count(kind) == 2
    assert (await post(client))["ok"]


async def test_an_error_code_can_be_chosen(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.world.faults.add("*", "api_error", error="account_inactive")
    with pytest.raises(SlackApiError) as raised:
        await post(client)
    assert raised.value.response["error"] == "account_inactive"


@pytest.mark.parametrize(("kind", "stored"), [("accept_then_drop", 1), ("drop", 0)])
async def test_a_dropped_connection_tells_nothing(
    slack: SlackStandIn, client: AsyncWebClient, kind: str, stored: int
) -> None:
    slack.world.faults.add("chat.postMessage", kind)
    with pytest.raises(ClientError):
        await post(client)
    assert arrived(slack) == stored
    assert slack.world.faults.fired["chat.postMessage", FaultKind(kind)] == 1


async def test_a_fatal_error_may_come_after_the_deed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.world.faults.add("chat.postMessage", "fatal_error", stores=True)
    with pytest.raises(SlackApiError):
        await post(client)
    assert arrived(slack) == 1


async def test_a_slow_answer_comes_after_the_deed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.world.faults.add("chat.postMessage", "slow", delay=30)
    client.timeout = 1
    with pytest.raises(TimeoutError):
        await post(client)
    assert arrived(slack) == 1
