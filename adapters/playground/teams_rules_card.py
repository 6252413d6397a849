"""Whether Teams would show a card: its shape, its size, and what holds between its parts."""

import json
from collections.abc import Iterator, Mapping
from functools import partial

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    array,
    boolean,
    by_type,
    choice,
    matching,
    text,
)
from adapters.playground.teams_rules_actions import REFRESH, Where, action_list, actions_on, select_actions_on
from adapters.playground.teams_rules_elements import BACKGROUND, MOST_ELEMENTS, elements_on
from adapters.playground.teams_rules_words import (
    CARDS_FORMAT,
    EXPLORER,
    PIXELS,
    SAID,
    VERTICAL,
)

# Teams refuses 28 KB (https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/
# connectors-using, "RequestEntityTooLarge"); ours stay under 25 so that what Teams adds has room.
CARD_BYTES = 25 * 1024
VERSION = "1.5"  # {CARDS_REFERENCE}#support-for-adaptive-cards
_SCHEMA_NAME = matching(r"https?://adaptivecards\.io/schemas/adaptive-card\.json", "bad_schema", "must be the schema's")
_MENTIONED = Shape(f"{CARDS_FORMAT}#mention-support-within-adaptive-cards", {"id": text(500), "name": SAID})
_MENTION = by_type(
    {"mention": Shape(f"{CARDS_FORMAT}#sample-adaptive-card-with-a-mention", {"text": SAID, "mentioned": _MENTIONED})},
    "entity",
)
_MSTEAMS = Shape(
    f"{CARDS_FORMAT}#full-width-adaptive-card",
    {},
    {"width": choice("Full"), "entities": array(_MENTION, 50, 0)},
)
_UNREAD = ("data",)  # what a button carries is the bot's own business


def card_problems(card: object, *, where: Where, path: str = "") -> Iterator[Problem]:
    """What Teams would not show of a card in a message or a dialog."""
    yield from _CARDS[where](card, path)
    yield from _nulls(card, path)
    yield from _repeated_ids(card, path)
    if len(json.dumps(card, ensure_ascii=False, separators=(",", ":"), default=str).encode()) >= CARD_BYTES:
        yield Problem(path, "card_too_large", f"must be under {CARD_BYTES} bytes")


def _card_on(where: Where) -> Check:
    """A card's shape; a card that a button shows is one without version, refresh or words for old clients."""
    kinds: dict[str, Check] = {}
    shown = partial(_late, kinds)
    body = {"body": array(by_type(elements_on(where, shown), "element"), MOST_ELEMENTS)}
    optional: Mapping[str, Check] = {
        "$schema": _SCHEMA_NAME,
        "actions": action_list(actions_on(where, shown)),
        "selectAction": select_actions_on(where),
        "backgroundImage": BACKGROUND,
        "minHeight": PIXELS,
        "rtl": boolean,
        "speak": SAID,
        "lang": matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "bad_language", "must be a language like en"),
        "verticalContentAlignment": VERTICAL,
    }
    page = f"{EXPLORER}adaptive-card"
    kinds["AdaptiveCard"] = Shape(page, body, {**optional, "version": choice(VERSION)})
    required = {**body, "version": choice(VERSION), "fallbackText": SAID}
    refresh = REFRESH if where is Where.MESSAGE else _no_refresh
    whole = Shape(page, required, {**optional, "msteams": _MSTEAMS, "refresh": refresh})
    return by_type({"AdaptiveCard": whole}, "card")


def _late(kinds: Mapping[str, Check], value: object, path: str) -> Iterator[Problem]:
    yield from by_type(kinds, "card")(value, path)


def _no_refresh(_value: object, path: str) -> Iterator[Problem]:
    """A dialog's card is nobody's message: nothing refreshes it."""
    yield Problem(path, "refresh_in_dialog", "only a card in a message is refreshed")


def _nulls(value: object, path: str) -> Iterator[Problem]:
    """The schema knows no null."""
    for key, part in _parts(value):
        if part is None:
            yield Problem(f"{path}/{key}", "null_value", "must not be null")
        elif key not in _UNREAD:
            yield from _nulls(part, f"{path}/{key}")


def _repeated_ids(card: object, path: str) -> Iterator[Problem]:
    """Values come back by the ids of the inputs, and what is shown or hidden is named by its id."""
    seen: set[str] = set()
    for where, name in _ids(card, path):
        if name in seen:
            yield Problem(where, "duplicate_id", "ids must differ within a card")
        seen.add(name)


def _ids(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and isinstance(value.get("id"), str) and "mentioned" not in path:
        yield f"{path}/id", value["id"]
    # What stands in for an element where that is unknown may have the same id.
    for key, part in _parts(value):
        if key not in (*_UNREAD, "fallback"):
            yield from _ids(part, f"{path}/{key}")


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, list | tuple):
        yield from ((str(index), part) for index, part in enumerate(value))


_CARDS = {where: _card_on(where) for where in Where}
