"""Messages and blocks, each with one fault."""

from tests.adapters.playground.slack_faults import BLOCKS, DOCS, ELEMENTS, OBJECTS, POST_PAGE, Bad
from tests.adapters.playground.slack_payloads import (
    CONFIRM,
    actions,
    button,
    context,
    message,
    mrkdwn,
    plain,
    section,
    typed,
    without,
)

BAD_MESSAGES = [
    # messages
    Bad({}, "missing_one_of", "", POST_PAGE),
    Bad({"text": "x" * 40_001}, "too_long", "/text", POST_PAGE),
    Bad(message(*[section()] * 51), "too_many", "/blocks", f"{DOCS}reference/block-kit/blocks"),
    Bad(
        message(*[section(text=mrkdwn("x" * 2900))] * 5),
        "msg_blocks_too_long",
        "/blocks",
        f"{POST_PAGE} (msg_blocks_too_long)",
    ),
    Bad(message(text=7), "wrong_type", "/text", POST_PAGE),
    Bad({"text": "x", "blocks": {}}, "wrong_type", "/blocks", POST_PAGE),
    Bad({"text": "x", "surprise": 1}, "unknown_key", "/surprise", POST_PAGE),
    Bad(
        message(section(block_id="a"), section(block_id="a")),
        "duplicate_block_id",
        "/blocks/1/block_id",
        f"{BLOCKS}section-block",
    ),
    Bad(
        message(metadata={"event_payload": {}, "event_type": "a b"}),
        "bad_event_type",
        "/metadata/event_type",
        f"{DOCS}messaging/message-metadata",
    ),
    Bad(
        message(metadata={"event_payload": {"id": 1}}),
        "missing",
        "/metadata/event_type",
        f"{DOCS}messaging/message-metadata",
    ),
    Bad(
        message(metadata={"event_type": "sent", "event_payload": "id"}),
        "wrong_type",
        "/metadata/event_payload",
        f"{DOCS}messaging/message-metadata",
    ),
    # blocks in general
    Bad(message({"type": "sparkles"}), "unknown_type", "/blocks/0/type", f"{DOCS}reference/block-kit/blocks"),
    Bad(message({"text": plain()}), "unknown_type", "/blocks/0/type", f"{DOCS}reference/block-kit/blocks"),
    Bad(message(section(block_id="x" * 256)), "too_long", "/blocks/0/block_id", f"{BLOCKS}section-block"),
    Bad(message(section(colour="red")), "unknown_key", "/blocks/0/colour", f"{BLOCKS}section-block"),
    Bad(message({"type": "divider", "text": plain()}), "unknown_key", "/blocks/0/text", f"{BLOCKS}divider-block"),
    # section
    Bad(message({"type": "section"}), "missing_one_of", "/blocks/0", f"{BLOCKS}section-block"),
    Bad(message(section(text=mrkdwn("x" * 3001))), "too_long", "/blocks/0/text/text", f"{BLOCKS}section-block"),
    Bad(message(section(text=mrkdwn(""))), "too_short", "/blocks/0/text/text", f"{OBJECTS}text-object"),
    Bad(message(section(text={"type": "html", "text": "x"})), "unknown_type", "/blocks/0/text/type", OBJECTS),
    Bad(message(section(text="x")), "unknown_type", "/blocks/0/text/type", f"{BLOCKS}section-block"),
    Bad(
        message({"type": "section", "fields": [mrkdwn()] * 11}),
        "too_many",
        "/blocks/0/fields",
        f"{BLOCKS}section-block",
    ),
    Bad(
        message({"type": "section", "fields": [mrkdwn("x" * 2001)]}),
        "too_long",
        "/blocks/0/fields/0/text",
        f"{BLOCKS}section-block",
    ),
    Bad(message(section(accessory=typed())), "unknown_type", "/blocks/0/accessory/type", f"{ELEMENTS}"),
    Bad(message(section(text=mrkdwn(emoji=True))), "unknown_key", "/blocks/0/text/emoji", f"{OBJECTS}text-object"),
    # header, context
    Bad(message({"type": "header", "text": mrkdwn()}), "unknown_type", "/blocks/0/text/type", f"{BLOCKS}header-block"),
    Bad(
        message({"type": "header", "text": plain("x" * 151)}),
        "too_long",
        "/blocks/0/text/text",
        f"{BLOCKS}header-block",
    ),
    Bad(message({"type": "header"}), "missing", "/blocks/0/text", f"{BLOCKS}header-block"),
    Bad(message(context(*[mrkdwn()] * 11)), "too_many", "/blocks/0/elements", f"{BLOCKS}context-block"),
    Bad(message(context()), "too_few", "/blocks/0/elements", f"{BLOCKS}context-block"),
    Bad(message(context(button())), "unknown_type", "/blocks/0/elements/0/type", f"{BLOCKS}context-block"),
    # actions and buttons
    Bad(
        message(actions(*[button(action_id=str(n)) for n in range(26)])),
        "too_many",
        "/blocks/0/elements",
        f"{BLOCKS}actions-block",
    ),
    Bad(message(actions()), "too_few", "/blocks/0/elements", f"{BLOCKS}actions-block"),
    Bad(
        message(actions(button(), button())),
        "duplicate_action_id",
        "/blocks/0/elements/1/action_id",
        f"{ELEMENTS}button-element",
    ),
    Bad(message(actions(typed())), "unknown_type", "/blocks/0/elements/0/type", f"{ELEMENTS}plain-text-input-element"),
    Bad(
        message(actions(button(text=plain("x" * 76)))),
        "too_long",
        "/blocks/0/elements/0/text/text",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(text=mrkdwn()))),
        "unknown_type",
        "/blocks/0/elements/0/text/type",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(without(button(), "text"))), "missing", "/blocks/0/elements/0/text", f"{ELEMENTS}button-element"
    ),
    Bad(
        message(actions(button(value="x" * 2001))),
        "too_long",
        "/blocks/0/elements/0/value",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(url="https://example.com/" + "x" * 3000))),
        "too_long",
        "/blocks/0/elements/0/url",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(style="warning"))),
        "not_allowed",
        "/blocks/0/elements/0/style",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(action_id="x" * 256))),
        "too_long",
        "/blocks/0/elements/0/action_id",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(accessibility_label="x" * 76))),
        "too_long",
        "/blocks/0/elements/0/accessibility_label",
        f"{ELEMENTS}button-element",
    ),
    Bad(
        message(actions(button(confirm=without(CONFIRM, "deny")))),
        "missing",
        "/blocks/0/elements/0/confirm/deny",
        f"{OBJECTS}confirmation-dialog-object",
    ),
    Bad(
        message(actions(button(confirm={**CONFIRM, "title": plain("x" * 101)}))),
        "too_long",
        "/blocks/0/elements/0/confirm/title/text",
        f"{OBJECTS}confirmation-dialog-object",
    ),
    Bad(
        message(actions(button(confirm={**CONFIRM, "text": plain("x" * 301)}))),
        "too_long",
        "/blocks/0/elements/0/confirm/text/text",
        f"{OBJECTS}confirmation-dialog-object",
    ),
    Bad(
        message(actions(button(confirm={**CONFIRM, "confirm": plain("x" * 31)}))),
        "too_long",
        "/blocks/0/elements/0/confirm/confirm/text",
        f"{OBJECTS}confirmation-dialog-object",
    ),
]
