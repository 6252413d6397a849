"""Forms, views and options, each with one fault."""

from tests.adapters.playground.slack_faults import BLOCKS, DOCS, ELEMENTS, HOME_PAGE, MODAL_PAGE, OBJECTS, Bad
from tests.adapters.playground.slack_payloads import (
    actions,
    button,
    field,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    typed,
    without,
)

BAD_VIEWS = [
    # input blocks
    Bad(modal(without(field(typed()), "label")), "missing", "/view/blocks/0/label", f"{BLOCKS}input-block"),
    Bad(modal(without(field(typed()), "element")), "missing", "/view/blocks/0/element", f"{BLOCKS}input-block"),
    Bad(
        modal(field(typed(), label=plain("x" * 2001))),
        "too_long",
        "/view/blocks/0/label/text",
        f"{BLOCKS}input-block",
    ),
    Bad(modal(field(typed(), label=mrkdwn())), "unknown_type", "/view/blocks/0/label/type", f"{BLOCKS}input-block"),
    Bad(modal(field(typed(), hint=plain("x" * 2001))), "too_long", "/view/blocks/0/hint/text", f"{BLOCKS}input-block"),
    Bad(modal(field(typed(), optional="yes")), "wrong_type", "/view/blocks/0/optional", f"{BLOCKS}input-block"),
    Bad(modal(field(button())), "unknown_type", "/view/blocks/0/element/type", f"{ELEMENTS}button-element"),
    Bad(
        modal(field(typed(max_length=3001))),
        "out_of_range",
        "/view/blocks/0/element/max_length",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(max_length=0))),
        "out_of_range",
        "/view/blocks/0/element/max_length",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(min_length=5, max_length=4))),
        "min_above_max",
        "/view/blocks/0/element/min_length",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(max_length=2, initial_value="abc"))),
        "initial_too_long",
        "/view/blocks/0/element/initial_value",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(initial_value="x" * 3001))),
        "too_long",
        "/view/blocks/0/element/initial_value",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(placeholder=plain("x" * 151)))),
        "too_long",
        "/view/blocks/0/element/placeholder/text",
        f"{ELEMENTS}plain-text-input-element",
    ),
    Bad(
        modal(field(typed(focus_on_load=True), block_id="a"), field(typed(focus_on_load=True), block_id="b")),
        "second_focus",
        "/view/blocks/1",
        f"{ELEMENTS}plain-text-input-element",
    ),
    # views
    Bad(without(modal(section()), "title"), "missing", "/view/title", MODAL_PAGE),
    Bad(modal(section(), title=plain("x" * 25)), "too_long", "/view/title/text", MODAL_PAGE),
    Bad(modal(section(), title=mrkdwn()), "unknown_type", "/view/title/type", MODAL_PAGE),
    Bad(without(modal(field(typed())), "submit"), "missing_submit", "/view/submit", MODAL_PAGE),
    Bad(modal(section(), submit=plain("x" * 25)), "too_long", "/view/submit/text", MODAL_PAGE),
    Bad(modal(section(), close=plain("x" * 25)), "too_long", "/view/close/text", MODAL_PAGE),
    Bad(modal(section(), private_metadata="x" * 3001), "too_long", "/view/private_metadata", MODAL_PAGE),
    Bad(modal(section(), callback_id="x" * 256), "too_long", "/view/callback_id", MODAL_PAGE),
    Bad(modal(section(), notify_on_close="yes"), "wrong_type", "/view/notify_on_close", MODAL_PAGE),
    Bad(modal(*[section()] * 101), "too_many", "/view/blocks", MODAL_PAGE),
    Bad(without(modal(), "blocks"), "missing", "/view/blocks", MODAL_PAGE),
    Bad(modal(section(), colour="red"), "unknown_key", "/view/colour", MODAL_PAGE),
    Bad(modal(*[section(text=mrkdwn("x" * 3000))] * 84), "view_too_large", "/view", f"{DOCS}reference/views (250 KB)"),
    Bad(home(section(), title=plain()), "unknown_key", "/view/title", HOME_PAGE),
    Bad(home(*[section()] * 101), "too_many", "/view/blocks", HOME_PAGE),
    Bad(
        home(actions({"type": "datetimepicker", "action_id": "d"})),
        "unknown_type",
        "/view/blocks/0/elements/0/type",
        f"{ELEMENTS}datetime-picker-element",
    ),
    # options for an external select
    Bad({"options": options(101)}, "too_many", "/options", f"{ELEMENTS}select-menu-element#external_select"),
    Bad(
        {"options": [{"text": plain("x" * 76), "value": "v"}]},
        "too_long",
        "/options/0/text/text",
        f"{OBJECTS}option-object",
    ),
    Bad(
        {"options": [], "option_groups": []},
        "exactly_one_of",
        "",
        f"{ELEMENTS}select-menu-element#external_select",
    ),
    Bad(
        {"option_groups": [{"label": plain("x" * 76), "options": [option()]}]},
        "too_long",
        "/option_groups/0/label/text",
        f"{OBJECTS}option-group-object",
    ),
]
