"""A modal or a Home tab as Slack keeps it for one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from adapters.playground.slack_inputs import Typed, kept, state_values
from adapters.playground.slack_people import Json


@dataclass(frozen=True)
class View:
    """`typed` is what the person has entered so far; `errors` are shown under the blocks they name."""

    id: str
    person: str
    payload: Json = field(repr=False)
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: Typed = field(default_factory=dict, repr=False)
    errors: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def blocks(self) -> tuple[Json, ...]:
        return tuple(self.payload["blocks"])

    @property
    def title(self) -> str:
        return str(self.payload.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def external_id(self) -> str:
        return str(self.payload.get("external_id") or "")

    @property
    def is_home(self) -> bool:
        return bool(self.payload["type"] == "home")

    def shows(self, payload: Json, new_hash: str) -> "View":
        """The same view with other contents; what was typed stays where ids stay the same."""
        typed = kept(self.typed, payload["blocks"])
        return replace(self, payload=payload, hash=new_hash, typed=typed, errors={})


def named(payload: Json, new_id: Callable[[], str]) -> Json:
    """The payload with the ids that Slack gives to blocks and elements without one."""
    return {**payload, "blocks": list(with_ids(payload["blocks"], new_id))}


def with_ids(blocks: Sequence[Json], new_id: Callable[[], str]) -> tuple[Json, ...]:
    return tuple(_named_block(block, new_id) for block in blocks)


def _named_block(block: Json, new_id: Callable[[], str]) -> Json:
    known = {"block_id": new_id(), **block}
    for key in ("accessory", "element"):
        if key in block:
            known[key] = _named_element(block[key], new_id)
    if block["type"] == "actions":
        known["elements"] = [_named_element(each, new_id) for each in block["elements"]]
    return known


def _named_element(element: Json, new_id: Callable[[], str]) -> Json:
    return element if element["type"] == "image" else {"action_id": new_id(), **element}


def view_json(view: View, *, team_id: str, app_id: str, bot_id: str) -> Json:
    """The view object as Slack puts it into answers and payloads."""
    payload = view.payload
    return {
        "id": view.id,
        "team_id": team_id,
        "type": payload["type"],
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": view.callback_id,
        "external_id": view.external_id,
        "state": {"values": state_values(view.blocks, view.typed)},
        "hash": view.hash,
        "title": payload.get("title"),
        "close": payload.get("close"),
        "submit": payload.get("submit"),
        "clear_on_close": payload.get("clear_on_close", False),
        "notify_on_close": payload.get("notify_on_close", False),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app_id,
        "bot_id": bot_id,
        "app_installed_team_id": team_id,
    }
