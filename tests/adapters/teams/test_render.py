"""Buttons, cards and blocks as Teams shows them."""

from dataclasses import replace

import pytest

from adapters.playground.teams_screen import button_labels, shown_text
from adapters.teams import render
from adapters.teams.place import frame_of
from bot.actions import pack
from bot.features.conversation_page import OpenConversation
from bot.views import (
    Button,
    Buttons,
    Card,
    Divider,
    Heading,
    Jump,
    Quote,
    Row,
    Style,
    Text,
)
from tests.adapters.teams.any_views import say
from tests.adapters.teams.some_views import BELOW, DEEPER, FORM, FRAME, OPEN, OPENED, does_not_open, drawn, opens, page


# --- buttons ---
def test_a_button_that_opens_a_dialog_asks_for_it_and_any_other_is_executed() -> None:
    card = Card(title="", body=(Buttons((OPENED,)),), summary="", address=BELOW)
    asking = render.message(card, say, opens).card["body"][0]["actions"][0]
    acting = render.message(card, say, does_not_open).card["body"][0]["actions"][0]
    data = {"do": pack(OPEN), "at": pack(BELOW)}
    assert asking == {"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}, **data}}
    older = {"type": "Action.Submit", "title": "Open", "data": data}
    assert acting == {"type": "Action.Execute", "title": "Open", "verb": "do", "data": data, "fallback": older}


def test_in_a_dialog_every_button_submits_and_remembers_where_it_stands() -> None:
    shown = render.dialog(replace(FORM, body=(Buttons((OPENED,)),)), DEEPER, say)
    actions = [*shown["body"][0]["actions"], *shown["actions"]]
    assert {action["type"] for action in actions} == {"Action.Submit"}
    assert all(frame_of(action["data"]["frame"]) == DEEPER for action in actions)


def test_primary_and_dangerous_buttons_look_so() -> None:
    styles = [drawn(Buttons((Button("x", OPEN, style),)))[0]["actions"][0].get("style") for style in Style]
    assert styles == [None, "positive", "destructive"]


def test_no_set_has_more_buttons_than_teams_shows() -> None:
    sets = drawn(Buttons((Button("1", OPEN),) * 13))
    assert [len(each["actions"]) for each in sets] == [6, 6, 1]


def test_buttons_that_go_over_the_edge_of_a_phone_go_on_the_next_line() -> None:
    labels = ("Start a conversation", "Search", "Settings", "Help")
    sets = drawn(Buttons(tuple(Button(label, OPEN) for label in labels)))
    assert [[action["title"] for action in each["actions"]] for each in sets] == [list(labels[:2]), list(labels[2:])]


def test_a_form_ends_with_its_own_button_and_the_way_back() -> None:
    submit, back = render.dialog(FORM, DEEPER, say)["actions"]
    assert (submit["title"], submit["style"], submit["data"]["sent"]) == ("Save", "positive", True)
    assert (back["title"], back["data"]["do"], back["data"]["back"]) == ("Back", pack(BELOW), True)


def test_nothing_has_to_be_filled_in_to_go_back() -> None:
    _, back = render.dialog(FORM, DEEPER, say)["actions"]
    assert back["associatedInputs"] == "none"


def test_the_lowest_view_of_a_dialog_has_no_way_back() -> None:
    assert "actions" not in render.dialog(page(), FRAME, say)


def test_a_view_with_a_way_back_of_its_own_gets_no_second_one() -> None:
    own = Button("Back to Ana", replace(BELOW, page=0))
    shown = render.dialog(page(Buttons((own,))), DEEPER, say)
    assert button_labels(shown) == ["Back to Ana"]
    assert shown["body"][0]["actions"][0]["data"]["back"] is True


# --- cards ---
def test_a_card_with_an_address_is_asked_for_anew_for_the_person_whose_it_is() -> None:
    card = Card(title="Next", body=(), summary="OneOnOne", address=BELOW)
    assert render.message(card, say, opens, member="29:ana").card["refresh"] == {
        "action": {"type": "Action.Execute", "verb": "refresh", "data": {"at": pack(BELOW)}},
        "userIds": ["29:ana"],
    }


@pytest.mark.parametrize(("address", "member"), [(None, "29:ana"), (BELOW, None)])
def test_a_card_of_nowhere_or_nobody_is_not(address: OpenConversation | None, member: str | None) -> None:
    card = Card(title="Next", body=(), summary="OneOnOne", address=address)
    assert "refresh" not in render.message(card, say, opens, member=member).card


def test_a_locked_phone_shows_the_summary() -> None:
    card = Card(title="Promotion case", body=(Text("secret"),), summary="News in OneOnOne")
    assert render.message(card, say, opens).summary == "News in OneOnOne"


@pytest.mark.parametrize("character", ["x", "🙂"])
def test_long_words_that_are_given_back_are_given_back_whole(character: str) -> None:
    assert shown_text(render.notice(character * 4000, say).card) == character * 4000


# --- blocks ---
def test_a_heading_without_marks_is_a_heading_for_screen_readers_too() -> None:
    assert drawn(Heading("Action items"))[0]["style"] == "heading"


@pytest.mark.parametrize(
    "text", ["**x**", "1. x", "- x", "x [y](z)", "a_b_c", "www.example.com", "x\ny", "🙂", "&amp;"]
)
def test_a_heading_that_markdown_would_read_is_a_bold_line(text: str) -> None:
    (element,) = drawn(Heading(text))
    assert element["type"] == "RichTextBlock"
    assert element["inlines"][0]["weight"] == "bolder"


def test_a_date_in_peoples_words_stays_what_they_wrote() -> None:
    text = "since {{DATE(2017-02-14T06:00:00Z, SHORT)}}"
    (element,) = drawn(Text(text))
    assert [run["text"] for run in element["inlines"]] == ["since {", "{DATE(2017-02-14T06:00:00Z, SHORT)}}"]


def test_a_rows_only_short_button_stands_beside_it() -> None:
    (row,) = drawn(Row("Promotion case", "Ben", (OPENED,)))
    assert [column["width"] for column in row["columns"]] == ["stretch", "auto"]


@pytest.mark.parametrize("buttons", [(OPENED, OPENED), (Button("Share this now", OPEN),)])
def test_more_or_longer_buttons_stand_below_their_row(buttons: tuple[Button, ...]) -> None:
    (row,) = drawn(Row("Promotion case", "Ben", buttons))
    assert [item["type"] for item in row["items"]] == ["RichTextBlock", "RichTextBlock", "ActionSet"]


def test_a_divider_is_a_line_above_what_comes_next() -> None:
    first, second = drawn(Text("a"), Divider(), Jump("nowhere", "javascript:alert(1)"), Text("b"))
    assert "separator" not in first
    assert second["separator"] is True


def test_a_quote_is_set_apart_and_says_whose_it_is() -> None:
    (quote,) = drawn(Quote("Budget?", "Ben, Monday"))
    assert (quote["style"], len(quote["items"])) == ("emphasis", 2)


def test_a_quote_in_hebrew_or_arabic_is_set_from_the_right() -> None:
    quotes = drawn(Quote("1. שלום"), Quote("مرحبا"), Quote("Hello שלום"))
    assert [quote.get("rtl", False) for quote in quotes] == [True, True, False]


def test_a_note_of_3000_characters_is_shown_whole() -> None:
    assert shown_text(render.dialog(page(Quote("🙂" * 2999 + "x")), DEEPER, say)).startswith("🙂" * 2999 + "x")


@pytest.mark.parametrize("url", ["https://example.com/a?b=c", "http://example.com"])
def test_a_link_leads_to_the_web(url: str) -> None:
    assert drawn(Jump("To the message", url))[0]["inlines"][0]["selectAction"]["url"] == url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.com", "https://", "https://[", ""]
)
def test_a_link_leads_nowhere_else(url: str) -> None:
    assert drawn(Jump("x", url)) == []
