"""Slack's rules for the blocks of a message, a modal and the Home tab."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    array,
    boolean,
    by_type,
    items,
    one_of_keys,
    text,
    unique,
)
from adapters.playground.slack_rules_charts import CHART, few_charts
from adapters.playground.slack_rules_elements import (
    BUTTON,
    CHECKBOXES,
    DATEPICKER,
    DATETIMEPICKER,
    EMAIL_INPUT,
    IMAGE_ELEMENT,
    NUMBER_INPUT,
    OVERFLOW,
    PLAIN_TEXT_INPUT,
    RADIO_BUTTONS,
    SELECTS,
    TIMEPICKER,
    URL_INPUT,
    plain,
    rich,
)
from adapters.playground.slack_rules_rich import PART


class Surface(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


# Which element works where: https://docs.slack.dev/reference/block-kit/block-elements (the table at its head).
_CHOICES: Mapping[str, Check] = {
    **SELECTS,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
}
_PRESSED: Mapping[str, Check] = {"button": BUTTON, "overflow": OVERFLOW}
_IN_SECTION: Mapping[str, Check] = {**_PRESSED, **_CHOICES, "image": IMAGE_ELEMENT}
_IN_ACTIONS: Mapping[str, Check] = {**_PRESSED, **_CHOICES, "datetimepicker": DATETIMEPICKER}
_IN_INPUT: Mapping[str, Check] = {
    **_CHOICES,
    "datetimepicker": DATETIMEPICKER,
    "plain_text_input": PLAIN_TEXT_INPUT,
    "number_input": NUMBER_INPUT,
    "url_text_input": URL_INPUT,
    "email_text_input": EMAIL_INPUT,
}
_NOT_ON: Mapping[Surface, frozenset[str]] = {
    Surface.MESSAGE: frozenset({"number_input", "url_text_input", "email_text_input"}),
    Surface.HOME: frozenset({"number_input", "url_text_input", "email_text_input", "datetimepicker"}),
    Surface.MODAL: frozenset(),
}
_BLOCK_ID: Mapping[str, Check] = {"block_id": text(255)}


def _on(surface: Surface, elements: Mapping[str, Check]) -> Check:
    allowed = {kind: check for kind, check in elements.items() if kind not in _NOT_ON[surface]}
    return by_type(allowed, "element")


def _action_ids_differ(value: object, path: str) -> Iterator[Problem]:
    yield from unique("action_id", items(value, "elements"), f"{path}/elements")


def block_kinds(surface: Surface) -> Mapping[str, Check]:
    """The blocks that may stand on a surface, each with its shape."""
    return {
        "section": Shape(
            "blocks/section-block",
            {},
            {
                **_BLOCK_ID,
                "text": rich(3000),
                "fields": array(rich(2000), 10),
                "accessory": _on(surface, _IN_SECTION),
                "expand": boolean,
            },
            (one_of_keys("text", "fields"),),
        ),
        "header": Shape("blocks/header-block", {"text": plain(150)}, _BLOCK_ID),
        "divider": Shape("blocks/divider-block", {}, _BLOCK_ID),
        "context": Shape(
            "blocks/context-block",
            {"elements": array(by_type(_IN_CONTEXT, "element"), 10)},
            _BLOCK_ID,
        ),
        "actions": Shape(
            "blocks/actions-block",
            {"elements": array(_on(surface, _IN_ACTIONS), 25)},
            _BLOCK_ID,
            (_action_ids_differ,),
        ),
        "input": Shape(
            "blocks/input-block",
            {"label": plain(2000), "element": _on(surface, _IN_INPUT)},
            {**_BLOCK_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        "rich_text": Shape("blocks/rich-text-block", {"elements": array(PART, 1000)}, _BLOCK_ID),
        **({"data_visualization": CHART} if surface is Surface.MESSAGE else {}),
    }


def _text_in_context(kind: str, extra: str) -> Shape:
    return Shape(f"blocks/context-block#{kind}", {"text": text(3000)}, {extra: boolean})


_IN_CONTEXT: Mapping[str, Check] = {
    "plain_text": _text_in_context("plain_text", "emoji"),
    "mrkdwn": _text_in_context("mrkdwn", "verbatim"),
    "image": IMAGE_ELEMENT,
}
_KINDS = {surface: by_type(block_kinds(surface), "block") for surface in Surface}


def blocks_on(surface: Surface, most: int) -> Check:
    """A list of blocks for a surface, whose block_ids differ and of which at most one element has the focus."""

    def check(value: object, path: str) -> Iterator[Problem]:
        yield from array(_KINDS[surface], most, 0)(value, path)
        if isinstance(value, list | tuple):
            yield from unique("block_id", value, path)
            yield from _one_focus(value, path)
            yield from few_charts(value, path)

    return check


def _one_focus(blocks: list[object] | tuple[object, ...], path: str) -> Iterator[Problem]:
    focused = [index for index, block in enumerate(blocks) if _wants_focus(block)]
    for index in focused[1:]:
        yield Problem(f"{path}/{index}", "second_focus", "only one element may have focus_on_load")


def _wants_focus(block: object) -> bool:
    inside = [block.get("element"), block.get("accessory")] if isinstance(block, Mapping) else []
    return any(isinstance(each, Mapping) and each.get("focus_on_load") for each in (*inside, *items(block, "elements")))
