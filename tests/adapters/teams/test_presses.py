"""What becomes of the view that a pressed button leads to, in a card and in a dialog."""

from dataclasses import replace

from adapters.playground.teams_payloads import message_back
from tests.adapters.teams.conftest import ANA, Office


async def card(office: Office) -> None:
    """A card in Ana's chat."""
    await office.settled(await office.ana.says("actions"))


async def page(office: Office) -> None:
    """The first page, opened from the card."""
    await card(office)
    await office.settled(await office.ana.press("Page one"))


def title(office: Office) -> str | None:
    return office.ana.dialog.title if office.ana.dialog else None


async def test_a_press_on_a_card_changes_it_for_now_and_for_later(office: Office) -> None:
    await card(office)
    before = len(office.ana.messages())
    answer = await office.ana.press("Count")
    await office.settled(answer)
    assert await office.kept() == ["counted"]
    assert answer.body["type"] == "application/vnd.microsoft.card.adaptive"
    assert len(office.ana.messages()) == before
    assert office.ana.messages()[-1].edited
    assert "One more" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_a_press_that_leads_to_another_card_puts_it_in_the_same_place(office: Office) -> None:
    await office.settled(await office.ana.says("&nbsp;"))
    before = len(office.ana.messages())
    await office.settled(await office.ana.press("Card"))
    assert len(office.ana.messages()) == before
    assert "A card" in office.ana.reads()


async def test_a_notice_on_a_card_is_a_line_for_the_person_alone(office: Office) -> None:
    await card(office)
    before = office.ana.messages()
    await office.settled(await office.ana.press("Say"))
    assert office.ana.notice == "A word to you <!channel> *bold*"
    assert office.ana.messages() == before


async def test_a_page_pressed_on_a_card_opens_a_dialog(office: Office) -> None:
    await page(office)
    assert title(office) == "Page one"


async def test_a_press_in_a_dialog_shows_what_changed_in_place(office: Office) -> None:
    await page(office)
    await office.settled(await office.ana.press("Count"))
    assert title(office) == "Page one"
    assert "One more" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_a_write_in_a_dialog_refreshes_the_card_it_came_from(office: Office) -> None:
    await page(office)
    await office.settled(await office.ana.press("Page two"))
    await office.settled(await office.ana.press("Count"))
    await office.ana.close_dialog()
    assert "1 kept" in office.ana.reads()


async def test_back_leads_to_what_was_shown_before_as_it_is_now(office: Office) -> None:
    await page(office)
    for name in ("Page two", "Page three"):
        await office.settled(await office.ana.press(name))
    await office.settled(await office.ana.press("Count"))
    # A button of the page's own that leads back is the way back.
    for button, name in (("Back", "Page two"), ("Open one", "Page one")):
        await office.settled(await office.ana.press(button))
        assert title(office) == name
        assert "1 kept" in office.ana.reads()
    assert "Back" not in office.ana.reads()


async def test_a_page_that_was_shown_before_is_where_the_way_back_ends(office: Office) -> None:
    await page(office)
    for name in ("Page two", "Page three", "Page four", "Page one"):
        await office.settled(await office.ana.press(name))
    assert title(office) == "Page one"
    assert "Back" not in office.ana.reads()


async def test_a_notice_in_a_dialog_is_shown_on_it_once(office: Office) -> None:
    await page(office)
    for _ in range(2):
        await office.settled(await office.ana.press("Say"))
    assert title(office) == "Page one"
    assert office.ana.reads().count("A word to you") == 1


async def test_a_card_pressed_in_a_dialog_is_shown_as_a_page(office: Office) -> None:
    await page(office)
    await office.settled(await office.ana.press("Card"))
    assert title(office) == "A card"
    await office.settled(await office.ana.press("Page one"))
    assert title(office) == "Page one"


async def test_a_bug_becomes_a_sentence_with_a_number(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Break"))
    assert "Something went wrong on our side" in office.ana.reads()
    assert "people's words" not in office.ana.everything_seen()


async def test_a_button_of_an_earlier_release_says_so(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Say"))
    sent = office.sent("adaptiveCard/action")
    action = {**sent["value"]["action"], "data": {"do": "NoLongerThere:1"}}
    answer = await office.ana.forge({**sent, "id": "f:new", "value": {"action": action, "trigger": "manual"}})
    await office.settled(answer)
    assert "earlier version" in answer.body["value"]


async def test_a_door_of_an_earlier_release_says_so(office: Office) -> None:
    await page(office)
    sent = office.sent("task/fetch")
    answer = await office.ana.forge({**sent, "id": "f:new", "value": {"data": {"do": "NoLongerThere:1"}}})
    await office.settled(answer)
    assert answer.body["task"]["type"] == "message"
    assert "earlier version" in answer.body["task"]["value"]


async def test_a_press_that_arrives_twice_is_done_once_and_answered_twice(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Count"))
    again = await office.ana.forge(office.sent("adaptiveCard/action"))
    await office.settled(again)
    assert await office.kept() == ["counted"]
    assert again.body["type"] == "application/vnd.microsoft.card.adaptive"


async def test_a_client_that_knows_no_execute_gets_the_same_by_a_message(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Count"))
    pressed = office.sent("adaptiveCard/action")["value"]["action"]
    under = office.ana.messages()[-1]
    old = message_back(office.teams.world, ANA, under, action=pressed, values={})
    before = len(office.ana.messages())
    for _ in range(2):
        await office.settled(await office.ana.forge(old))
    assert await office.kept() == ["counted", "counted"]
    assert len(office.ana.messages()) == before
    assert "2 kept" in office.ana.reads()
    say = {**pressed, "data": {"do": "Say"}}
    await office.settled(await office.ana.forge(message_back(office.teams.world, ANA, under, action=say, values={})))
    assert "A word to you" in office.ana.reads(office.ana.surface())


async def test_a_card_is_asked_for_again_when_its_chat_is_opened(office: Office) -> None:
    await card(office)
    first = office.ana.messages()[-1]
    await office.settled(await office.ana.says("meet"))
    await office.ana.opens_chat()
    await office.settled()
    shown = next(each for each in office.ana.desk.shown(first))
    assert "1 kept" in office.ana.reads(shown)


async def test_a_card_that_can_no_longer_be_changed_is_still_answered(office: Office) -> None:
    await card(office)
    office.teams.world.faults.add("update", "api_error", error="ConversationNotFound")
    answer = await office.ana.press("Count")
    await office.settled(answer)
    assert "1 kept" in office.ana.reads()


async def test_what_is_typed_stays_when_a_button_in_the_form_adds_a_row(office: Office) -> None:
    await office.settled(await office.ana.says("add card"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "half a thought")
    await office.ana.fill("Ticks", ["Ex", "Why"])
    await office.ana.fill("Row 0", "a row")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.press("Another row"))
    assert "Row 1" in office.ana.reads()
    await office.ana.fill("Row 1", "and a row")
    await office.settled(await office.ana.press("Another row"))
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")["value"]["data"]
    assert (sent["in.text"], sent["ticks.ticks"], sent["in.row1"]) == ("half a thought", "x,y", "and a row")
    assert sent["in.person"] == (await office.known("b0000000-0000-4000-8000-000000000002")).id
    assert await office.kept() == ["half a thought"]


async def test_what_is_typed_stays_when_a_button_in_the_form_is_refused(office: Office) -> None:
    await office.settled(await office.ana.says("add"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "half a thought")
    await office.settled(await office.ana.press("Refuse"))
    assert "not yours to see" in office.ana.reads()
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["half a thought"]


async def test_a_press_in_a_chat_with_others_changes_nothing_for_them(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Say"))
    sent = office.sent("adaptiveCard/action")
    action = {**sent["value"]["action"], "data": {"do": "Count"}}
    place = replace(office.teams.world.conversations[sent["conversation"]["id"]])
    before = office.ana.messages()
    there = {**sent["conversation"], "conversationType": "groupChat"}
    forged = {**sent, "id": "f:group", "conversation": there, "value": {"action": action, "trigger": "manual"}}
    answer = await office.ana.forge(forged)
    await office.settled(answer)
    assert answer.body["type"] == "application/vnd.microsoft.card.adaptive"
    assert office.ana.messages() == before
    assert place.id == sent["conversation"]["id"]
