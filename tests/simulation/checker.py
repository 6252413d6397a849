"""A total queue's checker: what was to be sent and acknowledged, against what the platforms accepted.

What a row says is taken for its owner's claim, and held against what the stand-ins and the books have of it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.doubt import SENT_AGAIN
from bot.model.delivery import EXPIRED, UNWANTED, DeliveryKind
from bot.model.people import Platform
from tests.simulation.books import Member, Pair
from tests.simulation.faults import Fault, Hit
from tests.simulation.mischief import CRASHED
from tests.simulation.platforms import Accepted
from tests.simulation.reckoning import reckon
from tests.simulation.rows import Row
from tests.simulation.run import Ran
from tests.simulation.verdict import Verdict

PROMPT = 20.0
"""Seconds in which a message goes out when nothing is wrong: each replica looks at its workspaces now and then."""

LATEST = 2 * 3600.0
"""Seconds by which a message may be late, whatever happened."""

MOST_IN_VAIN = 0.03
"""The part of what was due that may be given up, and the part that may expire, with so much going wrong."""

AT_THE_END = timedelta(minutes=10)
"""What was due so shortly before the end may still be under way."""

AMBIGUOUS = {Fault.dropped, Fault.late, Fault.refused, Fault.vanished}
"""After these nobody knows whether it was accepted."""

ABOUT_A_PAIR = frozenset(DeliveryKind) - {DeliveryKind.news, DeliveryKind.linked, DeliveryKind.question}
EXPECTED_ERRORS = ("delivery not recorded",)


def check(ran: Ran) -> Verdict:
    """All that is wrong with a run."""
    verdict = Verdict(ran)
    checking = _Checking(ran, verdict)
    rows = ran.rows.deliveries()
    for row in rows:
        checking.row(row)
    checking.strays({row.id for row in rows})
    checking.inputs(rows)
    checking.volumes()
    reckon(ran, rows, verdict, is_held_up=checking.is_held_up)
    for error, times in ran.errors.items():
        if not error.startswith(EXPECTED_ERRORS):
            verdict.finds("an error was logged", f"{error}, {times} times")
    return verdict


@dataclass
class _Checking:
    ran: Ran
    verdict: Verdict

    def __post_init__(self) -> None:
        ran = self.ran
        self.accepted: dict[str, list[Accepted]] = {}
        for platform in ran.platforms.values():
            for one in platform.accepted:
                self.accepted.setdefault(one.delivery, []).append(one)
        self.members = {member.person: member for member in ran.company.members}
        self.owners = {
            (account.workspace, account.external_id): member
            for member in ran.company.members
            for account in member.accounts
        }
        self.pairs: Mapping[str, Pair] = {str(pair.conversation): pair for pair in ran.company.pairs}
        self.conversations = ran.rows.conversations_of_subjects()
        self.hits: Sequence[Hit] = sorted(ran.faults.of_all, key=lambda hit: hit.start)
        self.starts = [hit.start for hit in self.hits]
        self.longest = max((hit.end - hit.start for hit in self.hits), default=0.0)

    # One row

    def row(self, row: Row) -> None:
        counted, accepted = self.verdict.counted, self.accepted.get(row.id, [])
        if row.last_error != UNWANTED and row.due_at <= self.ran.end:
            counted["due"] += 1
        counted[f"{row.state}{' ' + row.last_error if row.state == 'dropped' and row.last_error else ''}"] += 1
        self._is_recorded(row, accepted)
        self._came_once(row, accepted)
        for one in accepted:
            self._is_for(row, one)
        if accepted:
            self._was_in_time(row, accepted[0])

    def _is_recorded(self, row: Row, accepted: list[Accepted]) -> None:
        match row.state:
            case "sent":
                self._was_sent(row, accepted)
            case "dropped":
                self._was_dropped(row, accepted)
            case "unknown" if row.next_attempt_at is None:
                self._was_given_up(row, accepted)
            case _ if row.due_at < self.ran.end - AT_THE_END:
                self.verdict.finds("lost", f"still {row.state}", row.id)

    def _was_sent(self, row: Row, accepted: list[Accepted]) -> None:
        if not accepted:
            self.verdict.finds("lost", "recorded as sent, and never accepted", row.id)
        elif row.external_id not in {one.external_id for one in accepted}:
            self.verdict.finds("another message is recorded", "", row.id)

    def _was_dropped(self, row: Row, accepted: list[Accepted]) -> None:
        if accepted and not self._may_be_told_unnoticed(row):
            self.verdict.finds("accepted, and recorded as dropped", "", row.id)
        if row.last_error == EXPIRED and not accepted and not self.is_held_up(row):
            self.verdict.finds("lost", "it expired, and nothing was in its way", row.id)

    def _may_be_told_unnoticed(self, row: Row) -> bool:
        """Where nobody can look, it may have been accepted, and then be no longer wanted when it is sent again."""
        return row.doubts > 0 and self._is_on_teams(row) and self._is_ambiguous(row)

    def _was_given_up(self, row: Row, accepted: list[Accepted]) -> None:
        self.verdict.counted["given up, " + ("accepted" if accepted else "not accepted")] += 1
        by_rule = row.kind not in SENT_AGAIN or row.doubts > 1
        if not by_rule or not self._is_on_teams(row) or not self._is_ambiguous(row):
            self.verdict.finds("lost", "given up without a reason", row.id)

    def _came_once(self, row: Row, accepted: list[Accepted]) -> None:
        if len(accepted) < 2:
            return
        self.verdict.counted["twice"] += 1
        is_traced = any(self.ran.platforms[one.address.workspace].platform is Platform.slack for one in accepted)
        if is_traced:
            self.verdict.finds("twice", "where it can be looked for", row.id)
        elif row.kind not in SENT_AGAIN or len(accepted) > 2 or row.doubts < 1 or not self._is_ambiguous(row):
            self.verdict.finds("twice", f"{len(accepted)} times, and nothing was in doubt", row.id)

    def _is_for(self, row: Row, one: Accepted) -> None:
        reader = self.owners.get((one.address.workspace, one.address.external_id))
        if reader is None or reader.person != row.recipient:
            self.verdict.finds("wrong person", f"at {one.address.external_id}", row.id)
            return
        is_asked = row.kind == DeliveryKind.question and reader is self.ran.company.members[0]  # the admin, by anybody
        if not is_asked and not one.names <= self._known_to(reader):
            self.verdict.finds("wrong person", "it names somebody whom the reader has nothing to do with", row.id)
        if row.kind in ABOUT_A_PAIR:
            pair = self.pairs.get(self.conversations.get(row.subject, ""))
            if pair is None or reader not in pair.both:
                self.verdict.finds("wrong person", "it is about two others", row.id)

    def _known_to(self, reader: Member) -> set[str]:
        pairs = [pair for pair in self.ran.company.pairs if reader in pair.both]
        return {reader.name, *(member.name for pair in pairs for member in pair.both)}

    def _was_in_time(self, row: Row, first: Accepted) -> None:
        late = first.asked_at - self._at(row.due_at)
        self.verdict.late.append(late)
        if first.asked_at > self._at(row.expires_at) + 1:
            self.verdict.finds("late", f"sent {first.asked_at - self._at(row.expires_at):.1f} s after its time", row.id)
        if late < -1:
            self.verdict.finds("early", f"by {-late:.1f} s", row.id)
        if late > LATEST:
            self.verdict.finds("late", f"by {late:.0f} s, whatever happened", row.id)
        elif (
            late > PROMPT
            and not self._is_hit(row, self._at(row.due_at), first.asked_at)
            and not self._changed(row, first)
        ):
            self.verdict.finds("late", f"by {late:.0f} s, and nothing was in its way", row.id)

    def _changed(self, row: Row, first: Accepted) -> bool:
        """Whether somebody did something by which it may have become due only then."""
        pair = self.pairs.get(self.conversations.get(row.subject, ""))
        moments = self.ran.moments
        start = row.due_at - timedelta(minutes=10)
        return pair is None or not pair.is_untouched(start, moments.at(first.asked_at))

    def _at(self, moment: datetime) -> float:
        return self.ran.moments.of(moment)

    # What explains it

    def is_held_up(self, row: Row) -> bool:
        """Whether something was in its way while it was good for."""
        return self._is_hit(row, self._at(row.due_at), self._at(row.expires_at))

    def _is_hit(self, row: Row, start: float, end: float) -> bool:
        own = self.ran.faults.of_delivery.get(row.id, ())
        return any(hit.start <= end and start <= hit.end for hit in own) or self._all_are_hit(start, end)

    def _all_are_hit(self, start: float, end: float) -> bool:
        at = bisect_left(self.starts, start - self.longest)
        while at < len(self.hits) and self.hits[at].start <= end:
            if self.hits[at].end >= start and self.hits[at].end > self.hits[at].start:
                return True
            at += 1
        return False

    def _is_ambiguous(self, row: Row) -> bool:
        """Whether a fault left it open that it was accepted."""
        own = self.ran.faults.of_delivery.get(row.id, ())
        if any(hit.what in AMBIGUOUS for hit in own):
            return True
        accepted = self.accepted.get(row.id, [])
        start = accepted[0].at if accepted else self._at(row.due_at)
        return self._all_are_hit(start - 60, start + 60)

    def _is_on_teams(self, row: Row) -> bool:
        reader = self.members.get(row.recipient)  # type: ignore[call-overload] # whoever that is
        accounts = reader.accounts if reader else ()
        return any(self.ran.platforms[one.workspace].platform is Platform.teams for one in accounts)

    # What is about no row

    def strays(self, known: set[str]) -> None:
        """Messages of no delivery at all."""
        for delivery in self.accepted.keys() - known:
            self.verdict.finds("a message of no delivery", "", delivery)
        self.verdict.counted["accepted"] = sum(map(len, self.accepted.values()))

    def volumes(self) -> None:
        """Little is given up or expires, and what is counted is what was."""
        counted, meter, due = self.verdict.counted, self.ran.meter, self.verdict.counted["due"]
        given_up = counted["given up, accepted"] + counted["given up, not accepted"]
        for what, times in (("given up", given_up), ("expired", counted["dropped expired"])):
            if times > MOST_IN_VAIN * max(due, 1000):
                self.verdict.finds("too much in vain", f"{what} {times} times of {due}")
        untold = self.ran.faults.counted[Fault.killed] + self.ran.faults.counted[Fault.killed_after_commit]
        if counted["twice"] > meter["risked"] + untold:
            self.verdict.finds("not counted", f"{counted['twice']} came twice, {meter['risked']} were risked")
        if meter[CRASHED]:
            self.verdict.finds("a replica crashed by itself", f"{meter[CRASHED]} times")
        if meter["sent"] + meter["found"] > counted["sent"]:
            self.verdict.finds("counted twice", f"{meter['sent']} sent, {meter['found']} found, {counted['sent']} are")

    def inputs(self, rows: Sequence[Row]) -> None:
        """What was acknowledged is there once, and what was refused is not."""
        ran, verdict = self.ran, self.verdict
        for text, was_acknowledged in ran.inputs.texts.items():
            times = ran.items[text]
            if times > 1:
                verdict.finds("an input was handled twice", text)
            elif was_acknowledged is not None and times != was_acknowledged:
                verdict.finds("an input was lost" if was_acknowledged else "an input was refused, and done", text)
        again: dict[str, list[Row]] = {}
        for row in rows:
            if row.snoozed_from is not None:
                again.setdefault(row.snoozed_from, []).append(row)
        for delivery, found in again.items():
            if len(found) > ran.inputs.snoozes[delivery]:
                verdict.finds("an input was handled twice", "put off once, and there again twice", found[0].id)
