"""What the page shows of Teams, and what a visitor can and cannot do there."""

from typing import Any

import pytest

from adapters.playground.page_intent import BadIntent, Intent
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_page import TeamsVisitor, perform, screen_json
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import BOT, CARD, Message
from tests.adapters.playground.teams_cards import (
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

OPENED: Json = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "fallbackText": "A form",
    "body": [typed(isRequired=True, errorMessage="Please fill this in."), people(label="With whom?")],
    "actions": [submit()],
}
LINK = {"type": "Action.OpenUrl", "title": "Read on", "url": "https://example.com"}


@pytest.fixture
def visitor(teams: TeamsStandIn) -> TeamsVisitor:
    """Whoever plays Ana."""
    return TeamsVisitor(teams.world, teams.person(ANA.id))


@pytest.fixture
def card(teams: TeamsStandIn) -> Message:
    """A card with a field and three actions in Ana's chat."""
    body = [words(run("Agenda")), typed(), action_set(LINK), action_set(execute(), opens())]
    shown = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "A card", "body": body}
    chat = teams.world.install(ANA.id).id
    return teams.world.put(
        Message(chat, teams.world.next_id(), BOT, attachments=({"contentType": CARD, "content": shown},))
    )


async def does(visitor: TeamsVisitor, **parts: Any) -> Json:
    return await perform(visitor, Intent(parts))


def dialog(shown: Json) -> Json:
    attached = {"contentType": CARD, "content": shown}
    return {"task": {"type": "continue", "value": {"title": "A form", "width": 600, "height": 400, "card": attached}}}


async def test_a_screen_shows_the_chat_with_the_app_first_and_only_ones_own_places(
    visitor: TeamsVisitor, card: Message
) -> None:
    screen = screen_json(visitor.world, visitor.person)
    assert (screen["person"], screen["platform"], screen["dialog"], screen["notice"]) == (ANA.id, "teams", None, None)
    places = [(each["name"], each["team"], each["kind"], each["has_app"]) for each in screen["places"]]
    assert places == [
        ("OneOnOne", None, "app", True),
        ("General", "Crew", "channel", True),
        ("Lounge", "Crew", "channel", True),
    ]
    (shown,) = screen["places"][0]["messages"]
    assert (shown["id"], shown["author"], shown["name"], shown["mine"]) == (card.id, "bot", "OneOnOne", False)
    assert shown["cards"] == list(card.cards)
    assert shown["values"] == {"in.text": ""}


async def test_what_was_filled_in_and_what_is_wrong_with_it_is_on_the_screen(
    visitor: TeamsVisitor, card: Message, bot: FakeBot
) -> None:
    bot.answer = dialog(OPENED)
    await does(visitor, do="press", place=card.conversation, message=card.id, action="2")
    shown = screen_json(visitor.world, visitor.person)["dialog"]
    assert (shown["title"], shown["width"], shown["text"]) == ("A form", 600, None)
    await does(visitor, do="press", dialog=shown["id"], action="0", fields=[{"block": "in.text", "value": ""}])
    shown = screen_json(visitor.world, visitor.person)["dialog"]
    assert shown["errors"] == {"in.text": "Please fill this in."}
    assert len(bot.received) == 1
    bot.answer = {"task": {"type": "message", "value": "Saved."}}
    typed_in = [{"block": "in.text", "value": "Promotion"}, {"block": "gone", "value": "x"}]
    told = await does(visitor, do="press", dialog=shown["id"], action="0", fields=typed_in)
    assert told == {"ok": True, "failure": None, "problems": [], "options": []}
    assert bot.received[-1]["value"]["data"]["in.text"] == "Promotion"
    shown = screen_json(visitor.world, visitor.person)["dialog"]
    assert (shown["card"], shown["text"]) == (None, "Saved.")
    await does(visitor, do="close", dialog=shown["id"])
    assert screen_json(visitor.world, visitor.person)["dialog"] is None


async def test_a_press_in_a_chat_brings_its_sentence(visitor: TeamsVisitor, card: Message, bot: FakeBot) -> None:
    bot.answer = {"statusCode": 200, "type": MESSAGE, "value": "Done."}
    assert (await does(visitor, do="press", place=card.conversation, message=card.id, action="1"))["ok"]
    assert screen_json(visitor.world, visitor.person)["notice"] == "Done."


async def test_a_picker_is_offered_what_the_bot_finds(visitor: TeamsVisitor, card: Message, bot: FakeBot) -> None:
    bot.answer = dialog(OPENED)
    await does(visitor, do="press", place=card.conversation, message=card.id, action="2")
    shown = screen_json(visitor.world, visitor.person)["dialog"]
    found = [{"title": "Ben Okafor", "value": "p1"}]
    bot.answer = {"statusCode": 200, "type": SEARCH, "value": {"results": found}}
    told = await does(visitor, do="options", dialog=shown["id"], block="in.who", query="be")
    assert told["options"] == found


async def test_words_reach_the_bot_in_its_chat_or_by_its_name_and_nobody_else(
    visitor: TeamsVisitor, card: Message, bot: FakeBot
) -> None:
    await does(visitor, do="say", place=card.conversation, text="help")
    await does(visitor, do="say", place=GENERAL.id, text="@OneOnOne start @Ben Okafor")
    await does(visitor, do="say", place=GENERAL.id, text="Good morning")
    assert [each["text"] for each in bot.received] == ["help", "<at>OneOnOne</at> start <at>Ben Okafor</at>"]
    (channel,) = [each for each in screen_json(visitor.world, visitor.person)["places"] if each["id"] == GENERAL.id]
    assert [each["text"] for each in channel["messages"]] == ["@OneOnOne start @Ben Okafor", "Good morning"]
    assert channel["messages"][0]["mine"]


async def test_a_message_action_starts_from_the_message(
    teams: TeamsStandIn, visitor: TeamsVisitor, bot: FakeBot
) -> None:
    said = teams.person(BEN.id).writes("Numbers?", conversation=GENERAL.id)
    bot.answer = dialog(OPENED)
    await does(visitor, do="message_action", entry="assign_as_topic", place=GENERAL.id, message=said.id)
    assert bot.received[-1]["value"]["commandId"] == "assign_as_topic"
    assert bot.received[-1]["value"]["messagePayload"]["id"] == said.id
    assert visitor.person.dialog is not None


async def test_looking_at_a_chat_is_looking_at_it(visitor: TeamsVisitor, card: Message, bot: FakeBot) -> None:
    await does(visitor, do="look", place=card.conversation)
    assert visitor.person.reads().startswith("Agenda")
    assert bot.received == []


async def test_a_visitor_touches_only_what_that_person_sees(
    teams: TeamsStandIn, visitor: TeamsVisitor, card: Message, bot: FakeBot
) -> None:
    bens = teams.world.install(BEN.id).id
    absent: list[Json] = [
        {"do": "say", "place": bens, "text": "help"},
        {"do": "say", "place": "19:board@thread.tacv2", "text": "help"},
        {"do": "press", "place": card.conversation, "message": "1", "action": "1"},
        {"do": "press", "place": card.conversation, "message": card.id, "action": "9"},
        {"do": "press", "place": card.conversation, "message": card.id, "action": "x"},
        {"do": "press", "dialog": "gone", "action": "0"},
        {"do": "close", "dialog": "gone"},
    ]
    for parts in absent:
        with pytest.raises(NotOnScreen):
            await does(visitor, **parts)
    assert bot.received == []


async def test_what_the_page_would_not_send_is_refused(visitor: TeamsVisitor, card: Message) -> None:
    for parts in (
        {"do": "steal"},
        {"do": "press", "place": card.conversation, "message": card.id, "action": "0"},
        {"do": "press", "place": card.conversation, "message": card.id},
    ):
        with pytest.raises(BadIntent):
            await does(visitor, **parts)
