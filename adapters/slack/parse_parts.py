"""Small readers of what came over the wire."""

from adapters.slack.inputs import Json


class Malformed(ValueError):
    """The body is not what Slack sends; names the part, never its value."""


def part(body: Json, name: str) -> Json:
    """The object under a name; raises Malformed."""
    return as_object(body.get(name), name)


def as_object(value: object, name: str = "") -> Json:
    """The value as an object; raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(name)
    return value


def first(body: Json, name: str) -> object:
    """The first of a list; raises Malformed where there is none."""
    values = body.get(name)
    if not isinstance(values, list) or not values:
        raise Malformed(name)
    return values[0]


def text_at(body: Json, name: str) -> str:
    """The text under a name; raises Malformed where there is none."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(name)
    return value


def optional_text(body: Json, name: str) -> str | None:
    """The text under a name, if there is one."""
    value = body.get(name)
    return value if isinstance(value, str) and value else None
