"""What the fields of a card or dialog hold: Teams puts it into the data of the button that was pressed."""

import json
from collections.abc import Iterator
from hashlib import sha256

from adapters.teams.inputs import Json
from adapters.teams.parse_parts import Malformed
from bot.entered import Entered, Value

FIELD = "in."
TICKS = "ticks."


def entered(data: Json) -> Entered:
    """The values by the names of their fields; raises Malformed."""
    return Entered(dict(_values(data)))


def _values(data: Json) -> Iterator[tuple[str, Value]]:
    for name, value in data.items():
        if name.startswith(TICKS):
            yield name.removeprefix(TICKS), tuple(tick for tick in _text(value).split(",") if tick)
        elif name.startswith(FIELD):
            yield name.removeprefix(FIELD), _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed("values")
    return value


def digest(values: Entered) -> str:
    """The same for the same values only, so that a corrected form is another input and a doubled one is not."""
    text = json.dumps(sorted(values.values.items()), ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:16]
