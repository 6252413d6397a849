"""Fields as Adaptive Card inputs."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from adapters.saying import Say
from adapters.teams import limits
from adapters.teams.limits import Json, Scale, clipped
from adapters.teams.parse_values import FIELD, TICKS
from adapters.teams.render_parts import quiet, undated, wrong
from bot.views import ChoiceField, Field, Option, PersonField, TextField, TicksField

PEOPLE = "people"
_COMMA = ","
# A few choices are read at a glance and taken with one tap; a longer list would push the rest off the screen.
_AT_A_GLANCE = 5


def input_id(field: Field) -> str:
    """The id of a field's input."""
    return f"{TICKS if isinstance(field, TicksField) else FIELD}{field.name}"


def field_elements(field: Field, say: Say, *, checked: bool, error: str = "", scale: Scale) -> Iterator[Json]:
    """What is wrong, the input, its hint; ``checked``: the client itself insists on what is required."""
    if error:
        yield wrong(error, min(limits.LABEL, scale.text))
    if isinstance(field, ChoiceField | TicksField) and not field.options:
        yield quiet(field.label, min(limits.LABEL, scale.text))  # there is no choice among nothing
        return
    if _is_cut(field, scale):
        yield wrong(say("teams.cut"))
    yield {**_input(field, scale), **_label(field, scale), **(_insisting(field, say) if checked else {})}
    if field.hint:
        yield quiet(field.hint, min(limits.LABEL, scale.text))


def _input(field: Field, scale: Scale) -> Json:
    match field:
        case TextField():
            return _text(field, scale)
        case ChoiceField():
            return _choice(field, scale)
        case TicksField():
            return _ticks(field, scale)
        case PersonField():
            return _person(field, scale)
        case _:
            assert_never(field)


def _label(field: Field, scale: Scale) -> Json:
    return {"id": input_id(field), "label": undated(clipped(field.label, min(limits.LABEL, scale.text)))}


def _insisting(field: Field, say: Say) -> Json:
    match field:
        case TextField() | ChoiceField():
            required = field.required
        case TicksField():
            required = False
        case PersonField():
            required = True
        case _:
            assert_never(field)
    return {"isRequired": True, "errorMessage": say("teams.missing")} if required else {}


def _text(field: TextField, scale: Scale) -> Json:
    value = _value(field, scale)
    # A client counts some characters twice that the engine counts once: what is there already may stay.
    most = max(1, min(field.most, limits.INPUT), limits.width(value))
    return {
        "type": "Input.Text",
        **({"isMultiline": True} if field.many_lines else {}),
        "maxLength": most,
        **_placeholder(field.placeholder, scale),
        **({"value": value} if value else {}),
    }


def _value(field: TextField, scale: Scale) -> str:
    return limits.sendable(field.value)[: scale.text]


def _is_cut(field: Field, scale: Scale) -> bool:
    return isinstance(field, TextField) and _value(field, scale) != limits.sendable(field.value)


def _choice(field: ChoiceField, scale: Scale) -> Json:
    offered = _with_chosen(_distinct(field.options), (field.value or "",), scale.options)
    chosen = {"value": field.value} if field.value in {option.value for option in offered} else {}
    style = "expanded" if len(offered) <= _AT_A_GLANCE else "compact"
    return {"type": "Input.ChoiceSet", "style": style, "wrap": True, "choices": _choices(offered, scale), **chosen}


def _ticks(field: TicksField, scale: Scale) -> Json:
    offered = _with_chosen(_distinct(field.options), field.values, scale.options)
    ticked = _COMMA.join(option.value for option in offered if option.value in field.values)
    choices = {"choices": _choices(offered, scale), **({"value": ticked} if ticked else {})}
    return {"type": "Input.ChoiceSet", "isMultiSelect": True, "style": "expanded", "wrap": True, **choices}


def _person(field: PersonField, scale: Scale) -> Json:
    # The client knows a chosen person only by a choice that is there from the start.
    chosen = {"value": field.value.value[: limits.OPTION_VALUE]} if field.value else {}
    return {
        "type": "Input.ChoiceSet",
        "style": "filtered",
        "choices": _choices([field.value] if field.value else [], scale),
        "choices.data": {"type": "Data.Query", "dataset": PEOPLE},
        **_placeholder(field.placeholder, scale),
        **chosen,
    }


def search_results(options: Sequence[Option]) -> list[Json]:
    """The people found, as a picker wants them."""
    return _choices(options, Scale())


def _choices(options: Sequence[Option], scale: Scale) -> list[Json]:
    most = min(limits.OPTION, scale.text)
    return [
        {"title": undated(clipped(_title(option), most)), "value": option.value[: limits.OPTION_VALUE]}
        for option in options
    ]


def _title(option: Option) -> str:
    # Choices have no second line.
    return f"{option.label} · {option.hint}" if option.hint.strip() else option.label


def _placeholder(text: str, scale: Scale) -> Json:
    return {"placeholder": clipped(text, min(limits.PLACEHOLDER, scale.text))} if text.strip() else {}


def _distinct(options: Sequence[Option]) -> list[Option]:
    return list({option.value: option for option in options}.values())


def _with_chosen(options: list[Option], values: Sequence[str], most: int) -> list[Option]:
    """The first options, and the chosen ones wherever they stand."""
    if len(options) <= most:
        return options
    return sorted(options, key=lambda option: option.value not in values)[:most]
