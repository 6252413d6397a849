"""What a button of a card may do in a message and in a dialog."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import partial

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    any_object,
    anything,
    array,
    boolean,
    by_type,
    matching,
    text,
)
from adapters.playground.teams_rules_words import (
    CARDS_ACTIONS,
    EXPLORER,
    ID,
    PICTURE,
    UNIVERSAL,
    URL,
    USER_IDS,
    requires,
    text_or,
    word,
)


class Where(StrEnum):
    """Where a card stands."""

    MESSAGE = "message"
    DIALOG = "dialog"


# Teams shows six actions and not a seventh; what a button says stays on one line and is cut there (cards-reference,
# "Buttons": buttons beyond the number that the card supports are not shown). How long a line is, nobody says.
MOST_ACTIONS = 6
TITLE = text(75)
MOST_REFRESHED = 60
_PRESENT: Mapping[str, Check] = {
    "iconUrl": PICTURE,
    "id": ID,
    "style": word("default", "positive", "destructive"),
    "tooltip": text(500),
    "isEnabled": boolean,
    "mode": word("primary", "secondary"),
    "requires": requires,
}
_INPUTS: Mapping[str, Check] = {"associatedInputs": word("auto", "none")}
_MEMBER = matching(r"29:\S+|8:\S+", "bad_member", "must be a member's id towards the bot")
_FROM_CARD = word("task/fetch", "messageBack", "imBack", "signin", "invoke")
_OUTSIDE = Shape(
    f"{CARDS_ACTIONS}#adaptive-cards-actions",
    {},
    {"displayText": text(2000), "text": text(2000), "value": anything},
)


def _bot_framework(value: object, path: str) -> Iterator[Problem]:
    """`msteams` in a button's data, as a message may have it."""
    yield from _OUTSIDE(value, path)
    kind = value.get("type") if isinstance(value, Mapping) else None
    yield from _FROM_CARD(kind, f"{path}/type")


def _submitted(where: Where, value: object, path: str) -> Iterator[Problem]:
    yield from any_object(value, path)
    if not isinstance(value, Mapping) or "msteams" not in value:
        return
    if where is Where.DIALOG:
        yield Problem(f"{path}/msteams", "msteams_in_dialog", "does not work in a dialog; Action.Submit alone does")
    else:
        yield from _bot_framework(value["msteams"], f"{path}/msteams")


def actions_on(where: Where, card: Check) -> Mapping[str, Check]:
    """The actions that a button may have there, by their type; `card` is what Action.ShowCard may hold."""
    return _actions(where, card, titled={"title": TITLE})


def select_actions_on(where: Where) -> Check:
    """What may happen when one taps an element: everything but showing a card; the title is what is read aloud."""
    kinds = _actions(where, any_object, titled={})
    return by_type({kind: check for kind, check in kinds.items() if kind != "Action.ShowCard"}, "select action")


def action_list(kinds: Mapping[str, Check]) -> Check:
    """One to six buttons in a row."""
    return array(by_type(kinds, "action"), MOST_ACTIONS)


def _actions(where: Where, card: Check, *, titled: Mapping[str, Check]) -> Mapping[str, Check]:
    kinds: dict[str, Check] = {}
    fallback = text_or(by_type(kinds, "action"), word("drop"))
    optional = {**_PRESENT, **({} if titled else {"title": TITLE}), "fallback": fallback}
    data = {"data": partial(_submitted, where)}
    kinds["Action.Submit"] = Shape(f"{EXPLORER}action-submit", titled, {**optional, **_INPUTS, **data})
    kinds["Action.OpenUrl"] = Shape(f"{EXPLORER}action-open-url", {**titled, "url": URL}, optional)
    kinds["Action.ShowCard"] = Shape(f"{EXPLORER}action-show-card", {**titled, "card": card}, optional)
    kinds["Action.ToggleVisibility"] = Shape(
        f"{EXPLORER}action-toggle-visibility", {**titled, "targetElements": array(_TARGET, 100)}, optional
    )
    kinds["Action.Execute"] = _execute_on(where, titled, {**optional, **_INPUTS})
    return kinds


_TARGET = text_or(Shape(f"{EXPLORER}target-element", {"elementId": text(500)}, {"isVisible": boolean}), text(500))
_VERB_AND_DATA: Mapping[str, Check] = {"verb": text(500), "data": any_object}


def _execute_on(where: Where, titled: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    if where is Where.DIALOG:
        return _not_in_dialog
    return Shape(UNIVERSAL, titled, {**optional, **_VERB_AND_DATA}, (_falls_back_to_submit,))


def _not_in_dialog(_value: object, path: str) -> Iterator[Problem]:
    """In a dialog only Action.Submit reaches the bot: its data comes as task/submit."""
    yield Problem(path, "execute_in_dialog", "Action.Execute does not work in a dialog")


def _falls_back_to_submit(value: object, path: str) -> Iterator[Problem]:
    """Older clients drop what they do not know, so the action says what to do instead."""
    fallback = value.get("fallback") if isinstance(value, Mapping) else None
    kind = fallback.get("type") if isinstance(fallback, Mapping) else None
    if kind != "Action.Submit":
        yield Problem(f"{path}/fallback", "no_fallback", "Action.Execute falls back to Action.Submit")


_REFRESHING = by_type(
    {"Action.Execute": Shape(UNIVERSAL, {}, {**_PRESENT, **_VERB_AND_DATA, "title": TITLE})}, "refresh action"
)
REFRESH = Shape(USER_IDS, {"action": _REFRESHING, "userIds": array(_MEMBER, MOST_REFRESHED)})
