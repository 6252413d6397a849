"""Teams' client does with the bot's answers what Teams does: another card, a sentence, a dialog, or a complaint."""

import asyncio
from typing import Any

import pytest

from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_line import Failure
from adapters.playground.teams_person import TeamsPerson
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import BOT, CARD, Message
from tests.adapters.playground.teams_cards import (
    ADAPTIVE,
    MESSAGE,
    SEARCH,
    Json,
    action_set,
    execute,
    opens,
    people,
    run,
    submit,
    typed,
    words,
)
from tests.adapters.playground.teams_tenant import ANA, BEN, GENERAL, FakeBot


def card(*body: Json, **more: Any) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "A card", "body": list(body), **more}


def executed(kind: str, value: object, status: int = 200) -> Json:
    return {"statusCode": status, "type": kind, "value": value}


def dialog(shown: Json, title: str = "A form") -> Json:
    attached = {"contentType": CARD, "content": shown}
    return {
        "task": {"type": "continue", "value": {"title": title, "width": "large", "height": "large", "card": attached}}
    }


def posted(teams: TeamsStandIn, shown: Json, message: str | None = None) -> Message:
    """A card from the bot in Ana's chat."""
    chat = teams.world.install(ANA.id).id
    attachments = ({"contentType": CARD, "content": shown},)
    return teams.world.put(Message(chat, message or teams.world.next_id(), BOT, attachments=attachments))


FORM = card(typed(), actions=[submit(data={"do": "AddItem", "sent": True})])


@pytest.fixture
def ana(teams: TeamsStandIn) -> TeamsPerson:
    person = teams.person(ANA.id)
    person.looks_at()
    return person


@pytest.fixture
async def form(teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson) -> TeamsPerson:
    """Ana has a form in a dialog before her."""
    posted(teams, card(action_set(opens())))
    bot.answer = dialog(FORM)
    await ana.press("Save")
    return ana


async def test_an_answer_to_a_press_is_seen_by_whoever_pressed_until_the_message_changes(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    message = posted(teams, card(action_set(execute())))
    bot.answer = executed(ADAPTIVE, card(words(run("Done with it"))))
    assert (await ana.press("Done")).ok
    assert ana.reads() == "Done with it"
    assert bot.received[-1]["value"]["action"]["data"] == {"do": "CompleteItem:1", "at": None}
    assert bot.received[-1]["replyToId"] == message.id
    posted(teams, card(words(run("Something else"))), message.id)
    assert ana.reads() == "Something else"


async def test_a_sentence_comes_over_the_card_and_is_gone_after_the_next_deed(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    posted(teams, card(words(run("Agenda")), action_set(execute())))
    bot.answer = executed(MESSAGE, "That is not yours to see.")
    await ana.press("Done")
    assert ana.reads().splitlines() == ["That is not yours to see.", "Agenda", "Done"]
    bot.answer = executed(ADAPTIVE, card(words(run("Agenda"))))
    await ana.press("Done")
    assert ana.notice is None


@pytest.mark.parametrize(
    ("status", "answer", "failure"),
    [
        (500, None, Failure.DISPATCH),
        (200, {"statusCode": 200, "type": "no.such.type", "value": {}}, Failure.INVALID_ANSWER),
        (
            200,
            executed("application/vnd.microsoft.error", {"code": "400", "message": "no"}, 400),
            Failure.INVALID_ANSWER,
        ),
    ],
)
async def test_what_is_no_good_answer_is_a_failure_on_the_screen(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson, status: int, answer: object, failure: Failure
) -> None:
    posted(teams, card(action_set(execute())))
    bot.status, bot.answer = status, answer
    assert (await ana.press("Done")).failure is failure
    assert ana.failures == (failure,)


async def test_a_button_opens_a_dialog_and_what_is_typed_goes_with_its_button(form: TeamsPerson, bot: FakeBot) -> None:
    assert bot.received[-1]["name"] == "task/fetch"
    await form.fill("Title", "Promotion")
    bot.answer = None
    assert (await form.submit()).ok
    assert bot.received[-1]["name"] == "task/submit"
    assert bot.received[-1]["value"]["data"] == {"do": "AddItem", "sent": True, "in.text": "Promotion"}
    assert form.dialog is None


async def test_other_contents_of_a_dialog_come_without_what_was_typed(form: TeamsPerson, bot: FakeBot) -> None:
    await form.fill("Title", "Promotion")
    bot.answer = dialog(card(words(run("Too short")), *FORM["body"], actions=FORM["actions"]), "Once more")
    await form.submit()
    assert form.reads().splitlines() == ["Once more", "Too short", "Title", "Save"]
    await form.submit(force=True)
    assert "in.text" not in bot.received[-1]["value"]["data"]


async def test_a_sentence_in_place_of_a_dialog_stays_until_it_is_closed(form: TeamsPerson, bot: FakeBot) -> None:
    bot.answer = {"task": {"type": "message", "value": "It is on its way."}}
    await form.submit()
    assert form.reads().splitlines() == ["A form", "It is on its way."]
    await form.close_dialog()
    assert form.dialog is None
    with pytest.raises(NotOnScreen):
        await form.close_dialog()


async def test_an_answer_for_a_dialog_that_was_closed_meanwhile_opens_nothing(form: TeamsPerson, bot: FakeBot) -> None:
    bot.open.clear()
    sending = asyncio.create_task(form.submit())
    while len(bot.received) < 2:  # noqa: ASYNC110 - the fake bot has nothing to wait for
        await asyncio.sleep(0)
    await form.close_dialog()
    bot.open.set()
    await sending
    assert form.dialog is None


async def test_a_failed_submission_keeps_the_dialog_and_what_was_typed(form: TeamsPerson, bot: FakeBot) -> None:
    await form.fill("Title", "Promotion")
    bot.status, bot.answer = 502, None
    await form.submit()
    bot.status = 200
    await form.submit()
    assert bot.received[-1]["value"]["data"]["in.text"] == "Promotion"


async def test_the_client_keeps_back_what_is_required_and_says_so(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    required = typed(isRequired=True, errorMessage="Please fill this in.")
    posted(teams, card(required, action_set(execute())))
    assert (await ana.press("Done")).status == 0
    assert "Please fill this in." in ana.reads()
    assert bot.received == []
    bot.answer = executed(MESSAGE, "ok")
    await ana.press("Done", force=True)
    assert len(bot.received) == 1
    await ana.fill("Title", "Promotion")
    await ana.press("Done")
    assert "Please fill this in." not in ana.reads()


async def test_a_card_is_fresh_for_those_whom_it_names_when_they_open_the_chat(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    wish = {"action": {"type": "Action.Execute", "verb": "refresh", "data": {"at": "Home"}}}
    posted(teams, card(words(run("Old")), refresh={**wish, "userIds": [BEN.member]}))
    await ana.opens_chat()
    assert bot.received == []
    posted(teams, card(words(run("Old")), refresh={**wish, "userIds": [ANA.member]}))
    bot.answer = executed(ADAPTIVE, card(words(run("New"))))
    await ana.opens_chat()
    assert ana.reads() == "New"
    assert bot.received[-1]["value"]["trigger"] == "automatic"


async def test_a_picker_asks_the_bot_and_keeps_who_was_chosen(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    posted(teams, card(people(label="With whom?"), action_set(execute())))
    bot.answer = executed(SEARCH, {"results": [{"title": "Ben Okafor · ben@example.com", "value": "p1"}]})
    answer = await ana.search_people("With whom?", "be")
    assert answer.body["value"]["results"][0]["value"] == "p1"
    assert bot.received[-1]["value"]["queryText"] == "be"
    await ana.choose("With whom?", "Ben Okafor")
    bot.answer = executed(MESSAGE, "ok")
    await ana.press("Done")
    assert bot.received[-1]["value"]["action"]["data"]["in.who"] == "p1"
    with pytest.raises(NotOnScreen):
        await ana.fill("With whom?", "Nobody")


async def test_a_message_action_opens_a_dialog_that_is_sent_as_such(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    said = teams.person(BEN.id).writes("Numbers?", conversation=GENERAL.id)
    bot.answer = dialog(FORM)
    await ana.message_action("add_to_oneonone", said)
    assert bot.received[-1]["value"]["messagePayload"]["body"]["content"] == "<div>Numbers?</div>"
    bot.answer = None
    await ana.submit()
    assert bot.received[-1]["name"] == "composeExtension/submitAction"
    assert bot.received[-1]["value"]["commandId"] == "add_to_oneonone"
    assert ana.dialog is None


async def test_an_action_without_a_dialog_comes_back_as_a_message(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    posted(teams, card(action_set(submit())))
    await ana.press("Save")
    assert (bot.received[-1]["type"], bot.received[-1]["value"]) == ("message", {"do": "AddItem:1"})


async def test_people_and_the_bot_are_mentioned_by_handle_or_by_name(
    teams: TeamsStandIn, bot: FakeBot, ana: TeamsPerson
) -> None:
    await ana.mentions_bot("start @ben or @Cleo Tanaka, not @nobody", channel=GENERAL.id)
    sent = bot.received[-1]
    assert sent["text"] == "<at>OneOnOne</at> start <at>Ben Okafor</at> or <at>Cleo Tanaka</at>, not @nobody"
    named = [each["mentioned"]["name"] for each in sent["entities"] if each["type"] == "mention"]
    assert named == ["OneOnOne", "Ben Okafor", "Cleo Tanaka"]
    assert ana.reads() == "@OneOnOne start @Ben Okafor or @Cleo Tanaka, not @nobody"


async def test_where_the_app_is_not_installed_the_bot_hears_nothing(teams: TeamsStandIn, bot: FakeBot) -> None:
    cleo = teams.person("33333333-cccc-4ccc-8ccc-000000000003")
    assert (await cleo.mentions_bot("help", channel="19:board@thread.tacv2")).status == 0
    assert bot.received == []
    await cleo.says("help")
    kinds = [each["type"] for each in bot.received]
    assert kinds == ["conversationUpdate", "installationUpdate", "message"]
    await cleo.uninstalls()
    assert bot.received[-1]["action"] == "remove"


async def test_what_is_not_there_cannot_be_touched(teams: TeamsStandIn, ana: TeamsPerson) -> None:
    posted(teams, card(words(run("Agenda"))))
    with pytest.raises(NotOnScreen):
        await ana.press("Done")
    with pytest.raises(NotOnScreen):
        await ana.fill("Title", "x")
    with pytest.raises(NotOnScreen):
        await ana.submit()
