"""The usage report for one reader of its web page: in their language, and only while they are here (M5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.insights import Report, read_report
from bot.model.ids import OrganizationId, PersonId
from bot.ports import Store
from prompts import Library, Voice, fitting


@dataclass(frozen=True)
class Read:
    """What a reader sees, and the voice that says it to them; no report before the first week is counted."""

    voice: Voice
    report: Report | None


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Reads the report of an organization."""

    store: Store
    organization: OrganizationId
    libraries: Mapping[str, Library]
    now: Callable[[], datetime]

    async def read(self, person: PersonId, *, days: int, department: str | None) -> Read | None:
        """None for who is not here any more; raises Busy. ``days`` and ``department`` are those of ``read_report``."""
        async with self.store.read(self.organization) as tx:
            reader = await tx.people.get(person)
            if reader is None or not reader.active:
                return None
            organization = await tx.organizations.current()
            library = fitting(self.libraries, reader.language, organization.language)
            voice = Voice(library, zone=reader.zone, now=self.now())
            return Read(voice, await read_report(tx, voice, days=days, department=department))
