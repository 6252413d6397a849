"""What a checkup finds: one line a check, and under what is not well one sentence that says how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

_NOTED = timedelta(seconds=5)
_TOO_FAR = timedelta(seconds=60)


class Verdict(StrEnum):
    ok = "ok"
    warning = "warning"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """``says`` is what was found and how to mend it; it never holds a secret, a name or anybody's words."""

    check: str
    verdict: Verdict
    says: str = ""

    def lines(self) -> Iterator[str]:
        yield f"{self.verdict:<8} {self.check}"
        if self.verdict is not Verdict.ok:
            yield f"         {self.says}"


def ok(check: str) -> Finding:
    return Finding(check, Verdict.ok)


def warning(check: str, says: str) -> Finding:
    return Finding(check, Verdict.warning, says)


def failed(check: str, says: str) -> Finding:
    return Finding(check, Verdict.failed, says)


def clock_against(whose: str, ahead: timedelta) -> Finding:
    """How far this machine's clock and another one are apart."""
    check = f"clock against {whose}"
    if abs(ahead) <= _NOTED:
        return ok(check)
    apart = f"The two are {abs(ahead).total_seconds():.0f} seconds apart."
    if abs(ahead) <= _TOO_FAR:
        return warning(check, f"{apart} Let this machine follow a time server.")
    return failed(check, f"{apart} Let this machine follow a time server: signed requests are refused for it.")


def clock_of(whose: str, date: str | None, *, asked: datetime, answered: datetime) -> Iterator[Finding]:
    """What the Date header of an answer says about our clock, which a second more or less does not matter to."""
    try:
        moment = parsedate_to_datetime(date or "")
    except ValueError:
        return
    if moment.tzinfo is not None:
        yield clock_against(whose, moment - (asked + (answered - asked) / 2))
