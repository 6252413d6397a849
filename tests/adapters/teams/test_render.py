"""Each part of a view as Teams shows it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.playground.teams_rules import Where, card_problems
from adapters.playground.teams_screen import button_labels, find_button, find_field, shown_text
from adapters.teams import limits, render
from adapters.teams.limits import Json
from adapters.teams.place import ChatCard, Frame, frame_of
from adapters.teams.render_fields import search_results
from bot.actions import pack
from bot.features.agenda import OpenItem
from bot.features.conversation_page import OpenConversation
from bot.model.ids import ConversationId, ItemId
from bot.views import (
    Button,
    Buttons,
    Card,
    ChoiceField,
    Divider,
    Form,
    Heading,
    Jump,
    Option,
    Page,
    PersonField,
    Quote,
    Row,
    Style,
    Text,
    TextField,
    TicksField,
)
from tests.adapters.teams.any_views import say

OPEN = OpenItem(ItemId("i" * 22))
BELOW = OpenConversation(ConversationId("c" * 22), 1)
CAME_FROM = ChatCard("a:" + "c" * 120, "1712345678901", "OpenHome")
FRAME = Frame(key="k" * 22, address=pack(OPEN), origin=CAME_FROM)
DEEPER = replace(FRAME, under=(pack(BELOW),))
OPENED = Button("Open", OPEN)
FORM = Form(
    title="New item",
    body=(TextField("text", "What"), TextField("more", "More", required=False)),
    submit=OPEN,
    submit_label="Save",
    sees="Only you can see this.",
)
LINE = replace(FORM, body=(TextField("text", "What"),), address=BELOW)


def page(*body: object) -> Page:
    return Page(title="Ana and Ben", body=body, sees="Only you and Ana can see this.")  # type: ignore[arg-type]


def drawn(*body: object) -> list[Json]:
    """The elements of a page's card, without the last line."""
    elements: list[Json] = render.dialog(page(*body), FRAME, say)["body"]
    return elements[:-1]


def opens(_: object) -> bool:
    return True


def does_not_open(_: object) -> bool:
    return False


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


# --- forms ---
def test_an_error_stands_above_its_field_which_keeps_what_was_typed() -> None:
    form = replace(FORM, body=(TextField("a", "First"), TextField("b", "Second", "typed")), errors={"b": "Too long."})
    shown = render.dialog(form, FRAME, say)
    words = shown_text(shown)
    assert words.index("First") < words.index("Too long.") < words.index("Second")
    assert shown["body"][1]["inlines"][0]["color"] == "attention"
    assert shown["body"][2]["value"] == "typed"


def test_the_client_insists_on_what_is_required() -> None:
    first, second = (part for part in render.dialog(FORM, FRAME, say)["body"] if part["type"] == "Input.Text")
    assert (first["isRequired"], first["errorMessage"]) == (True, say("teams.missing"))
    assert "isRequired" not in second


def test_the_client_does_not_insist_where_another_button_must_work_with_empty_fields() -> None:
    form = replace(FORM, body=(*FORM.body, Buttons((Button("Add another", OPEN),))))
    assert not any("isRequired" in part for part in render.dialog(form, FRAME, say)["body"])


def test_what_is_chosen_already_is_chosen() -> None:
    options = (Option("a", "A"), Option("b", "B", "only you"), Option("c", "C"))
    shown = render.dialog(
        replace(
            FORM,
            body=(
                ChoiceField("one", "One", options, "b"),
                TicksField("some", "Some", options, ("a", "c")),
                PersonField("who", "Who", Option("p", "Ana")),
            ),
        ),
        FRAME,
        say,
    )
    fields = {part["id"]: part for part in shown["body"] if part["type"] == "Input.ChoiceSet"}
    assert {name: field["value"] for name, field in fields.items()} == {
        "in.one": "b",
        "ticks.some": "a,c",
        "in.who": "p",
    }
    assert fields["in.one"]["choices"][1]["title"] == "B · only you"
    assert fields["in.who"]["choices"] == [{"title": "Ana", "value": "p"}]


def test_a_person_is_searched_while_typing() -> None:
    field = find_field(render.dialog(replace(FORM, body=(PersonField("who", "Who"),)), FRAME, say), "Who")
    assert field is not None
    assert field.element["style"] == "filtered"
    assert field.element["choices.data"] == {"type": "Data.Query", "dataset": "people"}


def test_people_found_say_what_sets_them_apart() -> None:
    assert search_results([Option("p", "Ana Ruiz", "ana@example.com")]) == [
        {"title": "Ana Ruiz · ana@example.com", "value": "p"}
    ]


@pytest.mark.parametrize(("count", "style"), [(5, "expanded"), (6, "compact")])
def test_a_few_choices_are_all_seen_and_more_fold_up(count: int, style: str) -> None:
    options = tuple(Option(str(number), "x") for number in range(count))
    shown = render.dialog(replace(FORM, body=(ChoiceField("one", "One", options),)), FRAME, say)
    assert shown["body"][0]["style"] == style


def test_one_empty_line_may_be_filled_in_in_the_chat() -> None:
    shown = render.inline(LINE, say, does_not_open)
    assert shown is not None
    button = find_button(shown.card, text="Save")
    assert button is not None
    assert button.element["data"] == {"do": pack(OPEN), "at": pack(BELOW), "sent": True}
    assert shown_text(shown.card).endswith("Only you can see this.")


@pytest.mark.parametrize(
    "form",
    [
        FORM,
        replace(LINE, body=(TextField("text", "What", "typed"),)),
        replace(LINE, body=(*LINE.body, Buttons((OPENED,)))),
        replace(LINE, body=()),
    ],
)
def test_any_other_form_needs_a_dialog(form: Form) -> None:
    assert render.inline(form, say, does_not_open) is None


def test_a_form_that_leads_to_a_page_needs_a_dialog() -> None:
    assert render.inline(LINE, say, opens) is None


def test_a_sentence_may_stand_on_top_of_a_page_or_form() -> None:
    for view in (page(Text("Below")), FORM):
        assert shown_text(render.dialog(render.headed(view, "Busy."), FRAME, say)).startswith("Busy.")


def test_a_long_title_is_shown_whole_inside() -> None:
    long = replace(page(), title="Promotion case and everything else " * 3)
    assert len(render.dialog_title(long)) <= limits.DIALOG_TITLE
    assert long.title.strip() in shown_text(render.dialog(long, FRAME, say))


# --- size ---
def long_agenda(count: int, text: str) -> Page:
    rows = (Row(f"{number} {text}", "Ben · since Monday", (OPENED, OPENED)) for number in range(count))
    return page(Heading("Agenda"), *rows, Heading("Notes"), Buttons((Button("Shared notes", OPEN),)))


@pytest.mark.parametrize("text", ["x" * 118, "🙂" * 118])
def test_a_full_page_of_rows_is_shown_whole(text: str) -> None:
    assert "more" not in shown_text(render.dialog(long_agenda(15, text), DEEPER, say))


@pytest.mark.parametrize("text", ["x" * 300, "🙂" * 300])
def test_what_there_is_no_room_for_is_counted_and_all_but_rows_stays(text: str) -> None:
    shown = render.dialog(long_agenda(60, text), DEEPER, say)
    words = shown_text(shown)
    left_out = 60 - words.count("since Monday")
    assert 0 < left_out < 60
    assert words.index(f"… {left_out} more") < words.index("Notes") < words.index("Shared notes")
    assert words.count("Only you and Ana can see this.") == 1
    assert limits.size(shown) <= limits.CARD_BYTES


def test_a_quote_that_is_left_out_takes_its_buttons_with_it() -> None:
    remove = Buttons((Button("Remove", OPEN),))
    comments = (part for number in range(12) for part in (Quote("x" * 2900, f"Ben, the {number}th"), remove))
    words = shown_text(render.dialog(page(*comments, Buttons((OPENED,))), DEEPER, say))
    assert 0 < words.count("Ben, the") == words.count("Remove") < 12
    assert "Open" in words


def test_a_dialog_forgets_where_it_came_from_before_it_leaves_out_a_row() -> None:
    crowded = render.dialog(long_agenda(22, "x" * 118), DEEPER, say)
    frames = {action["data"]["frame"] for action in _actions(crowded)}
    assert "more" not in shown_text(crowded)
    assert {frame_of(frame) for frame in frames} == {Frame(key=FRAME.key, address=FRAME.address, under=DEEPER.under)}


def test_a_form_too_large_for_teams_says_that_an_end_is_missing() -> None:
    fields = tuple(TextField(f"f{number}", f"Field {number}", "🙂" * 3000) for number in range(3))
    shown = render.dialog(replace(FORM, body=fields), DEEPER, say)
    assert list(card_problems(shown, where=Where.DIALOG)) == []
    assert shown_text(shown).count(say("teams.cut")) == 3


def test_two_texts_of_3000_characters_that_were_saved_at_once_are_both_shown_whole() -> None:
    both = replace(FORM, body=(Quote("é" * 3000, "Ana"), TextField("text", "Yours", "ü" * 3000)))
    words = shown_text(render.dialog(both, DEEPER, say))
    assert words.count("é") == words.count("ü") == 3000


def _actions(node: object) -> Iterator[Json]:
    if isinstance(node, dict):
        if str(node.get("type")).startswith("Action."):
            yield node
        for value in node.values():
            yield from _actions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _actions(value)
