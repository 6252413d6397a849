"""The JSON schema of Adaptive Cards 1.5, and what Teams knows besides it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.oracles.installed import SCHEMA_FILE, folder

Json = dict[str, Any]
# https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
_QUERY: Json = {
    "type": "object",
    "properties": {
        "type": {"enum": ["Data.Query"]},
        "dataset": {"type": "string"},
        "value": {"type": "string"},
        "count": {"type": "number"},
        "skip": {"type": "number"},
        "associatedInputs": {"enum": ["auto", "none"]},
    },
    "required": ["type", "dataset"],
    "additionalProperties": False,
}
# https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
_MSTEAMS: Json = {
    "type": "object",
    "properties": {"width": {"enum": ["Full"]}, "entities": {"type": "array", "items": {"type": "object"}}},
    "additionalProperties": False,
}
_RTL: Json = {"type": "boolean"}  # the schema misspells it as "rtl?"
_PROPERTIES: Mapping[str, Json] = {
    "AdaptiveCard": {"msteams": _MSTEAMS},
    "Container": {"rtl": _RTL},
    "Input.ChoiceSet": {"choices.data": _QUERY},
}
_FILTERED: Json = {"enum": ["filtered"]}
# Elements of Teams' own, by name: each is held to its schema, and the library to what stands in for it.
_POINT: Json = {
    "type": "object",
    "properties": {"x": {"type": ["number", "string"]}, "y": {"type": "number"}},
    "required": ["x", "y"],
    "additionalProperties": False,
}
_LINE: Json = {
    "type": "object",
    "properties": {
        "legend": {"type": "string"},
        "values": {"type": "array", "items": _POINT, "minItems": 1},
        "color": {"type": "string"},
    },
    "required": ["legend", "values"],
    "additionalProperties": False,
}
_BAR: Json = {**_POINT, "properties": {"x": {"type": "string"}, "y": {"type": "number"}}}
_BARS: Json = {
    **_LINE,
    "properties": {**_LINE["properties"], "values": {"type": "array", "items": _BAR, "minItems": 1}},
}
# https://adaptivecards.microsoft.com/?topic=Chart.Line; a fallback is our own rule: not every client draws.
_CHART: Json = {
    "type": "object",
    "allOf": [{"$ref": "#/definitions/Extendable.Element"}],
    "properties": {
        "type": {"enum": ["Chart.Line"]},
        "title": {"type": "string"},
        "showTitle": {"type": "boolean"},
        "showLegend": {"type": "boolean"},
        "xAxisTitle": {"type": "string"},
        "yAxisTitle": {"type": "string"},
        "yMin": {"type": "number"},
        "yMax": {"type": "number"},
        "color": {"type": "string"},
        "colorSet": {
            "enum": ["categorical", "sequential", "sequentialred", "sequentialgreen", "sequentialyellow", "diverging"]
        },
        "maxWidth": {"type": "string"},
        "horizontalAlignment": {"$ref": "#/definitions/HorizontalAlignment"},
        "data": {"type": "array", "items": _LINE, "minItems": 1},
        "fallback": {},
        "height": {},
        "separator": {},
        "spacing": {},
        "id": {},
        "isVisible": {},
        "requires": {},
    },
    "required": ["type", "data", "fallback"],
    "additionalProperties": False,
}
# https://adaptivecards.microsoft.com/?topic=Chart.VerticalBar.Grouped
_BAR_CHART: Json = {
    **_CHART,
    "properties": {
        **_CHART["properties"],
        "type": {"enum": ["Chart.VerticalBar.Grouped"]},
        "data": {"type": "array", "items": _BARS, "minItems": 1},
        "stacked": {"type": "boolean"},
        "showBarValues": {"type": "boolean"},
    },
}
ELEMENTS: Mapping[str, Json] = {"Chart.Line": _CHART, "Chart.VerticalBar.Grouped": _BAR_CHART}


@cache
def schema() -> Json:
    """The published schema, with what Teams added; without its `id`, which newer validators read differently."""
    published: Json = json.loads((folder() / SCHEMA_FILE).read_text("utf-8"))
    del published["id"]
    definitions = published["definitions"]
    for name, properties in _PROPERTIES.items():
        definitions[name]["properties"] |= properties
    definitions["ChoiceInputStyle"]["anyOf"].append(_FILTERED)
    for name, element in ELEMENTS.items():
        _add_element(definitions, name, element)
    return published


def _add_element(definitions: Json, name: str, element: Json) -> None:
    definitions[name] = element
    known = {"required": ["type"], "allOf": [{"$ref": f"#/definitions/{name}"}]}
    for group in ("Element", "ToggleableItem", "Item"):
        definitions[f"ImplementationsOf.{group}"]["anyOf"].append(known)


def in_plain_1_5(card: Json) -> Json:
    """The card as a client shows it that knows 1.5 alone: no search, and stand-ins for Teams' own elements."""
    # The library keeps a position in its pattern for languages, so that it refuses every second good one.
    plain: Json = _plain({key: part for key, part in card.items() if key != "lang"})
    return plain


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    if str(part.get("type")) in ELEMENTS and "fallback" in part:
        return _plain(part["fallback"])
    if "choices.data" in part:
        part = _without_search(part)
    return {key: inner if key == "data" else _plain(inner) for key, inner in part.items()}


def _without_search(part: Json) -> Json:
    left = {key: inner for key, inner in part.items() if key != "choices.data"}
    return {**left, "choices": left.get("choices") or [{"title": "Found", "value": "found"}]}
