"""Any view becomes what Slack takes, and a Form keeps all its fields."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

from adapters.playground.slack_people import Json
from adapters.playground.slack_rules import Surface, message_problems, view_problems
from adapters.playground.slack_screen import shown_text
from adapters.slack import render
from adapters.slack.limits import clipped
from adapters.slack.parse_view import field_name
from adapters.slack.place import AnswerLink, ChatMessage, Frame, HomeTab, Nowhere, frame_of
from adapters.slack.render_charts import without_charts
from bot.actions import Action
from bot.model.ids import ItemId
from bot.views import (
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    ChoiceField,
    Divider,
    Drawn,
    Field,
    Form,
    Heading,
    Jump,
    Line,
    Option,
    Page,
    PersonField,
    Quiet,
    Quote,
    Row,
    Style,
    Text,
    TextField,
    TicksField,
)
from prompts import Library


@dataclass(frozen=True)
class Point(Action):
    item: ItemId


def say(key: str, /, **facts: object) -> str:
    return Library("en").say(key, facts)


# Every character a person can send, lone surrogates and NUL included.
anything = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["", " ", "<!channel>", "*x*", "🙂" * 3000, "a" * 5000, "\ud83d", "שלום", "\x00", "👩‍👩‍👧" * 40, "e\u0301" * 90]
)
actions = st.builds(Point, st.just(ItemId("i" * 22)))
buttons = st.builds(Button, anything, actions, st.sampled_from(Style))
many_buttons = st.lists(buttons, max_size=30).map(tuple)
options = st.builds(
    Option, st.text(st.characters(codec="ascii", exclude_characters="\x00"), min_size=1), anything, anything
)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A number or none for each label of each line."""
    labels = draw(st.lists(anything, max_size=25).map(tuple))
    numbers = st.lists(st.none() | st.integers(1, 10), min_size=len(labels), max_size=len(labels)).map(tuple)
    lines = st.lists(st.builds(Line, anything, numbers), max_size=8).map(tuple)
    return Chart(draw(anything), labels, draw(lines), top=draw(st.integers(1, 10)), drawn=draw(st.sampled_from(Drawn)))


blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, anything),
    st.builds(Text, anything),
    st.builds(Quiet, anything),
    st.builds(Quote, anything, anything),
    st.builds(Row, anything, anything, st.lists(buttons, max_size=3).map(tuple)),
    st.builds(Buttons, many_buttons),
    st.builds(Jump, anything, st.sampled_from(["https://example.com/a?b=c", "javascript:alert(1)", ""])),
    st.just(Divider()),
    charts(),
)
names = st.uuids().map(lambda each: f"f{each.hex[:12]}")
fields: st.SearchStrategy[Field] = st.one_of(
    st.builds(
        TextField,
        names,
        anything,
        anything,
        many_lines=st.booleans(),
        most=st.integers(1, 5000),
        required=st.booleans(),
        hint=anything,
        placeholder=anything,
    ),
    st.builds(ChoiceField, names, anything, st.lists(options, max_size=120).map(tuple), hint=anything),
    st.builds(TicksField, names, anything, st.lists(options, max_size=20).map(tuple), hint=anything),
    st.builds(PersonField, names, anything, st.none() | options, anything, anything),
)
# A few parts many times over: what overflows need not be generated one by one.
short = st.lists(blocks, max_size=6).map(tuple)
bodies = short | short.map(lambda parts: parts * 22)
some_fields = st.lists(fields, max_size=5).map(tuple)
form_bodies = st.builds(lambda parts, asked: (*parts, *asked), bodies, some_fields)
cards = st.builds(Card, title=anything, body=bodies, summary=anything, address=st.none() | actions)
pages = st.builds(Page, title=anything, body=bodies, sees=anything, address=st.none() | actions)
forms = st.builds(
    Form,
    title=anything,
    body=form_bodies,
    submit=actions,
    submit_label=anything,
    sees=anything,
    address=st.none() | actions,
)


@given(cards)
def test_every_card_becomes_a_message_that_slack_takes(card: Card) -> None:
    shown = render.message(card, say)
    assert message_problems({"text": shown.text, "blocks": shown.blocks}) == ()
    _sdk_takes(shown.blocks)


@given(cards)
def test_every_card_becomes_a_home_that_slack_takes(card: Card) -> None:
    assert view_problems(render.home(card, say), Surface.HOME) == ()


@given(pages)
def test_every_page_becomes_a_modal_that_slack_takes(page: Page) -> None:
    _is_taken(render.modal(page, Frame(key="k" * 22), say))


@given(forms)
def test_every_form_becomes_a_modal_that_slack_takes_with_all_its_fields(form: Form) -> None:
    shown = render.modal(form, Frame(key="k" * 22), say)
    _is_taken(shown)
    inputs = [field_name(block["block_id"]) for block in shown["blocks"] if block["type"] == "input"]
    wanted = [
        each.name for each in form.fields if not (isinstance(each, ChoiceField | TicksField) and not each.options)
    ]
    assert inputs == wanted


def _is_taken(view: Json) -> None:
    assert view_problems(view) == ()
    json.dumps(view).encode("utf-8")
    SdkView(**view).validate_json()


def _sdk_takes(shown: list[Json]) -> None:
    for block in without_charts(shown):  # of which this SDK does not know yet
        parsed = SdkBlock.parse(block)
        assert parsed is not None
        parsed.validate_json()


@given(st.text(max_size=200) | anything, st.integers(2, 100))
def test_what_is_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    cut = clipped(text, most)
    assert len(cut.encode("utf-16-le")) // 2 <= most
    assert cut.strip()
    if text.strip() and not cut.endswith("…") and "\x00" not in text and cut != "–":
        assert cut == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@given(
    st.builds(
        Frame,
        key=st.text(max_size=30),
        address=st.none() | st.text(min_size=1, max_size=150),
        submit=st.none() | st.text(min_size=1, max_size=150),
        under=st.lists(st.text(max_size=150), max_size=2).map(tuple),
        origin=st.one_of(
            st.just(Nowhere()),
            st.just(HomeTab()),
            st.builds(ChatMessage, st.text(max_size=20), st.text(max_size=20), st.none()),
            st.builds(AnswerLink, st.text(max_size=200), st.none() | st.text(min_size=1, max_size=150)),
        ),
    )
)
def test_a_modal_remembers_what_it_is(frame: Frame) -> None:
    packed = frame.packed()
    assert len(packed) <= 3000
    again = frame_of(packed)
    assert again == frame or again.origin == Nowhere()


def test_what_there_is_no_room_for_is_counted() -> None:
    rows = tuple(Row(title=f"Row {number}", buttons=(Button("Open", Point(ItemId("i" * 22))),)) for number in range(80))
    shown = render.modal(Page(title="Rows", body=rows, sees="Only you."), Frame(key="k"), say)
    words = shown_text(shown["blocks"])
    kept = words.count("Row ")
    assert f"… {80 - kept} more" in words
    assert words.endswith("Only you.")
    assert len(shown["blocks"]) <= 100


def test_of_more_bars_than_slack_draws_the_first_are_drawn_and_of_a_line_the_newest() -> None:
    labels, values = tuple(f"D{number}" for number in range(30)), tuple(range(30))
    for drawn, kind, kept in ((Drawn.bars, "bar", labels[:20]), (Drawn.lines, "line", labels[10:])):
        chart = Chart("Active", labels, (Line("at least", values),), top=100, drawn=drawn)
        shown = render.message(Card(title="", body=(chart,), summary="s"), say)
        block = next(each for each in shown.blocks if each["type"] == "data_visualization")
        assert block["chart"]["type"] == kind
        assert block["chart"]["axis_config"]["categories"] == list(kept)
        assert [point["label"] for point in block["chart"]["series"][0]["data"]] == list(kept)
        assert message_problems({"text": shown.text, "blocks": shown.blocks}) == ()


def test_a_long_title_is_shown_whole_inside() -> None:
    shown = render.modal(Page(title="Promotion case and the rest", body=(), sees=""), Frame(key="k"), say)
    assert len(shown["title"]["text"]) <= 24
    assert "Promotion case and the rest" in shown_text(shown["blocks"])


def test_a_form_that_opens_with_errors_shows_each_above_its_field() -> None:
    form = Form(
        title="Form",
        body=(TextField("a", "First"), TextField("b", "Second")),
        submit=Point(ItemId("i" * 22)),
        submit_label="Save",
        sees="",
        errors={"b": "This is wrong."},
    )
    words = shown_text(render.modal(form, Frame(key="k"), say)["blocks"])
    assert words.index("First") < words.index("This is wrong.") < words.index("Second")


def test_only_plain_text_and_rich_text_carry_words() -> None:
    card = Card(title="<!channel>", body=(Text("*x*"), Quiet("_y_"), Row("`z`", "<@U1>")), summary="<!here>")
    shown = render.message(card, say)
    assert "mrkdwn" not in json.dumps(shown.blocks)
    assert shown.text == "&lt;!here&gt;"


@pytest.mark.parametrize("character", ["x", "🙂"])
def test_long_words_that_are_given_back_are_given_back_whole(character: str) -> None:
    shown = render.notice(character * 4000, say)
    assert "".join(block["elements"][0]["elements"][0]["text"] for block in shown.blocks) == character * 4000
