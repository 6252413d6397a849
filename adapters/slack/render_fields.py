"""Fields as Block Kit input blocks."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import assert_never

from adapters.slack import limits
from adapters.slack.inputs import Json
from adapters.slack.limits import plain
from adapters.slack.parse_view import field_block_id
from bot.views import ChoiceField, Field, Option, PersonField, TextField, TicksField

PERSON_PICKER = "person"
_VALUE = "value"
# A few choices are read at a glance and taken with one tap; a longer list would push the rest off the screen.
_AT_A_GLANCE = 5


def field_block(field: Field, *, salt: str) -> Json:
    """The input block of a field.

    Its block_id changes with what it holds at first: while that stays the same Slack keeps what has been typed
    into it, and when we fill it anew Slack shows ours.
    """
    match field:
        case TextField():
            element, optional = _text_input(field), not field.required
        case ChoiceField():
            element, optional = _choice(field), not field.required
        case TicksField():
            element, optional = _ticks(field), True
        case PersonField():
            element, optional = _person(field), False
        case _:
            assert_never(field)
    return {
        "type": "input",
        "block_id": field_block_id(field.name, f"{salt}{_digest(_held(field))}"),
        "label": plain(field.label, limits.LABEL),
        "element": element,
        "optional": optional,
        **({"hint": plain(field.hint, limits.LABEL)} if field.hint else {}),
    }


def options_of(options: Iterable[Option]) -> list[Json]:
    """The options of a people picker."""
    return [_option(option) for option in options]


def _held(field: Field) -> str:
    match field:
        case TextField():
            return field.value
        case ChoiceField():
            return field.value or ""
        case TicksField():
            return "\n".join(field.values)
        case PersonField():
            return field.value.value if field.value else ""
        case _:
            assert_never(field)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _text_input(field: TextField) -> Json:
    most = max(1, min(field.most, limits.INPUT))
    filled = {"initial_value": _cut(field.value, most)} if field.value else {}
    return {
        "type": "plain_text_input",
        "action_id": _VALUE,
        "multiline": field.many_lines,
        "max_length": most,
        **_placeholder(field.placeholder),
        **filled,
    }


def _cut(text: str, most: int) -> str:
    # Counted as the engine counts: a text that it stored must come back whole.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")[:most]


def _choice(field: ChoiceField) -> Json:
    offered = _distinct(field.options)
    if len(offered) <= _AT_A_GLANCE:
        return _chosen({"type": "radio_buttons", "action_id": _VALUE}, offered, field.value)
    shown = _with_chosen(offered, field.value, limits.SELECT_OPTIONS)
    return _chosen({"type": "static_select", "action_id": _VALUE}, shown, field.value)


def _chosen(element: Json, offered: Sequence[Option], value: str | None) -> Json:
    initial = [_option(option) for option in offered if option.value == value]
    return {**element, "options": options_of(offered), **({"initial_option": initial[0]} if initial else {})}


def _ticks(field: TicksField) -> Json:
    offered = _distinct(field.options)
    many = len(offered) > limits.RADIO_OPTIONS
    shown = offered[: limits.SELECT_OPTIONS]
    initial = [_option(option) for option in shown if option.value in field.values]
    return {
        "type": "multi_static_select" if many else "checkboxes",
        "action_id": _VALUE,
        "options": options_of(shown),
        **({"initial_options": initial} if initial else {}),
    }


def _person(field: PersonField) -> Json:
    return {
        "type": "external_select",
        "action_id": PERSON_PICKER,
        "min_query_length": 1,
        **_placeholder(field.placeholder),
        **({"initial_option": _option(field.value)} if field.value else {}),
    }


def _placeholder(text: str) -> Json:
    return {"placeholder": plain(text, limits.PLACEHOLDER)} if text else {}


def _option(option: Option) -> Json:
    hint = {"description": plain(option.hint, limits.OPTION)} if option.hint else {}
    return {"text": plain(option.label, limits.OPTION), "value": option.value[: limits.OPTION_VALUE], **hint}


def _distinct(options: Sequence[Option]) -> list[Option]:
    return list({option.value: option for option in options}.values())


def _with_chosen(options: list[Option], value: str | None, most: int) -> list[Option]:
    """The first options, and the chosen one wherever it stands."""
    place: Callable[[Option], bool] = lambda option: option.value != value  # noqa: E731
    return options[:most] if len(options) <= most else sorted(options, key=place)[:most]
