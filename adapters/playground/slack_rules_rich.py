"""Slack's rules for rich text: the block that holds people's words literally."""

from collections.abc import Iterator, Mapping

from adapters.playground.rules_core import (
    Check,
    Shape,
    array,
    boolean,
    by_type,
    choice,
    matching,
    text,
    whole,
)

_PAGE = "blocks/rich-text-block"
_TEXT_STYLE = Shape(_PAGE, {}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = Shape(
    _PAGE, {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean)
)
_STYLED: Mapping[str, Check] = {"style": _TEXT_STYLE}
_MENTION: Mapping[str, Check] = {"style": _MENTION_STYLE}
_COLOR = matching(r"#[0-9a-fA-F]{6}", "bad_color", "must be a colour, #rrggbb")

SPAN = by_type(
    {
        "text": Shape(_PAGE, {"text": text(12_000)}, _STYLED),
        "link": Shape(_PAGE, {"url": text(3000)}, {**_STYLED, "text": text(12_000), "unsafe": boolean}),
        "emoji": Shape(_PAGE, {"name": text(100)}, {"unicode": text(100), "skin_tone": whole(1, 6), **_STYLED}),
        "user": Shape(_PAGE, {"user_id": text(50)}, _MENTION),
        "channel": Shape(_PAGE, {"channel_id": text(50)}, _MENTION),
        "usergroup": Shape(_PAGE, {"usergroup_id": text(50)}, _MENTION),
        "broadcast": Shape(_PAGE, {"range": choice("here", "channel", "everyone")}, _MENTION),
        "color": Shape(_PAGE, {"value": _COLOR}),
        "date": Shape(
            _PAGE,
            {"timestamp": whole(0, 9_999_999_999), "format": text(300)},
            {"url": text(3000), "fallback": text(300), **_STYLED},
        ),
    },
    "rich text element",
)
_SPANS = array(SPAN, 10_000, 0)
_BORDER: Mapping[str, Check] = {"border": whole(0, 1)}
_SECTION = Shape(_PAGE, {"elements": _SPANS})
_PREFORMATTED_SPAN = by_type(
    {
        "text": Shape(_PAGE, {"text": text(12_000)}, _STYLED),
        "link": Shape(_PAGE, {"url": text(3000)}, {**_STYLED, "text": text(12_000), "unsafe": boolean}),
    },
    "preformatted element",
)

PART = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": Shape(
            _PAGE,
            {
                "style": choice("bullet", "ordered"),
                "elements": array(by_type({"rich_text_section": _SECTION}, "list item"), 1000),
            },
            {"indent": whole(0, 8), "offset": whole(0, 10_000), **_BORDER},
        ),
        "rich_text_quote": Shape(_PAGE, {"elements": _SPANS}, _BORDER),
        "rich_text_preformatted": Shape(
            _PAGE, {"elements": array(_PREFORMATTED_SPAN, 10_000, 0)}, {**_BORDER, "language": text(50)}
        ),
    },
    "rich text part",
)


def rich_text_length(block: Mapping[str, object]) -> int:
    """How many characters of people's words a rich text block shows."""
    return sum(len(each) for each in _texts(block))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _texts(each)
