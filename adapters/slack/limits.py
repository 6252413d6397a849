"""Slack's limits, kept in this one place: nothing longer leaves us, and what was cut says so."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from adapters.slack.inputs import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# A little below what was measured: 13,200 characters of a message, 250 KB of a view.
MESSAGE_CHARACTERS = 13_000
VIEW_BYTES = 240_000
HEADER = 150
TITLE = 24
LABEL = 2000
BUTTON = 75
OPTION = 75
OPTION_VALUE = 150
PLACEHOLDER = 150
CONTEXT = 2000
PARAGRAPH = 3000
ROW_PART = 1000
# Half a paragraph, since a character may count twice.
NOTICE_PART = 1500
NOTICE = 12_000
INPUT = 3000
ERROR = 300
# A page of docs.slack.dev says 6 lines; others have seen 12.
CHART_LINES = 6
CHART_LABELS = 20
CHART_LABEL = 20
CHART_TITLE = 50
RADIO_OPTIONS = 10
SELECT_OPTIONS = 100
BUTTONS_SIDE_BY_SIDE = 25
_CUT = "…"
# Slack refuses an empty text where it wants one.
_NOTHING = "–"


def clipped(text: str, most: int) -> str:
    """At most ``most`` characters as JavaScript counts them, never half of one, never nothing."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\x00", "")
    if not whole.strip():
        return _NOTHING
    if _width(whole) <= most:
        return whole
    kept, width = [], 1
    for character in whole:
        width += _width(character)
        if width > most:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _CUT


def plain(text: str, most: int) -> Json:
    """A text object in which nothing is markup."""
    return {"type": "plain_text", "text": clipped(text, most), "emoji": False}


@dataclass(frozen=True)
class Group:
    """The blocks that one part of a view is drawn with; those to keep are never left out."""

    blocks: tuple[Json, ...]
    keep: bool = False


@dataclass(frozen=True)
class Room:
    """How much one surface holds."""

    blocks: int
    size: int
    measure: Callable[[Sequence[Json]], int]

    def cost(self, group: Group) -> "Cost":
        """How much of it a group takes."""
        return Cost(len(group.blocks), self.measure(group.blocks))

    def holds(self, costs: Iterable["Cost"]) -> bool:
        """Whether all these find room together."""
        each = list(costs)
        return sum(cost.blocks for cost in each) <= self.blocks and sum(cost.size for cost in each) <= self.size


@dataclass(frozen=True)
class Cost:
    blocks: int
    size: int


def fitted(groups: Sequence[Group], room: Room, *, more: Callable[[int], Json]) -> list[Json]:
    """The groups from the top as far as there is room, and a line in place of the rest."""
    kept = _kept(groups, room, Group((more(len(groups)),)))
    # Slack wants at least one block.
    return list(_with_line(groups, kept, more)) or [{"type": "divider"}]


def _kept(groups: Sequence[Group], room: Room, line: Group) -> set[int]:
    costs, line_cost = [room.cost(group) for group in groups], room.cost(line)
    if room.holds(costs):
        return set(range(len(groups)))
    kept = {place for place, group in enumerate(groups) if group.keep}
    if not room.holds([line_cost, *(costs[place] for place in kept)]):
        kept = set()
    for place in range(len(groups)):
        if not room.holds([line_cost, *(costs[each] for each in kept | {place})]):
            break
        kept.add(place)
    return kept


def _with_line(groups: Sequence[Group], kept: set[int], more: Callable[[int], Json]) -> Iterator[Json]:
    left_out = [place for place in range(len(groups)) if place not in kept]
    for place, group in enumerate(groups):
        if place in left_out[:1]:
            yield more(len(left_out))
        if place in kept:
            yield from group.blocks


def characters(blocks: Sequence[Json]) -> int:
    """How many characters of text the blocks show."""
    return sum(_width(text) for text in _texts(list(blocks)))


def size_in_bytes(blocks: Sequence[Json]) -> int:
    """How long the blocks are on the wire."""
    return len(json.dumps(list(blocks)))


MESSAGE = Room(MESSAGE_BLOCKS, MESSAGE_CHARACTERS, characters)
VIEW = Room(VIEW_BLOCKS, VIEW_BYTES, size_in_bytes)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _texts(value)


def _width(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
