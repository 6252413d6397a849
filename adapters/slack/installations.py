"""The workspaces that took the bot in by themselves, each connected with its own token."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.config import SlackConfig
from adapters.slack.app import SlackApp
from adapters.slack.workspace import SlackWorkspace, TokenRefused
from adapters.switchboard import Switchboard
from bot.model.ids import WorkspaceId
from bot.model.installation import Installation
from bot.model.trail import AuditEntry, Result

log = logging.getLogger("oneonone.slack.installations")


@dataclass
class Member:
    """One of them; Slack may refuse its token for good."""

    installation: Installation
    workspace: SlackWorkspace
    is_refused: bool = False

    @property
    def app(self) -> SlackApp | None:
        return self.workspace.app

    async def connect(self) -> None:
        """Connect, or go on trying; one that is refused stands in nobody else's way."""
        try:
            await self.workspace.connect()
        except TokenRefused as refused:
            self.is_refused = True
            log.warning("token refused", extra={"workspace": self.installation.workspace, "code": str(refused)})


def place_of(installation: Installation) -> str:
    """What Slack calls the workspace, or the organization that took the bot in as a whole."""
    return installation.team or installation.enterprise or ""


class SlackInstallations:
    """Follows what is stored: other processes that share the database store and remove as well."""

    def __init__(self, config: SlackConfig, switchboard: Switchboard) -> None:
        # No workspace opens a socket of its own: there is one way in for all of them.
        self._config = replace(config, app_token=None)
        self._board = switchboard
        self._members: dict[str, Member] = {}
        self._reading = asyncio.Lock()
        self.is_read = False

    @property
    def members(self) -> Sequence[Member]:
        return tuple(self._members.values())

    @property
    def apps(self) -> Sequence[SlackApp]:
        return tuple(each.app for each in self.members if each.app is not None)

    async def refresh(self) -> None:
        """Connect what is stored, and leave what is stored no more; raises Busy."""
        async with self._reading:
            stored = {place_of(each): each for each in await self._stored()}
            left = [self._members.pop(place) for place in self._members.keys() - stored.keys()]
            new = [self._entered(place, each, left) for place, each in stored.items() if not self._is_here(place, each)]
            self.is_read = True
        for member in new:
            await member.workspace.open()
        await asyncio.gather(*(each.connect() for each in new))
        await asyncio.gather(*(each.workspace.leave() for each in left))

    async def find(self, places: Sequence[str]) -> Member | None:
        """The first of these that took the bot in, as far as Slack still lets it; raises Busy."""
        found = self._among(places)
        if found is None:  # perhaps it came through another process
            await self.refresh()
            found = self._among(places)
        return found

    async def add(self, installation: Installation) -> Member:
        """Keep it, in the place of an older one, and connect; raises Busy."""
        async with self._board.store.write(self._board.organization) as tx:
            await tx.installations.put(installation)
            await tx.trail.audit(self._entry("Install", installation.workspace))
        log.info("installed", extra={"workspace": installation.workspace})
        await self.refresh()
        return self._members[place_of(installation)]

    async def remove(self, member: Member) -> None:
        """Forget its token and leave; what its people have stays. Raises Busy."""
        workspace = member.installation.workspace
        async with self._board.store.write(self._board.organization) as tx:
            await tx.installations.remove(workspace)
            await tx.trail.audit(self._entry("Uninstall", workspace))
        log.info("uninstalled", extra={"workspace": workspace})
        await self.refresh()

    async def drain(self) -> None:
        await asyncio.gather(*(each.workspace.drain() for each in self.members))

    async def close(self) -> None:
        for each in self.members:
            await each.workspace.close()

    async def _stored(self) -> Sequence[Installation]:
        async with self._board.store.read(self._board.organization) as tx:
            return await tx.installations.all()

    def _among(self, places: Sequence[str]) -> Member | None:
        here = (self._members[place] for place in places if place in self._members)
        return next((each for each in here if not each.is_refused), None)

    def _is_here(self, place: str, stored: Installation) -> bool:
        here = self._members.get(place)
        return here is not None and here.installation == stored

    def _entered(self, place: str, installation: Installation, left: list[Member]) -> Member:
        """A new member; the one whose place it takes has to leave."""
        if place in self._members:
            left.append(self._members[place])
        workspace = SlackWorkspace(replace(self._config, bot_token=installation.token), self._board)
        self._members[place] = Member(installation, workspace)
        return self._members[place]

    def _entry(self, action: str, workspace: WorkspaceId) -> AuditEntry:
        return AuditEntry(
            organization=self._board.organization,
            person=None,
            action=action,
            subject=workspace,
            result=Result.done,
            at=self._board.engine.now(),
        )
