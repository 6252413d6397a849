"""What a person has chosen or typed into the elements of a view or a message, as Slack reports it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.playground.slack_people import Json

Typed = Mapping[tuple[str, str], Json]

# Element type: the key of its value in `state.values`, and the key of its initial value.
_STATE_KEYS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels")


@dataclass(frozen=True)
class Spot:
    """One element in one block of a surface."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        return str(self.block["block_id"]), str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def reports_at_once(self) -> bool:
        """Whether touching it sends block_actions: always outside input blocks, inside only on request."""
        return not self.is_input or bool(self.block.get("dispatch_action"))


def spots(blocks: Sequence[Json]) -> Iterator[Spot]:
    """Every element that a person can touch, from top to bottom."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element")]
        more = block["elements"] if block["type"] == "actions" else []
        yield from (Spot(block, each) for each in (*inside, *more) if each and each["type"] != "image")


def value_key(kind: str) -> str | None:
    """The key under which a kind of element reports its value; None for one that keeps none."""
    keys = _STATE_KEYS.get(kind)
    return keys[0] if keys else None


def start(element: Json) -> Json:
    """The state of an element that nobody touched."""
    key, initial = _STATE_KEYS[element["type"]]
    untouched: list[Json] | None = [] if key in _LISTS else None
    return {"type": element["type"], key: element.get(initial) or untouched}


def state_of(spot: Spot, typed: Typed) -> Json:
    return typed.get(spot.key) or start(spot.element)


def state_values(blocks: Sequence[Json], typed: Typed) -> Json:
    """`state.values` of a surface: by block, then by action."""
    values: Json = {}
    for spot in spots(blocks):
        if value_key(spot.kind):
            block_id, action_id = spot.key
            values.setdefault(block_id, {})[action_id] = state_of(spot, typed)
    return values


def kept(typed: Typed, blocks: Sequence[Json]) -> dict[tuple[str, str], Json]:
    """What stays typed when the blocks are replaced: where block id, action id and kind stay the same."""
    kinds = {spot.key: spot.kind for spot in spots(blocks)}
    return {key: value for key, value in typed.items() if kinds.get(key) == value["type"]}


def is_empty(state: Json) -> bool:
    key = value_key(state["type"])
    return not (key and state.get(key))
