"""What a person does with modals, proven with a real Bolt app."""

from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from adapters.playground.slack_line import Failure
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.playground.slack_forms import button, modal, opens, section, text_input
from tests.adapters.playground.slack_payloads import Json, plain


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
