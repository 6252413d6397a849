"""How quickly a workspace is written to: within its platform's limits, and slower for a while when it says so."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

_BACK_OFF = 0.8
"""What is left of the pace after a platform has said that it is too much."""

_FLOOR = 0.02
"""The part of the full pace below which we never go, so that it is noticed when things are well again."""

_RECOVERY = 0.002
"""The part of the full pace that comes back in each undisturbed second."""


@dataclass(frozen=True)
class Limits:
    """Sends a second, how many of them may come at once, and seconds between two to one recipient.

    ``looks`` is how many messages may be looked for in a second, and ``looks_at_once`` how many of them at once.
    """

    per_second: float
    at_once: float = 1.0
    apart: float = 0.0
    looks: float = math.inf
    looks_at_once: float = math.inf


UNLIMITED = Limits(math.inf, math.inf)


@dataclass
class Pace:
    """A token bucket whose rate falls when the platform refuses, and rises again by and by (AIMD).

    ``steady`` counts seconds and never jumps.
    """

    limits: Limits
    steady: Callable[[], float]
    rate: float = field(init=False)
    _tokens: float = field(init=False)
    _at: float = field(init=False)
    _resumes_at: float = -math.inf
    _lately: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rate = self.limits.per_second
        self._tokens = self.limits.at_once
        self._at = self.steady()

    def allowance(self) -> float:
        """How many may be sent now; infinite where there is no limit."""
        if math.isinf(self.limits.per_second) and self.steady() >= self._resumes_at:
            return math.inf
        self._refill()
        return 0 if self._at < self._resumes_at else math.floor(self._tokens + 1e-9)

    def take(self, recipient: str) -> bool:
        """Whether one may be sent to this recipient now, which then counts as sent."""
        if self.allowance() < 1 or not self._is_apart(recipient):
            return False
        self._tokens -= 1
        return True

    def refused(self, after: float) -> None:
        """The platform said that it is too much, and when it listens again."""
        now = self.steady()
        if now >= self._resumes_at:  # those that were under way are refused with it, and say nothing new
            self._refill()
            self.rate = max(self.rate * _BACK_OFF, self.limits.per_second * _FLOOR)
        self._tokens = min(self._tokens, 0.0)
        self._resumes_at = max(self._resumes_at, now + after)

    def _refill(self) -> None:
        now = self.steady()
        passed = max(0.0, now - max(self._at, min(self._resumes_at, now)))
        self._at = now
        if math.isinf(self.limits.per_second):
            return
        self.rate = min(self.limits.per_second, self.rate + passed * _RECOVERY * self.limits.per_second)
        self._tokens = min(self.limits.at_once, self._tokens + passed * self.rate)

    def _is_apart(self, recipient: str) -> bool:
        """Whether the last one to this recipient is long enough ago; if so, this is now the last."""
        if not self.limits.apart:
            return True
        now = self.steady()
        if now < self._lately.get(recipient, -math.inf):
            return False
        if len(self._lately) > 1000:
            self._lately = {other: until for other, until in self._lately.items() if until > now}
        self._lately[recipient] = now + self.limits.apart
        return True
