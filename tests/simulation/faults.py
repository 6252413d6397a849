"""What goes wrong, how often, and a record of it all: by delivery, and by the time in which everybody was hit."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """Each has a name under which it is counted."""

    dropped = "accepted, then the connection dropped"
    refused = "5xx, not accepted"
    limited = "429"
    slow = "slow answer"
    late = "accepted after the client gave up"
    vanished = "timed out, never accepted"
    unfindable = "the look-up failed"
    doubled = "input doubled"
    reordered = "input overtaken by later ones"
    lease_lost = "lease given to another"
    busy = "database busy"
    uncommitted = "failed before the commit"
    killed = "killed at an await"
    killed_after_commit = "killed after a commit"
    frozen = "frozen, then went on"


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How likely each is: for each send, look-up, input, transaction, commit, or await of a replica.

    ``freeze`` are the seconds that one lasts, at least and at most: about as long as a claim, where it is interesting.
    """

    dropped: float = 0.007
    refused: float = 0.007
    storm: float = 0.005
    slow: float = 0.01
    late: float = 0.007
    vanished: float = 0.007
    unfindable: float = 0.3
    doubled: float = 0.08
    reordered: float = 0.06
    lease_lost: float = 0.008
    busy: float = 0.002
    uncommitted: float = 0.0015
    killed: float = 0.0007
    killed_after_commit: float = 0.0012
    frozen: float = 0.0005
    frozen_after_commit: float = 0.0006
    freeze: tuple[float, float] = (20.0, 60.0)

    def times(self, factor: float) -> "Rates":
        """All of them so much more likely."""
        rates = {name: rate for name, rate in vars(self).items() if isinstance(rate, float)}
        return Rates(**{name: min(rate * factor, 0.3) for name, rate in rates.items()}, freeze=self.freeze)


NO_FAULTS = Rates().times(0.0)


@dataclass(frozen=True)
class Hit:
    """A fault at a time, in seconds; until ``end`` it may explain what comes late."""

    what: Fault
    start: float
    end: float


@dataclass
class Faults:
    """Draws what goes wrong, and remembers it."""

    chance: random.Random
    rates: Rates
    time: Callable[[], float]
    counted: Counter[Fault] = field(default_factory=Counter)
    of_delivery: defaultdict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    of_all: list[Hit] = field(default_factory=list)

    def comes(self, rate: float) -> bool:
        """Whether a fault of this rate comes now."""
        return rate > 0 and self.chance.random() < rate

    def between(self, least: float, most: float) -> float:
        """So many seconds."""
        return self.chance.uniform(least, most)

    def hits(self, what: Fault, delivery: str, *, lasting: float = 0.0) -> None:
        """One delivery has met it."""
        self.counted[what] += 1
        self.of_delivery[delivery].append(Hit(what, self.time(), self.time() + lasting))

    def hits_all(self, what: Fault, *, lasting: float) -> None:
        """Everything in that time may have met it."""
        self.counted[what] += 1
        self.of_all.append(Hit(what, self.time(), self.time() + lasting))

    def end(self) -> None:
        """From now on all goes well."""
        self.rates = NO_FAULTS
