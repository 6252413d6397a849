"""The organization of the transaction, its workspaces and places."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.model.ids import PersonId, PlaceId, WorkspaceId
from bot.model.people import Organization, Place, Workspace
from storage.nouns import ORGANIZATION, PLACE, WORKSPACE
from storage.rows import Rows, Scope, save
from storage.tables import MemberRow

_place = PLACE.table.c
_workspace = WORKSPACE.table.c
_MEMBER = MemberRow.table()
_member = _MEMBER.c


class Organizations:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._ours = _member.organization == scope.organization
        self._organizations = Rows(scope, ORGANIZATION)
        self._workspaces = Rows(scope, WORKSPACE)
        self._places = Rows(scope, PLACE)

    async def current(self) -> Organization:
        organization = await self._organizations.at()
        if organization is None:
            raise LookupError("there is no such organization")
        return organization

    async def save(self, organization: Organization) -> Organization:
        return await save(self._organizations, organization)

    async def workspaces(self) -> Sequence[Workspace]:
        return await self._workspaces.all(by=(_workspace.name, _workspace.id))

    async def add_workspace(self, workspace: Workspace) -> bool:
        return await self._workspaces.add_unless_there(workspace)

    async def place(self, place: PlaceId) -> Place | None:
        return await self._places.at(id=place)

    async def places(self, places: Iterable[PlaceId]) -> Sequence[Place]:
        return await self._places.among(_place.id, places)

    async def place_at(self, workspace: WorkspaceId, external_id: str) -> Place | None:
        return await self._places.at(workspace=workspace, external_id=external_id)

    async def add_place(self, place: Place) -> None:
        await self._places.add(place)

    async def members(self, place: PlaceId) -> Sequence[PersonId]:
        query = select(_member.person).where(self._ours, _member.place == place).order_by(_member.person)
        return [PersonId(person) for person in (await self._scope.connection.execute(query)).scalars()]

    async def put_members(self, place: PlaceId, people: Iterable[PersonId], *, at: datetime) -> None:
        connection = self._scope.connection
        await connection.execute(delete(_MEMBER).where(self._ours, _member.place == place))
        owner = {"organization": self._scope.organization, "place": place}
        rows = [owner | {"person": person} for person in sorted(set(people))]
        if rows:
            await connection.execute(insert(_MEMBER), rows)
        await self._places.change({"listed_at": at}, _place.id == place)
