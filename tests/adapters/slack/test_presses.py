"""What becomes of the view that a pressed button leads to, wherever the button was."""

from adapters.playground.slack_view import View
from tests.adapters.slack.conftest import Office


async def card(office: Office) -> None:
    """A card in Ana's direct messages."""
    await office.settled(await office.ana.says("actions"))


async def page(office: Office) -> View:
    """The first page, opened by a command."""
    await office.settled(await office.ana.command("/oneonone", "note"))
    assert office.ana.modal is not None
    return office.ana.modal


async def test_a_press_on_a_message_changes_that_message(office: Office) -> None:
    await card(office)
    before = len(office.ana.messages())
    await office.settled(await office.ana.press("Count"))
    assert await office.kept() == ["counted"]
    assert len(office.ana.messages()) == before
    assert "One more" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_a_press_on_an_ephemeral_message_changes_that_message(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "actions", channel="general"))
    before = len(office.ana.messages("general"))
    await office.settled(await office.ana.press("Count"))
    assert len(office.ana.messages("general")) == before
    assert "1 kept" in office.ana.reads()


async def test_a_notice_on_a_message_is_for_the_person_alone(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Say"))
    said = office.ana.messages()[-1]
    assert said.is_ephemeral
    assert "A word to you <!channel> *bold*" in office.ana.reads()


async def test_a_page_pressed_on_a_message_opens_a_modal(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Page one"))
    assert [view.title for view in office.ana.modals] == ["Page one"]


async def test_a_press_in_a_modal_shows_what_changed_in_place(office: Office) -> None:
    before = await page(office)
    await office.settled(await office.ana.press("Count"))
    assert [view.id for view in office.ana.modals] == [before.id]
    assert "One more" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_another_page_is_pushed_on_top_and_the_fourth_takes_the_place_of_the_third(office: Office) -> None:
    await page(office)
    for title in ("Page two", "Page three", "Page four"):
        await office.settled(await office.ana.press(title))
    assert [view.title for view in office.ana.modals] == ["Page one", "Page two", "Page four"]


async def test_a_page_that_is_further_down_takes_the_place_of_the_top(office: Office) -> None:
    await page(office)
    for title in ("Page two", "Page three", "Page four", "Page one"):
        await office.settled(await office.ana.press(title))
    assert [view.title for view in office.ana.modals] == ["Page one", "Page two", "Page one"]


async def test_a_write_in_a_modal_refreshes_the_pages_below_it_and_the_message_it_came_from(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Page one"))
    for title in ("Page two", "Page three"):
        await office.settled(await office.ana.press(title))
    await office.settled(await office.ana.press("Count"))
    assert ["1 kept" in office.ana.reads(view) for view in office.ana.modals] == [True, True, True]
    assert "1 kept" in office.ana.reads(office.ana.messages()[-1])


async def test_a_write_in_a_modal_refreshes_the_home_it_came_from(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    await office.settled(await office.ana.press("Page one"))
    await office.settled(await office.ana.press("Count"))
    assert office.ana.home is not None
    assert "1 kept" in office.ana.reads(office.ana.home)


async def test_a_press_on_home_changes_home(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    await office.settled(await office.ana.press("Count"))
    assert "One more" in office.ana.reads()
    assert "1 kept" in office.ana.reads()


async def test_a_notice_on_home_is_shown_on_it_and_only_once(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    await office.settled(await office.ana.press("Say"))
    await office.settled(await office.ana.press("Say"))
    assert office.ana.reads().count("A word to you") == 1
    await office.settled(await office.ana.press("Refuse"))
    assert "not yours to see" in office.ana.reads()
    assert "A word to you" not in office.ana.reads()


async def test_a_notice_in_a_modal_is_shown_on_it(office: Office) -> None:
    before = await page(office)
    await office.settled(await office.ana.press("Say"))
    await office.settled(await office.ana.press("Say"))
    assert [view.id for view in office.ana.modals] == [before.id]
    assert office.ana.reads().count("A word to you") == 1


async def test_a_card_pressed_in_a_modal_is_shown_as_a_page(office: Office) -> None:
    await page(office)
    await office.settled(await office.ana.press("Card"))
    assert [view.title for view in office.ana.modals] == ["Page one", "A card"]


async def test_a_bug_becomes_a_sentence_with_a_number(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Break"))
    assert "Something went wrong on our side" in office.ana.reads()
    assert "people's words" not in office.ana.everything_seen()


async def test_a_button_of_an_earlier_release_says_so(office: Office) -> None:
    await card(office)
    payload = office.slack.world.wire.calls("block_actions")
    assert payload == ()
    await office.settled(await office.ana.press("Say"))
    sent = dict(office.slack.world.wire.calls("block_actions")[-1].body)
    action = {**sent["actions"][0], "value": "NoLongerThere:1", "action_ts": "1.1"}
    await office.settled(await office.ana.forge({**sent, "actions": [action]}))
    assert "earlier version" in office.ana.reads(office.ana.messages()[-1])


async def test_a_press_that_arrives_twice_is_done_once(office: Office) -> None:
    await card(office)
    await office.settled(await office.ana.press("Count"))
    sent = dict(office.slack.world.wire.calls("block_actions")[-1].body)
    await office.settled(await office.ana.forge(sent))
    assert await office.kept() == ["counted"]


async def test_what_is_typed_stays_when_a_button_in_the_form_adds_a_row(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "add"))
    await office.ana.fill("Your text", "half a thought")
    await office.settled(await office.ana.press("Another row"))
    assert len(office.ana.modals) == 1
    assert "Row 1" in office.ana.reads()
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["half a thought"]


async def test_what_is_typed_stays_when_a_button_in_the_form_is_refused(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "add"))
    await office.ana.fill("Your text", "half a thought")
    await office.settled(await office.ana.press("Refuse"))
    assert "not yours to see" in office.ana.reads()
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["half a thought"]
