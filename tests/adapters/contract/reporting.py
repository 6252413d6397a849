"""Who reports to whom in stories: said as a file of people says it, and settled as after an import."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, runtime_checkable

from adapters.app import Service
from adapters.clock import new_id
from bot.lines import Settled, settle
from bot.model.hierarchy import NOBODY, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.pen import Pen
from bot.ports import Transaction
from tests.adapters.contract.backstage import DOMAINS, StoryClock
from tests.adapters.contract.stage import Stage

NAMES = {
    "ana": "Ana Ruiz",
    "ben": "Ben Okafor",
    "cleo": "Cleo Tanaka",
    "mia": "Mia Brandt",
    "dan": "Dan Novak",
    "eva": "Eva Lind",
}


@runtime_checkable
class Served(Protocol):
    """A stage behind which the service can be looked at."""

    @property
    def service(self) -> Service: ...
    @property
    def clock(self) -> StoryClock: ...


async def reporting(stage: Stage, managers: Mapping[str, str]) -> Settled:
    """The newest file says so, by handle or e-mail; NOBODY for no manager. Who has no account yet is in it too."""
    assert isinstance(stage, Served)
    store = stage.service.store
    organization = await store.organization(name="", new_id=new_id)
    async with store.write(organization) as tx:
        pen = Pen(tx, stage.clock.now(), new_id)
        for handle, manager in managers.items():
            person = await _listed(tx, handle)
            there = await tx.hierarchy.line(person.id)
            fresh = there or ReportingLine(person=person.id, organization=person.organization, changed_at=pen.now)
            if manager in NAMES:
                await _listed(tx, manager)
            named = manager if "@" in manager or manager == NOBODY else f"{manager}@example.com"
            await tx.hierarchy.put_line(replace(fresh, in_file=named))
        return await settle(pen, domains=DOMAINS)


async def _listed(tx: Transaction, handle: str) -> Person:
    """Somebody whom the file has, known already or not."""
    email = f"{handle}@example.com"
    known = await tx.people.by_emails([email])
    if known:
        [person] = known
        return person if person.listed else await tx.people.save(replace(person, listed=True))
    organization = (await tx.organizations.current()).id
    new = Person(id=PersonId(new_id()), organization=organization, name=NAMES[handle], email=email, listed=True)
    await tx.people.add(new)
    return new
