"""What a check found: what is wrong, with its story in ids and times only, and how much there was of everything."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tests.simulation.platforms import Accepted
from tests.simulation.rows import Row
from tests.simulation.run import Ran

MOST_TOLD = 5


@dataclass(frozen=True)
class Wrong:
    """One thing that must not be; ``delivery`` is the one that it happened to, if it did to one."""

    what: str
    about: str = ""
    delivery: str = ""


@dataclass
class Verdict:
    """Empty of ``wrongs`` where all is well. ``late`` are the seconds by which each message was late."""

    ran: Ran
    wrongs: list[Wrong] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)

    def finds(self, what: str, about: str = "", delivery: str = "") -> None:
        """Something is wrong."""
        self.wrongs.append(Wrong(what, about, delivery))

    @property
    def kinds(self) -> Counter[str]:
        """How often what is wrong."""
        return Counter(wrong.what for wrong in self.wrongs)

    def story(self) -> str:
        """How it came: the seed, and the first of each kind with all that befell it."""
        told = [f"seed {self.ran.plan.seed}: {dict(self.kinds)}"]
        for what in self.kinds:
            wrongs = [wrong for wrong in self.wrongs if wrong.what == what]
            told += [line for wrong in wrongs[:MOST_TOLD] for line in self._story(wrong)]
        return "\n".join(told)

    def _story(self, wrong: Wrong) -> list[str]:
        told = [f"{wrong.what}: {wrong.about} {wrong.delivery}"]
        if not wrong.delivery:
            return told
        row = next((row for row in self.ran.rows.deliveries() if row.id == wrong.delivery), None)
        happened = [
            *self._accepted(wrong.delivery),
            *self._hits(wrong.delivery),
            *(self._everybodys(row) if row else ()),
        ]
        lines = [f"{self._moment(at)}  {what}" for at, what in sorted(happened)]
        return [*told, *([_facts(row)] if row else ["no such row"]), *(f"    {line}" for line in lines)]

    def _accepted(self, delivery: str) -> list[tuple[float, str]]:
        found: list[Accepted] = [
            one for platform in self.ran.platforms.values() for one in platform.by_delivery.get(delivery, ())
        ]
        return [(one.at, f"accepted as {one.external_id} for {one.address.external_id}") for one in found]

    def _hits(self, delivery: str) -> list[tuple[float, str]]:
        return [(hit.start, hit.what.value) for hit in self.ran.faults.of_delivery.get(delivery, ())]

    def _everybodys(self, row: Row) -> list[tuple[float, str]]:
        start, end = (self.ran.moments.of(moment) for moment in (row.due_at, row.expires_at))
        near = [hit for hit in self.ran.faults.of_all if start - 60 < hit.start < min(end, start + 7200)]
        return [(hit.start, hit.what.value) for hit in near]

    def _moment(self, at: float) -> datetime:
        return self.ran.moments.at(at)


def _facts(row: Row) -> str:
    times = f"due {row.due_at}, expires {row.expires_at}, next {row.next_attempt_at}"
    state = f"{row.state} {row.last_error or ''}, attempts {row.attempts}, doubts {row.doubts}, as {row.external_id}"
    return f"    {row.kind} about {row.subject} to {row.recipient}: {times}: {state}"
