"""Which conversations a topic is for: conditions on what is known of people, a channel, or somebody's own team (I2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model.ids import PersonId, PlaceId

MOST_CONDITIONS = 6
MOST_VALUES = 50


class Side(StrEnum):
    """Of whom all conditions must hold."""

    report = "report"
    manager = "manager"
    either = "either"


@dataclass(frozen=True)
class Condition:
    """That an attribute has one of these values; name and values are compared in any case."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Audience:
    """Manager conversations; all that is said of them must hold, and at least one thing is said.

    ``conditions`` and ``place``, whose members are meant, are about the ``side``. ``team_of`` is the manager of all.
    """

    side: Side = Side.report
    conditions: tuple[Condition, ...] = ()
    place: PlaceId | None = None
    team_of: PersonId | None = None

    @property
    def is_anybody(self) -> bool:
        """Whether nothing is said of whom it is for."""
        return not self.conditions and self.place is None and self.team_of is None

    def written(self) -> str:
        """As it is stored."""
        conditions = [[condition.name, list(condition.values)] for condition in self.conditions]
        return json.dumps([self.side.value, conditions, self.place, self.team_of], ensure_ascii=False)


def read_audience(written: str) -> Audience:
    """The audience that ``written`` stands for."""
    side, conditions, place, team_of = json.loads(written)
    return Audience(
        side=Side(side),
        conditions=tuple(Condition(name, tuple(values)) for name, values in conditions),
        place=None if place is None else PlaceId(place),
        team_of=None if team_of is None else PersonId(team_of),
    )


def values_said(conditions: Sequence[Condition]) -> str:
    """The values alone, as in ``Germany; Sales, Support``."""
    return "; ".join(", ".join(condition.values) for condition in conditions)
