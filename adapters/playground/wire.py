"""What went over the wire, kept in memory only, for the panel of those who build bots."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from adapters.playground.slack_people import Json


class Direction(StrEnum):
    TO_PLATFORM = "to_platform"
    TO_BOT = "to_bot"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; `status` is 0 when no answer came. The bodies never leave memory."""

    at: datetime
    direction: Direction
    method: str
    status: int
    seconds: float
    body: Json = field(repr=False)
    answer: Json = field(repr=False)


@dataclass
class Wire:
    exchanges: deque[Exchange] = field(default_factory=lambda: deque(maxlen=2000))

    def calls(self, method: str) -> tuple[Exchange, ...]:
        return tuple(each for each in self.exchanges if each.method == method)
