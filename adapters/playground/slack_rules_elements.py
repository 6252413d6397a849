"""Slack's rules for composition objects and for what people press, choose and type into."""

from collections.abc import Iterator, Mapping

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
    matching,
    only_one_of_keys,
    text,
    unique,
    whole,
)

# Pages are below https://docs.slack.dev/reference/block-kit/
_OBJECTS = "composition-objects/"
_ELEMENTS = "block-elements/"


def plain(most: int) -> Check:
    """A text object that must be plain_text, not empty."""
    return by_type({"plain_text": _text_object(most, {"emoji": boolean})}, "text, must be plain_text")


def rich(most: int) -> Check:
    """A text object of either kind, not empty."""
    kinds = {
        "plain_text": _text_object(most, {"emoji": boolean}),
        "mrkdwn": _text_object(most, {"verbatim": boolean}),
    }
    return by_type(kinds, "text")


def _text_object(most: int, optional: Mapping[str, Check]) -> Shape:
    return Shape(_OBJECTS + "text-object", {"text": text(most)}, optional)


CONFIRM = Shape(
    _OBJECTS + "confirmation-dialog-object",
    {"title": plain(100), "text": rich(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)


def option(label: Check, **extra: Check) -> Shape:
    page = _OBJECTS + "option-object"
    return Shape(page, {"text": label, "value": text(150)}, {"description": label, **extra})


PLAIN_OPTION = option(plain(75))
RICH_OPTION = option(rich(75))
OVERFLOW_OPTION = option(plain(75), url=text(3000))
OPTION_GROUP = Shape(_OBJECTS + "option-group-object", {"label": plain(75), "options": array(PLAIN_OPTION, 100)})
ACTION_ID = text(255)
FILTER = Shape(
    _OBJECTS + "conversation-filter-object",
    {},
    {
        "include": array(choice("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_COMMON: Mapping[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM}
_FOCUS: Mapping[str, Check] = {**_COMMON, "focus_on_load": boolean}
_PICK: Mapping[str, Check] = {**_FOCUS, "placeholder": plain(150)}
_MANY: Mapping[str, Check] = {**_PICK, "max_selected_items": whole(1, 1000)}
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "bad_date", "must be a date, YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "bad_time", "must be a time, HH:mm")
_SOURCE = only_one_of_keys("options", "option_groups")


def _offered(value: Mapping[str, object]) -> list[object]:
    grouped = [each for group in items(value, "option_groups") for each in items(group, "options")]
    return [*items(value, "options"), *grouped]


def _initial_is_offered(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        return
    offered = _offered(value)
    if value.get("initial_option") is not None and value["initial_option"] not in offered:
        yield Problem(f"{path}/initial_option", "initial_not_offered", "must be among the options")
    for index, each in enumerate(items(value, "initial_options")):
        if each not in offered:
            yield Problem(f"{path}/initial_options/{index}", "initial_not_offered", "must be among the options")


def _values_differ(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        yield from unique("value", _offered(value), f"{path}/options")


def _not_more_than_selectable(value: object, path: str) -> Iterator[Problem]:
    most = value.get("max_selected_items") if isinstance(value, Mapping) else None
    if isinstance(most, int) and len(items(value, "initial_options")) > most:
        yield Problem(f"{path}/initial_options", "too_many", "more than max_selected_items")


def _initial_fits(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        return
    least, most, start = (value.get(key) for key in ("min_length", "max_length", "initial_value"))
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield Problem(f"{path}/min_length", "min_above_max", "min_length must not be above max_length")
    if isinstance(start, str) and isinstance(most, int) and len(start) > most:
        yield Problem(f"{path}/initial_value", "initial_too_long", "longer than max_length")


_OFFER = (_SOURCE, _initial_is_offered, _values_differ)
_OPTIONS: Mapping[str, Check] = {"options": array(PLAIN_OPTION, 100), "option_groups": array(OPTION_GROUP, 100)}

BUTTON = Shape(
    _ELEMENTS + "button-element",
    {"text": plain(75)},
    {
        **_COMMON,
        "url": text(3000),
        "value": text(2000),
        "style": choice("primary", "danger"),
        "accessibility_label": text(75),
    },
)
STATIC_SELECT = Shape(
    _ELEMENTS + "select-menu-element", {}, {**_PICK, **_OPTIONS, "initial_option": PLAIN_OPTION}, _OFFER
)
EXTERNAL_SELECT = Shape(
    _ELEMENTS + "select-menu-element",
    {},
    {**_PICK, "initial_option": PLAIN_OPTION, "min_query_length": whole(0, 150)},
)
MULTI_STATIC_SELECT = Shape(
    _ELEMENTS + "multi-select-menu-element",
    {},
    {**_MANY, **_OPTIONS, "initial_options": array(PLAIN_OPTION, 100)},
    (*_OFFER, _not_more_than_selectable),
)
MULTI_EXTERNAL_SELECT = Shape(
    _ELEMENTS + "multi-select-menu-element",
    {},
    {**_MANY, "initial_options": array(PLAIN_OPTION, 100), "min_query_length": whole(0, 150)},
    (_not_more_than_selectable,),
)
CHECKBOXES = Shape(
    _ELEMENTS + "checkboxes-element",
    {"options": array(RICH_OPTION, 10)},
    {**_FOCUS, "initial_options": array(RICH_OPTION, 10)},
    (_initial_is_offered, _values_differ),
)
RADIO_BUTTONS = Shape(
    _ELEMENTS + "radio-button-group-element",
    {"options": array(RICH_OPTION, 10)},
    {**_FOCUS, "initial_option": RICH_OPTION},
    (_initial_is_offered, _values_differ),
)
OVERFLOW = Shape(
    _ELEMENTS + "overflow-menu-element", {"options": array(OVERFLOW_OPTION, 5)}, _COMMON, (_values_differ,)
)
PLAIN_TEXT_INPUT = Shape(
    _ELEMENTS + "plain-text-input-element",
    {},
    {
        "action_id": ACTION_ID,
        "initial_value": text(3000, 0),
        "multiline": boolean,
        "min_length": whole(0, 3000),
        "max_length": whole(1, 3000),
        "placeholder": plain(150),
        "focus_on_load": boolean,
        "dispatch_action_config": any_object,
    },
    (_initial_fits,),
)
NUMBER_INPUT = Shape(
    _ELEMENTS + "number-input-element",
    {"is_decimal_allowed": boolean},
    {
        **{key: text(150) for key in ("initial_value", "min_value", "max_value")},
        "action_id": ACTION_ID,
        "placeholder": plain(150),
        "focus_on_load": boolean,
        "dispatch_action_config": any_object,
    },
)
_TYPED: Mapping[str, Check] = {
    "action_id": ACTION_ID,
    "initial_value": text(3000, 0),
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": any_object,
}
URL_INPUT = Shape(_ELEMENTS + "url-input-element", {}, _TYPED)
EMAIL_INPUT = Shape(_ELEMENTS + "email-input-element", {}, _TYPED)
DATEPICKER = Shape(_ELEMENTS + "date-picker-element", {}, {**_PICK, "initial_date": _DATE})
TIMEPICKER = Shape(_ELEMENTS + "time-picker-element", {}, {**_PICK, "initial_time": _TIME, "timezone": text(100)})
DATETIMEPICKER = Shape(
    _ELEMENTS + "datetime-picker-element",
    {},
    {**_FOCUS, "initial_date_time": whole(1_000_000_000, 9_999_999_999)},
)


def _directory_select(initial: str, **extra: Check) -> Shape:
    return Shape(_ELEMENTS + "select-menu-element", {}, {**_PICK, initial: text(50), **extra})


def _directory_selects(initial: str, **extra: Check) -> Shape:
    page = _ELEMENTS + "multi-select-menu-element"
    return Shape(page, {}, {**_MANY, initial: array(text(50), 100), **extra})


_CONVERSATION: Mapping[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": FILTER,
    "response_url_enabled": boolean,
}
SELECTS: Mapping[str, Check] = {
    "static_select": STATIC_SELECT,
    "external_select": EXTERNAL_SELECT,
    "users_select": _directory_select("initial_user"),
    "conversations_select": _directory_select("initial_conversation", **_CONVERSATION),
    "channels_select": _directory_select("initial_channel", response_url_enabled=boolean),
    "multi_static_select": MULTI_STATIC_SELECT,
    "multi_external_select": MULTI_EXTERNAL_SELECT,
    "multi_users_select": _directory_selects("initial_users"),
    "multi_conversations_select": _directory_selects("initial_conversations", **_CONVERSATION),
    "multi_channels_select": _directory_selects("initial_channels"),
}
IMAGE_ELEMENT = Shape(
    _ELEMENTS + "image-element",
    {"alt_text": text(2000)},
    {"image_url": text(3000), "slack_file": any_object},
    (only_one_of_keys("image_url", "slack_file"),),
)
