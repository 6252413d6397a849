"""Ways in which Slack fails, set up by a test or a visitor, and how often each one did."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    RATE_LIMITED = "rate_limited"  # HTTP 429 with Retry-After
    SERVER_ERROR = "server_error"  # HTTP 500
    HTML_502 = "html_502"  # a proxy's page instead of JSON
    ACCEPT_THEN_DROP = "accept_then_drop"  # done, but the connection closes before the answer
    DROP = "drop"  # the connection closes before anything is done
    SLOW = "slow"  # done and answered, late
    API_ERROR = "api_error"  # HTTP 200 with an error code of one's choice
    FATAL_ERROR = "fatal_error"  # HTTP 200 with Slack's "something went wrong"; done or not, nobody knows


@dataclass
class Fault:
    method: str
    kind: FaultKind
    left: int
    retry_after: int = 1
    delay: float = 0.0
    error: str = "internal_error"
    stores: bool = False


@dataclass
class Faults:
    """The faults that wait to happen; `fired` counts those that did, by method and kind."""

    waiting: list[Fault] = field(default_factory=list)
    fired: Counter[tuple[str, FaultKind]] = field(default_factory=Counter)

    def add(
        self,
        method: str,
        kind: FaultKind | str,
        *,
        times: int = 1,
        retry_after: int = 1,
        delay: float = 0.0,
        error: str = "internal_error",
        stores: bool = False,
    ) -> None:
        """Fail the next `times` calls of a method ("*" for any); `stores` makes a fatal_error happen after the deed."""
        fault = Fault(method, FaultKind(kind), times)
        fault.retry_after, fault.delay, fault.error, fault.stores = retry_after, delay, error, stores
        self.waiting.append(fault)

    def next_for(self, method: str) -> Fault | None:
        """The fault that this call must suffer, counted as fired."""
        fault = next((each for each in self.waiting if each.method in (method, "*")), None)
        if fault is None:
            return None
        fault.left -= 1
        if fault.left <= 0:
            self.waiting.remove(fault)
        self.fired[method, fault.kind] += 1
        return fault

    def count(self, kind: FaultKind | str) -> int:
        return sum(times for (_, fired), times in self.fired.items() if fired == kind)

    def clear(self) -> None:
        self.waiting.clear()
