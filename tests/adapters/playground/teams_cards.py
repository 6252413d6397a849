"""Small good parts of what a bot sends to Teams, to be spoilt one fault at a time."""

from typing import Any

Json = dict[str, Any]
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
SEARCH = "application/vnd.microsoft.search.searchResponse"


def text_block(**more: Any) -> Json:
    return {"type": "TextBlock", "text": "Agenda", "wrap": True, **more}


def words(*runs: Json | str, **more: Any) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs or [run()]), **more}


def run(text: str = "Promotion case", **more: Any) -> Json:
    return {"type": "TextRun", "text": text, **more}


def container(*items: Json, **more: Any) -> Json:
    return {"type": "Container", "items": list(items or [text_block()]), **more}


def columns(*each: Json, **more: Any) -> Json:
    return {"type": "ColumnSet", "columns": list(each or [column()]), **more}


def column(*items: Json, **more: Any) -> Json:
    return {"type": "Column", "width": "stretch", "items": list(items or [text_block()]), **more}


def facts(**more: Any) -> Json:
    return {"type": "FactSet", "facts": [{"title": "Next", "value": "Tuesday"}], **more}


def line_chart(**more: Any) -> Json:
    values = [{"x": "9 Nov", "y": 6}, {"x": "23 Nov", "y": 7}]
    data = [{"legend": "You", "values": values}]
    return {"type": "Chart.Line", "title": "How are you?", "data": data, "fallback": words(), **more}


def bar_chart(**more: Any) -> Json:
    values = [{"x": "Sales", "y": 60}, {"x": "Support", "y": 40}]
    data = [{"legend": "at least", "values": values}]
    return {"type": "Chart.VerticalBar.Grouped", "title": "Active", "data": data, "fallback": words(), **more}


def image(**more: Any) -> Json:
    return {"type": "Image", "url": "https://example.com/a.png", "altText": "A picture", **more}


def action_set(*actions: Json, **more: Any) -> Json:
    return {"type": "ActionSet", "actions": list(actions or [execute()]), **more}


def typed(**more: Any) -> Json:
    return {"type": "Input.Text", "id": "in.text", "label": "Title", **more}


def counted(**more: Any) -> Json:
    return {"type": "Input.Number", "id": "in.number", "label": "How many", **more}


def dated(**more: Any) -> Json:
    return {"type": "Input.Date", "id": "in.date", "label": "When", "value": "2026-11-24", **more}


def timed(**more: Any) -> Json:
    return {"type": "Input.Time", "id": "in.time", "label": "At", "value": "14:00", **more}


def toggle(**more: Any) -> Json:
    return {"type": "Input.Toggle", "id": "in.toggle", "label": "Discreet", "title": "Say less", **more}


def choices(*values: str, **more: Any) -> Json:
    offered = [{"title": each.title(), "value": each} for each in values or ("mine", "shared")]
    return {"type": "Input.ChoiceSet", "id": "in.who", "label": "Who sees it", "choices": offered, **more}


def people(**more: Any) -> Json:
    query = {"type": "Data.Query", "dataset": "people"}
    return choices(**{"choices": [], "style": "filtered", "choices.data": query, **more})


def submit(**more: Any) -> Json:
    return {"type": "Action.Submit", "title": "Save", "data": {"do": "AddItem:1"}, **more}


def opens(**more: Any) -> Json:
    return submit(**{"data": {"msteams": {"type": "task/fetch"}, "do": "Open:1"}, **more})


def execute(**more: Any) -> Json:
    data = {"do": "CompleteItem:1", "at": None}
    return {
        "type": "Action.Execute",
        "title": "Done",
        "verb": "do",
        "data": data,
        "fallback": {"type": "Action.Submit", "title": "Done", "data": data},
        **more,
    }


def link(**more: Any) -> Json:
    return {"type": "Action.OpenUrl", "title": "Calendar", "url": "https://example.com/calendar", **more}


def refresh(**more: Any) -> Json:
    action = {"type": "Action.Execute", "verb": "refresh", "data": {"at": "Home"}}
    return {"action": action, "userIds": ["29:1ana"], **more}


def card(*body: Json, **more: Any) -> Json:
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": "Your agenda",
        "msteams": {"width": "Full"},
        "body": list(body or [text_block()]),
        **more,
    }


def attachment(content: Json) -> Json:
    return {"contentType": ADAPTIVE, "content": content}


def message(**more: Any) -> Json:
    return {"type": "message", "summary": "News from OneOnOne", "attachments": [attachment(card())], **more}


def replaced(**more: Any) -> Json:
    return {"statusCode": 200, "type": ADAPTIVE, "value": card(), **more}


def found(*results: Json, **more: Any) -> Json:
    return {"statusCode": 200, "type": SEARCH, "value": {"results": list(results)}, **more}


def result(value: str = "p1", **more: Any) -> Json:
    return {"title": "Ana Ruiz", "value": value, **more}
