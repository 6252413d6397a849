"""The four views, and what they are made of. Closed and small: one renderer a platform draws them all.

Every text is literal: escaping and a platform's limits are the renderers' business. ``address`` is the reading
action that shows a view again; renderers carry it so that a view can be refreshed where it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from bot.actions import Action


class Style(StrEnum):
    """How a button looks."""

    plain = "plain"
    primary = "primary"
    danger = "danger"


@dataclass(frozen=True)
class Button:
    """Does one thing when pressed."""

    label: str
    action: Action
    style: Style = Style.plain


@dataclass(frozen=True)
class Heading:
    """Begins a section."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Quiet:
    """A remark in small print."""

    text: str


@dataclass(frozen=True)
class Quote:
    """People's own words, at length; ``by`` says whose and when."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Row:
    """One thing in a list: a title, a quiet detail, its primary button and Open."""

    title: str
    detail: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Jump:
    """A link to somewhere outside."""

    label: str
    url: str


@dataclass(frozen=True)
class Divider:
    """A line between sections."""


@dataclass(frozen=True)
class Line:
    """Whole numbers from 0 on, one for each label of its chart; None where there is none."""

    name: str
    values: tuple[int | None, ...]


class Drawn(StrEnum):
    """How a chart shows numbers: each line as it goes on, or those of each label side by side."""

    lines = "lines"
    bars = "bars"


@dataclass(frozen=True)
class Chart:
    """Numbers up to ``top``: drawn by the platform where it can draw, and always in text as well."""

    title: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    top: int
    drawn: Drawn = Drawn.lines


Block = Heading | Text | Quiet | Quote | Row | Buttons | Jump | Divider | Chart


@dataclass(frozen=True)
class Option:
    """One choice; ``value`` is an id or an enum's value, at most 150 characters."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class TextField:
    """Words to type, at most ``most`` characters."""

    name: str
    label: str
    value: str = ""
    many_lines: bool = False
    most: int = 3000
    required: bool = True
    hint: str = ""
    placeholder: str = ""


@dataclass(frozen=True)
class ChoiceField:
    """One of some options; more than ten are drawn as a select."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: str | None = None
    required: bool = True
    hint: str = ""


@dataclass(frozen=True)
class TicksField:
    """Any of at most ten options."""

    name: str
    label: str
    options: tuple[Option, ...]
    values: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class PersonField:
    """Someone of the organization, searched while typing; the value is a person's id."""

    name: str
    label: str
    value: Option | None = None
    hint: str = ""
    placeholder: str = ""


Field = TextField | ChoiceField | TicksField | PersonField


@dataclass(frozen=True, kw_only=True)
class Card:
    """May stay in the chat; ``summary`` is what a locked phone shows and never has content."""

    title: str
    body: tuple[Block, ...]
    summary: str
    address: Action | None = None
    language: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A modal or dialog, which the platform does not keep; ``sees`` says who can see it."""

    title: str
    body: tuple[Block, ...]
    sees: str
    address: Action | None = None
    language: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A page with fields and the action it submits; with ``errors`` (by field name) it is just a form.

    Buttons in its body submit the current values to their own action and lead to a form again.
    """

    title: str
    body: tuple[Block | Field, ...]
    submit: Action
    submit_label: str
    sees: str
    address: Action | None = None
    errors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    language: str = field(default="", compare=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in order."""
        return tuple(part for part in self.body if isinstance(part, Field))


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One sentence to the person alone; ``problem`` means that nothing was done and a form must stay open."""

    text: str
    problem: bool = False
    language: str = field(default="", compare=False)


View = Card | Page | Form | Notice


@dataclass(frozen=True, kw_only=True)
class Here:
    """Not a fifth view: the view under the pressed button once more, with a line on top that says what happened.

    On a card it is the card again, in a dialog the page again, so what a press leads to is known beforehand.
    Where nothing is under the button (a typed word, an old message), it becomes a card with the line.
    """

    text: str
    undo: Button | None = None


def headed(view: View | Here, said: tuple[Block, ...]) -> View:
    """The view with these blocks on top; there is no room for them in a notice."""
    match view:
        case Card() | Page():
            return replace(view, body=(*said, *view.body))
        case Form():
            return replace(view, body=(*said, *view.body))
        case Notice():
            return view
        case Here():
            raise TypeError("looking at something cannot lead back to where one was")
        case _:
            assert_never(view)


def filled(form: Form, values: Mapping[str, str | tuple[str, ...]], errors: Mapping[str, str]) -> Form:
    """The form with what the person had entered and what is wrong with it."""
    body = tuple(_filled(part, values) if isinstance(part, Field) else part for part in form.body)
    return replace(form, body=body, errors=MappingProxyType(dict(errors)))


def _filled(part: Field, values: Mapping[str, str | tuple[str, ...]]) -> Field:
    entered = values.get(part.name)
    if entered is None:
        return part
    match part:
        case TextField():
            return replace(part, value=entered) if isinstance(entered, str) else part
        case ChoiceField():
            return replace(part, value=entered) if entered in {o.value for o in part.options} else part
        case TicksField():
            return replace(part, values=tuple(entered)) if isinstance(entered, tuple) else part
        case PersonField():
            return part
