"""From what a person types or chooses to the state that Slack reports; and what Slack's client checks first."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from adapters.playground.slack_inputs import Spot, is_empty, spots, state_of, value_key
from adapters.playground.slack_people import Json
from adapters.playground.slack_screen import NotOnScreen, option_named
from adapters.playground.slack_view import View

Value = str | date | time | int | Sequence[str] | None
LONGEST = 3000


def typed_state(spot: Spot, value: Value, options: Sequence[Json]) -> Json:
    """The state of an element once the value is in it; raises NotOnScreen for an option that is not offered."""
    key = value_key(spot.kind)
    if key is None:
        raise NotOnScreen("nothing can be typed or chosen there")
    return {"type": spot.kind, key: _content(key, value, options)}


def _content(key: str, value: Value, options: Sequence[Json]) -> object:
    if key == "selected_options":
        return [_chosen(options, each) for each in _several(value)]
    if value is None or value == "":
        return None
    if key == "selected_option":
        return _chosen(options, str(value))
    if key.endswith("s"):
        return list(_several(value))
    return _written(value)


def _written(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value


def _several(value: Value) -> Sequence[str]:
    if value is None:
        return ()
    return (value,) if not isinstance(value, list | tuple) else value


def _chosen(options: Sequence[Json], name: str) -> Json:
    option = option_named(options, name)
    if option is None:
        raise NotOnScreen("no such option is offered")
    return option


def client_errors(view: View) -> dict[str, str]:
    """What Slack's own client complains about before it sends a form, by block."""
    found = ((spot, _complaint(spot, view)) for spot in spots(view.blocks) if spot.is_input)
    return {spot.key[0]: complaint for spot, complaint in found if complaint}


def _complaint(spot: Spot, view: View) -> str | None:
    state = state_of(spot, view.typed)
    if is_empty(state):
        return None if spot.block.get("optional") else "required"
    return next(_lengths(spot.element, state), None)


def _lengths(element: Json, state: Json) -> Iterator[str]:
    text = state.get("value")
    if not isinstance(text, str) or element["type"] != "plain_text_input":
        return
    if len(text) > element.get("max_length", LONGEST):
        yield "too_long"
    if len(text) < element.get("min_length", 0):
        yield "too_short"
