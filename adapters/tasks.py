"""What we do for a person after a platform has its answer: tracked, so that a stop loses none of it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from adapters.trouble import Trouble
from bot.failures import error_place

log = logging.getLogger("oneonone.tasks")
T = TypeVar("T")


class Tasks:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, object], *, event: str) -> None:
        """Begin it; its failure is logged by event and code."""
        _ = self.begin(work, event=event)

    def begin(self, work: Coroutine[Any, Any, T], *, event: str) -> asyncio.Task[T]:
        """The same for who waits for what comes of it."""
        task = asyncio.create_task(work, name=event)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def finish(self, *, within: float) -> None:
        """Wait for all of them, and give up on those that are not done in time."""
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until nothing is left to do, those that others begin included."""
        while self._running:
            await asyncio.wait(set(self._running))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Trouble):
            log.warning("not shown", extra={"during": task.get_name(), "code": error.code})
        elif error is not None:
            log.error("failed", extra={"during": task.get_name(), "error": error_place(error)})
