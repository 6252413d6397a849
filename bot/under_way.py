"""What a process has begun and not ended."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.failures import error_place
from bot.ports import Busy

log = logging.getLogger("oneonone.worker")


class UnderWay:
    """Tasks that nobody waits for but at the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_work: set[str] = set()
        self._failure: BaseException | None = None

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def begin_once(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin it, unless what has this name is under way; a failure is logged, and what is left comes again."""
        if name in self._at_work:
            work.close()
            return
        self._at_work.add(name)
        self.begin(self._guarded(name, work))

    async def settle(self) -> None:
        """Wait until all has ended, with what that began; a failure is logged, and what ends a process is raised."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, Exception):
            _failed(failure)  # whatever it left claimed is resolved when its lease runs out
        elif failure is not None:
            self._failure = failure

    async def _guarded(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Busy:
            log.warning("outbox is busy")
        except Exception as error:  # noqa: BLE001 - the edge: the next second brings another try
            _failed(error)
        finally:
            self._at_work.discard(name)


def _failed(error: Exception) -> None:
    log.error("failed", extra={"during": "sending", "error": error_place(error)})
