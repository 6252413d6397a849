"""How the stand-in platforms fail while it storms: each way about as often as the others, and how often it was."""

import random
from dataclasses import dataclass, field

from adapters.playground.faults import Fault, FaultKind, Faults
from tests.proofs.replica import LEASE

SENDS = frozenset({"chat.postMessage", "send"})
"""What both platforms call the sending of a message."""

STORM = (
    FaultKind.ACCEPT_THEN_DROP,
    FaultKind.DROP,
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER_ERROR,
    FaultKind.HTML_502,
    FaultKind.SLOW,
)
AMBIGUOUS = frozenset(STORM) - {FaultKind.RATE_LIMITED}
_BETWEEN = 8
"""How many sends go well between as many faults as there are kinds."""

_SLOW = LEASE.total_seconds() / 2
"""Longer than a replica waits for an answer."""


@dataclass
class Weather(Faults):
    """Draws from a pack of cards, so that each way to fail comes about equally often."""

    chance: random.Random = field(default_factory=random.Random)
    is_stormy: bool = False
    slow: float = _SLOW
    _pack: list[FaultKind | None] = field(default_factory=list)

    def next_for(self, method: str) -> Fault | None:
        if not self.is_stormy:
            return super().next_for(method)
        if method not in SENDS:
            return None
        kind = self._drawn()
        if kind is None:
            return None
        self.fired[method, kind] += 1
        return Fault(method, kind, left=0, retry_after=1, delay=self.slow)

    def _drawn(self) -> FaultKind | None:
        if not self._pack:
            self._pack = [*STORM, *[None] * _BETWEEN]
            self.chance.shuffle(self._pack)
        return self._pack.pop()
