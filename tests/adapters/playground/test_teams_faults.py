"""The stand-in fails as it is told to, counts how often, and notices a bot that answers late or wrongly."""

import asyncio
import json
from time import monotonic

import pytest
from aiohttp import ClientError

from adapters.playground import teams_payloads as payloads
from adapters.playground.faults import FaultKind
from adapters.playground.teams_line import Failure
from adapters.playground.teams_people import Json
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import Message
from tests.adapters.playground.teams_tenant import ANA, APP, CARD, LOUNGE, Caller, FakeBot, message


@pytest.fixture
def chat(teams: TeamsStandIn) -> str:
    """Ana's chat with the bot."""
    return teams.world.install(ANA.id).id


def arrived(teams: TeamsStandIn) -> int:
    return len(teams.person(ANA.id).messages())


def said_by_ana(teams: TeamsStandIn, text: str, conversation: str | None = None) -> Message:
    place = conversation or teams.world.install(ANA.id).id
    return teams.world.put(Message(place, teams.world.next_id(), ANA.id, text, at=teams.world.now()))


def pressed(teams: TeamsStandIn) -> Json:
    """The press of a button in a message."""
    button = {"type": "Action.Execute", "title": "Go", "verb": "do", "data": {"do": "x"}}
    under = said_by_ana(teams, "stands in for a card")
    return payloads.card_action(teams.world, ANA, under, action=button, values={"in.note": "typed"})


async def test_a_limit_says_when_to_come_back(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    teams.world.faults.add("send", "rate_limited", retry_after=7)
    got = await caller.send(chat, message())
    assert (got.status, got.headers["Retry-After"], got.code) == (429, "7", "Throttled")
    assert arrived(teams) == 0
    assert (await caller.send(chat, message())).status == 201


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("PreconditionFailed", 412),
        ("MessageWritesBlocked", 403),
        ("ForbiddenOperationException", 403),
        ("ConversationNotFound", 404),
        ("BotNotRegistered", 401),
        ("ServiceUnavailable", 503),
    ],
)
async def test_a_code_can_be_chosen_and_has_its_status(
    teams: TeamsStandIn, caller: Caller, chat: str, code: str, status: int
) -> None:
    teams.world.faults.add("send", "api_error", error=code)
    got = await caller.send(chat, message())
    assert (got.status, got.code) == (status, code)
    assert arrived(teams) == 0
    assert not teams.violations


@pytest.mark.parametrize(("kind", "status"), [("html_502", 502), ("fatal_error", 504)])
async def test_a_gateway_answers_with_a_page(
    teams: TeamsStandIn, caller: Caller, chat: str, kind: str, status: int
) -> None:
    teams.world.faults.add("send", kind, times=2)
    for _ in range(2):
        got = await caller.send(chat, message())
        assert (got.status, got.kind) == (status, "text/html")
    assert arrived(teams) == 0
    assert teams.world.faults.count(kind) == 2


async def test_a_gateway_may_give_up_after_the_deed(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    teams.world.faults.add("send", "fatal_error", stores=True)
    assert (await caller.send(chat, message())).status == 504
    assert arrived(teams) == 1


@pytest.mark.parametrize(("kind", "stored"), [("accept_then_drop", 1), ("drop", 0)])
async def test_a_dropped_connection_tells_nothing(
    teams: TeamsStandIn, caller: Caller, chat: str, kind: str, stored: int
) -> None:
    await caller.member(chat, ANA.id)
    teams.world.faults.add("send", kind)
    with pytest.raises(ClientError):
        await caller.send(chat, message())
    assert arrived(teams) == stored
    assert teams.world.faults.fired["send", FaultKind(kind)] == 1


async def test_each_call_has_faults_of_its_own(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    first = await caller.send(chat, message())
    for method in ("reply", "update", "delete", "open", "member", "members"):
        teams.world.faults.add(method, "server_error")
    failed = [
        await caller.send(chat, message(), reply_to=first.body["id"]),
        await caller.update(chat, first.body["id"], message()),
        await caller.delete(chat, first.body["id"]),
        await caller.open(ANA.id),
        await caller.member(chat, ANA.id),
        await caller.members(chat),
    ]
    assert [got.status for got in failed] == [500] * 6
    assert (await caller.send(chat, message())).status == 201


async def test_the_token_route_can_fail_too(teams: TeamsStandIn, caller: Caller) -> None:
    teams.world.faults.add("token", "html_502")
    assert (await caller.ask_token()).status == 502
    assert teams.world.traffic.tokens_issued == 0
    assert (await caller.ask_token()).status == 200


async def test_a_hundred_slow_sends_share_a_token_and_are_under_way_together(
    teams: TeamsStandIn, caller: Caller, chat: str
) -> None:
    await caller.member(chat, ANA.id)
    teams.world.faults.add("send", "slow", times=100, delay=0.5)
    began = monotonic()
    got = await asyncio.gather(*(caller.send(chat, message()) for _ in range(100)))
    assert {each.status for each in got} == {201}
    assert len({each.body["id"] for each in got}) == 100
    assert monotonic() - began < 10
    traffic = teams.world.traffic
    assert (traffic.tokens_issued, traffic.most_in_flight, traffic.in_flight) == (1, 100, 0)
    assert teams.world.connections == len(traffic.connections) == 100


async def test_calls_one_after_the_other_share_a_connection(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    for _ in range(5):
        await caller.send(chat, message())
    assert teams.world.connections == 1
    assert teams.world.traffic.most_in_flight == 1


async def test_the_published_rates_hold_when_they_are_enforced(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    teams.world.rates.enforced = True
    got = [await caller.send(chat, message()) for _ in range(8)]
    assert [each.status for each in got] == [201] * 7 + [429]
    assert got[-1].headers["Retry-After"] == "2"
    assert (await caller.send(LOUNGE.id, message())).status == 201
    teams.world.monotonic = lambda: 1.5
    assert (await caller.send(chat, message())).status == 201


async def test_an_activity_arrives_signed_and_whole(teams: TeamsStandIn, bot: FakeBot) -> None:
    activity = payloads.message(teams.world, ANA, said_by_ana(teams, "agenda"))
    assert (await teams.line.deliver(activity)).ok
    assert bot.received == [activity]
    assert bot.headers[0]["Authorization"].startswith("Bearer ey")
    assert (activity["channelId"], activity["recipient"]) == ("msteams", {"id": APP.id, "name": "OneOnOne"})


async def test_a_mention_in_a_channel_names_the_bot_the_team_and_the_thread(teams: TeamsStandIn) -> None:
    said = said_by_ana(teams, "<at>OneOnOne</at> add <at>Ben Okafor</at> <i>", LOUNGE.id)
    activity = payloads.message(teams.world, ANA, said)
    mentioned = [each["mentioned"]["name"] for each in activity["entities"] if each["type"] == "mention"]
    assert mentioned == ["OneOnOne", "Ben Okafor"]
    assert activity["conversation"]["id"] == f"{LOUNGE.id};messageid={said.id}"
    assert activity["channelData"]["channel"] == {"id": LOUNGE.id, "type": "standard"}


async def test_the_record_never_has_the_bots_authorization(teams: TeamsStandIn, bot: FakeBot) -> None:
    await teams.line.deliver(payloads.message(teams.world, ANA, said_by_ana(teams, "agenda")))
    (kept,) = teams.world.wire.calls("message")
    token = bot.headers[0]["Authorization"].removeprefix("Bearer ")
    assert token not in json.dumps([kept.body, kept.answer])


async def test_a_late_answer_is_a_failure_and_is_asked_for_again(teams: TeamsStandIn, bot: FakeBot) -> None:
    bot.open.clear()
    teams.line.patience = 0.05
    late = await teams.line.deliver(payloads.message(teams.world, ANA, said_by_ana(teams, "agenda")))
    assert (late.status, late.failure) == (0, Failure.TIMEOUT)
    bot.open.set()
    teams.line.patience = 5.0
    (again,) = await teams.line.again()
    assert again.ok
    assert bot.received[0] == bot.received[1]
    assert await teams.line.again() == ()


async def test_a_refused_activity_is_a_failure_that_nobody_repeats(teams: TeamsStandIn, bot: FakeBot) -> None:
    bot.status = 500
    answer = await teams.line.deliver(payloads.message(teams.world, ANA, said_by_ana(teams, "agenda")))
    assert (answer.status, answer.failure) == (500, Failure.DISPATCH)
    assert await teams.line.again() == ()


async def test_a_bot_that_is_not_there_is_a_failure(teams: TeamsStandIn) -> None:
    teams.messages_url = "http://127.0.0.1:1/api/messages"
    answer = await teams.line.deliver(payloads.message(teams.world, ANA, said_by_ana(teams, "agenda")))
    assert (answer.status, answer.failure) == (0, Failure.DISPATCH)


async def test_a_right_answer_to_a_press_comes_back(teams: TeamsStandIn, bot: FakeBot) -> None:
    bot.answer = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done."}
    answer = await teams.line.deliver(pressed(teams))
    assert answer.ok
    assert answer.body == bot.answer
    assert bot.received[0]["value"]["action"]["data"] == {"do": "x", "in.note": "typed"}
    assert not teams.violations


@pytest.mark.parametrize("wrong", [None, {}, {"statusCode": 200, "type": "card", "value": CARD}])
async def test_a_wrong_answer_to_a_press_is_a_failure_and_is_kept(
    teams: TeamsStandIn, bot: FakeBot, wrong: Json | None
) -> None:
    bot.answer = wrong
    answer = await teams.line.deliver(pressed(teams))
    assert answer.failure is Failure.INVALID_ANSWER
    assert answer.problems
    assert [each.where for each in teams.violations] == ["answer to adaptiveCard/action"]
