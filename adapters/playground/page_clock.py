"""The hands of the playground's clock: moved ahead by a step, and what is due by then is sent at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Move(StrEnum):
    """How far."""

    HOUR = "hour"
    DAY = "day"
    NEXT = "next"  # to the next message that waits


_STEPS = {Move.HOUR: timedelta(hours=1), Move.DAY: timedelta(days=1)}


class Clock(Protocol):
    """A clock that can be moved ahead."""

    @property
    def ahead(self) -> timedelta: ...
    def now(self) -> datetime: ...
    def advance(self, by: timedelta) -> None: ...
    def reset(self) -> None: ...


@dataclass(frozen=True)
class Hands:
    """`next_due` is when the next message is due, `tick` sends some and says whether there may be more."""

    clock: Clock
    next_due: Callable[[datetime], Awaitable[datetime | None]]
    tick: Callable[[], Awaitable[bool]]

    async def move(self, move: Move) -> None:
        """Stop wherever something is due on the way: a reminder that is skipped over would not come at all."""
        until = await self._until(move)
        while (due := await self.next_due(self.clock.now())) is not None and due < until:
            await self._go_to(due)
            left = await self.next_due(self.clock.now())
            if left is not None and left <= self.clock.now():
                break  # what cannot be done now must not hold the clock up
        await self._go_to(until)

    async def _go_to(self, moment: datetime) -> None:
        self.clock.advance(max(moment - self.clock.now(), timedelta()))
        while await self.tick():
            pass

    async def _until(self, move: Move) -> datetime:
        now = self.clock.now()
        step = _STEPS.get(move)
        if step is not None:
            return now + step
        return await self.next_due(now) or now
