"""How often a bot may write: per conversation and in the whole tenant, by Microsoft's published limits."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: so many sends in so many seconds
_IN_A_CONVERSATION = ((7, 1.0), (60, 30.0), (1800, 3600.0))
_IN_THE_TENANT = ((50, 1.0),)


@dataclass
class Rates:
    """Off until `enforced`; moments are seconds of a steady clock."""

    enforced: bool = False
    _done: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, conversation: str, at: float) -> float:
        """Seconds until another send is allowed; 0 counts this one as done."""
        if not self.enforced:
            return 0.0
        waits = [_wait(self._done[conversation], _IN_A_CONVERSATION, at), _wait(self._done[""], _IN_THE_TENANT, at)]
        if not any(waits):
            self._done[conversation].append(at)
            self._done[""].append(at)
        return max(waits)


def _wait(done: deque[float], limits: tuple[tuple[int, float], ...], at: float) -> float:
    while done and at - done[0] > max(seconds for _, seconds in limits):
        done.popleft()
    return max(_one(done, most, seconds, at) for most, seconds in limits)


def _one(done: deque[float], most: int, seconds: float, at: float) -> float:
    if len(done) < most:
        return 0.0
    return max(0.0, done[-most] + seconds - at)
