"""The store: transactions of one organization, and the organization of the deployment."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import insert, select, text

from bot.model.ids import OrganizationId
from bot.model.people import Organization
from storage.action_items import ActionItems
from storage.agenda import Agenda
from storage.calendar_links import CalendarLinks
from storage.census import Census
from storage.chats import Chats
from storage.check_ins import CheckIns
from storage.cipher import Cipher, MasterKeys
from storage.connection import Connection
from storage.conversations import Conversations
from storage.counting import Counting
from storage.database import PATIENCE, Database, nothing
from storage.deliveries import Deliveries
from storage.drafts import Drafts
from storage.growth import Growth
from storage.habits import AllHabits
from storage.hierarchy import Hierarchy
from storage.installations import Installations
from storage.line_conversations import LineConversations
from storage.lines import Lines
from storage.meetings import Meetings
from storage.moment import Moments
from storage.notes import Notes
from storage.nouns import ORGANIZATION
from storage.organizations import Organizations
from storage.outbox import Outbox
from storage.people import People
from storage.questions import Questions
from storage.rows import Scope
from storage.schema import serves
from storage.series import AllSeries
from storage.suggestions import Suggestions
from storage.templates import Templates
from storage.timetable import Timetable
from storage.topics import Topics
from storage.trail import Trail
from storage.usage import Usage

_organization = ORGANIZATION.table.c
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4711)")


class Transaction:
    """All repositories of one transaction."""

    def __init__(self, scope: Scope) -> None:
        self.organizations = Organizations(scope)
        self.people = People(scope)
        self.census = Census(scope)
        self.hierarchy = Hierarchy(scope)
        self.lines = Lines(scope)
        self.line_conversations = LineConversations(scope)
        self.topics = Topics(scope)
        self.chats = Chats(scope)
        self.installations = Installations(scope)
        self.conversations = Conversations(scope)
        self.agenda = Agenda(scope)
        self.notes = Notes(scope)
        self.action_items = ActionItems(scope)
        self.meetings = Meetings(scope)
        self.series = AllSeries(scope)
        self.suggestions = Suggestions(scope)
        self.check_ins = CheckIns(scope)
        self.growth = Growth(scope)
        self.templates = Templates(scope)
        self.habits = AllHabits(scope)
        self.calendar_links = CalendarLinks(scope)
        self.drafts = Drafts(scope)
        self.questions = Questions(scope)
        self.deliveries = Deliveries(scope)
        self.trail = Trail(scope)
        self.usage = Usage(scope)
        self.counting = Counting(scope)


class Store:
    """``keys`` are the master keys of 32 bytes: the first seals, all open.

    ``outbox`` and ``timetable`` share the connections.

    ``failpoint`` is called with "before commit" and "after commit" around every commit. ``moment`` is what leases
    run by, where that is not to be the database's own clock.
    """

    def __init__(
        self,
        url: str,
        keys: tuple[bytes, ...],
        *,
        patience: float = PATIENCE,
        failpoint: Callable[[str], None] = nothing,
        moment: Callable[[], datetime] | None = None,
    ) -> None:
        self._keys = MasterKeys(keys)
        self._database = Database(url, patience=patience, failpoint=failpoint)
        self._ciphers: dict[OrganizationId, Cipher] = {}
        self._moments = Moments(moment)
        self.outbox = Outbox(self._database, self._moments)
        self.timetable = Timetable(self._database)

    @asynccontextmanager
    async def write(self, organization: OrganizationId, *, patience: float | None = None) -> AsyncIterator[Transaction]:
        async with self._database.write(patience=patience) as connection:
            yield await self._transaction(connection, organization)

    @asynccontextmanager
    async def read(self, organization: OrganizationId, *, patience: float | None = None) -> AsyncIterator[Transaction]:
        async with self._database.read(patience=patience) as connection:
            yield await self._transaction(connection, organization)

    async def organization(self, *, name: str, new_id: Callable[[], str]) -> OrganizationId:
        """The deployment's one organization, made when there is none; raises Unreadable when no key fits it."""
        async with self._database.write() as connection:
            await self._alone(connection)
            found = (await connection.execute(select(_organization.id).order_by(_organization.id))).scalars().first()
            if found is not None:
                await self._cipher(connection, found)
                return OrganizationId(found)
            organization = Organization(id=OrganizationId(new_id()), name=name)
            await self._add(connection, organization)
            return organization.id

    async def add_organization(self, organization: Organization) -> None:
        """Add it, with a data key of its own."""
        async with self._database.write() as connection:
            await self._add(connection, organization)

    async def moment(self) -> datetime:
        """This moment by the clock of the database; raises Busy."""
        async with self._database.read() as connection:
            return await self._moments.now(connection)

    async def ready(self) -> bool:
        """Whether the database answers within a second."""
        return await self._database.ready()

    async def schema_serves(self) -> bool:
        """Whether the database has a schema that this release can work on."""
        return serves(await self._database.revision())

    async def close(self) -> None:
        await self._database.close()

    async def _alone(self, connection: Connection) -> None:
        """Let no other process do the same at once; on SQLite a writer is alone anyhow."""
        if not self._database.is_sqlite:
            await connection.execute(_ONE_AT_A_TIME)

    async def _add(self, connection: Connection, organization: Organization) -> None:
        values = {name: getattr(organization, name) for name in ORGANIZATION.names}
        wrapped = self._keys.new_data_key(organization.id)
        await connection.execute(insert(ORGANIZATION.table).values(**values, wrapped_key=wrapped))

    async def _transaction(self, connection: Connection, organization: OrganizationId) -> Transaction:
        return Transaction(Scope(connection, organization, await self._cipher(connection, organization)))

    async def _cipher(self, connection: Connection, organization: OrganizationId) -> Cipher:
        """The organization's key, unwrapped once and then kept in memory."""
        if organization not in self._ciphers:
            query = select(_organization.wrapped_key).where(_organization.id == organization)
            wrapped = (await connection.execute(query)).scalar_one_or_none()
            if wrapped is None:
                raise LookupError("there is no such organization")
            self._ciphers[organization] = self._keys.cipher(organization, wrapped)
        return self._ciphers[organization]
