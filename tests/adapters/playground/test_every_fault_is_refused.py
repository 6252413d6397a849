"""Proof 3: each faulty payload of the tables, sent over HTTP as a bot would send it, is refused and remembered."""

import json
from functools import partial
from typing import Any

from aiohttp import ClientSession

from adapters.playground import teams_payloads
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_rules import Where, activity_problems, answer_problems, card_problems
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import Message
from tests.adapters.playground.conftest import ANA, BOT_TOKEN
from tests.adapters.playground.teams_cards import Json, attachment
from tests.adapters.playground.teams_cards import message as carrying
from tests.adapters.playground.teams_spoilt import Bad as TeamsBad
from tests.adapters.playground.teams_tenant import ANA as TEAMS_ANA
from tests.adapters.playground.teams_tenant import Caller, FakeBot
from tests.adapters.playground.test_slack_rules import BAD as OF_SLACK
from tests.adapters.playground.test_teams_rules import BAD as OF_TEAMS

FEWEST_OF_SLACK, FEWEST_OF_TEAMS = 60, 40
ONLY_IN_ANSWERS = {"options", "option_groups", "surprise"}
"""What answers a picker, and a key too many, which Slack's methods overlook and its answers do not."""


def test_there_are_enough_different_faults_each_with_its_public_page() -> None:
    assert len({(bad.rule, bad.path, json.dumps(bad.payload, sort_keys=True)) for bad in OF_SLACK}) >= FEWEST_OF_SLACK
    assert len({(bad.rule, bad.path) for bad in OF_TEAMS}) >= FEWEST_OF_TEAMS
    pages = {bad.page for bad in OF_SLACK} | {bad.page for bad in OF_TEAMS}
    assert {page for page in pages if not page.startswith("https://")} == set()


async def test_each_faulty_payload_is_refused_by_slack(slack: SlackStandIn) -> None:
    sent = [bad for bad in OF_SLACK if not bad.payload.keys() & ONLY_IN_ANSWERS]
    async with ClientSession(headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as session:
        for bad in sent:
            method, arguments = _as_slack_call(slack, bad.payload)
            async with session.post(f"{slack.api_url}{method}", json=arguments) as response:
                answer = await response.json()
            assert not answer["ok"], (bad.rule, bad.path)
    assert [each.problem.rule for each in slack.violations] == [bad.rule for bad in sent]
    assert len(sent) >= FEWEST_OF_SLACK


async def test_each_faulty_payload_is_refused_by_teams(teams: TeamsStandIn, caller: Caller, bot: FakeBot) -> None:
    for bad in OF_TEAMS:
        assert await _is_refused(bad, teams, caller, bot), (bad.rule, bad.path)
    assert len(teams.violations) == len(OF_TEAMS)


def _as_slack_call(slack: SlackStandIn, payload: Json) -> tuple[str, Json]:
    match payload.get("type"):
        case "modal":
            return "views.open", {"trigger_id": slack.world.tickets.trigger(ANA.id), "view": payload}
        case "home":
            return "views.publish", {"user_id": ANA.id, "view": payload}
        case _:
            return "chat.postMessage", {"channel": ANA.id, **payload}


async def _is_refused(bad: TeamsBad, teams: TeamsStandIn, caller: Caller, bot: FakeBot) -> bool:
    """As a message through the connector, or as the answer to an invoke."""
    chat = teams.world.install(TEAMS_ANA.id).id
    activity = _activity(bad)
    if activity is not None:
        return (await caller.send(chat, activity)).status == 400
    name, bot.answer = _answer(bad)
    under = teams.world.put(Message(chat, teams.world.next_id(), TEAMS_ANA.id, "x", at=teams.world.now()))
    button = {"type": "Action.Execute", "title": "Go", "verb": "do", "data": {"do": "x"}}
    invoke = teams_payloads.card_action(teams.world, TEAMS_ANA, under, action=button, values={})
    return (await teams.line.deliver({**invoke, "name": name})).failure is not None


def _activity(bad: TeamsBad) -> Json | None:
    """What the connector is sent; None for what stands in an answer."""
    if bad.check is activity_problems:
        return bad.bad
    check: Any = bad.check
    in_message = check.func is card_problems and check.keywords["where"] is Where.MESSAGE
    return {**carrying(), "attachments": [attachment(bad.bad)]} if in_message else None


def _answer(bad: TeamsBad) -> tuple[str, object]:
    check: Any = bad.check
    assert isinstance(check, partial)
    if check.func is answer_problems:
        return str(check.args[0]), bad.bad
    info = {"title": "A dialog", "height": "large", "width": "large", "card": attachment(bad.bad)}
    return "task/fetch", {"task": {"type": "continue", "value": info}}
