"""All people at once: as they are known, and as a file changes them."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    Update,
    case,
    delete,
    exists,
    false,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.folding import folded
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.model.roster import Difference, Entry, Known, Register
from bot.ports import Stale
from storage.bulk import Given, inserted, spread
from storage.nouns import ATTRIBUTE, IDENTITY, ORGANIZATION, PERSON, REPORTING_LINE
from storage.people import People
from storage.rows import Scope

_organization = ORGANIZATION.table.c
_person = PERSON.table.c
_identity = IDENTITY.table.c
_line = REPORTING_LINE.table.c
_attribute = ATTRIBUTE.table.c
_other = PERSON.table.alias("other").c
_account = exists().where(_identity.organization == _person.organization, _identity.person == _person.id)
_KNOWN = ("id", "folded_email", "email", "name", "zone", "language", "active", "listed", "version")
_NEW = tuple(column.name for column in PERSON.table.columns)
_FILLED = ("id", "version", "name", "email", "zone", "language", "search", "folded_email")
_LINE = ("organization", "person", "in_file", "changed_at")
_SAID = ("organization", "person", "name", "label", "value", "in_file")
_AT_ONCE = 20_000
_ONE_FILE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4714, hashtext(:organization))")

Step = Callable[[int], None]


class Census:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._connection = scope.connection
        self._owner = scope.organization
        self._theirs = _person.organization == self._owner

    async def register(self) -> Register:
        managers, values = await self._managers(), await self._values()
        query = select(*(_person[name] for name in _KNOWN), _account.label("account")).where(self._theirs)
        people = [_known(row, managers, values) async for row in self._paged(query, _person.id)]
        return Register(files=await self._files(), people=people)

    async def take_in(self, difference: Difference, *, at: datetime, step: Step) -> None:
        await self._alone(difference.files)
        await self._add(difference, step)
        await self._fill(difference.filled, step)
        await self._list(difference.newly, step)
        await self._name_managers(difference, at, step)
        await self._say(difference, step)
        await self._leave([each.known.id for each in difference.left], at, step)

    async def close(self, files: int) -> None:
        await People(self._scope).one_at_a_time()
        if (await self._connection.execute(self._doubled())).first() is not None:
            raise Stale("somebody else has come meanwhile")
        counted = update(ORGANIZATION.table).where(_organization.id == self._owner).values(files=files + 1)
        await self._connection.execute(counted)

    def _doubled(self) -> Select[Any]:
        """Somebody whom the file has, and whose address somebody else has too."""
        same = (_other.organization == _person.organization, _other.folded_email == _person.folded_email)
        another = exists().where(*same, _other.id != _person.id, _other.active)
        return select(_person.id).where(self._theirs, _person.listed, _person.active, another).limit(1)

    async def _alone(self, files: int) -> None:
        """Wait while another file is taken in; raises Stale when this one was compared before that."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(_ONE_FILE_AT_A_TIME, {"organization": self._owner})
        if await self._files() != files:
            raise Stale("another file has come meanwhile")

    async def _files(self) -> int:
        query = select(_organization.files).where(_organization.id == self._owner)
        return int((await self._connection.execute(query)).scalar_one())

    async def _managers(self) -> Mapping[str, str]:
        query = select(_line.person, _line.in_file).where(_line.organization == self._owner, _line.in_file.is_not(None))
        return {person: manager async for person, manager in self._paged(query, _line.person)}

    async def _values(self) -> Mapping[str, Mapping[str, str]]:
        """Equal words are kept once, since many people are in few departments."""
        ours = (_attribute.organization == self._owner, _attribute.in_file.is_not(None))
        query = select(_attribute.person, _attribute.name, _attribute.in_file).where(*ours)
        found: dict[str, dict[str, str]] = {}
        once: dict[str, str] = {}
        async for person, name, value in self._paged(query, _attribute.person, _attribute.name):
            found.setdefault(person, {})[once.setdefault(name, name)] = once.setdefault(value, value)
        return found

    async def _paged(self, query: Select[Any], *keys: ColumnElement[Any]) -> AsyncIterator[Sequence[Any]]:
        """All rows, some at a time; the query's first columns are these keys."""
        part = query.order_by(*keys).limit(_AT_ONCE)
        rows = (await self._connection.execute(part)).all()
        while rows:
            for row in rows:
                yield row
            if len(rows) < _AT_ONCE:
                return
            after = tuple_(*keys) > tuple_(*rows[-1][: len(keys)])
            rows = (await self._connection.execute(part.where(after))).all()

    async def _add(self, difference: Difference, step: Step) -> None:
        people = (self._cells(person, _NEW) for person in difference.people(self._owner))
        await spread(self._connection, PERSON.table, _NEW, people, self._inserted(PERSON.table, _NEW), step=step)

    async def _fill(self, filled: Sequence[tuple[Known, Entry]], step: Step) -> None:
        """Overwrite people without any account; raises Stale when somebody has changed one of them meanwhile."""
        people = (self._cells(self._filled(known, entry), _FILLED) for known, entry in filled)

        def statement(given: Given) -> Update:
            same = (_person.id == given["id"], _person.version == given["version"], ~_account)
            words = {name: given[name] for name in _FILLED if name not in ("id", "version")}
            return self._turned(*same).values(words | {"listed": True, "active": True})

        if await spread(self._connection, PERSON.table, _FILLED, people, statement, step=step) != len(filled):
            raise Stale("somebody has changed meanwhile")

    async def _list(self, people: Iterable[PersonId], step: Step) -> None:
        await self._each_person(people, lambda given: self._turned(_person.id == given["id"]).values(listed=True), step)

    async def _name_managers(self, difference: Difference, at: datetime, step: Step) -> None:
        rows = ((self._owner, person, manager, at) for person, manager in difference.all_lines())
        insert = self._inserted(REPORTING_LINE.table, _LINE)

        def statement(given: Given) -> Executable:
            put = insert(given)
            new = {"in_file": put.excluded.in_file, "changed_at": put.excluded.changed_at}
            return put.on_conflict_do_update(index_elements=REPORTING_LINE.key, set_=new)

        await spread(self._connection, REPORTING_LINE.table, _LINE, rows, statement, step=step)

    async def _say(self, difference: Difference, step: Step) -> None:
        """What an admin wrote by hand stays in front."""
        labels = difference.sheet.labels
        rows = (
            (self._owner, said.person, said.name, labels[said.name], folded(said.value), said.value)
            for said in difference.all_said()
            if said.value
        )
        await spread(self._connection, ATTRIBUTE.table, _SAID, rows, self._put_attribute, step=step)
        unsaid = [(said.person, said.name) for said in difference.said if not said.value]
        for statement in (self._removed, self._emptied):
            await spread(self._connection, ATTRIBUTE.table, ("person", "name"), unsaid, statement)

    def _put_attribute(self, given: Given) -> Executable:
        put = self._inserted(ATTRIBUTE.table, _SAID)(given)
        value = case((_attribute.by_hand.is_(None), put.excluded.value), else_=_attribute.value)
        new = {"in_file": put.excluded.in_file, "value": value}
        return put.on_conflict_do_update(index_elements=ATTRIBUTE.key, set_=new)

    async def _leave(self, people: Sequence[PersonId], at: datetime, step: Step) -> None:
        """They are in no file any more, and here only as long as they have an account."""
        rows = [(person,) for person in people]
        for statement in (self._removed, self._emptied):
            await spread(self._connection, ATTRIBUTE.table, ("person",), rows, statement)
        unnamed = update(REPORTING_LINE.table).where(_line.organization == self._owner, _line.in_file.is_not(None))
        unnamed = unnamed.values(in_file=None, changed_at=at)
        await spread(
            self._connection,
            REPORTING_LINE.table,
            ("person",),
            rows,
            lambda given: unnamed.where(_line.person == given["person"]),
        )
        here = case((_account.where(_identity.active), _person.active), else_=false())
        await self._each_person(
            people, lambda given: self._turned(_person.id == given["id"]).values(listed=False, active=here), step
        )

    async def _each_person(
        self, people: Iterable[PersonId], statement: Callable[[Given], Executable], step: Step
    ) -> None:
        rows = ((person,) for person in people)
        await spread(self._connection, PERSON.table, ("id",), rows, statement, step=step)

    def _turned(self, *where: ColumnElement[bool]) -> Update:
        """Who is writing about one of them at this moment notices by the version."""
        return update(PERSON.table).where(self._theirs, *where).values(version=_person.version + 1)

    def _removed(self, given: Given) -> Executable:
        return delete(ATTRIBUTE.table).where(*self._attributes(given), _attribute.by_hand.is_(None))

    def _emptied(self, given: Given) -> Executable:
        return update(ATTRIBUTE.table).where(*self._attributes(given)).values(in_file=None)

    def _attributes(self, given: Given) -> Iterator[ColumnElement[bool]]:
        yield _attribute.organization == self._owner
        yield from (ATTRIBUTE.table.c[name] == value for name, value in given.items())

    def _inserted(self, table: Table, names: Sequence[str]) -> Callable[[Given], sqlite.Insert | postgresql.Insert]:
        return lambda given: inserted(self._connection, table, names, given)

    def _filled(self, known: Known, entry: Entry) -> Person:
        return Person(
            id=known.id,
            organization=self._owner,
            name=entry.name or known.name,
            email=entry.email,
            zone=entry.zone or known.zone,
            language=entry.language or known.language,
            version=known.version,
        )

    def _cells(self, person: Person, names: Sequence[str]) -> Sequence[Any]:
        row = PERSON.row(person, self._scope.cipher)
        return [row[name] for name in names]


def _known(row: Any, managers: Mapping[str, str], values: Mapping[str, Mapping[str, str]]) -> Known:
    return Known(
        id=PersonId(row.id),
        folded=row.folded_email,
        email=row.email,
        name=row.name,
        zone=row.zone,
        language=row.language,
        active=row.active,
        listed=row.listed,
        account=row.account,
        version=row.version,
        manager=managers.get(row.id),
        values=values.get(row.id, {}),
    )
