"""Menus, pickers and rich text, each with one fault."""

from tests.adapters.playground.slack_faults import BLOCKS, ELEMENTS, OBJECTS, Bad
from tests.adapters.playground.slack_payloads import (
    actions,
    message,
    mrkdwn,
    option,
    options,
    plain,
    said,
    section,
    select,
    span,
    without,
    words,
)

BAD_ELEMENTS = [
    # menus
    Bad(
        message(actions(without(select(), "options"))),
        "exactly_one_of",
        "/blocks/0/elements/0",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(option_groups=[{"label": plain(), "options": [option("b")]}]))),
        "exactly_one_of",
        "/blocks/0/elements/0",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(options=options(101)))),
        "too_many",
        "/blocks/0/elements/0/options",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(options=[]))),
        "too_few",
        "/blocks/0/elements/0/options",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(options=[{"text": plain("x" * 76), "value": "v"}]))),
        "too_long",
        "/blocks/0/elements/0/options/0/text/text",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(options=[{"text": plain(), "value": "v" * 151}]))),
        "too_long",
        "/blocks/0/elements/0/options/0/value",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(options=[{"text": plain()}]))),
        "missing",
        "/blocks/0/elements/0/options/0/value",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(options=[option(description=plain("x" * 76))]))),
        "too_long",
        "/blocks/0/elements/0/options/0/description/text",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(options=[{"text": mrkdwn(), "value": "v"}]))),
        "unknown_type",
        "/blocks/0/elements/0/options/0/text/type",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(options=[option(), {"text": plain("b"), "value": "a"}]))),
        "duplicate_value",
        "/blocks/0/elements/0/options/1/value",
        f"{OBJECTS}option-object",
    ),
    Bad(
        message(actions(select(initial_option=option("b")))),
        "initial_not_offered",
        "/blocks/0/elements/0/initial_option",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(placeholder=plain("x" * 151)))),
        "too_long",
        "/blocks/0/elements/0/placeholder/text",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions(select(placeholder=mrkdwn()))),
        "unknown_type",
        "/blocks/0/elements/0/placeholder/type",
        f"{ELEMENTS}select-menu-element#static_select",
    ),
    Bad(
        message(actions({"type": "external_select", "action_id": "p", "options": [option()]})),
        "unknown_key",
        "/blocks/0/elements/0/options",
        f"{ELEMENTS}select-menu-element#external_select",
    ),
    Bad(
        message(
            section(
                accessory={
                    "type": "multi_static_select",
                    "action_id": "p",
                    "options": options(2),
                    "initial_options": options(2),
                    "max_selected_items": 1,
                }
            )
        ),
        "too_many",
        "/blocks/0/accessory/initial_options",
        f"{ELEMENTS}multi-select-menu-element#static_multi_select",
    ),
    Bad(
        message(section(accessory={"type": "multi_static_select", "options": options(2), "max_selected_items": 0})),
        "out_of_range",
        "/blocks/0/accessory/max_selected_items",
        f"{ELEMENTS}multi-select-menu-element#static_multi_select",
    ),
    Bad(
        message(section(accessory={"type": "overflow", "action_id": "m", "options": options(6)})),
        "too_many",
        "/blocks/0/accessory/options",
        f"{ELEMENTS}overflow-menu-element",
    ),
    Bad(
        message(section(accessory={"type": "checkboxes", "action_id": "c", "options": options(11)})),
        "too_many",
        "/blocks/0/accessory/options",
        f"{ELEMENTS}checkboxes-element",
    ),
    Bad(
        message(
            section(
                accessory={
                    "type": "checkboxes",
                    "action_id": "c",
                    "options": options(1),
                    "initial_options": [option("z")],
                }
            )
        ),
        "initial_not_offered",
        "/blocks/0/accessory/initial_options/0",
        f"{ELEMENTS}checkboxes-element",
    ),
    Bad(
        message(section(accessory={"type": "radio_buttons", "action_id": "r", "options": options(11)})),
        "too_many",
        "/blocks/0/accessory/options",
        f"{ELEMENTS}radio-button-group-element",
    ),
    Bad(
        message(section(accessory={"type": "datepicker", "action_id": "d", "initial_date": "24.11.2026"})),
        "bad_date",
        "/blocks/0/accessory/initial_date",
        f"{ELEMENTS}date-picker-element",
    ),
    Bad(
        message(section(accessory={"type": "timepicker", "action_id": "t", "initial_time": "9:00"})),
        "bad_time",
        "/blocks/0/accessory/initial_time",
        f"{ELEMENTS}time-picker-element",
    ),
    # rich text
    Bad(message(words()), "too_few", "/blocks/0/elements", f"{BLOCKS}rich-text-block"),
    Bad(
        message(words({"type": "rich_text_table"})),
        "unknown_type",
        "/blocks/0/elements/0/type",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said({"type": "mrkdwn", "text": "x"}))),
        "unknown_type",
        "/blocks/0/elements/0/elements/0/type",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said(span("")))),
        "too_short",
        "/blocks/0/elements/0/elements/0/text",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said(span(style={"loud": True})))),
        "unknown_key",
        "/blocks/0/elements/0/elements/0/style/loud",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said(span(style={"bold": "yes"})))),
        "wrong_type",
        "/blocks/0/elements/0/elements/0/style/bold",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words({"type": "rich_text_list", "style": "numbered", "elements": [said(span())]})),
        "not_allowed",
        "/blocks/0/elements/0/style",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words({"type": "rich_text_list", "style": "bullet", "elements": [span()]})),
        "unknown_type",
        "/blocks/0/elements/0/elements/0/type",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": [said(span())]})),
        "out_of_range",
        "/blocks/0/elements/0/indent",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said({"type": "link", "text": "here"}))),
        "missing",
        "/blocks/0/elements/0/elements/0/url",
        f"{BLOCKS}rich-text-block",
    ),
    Bad(
        message(words(said({"type": "broadcast", "range": "all"}))),
        "not_allowed",
        "/blocks/0/elements/0/elements/0/range",
        f"{BLOCKS}rich-text-block",
    ),
]
