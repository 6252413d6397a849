"""Small readers of what came over the wire."""

from collections.abc import Iterator

from adapters.teams.inputs import Json

_ID_LENGTH = 1000


class Malformed(ValueError):
    """The body is not what Teams sends; names the part, never its value."""


def part(body: Json, name: str) -> Json:
    """The object under a name; raises Malformed."""
    return as_object(body.get(name), name)


def optional_part(body: Json, name: str) -> Json:
    """The object under a name, an empty one where there is none; raises Malformed."""
    value = body.get(name)
    return {} if value is None else as_object(value, name)


def as_object(value: object, name: str = "") -> Json:
    """The value as an object; raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(name)
    return value


def objects(body: Json, name: str) -> Iterator[Json]:
    """The objects in the list under a name, if there is one; raises Malformed."""
    values = body.get(name)
    if values is None:
        return
    if not isinstance(values, list):
        raise Malformed(name)
    for value in values:
        yield as_object(value, name)


def id_at(body: Json, name: str) -> str:
    """The id under a name; raises Malformed where there is none, or nothing that could be one."""
    value = optional_id(body, name)
    if not value:
        raise Malformed(name)
    return value


def optional_id(body: Json, name: str) -> str:
    """The id under a name, or nothing; raises Malformed for what could be none."""
    value = text_at(body, name)
    if len(value) > _ID_LENGTH or (value and not value.isprintable()):
        raise Malformed(name)
    return value


def text_at(body: Json, name: str) -> str:
    """The text under a name, or nothing; raises Malformed for what is no text."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(name)
    return value


def flag_at(body: Json, name: str) -> bool:
    """Whether it is so; raises Malformed for what is neither yes nor no."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise Malformed(name)
    return value
