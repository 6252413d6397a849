"""What becomes of the view that a sent form leads to."""

import pytest

from tests.adapters.slack.conftest import Office


async def form_on_page(office: Office, then: str) -> None:
    """A form on top of the first page."""
    await office.settled(await office.ana.command("/oneonone", "note"))
    await office.settled(await office.ana.press(f"Form {then}"))
    assert [view.title for view in office.ana.modals] == ["Page one", f"Form {then}"]


async def form_on_card(office: Office, then: str) -> None:
    """A form opened from a message."""
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press(f"Form {then}"))


async def test_a_page_takes_the_place_of_its_form(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert [view.title for view in office.ana.modals] == ["Page one", "Page four"]
    assert "Promotion case" in office.ana.reads()
    assert "1 kept" in office.ana.reads(office.ana.modals[0])


async def test_the_page_underneath_is_uncovered_and_up_to_date(office: Office) -> None:
    await form_on_page(office, "under")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert [view.title for view in office.ana.modals] == ["Page one"]
    assert "1 kept" in office.ana.reads()


async def test_here_is_the_page_underneath_with_a_line_on_top(office: Office) -> None:
    await form_on_page(office, "here")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert [view.title for view in office.ana.modals] == ["Page one"]
    assert "Kept it here" in office.ana.reads()


async def test_here_on_home_is_home_with_a_line_on_top(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    await office.settled(await office.ana.press("Form here"))
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert office.ana.modals == ()
    assert office.ana.home is not None
    assert "Kept it here" in office.ana.reads(office.ana.home)


async def test_a_card_closes_everything_and_replaces_the_message_it_came_from(office: Office) -> None:
    await form_on_card(office, "card")
    before = len(office.ana.messages())
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    assert office.ana.modals == ()
    assert len(office.ana.messages()) == before
    assert "1 kept" in office.ana.reads()


async def test_a_card_of_a_command_is_shown_where_the_command_was_typed(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "add card", channel="lounge"))
    await office.ana.fill("Your text", "Promotion case")
    await office.ana.fill("Who", "Ben Okafor")
    await office.settled(await office.ana.submit())
    assert office.ana.messages("lounge")[-1].is_ephemeral
    assert "1 kept" in office.ana.reads(office.ana.messages("lounge")[-1])


async def test_a_notice_closes_the_form_and_arrives_as_a_message(office: Office) -> None:
    await form_on_card(office, "notice")
    await office.ana.fill("Your text", "Promotion case <!channel>")
    await office.settled(await office.ana.submit())
    assert office.ana.modals == ()
    message = office.ana.messages()[-1]
    assert "Kept: Promotion case <!channel>" in office.ana.reads(message)
    assert "Promotion" not in message.text
    assert "1 kept" in office.ana.reads(office.ana.messages()[-2])


async def test_an_error_is_shown_at_its_field_and_the_text_stays(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "forbidden")
    answer = await office.ana.submit()
    await office.settled(answer)
    assert list(answer.body["errors"].values()) == ["That day is over. Please choose today or later."]
    assert "That day is over" in office.ana.reads()
    await office.ana.fill("Your text", "allowed")
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["allowed"]


async def test_a_bug_keeps_the_form_open_with_its_text(office: Office) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "broken")
    await office.settled(await office.ana.submit())
    assert "Something went wrong on our side" in office.ana.reads()
    assert office.ana.modals[-1].title == "Form page"
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
    sent = dict(office.slack.world.wire.calls("view_submission")[-1].body)
    await office.settled(await office.ana.forge(sent))
    assert await office.kept() == ["Promotion case"]


@pytest.mark.parametrize(
    "metadata", ["", "{}", "not json", "[1]", '{"k": 5, "s": "Gone:1", "u": "x", "o": ["home", 1]}']
)
async def test_a_form_of_an_earlier_release_stays_open_with_its_text(office: Office, metadata: str) -> None:
    await form_on_page(office, "page")
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = dict(office.slack.world.wire.calls("view_submission")[-1].body)
    view = {**sent["view"], "private_metadata": metadata}
    answer = await office.ana.forge({**sent, "view": view})
    assert answer.ok
    assert answer.body["response_action"] == "errors"
    assert "earlier version" in next(iter(answer.body["errors"].values()))


@pytest.mark.parametrize("text", ["<!channel> & <b>", "🙂" * 1500, "שלום عالم", "*bold* _it_ `code`", "x" * 3000])
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
    assert office.ana.modals[-1].title == "Form page"
    assert await office.kept() == []
