"""Reads who is in a channel while a person waits, and goes on when that takes longer than they can."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from adapters.tasks import Tasks
from adapters.trouble import Trouble
from bot.enlisting import Enlisting
from bot.model.people import Account
from bot.ports import Busy

log = logging.getLogger("oneonone.listing")
WAIT_SECONDS = 2.0
"""For so long a person waits: Slack lets a window be opened within three seconds of a press."""

_AT_MOST_SECONDS = 300.0
LONGEST_PAUSE = 60.0
"""A platform that wants us to wait longer than this is not asked again by itself."""


class Why(StrEnum):
    """What keeps a channel from being read; each has a sentence."""

    is_read = "is_read"
    unread = "unread"
    uninvited = "uninvited"
    unadded = "unadded"
    not_standard = "not_standard"
    scopes = "scopes"


class NotListed(Exception):
    """The channel cannot be read now."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Roster(Protocol):
    """Who is in a channel, as a platform tells."""

    async def members(self, channel: str, *, asked_by: str) -> Sequence[str]:
        """The accounts in it, where this account asked; raises NotListed, Trouble and Busy."""
        ...


@dataclass(frozen=True, kw_only=True)
class Listing:
    """``under_way`` are the channels that are being read, each once however many wait for it."""

    roster: Roster
    enlisting: Enlisting
    tasks: Tasks
    within: float = WAIT_SECONDS
    under_way: dict[str, asyncio.Task[Why | None]] = field(default_factory=dict)

    async def listed(self, by: Account, channel: str) -> None:
        """Read who is in it and store that; raises NotListed when it cannot be, or is still to come."""
        task = self.under_way.get(channel) or self._begun(by, channel)
        done, _ = await asyncio.wait({task}, timeout=self.within)
        problem = task.result() if done else Why.is_read
        if problem is not None:
            raise NotListed(problem)

    def _begun(self, by: Account, channel: str) -> asyncio.Task[Why | None]:
        task = self.tasks.begin(self._read(by, channel), event="members")
        self.under_way[channel] = task
        task.add_done_callback(lambda _: self.under_way.pop(channel, None))
        return task

    async def _read(self, by: Account, channel: str) -> Why | None:
        """Why not; None when it is done."""
        try:
            async with asyncio.timeout(_AT_MOST_SECONDS):
                members = await self.roster.members(channel, asked_by=by.external_id)
                await self.enlisting.enlist(by, channel, members)
        except NotListed as problem:
            return problem.why
        except (Trouble, Busy, TimeoutError) as trouble:
            code = trouble.code if isinstance(trouble, Trouble) else type(trouble).__name__
            log.warning("channel not read", extra={"workspace": by.workspace, "code": code})
            return Why.unread
        log.info("channel read", extra={"workspace": by.workspace, "members": len(members)})
        return None
