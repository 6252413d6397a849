"""Socket Mode: the same service without a public address."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientSession

from adapters.app import build
from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.playground.slack_standin import SlackStandIn
from tests.adapters.slack.conftest import ANA, BEN, CONFIG, SIGNING_SECRET, Clock, Office, converse
from tests.adapters.slack.example_words import example_registry


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with SlackStandIn(
        users=[ANA, BEN],
        now=Clock().now,
        new_id=new_id,
        bot_token="xoxb-test",
        app_token="xapp-test",
        signing_secret=SIGNING_SECRET,
        socket_mode=True,
    ) as slack:
        settings = replace(CONFIG, api_url=slack.api_url, app_token="xapp-test", signing_secret=None)
        config = Config(database_url=sqlite_url, secret_keys=(b"k" * 32,), port=0, slack=settings)
        service = await build(config, clock=Clock(), new_id=new_id, new_key=new_key, registry=example_registry())
        await service.start(timer=False)
        place = Office(slack, service)
        await place.settled()
        await converse(place)
        yield place
        await service.stop()


async def test_words_presses_and_forms_travel_over_the_socket(office: Office) -> None:
    await office.settled(await office.ana.command("/oneonone", "add"))
    await office.ana.fill("Your text", "forbidden")
    await office.settled(await office.ana.submit())
    assert "That day is over" in office.ana.reads()
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["Promotion case"]
    await office.settled(await office.ana.says("actions"))
    await office.ana.close_all_modals()
    await office.settled(await office.ana.press("Count"))
    assert "2 kept" in office.ana.reads()


async def test_there_is_no_way_in_over_http(office: Office) -> None:
    async with ClientSession() as session, session.post(office.service.events_url, data="{}") as response:
        assert response.status == 404
