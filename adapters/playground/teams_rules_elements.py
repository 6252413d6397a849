"""The elements that a card may hold: those of Adaptive Cards 1.5, less the tables that no phone shows, and charts."""

from collections.abc import Mapping

from adapters.playground.rules_core import Check, Shape, array, boolean, by_type, matching, text
from adapters.playground.teams_rules_actions import Where, action_list, actions_on, select_actions_on
from adapters.playground.teams_rules_charts import charts
from adapters.playground.teams_rules_inputs import inputs
from adapters.playground.teams_rules_words import (
    ALIGNED,
    CONTAINER_STYLE,
    EXPLORER,
    FONT,
    HEIGHT,
    ID,
    PICTURE,
    PIXELS,
    SAID,
    SPACING,
    TEXT,
    VERTICAL,
    above_zero,
    either,
    literal,
    number,
    requires,
    text_or,
    word,
)

# Nobody says how many; what fits into 25 KB is fewer.
MOST_ELEMENTS = 500
_HEX = matching(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})", "bad_color", "must be #RRGGBB")
BACKGROUND = text_or(
    Shape(
        f"{EXPLORER}background-image",
        {"url": PICTURE},
        {
            "fillMode": word("cover", "repeatHorizontally", "repeatVertically", "repeat"),
            "horizontalAlignment": ALIGNED,
            "verticalAlignment": VERTICAL,
        },
    ),
    PICTURE,
)
_IMAGE_SIZE = word("auto", "stretch", "small", "medium", "large")
_WIDTH = either(number, PIXELS, word("auto", "stretch"))
_FACT = Shape(f"{EXPLORER}fact", {"title": literal, "value": literal})
_SOURCE = Shape(f"{EXPLORER}media-source", {"mimeType": text(200), "url": PICTURE})


def elements_on(where: Where, card: Check) -> Mapping[str, Check]:
    """The elements that may stand in a card there, by their type; `card` is what Action.ShowCard may hold."""
    kinds: dict[str, Check] = {}
    element = by_type(kinds, "element")
    common = _common(text_or(element, word("drop")))
    select = select_actions_on(where)
    buttons = actions_on(where, card)
    kinds |= _words(common, select)
    kinds |= _pictures(common, select)
    kinds |= _containers(common, select, element)
    kinds |= inputs(common, by_type(buttons, "action"))
    if where is Where.MESSAGE:  # nothing says that a dialog shows one
        kinds |= charts(common)
    kinds["ActionSet"] = Shape(f"{EXPLORER}action-set", {"actions": action_list(buttons)}, common)
    return kinds


def _common(fallback: Check) -> Mapping[str, Check]:
    return {
        "fallback": fallback,
        "height": HEIGHT,
        "separator": boolean,
        "spacing": SPACING,
        "id": ID,
        "isVisible": boolean,
        "requires": requires,
    }


def _words(common: Mapping[str, Check], select: Check) -> Mapping[str, Check]:
    run = Shape(
        f"{EXPLORER}text-run",
        {"text": TEXT},
        {
            **FONT,
            "highlight": boolean,
            "italic": boolean,
            "strikethrough": boolean,
            "underline": boolean,
            "selectAction": select,
        },
    )
    return {
        "TextBlock": Shape(
            f"{EXPLORER}text-block",
            {"text": literal},
            {
                **common,
                **FONT,
                "horizontalAlignment": ALIGNED,
                "maxLines": above_zero,
                "wrap": boolean,
                "style": word("default", "heading"),
            },
        ),
        "RichTextBlock": Shape(
            f"{EXPLORER}rich-text-block",
            {"inlines": array(text_or(by_type({"TextRun": run}, "inline"), TEXT), 500)},
            {**common, "horizontalAlignment": ALIGNED},
        ),
        "FactSet": Shape(f"{EXPLORER}fact-set", {"facts": array(_FACT, 100)}, common),
    }


def _pictures(common: Mapping[str, Check], select: Check) -> Mapping[str, Check]:
    image = Shape(
        f"{EXPLORER}image",
        {"url": PICTURE, "altText": SAID},
        {
            **common,
            "backgroundColor": _HEX,
            "height": either(HEIGHT, PIXELS),
            "width": PIXELS,
            "horizontalAlignment": ALIGNED,
            "selectAction": select,
            "size": _IMAGE_SIZE,
            "style": word("default", "person"),
        },
    )
    only_images = by_type({"Image": image}, "image")
    return {
        "Image": image,
        "ImageSet": Shape(
            f"{EXPLORER}image-set", {"images": array(only_images, 50)}, {**common, "imageSize": _IMAGE_SIZE}
        ),
        "Media": Shape(
            f"{EXPLORER}media",
            {"sources": array(_SOURCE, 10)},
            {**common, "poster": PICTURE, "altText": SAID},
        ),
    }


def _containers(common: Mapping[str, Check], select: Check, element: Check) -> Mapping[str, Check]:
    box: Mapping[str, Check] = {
        **common,
        "selectAction": select,
        "style": CONTAINER_STYLE,
        "bleed": boolean,
        "minHeight": PIXELS,
    }
    filled: Mapping[str, Check] = {
        **box,
        "verticalContentAlignment": VERTICAL,
        "backgroundImage": BACKGROUND,
        "rtl": boolean,
    }
    in_column = {key: check for key, check in filled.items() if key != "height"}
    column = Shape(f"{EXPLORER}column", {}, {**in_column, "items": array(element, MOST_ELEMENTS, 0), "width": _WIDTH})
    return {
        "Container": Shape(f"{EXPLORER}container", {"items": array(element, MOST_ELEMENTS)}, filled),
        "ColumnSet": Shape(
            f"{EXPLORER}column-set",
            {"columns": array(by_type({"Column": column}, "column"), 20)},
            {**box, "horizontalAlignment": ALIGNED},
        ),
    }
