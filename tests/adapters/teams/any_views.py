"""Views with every text that a person can send, for properties."""

from dataclasses import dataclass

from hypothesis import strategies as st

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
    """What every button of these views does."""

    item: ItemId


ACTION = Point(ItemId("i" * 22))
LIBRARY = Library("en")
# What Teams would read as more than words, where it reads more.
MARKUP = (
    "<at>Everyone</at>",
    "{{DATE(2017-02-14T06:00:00Z, SHORT)}}",
    "{{{TIME(2017-02-14T06:00:00Z)}}}",
    "[x](https://example.com/y)",
    "&nbsp;&lt;b&gt;",
    "**bold** _slanted_",
    "- a list\r1. another",
    "https://example.com",
    "${data}",
)


def say(key: str, /, **facts: object) -> str:
    return LIBRARY.say(key, facts)


# Every character a person can send, lone surrogates and NUL included.
anything = st.text(st.characters(), max_size=40) | st.sampled_from(
    (
        *MARKUP,
        "",
        " ",
        "🙂" * 3000,
        "a" * 5000,
        "漢" * 3000,
        "\x01" * 3000,
        "\ud83d",
        "שלום",
        "👩‍👩‍👧" * 40,
        "e\u0301" * 90,
    )
)
actions = st.just(ACTION)
buttons = st.builds(Button, anything, actions, st.sampled_from(Style))
options = st.builds(
    Option, st.text("abcXYZ019-_", min_size=1, max_size=150), anything, st.just("") | st.just("a hint") | anything
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
    st.builds(Buttons, st.lists(buttons, max_size=15).map(tuple)),
    st.builds(Jump, anything, anything | st.sampled_from(["https://example.com/ä?b=c", "javascript:alert(1)"])),
    st.just(Divider()),
    charts(),
)
names = st.uuids().map(lambda each: f"f{each.hex[:12]}")
many_options = st.lists(options, max_size=120).map(tuple)
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
    st.builds(ChoiceField, names, anything, many_options, hint=anything, required=st.booleans()),
    st.builds(TicksField, names, anything, many_options, hint=anything),
    st.builds(PersonField, names, anything, st.none() | options, anything, anything),
)
# A few parts many times over: what overflows need not be generated one by one.
short = st.lists(blocks, max_size=6).map(tuple)
bodies = short | short.map(lambda parts: parts * 22)
some_fields = st.lists(fields, max_size=5).map(tuple)
form_bodies = st.builds(lambda parts, asked: (*parts, *asked), bodies, some_fields)
addresses = st.none() | actions
cards = st.builds(Card, title=anything, body=bodies, summary=anything, address=addresses)
pages = st.builds(Page, title=anything, body=bodies, sees=anything, address=addresses)
unmistaken = st.builds(
    Form,
    title=anything,
    body=form_bodies,
    submit=actions,
    submit_label=anything,
    sees=anything,
    address=addresses,
)


# What may stand in the chat itself.
lines = st.builds(
    Form,
    title=anything,
    body=st.builds(
        lambda said, name, label, hint: (*said, TextField(name, label, hint=hint)),
        st.lists(st.builds(Text, anything) | st.builds(Quiet, anything), max_size=3),
        names,
        anything,
        anything,
    ),
    submit=actions,
    submit_label=anything,
    sees=anything,
    address=addresses,
)


def mistaken(form: Form, error: str) -> Form:
    errors = {field.name: error for field in form.fields}
    return Form(
        title=form.title,
        body=form.body,
        submit=form.submit,
        submit_label=form.submit_label,
        sees=form.sees,
        errors=errors,
    )


forms = unmistaken | st.builds(mistaken, unmistaken, anything)
