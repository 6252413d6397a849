"""The person side of the stand-in, proven with a real Bolt app."""

import json
from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from adapters.playground.slack_line import Failure
from adapters.playground.slack_standin import SlackStandIn

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def text_input(block_id: str, label: str, **more: Any) -> Json:
    optional = {"optional": more.pop("optional")} if "optional" in more else {}
    element = {"type": "plain_text_input", "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **optional}


def modal(*blocks: Json, title: str = "A form", **more: Any) -> Json:
    inputs = any(block["type"] == "input" for block in blocks)
    submit = {"submit": plain("Save")} if inputs else {}
    return {"type": "modal", "title": plain(title), "callback_id": "form", "blocks": list(blocks), **submit, **more}


def opens(app: AsyncApp, view: Json) -> None:
    @app.command("/oneonone")
    async def _open(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)


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


async def test_a_form_keeps_its_text_until_the_bot_takes_it(slack: SlackStandIn, bolt: AsyncApp) -> None:
    heard: list[Json] = []
    opens(bolt, modal(text_input("title", "Title"), text_input("why", "Why", optional=True)))

    @bolt.view("form")
    async def _save(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"])
        if len(heard) == 1:
            await ack(response_action="errors", errors={"title": "Shorter, please."})
        else:
            await ack()

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    assert (await ana.submit()).client_errors == {"title": "required"}
    await ana.fill("Title", "A long title")
    assert (await ana.submit()).ok
    assert [dict(view.errors) for view in ana.modals] == [{"title": "Shorter, please."}]
    await ana.fill("title", "Short")
    assert (await ana.submit()).ok
    assert ana.modals == ()
    assert heard[1] == {
        "title": {"value": {"type": "plain_text_input", "value": "Short"}},
        "why": {"value": {"type": "plain_text_input", "value": None}},
    }


async def test_errors_for_a_block_that_is_no_input_are_a_failure(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal(section("words", block_id="words"), text_input("title", "Title")))

    @bolt.view("form")
    async def _save(ack: Any) -> None:
        await ack(response_action="errors", errors={"words": "No."})

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("Title", "Tea")
    answer = await ana.submit()
    assert answer.failure is Failure.INVALID_ANSWER
    assert [each.rule for each in answer.problems] == ["unknown_block_id"]
    assert [each.problem.rule for each in slack.violations] == ["unknown_block_id"]
    assert ana.modal


async def test_a_client_refuses_a_text_that_is_too_long_unless_forced(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal(text_input("title", "Title", max_length=5)))
    heard: list[str] = []

    @bolt.view("form")
    async def _save(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"]["title"]["value"]["value"])
        await ack()

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("Title", "123456")
    assert (await ana.submit()).client_errors == {"title": "too_long"}
    assert (await ana.submit(force=True)).ok
    assert heard == ["123456"]


async def test_views_stack_three_deep_and_close_one_by_one(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal({"type": "actions", "elements": [button("Deeper", "deeper")]}, title="0"))
    refused: list[str] = []

    @bolt.action("deeper")
    async def _deeper(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal({"type": "actions", "elements": [button("Deeper", "deeper")]}, notify_on_close=True)
        try:
            pushed = (await client.views_push(trigger_id=body["trigger_id"], view=view))["view"]
            assert pushed["root_view_id"] == body["view"]["root_view_id"]
            assert pushed["previous_view_id"] == body["view"]["id"]
        except Exception as error:  # noqa: BLE001 -- the SDK's error is the fact
            refused.append(error.response["error"])  # type: ignore[attr-defined]

    closed: list[Json] = []

    @bolt.view_closed("form")
    async def _closed(ack: Any, body: Json) -> None:
        closed.append(body)
        await ack()

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    for _ in range(3):
        await ana.press("Deeper")
    assert [view.title for view in ana.modals] == ["0", "A form", "A form"]
    assert refused == ["push_limit_reached"]
    await ana.close_modal()
    assert [view.title for view in ana.modals] == ["0", "A form"]
    assert closed[0]["is_cleared"] is False


async def test_an_update_keeps_what_was_typed_where_the_ids_stay(slack: SlackStandIn, bolt: AsyncApp) -> None:
    row = {"type": "actions", "elements": [button("Add a row", "row")]}
    opens(bolt, modal(text_input("a", "First"), text_input("b", "Second"), row))

    @bolt.action("row")
    async def _row(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal(text_input("a", "First"), text_input("c", "Third", initial_value="new"), row)
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("First", "kept")
    await ana.fill("Second", "gone")
    await ana.press("Add a row")
    sent: list[Json] = []

    @bolt.view("form")
    async def _save(ack: Any, view: Json) -> None:
        sent.append(view["state"]["values"])
        await ack(response_action="clear")

    await ana.submit()
    assert {block: value["value"]["value"] for block, value in sent[0].items()} == {"a": "kept", "c": "new"}
    assert ana.modals == ()


async def test_a_submission_can_update_and_push(slack: SlackStandIn, bolt: AsyncApp) -> None:
    opens(bolt, modal(text_input("a", "First")))
    answers = iter(
        [
            {"response_action": "update", "view": modal(text_input("a", "First"), title="Step 2")},
            {"response_action": "push", "view": modal(section("Look."), title="Step 3")},
        ]
    )

    @bolt.view("form")
    async def _save(ack: Any) -> None:
        await ack(**next(answers))

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("First", "x")
    await ana.submit()
    assert [view.title for view in ana.modals] == ["Step 2"]
    await ana.submit()
    assert [view.title for view in ana.modals] == ["Step 2", "Step 3"]
    assert "Look." in ana.reads()


async def test_choices_of_every_kind_arrive_as_slack_reports_them(slack: SlackStandIn, bolt: AsyncApp) -> None:
    def option(name: str) -> Json:
        return {"text": plain(name), "value": name.lower()}

    options = [option("Red"), option("Blue")]

    def field(block_id: str, element: Json) -> Json:
        return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}

    opens(
        bolt,
        modal(
            field("select", {"type": "static_select", "action_id": "v", "options": options}),
            field("boxes", {"type": "checkboxes", "action_id": "v", "options": options}),
            field("radio", {"type": "radio_buttons", "action_id": "v", "options": options}),
            field("many", {"type": "multi_static_select", "action_id": "v", "options": options}),
            field("day", {"type": "datepicker", "action_id": "v"}),
            field("who", {"type": "external_select", "action_id": "people", "min_query_length": 1}),
        ),
    )

    @bolt.options("people")
    async def _people(ack: Any, body: Json) -> None:
        await ack(options=[option(name) for name in ("Ana", "Ben") if name.startswith(body["value"][:1])])

    heard: list[Json] = []

    @bolt.view("form")
    async def _save(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"])
        await ack()

    ana = slack.person("U0ANA")
    await ana.command("/oneonone")
    await ana.fill("select", "Blue")
    await ana.fill("boxes", ["Red", "Blue"])
    await ana.fill("radio", "Red")
    await ana.fill("many", ["Blue"])
    await ana.fill("day", date(2026, 11, 24))
    found = await ana.search_options("who", "B")
    assert [each["text"]["text"] for each in found.body["options"]] == ["Ben"]
    await ana.fill("who", "Ben")
    assert (await ana.submit()).ok
    values = heard[0]
    assert values["select"]["v"]["selected_option"]["value"] == "blue"
    assert [each["value"] for each in values["boxes"]["v"]["selected_options"]] == ["red", "blue"]
    assert values["radio"]["v"]["selected_option"]["value"] == "red"
    assert [each["value"] for each in values["many"]["v"]["selected_options"]] == ["blue"]
    assert values["day"]["v"]["selected_date"] == "2026-11-24"
    assert values["who"]["people"]["selected_option"]["value"] == "ben"


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
        from slack_bolt import BoltResponse

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
    import asyncio

    ana = slack.person("U0ANA")
    waiting = asyncio.create_task(ana.wait_for(lambda me: me.messages()))
    await bolt.client.chat_postMessage(channel="U0ANA", text="Here.")
    assert [each.text for each in await waiting] == ["Here."]
