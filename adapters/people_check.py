"""``oneonone people check``: who reports to whom, and each named manager who cannot hold, with the mend (N2)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.opening import answering, prepare
from adapters.people_said import DOUBTS, printable
from bot.hierarchy import Named, Verdict, judge
from bot.model.hierarchy import NOBODY, Doubt
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.ports import Transaction
from storage.store import Store

BAD = 1
NAME = "OneOnOne"
_PATIENCE = 600.0
"""Seconds that a look at everybody may take."""

_MENDS = {
    Doubt.oneself: "name somebody else, or nobody",
    Doubt.unknown: "correct the address, or give them a row of their own; who comes later is found by themselves",
    Doubt.doubled: "change the address of all of them but one",
    Doubt.inactive: "name who has come in their place",
    Doubt.cycle: "name somebody else, or nobody, for one of the circle",
    Doubt.outside: "give them a row of their own, or add their domain to ONEONONE_DOMAINS",
}


@dataclass(frozen=True)
class _Found:
    """All lines, what is to be said of each, and those who are in question."""

    lines: Sequence[Named]
    verdicts: Mapping[PersonId, Verdict]
    people: Mapping[PersonId, Person]

    @property
    def bad(self) -> Sequence[Named]:
        """Those that do not hold, the same troubles together, by name."""
        found = [line for line in self.lines if self.verdicts[line.person].doubt is not None]
        return sorted(found, key=lambda line: (self.verdicts[line.person].doubt or "", self.name(line.person)))

    def name(self, person: PersonId) -> str:
        """As an operator knows them."""
        known = self.people[person]
        return printable(f"{known.name} <{known.email}>" if known.email else known.name)


async def check(config: Config, *, say: Callable[[str], None]) -> int:
    """The exit code: 1 when some manager does not hold; raises ConfigError."""
    keyring = await prepare(config, new_key=new_key)
    store = Store(config.database_url, keyring.keys, patience=_PATIENCE)
    try:
        with answering():
            organization = await store.organization(name=NAME, new_id=new_id)
            async with store.read(organization) as tx:
                found = await _found(tx, config.domains)
    finally:
        await store.close()
    for line in _said(found):
        say(line)
    return BAD if found.bad else 0


async def _found(tx: Transaction, domains: frozenset[str]) -> _Found:
    """Judged anew: what was judged last may have been by other domains."""
    lines = await tx.lines.named()
    verdicts = judge(await tx.lines.members(), lines, domains=domains)
    bad = [line for line in lines if verdicts[line.person].doubt is not None]
    chosen = [PersonId(line.by_hand) for line in bad if line.by_hand]
    held = [verdicts[line.person].manager for line in bad]
    asked = {*(line.person for line in bad), *chosen, *(who for who in held if who is not None)}
    return _Found(lines, verdicts, {person.id: person for person in await tx.people.many(asked)})


def _said(found: _Found) -> Iterator[str]:
    managers = Counter(verdict.manager for verdict in found.verdicts.values() if verdict.manager is not None)
    yield f"People with a manager: {managers.total():,}. Managers: {len(managers):,}."
    doubts = Counter(verdict.doubt for verdict in found.verdicts.values() if verdict.doubt is not None)
    if not doubts:
        yield "Every manager who is named holds."
    for doubt, count in sorted(doubts.items()):
        yield f"{count:,} {DOUBTS[doubt]}. To mend: {_MENDS[doubt]}."
    yield from (f"- {_edge(found, line)}" for line in found.bad)
    if doubts:
        yield "Mend the file and import it again, or choose the manager by hand: type “people” to the bot as an admin."


def _edge(found: _Found, line: Named) -> str:
    """Whom one person names, where that is said, and who is their manager meanwhile."""
    verdict = found.verdicts[line.person]
    stays = "nobody is" if verdict.manager is None else f"{found.name(verdict.manager)} stays"
    return f"{found.name(line.person)} names {_named(found, line)} ({verdict.doubt}); {stays} their manager."


def _named(found: _Found, line: Named) -> str:
    if line.by_hand is None:
        return f"{printable(line.in_file or NOBODY)} in the file"
    who = PersonId(line.by_hand)
    return f"{found.name(who) if who in found.people else 'somebody unknown'} by hand"
