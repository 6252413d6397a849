"""What becomes of the view that a sent form leads to."""

import pytest

from adapters.playground.teams_person import TeamsPerson
from adapters.teams.place import ChatCard, Frame
from tests.adapters.teams.conftest import GENERAL, Office


async def form_on_page(office: Office, then: str) -> None:
    """A form that was opened from the first page."""
    await office.settled(await office.ana.says("note"))
    await office.settled(await office.ana.press("Open"))
    await office.settled(await office.ana.press(f"Form {then}"))
    assert title(office.ana) == f"Form {then}"


async def form_on_card(office: Office, then: str) -> None:
    """A form that was opened from a card."""
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press(f"Form {then}"))


def title(person: TeamsPerson) -> str | None:
    return person.dialog.title if person.dialog else None


async def test_a_page_takes_the_place_of_its_form(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert title(office.ana) == "Page four"
    assert "Promotion case" in office.ana.reads()
    await office.settled(await office.ana.press("Page one"))
    assert title(office.ana) == "Page one"
    assert "1 kept" in office.ana.reads()
    assert "Back" not in office.ana.reads()


async def test_the_page_underneath_is_shown_up_to_date(office: Office) -> None:
    await form_on_page(office, "under")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert title(office.ana) == "Page one"
    assert "1 kept" in office.ana.reads()
    assert "Back" not in office.ana.reads()


async def test_here_is_the_page_underneath_with_a_line_on_top(office: Office) -> None:
    await form_on_page(office, "here")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert title(office.ana) == "Page one"
    assert "Kept it here" in office.ana.reads()


async def test_here_on_a_card_is_the_card_with_a_line_on_top(office: Office) -> None:
    await form_on_card(office, "here")
    before = len(office.ana.messages())
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert office.ana.dialog is None
    assert len(office.ana.messages()) == before
    assert "Kept it here" in office.ana.reads()


async def test_a_card_closes_the_dialog_and_replaces_the_one_it_came_from(office: Office) -> None:
    await form_on_card(office, "card")
    before = len(office.ana.messages())
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    assert office.ana.dialog is None
    assert len(office.ana.messages()) == before
    assert "1 kept" in office.ana.reads()


async def test_another_card_than_the_one_it_came_from_is_a_new_message(office: Office) -> None:
    await office.settled(await office.ana.says("&nbsp;"))
    home = office.ana.messages()[-1]
    await office.settled(await office.ana.press("Form card"))
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    assert "A card" in office.ana.reads()
    assert "1 kept" in office.ana.reads(next(office.ana.desk.shown(home)))


async def test_a_notice_closes_the_form_with_the_sentence(office: Office) -> None:
    await form_on_card(office, "notice")
    await office.ana.fill("Your text", "Promotion case <!channel>")
    await office.settled(await office.ana.submit())
    assert office.ana.dialog is not None
    assert office.ana.dialog.text == "Kept: Promotion case <!channel>"
    await office.ana.close_dialog()
    assert "1 kept" in office.ana.reads()


async def test_a_notice_over_a_page_shows_the_page_under_the_sentence(office: Office) -> None:
    await form_on_page(office, "notice")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert title(office.ana) == "Page one"
    assert "Kept: Promotion case" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_an_error_is_shown_at_its_field_and_everything_stays(office: Office) -> None:
    await office.settled(await office.ana.says("add card"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "forbidden")
    await office.ana.fill("Which", "Second")
    await office.ana.fill("Ticks", ["Why"])
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    assert "That day is over. Please choose today or later." in office.ana.reads()
    await office.ana.fill("Your text", "allowed")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")["value"]["data"]
    assert (sent["in.choice"], sent["ticks.ticks"], bool(sent["in.person"])) == ("b", "y", True)
    assert await office.kept() == ["allowed"]


async def test_a_bug_keeps_the_form_open_with_its_text(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "broken")
    await office.settled(await office.ana.submit())
    assert "Something went wrong on our side" in office.ana.reads()
    assert title(office.ana) == "Form page"
    await office.settled(await office.ana.submit())
    assert office.sent("task/submit")["value"]["data"]["in.text"] == "broken"
    assert await office.kept() == []


async def test_a_form_without_fields_stays_open_with_the_reason_on_top(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press("Agree form"))
    for _ in range(2):
        await office.settled(await office.ana.submit())
        assert office.ana.reads().count("not yours to see") == 1


async def test_a_form_that_is_sent_twice_is_stored_once(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")
    for number in ("same", "another"):
        await office.settled(await office.ana.forge({**sent, "id": f"f:{number}"}))
    assert await office.kept() == ["Promotion case"]


@pytest.mark.parametrize("frame", ["", "{}", "not json", "[1]", '["k","Gone:1",["x"],1]', 5, None, ["x"]])
async def test_a_form_of_an_earlier_release_gives_the_words_back(office: Office, frame: object) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")
    data = {**sent["value"]["data"], "do": "Gone:1", "frame": frame}
    answer = await office.ana.forge({**sent, "id": "f:old", "value": {"data": data}})
    assert answer.ok
    assert answer.body["task"]["type"] == "continue"
    assert "earlier version" in str(answer.body)
    assert "Promotion case" in str(answer.body)


async def test_another_person_s_card_is_not_changed_by_a_forged_frame(office: Office) -> None:
    await office.settled(await office.ben.says("actions"))
    theirs = office.ben.messages()[-1]
    await form_on_card(office, "card")
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")
    origin = ChatCard(theirs.conversation, theirs.id, "ShowCard")
    frame = Frame(key="forged", address="ShowForm:card", origin=origin).packed()
    data = {**sent["value"]["data"], "in.text": "Gotcha", "frame": frame}
    await office.settled(await office.ana.forge({**sent, "id": "f:forged", "value": {"data": data}}))
    assert office.ben.messages()[-1] == theirs
    assert "Gotcha" not in office.ben.everything_seen()


@pytest.mark.parametrize(
    "text", ["<at>all</at> & <b>", "🙂" * 1500, "שלום עולם", "*bold* [x](y) {{DATE(1)}}", "x" * 3000]
)
async def test_what_is_typed_is_stored_and_shown_as_it_is(office: Office, text: str) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", text)
    await office.settled(await office.ana.submit(force=True))
    assert await office.kept() == [text]
    assert text[:1000] in office.ana.reads()


async def test_3001_characters_are_refused_and_stay_in_the_form(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "x" * 3001)
    await office.settled(await office.ana.submit(force=True))
    assert "That is 3001 characters" in office.ana.reads()
    assert title(office.ana) == "Form page"
    assert await office.kept() == []


async def test_a_form_from_a_message_action_that_leads_to_a_page_goes_on_in_its_dialog(office: Office) -> None:
    said = office.ben.writes("Budget", conversation=GENERAL.id)
    await office.settled(await office.ana.message_action("add_to_oneonone", said))
    await office.ana.fill("Your text", "forbidden")
    await office.settled(await office.ana.submit())
    assert "That day is over" in office.ana.reads()
    await office.ana.fill("Your text", "allowed")
    await office.settled(await office.ana.submit())
    assert office.sent("composeExtension/submitAction")["value"]["commandId"] == "add_to_oneonone"
    assert await office.kept() == ["allowed"]


async def test_an_entry_that_nobody_knows_shows_home_in_a_dialog(office: Office) -> None:
    said = office.ben.writes("Budget", conversation=GENERAL.id)
    await office.settled(await office.ana.message_action("surprise", said))
    assert "Your home" in office.ana.reads()
