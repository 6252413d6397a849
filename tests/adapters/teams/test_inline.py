"""A form of one line stands in the chat itself."""

import pytest

from adapters.playground.teams_payloads import message_back
from tests.adapters.teams.conftest import ANA, Office


async def line(office: Office, then: str, text: str) -> None:
    """A form of one line with something typed into it."""
    await office.settled(await office.ana.says(f"search {then}"))
    await office.ana.fill("Your line", text)


@pytest.mark.parametrize(("then", "says"), [("here", "Kept it here"), ("notice", "Kept that"), ("card", "A line")])
async def test_what_comes_of_it_takes_its_place_for_good(office: Office, then: str, says: str) -> None:
    await line(office, then, "Promotion case")
    before = len(office.ana.messages())
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["Promotion case"]
    assert len(office.ana.messages()) == before
    assert office.ana.messages()[-1].edited
    assert says in office.ana.reads()
    assert "Your line" not in office.ana.reads()


@pytest.mark.parametrize(("text", "says"), [("forbidden", "That day is over"), ("gone", "not yours to see")])
async def test_what_is_refused_stays_in_the_line_and_out_of_the_chat(office: Office, text: str, says: str) -> None:
    await line(office, "here", text)
    answer = await office.ana.submit()
    await office.settled(answer)
    assert answer.body["type"] == "application/vnd.microsoft.activity.message"
    assert says in office.ana.reads()
    assert not office.ana.messages()[-1].edited
    await office.ana.fill("Your line", "allowed")
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["allowed"]


async def test_a_form_that_comes_of_it_is_a_button_that_opens_it(office: Office) -> None:
    await line(office, "here", "conflict")
    await office.settled(await office.ana.submit())
    assert "Your line" not in office.ana.reads()
    await office.settled(await office.ana.press("Open"))
    assert office.ana.dialog is not None
    assert office.ana.dialog.title == "Form page"


async def test_a_form_that_comes_of_a_button_is_a_message_that_opens_it(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press("Say"))
    card = office.ana.messages()[-1]
    sent = office.sent("adaptiveCard/action")
    action = {**sent["value"]["action"], "data": {"do": "Conflict"}}
    answer = await office.ana.forge({**sent, "id": "f:conflict", "value": {"action": action, "trigger": "manual"}})
    await office.settled(answer)
    assert "opens in a window" in answer.body["value"]
    assert office.ana.messages()[-2] == card
    await office.settled(await office.ana.press("Open"))
    assert office.ana.dialog is not None


async def test_an_old_client_s_line_is_kept_and_answered_by_messages(office: Office) -> None:
    await line(office, "here", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = office.sent("adaptiveCard/action")["value"]["action"]
    under = office.ana.messages()[-1]
    for text, says in (("another", "Kept it here"), ("forbidden", "That day is over. Please")):
        old = message_back(office.teams.world, ANA, under, action=sent, values={"in.text": text})
        await office.settled(await office.ana.forge(old))
        assert says in office.ana.reads(office.ana.surface())
    assert await office.kept() == ["Promotion case", "another"]


async def test_a_refresh_that_leads_to_no_card_is_a_sentence(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press("Say"))
    sent = office.sent("adaptiveCard/action")
    for address in ("Gone:1", "Count", "ShowPage:one", ""):
        action = {"type": "Action.Execute", "verb": "refresh", "data": {"at": address}}
        value = {"action": action, "trigger": "automatic"}
        answer = await office.ana.forge({**sent, "id": f"f:{address}", "value": value})
        await office.settled(answer)
        assert "earlier version" in answer.body["value"]
    assert await office.kept() == []
