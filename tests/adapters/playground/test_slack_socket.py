"""Socket Mode, with the real client of Slack's SDK."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.playground.slack_line import Failure
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.playground.conftest import APP_TOKEN, SIGNING_SECRET
from tests.adapters.playground.slack_forms import modal, opens, text_input
from tests.adapters.playground.slack_payloads import Json


@pytest.fixture
async def app(slack: SlackStandIn, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """A Bolt app that reaches the stand-in by a socket, and has no address of its own."""
    bolt = AsyncApp(signing_secret=SIGNING_SECRET, client=client, process_before_response=True)
    slack.line.socket_mode = True
    handler = AsyncSocketModeHandler(bolt, APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.person("U0ANA").wait_for(lambda _: slack.connected_sockets == 1)
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_commands_forms_and_words_travel_by_socket(slack: SlackStandIn, app: AsyncApp) -> None:
    opens(app, modal(text_input("title", "Title")))
    heard: list[str] = []

    @app.view("form")
    async def _save(ack: Any, view: Json) -> None:
        if not heard:
            heard.append(view["state"]["values"]["title"]["value"]["value"])
            await ack(response_action="errors", errors={"title": "Shorter, please."})
        else:
            await ack()

    @app.event("message")
    async def _said(event: Json) -> None:
        heard.append(event["text"])

    ana = slack.person("U0ANA")
    assert (await ana.command("/oneonone")).ok
    await ana.fill("Title", "Tea")
    await ana.submit()
    assert [dict(view.errors) for view in ana.modals] == [{"title": "Shorter, please."}]
    await ana.submit()
    assert ana.modals == ()
    assert (await ana.says("hello")).ok
    assert heard == ["Tea", "hello"]


async def test_a_text_answer_to_a_command_is_seen(slack: SlackStandIn, app: AsyncApp) -> None:
    @app.command("/oneonone")
    async def _answer(ack: Any) -> None:
        await ack("Added.")

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    assert [each.text for each in ana.messages()] == ["Added."]


async def test_without_a_socket_nobody_answers(slack: SlackStandIn) -> None:
    slack.line.socket_mode = True
    answer = await slack.person("U0ANA").command("/oneonone")
    assert answer.failure is Failure.TIMEOUT


async def test_a_client_that_is_told_to_leave_comes_back(slack: SlackStandIn, app: AsyncApp) -> None:
    @app.command("/oneonone")
    async def _answer(ack: Any) -> None:
        await ack("Added.")

    await slack.disconnect_sockets()
    ana = slack.person("U0ANA")
    await ana.wait_for(lambda _: slack.connected_sockets == 1)
    assert (await ana.command("/oneonone")).ok
