"""From what a person types or chooses to the value that a card's input sends."""

from collections.abc import Sequence
from datetime import date, time

from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_inputs import Spot
from adapters.playground.teams_people import Json
from adapters.playground.teams_screen import choice_named

Value = str | date | time | int | Sequence[str] | None


def typed_value(spot: Spot, value: Value, offered: Sequence[Json]) -> str:
    """The input's value once this is in it, "" for nothing; raises NotOnScreen for what is not offered."""
    match spot.kind:
        case "Input.ChoiceSet":
            return ",".join(_chosen(offered, each) for each in _several(value))
        case "Input.Toggle":
            key, standard = ("valueOn", "true") if value else ("valueOff", "false")
            return str(spot.element.get(key) or standard)
        case _:
            return _written(value)


def _written(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)


def _several(value: Value) -> Sequence[str]:
    if value is None or value == "":
        return ()
    return (str(value),) if not isinstance(value, list | tuple) else value


def _chosen(offered: Sequence[Json], name: str) -> str:
    choice = choice_named(offered, name)
    if choice is None:
        raise NotOnScreen("no such choice is offered")
    return str(choice["value"])
