"""What of a week's counts everybody may see (M3): bands of shares, and where there is none, why.

Pure: counts go in, figures come out. Nothing here looks at what people did except through the figure itself.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache


class Measure(StrEnum):
    """What is a share of what. Its windows are WINDOWS, but for ``met`` RECENTLY and for ``drifting`` DRIFTS_AFTER."""

    active = "active"
    """Conversations of the group with a deed in the window."""

    managers = "managers"
    """Managers of the group with at least one of those; only of everybody and of departments."""

    met = "met"
    """Reports with a held meeting in the window; only of everybody."""

    meaningful = "meaningful"
    """Conversations in which both said yes, of those in which both answered; only of everybody."""

    drifting = "drifting"
    """Conversations without a held meeting for so long; only of everybody and of departments."""


class Kept(StrEnum):
    """Why there is no figure; each has its sentence in prompts under ``insights.kept``."""

    few = "few"
    """The group, or what was counted in it, is too small for any band to hide one of it."""

    rest = "rest"
    """What would be left of the department, or of everybody, would be too few."""

    slack = "slack"
    """Beside what is shown of the whole and of its other parts, it could be worked out by subtraction."""


@dataclass(frozen=True)
class Band:
    """In percent: ``low <= share < high``. From 0 it is "under high %", up to 100 "low % or more"."""

    low: int
    high: int


Figure = Band | Kept
Place = tuple[Measure, int]
"""A measure and the days of its window."""


@dataclass(frozen=True)
class Counts:
    """``part`` of ``whole``."""

    whole: int
    part: int


@dataclass(frozen=True)
class Group:
    """What was counted of everybody, of a department, or of a team; EVERYBODY in place of an id that is not there.

    ``live`` is how many conversations stand in it at the end of the week, ``managers`` how many managers they have.
    """

    department: str
    manager: str
    live: int
    managers: int
    counts: Mapping[Place, Counts]


@dataclass(frozen=True)
class Shown:
    """What everybody may see of a group; ``together`` are the departments of which OTHERS is made."""

    conversations: int
    managers: int
    figures: Mapping[Place, Figure] = field(default_factory=dict)
    together: tuple[str, ...] = ()


def written(shown: Shown) -> str:
    """As it is stored; ``read`` is the way back."""
    figures = {_place_written(place): _figure_written(figure) for place, figure in shown.figures.items()}
    content = {"conversations": shown.conversations, "managers": shown.managers, "figures": figures}
    return json.dumps(content | ({"together": shown.together} if shown.together else {}), separators=(",", ":"))


def read(text: str) -> Shown:
    content = json.loads(text)
    figures = {_place_read(key): _figure_read(value) for key, value in content["figures"].items()}
    return Shown(content["conversations"], content["managers"], figures, tuple(content.get("together", ())))


def read_all(texts: Sequence[str], places: Collection[Place]) -> list[Shown]:
    """Many of them at once, with nothing but what is shown at these places."""
    keys = [(place, _place_written(place)) for place in places]
    return [
        Shown(
            content["conversations"],
            content["managers"],
            {place: _figure_read(figures[key]) for place, key in keys if key in figures},
            tuple(content.get("together", ())),
        )
        for content in json.loads(f"[{','.join(texts)}]")
        for figures in (content["figures"],)
    ]


def counts_written(group: Group) -> str:
    """The counts of a group as they are stored; ``counts_read`` is the way back."""
    counts = {_place_written(place): [each.whole, each.part] for place, each in group.counts.items()}
    content = {"live": group.live, "managers": group.managers, "counts": counts}
    return json.dumps(content, separators=(",", ":"))


def counts_read(department: str, manager: str, text: str) -> Group:
    content = json.loads(text)
    counts = {_place_read(key): Counts(*value) for key, value in content["counts"].items()}
    return Group(department, manager, content["live"], content["managers"], counts)


def _place_written(place: Place) -> str:
    measure, days = place
    return f"{measure}.{days}"


@cache  # there are few, and a report reads hundreds of groups
def _place_read(key: str) -> Place:
    measure, _, days = key.partition(".")
    return Measure(measure), int(days)


def _figure_written(figure: Figure) -> str | list[int]:
    return [figure.low, figure.high] if isinstance(figure, Band) else figure.value


def _figure_read(value: str | list[int]) -> Figure:
    return _KEPT[value] if isinstance(value, str) else _band(*value)


_KEPT = {kept.value: kept for kept in Kept}


@cache
def _band(low: int, high: int) -> Band:
    return Band(low, high)
