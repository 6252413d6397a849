"""All reporting lines at once, to be judged."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, false, or_, select, update

from bot.hierarchy import Member, Named, Verdict
from bot.model.hierarchy import Doubt
from bot.model.ids import PersonId
from storage.given import given, parts
from storage.nouns import PERSON, REPORTING_LINE
from storage.rows import Rows, Scope

_line = REPORTING_LINE.table.c
_person = PERSON.table.c
_MEMBER = (_person.id, _person.folded_email, _person.active, _person.listed)
_NAMED = (_line.person, _line.in_file, _line.by_hand, _line.manager, _line.doubt)
_AT_ONCE = 500
"""How many values one statement names."""


class Lines:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._lines = Rows(scope, REPORTING_LINE)

    async def members(self, people: Iterable[PersonId] | None = None) -> Sequence[Member]:
        return _members(await self._among(_MEMBER, _person.id, people))

    async def with_emails(self, emails: Iterable[str]) -> Sequence[Member]:
        return _members(await self._among(_MEMBER, _person.folded_email, emails))

    async def named(self, people: Iterable[PersonId] | None = None) -> Sequence[Named]:
        return _named(await self._among(_NAMED, _line.person, people))

    async def naming(self, person: PersonId, email: str | None) -> Sequence[Named]:
        by_email = false() if email is None else _line.in_file == email
        return _named(await self._all(_NAMED, or_(by_email, _line.by_hand == person, _line.manager == person)))

    async def doubted(self, *doubts: Doubt) -> Sequence[Named]:
        return _named(await self._all(_NAMED, _line.doubt.in_(doubts or tuple(Doubt))))

    async def hold(self, verdicts: Mapping[PersonId, Verdict], *, at: datetime) -> None:
        self._lines.forget()
        rows = [(person, verdict.manager, verdict.doubt) for person, verdict in verdicts.items()]
        for part in parts(rows):
            new = given(self._scope.connection.dialect.name, part, "person", "manager", "doubt").alias("new")
            values = {"manager": new.c.manager, "doubt": new.c.doubt, "changed_at": at}
            changed = update(REPORTING_LINE.table).where(self._lines.ours, _line.person == new.c.person)
            await self._scope.connection.execute(changed.values(values))

    async def _among(
        self, columns: Sequence[Column[Any]], column: Column[Any], values: Iterable[str] | None
    ) -> Sequence[Any]:
        """These cells of the rows whose column has one of the values, or of all rows."""
        if values is None:
            return await self._all(columns)
        found: list[Any] = []
        for part in parts(set(values), at_once=_AT_ONCE):
            found += await self._all(columns, column.in_(part))
        return found

    async def _all(self, columns: Sequence[Column[Any]], *where: ColumnElement[bool]) -> Sequence[Any]:
        ours = columns[0].table.c.organization == self._scope.organization
        return (await self._scope.connection.execute(select(*columns).where(ours, *where))).all()


def _members(rows: Sequence[Any]) -> Sequence[Member]:
    return [Member(*row) for row in rows]


def _named(rows: Sequence[Any]) -> Sequence[Named]:
    return [
        Named(person, in_file, by_hand, manager, None if doubt is None else Doubt(doubt))
        for person, in_file, by_hand, manager, doubt in rows
    ]
