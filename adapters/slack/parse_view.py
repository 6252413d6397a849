"""A modal or Home that Slack sent back: what it remembers, and what its fields hold."""

import json
from collections.abc import Iterator
from hashlib import sha256

from adapters.slack.inputs import Json, Window
from adapters.slack.parse_parts import Malformed, as_object, optional_text, text_at
from adapters.slack.place import frame_of
from bot.entered import Entered, Value

FIELD = "field"
_KEPT = ("type", "title", "submit", "close", "blocks", "private_metadata", "callback_id")


def field_block_id(name: str, salt: str) -> str:
    """The block_id of a field; another salt makes Slack forget what was typed into it."""
    return f"{FIELD}.{name}.{salt}"


def field_name(block_id: str) -> str | None:
    """The name of the field whose block_id this is."""
    beginning, _, rest = block_id.partition(".")
    name, _, _ = rest.rpartition(".")
    return name if beginning == FIELD and name else None


def window(view: Json) -> Window:
    """The view; raises Malformed."""
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        raise Malformed("blocks")
    return Window(
        id=text_at(view, "id"),
        is_home=view.get("type") == "home",
        frame=frame_of(str(view.get("private_metadata") or "")),
        shell={key: view[key] for key in _KEPT if view.get(key)},
        previous=optional_text(view, "previous_view_id"),
        root=optional_text(view, "root_view_id"),
        fields=dict(_field_ids(blocks)),
    )


def _field_ids(blocks: list[object]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        block_id = optional_text(as_object(block, "blocks"), "block_id") or ""
        name = field_name(block_id)
        if name is not None:
            yield name, block_id


def entered(state: object) -> Entered:
    """What the fields hold; raises Malformed."""
    values = as_object(as_object(state, "state").get("values", {}), "values") if state else {}
    found: dict[str, Value] = {}
    for block_id, elements in values.items():
        name = field_name(str(block_id))
        for element in as_object(elements, "values").values():
            value = _value(as_object(element, "values"))
            if name is not None and value is not None:
                found[name] = value
    return Entered(found)


def _value(element: Json) -> Value | None:
    """What one element holds; None where nothing is chosen."""
    if "selected_options" in element:
        options = element["selected_options"] or []
        if not isinstance(options, list):
            raise Malformed("selected_options")
        return tuple(text_at(as_object(option), "value") for option in options)
    if "selected_option" in element:
        chosen = element["selected_option"]
        return text_at(as_object(chosen), "value") if chosen else None
    return str(element.get("value") or "")


def digest(values: Entered) -> str:
    """The same for the same values only, so that a corrected form is another input and a doubled one is not."""
    text = json.dumps(sorted(values.values.items()), ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:16]
