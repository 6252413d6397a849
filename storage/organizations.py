"""The organization of the transaction, its workspaces and places."""

from collections.abc import Iterable, Sequence

from bot.model.ids import PlaceId, WorkspaceId
from bot.model.people import Organization, Place, Workspace
from storage.nouns import ORGANIZATION, PLACE, WORKSPACE
from storage.rows import Rows, Scope, save

_place = PLACE.table.c
_workspace = WORKSPACE.table.c


class Organizations:
    def __init__(self, scope: Scope) -> None:
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
