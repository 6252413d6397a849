"""What one would take instead: a job for each message in APScheduler's job store, or in procrastinate's queue."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from procrastinate import App, PsycopgConnector
from sqlalchemy import Engine, create_engine, event

from benchmarks.delivery_platform import IN_FLIGHT, Post

_CONNECTIONS = 20
_post: dict[str, Post] = {}


async def send() -> None:
    """The job of both, found by its name; the session takes care of how many are under way."""
    await _post["post"]()


class Scheduled:
    """APScheduler 3.11 with its SQLAlchemy job store: it deletes each job, begins it, and forgets about it."""

    name = "APScheduler"

    def __init__(self, url: str, post: Post) -> None:
        _post["post"] = post
        self._ended = 0
        self._all_ended = asyncio.Event()
        self._count = 0
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": SQLAlchemyJobStore(engine=_engine(url))},
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None},
            timezone=UTC,
        )
        self._scheduler.add_listener(self._one_ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    async def fill(self, count: int) -> None:
        self._count, self._ended = count, 0
        self._all_ended.clear()
        if not self._scheduler.running:
            self._scheduler.start(paused=True)
        for _ in range(count):
            self._scheduler.add_job(send, "date", run_date=datetime.now(UTC))

    async def drain(self) -> None:
        self._scheduler.resume()
        await self._all_ended.wait()
        self._scheduler.pause()

    async def close(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _one_ended(self, event: Any) -> None:
        assert event.code == EVENT_JOB_EXECUTED, event
        self._ended += 1
        if self._ended == self._count:
            self._all_ended.set()


class Queued:
    """procrastinate: a row for each job, claimed one by one, so many under way."""

    name = "procrastinate"

    def __init__(self, app: App) -> None:
        self._app = app
        self._task = app.task(send, name="send", queue="bench")

    @classmethod
    async def on(cls, url: str, post: Post) -> "Queued":
        _post["post"] = post
        app = App(connector=PsycopgConnector(conninfo=url, min_size=_CONNECTIONS, max_size=_CONNECTIONS))
        await app.open_async()
        await app.schema_manager.apply_schema_async()
        return cls(app)

    async def fill(self, count: int) -> None:
        await self._task.batch_defer_async(*({} for _ in range(count)))

    async def drain(self) -> None:
        await self._app.run_worker_async(
            queues=["bench"], concurrency=IN_FLIGHT, wait=False, install_signal_handlers=False, listen_notify=False
        )

    async def close(self) -> None:
        await self._app.close_async()


def _engine(url: str) -> Engine:
    """On SQLite with a write-ahead log, as everybody has it; both databases commit durably."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _entry: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
