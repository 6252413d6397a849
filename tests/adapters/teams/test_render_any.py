"""Any view becomes a card that Teams takes, with nobody's words turned into something else."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.teams_rules import Where, card_problems
from adapters.teams import limits, render
from adapters.teams.limits import Json
from adapters.teams.place import ChatCard, Frame
from adapters.teams.render_fields import input_id
from bot.views import Card, ChoiceField, Form, Page, Text, TicksField
from tests.adapters.teams.any_views import MARKUP, anything, cards, forms, lines, pages, say

FRAME = Frame(
    key="k" * 22, address=f"A:{'a' * 60}", under=(f"B:{'b' * 60}",), origin=ChatCard("a:" + "c" * 120, "17", "C")
)


@given(cards, st.booleans(), st.none() | st.just("29:ana"))
def test_every_card_becomes_a_message_that_teams_takes(card: Card, opens: bool, member: str | None) -> None:
    shown = render.message(card, say, lambda _: opens, member=member)
    assert list(card_problems(shown.card, where=Where.MESSAGE)) == []
    assert limits.size(shown.card) <= limits.CARD_BYTES


@given(pages)
def test_every_page_becomes_a_dialog_that_teams_takes(page: Page) -> None:
    _is_taken(render.dialog(page, FRAME, say))


@given(forms)
def test_every_form_becomes_a_dialog_that_teams_takes_with_all_its_fields_and_its_button(form: Form) -> None:
    shown = render.dialog(form, FRAME, say)
    _is_taken(shown)
    wanted = [
        input_id(each) for each in form.fields if not (isinstance(each, ChoiceField | TicksField) and not each.options)
    ]
    assert [part["id"] for part in _parts(shown) if part["type"].startswith("Input.")] == wanted
    assert [action["data"].get("sent", False) for action in shown["actions"]] == [True, False]
    assert not form.sees.strip() or shown["body"][-1]["inlines"][0]["isSubtle"]


@given(lines, st.booleans())
def test_a_form_that_may_stand_in_the_chat_is_one_that_teams_takes(form: Form, opens: bool) -> None:
    shown = render.inline(form, say, lambda _: opens)
    assert (shown is None) is opens
    assert shown is None or list(card_problems(shown.card, where=Where.MESSAGE)) == []


@given(anything)
def test_every_notice_becomes_a_message_that_teams_takes(text: str) -> None:
    shown = render.notice(text, say)
    assert list(card_problems(shown.card, where=Where.MESSAGE)) == []
    assert limits.size(shown.card) <= limits.CARD_BYTES


@given(pages | forms)
def test_no_words_become_markup(view: Page | Form) -> None:
    shown = render.dialog(view, FRAME, say)
    for part in _parts(shown):
        if part["type"] == "TextBlock":
            assert not set(part["text"]) & set("<>[](){}*_&#`~:/.\n")
        for run in part.get("inlines", ()):
            assert "{{DATE(" not in run["text"]
            assert "{{TIME(" not in run["text"]
    assert "msteams" not in shown


@given(st.lists(st.sampled_from(MARKUP) | st.text(max_size=20), min_size=1).map(" ".join))
def test_words_are_shown_as_they_are(text: str) -> None:
    shown = render.dialog(Page(title="x", body=(Text(text),), sees=""), FRAME, say)
    assert "".join(run["text"] for run in shown["body"][0]["inlines"]) == limits.clipped(text, limits.PARAGRAPH)


@given(st.text(max_size=200) | anything, st.integers(2, 100))
def test_what_is_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    cut = limits.clipped(text, most)
    assert limits.width(cut) <= most
    assert cut.strip()
    whole = limits.sendable(text)
    assert cut in (whole, "–") or whole.startswith(cut.removesuffix("…"))


def _is_taken(card: Json) -> None:
    assert list(card_problems(card, where=Where.DIALOG)) == []
    assert limits.size(card) <= limits.CARD_BYTES


def _parts(node: object) -> Iterator[Json]:
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for key, value in node.items():
            if key != "data":
                yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)
