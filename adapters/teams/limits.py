"""Teams' limits, kept in this one place: no card larger than it takes leaves us, and what was cut says so."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

Json = dict[str, Any]

# A little below the 25 KB of a card, for what stands around it.
CARD_BYTES = 24_500
HEADING = 200
DIALOG_TITLE = 60
LABEL = 300
BUTTON = 75
PLACEHOLDER = 150
ROW_PART = 1000
# 3,000 characters, each of which may count twice.
PARAGRAPH = 6000
# A character takes three bytes at most for each half of a pair that JavaScript counts.
NOTICE = 8000
INPUT = 3000
URL = 2000
OPTION = 150
OPTION_VALUE = 150
OPTIONS = 100
# Teams hides the seventh, and on a phone it cuts off what goes over the edge: so many letters find room there, where
# what is around a label is as wide as five of them.
ACTIONS = 6
ACTIONS_WIDTH = 38
ACTION_EDGES = 5
_CUT = "…"
# Nothing to read would leave a hole.
_NOTHING = "–"
_UNSEEN = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")


def clipped(text: str, most: int) -> str:
    """At most ``most`` characters as JavaScript counts them, never half of one, never nothing."""
    whole = sendable(text)
    if not whole.strip():
        return _NOTHING
    return whole if width(whole) <= most else f"{beginning(whole, most - 1).rstrip()}{_CUT}"


def sendable(text: str) -> str:
    """The text without what JSON or a client cannot take: half characters and control characters."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_UNSEEN)


def beginning(text: str, most: int) -> str:
    """As many whole characters as fit."""
    taken = 0
    for place, character in enumerate(text):
        taken += width(character)
        if taken > most:
            return text[:place]
    return text


def width(text: str) -> int:
    """How long JavaScript thinks that it is."""
    return len(text) + sum(character > "\uffff" for character in text)


def size(part: object) -> int:
    """How many bytes it takes as JSON."""
    return len(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))


class Rank(IntEnum):
    """What goes last when there is no room, and what goes first."""

    always = 0
    button = 1
    block = 2
    row = 3


@dataclass(frozen=True)
class Group:
    """The elements that one part of a view is drawn with."""

    elements: tuple[Json, ...]
    rank: Rank = Rank.block

    @property
    def cost(self) -> int:
        """Its bytes, with the commas."""
        return sum(size(element) + 1 for element in self.elements)


@dataclass(frozen=True)
class Scale:
    """How much of each text, and how many choices, are shown."""

    text: int = PARAGRAPH
    options: int = OPTIONS


# What is never left out is shortened instead: only a form that holds more than a card can come to that.
SCALES = (Scale(), Scale(1500, 50), Scale(600, 25), Scale(200, 15), Scale(60, 10), Scale(20, 5))


@dataclass(frozen=True)
class Fitted:
    """The elements of a card, and whether nothing had to be left out or shortened."""

    elements: list[Json]
    is_whole: bool


def fitted(draw: Callable[[Scale], Iterable[Group]], room: int, *, more: Callable[[int], Json]) -> Fitted:
    """What ``draw`` gives as far as ``room`` bytes go, with a line wherever something is left out."""
    groups = list(draw(Scale()))
    if sum(group.cost for group in groups) <= room:
        return Fitted([element for group in groups for element in group.elements], is_whole=True)
    for scale in SCALES:
        groups = list(draw(scale))
        needed = [group for group in groups if group.rank is Rank.always]
        if sum(group.cost for group in needed) + _lines(len(needed) + 1, more) <= room:
            break
    return Fitted(list(_with_lines(groups, _kept(groups, room, more), more)), is_whole=False)


def _lines(count: int, more: Callable[[int], Json]) -> int:
    return count * (size(more(999)) + 1)


def _kept(groups: Sequence[Group], room: int, more: Callable[[int], Json]) -> set[int]:
    costs = [group.cost for group in groups]
    line = _lines(1, more)
    kept = {place for place, group in enumerate(groups) if group.rank is Rank.always}
    for rank in (Rank.button, Rank.block, Rank.row):
        for place in (place for place, group in enumerate(groups) if group.rank is rank):
            wanted = kept | {place}
            if sum(costs[each] for each in wanted) + line * _gaps(wanted, len(groups)) <= room:
                kept = wanted
            elif rank is Rank.row:
                break  # a list ends somewhere, it has no holes
    return kept


def _gaps(kept: set[int], count: int) -> int:
    """How many runs of places are not kept."""
    return sum(place not in kept and (place == 0 or place - 1 in kept) for place in range(count))


def _with_lines(groups: Sequence[Group], kept: set[int], more: Callable[[int], Json]) -> Iterator[Json]:
    left_out = 0
    for place, group in enumerate(groups):
        if place not in kept:
            left_out += 1
            continue
        if left_out:
            yield more(left_out)
            left_out = 0
        yield from group.elements
    if left_out:
        yield more(left_out)
