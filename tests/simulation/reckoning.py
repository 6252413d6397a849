"""Which agendas two people must have been sent, reckoned day by day from what they agreed upon and were answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.simulation.books import Pair
from tests.simulation.rows import Row
from tests.simulation.run import Ran
from tests.simulation.verdict import Verdict
from tests.stateful.by_hand import Rhythm

EARLY = timedelta(minutes=10)
"""So long before a meeting both get its agenda."""

QUIET = timedelta(minutes=6)
"""Who looked into the conversation so lately needs none; so nobody must have, for so long."""

SETTLED = timedelta(minutes=2)
"""A change that comes shortly before the agenda is due may come too late for it."""

AGENDA = "agenda"


@dataclass(frozen=True)
class Expected:
    """Both get this agenda, or neither does."""

    starts: datetime
    is_sent: bool


def reckon(ran: Ran, rows: Sequence[Row], verdict: Verdict, *, is_held_up: Callable[[Row], bool]) -> None:
    """Each agenda that must have been sent was, or was held up; no other one was sent, and none twice."""
    conversations = ran.rows.conversations_of_subjects()
    found: dict[tuple[str, int], dict[str, list[Row]]] = {}
    for row in rows:
        if row.kind == AGENDA and row.snoozed_from is None:
            place = (conversations[row.subject], row.offset)
            found.setdefault(place, {}).setdefault(row.recipient, []).append(row)
    for pair in ran.company.pairs:
        if pair.conversation is not None and pair.is_certain:
            mine = {minute: them for (where, minute), them in found.items() if where == pair.conversation}
            _expected_were_sent(pair, mine, ran.end, verdict, is_held_up)
            _only_agreed_were_sent(pair, mine, ran.end, verdict)


_Agendas = Mapping[int, Mapping[str, Sequence[Row]]]
"""By the minute in which the meeting begins, and by who gets it."""


def _expected_were_sent(
    pair: Pair, found: _Agendas, end: datetime, verdict: Verdict, is_held_up: Callable[[Row], bool]
) -> None:
    for expected in _expected(pair, end):
        minute = int(expected.starts.timestamp()) // 60
        for member in pair.both:
            rows = found.get(minute, {}).get(member.person, ())
            told = [row for row in rows if row.state in ("sent", "unknown")]
            if not expected.is_sent:
                verdict.counted["agendas reckoned not to be"] += 1
                if told:
                    verdict.finds("a meeting that was skipped or moved was reminded of", "", told[0].id)
                continue
            verdict.counted["agendas reckoned"] += 1
            if not told and not any(row.state == "dropped" and is_held_up(row) for row in rows):
                about, delivery = f"pair {pair.number} at {expected.starts}", rows[0].id if rows else ""
                verdict.finds("an agreed meeting was not reminded of", about, delivery)


def _only_agreed_were_sent(pair: Pair, found: _Agendas, end: datetime, verdict: Verdict) -> None:
    possible = _possible(pair, end)
    for minute, readers in found.items():
        for rows in readers.values():
            told = [row for row in rows if row.state == "sent"]
            if len(told) > 1:
                verdict.finds("twice", "two agendas of one meeting", told[1].id)
            if told and minute not in possible:
                verdict.finds("a meeting that nobody agreed upon was reminded of", f"pair {pair.number}", told[0].id)


def _expected(pair: Pair, end: datetime) -> Iterator[Expected]:
    """Those of which there is no doubt."""
    for start, until, rhythm, before in _spans(pair, end):
        if rhythm is not None:
            for day, slot in rhythm.slots(start=start + EARLY + SETTLED, end=until):
                yield from _of_day(pair, day, slot, start, until)
        elif before is not None:
            for day, slot in before.slots(start=start + EARLY + SETTLED, end=until):
                if day not in pair.singles:
                    yield Expected(slot, is_sent=False)
    for starts, planned in pair.extras.items():
        if planned is not None and starts < end and _is_quiet(pair, planned, starts):
            yield Expected(starts, is_sent=True)


def _spans(pair: Pair, end: datetime) -> Iterator[tuple[datetime, datetime, Rhythm | None, Rhythm | None]]:
    """From when to when which rhythm held, and the one before it."""
    before: Rhythm | None = None
    ends = [*(version.at for version in pair.versions[1:]), end]
    for version, until in zip(pair.versions, ends, strict=True):
        yield version.at, until, version.rhythm, before
        before = version.rhythm or before


def _of_day(pair: Pair, day: date, slot: datetime, start: datetime, until: datetime) -> Iterator[Expected]:
    """What was done to one day before its rhythm changed says nothing sure about it."""
    singles = pair.singles.get(day, [])
    if not singles:
        if _is_quiet(pair, start, slot):
            yield Expected(slot, is_sent=True)
        return
    last = singles[-1]
    if singles[0].at < start or last.at > until:
        return
    if last.starts != slot and last.at < slot - EARLY - SETTLED:
        yield Expected(slot, is_sent=False)
    if last.starts is not None and last.starts < until and _is_quiet(pair, last.at, last.starts):
        yield Expected(last.starts, is_sent=True)


def _is_quiet(pair: Pair, agreed: datetime, starts: datetime) -> bool:
    """Whether it was agreed upon in time, and neither did anything while the agenda was due."""
    due = starts - EARLY
    return agreed + SETTLED < due and pair.is_untouched(due - QUIET, starts)


def _possible(pair: Pair, end: datetime) -> set[int]:
    """The minutes at which the two may ever have met."""
    moments = set(pair.extras)
    for version in pair.versions:
        if version.rhythm is not None:
            moments |= {slot for _, slot in version.rhythm.slots(start=version.at, end=end)}
    moments |= {single.starts for singles in pair.singles.values() for single in singles if single.starts is not None}
    return {int(moment.timestamp()) // 60 for moment in moments}
