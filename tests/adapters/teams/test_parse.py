"""Every activity that Teams sends becomes one of our inputs, and nothing else becomes an error of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams import inputs
from adapters.teams.inputs import Scope
from adapters.teams.parse import Malformed, incoming
from adapters.teams.parse_words import text_of_page
from adapters.teams.place import ChatCard, Frame, Nowhere
from bot.turn import Channel
from tests.adapters.teams import bodies
from tests.adapters.teams.bodies import Json

ANYTHING: tuple[object, ...] = (None, "", "words", "\x00", "\ud800", 5, -1.5, True, [], ["x"], {}, {"id": 5}, [[{}]])
NOT_FOR_US: dict[str, Json] = {
    "an edit": {**bodies.MESSAGE, "type": "messageUpdate"},
    "a deletion": {**bodies.MESSAGE, "type": "messageDelete"},
    "a reaction": {**bodies.MESSAGE, "type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
    "typing": {**bodies.PERSONAL, "type": "typing"},
    "the end": {**bodies.PERSONAL, "type": "endOfConversation"},
    "an event": {**bodies.PERSONAL, "type": "event", "name": "application/vnd.microsoft.meetingStart"},
    "an upgrade": {**bodies.INSTALLED, "action": "add-upgrade"},
    "an upgrade that removes": {**bodies.UNINSTALLED, "action": "remove-upgrade"},
    "ourselves": {**bodies.MESSAGE, "from": {"id": bodies.BOT, "name": "OneOnOne"}},
    "another bot": {**bodies.MESSAGE, "from": {"id": "28:another", "name": "Another bot"}},
    "no mention": {**bodies.MENTION, "entities": []},
    "a person added to a chat": {**bodies.ADDED, "membersAdded": [{"id": bodies.ANA}]},
    "a new channel": {**bodies.PERSONAL, "type": "conversationUpdate", "channelData": {"eventType": "channelCreated"}},
}
CARD = ChatCard(bodies.CHAT, "1610119253842", "Home")


def test_a_message_is_words_from_somebody_somewhere() -> None:
    said = incoming(bodies.MESSAGE)
    assert isinstance(said, inputs.Said)
    assert said.key == f"{bodies.CHAT}:1485983408511"
    assert (said.words.text, said.words.tagged) == ("agenda", ())
    sender = said.sender
    assert (sender.account, sender.member, sender.bot) == (bodies.ANA_ACCOUNT, bodies.ANA, bodies.BOT)
    assert (sender.scope, sender.conversation, sender.roster) == (Scope.personal, bodies.CHAT, bodies.CHAT)
    assert (sender.zone, sender.language, sender.service_url) == ("Europe/Madrid", "es", bodies.SERVICE)


def test_zone_and_language_come_from_the_client_where_the_activity_has_none() -> None:
    without = {key: value for key, value in bodies.MESSAGE.items() if key not in ("locale", "localTimezone")}
    said = incoming(without)
    assert isinstance(said, inputs.Said)
    assert (said.sender.zone, said.sender.language) == ("America/Los_Angeles", "en")


def test_a_mention_has_its_channel_and_whom_it_names_but_not_the_bot() -> None:
    said = incoming(bodies.MENTION)
    assert isinstance(said, inputs.Mentioned)
    assert said.channel == Channel(bodies.CHANNEL, "")
    assert said.words.text == "add <at>Ben Okafor</at> a < b"
    assert [(one.tag, one.member, one.name) for one in said.words.tagged] == [
        ("<at>Ben Okafor</at>", bodies.BEN, "Ben Okafor")
    ]
    assert said.sender.roster == bodies.TEAM
    assert said.sender.conversation.endswith(";messageid=1481567603816")


def test_a_group_chat_is_no_channel() -> None:
    group = {"conversationType": "groupChat", "isGroup": True, "id": "19:x@thread.v2", "tenantId": bodies.TENANT}
    data = {"tenant": {"id": bodies.TENANT}}
    said = incoming({**bodies.MENTION, "conversation": group, "channelData": data})
    assert isinstance(said, inputs.Mentioned)
    assert said.channel is None
    assert said.sender.roster == "19:x@thread.v2"


def test_what_a_person_typed_to_look_like_an_entity_stays_as_it_is() -> None:
    page = {"contentType": "text/html", "content": "<p>&amp;lt; &lt;</p>"}
    said = incoming({**bodies.MESSAGE, "text": "&lt; <", "attachments": [page]})
    assert isinstance(said, inputs.Said)
    assert said.words.text == "&lt; <"


def test_a_press_has_its_action_values_and_card() -> None:
    press = incoming(bodies.EXECUTE)
    assert isinstance(press, inputs.Pressed)
    assert (press.packed, press.entered.values, press.origin) == ("Done:x", {"text": "words"}, CARD)
    assert (press.sent, press.waits) == (False, True)


def test_a_press_of_an_old_client_comes_as_a_message() -> None:
    press = incoming(bodies.SENT_BACK)
    assert isinstance(press, inputs.Pressed)
    assert (press.packed, press.waits) == ("Done:x", False)


def test_a_card_that_others_see_too_is_nobody_s_to_change() -> None:
    press = incoming({**bodies.EXECUTE, "conversation": bodies.IN_CHANNEL["conversation"]})
    assert isinstance(press, inputs.Pressed)
    assert press.origin == Nowhere()


def test_a_refresh_asks_for_an_address() -> None:
    asked = incoming(bodies.REFRESH)
    assert isinstance(asked, inputs.Refreshed)
    assert asked.address == "Home"


def test_a_door_opens_a_dialog() -> None:
    opened = incoming(bodies.FETCH)
    assert isinstance(opened, inputs.Opened)
    assert (opened.packed, opened.origin) == ("Open:x", CARD)


def test_a_sent_form_has_its_values_lists_among_them_and_its_frame() -> None:
    sent = incoming(bodies.SUBMIT)
    assert isinstance(sent, inputs.InDialog)
    assert sent.entered.values == {"text": "words", "choice": "b", "copy": ("x", "y"), "none": ()}
    assert (sent.frame.address, sent.frame.under, sent.frame.origin) == ("ShowForm:page", ("ShowPage:one",), CARD)
    assert (sent.sent, sent.back) == (True, False)


def test_the_same_form_with_other_values_is_another_input() -> None:
    first = incoming(bodies.SUBMIT)
    again = incoming({**bodies.SUBMIT, "id": "f:2"})
    other = incoming(bodies.with_part(bodies.SUBMIT, ("value", "data", "in.text"), "other words"))
    assert isinstance(first, inputs.InDialog)
    assert isinstance(again, inputs.InDialog)
    assert isinstance(other, inputs.InDialog)
    assert first.key == again.key != other.key


@pytest.mark.parametrize("changed", ["f:2", "f:3"])
def test_every_press_of_a_button_in_a_dialog_is_an_input_of_its_own(changed: str) -> None:
    press = bodies.with_part(bodies.SUBMIT, ("value", "data", "sent"), value=False)
    one, other = incoming(press), incoming({**press, "id": changed})
    assert isinstance(one, inputs.InDialog)
    assert isinstance(other, inputs.InDialog)
    assert one.key != other.key


def test_a_frame_that_names_another_chat_comes_from_nowhere() -> None:
    forged = Frame(key="key", origin=ChatCard("a:1somebodyelse", "1610119253842", "Home")).packed()
    for body in (bodies.SUBMIT, bodies.EXTENSION_SUBMIT):
        sent = incoming(bodies.with_part(body, ("value", "data", "frame"), forged))
        assert isinstance(sent, inputs.InDialog)
        assert sent.frame.origin == Nowhere()


def test_a_message_action_brings_the_message_and_a_link_to_it() -> None:
    used = incoming(bodies.FROM_MESSAGE)
    assert isinstance(used, inputs.ActionUsed)
    assert used.quoted is not None
    assert used.quoted.text == "Budget for Ben & me\na <b> second line"
    assert used.quoted.link == bodies.PAYLOAD["linkToMessage"]


@pytest.mark.parametrize(
    "link", ["", "http://x", "javascript:alert(1)", f"https://x/{'y' * 2000}", "https://x\n"], ids=range(5)
)
def test_what_is_no_good_link_is_none(link: str) -> None:
    path = ("value", "messagePayload", "linkToMessage")
    used = incoming(bodies.with_part(bodies.FROM_MESSAGE, path, link))
    assert isinstance(used, inputs.ActionUsed)
    assert used.quoted is not None
    assert used.quoted.link is None


def test_a_search_has_its_letters() -> None:
    search = incoming(bodies.SEARCH)
    assert isinstance(search, inputs.Searched)
    assert (search.dataset, search.query) == ("people", "be")


def test_coming_and_going_is_told_from_one_another() -> None:
    assert isinstance(incoming(bodies.ADDED), inputs.Arrived)
    assert isinstance(incoming(bodies.INSTALLED), inputs.Arrived)
    assert incoming(bodies.ADDED_TO_TEAM) == inputs.TeamJoined(roster=bodies.TEAM, service_url=bodies.SERVICE)
    assert incoming(bodies.NEW_IN_TEAM) == inputs.MembersJoined(
        roster=bodies.TEAM, service_url=bodies.SERVICE, members=(bodies.BEN,)
    )
    assert incoming(bodies.UNINSTALLED) == inputs.Left(external_id=bodies.ANA_ACCOUNT, conversation=bodies.CHAT)
    assert incoming(bodies.REMOVED_FROM_TEAM) == inputs.Left(external_id=bodies.TEAM, conversation=bodies.TEAM)


@pytest.mark.parametrize("name", NOT_FOR_US)
def test_what_is_not_for_us_is_left_alone(name: str) -> None:
    assert incoming(NOT_FOR_US[name]) == inputs.Ignored()


@pytest.mark.parametrize("name", [None, "", "signin/verifyState", "composeExtension/query", 5])
def test_a_question_that_we_do_not_answer_is_known_as_such(name: object) -> None:
    assert incoming({**bodies.PERSONAL, "type": "invoke", "name": name, "value": {}}) == inputs.Unknown()


@pytest.mark.parametrize("name", bodies.EVERY)
def test_a_part_of_the_wrong_kind_is_malformed_or_does_not_matter(name: str) -> None:
    body = bodies.EVERY[name]
    incoming(body)
    for path in bodies.paths(body):
        for value in ANYTHING:
            try:
                incoming(bodies.with_part(body, path, value))
            except Malformed:
                continue


@given(st.recursive(st.text() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=3), st.text())
def test_no_words_can_break_the_reading_of_words(page: object, text: str) -> None:
    attached = [{"contentType": "text/html", "content": page}]
    said = incoming({**bodies.MESSAGE, "text": text, "attachments": attached})
    assert isinstance(said, inputs.Said)


@given(st.text())
def test_any_page_has_some_text(page: str) -> None:
    assert isinstance(text_of_page(page), str)
