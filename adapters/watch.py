"""Watches the clock: replicas agree upon the time of their database, and a jump is noticed."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.clock import SystemClock
from bot.ports import Busy

log = logging.getLogger("oneonone.clock")
JUMP = timedelta(seconds=5)
MEASURED_EVERY = 60.0
MEASURED_WITHIN = 1.0
"""Seconds: an answer that takes longer says little about the moment at which it was given."""

DISAGREES = timedelta(seconds=5)
"""From so much on a machine's clock is worth a warning; platforms refuse what is five minutes off."""


@dataclass(kw_only=True)
class Watch:
    """``moment`` is the time of a database that several processes share; None where ours is the only one.

    ``jumped`` is called when the machine's clock was set while we ran: leases may seem to have run out by it.
    """

    clock: SystemClock
    steady: Callable[[], float]
    moment: Callable[[], Awaitable[datetime]] | None
    jumped: Callable[[], Awaitable[None]]
    _last: tuple[datetime, float] | None = None
    _measured_at: float | None = None

    async def look(self) -> None:
        """To be called every second or so."""
        await self._look_for_a_jump()
        if self.moment is not None and self._is_time_to_measure():
            await self._measure(self.moment)

    async def _look_for_a_jump(self) -> None:
        now, passed = self.clock.by_machine(), self.steady()
        last, self._last = self._last, (now, passed)
        if last is None:
            return
        jump = (now - last[0]) - timedelta(seconds=passed - last[1])
        if abs(jump) < JUMP:
            return
        log.warning("clock jumped", extra={"seconds": jump.total_seconds()})
        self._measured_at = None
        try:
            await self.jumped()
        except Busy:
            log.warning("claims not kept")

    def _is_time_to_measure(self) -> bool:
        return self._measured_at is None or self.steady() >= self._measured_at + MEASURED_EVERY

    async def _measure(self, moment: Callable[[], Awaitable[datetime]]) -> None:
        asked, began = self.clock.by_machine(), self.steady()
        try:
            found = await moment()
        except Busy:
            return
        took = self.steady() - began
        if took > MEASURED_WITHIN:
            return
        self._measured_at = self.steady()
        self.clock.offset = found - (asked + timedelta(seconds=took / 2))
        if abs(self.clock.offset) >= DISAGREES:
            log.warning("clock differs from the database's", extra={"seconds": self.clock.offset.total_seconds()})
