"""What a person types, presses and reads, proven with a real Bolt app."""

import asyncio
import json
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp

from adapters.playground.slack_line import Failure
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.playground.slack_forms import button, modal, section
from tests.adapters.playground.slack_payloads import Json, plain


async def test_a_command_arrives_signed_and_its_answer_is_seen_by_its_author_alone(
    slack: SlackStandIn, bolt: AsyncApp
) -> None:
    heard: list[Json] = []

    @bolt.command("/oneonone")
    async def _answer(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack("Added.")

    ana, ben = slack.person("U0ANA"), slack.person("U0BEN")
    answer = await ana.command("/oneonone", "add @ben tea & <cake> in #general", channel="general")
    assert answer.ok
    assert heard[0]["text"] == "add <@U0BEN|ben> tea &amp; &lt;cake&gt; in <#C0GENERAL|general>"
    assert heard[0]["channel_id"] == "C0GENERAL"
    assert [each.text for each in ana.messages("general")] == ["Added."]
    assert ben.messages("general") == ()


async def test_an_answer_link_says_something_to_the_channel_when_asked_to(slack: SlackStandIn, bolt: AsyncApp) -> None:
    @bolt.command("/oneonone")
    async def _answer(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="For all.", response_type="in_channel")

    ana, ben = slack.person("U0ANA"), slack.person("U0BEN")
    await ana.command("/oneonone", channel="general")
    assert [each.text for each in ben.messages("general")] == ["For all."]


async def test_a_button_replaces_its_message_through_the_answer_link(slack: SlackStandIn, bolt: AsyncApp) -> None:
    pressed: list[Json] = []

    @bolt.action("done")
    async def _done(ack: Any, body: Json, respond: Any) -> None:
        pressed.append(body)
        await ack()
        await respond(text="Done.", replace_original=True)

    ana = slack.person("U0ANA")
    rows = [
        block
        for name in ("tea", "cake")
        for block in (section(name), {"type": "actions", "elements": [button("Done", "done", name)]})
    ]
    await bolt.client.chat_postMessage(channel="U0ANA", text="Two things", blocks=rows)
    assert (await ana.press("Done", near="cake")).ok
    assert pressed[0]["actions"][0]["value"] == "cake"
    assert pressed[0]["container"]["type"] == "message"
    assert [each.text for each in ana.messages()] == ["Done."]


async def test_an_ephemeral_message_has_buttons_and_can_be_deleted(slack: SlackStandIn, bolt: AsyncApp) -> None:
    @bolt.command("/oneonone")
    async def _answer(ack: Any) -> None:
        await ack(text="Sure?", blocks=[section("Sure?", accessory=button("No", "no"))])

    @bolt.action("no")
    async def _no(ack: Any, body: Json, respond: Any) -> None:
        assert body["container"]["is_ephemeral"]
        assert "message" not in body
        await ack()
        await respond(delete_original=True)

    ana = slack.person("U0ANA")
    await ana.command("/oneonone", channel="lounge")
    assert (await ana.press("No")).ok
    assert ana.messages("lounge") == ()


async def test_an_overflow_menu_and_a_select_send_block_actions(slack: SlackStandIn, bolt: AsyncApp) -> None:
    options = [{"text": plain("Drop"), "value": "drop"}, {"text": plain("Later"), "value": "later"}]
    menu = {"type": "overflow", "action_id": "menu", "options": options}
    select = {"type": "static_select", "action_id": "pick", "options": options}
    blocks = [section("tea", accessory=menu), {"type": "actions", "elements": [select]}]
    heard: list[str] = []

    @bolt.action("menu")
    @bolt.action("pick")
    async def _menu(ack: Any, action: Json) -> None:
        heard.append(f"{action['action_id']} {action['selected_option']['value']}")
        await ack()

    await bolt.client.chat_postMessage(channel="U0ANA", text="tea", blocks=blocks)
    ana = slack.person("U0ANA")
    await ana.press("Later", near="tea")
    await ana.choose("Drop", action_id="pick")
    assert heard == ["menu later", "pick drop"]


async def test_words_home_and_a_shortcut_arrive(slack: SlackStandIn, bolt: AsyncApp) -> None:
    heard: list[str] = []

    @bolt.event("message")
    async def _said(event: Json) -> None:
        heard.append(f"{event['channel_type']} {event['text']}")

    @bolt.event("app_mention")
    async def _mentioned(event: Json) -> None:
        heard.append(event["text"])

    @bolt.event("app_home_opened")
    async def _home(event: Json, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Hello")]})

    @bolt.shortcut("keep")
    async def _keep(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(section(body["message"]["text"])))

    ana, ben = slack.person("U0ANA"), slack.person("U0BEN")
    assert (await ana.says("add tea & cake")).ok
    assert (await ana.mentions_bot("help", channel="general")).ok
    assert (await ana.mentions_bot("help", channel="lounge")).status == 0
    assert heard == ["im add tea &amp; cake", "<@U0BOT> help"]
    assert (await ana.opens_home()).ok
    assert "Hello" in ana.reads()
    assert ben.home is None
    message = ben.writes("Can we talk about tea?", channel="lounge")
    assert (await ana.message_shortcut("keep", message)).ok
    assert "Can we talk about tea?" in ana.reads()


async def test_an_event_is_sent_again_three_times_with_its_number(slack: SlackStandIn, bolt: AsyncApp) -> None:
    numbers: list[str] = []

    @bolt.event("message")
    async def _fail(request: Any) -> None:
        numbers.append(request.headers.get("x-slack-retry-num", ["0"])[0])
        raise RuntimeError

    @bolt.error
    async def _five_hundred() -> Any:
        return BoltResponse(status=500)

    ana = slack.person("U0ANA")
    assert (await ana.says("hello")).failure is Failure.DISPATCH
    for _ in range(4):
        await slack.retry_failed_events()
    assert numbers == ["0", "1", "2", "3"]


async def test_bad_signatures_and_old_requests_are_turned_away(slack: SlackStandIn, bolt: AsyncApp) -> None:
    ana = slack.person("U0ANA")
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}})
    kind = {"Content-Type": "application/json"}
    assert (await ana.raw(body, {**kind, **slack.signed(body, secret="wrong")})).status == 401
    assert (await ana.raw(body, {**kind, **slack.signed(body, timestamp=1)})).status == 401
    assert (await ana.raw(body, kind)).status == 401


async def test_a_failing_bot_is_a_flag_on_the_screen(slack: SlackStandIn, bolt: AsyncApp) -> None:
    ana = slack.person("U0ANA")
    assert (await ana.command("/unknown")).failure is Failure.DISPATCH
    assert ana.failures == (Failure.DISPATCH,)


async def test_waiting_ends_as_soon_as_something_appears(slack: SlackStandIn, bolt: AsyncApp) -> None:
    ana = slack.person("U0ANA")
    waiting = asyncio.create_task(ana.wait_for(lambda me: me.messages()))
    await bolt.client.chat_postMessage(channel="U0ANA", text="Here.")
    assert [each.text for each in await waiting] == ["Here."]
