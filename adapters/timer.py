"""The clock that calls the worker: in memory only, since every due thing is a row."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.failures import error_place

log = logging.getLogger("oneonone.timer")
TICK_SECONDS = 1
STOP_SECONDS = 15
CLEAN_SECONDS = 3600


class Timer:
    """``plan`` says whether there may be more, ``send`` begins what is due, ``clean`` forgets what is old.

    Each has a job of its own, so that a great deal to plan keeps nothing from being sent.
    """

    def __init__(
        self,
        *,
        plan: Callable[[], Awaitable[bool]],
        send: Callable[[], Awaitable[None]],
        clean: Callable[[], Awaitable[None]],
    ) -> None:
        self._plan = plan
        self._send = send
        self._clean = clean
        # A late or doubled call does no harm, a skipped one would: APScheduler's own defaults drop late jobs.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(job_defaults=defaults, timezone="UTC")
        self._at_work = asyncio.Lock()
        self._stopping = False

    def start(self) -> None:
        # That a second's call is left out while one is at work is as it should be, and no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.add_job(self._plan_all, "interval", seconds=TICK_SECONDS)
        self._scheduler.add_job(self._begin_to_send, "interval", seconds=TICK_SECONDS)
        self._scheduler.add_job(self._forget, "interval", seconds=CLEAN_SECONDS)
        self._scheduler.start()

    async def stop(self) -> None:
        """Call no more, and wait for what is being planned: APScheduler would cancel it."""
        if not self._scheduler.running:
            return
        self._stopping = True
        self._scheduler.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS), self._at_work:
                pass
        self._scheduler.shutdown(wait=False)

    async def _plan_all(self) -> None:
        try:
            async with self._at_work:
                while not self._stopping and await self._plan():
                    pass
        except Exception as error:  # noqa: BLE001 - the edge: the next second brings another try
            _failed(error)

    async def _begin_to_send(self) -> None:
        try:
            await self._send()
        except Exception as error:  # noqa: BLE001 - the edge: the next second brings another try
            _failed(error)

    async def _forget(self) -> None:
        try:
            await self._clean()
        except Exception as error:  # noqa: BLE001 - the edge: the next hour brings another try
            _failed(error)


def _failed(error: Exception) -> None:
    log.error("failed", extra={"during": "timer", "error": error_place(error)})
