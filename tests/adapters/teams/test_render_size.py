"""What there is no room for, and what stays then."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.playground.teams_rules import Where, card_problems
from adapters.playground.teams_screen import shown_text
from adapters.teams import limits, render
from adapters.teams.limits import Json
from adapters.teams.place import Frame, frame_of
from bot.views import (
    Button,
    Buttons,
    Heading,
    Page,
    Quote,
    Row,
    TextField,
)
from tests.adapters.teams.any_views import say
from tests.adapters.teams.some_views import (
    DEEPER,
    FORM,
    FRAME,
    OPEN,
    OPENED,
    page,
)


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
