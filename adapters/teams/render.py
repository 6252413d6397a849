"""Our views as Adaptive Cards 1.5: what stays in a chat, and what a dialog shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import assert_never

from adapters.saying import Say
from adapters.teams import limits, render_actions
from adapters.teams.limits import Group, Json, Rank, Scale
from adapters.teams.place import Frame, Nowhere, same_place
from adapters.teams.render_actions import Act, Opens
from adapters.teams.render_charts import drawn_chart, written_chart
from adapters.teams.render_fields import field_elements
from adapters.teams.render_parts import action_sets, heading, jump, quiet, quoted, rich, separated
from bot.actions import Action, pack
from bot.views import (
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    ChoiceField,
    Divider,
    Field,
    Form,
    Heading,
    Jump,
    Page,
    PersonField,
    Quiet,
    Quote,
    Row,
    Text,
    TextField,
    TicksField,
)

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
# A row's only button stands beside its words while both find room on the narrowest phone.
_BESIDE = 12

_Draw = Callable[[Scale], Iterable[Group]]


@dataclass(frozen=True)
class Rendered:
    """A message: ``summary`` is what a locked phone shows."""

    summary: str
    card: Json


@dataclass(frozen=True)
class _Pen:
    """Draws the parts of one view; ``checked``: the client itself insists on what is required.

    What stays in a chat has charts ``drawn``; of a dialog nobody says that it can show them.
    """

    act: Act
    say: Say
    checked: bool = False
    drawn: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    def groups(self, parts: Iterable[Block | Field], scale: Scale) -> Iterator[Group]:
        """Each part's elements; a divider is a line on top of what comes after it."""
        divided = False
        for unit in _units(parts):
            elements = tuple(element for part in unit for element in self._drawn(part, scale))
            if elements:
                yield Group(separated(elements) if divided else elements, _rank(unit[0]))
            divided = isinstance(unit[0], Divider) or (divided and not elements)

    def _drawn(self, part: Block | Field, scale: Scale) -> Iterator[Json]:  # noqa: C901 - one line for each kind of part
        match part:
            case Heading():
                yield heading(part.text)
            case Text():
                yield rich(part.text)
            case Quiet():
                yield quiet(part.text)
            case Quote():
                yield quoted(part)
            case Row():
                yield self._row(part)
            case Buttons():
                yield from action_sets([self.act(button) for button in part.buttons], spacing="medium")
            case Jump():
                yield from jump(part)
            case Divider():
                pass
            case Chart():
                yield from drawn_chart(part) if self.drawn else written_chart(part)
            case TextField() | ChoiceField() | TicksField() | PersonField():
                error = self.errors.get(part.name, "")
                yield from field_elements(part, self.say, checked=self.checked, error=error, scale=scale)
            case _:
                assert_never(part)

    def _row(self, row: Row) -> Json:
        words = [rich(row.title, limits.ROW_PART, weight="bolder")]
        if row.detail.strip():
            words.append({**quiet(row.detail, limits.ROW_PART), "spacing": "none"})
        actions = action_sets([self.act(button) for button in row.buttons])
        if len(row.buttons) == 1 and len(row.buttons[0].label) <= _BESIDE:
            return _side_by_side(words, actions)
        return {"type": "Container", "items": [*words, *actions], "spacing": "medium"}


def message(card: Card, say: Say, opens: Opens, *, member: str | None = None) -> Rendered:
    """A card that may stay; for ``member`` Teams asks by itself what it shows now."""
    at = packed(card.address)
    draw = partial(_card_groups, card, _Pen(render_actions.in_chat(opens, at), say, drawn=True))
    anew = {"refresh": render_actions.refresh(at, member)} if at and member else {}
    return Rendered(limits.clipped(card.summary, limits.HEADING), _chat_card(draw, say, **anew))


def notice(text: str, say: Say) -> Rendered:
    """One sentence as a message; with words that are given back it may be longer than one paragraph."""
    words = Group((rich(text, limits.NOTICE),), Rank.always)
    return Rendered(say("views.summary"), _chat_card(lambda _: [words], say))


def inline(form: Form, say: Say, opens: Opens) -> Rendered | None:
    """A form of one empty line that may stand in the chat itself; None for one that needs a dialog."""
    if opens(form.submit) or not _is_one_line(form):
        return None
    return Rendered(say("views.summary"), _chat_card(partial(_inline_groups, form, opens, say), say))


def dialog(view: Page | Form, frame: Frame, say: Say) -> Json:
    """A page or form as the card of a dialog; ``frame`` is what each of its buttons remembers."""
    card, is_whole = _dialog(view, frame, say)
    # Where it came from is the first to go: that card can be asked for again, a lost row cannot.
    return card if is_whole else _dialog(view, replace(frame, origin=Nowhere()), say)[0]


def dialog_title(view: Page | Form) -> str:
    """The line on top of a dialog."""
    return limits.clipped(view.title, limits.DIALOG_TITLE)


def headed(view: Page | Form, text: str) -> Page | Form:
    """The same page or form under a sentence."""
    if isinstance(view, Form):
        return replace(view, body=(Text(text), *view.body))
    return replace(view, body=(Text(text), *view.body))


def attachment(card: Json) -> Json:
    """The card as a message or a dialog carries it."""
    return {"contentType": CARD_TYPE, "content": card}


def packed(address: Action | None) -> str | None:
    return None if address is None else pack(address)


def _chat_card(draw: _Draw, say: Say, **rest: Json) -> Json:
    return _card(draw, say, msteams={"width": "Full"}, **rest)[0]


def _dialog(view: Page | Form, frame: Frame, say: Say) -> tuple[Json, bool]:
    actions = _closing(view, frame, say)
    return _card(partial(_dialog_groups, view, frame, say), say, **({"actions": actions} if actions else {}))


def _card(draw: _Draw, say: Say, **rest: object) -> tuple[Json, bool]:
    shell = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": say("teams.fallback"), **rest}
    room = limits.CARD_BYTES - limits.size({**shell, "body": []})
    drawn = limits.fitted(draw, room, more=partial(_more, say))
    return {**shell, "body": drawn.elements or [quiet("")]}, drawn.is_whole


def _card_groups(card: Card, pen: _Pen, scale: Scale) -> Iterator[Group]:
    if card.title:
        yield Group((heading(card.title, size="large"),), Rank.always)
    yield from pen.groups(card.body, scale)


def _inline_groups(form: Form, opens: Opens, say: Say, scale: Scale) -> Iterator[Group]:
    at = packed(form.address)
    pen = _Pen(render_actions.in_chat(opens, at), say, checked=True, errors=form.errors)
    yield Group((heading(form.title),), Rank.always)
    yield from pen.groups(form.body, scale)
    yield Group(tuple(action_sets([render_actions.submitting_inline(form, at)])), Rank.always)
    yield from _sees(form.sees)


def _dialog_groups(view: Page | Form, frame: Frame, say: Say, scale: Scale) -> Iterator[Group]:
    # A client that insists on a required field does so at every button: where a form has others, only the server does.
    errors = view.errors if isinstance(view, Form) else {}
    pen = _Pen(render_actions.in_dialog(frame), say, checked=not any(_buttons(view.body)), errors=errors)
    if limits.width(view.title) > limits.DIALOG_TITLE:
        yield Group((heading(view.title),), Rank.always)
    yield from pen.groups(view.body, scale)
    yield from _sees(view.sees)


def _closing(view: Page | Form, frame: Frame, say: Say) -> list[Json]:
    """What stands at the very bottom of a dialog: the form's own button, and the way back unless the view has one."""
    submit = [render_actions.submitting(view, frame)] if isinstance(view, Form) else []
    below = frame.under[-1] if frame.under else None
    leads_back = any(same_place(below, pack(button.action)) for button in _buttons(view.body))
    back = [render_actions.back(frame, say("teams.back"))] if below and not leads_back else []
    return [*submit, *back]


def _sees(text: str) -> Iterator[Group]:
    if text.strip():
        yield Group(({**quiet(text), "spacing": "medium"},), Rank.always)


def _is_one_line(form: Form) -> bool:
    is_empty = [isinstance(part, TextField) and not part.value for part in form.body if isinstance(part, Field)]
    return is_empty == [True] and all(isinstance(part, Field | Text | Quiet) for part in form.body)


def _buttons(parts: Iterable[Block | Field]) -> Iterator[Button]:
    for part in parts:
        if isinstance(part, Buttons | Row):
            yield from part.buttons


def _units(parts: Iterable[Block | Field]) -> Iterator[tuple[Block | Field, ...]]:
    """The parts one by one, but a quote together with the buttons right after it, which are about it."""
    quote: tuple[Quote, ...] = ()
    for part in parts:
        if quote and isinstance(part, Buttons):
            yield (*quote, part)
            quote = ()
            continue
        if quote:
            yield quote
        quote = (part,) if isinstance(part, Quote) else ()
        if not quote:
            yield (part,)
    if quote:
        yield quote


def _rank(part: Block | Field) -> Rank:
    match part:
        case Buttons():
            return Rank.button
        case Row():
            return Rank.row
        case _:
            return Rank.always if isinstance(part, Field) else Rank.block


def _side_by_side(words: list[Json], actions: list[Json]) -> Json:
    wide = {"type": "Column", "width": "stretch", "items": words, "verticalContentAlignment": "center"}
    narrow = {"type": "Column", "width": "auto", "items": actions, "verticalContentAlignment": "center"}
    return {"type": "ColumnSet", "columns": [wide, narrow], "spacing": "medium"}


def _more(say: Say, left_out: int) -> Json:
    """The line that stands for what there was no room for."""
    return quiet(say("views.more", count=left_out))
