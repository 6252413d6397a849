"""The way into one workspace, while this process is the one who sends there."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.model.ids import WorkspaceId
from bot.pace import Pace

MOST_UNDER_WAY = 100
"""Sends into one workspace at the same time; a slow platform holds up that many."""


@dataclass(kw_only=True)
class Lane:
    """``fence`` numbers our being the sender, which lasts until ``until`` by the steady clock.

    ``pace`` is that of sends, ``looks`` that of looking for what may have been sent.
    """

    workspace: WorkspaceId
    pace: Pace
    looks: Pace
    steady: Callable[[], float]
    fence: int = 0
    until: float = -math.inf
    under_way: int = 0
    _one_ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_ours(self) -> bool:
        return self.steady() < self.until

    def room(self) -> int:
        """How many may be sent now."""
        if not self.is_ours:
            return 0
        free = MOST_UNDER_WAY - self.under_way
        allowance = self.pace.allowance()
        return free if math.isinf(allowance) else min(free, int(allowance))

    @property
    def is_full(self) -> bool:
        """Whether only sends that have not ended keep us from more."""
        return self.is_ours and self.under_way >= MOST_UNDER_WAY and self.pace.allowance() >= 1

    def begins(self) -> None:
        self.under_way += 1

    def ended(self) -> None:
        self.under_way -= 1
        if self.under_way <= MOST_UNDER_WAY // 2:
            self._one_ended.set()

    async def half_empty(self) -> None:
        """Wait until it is worth claiming more."""
        while self.under_way > MOST_UNDER_WAY // 2:
            self._one_ended.clear()
            await self._one_ended.wait()
