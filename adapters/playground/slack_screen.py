"""What a person reads on a surface, and where on it the thing is that they want to touch."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.playground.slack_inputs import Spot, spots
from adapters.playground.slack_people import Json


class NotOnScreen(LookupError):
    """What the person wanted to touch is not there."""


def shown_text(blocks: Sequence[Json]) -> str:
    """All words on blocks, a line for each piece, as people read them."""
    return "\n".join(_words(list(blocks)))


def _words(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        literal = node.get("type") != "mrkdwn"
        if node.get("type") == "data_visualization":
            yield from chart_words(node)
            return
        bare_link = node.get("type") == "link" and not node.get("text")
        for key, part in node.items():
            if (key in ("text", "initial_value") or (bare_link and key == "url")) and isinstance(part, str):
                yield part if literal else html.unescape(part)
            elif isinstance(part, Mapping | list | tuple):
                yield from _words(part)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _words(each)


def chart_words(block: Mapping[str, Any]) -> Iterator[str]:
    """What a drawing says: its title, and each line with its points."""
    yield str(block["title"])
    for line in block["chart"].get("series", ()):
        yield f"{line['name']} " + ", ".join(f"{point['label']} {point['value']}" for point in line["data"])


def button_labels(blocks: Sequence[Json]) -> list[str]:
    return [label(spot) for spot in spots(blocks) if spot.kind == "button"]


def label(spot: Spot) -> str:
    """The words on a button, or over an input."""
    named = spot.element if spot.kind == "button" else spot.block
    words = named.get("text") if spot.kind == "button" else named.get("label")
    return str(words["text"]) if isinstance(words, Mapping) else ""


def at_or_after(blocks: Sequence[Json], near: str | None) -> list[Json]:
    """The blocks from the first one that shows the words."""
    if near is None:
        return list(blocks)
    hits = (index for index, block in enumerate(blocks) if near in shown_text([block]))
    start = next(hits, None)
    return [] if start is None else list(blocks[start:])


def find_spot(
    blocks: Sequence[Json],
    *,
    text: str | None = None,
    near: str | None = None,
    action_id: str | None = None,
    block_id: str | None = None,
) -> Spot | None:
    """The first element that fits everything asked for; `text` is a button's words or one of a menu's options."""
    for spot in spots(at_or_after(blocks, near)):
        fits_ids = action_id in (None, spot.key[1]) and block_id in (None, spot.key[0])
        if fits_ids and (text is None or offers(spot, text)):
            return spot
    return None


def find_field(blocks: Sequence[Json], name: str) -> Spot | None:
    """The input with this block id, action id or label (whole, else in part)."""
    every = list(spots(blocks))
    exact = (spot for spot in every if name in (*spot.key, label(spot)))
    part = (spot for spot in every if spot.is_input and name in label(spot))
    return next(exact, None) or next(part, None)


def offers(spot: Spot, text: str) -> bool:
    if spot.kind == "button":
        return label(spot) == text
    return not spot.is_input and any(each["text"]["text"] == text for each in options_of(spot.element))


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(each for group in groups for each in group["options"])]


def option_named(options: Sequence[Json], name: str) -> Json | None:
    """The option with this text or value; else the only one whose text contains it."""
    exact = [each for each in options if name in (each["text"]["text"], each["value"])]
    part = [each for each in options if name in each["text"]["text"]]
    return exact[0] if exact else part[0] if len(part) == 1 else None
