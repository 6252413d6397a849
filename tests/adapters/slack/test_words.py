"""Words in a command, a direct message and a mention, and what they show."""

import json

from adapters.playground.wire import Direction
from tests.adapters.slack.conftest import Office


async def test_a_command_that_leads_to_a_card_answers_the_person_alone(office: Office) -> None:
    answer = await office.ana.command("/oneonone", "actions", channel="general")
    await office.settled(answer)
    assert answer.body["response_type"] == "ephemeral"
    assert "A card" in office.ana.reads()
    assert office.ben.messages("C0GENERAL") == ()


async def test_a_command_that_leads_to_a_form_opens_a_modal(office: Office) -> None:
    answer = await office.ana.command("/oneonone", "add")
    await office.settled(answer)
    assert answer.body == {}
    assert office.ana.modal is not None
    assert office.ana.modal.title == "Form page"


async def test_a_command_without_words_shows_home(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone"))
    assert "Your home" in office.ana.reads()


async def test_markup_in_an_answer_is_literal(office: Office) -> None:
    answer = await office.ana.command("/oneonone", "help")
    await office.settled(answer)
    assert "A word to you <!channel> *bold*" in office.ana.reads()
    assert "mrkdwn" not in str(answer.body)
    assert "word to you" not in answer.body["text"]


async def test_words_arrive_as_they_were_typed_with_the_channel_they_came_from(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "ask a < b & #general 🙂 שלום", channel="general"))
    assert "general You typed: a < b & #general 🙂 שלום" in office.ana.reads()


async def test_a_command_in_a_direct_message_has_no_channel(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "ask me"))
    assert "no channel You typed: me" in office.ana.reads()


async def test_a_direct_message_is_answered_in_it(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    assert "A card" in office.ana.reads()
    message = office.ana.messages()[-1]
    assert message.text == "A card for you"


async def test_a_direct_message_that_needs_a_window_gets_a_button_that_opens_it(office: Office) -> None:
    await office.settled(await office.ana.says("add"))
    assert office.ana.modals == ()
    await office.settled(await office.ana.press("Open"))
    assert office.ana.modal is not None
    assert office.ana.modal.title == "Form page"


async def test_an_event_that_slack_sends_again_is_handled_and_answered_once(office: Office) -> None:
    await office.settled(await office.ana.says("meet"))
    before = office.ana.messages()
    sent = [each for each in office.slack.world.wire.exchanges if each.direction is Direction.TO_BOT][-1]
    body = json.dumps(sent.body)
    again = await office.ana.raw(body, {"Content-Type": "application/json", **office.slack.signed(body)})
    await office.settled(again)
    assert await office.kept() == ["counted"]
    assert office.ana.messages() == before


async def test_a_mention_answers_the_one_who_wrote_it(office: Office) -> None:
    await office.settled(await office.ana.mentions_bot("actions", channel="general"))
    assert "A card" in office.ana.reads()
    assert all("A card" not in message.text for message in office.ben.messages("C0GENERAL"))


async def test_home_is_published_when_it_is_opened(office: Office) -> None:
    await office.settled(await office.ana.opens_home())
    assert office.ana.home is not None
    assert "Your home" in office.ana.reads(office.ana.home)


async def test_the_message_shortcut_opens_a_form_with_the_words_and_a_link_back(office: Office) -> None:
    message = office.ben.writes("Budget <!here> & more", channel="general")
    await office.settled(await office.ana.message_shortcut("add_to_oneonone", message))
    shown = office.ana.reads()
    assert "Budget <!here> & more" in shown
    assert f"https://playground.slack.com/archives/C0GENERAL/p{message.ts.replace('.', '')}" in shown


async def test_the_people_picker_finds_colleagues_only(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "add card"))
    found = await office.ana.search_options("Who", "ben")
    assert [option["text"]["text"] for option in found.body["options"]] == ["Ben Okafor"]
    for words in ("guest", "where", "slackbot", "oneonone"):
        assert (await office.ana.search_options("Who", words)).body["options"] == []


async def test_a_guest_is_told_that_this_is_for_members(office: Office) -> None:
    await office.settled(await office.slack.person("U0GUEST").command("/oneonone", "actions"))
    assert "for the members of this workspace" in office.slack.person("U0GUEST").reads()
    assert await office.person_id("U0GUEST") is None


async def test_a_person_of_another_team_is_told_the_same(office: Office) -> None:
    await office.settled(await office.slack.person("U0ELSE").says("meet"))
    assert "for the members of this workspace" in office.slack.person("U0ELSE").reads()
    assert await office.kept() == []
