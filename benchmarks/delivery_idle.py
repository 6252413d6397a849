"""Idle: what a second costs in which nothing is due, however much there will be.

A tick is what the timer does each second: the planner looks for what to plan, begin and close, the worker for what to
send.
"""

import asyncio
import gc
import statistics
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import String, Table, cast, column, insert, literal, select, text
from sqlalchemy.sql.elements import ColumnElement

from adapters.clock import new_id
from benchmarks.delivery_race import postgres_places, sqlite_places
from benchmarks.delivery_world import TRIVIAL, World, world_on
from bot.model.delivery import UNREACHABLE, DeliveryKind, DeliveryState
from bot.model.meeting import MeetingState
from bot.model.series import SeriesState
from bot.pace import UNLIMITED
from bot.planner import Planner
from bot.timetable import HORIZON
from bot.worker import Worker
from prompts.library import libraries
from storage.connection import Connection
from storage.nouns import DELIVERY, MEETING, SERIES
from storage.sqlite import SqliteConnection

UNREACHED = 10_000
_PARTS = 100
_TICKS = 40
_FOR_NOW = timedelta(hours=1)


@dataclass
class Idle:
    """Milliseconds of a tick with so many series; ``unreached`` when as many people as that cannot be written to."""

    series: int
    median: float
    least: float
    unreached: float


class _Silent:
    """A messenger that is never asked."""

    limits = UNLIMITED


async def idle(database: str, few: int, many: int) -> tuple[Idle, Idle]:
    """With few and with many series, each with a meeting and the reminders of both people to come."""
    with _place(database) as place:
        scenes = [await _scene(place(f"idle{each}"), each) for each in (few, many)]
        found: list[list[float]] = [[], []]
        for _ in range(_TICKS):
            for scene, seconds in zip(scenes, found, strict=True):
                seconds.append(await scene.tick())
        unreached = []
        for scene in scenes:
            await scene.lose_people()
            unreached.append(statistics.median([await scene.tick() for _ in range(_TICKS)]))
            await scene.close()
    first, second = (
        Idle(series, statistics.median(seconds), min(seconds), lost)
        for series, seconds, lost in zip((few, many), found, unreached, strict=True)
    )
    return first, second


@contextmanager
def _place(database: str) -> Iterator[Callable[[str], str]]:
    with postgres_places() if database == "postgresql" else sqlite_places() as place:
        yield place


@dataclass
class _Scene:
    world: World
    planner: Planner
    worker: Worker

    async def tick(self) -> float:
        """Milliseconds."""
        gc.collect()
        began = time.perf_counter()
        assert not await self.planner.tick()
        await self.worker.turn()
        await self.worker.settle()
        return 1000 * (time.perf_counter() - began)

    async def lose_people(self) -> None:
        """Their reminders are due, and wait until they can be written to."""
        now = datetime.now(UTC)
        lost = {
            "due_at": now - _FOR_NOW,
            "next_attempt_at": now + timedelta(days=1),
            "expires_at": now + timedelta(days=1),
            "last_error": UNREACHABLE,
        }
        await _many(self.world, DELIVERY.table, 0, UNREACHED, "lost", {**_delivery(now, _FOR_NOW), **lost})
        await _settled(self.world)

    async def close(self) -> None:
        await self.world.store.close()


async def _scene(url: str, series: int) -> _Scene:
    world = await world_on(url, pairs=1)
    now = datetime.now(UTC)
    share = series // _PARTS
    for part in range(_PARTS):
        ahead = _FOR_NOW + part * HORIZON / _PARTS
        await _many(world, SERIES.table, part * share, share, "s", _series(now))
        await _many(world, MEETING.table, part * share, share, "m", _meeting(now, ahead))
        for seat in ("first", "second"):
            await _many(world, DELIVERY.table, part * share, share, seat, _delivery(now, ahead))
    await _settled(world)
    messengers: Any = dict.fromkeys(world.workspaces, _Silent())
    worker = Worker(
        outbox=world.store.outbox,
        store=world.store,
        registry=TRIVIAL,
        libraries=libraries(),
        messengers=lambda: messengers,
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        owner="bench",
    )
    planner = Planner(timetable=world.store.timetable, store=world.store, now=lambda: datetime.now(UTC), new_id=new_id)
    scene = _Scene(world, planner, worker)
    for _ in range(5):
        await scene.tick()
    return scene


async def _many(world: World, table: Table, first: int, many: int, name: str, cells: dict[str, Any]) -> None:
    """So many rows that differ in their ids, and in what is made of them."""
    number = column("n")
    made = {"organization": world.organization, "id": _called(name, number), **cells}
    columns = {
        key: value(number) if callable(value) else literal(value, type_=table.c[key].type)
        for key, value in made.items()
        if key != "id"
    }
    columns["id"] = made["id"]
    async with _without_keys(world) as connection:
        numbers = text(_NUMBERS[connection.dialect.name].format(first, first + many - 1))
        query = select(*columns.values()).select_from(numbers)
        await connection.execute(insert(table).from_select(list(columns), query, include_defaults=False))


@asynccontextmanager
async def _without_keys(world: World) -> AsyncIterator[Connection]:
    """A transaction without patience, in which nobody asks whose conversation a series is."""
    transactions: Any = world.store._database._transactions
    if world.store._database.is_sqlite:
        async with transactions._turn:
            with transactions._writer.connect() as connection:
                connection.execute(text("PRAGMA foreign_keys = OFF"))
                connection.execute(text("BEGIN"))
                yield SqliteConnection(connection)
                connection.commit()
                connection.execute(text("PRAGMA foreign_keys = ON"))
        return
    async with transactions.write(lambda: 600.0) as connection:
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection


_NUMBERS = {
    "postgresql": "generate_series({}, {}) AS numbers(n)",
    "sqlite": "(WITH RECURSIVE numbers(n) AS (VALUES ({}) UNION ALL SELECT n + 1 FROM numbers WHERE n < {})"
    " SELECT n FROM numbers)",
}


def _called(name: str, number: ColumnElement[Any]) -> ColumnElement[str]:
    return literal(name, type_=String()) + cast(number, String)


def _of(name: str) -> Callable[[ColumnElement[Any]], ColumnElement[str]]:
    return lambda number: _called(name, number)


def _series(now: datetime) -> dict[str, Any]:
    return {
        "conversation": _of("c"),
        "author": "somebody",
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "first": now.date(),
        "at": 600,
        "zone": "Europe/Madrid",
        "minutes": 30,
        "created_at": now,
        "changed_at": now,
        "planned_until": now + HORIZON + timedelta(days=1),
        "state": SeriesState.active,
        "version": 1,
    }


def _meeting(now: datetime, ahead: timedelta) -> dict[str, Any]:
    return {
        "conversation": _of("c"),
        "author": "somebody",
        "starts_at": now + ahead,
        "state": MeetingState.scheduled,
        "changed_at": now,
        "minutes": 30,
        "series": _of("s"),
        "day": (now + ahead).date(),
        "moved": False,
        "sequence": 0,
        "version": 1,
    }


def _delivery(now: datetime, ahead: timedelta) -> dict[str, Any]:
    return {
        "recipient": "somebody",
        "kind": DeliveryKind.agenda,
        "subject": _of(new_id()),
        "offset": 0,
        "planned_at": now,
        "due_at": now + ahead - timedelta(minutes=10),
        "expires_at": now + ahead,
        "state": DeliveryState.pending,
        "attempts": 0,
        "fence": 0,
        "via": "",
        "priority": 0,
        "doubts": 0,
    }


async def _settled(world: World) -> None:
    """As after a night: the database has its statistics."""
    async with _without_keys(world) as connection:
        await connection.execute(text("ANALYZE"))


if __name__ == "__main__":
    import sys

    print(asyncio.run(idle(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
