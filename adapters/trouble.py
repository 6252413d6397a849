"""What became of a call to a platform that did not work; each adapter has one table that tells."""

from dataclasses import dataclass
from enum import StrEnum

from bot.ports import Broken, Gone, Later, Unknown


class Outcome(StrEnum):
    """The recipient is gone; not accepted now; nobody knows; refused for good."""

    gone = "gone"
    later = "later"
    unknown = "unknown"
    broken = "broken"


@dataclass(eq=False)
class Trouble(Exception):
    """A call that did not work: ``after`` is how many seconds to wait before another try."""

    code: str
    outcome: Outcome
    after: float = 0.0

    def __str__(self) -> str:
        return self.code


def for_the_worker(trouble: Trouble) -> Exception:
    """The same as what a Messenger raises."""
    match trouble.outcome:
        case Outcome.gone:
            return Gone(trouble.code)
        case Outcome.later:
            return Later(trouble.code, after=trouble.after)
        case Outcome.unknown:
            return Unknown(trouble.code)
        case Outcome.broken:
            return Broken(trouble.code)
