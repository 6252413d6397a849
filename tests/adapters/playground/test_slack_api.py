"""The Web API side of the stand-in, asked by Slack's own client."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.playground.slack_people import SlackApp, SlackChannel, SlackUser
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.playground.conftest import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Stopwatch, numbered
from tests.adapters.playground.slack_forms import modal, section, text_input
from tests.adapters.playground.slack_payloads import Json, home, plain

FORM = modal(text_input("title", "Title"))


async def refusal(call: Any) -> Json:
    """What Slack answered to a call that must fail."""
    with pytest.raises(SlackApiError) as raised:
        await call
    answer: Json = raised.value.response.data
    return answer


async def code(call: Any) -> str:
    return str((await refusal(call))["error"])


async def test_the_bot_learns_who_it_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0BOT", "B0PLAY", "T0PLAY")


async def test_tokens_are_checked(slack: SlackStandIn) -> None:
    assert await code(AsyncWebClient(base_url=slack.api_url, retry_handlers=[]).auth_test()) == "not_authed"
    for token, error in (("xoxb-other", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")):
        client = AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])
        assert await code(client.auth_test()) == error


async def test_an_unknown_method_is_named_so(client: AsyncWebClient) -> None:
    assert await code(client.api_call("chat.shout")) == "unknown_method"


async def test_forms_and_json_say_the_same(slack: SlackStandIn) -> None:
    blocks = [section("tea")]
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    url = f"{slack.api_url}chat.postMessage"
    async with ClientSession(headers=headers) as session:
        form = {"channel": "U0ANA", "text": "x", "blocks": json.dumps(blocks)}
        async with session.post(url, data=form) as one:
            first = (await one.json())["message"]["blocks"]
        async with session.post(url, json={"channel": "U0ANA", "text": "x", "blocks": blocks}) as other:
            second = (await other.json())["message"]["blocks"]
    assert [each["text"] for each in first] == [each["text"] for each in second]


async def test_everybody_is_listed_page_by_page(client: AsyncWebClient) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=2, cursor=cursor, include_locale=True)
        seen += [each["id"] for each in page["members"]]
        assert len(page["members"]) <= 2
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert seen == ["U0ANA", "U0BEN", "U0GONE", "U0BOT", "USLACKBOT"]
    assert await code(client.users_list(cursor="made up")) == "invalid_cursor"


async def test_a_person_has_a_profile_and_a_leaver_hardly_any(client: AsyncWebClient) -> None:
    ana = (await client.users_info(user="U0ANA", include_locale=True))["user"]
    gone = (await client.users_info(user="U0GONE"))["user"]
    assert (ana["profile"]["email"], ana["tz"], ana["locale"]) == ("ana@example.com", "Europe/Berlin", "en-US")
    assert gone["deleted"]
    assert "tz" not in gone
    assert await code(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_the_bot_writes_where_it_may(client: AsyncWebClient) -> None:
    for place in ("U0ANA", "C0GENERAL"):
        assert (await client.chat_postMessage(channel=place, text="x"))["ok"]
    opened = await client.conversations_open(users="U0ANA")
    assert (await client.chat_postMessage(channel=opened["channel"]["id"], text="x"))["ok"]
    for place, error in (
        ("C0LOUNGE", "not_in_channel"),
        ("G0SECRET", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0GONE", "channel_not_found"),
    ):
        assert await code(client.chat_postMessage(channel=place, text="x")) == error
    assert await code(client.conversations_open(users="U0GONE")) == "user_disabled"


async def test_what_breaks_a_rule_is_refused_by_name_and_without_words(client: AsyncWebClient) -> None:
    post = client.chat_postMessage
    assert await code(client.api_call("chat.postMessage", json={"channel": "U0ANA"})) == "no_text"
    assert await code(post(channel="U0ANA", text="x" * 40_001)) == "msg_too_long"
    long = [section("x" * 2900)] * 5
    assert await code(post(channel="U0ANA", text="x", blocks=long)) == "msg_blocks_too_long"
    metadata = {"event_type": "no good", "event_payload": {}}
    assert await code(post(channel="U0ANA", text="x", metadata=metadata)) == "invalid_metadata_format"
    answer = await refusal(post(channel="U0ANA", text="x", blocks=[section("secret" * 600)]))
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters (too_long) [json-pointer:/blocks/0/text/text]"
    ]


async def test_refused_payloads_are_remembered_as_violations(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await code(client.chat_postMessage(channel="U0ANA", text="x", blocks=[{"type": "sparkles"}]))
    assert [(each.where, each.problem.rule) for each in slack.violations] == [("chat.postMessage", "unknown_type")]


async def test_an_ephemeral_message_needs_its_reader_and_the_bot_in_the_channel(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="Only you.")
    assert [each.text for each in slack.person("U0ANA").messages("general")] == ["Only you."]
    assert slack.person("U0BEN").messages("general") == ()
    assert await code(client.chat_postEphemeral(channel="C0GENERAL", user="U0GONE", text="x")) == "user_not_in_channel"
    assert await code(client.chat_postEphemeral(channel="C0LOUNGE", user="U0ANA", text="x")) == "not_in_channel"


async def test_the_bot_changes_and_deletes_its_own_messages_only(slack: SlackStandIn, client: AsyncWebClient) -> None:
    ana = slack.person("U0ANA")
    sent = await client.chat_postMessage(channel="U0ANA", text="one")
    where = {"channel": sent["channel"], "ts": sent["ts"]}
    assert (await client.chat_update(**where, text="two"))["text"] == "two"
    assert [each.text for each in ana.messages()] == ["two"]
    assert await code(client.chat_update(**where, text="x" * 4001)) == "msg_too_long"
    await client.chat_delete(**where)
    assert ana.messages() == ()
    assert await code(client.chat_update(**where, text="three")) == "message_not_found"
    hers = ana.writes("mine", channel="general")
    assert await code(client.chat_update(channel=hers.channel, ts=hers.ts, text="x")) == "cant_update_message"
    assert await code(client.chat_delete(channel=hers.channel, ts=hers.ts)) == "cant_delete_message"


async def test_history_shows_metadata_newest_first_in_direct_messages_only(client: AsyncWebClient) -> None:
    sent = [
        await client.chat_postMessage(
            channel="U0ANA", text="x", metadata={"event_type": "sent", "event_payload": {"number": number}}
        )
        for number in range(3)
    ]
    dm, newest = sent[-1]["channel"], sent[-1]["ts"]
    found = await client.conversations_history(channel=dm, include_all_metadata=True, limit=2)
    assert [each["metadata"]["event_payload"]["number"] for each in found["messages"]] == [2, 1]
    assert found["has_more"]
    plainly = await client.conversations_history(channel=dm, oldest=newest, inclusive=True)
    assert [each.get("metadata") for each in plainly["messages"]] == [None]
    assert await code(client.conversations_history(channel="C0GENERAL")) == "missing_scope"


async def test_channels_show_their_members_where_the_bot_may_look(client: AsyncWebClient) -> None:
    assert (await client.conversations_members(channel="C0GENERAL"))["members"] == ["U0ANA", "U0BEN", "U0BOT"]
    assert (await client.conversations_info(channel="C0LOUNGE"))["channel"]["is_member"] is False
    assert await code(client.conversations_members(channel="G0SECRET")) == "channel_not_found"


async def test_members_of_a_channel_come_in_pages_of_fewer_than_a_thousand(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    everybody = tuple(f"U1{number:04}" for number in range(1200))
    slack.world.channels["C0ALL"] = SlackChannel("C0ALL", "all", everybody)
    first = await client.conversations_members(channel="C0ALL", limit=999)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel="C0ALL", limit=999, cursor=cursor)
    assert (*first["members"], *rest["members"]) == everybody
    assert rest["response_metadata"]["next_cursor"] == ""
    assert await code(client.conversations_members(channel="C0ALL", limit=1000)) == "invalid_limit"
    assert await code(client.conversations_members(channel="C0ALL", cursor="made up")) == "invalid_cursor"


async def test_members_are_shown_with_the_scope_for_the_kind_of_channel_only(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    slack.world.channels["G0OURS"] = SlackChannel("G0OURS", "ours", ("U0ANA", "U0BOT"), is_private=True)
    slack.world.app = replace(slack.world.app, scopes="channels:read")
    refused = await refusal(client.conversations_members(channel="G0OURS"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "groups:read")
    slack.world.app = replace(slack.world.app, scopes="groups:read")
    assert (await client.conversations_members(channel="G0OURS"))["members"] == ["U0ANA", "U0BOT"]
    assert (await refusal(client.conversations_members(channel="C0GENERAL")))["needed"] == "channels:read"


async def test_a_link_to_a_message_fails_where_the_bot_is_absent(slack: SlackStandIn, client: AsyncWebClient) -> None:
    ana = slack.person("U0ANA")
    here, there = ana.writes("here", channel="general"), ana.writes("there", channel="secret")
    link = await client.chat_getPermalink(channel=here.channel, message_ts=here.ts)
    assert link["permalink"].startswith("https://playground.slack.com/archives/C0GENERAL/p")
    assert await code(client.chat_getPermalink(channel=there.channel, message_ts=there.ts)) == "channel_not_found"


async def test_a_trigger_lives_three_seconds_and_works_once(
    slack: SlackStandIn, client: AsyncWebClient, stopwatch: Stopwatch
) -> None:
    fresh, late = (slack.world.tickets.trigger("U0ANA") for _ in range(2))
    await client.views_open(trigger_id=fresh, view=FORM)
    assert await code(client.views_open(trigger_id=fresh, view=FORM)) == "exchanged_trigger_id"
    stopwatch.seconds += 3.1
    assert await code(client.views_open(trigger_id=late, view=FORM)) == "expired_trigger_id"
    assert await code(client.views_open(trigger_id="made up", view=FORM)) == "invalid_trigger_id"


async def test_a_bad_view_leaves_the_trigger_unspent(slack: SlackStandIn, client: AsyncWebClient) -> None:
    trigger = slack.world.tickets.trigger("U0ANA")
    answer = await refusal(client.views_open(trigger_id=trigger, view={**FORM, "submit": None}))
    assert answer["error"] == "invalid_arguments"
    assert "missing_submit" in answer["response_metadata"]["messages"][0]
    assert (await client.views_open(trigger_id=trigger, view=FORM))["ok"]


async def test_a_view_is_updated_by_either_id_unless_somebody_was_quicker(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    view = {**FORM, "external_id": "draft-1"}
    opened = (await client.views_open(trigger_id=slack.world.tickets.trigger("U0ANA"), view=view))["view"]
    assert opened["state"]["values"] == {"title": {"value": {"type": "plain_text_input", "value": None}}}
    assert opened["root_view_id"] == opened["id"]
    newer = {**view, "title": plain("Newer")}
    await client.views_update(external_id="draft-1", view=newer)
    assert await code(client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)) == "hash_conflict"
    assert await code(client.views_update(view_id="V0NONE", view=view)) == "not_found"
    doubled = client.views_open(trigger_id=slack.world.tickets.trigger("U0BEN"), view=view)
    assert await code(doubled) == "duplicate_external_id"
    assert [each.title for each in slack.person("U0ANA").modals] == ["Newer"]


async def test_pushing_needs_a_trigger_from_inside_the_modal(slack: SlackStandIn, client: AsyncWebClient) -> None:
    tickets = slack.world.tickets
    opened = (await client.views_open(trigger_id=tickets.trigger("U0ANA"), view=FORM))["view"]
    assert await code(client.views_push(trigger_id=tickets.trigger("U0ANA"), view=FORM)) == "invalid_arguments"
    pushed = await client.views_push(trigger_id=tickets.trigger("U0ANA", opened["id"]), view=FORM)
    assert pushed["view"]["previous_view_id"] == opened["id"]


async def test_a_home_tab_is_one_persons(slack: SlackStandIn, client: AsyncWebClient) -> None:
    published = (await client.views_publish(user_id="U0ANA", view=home(section("Hello"))))["view"]
    again = client.views_publish(user_id="U0ANA", hash="old", view=home(section("Hello")))
    assert await code(again) == "hash_conflict"
    await client.views_update(view_id=published["id"], view=home(section("Hello again")))
    ana = slack.person("U0ANA")
    assert ana.home
    assert "Hello again" in ana.reads(ana.home)
    assert slack.person("U0BEN").home is None
    assert await code(client.views_publish(user_id="U0NOBODY", view=home())) == "user_not_found"


async def test_an_answer_link_works_five_times_in_thirty_minutes(slack: SlackStandIn, stopwatch: Stopwatch) -> None:
    tickets = slack.world.tickets
    dm = slack.person("U0ANA").dm

    def link() -> AsyncWebhookClient:
        return AsyncWebhookClient(f"{slack.base_url}/answer/{tickets.link('U0ANA', dm)}", retry_handlers=[])

    often, late = link(), link()
    assert [(await often.send(text="x")).body for _ in range(5)] == ["ok"] * 5
    used = await often.send(text="x")
    assert (used.status_code, "used_url" in used.body) == (404, True)
    stopwatch.seconds += 1801
    assert "expired_url" in (await late.send(text="x")).body
    assert "invalid_blocks" in (await link().send(text="x", blocks=[{"type": "sparkles"}])).body


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK's own doing
async def test_an_installation_code_becomes_a_token_once() -> None:
    app = SlackApp(BOT_TOKEN, SIGNING_SECRET, client_id="1.2", client_secret="hush")
    async with SlackStandIn(
        users=[SlackUser("U0ANA", "ana", "Ana Ruiz")],
        now=lambda: datetime.now(UTC),
        new_id=numbered(),
        bot_token=BOT_TOKEN,
        signing_secret=SIGNING_SECRET,
        app=app,
    ) as slack:
        client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
        access = client.oauth_v2_access
        granted = slack.installation_code("U0ANA")
        answer = await access(client_id="1.2", client_secret="hush", code=granted)
        assert (answer["access_token"], answer["authed_user"]["id"]) == (BOT_TOKEN, "U0ANA")
        assert await code(access(client_id="1.2", client_secret="hush", code=granted)) == "invalid_code"
        assert await code(access(client_id="1.2", client_secret="x", code="c")) == "bad_client_secret"


async def test_the_wire_keeps_what_was_asked_but_no_token(slack: SlackStandIn, client: AsyncWebClient) -> None:
    with slack.world.changed.listen() as news:
        await client.chat_postMessage(channel="U0ANA", text="x")
        topics = {(await asyncio.wait_for(news.get(), 1)).topic.value for _ in range(2)}
    (exchange,) = slack.world.wire.calls("chat.postMessage")
    assert (exchange.status, exchange.body["channel"], exchange.answer["ok"]) == (200, "U0ANA", True)
    assert topics == {"message", "wire"}
    assert BOT_TOKEN not in repr(exchange) + json.dumps(exchange.body)
