"""Our views as Block Kit. People's words go into plain_text and rich text only, where nothing is markup."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import assert_never

from adapters.saying import Say
from adapters.slack import limits
from adapters.slack.inputs import Json
from adapters.slack.limits import Group, clipped, plain
from adapters.slack.place import Frame, HomeTab, address_block_id
from adapters.slack.render_charts import CHARTS_AT_MOST, chart_block
from adapters.slack.render_fields import field_block
from bot.actions import Action, pack
from bot.bars import bars, numbers
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
    Style,
    Text,
    TextField,
    TicksField,
)

CALLBACK = "oneonone"
NOTICE_BLOCK = "notice"


@dataclass(frozen=True)
class Rendered:
    """A message: ``text`` is what a locked phone shows."""

    text: str
    blocks: list[Json]


@dataclass
class _Pen:
    """Draws the parts of one view; ``address`` goes into the ids of a message's blocks."""

    salt: str = ""
    address: str | None = None
    is_message: bool = False
    numbers: Iterator[int] = field(default_factory=count)
    charts: Iterator[int] = field(default_factory=count)

    def draw(self, part: Block | Field) -> Iterator[Json]:  # noqa: C901 - one line for each kind of part
        match part:
            case Heading():
                yield {"type": "header", "text": plain(part.text, limits.HEADER)}
            case Text():
                yield rich(part.text)
            case Quiet():
                yield _context(part.text)
            case Quote():
                yield from _quote(part)
            case Row():
                yield from self._row(part)
            case Buttons():
                yield from self._buttons(part.buttons)
            case Jump():
                yield from _jump(part)
            case Divider():
                yield {"type": "divider"}
            case Chart():
                yield from self._chart(part)
            case TextField() | ChoiceField() | TicksField() | PersonField():
                yield from self._field(part)
            case _:
                assert_never(part)

    def _chart(self, chart: Chart) -> Iterator[Json]:
        """Drawn in a message, which holds only a few drawings; in text everywhere."""
        drawn = chart_block(chart) if self.is_message else None
        if drawn is not None and next(self.charts) < CHARTS_AT_MOST:
            yield drawn
            yield rich("\n".join(numbers(chart)))
            return
        yield from self._row(Row(chart.title, "\n".join(bars(chart))))

    def _field(self, part: Field) -> Iterator[Json]:
        if isinstance(part, ChoiceField | TicksField) and not part.options:
            yield _context(part.label)  # Slack knows no choice among nothing
            return
        yield field_block(part, salt=self.salt)

    def _row(self, row: Row) -> Iterator[Json]:
        title = {"type": "text", "text": clipped(row.title, limits.ROW_PART), "style": {"bold": True}}
        detail = f"\n{clipped(row.detail, limits.ROW_PART)}"
        yield _rich_text("rich_text_section", [title, *([_span(detail)] if row.detail.strip() else [])])
        yield from self._buttons(row.buttons)

    def _buttons(self, buttons: Sequence[Button]) -> Iterator[Json]:
        most = limits.BUTTONS_SIDE_BY_SIDE
        for start in range(0, len(buttons), most):
            elements = [self._button(button) for button in buttons[start : start + most]]
            number = next(self.numbers)
            place = {"block_id": address_block_id(number, self.address)} if self.is_message else {}
            yield {"type": "actions", **place, "elements": elements}

    def _button(self, button: Button) -> Json:
        style = {"style": button.style.value} if button.style is not Style.plain else {}
        return {
            "type": "button",
            "action_id": f"{next(self.numbers)}.{type(button.action).__name__}",
            "text": plain(button.label, limits.BUTTON),
            "value": pack(button.action),
            **style,
        }


def message(card: Card, say: Say) -> Rendered:
    """A card as a message that may stay."""
    pen = _Pen(address=packed(card.address), is_message=True)
    return Rendered(escaped(clipped(card.summary, limits.HEADER)), _card_blocks(card, pen, limits.MESSAGE, say))


def notice(text: str, say: Say) -> Rendered:
    """One sentence as a message; with words that are given back it may be longer than one paragraph."""
    whole = clipped(text, limits.NOTICE)
    paragraphs = [whole[start : start + limits.NOTICE_PART] for start in range(0, len(whole), limits.NOTICE_PART)]
    return Rendered(say("views.summary"), [rich(part) for part in paragraphs])


def home(card: Card, say: Say) -> Json:
    """A card as the Home tab."""
    frame = Frame(key="", address=packed(card.address), origin=HomeTab())
    blocks = _card_blocks(card, _Pen(), limits.VIEW, say)
    return {"type": "home", "callback_id": CALLBACK, "private_metadata": frame.packed(), "blocks": blocks}


def modal(view: Page | Form, frame: Frame, say: Say) -> Json:
    """A page or form as a modal; ``frame`` is what it remembers."""
    submit = {"submit": plain(view.submit_label, limits.TITLE)} if isinstance(view, Form) else {}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": frame.packed(),
        "title": plain(view.title, limits.TITLE),
        "blocks": limits.fitted(list(_modal_groups(view, _Pen(salt=frame.key))), limits.VIEW, more=partial(_more, say)),
        **submit,
    }


def packed(address: Action | None) -> str | None:
    return None if address is None else pack(address)


def rich(text: str) -> Json:
    """A paragraph in which nothing is markup."""
    return _rich_text("rich_text_section", [_span(clipped(text, limits.PARAGRAPH))])


def escaped(text: str) -> str:
    """The text where Slack reads markup: a mention of everybody in it mentions nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_notice(shell: Json, text: str) -> Json:
    """A view that Slack sent back, as it is, under a sentence."""
    blocks = [block for block in shell["blocks"] if block.get("block_id") != NOTICE_BLOCK]
    return {**shell, "blocks": [{**rich(text), "block_id": NOTICE_BLOCK}, *blocks][: limits.VIEW_BLOCKS]}


def _card_blocks(card: Card, pen: _Pen, room: limits.Room, say: Say) -> list[Json]:
    title = [Group(({"type": "header", "text": plain(card.title, limits.HEADER)},), keep=True)] if card.title else []
    return limits.fitted([*title, *_groups(card.body, pen)], room, more=partial(_more, say))


def _modal_groups(view: Page | Form, pen: _Pen) -> Iterator[Group]:
    if len(view.title) > limits.TITLE:
        yield Group(({"type": "header", "text": plain(view.title, limits.HEADER)},), keep=True)
    yield from _form_groups(view, pen) if isinstance(view, Form) else _groups(view.body, pen)
    if view.sees:
        yield Group((_context(view.sees),), keep=True)


def _form_groups(form: Form, pen: _Pen) -> Iterator[Group]:
    for part in form.body:
        wrong = form.errors.get(part.name) if isinstance(part, Field) else None
        if wrong:
            yield Group((rich(wrong),), keep=True)
        yield from _groups([part], pen)


def _groups(parts: Iterable[Block | Field], pen: _Pen) -> Iterator[Group]:
    for part in parts:
        blocks = tuple(pen.draw(part))
        if blocks:
            yield Group(blocks, keep=isinstance(part, Field | Buttons))


def _more(say: Say, left_out: int) -> Json:
    """The line that stands for what there was no room for."""
    return _context(say("views.more", count=left_out))


def _context(text: str) -> Json:
    return {"type": "context", "elements": [plain(text, limits.CONTEXT)]}


def _quote(quote: Quote) -> Iterator[Json]:
    yield _rich_text("rich_text_quote", [_span(clipped(quote.text, limits.PARAGRAPH))])
    if quote.by:
        yield _context(quote.by)


def _jump(jump: Jump) -> Iterator[Json]:
    if jump.url.startswith(("https://", "http://")) and len(jump.url) <= limits.INPUT:
        link = {"type": "link", "url": jump.url, "text": clipped(jump.label, limits.ROW_PART)}
        yield _rich_text("rich_text_section", [link])


def _rich_text(kind: str, elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _span(text: str) -> Json:
    return {"type": "text", "text": text}
