"""Small good parts of Slack payloads, to be spoilt one fault at a time."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "x", **more: Any) -> Json:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "x", **more: Any) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Open"), "action_id": "open", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def option(name: str = "a", **more: Any) -> Json:
    return {"text": plain(name), "value": name, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": [option()], **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "value", **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": "field", "label": plain("Label"), "element": element, **more}


def words(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def said(*spans: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(spans)}


def span(text: str = "x", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def chart(**more: Any) -> Json:
    drawn = {"type": "line", "series": [line()], "axis_config": axis()}
    return {"type": "data_visualization", "title": "How are you?", "chart": drawn, **more}


def line(name: str = "You", *labels: str) -> Json:
    return {"name": name, "data": [{"label": label, "value": 7} for label in labels or ("9 Nov", "23 Nov")]}


def axis(*categories: str, **more: Any) -> Json:
    return {"categories": list(categories or ("9 Nov", "23 Nov")), **more}


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "You have a message.", "blocks": list(blocks), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def without(payload: Json, key: str) -> Json:
    return {name: part for name, part in payload.items() if name != key}


def options(many: int) -> list[Json]:
    return [option(str(number)) for number in range(many)]


CONFIRM = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Yes"), "deny": plain("No")}
