"""Who reports to whom, and what is known of people."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select

from bot.folding import folded
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import PersonId
from storage.nouns import ATTRIBUTE, PERSON, REPORTING_LINE
from storage.rows import Rows, Scope

_line = REPORTING_LINE.table.c
_attribute = ATTRIBUTE.table.c
_person = PERSON.table.c


class Hierarchy:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._lines = Rows(scope, REPORTING_LINE)
        self._attributes = Rows(scope, ATTRIBUTE)

    async def line(self, person: PersonId) -> ReportingLine | None:
        return await self._lines.at(person=person)

    async def put_line(self, line: ReportingLine) -> None:
        await self._lines.add_or_put(line)

    async def reports_to(self, managers: Iterable[PersonId]) -> Sequence[ReportingLine]:
        found = await self._lines.among(_line.manager, managers)
        return sorted(found, key=lambda line: line.person)

    async def attributes(self, people: Iterable[PersonId]) -> Sequence[Attribute]:
        found = await self._attributes.among(_attribute.person, people)
        return sorted(found, key=lambda one: (one.person, one.name))

    async def put_attribute(self, attribute: Attribute) -> None:
        await self._attributes.add_or_put(attribute)

    async def remove_attribute(self, person: PersonId, name: str) -> None:
        await self._attributes.remove(_attribute.person == person, _attribute.name == name)

    async def labels(self) -> Mapping[str, str]:
        found = await self._attributes.reckoned(_attribute.name, func.min(_attribute.label), where=())
        return dict(sorted((name, label) for name, label in found))

    async def values(self, name: str) -> Sequence[str]:
        here = select(_person.id).where(_person.organization == self._scope.organization, _person.active)
        shown = func.min(func.coalesce(_attribute.by_hand, _attribute.in_file))
        query = select(shown).where(self._attributes.ours, _attribute.name == name, _attribute.person.in_(here))
        found = (await self._scope.connection.execute(query.group_by(_attribute.value))).scalars()
        return sorted((value for value in found if value), key=folded)
