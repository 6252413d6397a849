"""Forms as Teams shows them, in a dialog and in the chat."""

from dataclasses import replace

import pytest

from adapters.playground.teams_screen import find_button, find_field, shown_text
from adapters.teams import limits, render
from adapters.teams.render_fields import search_results
from bot.actions import pack
from bot.views import (
    Button,
    Buttons,
    ChoiceField,
    Form,
    Option,
    PersonField,
    Text,
    TextField,
    TicksField,
)
from tests.adapters.teams.any_views import say
from tests.adapters.teams.some_views import BELOW, FORM, FRAME, LINE, OPEN, OPENED, does_not_open, opens, page


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
