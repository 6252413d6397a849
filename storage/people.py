"""The people of the organization and their accounts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, text, update

from bot.folding import folded
from bot.model.ids import PersonId, WorkspaceId
from bot.model.people import Identity, Person, Reach
from storage import rollout
from storage.nouns import IDENTITY, PERSON
from storage.rows import Rows, Scope, save
from storage.tables.columns import clean

_person = PERSON.table.c
_identity = IDENTITY.table.c
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4713, hashtext(:organization))")


class People:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._people = Rows(scope, PERSON)
        self._identities = Rows(scope, IDENTITY)

    async def get(self, person: PersonId) -> Person | None:
        return await self._people.at(id=person)

    async def many(self, people: Iterable[PersonId]) -> Sequence[Person]:
        return _by_name(await self._people.among(_person.id, people))

    async def add(self, person: Person) -> None:
        await self._people.add(person)

    async def save(self, person: Person) -> Person:
        return await save(self._people, person)

    async def identity(self, workspace: WorkspaceId, external_id: str) -> Identity | None:
        return await self._identities.at(workspace=workspace, external_id=external_id)

    async def identities_at(self, workspace: WorkspaceId, external_ids: Iterable[str]) -> Sequence[Identity]:
        return await self._identities.among(_identity.external_id, external_ids, _identity.workspace == workspace)

    async def identities(self, person: PersonId) -> Sequence[Identity]:
        by = (_identity.workspace, _identity.external_id)
        return await self._identities.all(_identity.person == person, by=by)

    async def accounts(self, people: Iterable[PersonId]) -> Sequence[Identity]:
        found = await self._identities.among(_identity.person, people)
        return sorted(found, key=lambda one: (one.workspace, one.external_id))

    async def one_at_a_time(self) -> None:
        """On SQLite a writer is alone anyhow."""
        connection = self._scope.connection
        if connection.dialect.name == "postgresql":
            await connection.execute(_ONE_AT_A_TIME, {"organization": self._scope.organization})

    async def add_identity(self, identity: Identity) -> None:
        await self._identities.add(identity)

    async def save_identity(self, identity: Identity) -> None:
        words = {"handle": identity.handle, "search": folded(identity.handle)}
        changed = {**words, "active": identity.active, "admin": identity.admin}
        if await self._identities.change(changed, *_is(identity.workspace, identity.external_id)) != 1:
            raise LookupError("there is no such identity to overwrite")

    async def mark_unreachable(self, identity: Identity, *, since: datetime) -> bool:
        account = _is(identity.workspace, identity.external_id)
        unmarked = _identity.unreachable_since.is_(None)
        return await self._identities.change({"unreachable_since": since}, *account, unmarked) == 1

    async def mark_reachable(self, workspace: WorkspaceId, external_id: str) -> None:
        await self._identities.change({"unreachable_since": None}, *_is(workspace, external_id))

    async def by_emails(self, emails: Iterable[str]) -> Sequence[Person]:
        """The people with one of these e-mails, in any case."""
        wanted = (folded(clean(email)) for email in emails)
        return _by_name(await self._people.among(_person.folded_email, wanted))

    async def matching(self, words: str, most: int, *, let_in: bool = False) -> Sequence[Person]:
        conditions = [self._has(word) for word in folded(clean(words)).split()]
        conditions += [_person.enabled] if let_in else []
        query = self._people.select(_person.active, *conditions).order_by(_person.search, _person.id)
        return await self._people.listed(query.limit(most))

    async def admins(self, emails: Iterable[str], *, flagged: bool) -> Sequence[Person]:
        wanted = [_person.admin, _person.folded_email.in_([folded(clean(email)) for email in emails])]
        by_flag = select(_identity.person).where(self._identities.ours, _identity.admin, _identity.active)
        wanted += [_person.id.in_(by_flag)] if flagged else []
        return _by_name(await self._people.all(_person.active, or_(*wanted)))

    async def reach(self, departments: Collection[str]) -> Reach:
        on = rollout.is_on(self._scope.organization, departments)
        lose = and_(_person.enabled, not_(on))
        counts = (func.count().filter(on), func.count(), func.count().filter(lose))
        [(will, everybody, loses)] = await self._people.reckoned(*counts, where=[_person.active])
        return Reach(on=will, everybody=everybody, lose=loses)

    async def let_in(
        self, departments: Collection[str], *, among: Collection[PersonId] | None = None
    ) -> Sequence[PersonId]:
        on = rollout.is_on(self._scope.organization, departments)
        changed = {"enabled": not_(_person.enabled), "version": _person.version + 1}
        who = [] if among is None else [_person.id.in_(among)]
        self._people.forget()
        query = update(PERSON.table).where(self._people.ours, _person.enabled != on, *who).values(changed)
        turned = await self._scope.connection.execute(query.returning(_person.id))
        return [PersonId(person) for person in turned.scalars()]

    def _has(self, word: str) -> ColumnElement[bool]:
        """Read all matching handles once, which is quicker than to look for each person's."""
        by_handle = select(_identity.person).where(self._identities.ours, _contains(_identity.search, word))
        return or_(_contains(_person.search, word), _person.id.in_(by_handle))


def _is(workspace: WorkspaceId, external_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _identity.workspace == workspace, _identity.external_id == external_id


def _contains(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _by_name(people: Iterable[Person]) -> Sequence[Person]:
    return sorted(people, key=lambda person: (folded(person.name), person.id))
