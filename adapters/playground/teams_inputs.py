"""What a person can touch on an Adaptive Card, and what an action sends of what they typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adapters.playground.teams_people import Json

Typed = Mapping[str, str]
BUTTONS = frozenset({"Action.Execute", "Action.Submit"})
_DYNAMIC = "choices.data"


@dataclass(frozen=True)
class Spot:
    """One action or one input of a card."""

    element: Json

    @property
    def kind(self) -> str:
        return str(self.element.get("type"))

    @property
    def id(self) -> str:
        return str(self.element.get("id") or "")

    @property
    def is_action(self) -> bool:
        return self.kind.startswith("Action.")

    @property
    def is_button(self) -> bool:
        return self.kind in BUTTONS

    @property
    def is_input(self) -> bool:
        return self.kind.startswith("Input.")

    @property
    def label(self) -> str:
        """The words on a button, or over an input."""
        return str(self.element.get("title" if self.is_button or self.kind == "Input.Toggle" else "label") or "")

    @property
    def data(self) -> Json:
        """What a button sends by itself."""
        data = self.element.get("data")
        return dict(data) if isinstance(data, Mapping) else {}

    @property
    def dataset(self) -> str | None:
        """What the app is asked for while one types; None for a field whose choices are all there."""
        query = self.element.get(_DYNAMIC)
        return str(query["dataset"]) if isinstance(query, Mapping) else None

    @property
    def chooses_several(self) -> bool:
        return bool(self.element.get("isMultiSelect"))


def is_shown(element: Json) -> bool:
    return element.get("isVisible") is not False


def parts_of(node: Json) -> Iterator[Json]:
    """What stands directly in a card, a container or a column, from top to bottom."""
    for key in ("selectAction", "body", "columns", "items", "inlineAction", "actions"):
        inside = node.get(key)
        yield from inside if isinstance(inside, list | tuple) else [inside] if inside else []


def spots(node: Json) -> Iterator[Spot]:
    """Every visible action and input within, from top to bottom."""
    for part in parts_of(node):
        if is_shown(part):
            if str(part.get("type")).startswith(("Action.", "Input.")):
                yield Spot(part)
            yield from spots(part)


def values_of(card: Json, typed: Typed) -> dict[str, str]:
    """What each visible input holds, by its id; one that holds nothing is left out, as a client leaves it out."""
    held = ((spot.id, held_by(spot, typed)) for spot in spots(card) if spot.is_input)
    return {name: value for name, value in held if value}


def held_by(spot: Spot, typed: Typed) -> str:
    """What is in an input: what was typed, else what the card put there."""
    if spot.id in typed:
        return typed[spot.id]
    if spot.kind == "Input.Toggle":
        return str(spot.element.get("value") or spot.element.get("valueOff") or "false")
    return str(spot.element.get("value") or "")


def sends(card: Json, action: Spot, typed: Typed) -> Json:
    """The action's data with the values of the inputs merged in, as a client merges them."""
    return action.data if _is_alone(action) else {**action.data, **values_of(card, typed)}


def complaints(card: Json, action: Spot, typed: Typed) -> dict[str, str]:
    """What the client has against the inputs before it sends an action, by input."""
    if _is_alone(action):
        return {}
    found = ((spot, _complaint(spot, held_by(spot, typed))) for spot in spots(card) if spot.is_input)
    return {spot.id: str(spot.element.get("errorMessage") or rule) for spot, rule in found if rule}


def _is_alone(action: Spot) -> bool:
    """Whether the action leaves the inputs out: nothing is checked and nothing merged then."""
    return str(action.element.get("associatedInputs", "auto")).casefold() == "none"


def _complaint(spot: Spot, value: str) -> str | None:
    if not value:
        return "required" if spot.element.get("isRequired") else None
    if len(value) > int(spot.element.get("maxLength") or len(value)):
        return "too_long"
    pattern = spot.element.get("regex")
    return "wrong_pattern" if pattern and not re.search(str(pattern), value) else None
