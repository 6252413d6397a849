"""What a person can see, touch and leave, down to the corners."""

import asyncio
from datetime import time
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.playground.slack_line import Failure
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.playground.conftest import BOT_TOKEN
from tests.adapters.playground.slack_forms import button, modal, opens, section, text_input
from tests.adapters.playground.slack_payloads import Json, home, option, plain


def field(block_id: str, element: Json) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}


@pytest.fixture
def closed(bolt: AsyncApp) -> list[bool]:
    """Whether each closed view was closed with the whole modal."""
    told: list[bool] = []

    @bolt.view_closed("form")
    async def _closed(ack: Any, body: Json) -> None:
        told.append(body["is_cleared"])
        await ack()

    return told


async def test_closing_a_whole_modal_is_told_only_when_asked_for(
    slack: SlackStandIn, bolt: AsyncApp, closed: list[bool]
) -> None:
    opens(bolt, modal(section("x"), notify_on_close=True))
    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    assert (await ana.close_all_modals()).ok
    assert (ana.modals, closed) == ((), [True])


async def test_closing_quietly_tells_nobody(slack: SlackStandIn, bolt: AsyncApp, closed: list[bool]) -> None:
    opens(bolt, modal(section("x")))
    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    assert (await ana.close_modal()).status == 0
    assert (ana.modals, closed) == ((), [])
    with pytest.raises(NotOnScreen):
        await ana.close_modal()


async def test_a_fourth_view_pushed_by_a_submission_is_a_failure(slack: SlackStandIn, bolt: AsyncApp) -> None:
    form = modal(text_input("title", "Title", optional=True))
    opens(bolt, form)

    @bolt.view("form")
    async def _push(ack: Any) -> None:
        await ack(response_action="push", view=form)

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    failures = [(await ana.submit()).failure for _ in range(3)]
    assert failures == [None, None, Failure.INVALID_ANSWER]
    assert len(ana.modals) == 3


async def test_an_answer_for_a_modal_that_was_closed_meanwhile_changes_nothing(
    slack: SlackStandIn, bolt: AsyncApp
) -> None:
    opens(bolt, modal(text_input("title", "Title", optional=True)))
    ana = slack.person("U0ANA")

    @bolt.view("form")
    async def _late(ack: Any) -> None:
        await ana.close_all_modals()
        await ack(response_action="errors", errors={"title": "Too late."})

    await ana.command("/oneonone")
    assert (await ana.submit()).ok
    assert ana.modals == ()


async def test_more_kinds_of_fields_can_be_filled(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(
        bolt,
        modal(
            field("at", {"type": "timepicker", "action_id": "v"}),
            field("person", {"type": "users_select", "action_id": "v"}),
            field("people", {"type": "multi_users_select", "action_id": "v"}),
            field("found", {"type": "multi_external_select", "action_id": "found", "min_query_length": 1}),
            text_input("words", "Words", min_length=3, optional=True),
        ),
    )

    @bolt.options("found")
    async def _found(ack: Any, body: Json) -> None:
        await ack(options=[option(body["value"])])

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("at", time(9, 30))
    await ana.fill("person", "U0BEN")
    await ana.fill("people", ["U0BEN"])
    await ana.fill("found", ["tea", "cake"])
    await ana.fill("Words", "ab")
    assert (await ana.submit()).client_errors == {"words": "too_short"}
    await ana.fill("Words", None)
    heard: list[Json] = []

    @bolt.view("form")
    async def _save(ack: Any, view: Json) -> None:
        heard.append({block: state for block, each in view["state"]["values"].items() for state in each.values()})
        await ack()

    assert (await ana.submit()).ok
    assert heard[0]["at"]["selected_time"] == "09:30"
    assert heard[0]["person"]["selected_user"] == "U0BEN"
    assert heard[0]["people"]["selected_users"] == ["U0BEN"]
    assert [each["value"] for each in heard[0]["found"]["selected_options"]] == ["tea", "cake"]
    assert heard[0]["words"]["value"] is None


async def test_a_menu_that_asks_the_bot_waits_for_enough_letters(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal(field("found", {"type": "external_select", "action_id": "found"})))
    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    assert (await ana.search_options("found", "ab")).status == 0
    with pytest.raises(NotOnScreen):
        await ana.fill("found", "ab")


async def test_options_that_break_a_rule_are_a_failure(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal(field("found", {"type": "external_select", "action_id": "found"})))

    @bolt.options("found")
    async def _found(ack: Any) -> None:
        await ack(options=[option("x" * 76)])

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    answer = await ana.search_options("found", "abc")
    assert answer.failure is Failure.INVALID_ANSWER
    assert "too_long" in [each.rule for each in answer.problems]


async def test_what_is_not_there_cannot_be_touched(slack: SlackStandIn, client: AsyncWebClient) -> None:
    ana = slack.person("U0ANA")
    await client.chat_postMessage(
        channel="U0ANA", text="x", blocks=[section("tea", accessory=button("Done", "done")), section("cake")]
    )
    for wanted in ("Gone", "done"):
        with pytest.raises(NotOnScreen):
            await ana.press(wanted)
    with pytest.raises(NotOnScreen):
        await ana.press("Done", near="cake")
    with pytest.raises(NotOnScreen):
        await ana.fill("Title", "x")


async def test_a_message_keeps_what_was_chosen_in_it(slack: SlackStandIn, bolt: AsyncApp) -> None:
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": [option("tea"), option("cake")]}
    row = {"type": "actions", "block_id": "row", "elements": [boxes, button("Save", "save")]}
    await bolt.client.chat_postMessage(channel="U0ANA", text="x", blocks=[row])
    heard: list[list[Json]] = []

    @bolt.action("boxes")
    @bolt.action("save")
    async def _heard(ack: Any, body: Json) -> None:
        heard.append(body["state"]["values"]["row"]["boxes"]["selected_options"])
        await ack()

    ana = slack.person("U0ANA")
    await ana.choose(["cake"], action_id="boxes")
    await ana.press("Save")
    assert [[each["value"] for each in chosen] for chosen in heard] == [["cake"], ["cake"]]


async def test_people_read_blocks_and_never_what_is_behind_them(slack: SlackStandIn, client: AsyncWebClient) -> None:
    ana = slack.person("U0ANA")
    assert ana.reads() == ""
    await client.chat_postMessage(channel="U0ANA", text="tea &amp; cake")
    assert ana.reads() == "tea & cake"
    words = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [_span("a &amp; b")]}]}
    await client.chat_postMessage(channel="U0ANA", text="You have news.", blocks=[section("c &lt; d"), words])
    assert ana.reads() == "c < d\na &amp; b"
    assert "You have news." in ana.everything_seen()
    assert "You have news." not in slack.person("U0BEN").everything_seen()


def _span(text: str) -> Json:
    return {"type": "text", "text": text}


async def test_tabs_and_shortcuts_of_the_bot_are_told(slack: SlackStandIn, bolt: AsyncApp) -> None:
    heard: list[str] = []

    @bolt.event("app_home_opened")
    async def _opened(event: Json, client: AsyncWebClient) -> None:
        heard.append(f"{event['tab']} {'view' in event}")
        await client.views_publish(user_id=event["user"], view=home(section("Hello")))

    @bolt.shortcut("start")
    async def _start(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body["type"])
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(section("Start")))

    ana = slack.person("U0ANA")
    places: list[str | None] = []
    await ana.opens_home()
    places.append(ana.looking_at)
    await ana.opens_messages()
    places.append(ana.looking_at)
    assert places == [None, ana.dm]
    await ana.shortcut("start")
    assert heard == ["home False", "messages True", "shortcut"]
    assert [view.title for view in ana.modals] == ["A form"]


async def test_an_event_can_be_sent_twice_and_an_interaction_forged(slack: SlackStandIn, bolt: AsyncApp) -> None:
    heard: list[str] = []

    @bolt.event("message")
    async def _said(body: Json) -> None:
        heard.append(body["event_id"])

    ana = slack.person("U0ANA")
    await ana.says("hello")
    assert (await slack.events.replay(slack.events.sent[-1])).ok
    assert len(heard) == 2
    assert len(set(heard)) == 1
    assert (await ana.forge({"type": "view_submission"})).failure is Failure.DISPATCH


async def test_nobody_at_the_address_is_a_failure(slack: SlackStandIn) -> None:
    slack.events_url = "http://127.0.0.1:9/slack/events"
    ana = slack.person("U0ANA")
    assert (await ana.command("/oneonone")).failure is Failure.DISPATCH


async def test_an_answer_that_comes_too_late_is_a_timeout(slack: SlackStandIn, bolt: AsyncApp) -> None:
    never = asyncio.Event()

    @bolt.command("/oneonone")
    async def _wait() -> None:
        await never.wait()

    slack.line.patience = 0.05
    ana = slack.person("U0ANA")
    assert (await ana.command("/oneonone")).failure is Failure.TIMEOUT
    assert ana.failures == (Failure.TIMEOUT,)


async def test_waiting_for_what_never_comes_ends(slack: SlackStandIn) -> None:
    with pytest.raises(TimeoutError):
        await slack.person("U0ANA").wait_for(lambda me: me.modal, within=0.01)


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_body_that_is_no_object_is_named_so(slack: SlackStandIn, body: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": "application/json"}
    async with ClientSession(headers=headers) as session:
        for url in (f"{slack.api_url}auth.test", f"{slack.base_url}/answer/nothing"):
            async with session.post(url, data=body) as response:
                assert (await response.json())["error"] == error
