"""Whether Slack would take what the bot sends: messages, views and the answers to what people do."""

import json
from collections.abc import Iterable, Iterator, Mapping

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    any_object,
    array,
    boolean,
    by_type,
    choice,
    items,
    known_name,
    matching,
    one_of_keys,
    only_one_of_keys,
    text,
)
from adapters.playground.slack_rules_blocks import Surface, blocks_on
from adapters.playground.slack_rules_elements import OPTION_GROUP, PLAIN_OPTION, plain
from adapters.playground.slack_rules_rich import rich_text_length

__all__ = [
    "Problem",
    "Surface",
    "ack_problems",
    "answer_problems",
    "input_block_ids",
    "message_problems",
    "options_problems",
    "problems",
    "submission_answer_problems",
    "view_problems",
]

# Pages are below https://docs.slack.dev/
MESSAGE_TEXT = 40_000  # reference/methods/chat.postMessage, "Truncating content"
UPDATE_TEXT = 4_000  # reference/methods/chat.update, msg_too_long
MESSAGE_BLOCKS_TEXT = 13_200  # measured; chat.postMessage names the error msg_blocks_too_long only
VIEW_BYTES = 250_000  # reference/views

_EVENT_TYPE = matching(r"[A-Za-z][A-Za-z0-9_]{0,254}", "bad_event_type", "letters, digits and _ only")
_METADATA = Shape("messaging/message-metadata", {"event_type": _EVENT_TYPE, "event_payload": any_object})
_TEXT_OR_BLOCKS = one_of_keys("text", "blocks", "attachments")
_SHOWN: Mapping[str, Check] = {
    "text": text(MESSAGE_TEXT, 0),
    "blocks": blocks_on(Surface.MESSAGE, 50),
    "metadata": _METADATA,
    "mrkdwn": boolean,
    "unfurl_links": boolean,
    "unfurl_media": boolean,
    "thread_ts": text(30),
    "parse": choice("full", "none"),
    "link_names": boolean,
}
MESSAGE = Shape("reference/methods/chat.postMessage", {}, _SHOWN, (_TEXT_OR_BLOCKS,))
ANSWER_LINK = Shape(
    "interactivity/handling-user-interaction#message_responses",
    {},
    {
        **_SHOWN,
        "response_type": choice("ephemeral", "in_channel"),
        "replace_original": boolean,
        "delete_original": boolean,
    },
    (one_of_keys("text", "blocks", "delete_original"),),
)
_MODAL = Shape(
    "reference/views/modal-views",
    {"title": plain(24), "blocks": blocks_on(Surface.MODAL, 100)},
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": text(3000, 0),
        "callback_id": text(255, 0),
        "external_id": text(255, 0),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = Shape(
    "reference/views/home-tab-views",
    {"blocks": blocks_on(Surface.HOME, 100)},
    {"private_metadata": text(3000, 0), "callback_id": text(255, 0), "external_id": text(255, 0)},
)
_VIEW_KINDS = {Surface.MODAL: by_type({"modal": _MODAL}, "view"), Surface.HOME: by_type({"home": _HOME}, "view")}
_OPTIONS = Shape(
    "reference/block-kit/block-elements/select-menu-element#external_select",
    {},
    {"options": array(PLAIN_OPTION, 100, 0), "option_groups": array(OPTION_GROUP, 100, 0)},
    (only_one_of_keys("options", "option_groups"),),
)


def message_problems(payload: object, path: str = "") -> tuple[Problem, ...]:
    """What Slack would not take in the visible parts of a message."""
    return (*MESSAGE(payload, path), *_too_much_text(payload, path))


def answer_problems(payload: object) -> tuple[Problem, ...]:
    """What Slack would not take at a response_url."""
    return (*ANSWER_LINK(payload, ""), *_too_much_text(payload, ""))


def ack_problems(payload: Mapping[str, object]) -> tuple[Problem, ...]:
    """What Slack would not take as the answer to a slash command; an empty answer says nothing."""
    return answer_problems(payload) if payload else ()


def view_problems(payload: object, surface: Surface = Surface.MODAL, path: str = "/view") -> tuple[Problem, ...]:
    """What Slack would not take as a modal or as a Home tab."""
    found = list(_VIEW_KINDS[surface](payload, path))
    if surface is Surface.MODAL and input_block_ids(payload) and not _has(payload, "submit"):
        found.append(Problem(f"{path}/submit", "missing_submit", "required when the view has an input block"))
    if len(json.dumps(payload, default=str).encode()) > VIEW_BYTES:
        found.append(Problem(path, "view_too_large", f"must not exceed {VIEW_BYTES} bytes"))
    return tuple(found)


def options_problems(payload: object) -> tuple[Problem, ...]:
    """What Slack would not take as the options of an external select."""
    return tuple(_OPTIONS(payload, ""))


def submission_answer_problems(answer: Mapping[str, object], view: Mapping[str, object]) -> tuple[Problem, ...]:
    """What Slack would not take as the answer to the submission of this view; an empty answer closes it."""
    match answer.get("response_action"):
        case None if not answer:
            return ()
        case "clear":
            return tuple(_extra_keys(answer, {"response_action"}))
        case "errors":
            extra = _extra_keys(answer, {"response_action", "errors"})
            return (*extra, *_error_problems(answer.get("errors"), input_block_ids(view)))
        case "update" | "push":
            extra = _extra_keys(answer, {"response_action", "view"})
            return (*extra, *view_problems(answer.get("view")))
        case _:
            return (Problem("/response_action", "not_allowed", "must be one of errors, update, push, clear"),)


def problems(payload: Mapping[str, object]) -> tuple[Problem, ...]:
    """What Slack would not take in any payload: a view, options, or a message."""
    if payload.get("type") in ("modal", "home"):
        return view_problems(payload, Surface(str(payload["type"])))
    if "options" in payload or "option_groups" in payload:
        return options_problems(payload)
    return message_problems(payload)


def input_block_ids(view: object) -> frozenset[str]:
    """The ids of a view's input blocks ("" for one without), the only ones that errors may name."""
    inputs = (each for each in items(view, "blocks") if isinstance(each, Mapping) and each.get("type") == "input")
    return frozenset(str(each.get("block_id") or "") for each in inputs)


def _error_problems(errors: object, ids: Iterable[str]) -> Iterator[Problem]:
    if not isinstance(errors, Mapping) or not errors:
        yield Problem("/errors", "missing", "errors must name at least one block")
        return
    for block_id, says in errors.items():
        if block_id not in ids:
            yield Problem(f"/errors/{known_name(str(block_id))}", "unknown_block_id", "must name an input block")
        if not isinstance(says, str) or not says:
            yield Problem(f"/errors/{known_name(str(block_id))}", "wrong_type", "must be a sentence")


def _extra_keys(answer: Mapping[str, object], allowed: set[str]) -> Iterator[Problem]:
    extra = (key for key in answer if key not in allowed)
    return (Problem(f"/{known_name(str(key))}", "unknown_key", "no more properties are allowed") for key in extra)


def _has(payload: object, key: str) -> bool:
    return isinstance(payload, Mapping) and bool(payload.get(key))


def _too_much_text(payload: object, path: str) -> Iterator[Problem]:
    blocks = (each for each in items(payload, "blocks") if isinstance(each, Mapping))
    if sum(rich_text_length(each) for each in blocks) > MESSAGE_BLOCKS_TEXT:
        yield Problem(f"{path}/blocks", "msg_blocks_too_long", f"more than {MESSAGE_BLOCKS_TEXT} characters")
