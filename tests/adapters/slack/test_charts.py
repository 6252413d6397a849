"""Charts in messages: drawn where the workspace knows them, and in text all the same where it does not."""

from collections.abc import Mapping
from typing import Any

from adapters.playground.slack_world import Message
from tests.adapters.slack.conftest import Office

IN_TEXT = "You  6 8\nAna  – 5"


def drawn(message: Message) -> list[Mapping[str, Any]]:
    return [block for block in message.blocks if block["type"] == "data_visualization"]


async def test_two_are_drawn_and_the_third_is_in_text(office: Office) -> None:
    await office.settled(await office.ana.says("trend"))
    message = office.ana.messages()[-1]
    assert len(drawn(message)) == 2
    assert office.ana.reads().count("23 Nov 8") == 2
    assert office.ana.reads().count(IN_TEXT) == 2
    assert "▅\u200a▆  You  6 8" in office.ana.reads()


async def test_a_workspace_that_refuses_charts_gets_the_same_without_them(office: Office) -> None:
    office.slack.world.faults.add("chat.postMessage", "api_error", error="invalid_blocks")
    await office.settled(await office.ana.says("trend"))
    message = office.ana.messages()[-1]
    assert drawn(message) == []
    assert office.ana.reads().count(f"How are you?\n{IN_TEXT}") == 2


async def test_the_answer_to_a_command_can_be_given_again_too(office: Office) -> None:
    answer = await office.ana.command("/oneonone", "trend", channel="general")
    await office.settled(answer)
    assert answer.body == {}
    assert len(drawn(office.ana.messages("C0GENERAL")[-1])) == 2
    office.slack.world.faults.add("response_url", "server_error")
    office.slack.world.faults.add("chat.postMessage", "api_error", error="invalid_blocks")
    await office.settled(await office.ana.command("/oneonone", "trend", channel="general"))
    assert drawn(office.ana.messages()[-1]) == []
    assert IN_TEXT in office.ana.reads()
    assert office.ben.messages("C0GENERAL") == ()


async def test_what_is_refused_for_another_reason_is_not_sent_again(office: Office) -> None:
    office.slack.world.faults.add("chat.postMessage", "api_error", error="invalid_blocks")
    await office.settled(await office.ana.says("actions"))
    assert [message for message in office.ana.messages() if message.bot_id] == []
    office.slack.world.faults.add("chat.postMessage", "api_error", error="msg_too_long")
    await office.settled(await office.ana.says("trend"))
    assert [message for message in office.ana.messages() if message.bot_id] == []
