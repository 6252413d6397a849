"""What a person reads on an Adaptive Card, what they can touch on it, and what it sends."""

from datetime import date, time
from typing import Any

import pytest

from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_inputs import Spot, complaints, sends, spots
from adapters.playground.teams_screen import (
    button_labels,
    choice_named,
    find_button,
    find_field,
    shown_text,
)
from adapters.playground.teams_typing import typed_value
from tests.adapters.playground.teams_cards import (
    Json,
    action_set,
    choices,
    column,
    columns,
    container,
    counted,
    dated,
    execute,
    facts,
    image,
    people,
    run,
    submit,
    text_block,
    timed,
    toggle,
    typed,
    words,
)


def card(*body: Json, **more: Any) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}


def row(title: str, *labels: str) -> Json:
    return container(words(run(title)), action_set(*(execute(title=each, data={"do": each}) for each in labels)))


def button(shown: Json, label: str) -> Spot:
    found = find_button(shown, text=label)
    assert found is not None
    return found


def lines(*body: Json, **more: Any) -> list[str]:
    return shown_text(card(*body, **more)).splitlines()


def test_everything_visible_is_read_from_top_to_bottom() -> None:
    side_by_side = columns(column(words(run("Send the "), run("draft"))), column(action_set(execute())))
    assert lines(text_block(), side_by_side, facts(), image(), actions=[submit()]) == [
        "Agenda",
        "Send the draft",
        "Done",
        "Next Tuesday",
        "A picture",
        "Save",
    ]


def test_what_is_hidden_is_neither_read_nor_touched() -> None:
    hidden = container(words(run("Secret")), action_set(execute()), typed(), isVisible=False)
    shown = card(hidden, typed(id="in.other", isVisible=False), container(text_block(isVisible=False)))
    assert shown_text(shown) == ""
    assert list(spots(shown)) == []


def test_inputs_say_their_label_what_is_in_them_and_what_can_be_chosen() -> None:
    assert lines(typed(placeholder="A few words", value="So far"), choices(), toggle()) == [
        "Title",
        "A few words",
        "So far",
        "Who sees it",
        "Mine",
        "Shared",
        "Discreet",
        "Say less",
    ]


def test_a_text_block_is_read_without_its_marks_and_a_text_run_with_them() -> None:
    assert lines(text_block(text="**Next** and _then_ [more](https://example.com)")) == ["Next and then more"]
    assert lines(words(run("**Next** and _then_"))) == ["**Next** and _then_"]


def test_a_button_is_looked_for_at_or_below_the_words() -> None:
    shown = card(row("First", "Open", "Drop"), row("Second", "Open"))
    assert button_labels(shown) == ["Open", "Drop", "Open"]
    below = find_button(shown, text="Open", near="Second")
    assert below is not None
    assert below is not find_button(shown, text="Open")
    assert find_button(shown, text="Drop", near="Second") is None
    assert find_button(shown, near="Third") is None


def test_a_field_has_its_id_or_its_label_whole_or_in_part() -> None:
    shown = card(typed(label="Until when?", id="in.until"), typed(label="Until", id="in.due"))
    assert [find_field(shown, name).id for name in ("Until", "in.due", "Until w")] == [  # type: ignore[union-attr]
        "in.due",
        "in.due",
        "in.until",
    ]
    assert find_field(shown, "Since when?") is None


def test_a_choice_has_its_title_its_value_or_the_only_beginning() -> None:
    offered = [{"title": "Ann Lee", "value": "1"}, {"title": "Ann · a@b", "value": "2"}, {"title": "Bo", "value": "3"}]
    found = [choice_named(offered, name) for name in ("Ann Lee", "2", "Ann ·", "Lee", "Ann", "Cy")]
    assert [each["value"] if each else None for each in found] == ["1", "2", "2", "1", None, None]


def test_an_action_sends_its_own_data_with_what_is_in_the_inputs() -> None:
    shown = card(typed(), choices(value="mine"), counted(), toggle(), actions=[submit()])
    assert sends(shown, button(shown, "Save"), {"in.text": "Promotion"}) == {
        "do": "AddItem:1",
        "in.text": "Promotion",
        "in.who": "mine",
        "in.toggle": "false",
    }


def test_what_was_emptied_is_left_out() -> None:
    shown = card(typed(value="So far"), actions=[submit()])
    assert sends(shown, button(shown, "Save"), {"in.text": ""}) == {"do": "AddItem:1"}


def test_an_action_without_inputs_neither_checks_nor_sends_them() -> None:
    shown = card(typed(isRequired=True), actions=[submit(associatedInputs="none")])
    assert complaints(shown, button(shown, "Save"), {}) == {}
    assert sends(shown, button(shown, "Save"), {"in.text": "typed"}) == {"do": "AddItem:1"}


@pytest.mark.parametrize(
    ("more", "value", "found"),
    [
        ({"isRequired": True, "errorMessage": "Please fill this in."}, "", "Please fill this in."),
        ({"isRequired": True}, "", "required"),
        ({"isRequired": True}, " ", None),
        ({"maxLength": 3}, "four", "too_long"),
        ({"maxLength": 3}, "two", None),
        ({"regex": "^[0-9]+$"}, "x", "wrong_pattern"),
        ({"regex": "^[0-9]+$"}, "12", None),
        ({"regex": "^[0-9]+$"}, "", None),
    ],
)
def test_the_client_checks_before_it_sends(more: Json, value: str, found: str | None) -> None:
    shown = card(typed(**more), actions=[submit()])
    assert complaints(shown, button(shown, "Save"), {"in.text": value}).get("in.text") == found


def test_what_is_typed_becomes_what_the_input_sends() -> None:
    several = choices("mine", "shared", isMultiSelect=True)
    assert typed_value(Spot(dated()), date(2026, 11, 24), ()) == "2026-11-24"
    assert typed_value(Spot(timed()), time(9, 5), ()) == "09:05"
    assert typed_value(Spot(counted()), 3, ()) == "3"
    assert typed_value(Spot(typed()), None, ()) == ""
    assert typed_value(Spot(toggle(valueOn="yes")), "x", ()) == "yes"
    assert typed_value(Spot(toggle()), None, ()) == "false"
    assert typed_value(Spot(several), ["Mine", "Shared"], several["choices"]) == "mine,shared"
    assert typed_value(Spot(several), [], several["choices"]) == ""


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(NotOnScreen):
        typed_value(Spot(people()), "Nobody", ())
