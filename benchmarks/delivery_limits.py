"""Platforms that take exactly what their limits say, and answer 429 to the rest."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.pace import Limits
from bot.ports import Later
from bot.views import Card

_ON_ITS_WAY = 0.05
"""Seconds, each way."""


@dataclass
class Limited:
    """A token bucket; ``limits`` is what we are told, ``share`` of that is what the platform really takes.

    ``accepted`` is when each message came, by its delivery; ``late`` is by how many seconds of its own work the
    workspace was behind at most, from ``began`` on, while it had ``given`` messages to take.
    """

    limits: Limits
    time: Callable[[], float]
    share: float = 1.0
    given: int = 0
    began: float = math.inf
    late: float = 0.0
    refused: int = 0
    accepted: dict[str, float] = field(default_factory=dict)
    twice: int = 0
    _tokens: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens = self._capacity
        self._at = self.time()

    @property
    def rate(self) -> float:
        """Messages a second that it takes."""
        return self.limits.per_second * self.share

    @property
    def _capacity(self) -> float:
        return max(1.0, self.limits.at_once * self.share)

    @property
    def least_seconds(self) -> float:
        """How long it takes at its limit to take all that it is given."""
        return max(0.0, (self.given - self._capacity) / self.rate)

    def looks(self) -> None:
        """Note how far it is behind what its limit allowed until now."""
        allowed = min(self.given, self._capacity + self.rate * (self.time() - self.began))
        self.late = max(self.late, (allowed - len(self.accepted)) / self.rate)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        del address, card
        await asyncio.sleep(_ON_ITS_WAY)
        wait = self._taken()
        if wait == 0.0:
            self.twice += delivery in self.accepted
            self.accepted[delivery] = self.time()
        await asyncio.sleep(_ON_ITS_WAY)
        if wait:
            raise Later("ratelimited", after=wait)
        return f"message {len(self.accepted)}"

    async def find(self, *_: object, **__: object) -> str | None:
        return None

    def _taken(self) -> float:
        """0 when there was a token; else after how many whole seconds to ask again."""
        now = self.time()
        self._tokens = min(self._capacity, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens >= 1 - 1e-6:
            self._tokens -= 1
            return 0.0
        self.refused += 1
        return float(max(1, math.ceil((1 - self._tokens) / self.rate)))
