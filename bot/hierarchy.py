"""Judges all managers that are named, at once and whatever their order: who holds, and what is wrong with the others.

The result has no cycle and names nobody who is not here. Where the one that is named cannot hold, the last good one
does, as far as it still can. It takes time in proportion to the number of lines, and judges what it said before alike.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.model.hierarchy import NOBODY, Doubt
from bot.model.ids import ConversationId, PersonId


class Member(NamedTuple):
    """Somebody who may be named; ``email`` is folded, ``listed`` that the newest file has them."""

    id: PersonId
    email: str | None
    active: bool
    listed: bool


class Named(NamedTuple):
    """A reporting line as it stands."""

    person: PersonId
    in_file: str | None
    by_hand: str | None
    manager: PersonId | None
    doubt: Doubt | None

    @property
    def verdict(self) -> "Verdict":
        """What was judged last."""
        return Verdict(self.manager, self.doubt)


class Verdict(NamedTuple):
    """Who holds, and what is wrong with the one that is named."""

    manager: PersonId | None = None
    doubt: Doubt | None = None


class LeftOpen(NamedTuple):
    """What a report left behind with somebody who was their manager until then."""

    conversation: ConversationId
    report: PersonId
    since: datetime


def judge(
    members: Iterable[Member], lines: Collection[Named], *, domains: frozenset[str]
) -> Mapping[PersonId, Verdict]:
    """The verdict on each line; members are all who may be meant, domains those of the organization's own e-mails."""
    directory = _Directory.of(members, domains)
    meant = {line.person: directory.meant(line) for line in lines}
    doubts = {person: found for person, found in meant.items() if isinstance(found, Doubt)}
    good = {person: PersonId(found) for person, found in meant.items() if found and person not in doubts}
    for person in _on_cycles(good):
        doubts[person] = Doubt.cycle
        del good[person]
    held = good | {line.person: line.manager for line in lines if line.manager and directory.still(line, doubts)}
    for person in _on_cycles(held) & doubts.keys():
        del held[person]
    return {line.person: Verdict(held.get(line.person), doubts.get(line.person)) for line in lines}


@dataclass(frozen=True)
class _Directory:
    by_id: Mapping[PersonId, Member]
    by_email: Mapping[str, list[Member]]
    domains: frozenset[str]

    @classmethod
    def of(cls, members: Iterable[Member], domains: frozenset[str]) -> "_Directory":
        by_id = {member.id: member for member in members}
        by_email: defaultdict[str, list[Member]] = defaultdict(list)
        for member in by_id.values():
            if member.email:
                by_email[member.email].append(member)
        return cls(by_id, by_email, domains)

    def meant(self, line: Named) -> PersonId | Doubt | None:
        """The manager who is named, None where nobody is, or why it can be none of those."""
        if (line.in_file if line.by_hand is None else line.by_hand) in (None, NOBODY):
            return None
        if line.by_hand is not None:
            chosen = self.by_id.get(PersonId(line.by_hand))
            return _the_one(line, [chosen] if chosen else [])
        found = self.by_email.get(line.in_file or NOBODY, [])
        return Doubt.outside if self._is_foreign(line, found) else _the_one(line, found)

    def _is_foreign(self, line: Named, found: Collection[Member]) -> bool:
        """An address that is not the organization's own could be anybody's, unless the file itself lists it."""
        if not self.domains or (line.in_file or NOBODY).rpartition("@")[2] in self.domains:
            return False
        return not any(member.active and member.listed for member in found)

    def still(self, line: Named, doubts: Mapping[PersonId, Doubt]) -> bool:
        """Whether the last good one takes the place of the one that is named."""
        last = None if line.manager is None else self.by_id.get(line.manager)
        return line.person in doubts and last is not None and last.active and last.id != line.person


def _the_one(line: Named, found: Collection[Member]) -> PersonId | Doubt:
    """Who left may have an account again, so those who are here come first."""
    here = [member for member in found if member.active]
    if len(here) != 1:
        return Doubt.doubled if here else Doubt.inactive if found else Doubt.unknown
    return Doubt.oneself if here[0].id == line.person else here[0].id


def _on_cycles(manager_of: Mapping[PersonId, PersonId]) -> set[PersonId]:
    """All who are above themselves; each is passed by once."""
    passed: dict[PersonId, PersonId] = {}
    found: set[PersonId] = set()
    for start in manager_of:
        at = start
        while at in manager_of and at not in passed:
            passed[at] = start
            at = manager_of[at]
        while passed.get(at) == start and at not in found:
            found.add(at)
            at = manager_of[at]
    return found
