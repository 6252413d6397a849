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
        self.clock.advance(await self._by(move))
        while await self.tick():
            pass

    async def _by(self, move: Move) -> timedelta:
        step = _STEPS.get(move)
        if step is not None:
            return step
        now = self.clock.now()
        due = await self.next_due(now)
        return timedelta() if due is None else max(due - now, timedelta())
