"""What a person may fill in: the inputs of Adaptive Cards 1.5 and Teams' typeahead search."""

from collections.abc import Iterator, Mapping

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    array,
    boolean,
    by_type,
    items,
    text,
    unique,
    whole,
)
from adapters.playground.teams_rules_words import (
    DATE,
    EXPLORER,
    ID,
    SAID,
    TEXT,
    TIME,
    TYPEAHEAD,
    VALIDATION,
    above_zero,
    number,
    pattern,
    word,
)

_CHOICE = Shape(f"{EXPLORER}input-choice", {"title": SAID, "value": SAID})
_QUERY = by_type(
    {
        "Data.Query": Shape(
            f"{TYPEAHEAD}#dataquery",
            {"dataset": text(200)},
            {
                "value": TEXT,
                "count": whole(0, 1000),
                "skip": whole(0, 100_000),
                "associatedInputs": word("auto", "none"),
            },
        )
    },
    "data",
)


def inputs(common: Mapping[str, Check], inline_action: Check) -> Mapping[str, Check]:
    """The inputs by their type; `common` is what every element may have."""
    asked: Mapping[str, Check] = {
        **{key: check for key, check in common.items() if key != "id"},
        "errorMessage": SAID,
        "isRequired": boolean,
        "label": SAID,
    }

    def input_of(page: str, parts: Mapping[str, Check], *also: Check, **required: Check) -> Shape:
        return Shape(f"{EXPLORER}{page}", {"id": ID, **required}, {**asked, **parts}, (_asks_clearly, *also))

    return {
        "Input.Text": input_of(
            "input-text",
            {
                "isMultiline": boolean,
                "maxLength": above_zero,
                "placeholder": TEXT,
                "regex": pattern,
                "style": word("text", "tel", "url", "email", "password"),
                "inlineAction": inline_action,
                "value": TEXT,
            },
            _value_fits,
        ),
        "Input.Number": input_of("input-number", {**_range(number), "placeholder": TEXT}, _value_in_range),
        "Input.Date": input_of("input-date", {**_range(DATE), "placeholder": TEXT}, _value_in_range),
        "Input.Time": input_of("input-time", {**_range(TIME), "placeholder": TEXT}, _value_in_range),
        "Input.Toggle": input_of(
            "input-toggle",
            {"value": TEXT, "valueOn": SAID, "valueOff": SAID, "wrap": boolean},
            _is_on_or_off,
            title=SAID,
        ),
        "Input.ChoiceSet": input_of(
            "input-choice-set",
            {
                "choices": array(_CHOICE, 1000, 0),
                "choices.data": _QUERY,
                "isMultiSelect": boolean,
                "style": word("compact", "expanded", "filtered"),
                "value": TEXT,
                "placeholder": TEXT,
                "wrap": boolean,
            },
            _offers_something,
            _choices_differ,
            _values_have_no_comma,
            _value_is_offered,
            _query_is_filtered,
        ),
    }


def _range(of: Check) -> Mapping[str, Check]:
    return {"min": of, "max": of, "value": of}


def _asks_clearly(value: object, path: str) -> Iterator[Problem]:
    """A screen reader says the label; what must be filled in says why it is refused (input validation)."""
    if not isinstance(value, Mapping):
        return
    if not value.get("label"):
        yield Problem(f"{path}/label", "no_label", "an input needs a label")
    if (value.get("isRequired") is True or value.get("regex")) and not value.get("errorMessage"):
        yield Problem(f"{path}/errorMessage", "no_error_message", f"needed, see {VALIDATION}")


def _value_fits(value: object, path: str) -> Iterator[Problem]:
    start, most = _two(value, "value", "maxLength")
    if isinstance(start, str) and isinstance(most, int) and len(start) > most:
        yield Problem(f"{path}/value", "value_too_long", "longer than maxLength")


def _value_in_range(value: object, path: str) -> Iterator[Problem]:
    least, most = _two(value, "min", "max")
    start, _ = _two(value, "value", "")
    if _below(most, least):
        yield Problem(f"{path}/min", "min_above_max", "min must not be above max")
    elif _below(start, least) or _below(most, start):
        yield Problem(f"{path}/value", "value_out_of_range", "must be from min to max")


def _two(value: object, one: str, other: str) -> tuple[object, object]:
    return (value.get(one), value.get(other)) if isinstance(value, Mapping) else (None, None)


def _below(one: object, other: object) -> bool:
    """Numbers by size, dates and times by their text; what cannot be compared is not below."""
    if isinstance(one, str) and isinstance(other, str):
        return one < other
    return isinstance(one, int | float) and isinstance(other, int | float) and one < other


def _is_on_or_off(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping) and isinstance(value.get("value"), str):
        known = (value.get("valueOn", "true"), value.get("valueOff", "false"))
        if value["value"] not in known:
            yield Problem(f"{path}/value", "value_not_offered", "must be valueOn or valueOff")


def _offers_something(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping) and not value.get("choices") and "choices.data" not in value:
        yield Problem(f"{path}/choices", "no_choices", "needs at least one choice, or choices.data")


def _choices_differ(value: object, path: str) -> Iterator[Problem]:
    yield from unique("value", items(value, "choices"), f"{path}/choices")


def _values_have_no_comma(value: object, path: str) -> Iterator[Problem]:
    """What was chosen of many comes back as one text, parted by commas."""
    if not isinstance(value, Mapping) or value.get("isMultiSelect") is not True:
        return
    for index, each in enumerate(items(value, "choices")):
        if isinstance(each, Mapping) and "," in str(each.get("value")):
            yield Problem(f"{path}/choices/{index}/value", "comma_in_value", "commas part the values of many")


def _value_is_offered(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping) or "choices.data" in value or not isinstance(value.get("value"), str):
        return
    chosen = value["value"].split(",") if value.get("isMultiSelect") is True else [value["value"]]
    offered = {each.get("value") for each in items(value, "choices") if isinstance(each, Mapping)}
    if not set(filter(None, chosen)) <= offered:
        yield Problem(f"{path}/value", "value_not_offered", "must be among the choices")


def _query_is_filtered(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping) and "choices.data" in value and str(value.get("style")).lower() != "filtered":
        yield Problem(f"{path}/style", "not_filtered", "choices.data needs the style filtered")
