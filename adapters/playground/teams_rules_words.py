"""Scalars of Adaptive Cards: words of a set, addresses, dates, text that must not be markup."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from adapters.playground.rules_core import Check, Problem, boolean, matching, text

# The pages that the rules come from.
SCHEMA = "https://raw.githubusercontent.com/microsoft/AdaptiveCards/main/schemas/1.5.0/adaptive-card.json"
EXPLORER = "https://learn.microsoft.com/en-us/adaptive-cards/schema-explorer/"
AUTHORING = "https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/"
TEAMS = "https://learn.microsoft.com/en-us/microsoftteams/platform/"
CARDS = f"{TEAMS}task-modules-and-cards/cards/"
CARDS_REFERENCE = f"{CARDS}cards-reference"
CARDS_ACTIONS = f"{CARDS}cards-actions"
CARDS_FORMAT = f"{CARDS}cards-format"
UNIVERSAL = f"{AUTHORING}universal-action-model"
USER_IDS = f"{CARDS}universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards"
VALIDATION = f"{AUTHORING}input-validation"
TYPEAHEAD = f"{CARDS}dynamic-search"

# Longer text than a whole card may hold never needs a rule of its own.
ANY_LENGTH = 100_000
TEXT = text(ANY_LENGTH, 0)
SAID = text(ANY_LENGTH)


def word(*allowed: str) -> Check:
    """One of a set of words, in capitals or not, as the schema's patterns have it."""
    return partial(_word, frozenset(each.lower() for each in allowed))


def _word(allowed: frozenset[str], value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value.lower() not in allowed:
        yield Problem(path, "not_allowed", f"must be one of {', '.join(sorted(allowed))}")


def either(*checks: Check) -> Check:
    """What passes any of the checks; what passes none is told what the last one says."""
    return partial(_either, checks)


def _either(checks: tuple[Check, ...], value: object, path: str) -> Iterator[Problem]:
    found: list[Problem] = []
    for check in checks:
        found = list(check(value, path))
        if not found:
            return
    yield from found


def text_or(an_object: Check, otherwise: Check) -> Check:
    """An object of a shape, or a text."""
    return partial(_text_or, an_object, otherwise)


def _text_or(an_object: Check, otherwise: Check, value: object, path: str) -> Iterator[Problem]:
    return (an_object if isinstance(value, Mapping) else otherwise)(value, path)


def number(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Problem(path, "wrong_type", "must be a number")


def above_zero(value: object, path: str) -> Iterator[Problem]:
    """A whole number of at least one."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield Problem(path, "wrong_type", "must be a whole number")
    elif value < 1:
        yield Problem(path, "out_of_range", "must be at least 1")


def pattern(value: object, path: str) -> Iterator[Problem]:
    """A regular expression."""
    try:
        re.compile(value if isinstance(value, str) else "(")
    except re.error:
        yield Problem(path, "bad_regex", "must be a regular expression")


def literal(value: object, path: str) -> Iterator[Problem]:
    """Text that Markdown and the date functions leave alone: people's words belong into a TextRun."""
    yield from TEXT(value, path)
    if isinstance(value, str) and ("](" in value or "{{" in value):
        yield Problem(path, "markup", "must not contain markup; people's words belong into a TextRun")


URL = matching(r"https?://[^\s/?#]+\S*", "bad_url", "must be an http or https address")
PICTURE = matching(
    r"https://[^\s/?#]+\S*|data:image/(png|jpeg|gif|svg\+xml)[;,]\S+", "bad_url", "must be https or data"
)
DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "bad_date", "must be a date, YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "bad_time", "must be a time, HH:MM")
PIXELS = matching(r"\d+px", "bad_size", "must be a number of pixels like 50px")
HEIGHT = word("auto", "stretch")
SPACING = word("default", "none", "small", "medium", "large", "extraLarge", "padding")
ALIGNED = word("left", "center", "right")
VERTICAL = word("top", "center", "bottom")
COLOR = word("default", "dark", "light", "accent", "good", "warning", "attention")
CONTAINER_STYLE = word("default", "emphasis", "good", "attention", "warning", "accent")
FONT: Mapping[str, Check] = {
    "color": COLOR,
    "fontType": word("default", "monospace"),
    "isSubtle": boolean,
    "size": word("default", "small", "medium", "large", "extraLarge"),
    "weight": word("default", "lighter", "bolder"),
}
ID = text(500)
REQUIRES_VERSION = matching(r"\*|\d+(\.\d+){0,3}", "bad_version", "must be a version or *")


def requires(value: object, path: str) -> Iterator[Problem]:
    """Features by their least version."""
    if not isinstance(value, Mapping):
        yield Problem(path, "wrong_type", "must be an object")
        return
    for version in value.values():
        yield from REQUIRES_VERSION(version, path)
