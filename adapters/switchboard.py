"""What every platform is connected to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from adapters.entrances import Entrances
from adapters.saying import Say
from bot.engine import Engine
from bot.model.ids import OrganizationId, WorkspaceId
from bot.model.people import Platform, Workspace
from bot.ports import Messenger, Meter, Store, Transaction
from bot.unmetered import Unmetered
from prompts import Voice, fitting


@dataclass(frozen=True, kw_only=True)
class Switchboard:
    """``messengers`` are those of the workspaces that are connected at this moment.

    ``answer_within`` is in seconds; None leaves it to each platform.
    """

    engine: Engine
    store: Store
    organization: OrganizationId
    entrances: Entrances
    answer_within: float | None = None
    meter: Meter = field(default_factory=Unmetered)
    messengers: dict[WorkspaceId, Messenger] = field(default_factory=dict)

    def speak(self, language: str) -> Say:
        """What an adapter itself has to say, in this language where it ships, or else in English."""
        return Voice(fitting(self.engine.libraries, language), zone="UTC", now=self.engine.now()).say

    async def workspace(self, platform: Platform, external_id: str, *, name: str) -> Workspace:
        """The workspace's row, made when it connects for the first time; raises Busy."""
        workspace = Workspace(
            id=WorkspaceId(self.engine.new_id()),
            organization=self.organization,
            platform=platform,
            external_id=external_id,
            name=name,
        )
        async with self.store.write(self.organization) as tx:
            known = await _known(tx, workspace)
            if known is not None or await tx.organizations.add_workspace(workspace):
                return known or workspace
        async with self.store.read(self.organization) as tx:  # another process that starts now was faster
            return await _known(tx, workspace) or workspace


async def _known(tx: Transaction, like: Workspace) -> Workspace | None:
    """The one of this platform with this name there."""
    found = await tx.organizations.workspaces()
    names = {(each.platform, each.external_id): each for each in found}
    return names.get((like.platform, like.external_id))


class Connection(Protocol):
    """One platform, between ``start`` and ``stop``."""

    @property
    def name(self) -> str:
        """What ``/readyz`` calls it."""
        ...

    def routes(self) -> Iterable[web.RouteDef]:
        """Where its requests come in."""
        ...

    def says(self, url: str) -> Iterable[str]:
        """How the platform reaches it, in plain words; ``url`` is where the service listens."""
        ...

    async def open(self) -> None:
        """Take what has to be there before the first request."""
        ...

    async def connect(self) -> None:
        """Connect, or go on trying; raises ConfigError when the platform refuses a setting."""
        ...

    async def drain(self) -> None:
        """Finish what people have been promised."""
        ...

    async def close(self) -> None:
        """Let go of everything; nothing is sent any more."""
        ...

    async def is_connected(self) -> bool: ...
