"""`/readyz` takes a replica out while it cannot serve, and soon enough to be of use."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text

from adapters.app import Service, build
from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config, TeamsConfig
from adapters.web.health import Check, health_routes
from storage.database import Database
from storage.schema import newest, serves

TEAMS = TeamsConfig(app_id="0a1b2c3d-0000-4000-8000-000000000001", password="s", tenant="t")


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def never() -> bool:
    await asyncio.Event().wait()
    return True


@asynccontextmanager
async def asked(checks: Mapping[str, Check], *, stopping: bool = False) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(health_routes(checks, is_stopping=lambda: stopping))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def get(url: str, path: str = "/readyz") -> tuple[int, dict[str, object]]:
    async with ClientSession() as session, session.get(f"{url}{path}") as response:
        return response.status, await response.json()


async def test_what_does_not_work_is_named() -> None:
    async with asked({"database": yes, "slack": no}) as url:
        assert await get(url) == (503, {"database": True, "slack": False})


async def test_what_does_not_answer_within_a_second_does_not_work() -> None:
    async with asked({"database": never, "schema": never, "slack": yes}) as url:
        async with asyncio.timeout(1.9):  # both were waited for together
            assert await get(url) == (503, {"database": False, "schema": False, "slack": True})
        assert await get(url, "/livez") == (200, {"live": True})


async def test_who_is_stopping_takes_nobody_in_and_asks_nothing() -> None:
    async with asked({"database": never}, stopping=True) as url:
        assert await get(url) == (503, {"stopping": True})
        assert await get(url, "/livez") == (200, {"live": True})


def test_a_release_serves_its_own_schema_and_later_ones() -> None:
    assert [serves(revision) for revision in (None, "0001", newest(), "9999")] == [False, False, True, True]


@pytest.fixture
async def service(database_url: str) -> AsyncIterator[Service]:
    config = Config(database_url=database_url, secret_keys=(b"k" * 32,), port=0, teams=replace(TEAMS))
    built = await build(config, clock=SystemClock(), new_id=new_id, new_key=new_key)
    await built.start(timer=False)
    yield built
    await built.stop()


async def _run(url: str, *statements: str) -> None:
    database = Database(url, patience=30)
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await database.close()


WELL = {"database": True, "schema": True, "teams": True}


async def test_an_older_schema_is_not_served_and_a_newer_one_is(service: Service) -> None:
    assert await get(service.url) == (200, WELL)
    for revision, status in (("0001", 503), ("9999", 200), (newest(), 200)):
        await _run(service.config.database_url, f"UPDATE alembic_version SET version_num = '{revision}'")
        assert await get(service.url) == (status, {**WELL, "schema": status == 200})


async def test_a_database_whose_tables_are_gone_is_not_served(service: Service) -> None:
    await _run(service.config.database_url, "DROP TABLE alembic_version")
    assert await get(service.url) == (503, {**WELL, "schema": False})


@pytest.mark.postgres
async def test_a_database_that_lets_us_wait_is_not_served_until_it_answers(postgres_url: str) -> None:
    config = Config(database_url=postgres_url, secret_keys=(b"k" * 32,), port=0, teams=TEAMS)
    service = await build(config, clock=SystemClock(), new_id=new_id, new_key=new_key)
    await service.start(timer=False)
    other = Database(postgres_url, patience=30)
    try:
        async with other.write() as connection:
            await connection.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
            async with asyncio.timeout(2):
                assert await get(service.url) == (503, {**WELL, "schema": False})
        assert await get(service.url) == (200, WELL)
    finally:
        await other.close()
        await service.stop()


async def test_who_is_told_to_stop_still_answers_people(service: Service) -> None:
    service.stopping = True
    assert (await get(service.url))[0] == 503
    async with ClientSession() as session, session.post(service.messages_url, json={}) as response:
        assert response.status == 401  # a request that nobody signed, as ever
