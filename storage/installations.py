"""What workspaces granted that took the bot in by themselves."""

from collections.abc import Sequence

from bot.model.ids import WorkspaceId
from bot.model.installation import Installation
from storage.nouns import INSTALLATION
from storage.rows import Rows, Scope

_installation = INSTALLATION.table.c


class Installations:
    def __init__(self, scope: Scope) -> None:
        self._installations = Rows(scope, INSTALLATION)

    async def get(self, workspace: WorkspaceId) -> Installation | None:
        return await self._installations.at(workspace=workspace)

    async def all(self) -> Sequence[Installation]:
        return await self._installations.all(by=(_installation.installed_at, _installation.workspace))

    async def put(self, installation: Installation) -> None:
        await self._installations.add_or_put(installation)

    async def remove(self, workspace: WorkspaceId) -> None:
        await self._installations.remove(_installation.workspace == workspace)
