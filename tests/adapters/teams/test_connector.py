"""Calls of the Bot Connector, over HTTP: what is sent, where it may go, and what becomes of it."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.config import TeamsConfig
from adapters.teams.connector import Connector, session
from adapters.teams.hosts import Hosts
from adapters.teams.outcomes import seconds
from adapters.teams.tokens import Tokens
from adapters.trouble import Outcome, Trouble
from tests.adapters.teams.servers import ConnectorServer, Issuer, Reply, connector_server, token_issuer

APP = "0a1b2c3d-0000-4000-8000-000000000001"
TENANT = "0a1b2c3d-0000-4000-8000-00000000000a"
CHAT = "a:1/..;messageid=7?x"
ESCAPED = "a%3A1%2F..%3Bmessageid%3D7%3Fx"
MESSAGE = {"type": "message", "summary": "News of a 1-on-1"}


@pytest.fixture
async def microsoft() -> AsyncIterator[ConnectorServer]:
    async with connector_server() as running:
        yield running


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with token_issuer() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with session() as opened:
        yield opened


@pytest.fixture
def tokens(issuer: Issuer) -> Tokens:
    return Tokens(TeamsConfig(app_id=APP, password="s3cret", tenant=TENANT, login_url=issuer.base_url))


@pytest.fixture
def connector(http: aiohttp.ClientSession, tokens: Tokens) -> Connector:
    return Connector(http, tokens, Hosts(loopback=True))


async def trouble_in(call: Awaitable[object]) -> Trouble:
    with pytest.raises(Trouble) as trouble:
        await call
    return trouble.value


async def test_a_message_is_posted_once_with_the_bots_token(connector: Connector, microsoft: ConnectorServer) -> None:
    assert await connector.send(microsoft.service_url, CHAT, MESSAGE) == "1:1"
    (sent,) = microsoft.received
    assert (sent.method, sent.path) == ("POST", f"/teams/v3/conversations/{ESCAPED}/activities")
    assert sent.body == MESSAGE
    assert sent.authorization == "Bearer token 1"


async def test_an_answer_to_an_activity_is_posted_under_it(connector: Connector, microsoft: ConnectorServer) -> None:
    await connector.send(microsoft.service_url.rstrip("/"), "a:1", {**MESSAGE, "replyToId": "1:9"})
    assert microsoft.received[0].path == "/teams/v3/conversations/a%3A1/activities/1%3A9"


async def test_an_update_replaces_the_activity(connector: Connector, microsoft: ConnectorServer) -> None:
    await connector.update(microsoft.service_url, "a:1", "1:9", MESSAGE)
    (sent,) = microsoft.received
    assert (sent.method, sent.path) == ("PUT", "/teams/v3/conversations/a%3A1/activities/1%3A9")
    assert sent.body == {**MESSAGE, "id": "1:9"}


async def test_a_chat_is_opened_for_one_member_of_the_tenant(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.answers(201, {"id": "a:new"})
    assert await connector.open(microsoft.service_url, tenant=TENANT, bot="28:bot", member="ben") == "a:new"
    (sent,) = microsoft.received
    assert (sent.method, sent.path) == ("POST", "/teams/v3/conversations")
    assert (sent.body["bot"], sent.body["members"]) == ({"id": "28:bot"}, [{"id": "ben"}])
    assert sent.body["tenantId"] == sent.body["channelData"]["tenant"]["id"] == TENANT
    assert sent.body["isGroup"] is False


async def test_a_member_is_looked_up_in_a_conversation(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.answers(200, {"id": "29:ben", "aadObjectId": "ben"})
    assert (await connector.member(microsoft.service_url, "a:1", "29:ben"))["aadObjectId"] == "ben"
    assert microsoft.received[0].path == "/teams/v3/conversations/a%3A1/members/29%3Aben"


async def test_members_are_read_a_page_at_a_time(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.answers(200, {"members": [{"id": "29:ana"}, 7], "continuationToken": "next&page"})
    microsoft.answers(200, {"members": [{"id": "29:ben"}], "continuationToken": ""})
    assert await connector.members(microsoft.service_url, "19:team", "") == ([{"id": "29:ana"}], "next&page")
    assert await connector.members(microsoft.service_url, "19:team", "next&page") == ([{"id": "29:ben"}], "")
    assert [each.query.get("continuationToken") for each in microsoft.received] == [None, "next&page"]


async def test_answers_of_another_shape_hold_nothing(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.answers(200, ["no", "object"])
    assert await connector.members(microsoft.service_url, "19:team", "") == ([], "")
    microsoft.answers(200, {"members": 7})
    assert await connector.members(microsoft.service_url, "19:team", "") == ([], "")
    microsoft.answers(202)
    assert await connector.send(microsoft.service_url, "a:1", MESSAGE) == ""
    microsoft.answers(201, {})
    trouble = await trouble_in(connector.open(microsoft.service_url, tenant=TENANT, bot="28:bot", member="ben"))
    assert trouble.outcome is Outcome.unknown


@pytest.mark.parametrize(
    "service_url", ["https://evil.example/", "http://smba.trafficmanager.net/", "https://user@smba.trafficmanager.net/"]
)
async def test_nothing_goes_where_the_bot_has_no_business_and_no_token_is_fetched_for_it(
    connector: Connector, issuer: Issuer, service_url: str
) -> None:
    calls = (
        connector.send(service_url, "a:1", MESSAGE),
        connector.update(service_url, "a:1", "1:9", MESSAGE),
        connector.open(service_url, tenant=TENANT, bot="28:bot", member="ben"),
        connector.member(service_url, "a:1", "29:ben"),
        connector.members(service_url, "a:1", ""),
    )
    for call in calls:
        trouble = await trouble_in(call)
        assert (trouble.code, trouble.outcome) == ("host_not_allowed", Outcome.broken)
    assert issuer.asked == []


async def test_this_machine_gets_no_token_unless_that_is_set(
    http: aiohttp.ClientSession, tokens: Tokens, microsoft: ConnectorServer
) -> None:
    connector = Connector(http, tokens, Hosts(loopback=False))
    assert (await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))).code == "host_not_allowed"
    assert microsoft.received == []


async def test_nobody_is_followed_elsewhere(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.answers(307, None, Location=f"{microsoft.base_url}/elsewhere")
    trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("http_307", Outcome.broken)
    assert len(microsoft.received) == 1


@pytest.mark.parametrize(
    ("status", "body", "code", "outcome"),
    [
        (429, {"error": {"code": "TooManyRequests"}}, "TooManyRequests", Outcome.later),
        (412, {"error": {"code": "PreconditionFailed"}}, "PreconditionFailed", Outcome.later),
        (502, "<html>Bad gateway</html>", "http_502", Outcome.unknown),
        (504, "<html>Gateway timeout</html>", "http_504", Outcome.unknown),
        (500, {"error": {"code": "ServiceError"}}, "ServiceError", Outcome.unknown),
        (503, None, "http_503", Outcome.unknown),
        (408, None, "http_408", Outcome.unknown),
        (403, {"error": {"code": "MessageWritesBlocked"}}, "MessageWritesBlocked", Outcome.gone),
        (403, {"error": {"code": "BotNotInConversationRoster"}}, "BotNotInConversationRoster", Outcome.gone),
        (404, {"error": {"code": "ConversationNotFound"}}, "ConversationNotFound", Outcome.gone),
        (404, "<html>Not found</html>", "http_404", Outcome.gone),
        (400, {"error": {"code": "BadSyntax"}}, "BadSyntax", Outcome.broken),
        (413, {"error": {"code": "MessageSizeTooBig"}}, "MessageSizeTooBig", Outcome.broken),
        (400, {"error": {"code": "Ana said something"}}, "http_400", Outcome.broken),
        (400, {"error": "Ana said something"}, "http_400", Outcome.broken),
        (400, ["[" * 5], "http_400", Outcome.broken),
    ],
)
async def test_what_the_connector_refuses_is_told_apart(
    connector: Connector, microsoft: ConnectorServer, status: int, body: object, code: str, outcome: Outcome
) -> None:
    microsoft.answers(status, body)
    trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == (code, outcome)
    assert len(microsoft.received) == 1


@pytest.mark.parametrize(
    ("header", "after"), [("7", 7), ("0", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 5), ("inf", 3600), ("-3", 0)]
)
async def test_a_busy_connector_says_how_long_to_wait(
    connector: Connector, microsoft: ConnectorServer, header: str, after: float
) -> None:
    microsoft.answers(429, None, Retry_After=header)
    assert (await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))).after == after


def test_a_wait_that_is_no_number_is_none() -> None:
    assert seconds(None) is None
    assert seconds("nan") is None
    assert seconds("soon") is None


async def test_a_connection_that_ends_after_the_write_leaves_it_unknown_and_is_not_tried_again(
    connector: Connector, microsoft: ConnectorServer
) -> None:
    microsoft.replies.append(Reply(dropped=True))
    trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("connection_lost", Outcome.unknown)
    assert len(microsoft.received) == 1


async def test_no_answer_after_the_write_leaves_it_unknown(tokens: Tokens, microsoft: ConnectorServer) -> None:
    await tokens.bearer()
    microsoft.gate.shut()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as impatient:
        connector = Connector(impatient, tokens, Hosts(loopback=True))
        trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("timeout", Outcome.unknown)
    assert len(microsoft.received) == 1


async def test_a_connector_that_nobody_answers_for_was_not_reached(connector: Connector) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}/teams/"
        trouble = await trouble_in(connector.send(closed, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("not_connected", Outcome.later)


class NoNames(AbstractResolver):
    async def resolve(self, host: str, *_: object, **__: object) -> list[ResolveResult]:
        raise OSError(f"no address for {host}")

    async def close(self) -> None:
        pass


async def test_a_connector_without_an_address_was_not_reached(tokens: Tokens) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=NoNames())) as http:
        connector = Connector(http, tokens, Hosts(loopback=True))
        trouble = await trouble_in(connector.send("https://smba.trafficmanager.net/teams/", "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("not_connected", Outcome.later)


async def test_whoever_gets_no_connection_in_time_has_not_written(tokens: Tokens, microsoft: ConnectorServer) -> None:
    await tokens.bearer()
    microsoft.gate.shut()
    pool = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=pool, timeout=aiohttp.ClientTimeout(connect=0.1)) as http:
        connector = Connector(http, tokens, Hosts(loopback=True))
        first = asyncio.create_task(connector.send(microsoft.service_url, "a:1", MESSAGE))
        await microsoft.gate.waiting.wait()
        trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
        microsoft.gate.open()
        await first
    assert (trouble.code, trouble.outcome) == ("not_connected", Outcome.later)
    assert len(microsoft.received) == 1


async def test_a_refused_token_is_replaced_once(connector: Connector, microsoft: ConnectorServer) -> None:
    microsoft.fails(401, "Unauthorized")
    await connector.send(microsoft.service_url, "a:1", MESSAGE)
    assert [each.authorization for each in microsoft.received] == ["Bearer token 1", "Bearer token 2"]


async def test_a_bot_that_is_refused_with_a_new_token_too_waits_for_the_operator(
    connector: Connector, microsoft: ConnectorServer
) -> None:
    microsoft.fails(401, "BotNotRegistered")
    microsoft.fails(401, "BotNotRegistered")
    trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome, trouble.after) == ("BotNotRegistered", Outcome.later, 300)
    assert len(microsoft.received) == 2


async def test_without_a_token_nothing_is_sent(
    connector: Connector, microsoft: ConnectorServer, issuer: Issuer
) -> None:
    issuer.status = 502
    trouble = await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert (trouble.code, trouble.outcome) == ("no_token", Outcome.later)
    assert microsoft.received == []


async def test_a_local_bot_sends_no_token_at_all(http: aiohttp.ClientSession, microsoft: ConnectorServer) -> None:
    connector = Connector(http, Tokens(TeamsConfig(loopback=True)), Hosts(loopback=True))
    await connector.send(microsoft.service_url, "a:1", MESSAGE)
    microsoft.fails(401, "Unauthorized")
    await trouble_in(connector.send(microsoft.service_url, "a:1", MESSAGE))
    assert [each.authorization for each in microsoft.received] == [None, None]


async def test_a_hundred_sends_to_a_slow_connector_wait_for_none_of_the_others(
    connector: Connector, microsoft: ConnectorServer, issuer: Issuer
) -> None:
    microsoft.seconds = 1.0
    async with asyncio.timeout(3):
        sent = await asyncio.gather(
            *(connector.send(microsoft.service_url, f"a:{number}", MESSAGE) for number in range(100))
        )
    assert len(set(sent)) == 100
    assert microsoft.most_under_way == 100
    assert len(issuer.asked) == 1


Failing = Callable[[Connector, str], Awaitable[object]]


@pytest.mark.parametrize(
    "call",
    [
        lambda connector, url: connector.send(url, "canary", {"text": "canary"}),
        lambda connector, url: connector.update(url, "canary", "canary", {"text": "canary"}),
        lambda connector, url: connector.open(url, tenant="canary", bot="canary", member="canary"),
        lambda connector, url: connector.member(url, "canary", "canary"),
    ],
    ids=["send", "update", "open", "member"],
)
async def test_no_words_and_no_ids_are_logged(
    connector: Connector, microsoft: ConnectorServer, call: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="oneonone"):
        microsoft.answers(200, {"id": "canary", "text": "canary"})
        await call(connector, microsoft.service_url)
        microsoft.fails(400, "BadSyntax")
        refused = await trouble_in(call(connector, microsoft.service_url))
        microsoft.replies.append(Reply(dropped=True))
        microsoft.replies.append(Reply(dropped=True))
        lost = await trouble_in(call(connector, microsoft.service_url))
    ours = [record for record in caplog.records if record.name.startswith("oneonone.")]
    assert len([record for record in ours if record.name.endswith("connector")]) == 3
    # The small server of this test is the one that writes down whom it served.
    lines = [str(vars(record)) for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert not any("canary" in line or "token 1" in line for line in lines)
    assert "canary" not in f"{refused!r} {lost!r}"
