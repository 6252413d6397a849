"""The keys that the Bot Framework signs with: found when new, never waited for when known."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from adapters.teams.connector import session
from adapters.teams.keys import SigningKeys
from tests.adapters.teams.servers import Clock, KeyServer, key_server, published

A_DAY = 24 * 3600


@pytest.fixture
async def server() -> AsyncIterator[KeyServer]:
    async with key_server() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with session() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(server: KeyServer, http: aiohttp.ClientSession, clock: Clock) -> SigningKeys:
    return SigningKeys(http, server.openid_url, clock)


async def test_a_key_comes_with_its_endorsements_and_is_read_once(keys: SigningKeys, server: KeyServer) -> None:
    assert server.readings == 0
    found = await asyncio.gather(*(keys.find("one") for _ in range(20)))
    assert all(each is not None and each.endorsements == {"msteams", "webchat"} for each in found)
    assert server.readings == 1


async def test_a_new_key_is_found_a_minute_after_the_last_reading(
    keys: SigningKeys, server: KeyServer, clock: Clock
) -> None:
    await keys.find("one")
    server.keys = [published("two", "msteams")]
    clock.forward(59)
    assert await keys.find("two") is None
    assert server.readings == 1
    clock.forward(1)
    assert await keys.find("two") is not None
    assert await keys.find("one") is None


async def test_forged_key_ids_do_not_make_it_ask_more_than_once_a_minute(keys: SigningKeys, server: KeyServer) -> None:
    assert [await keys.find(f"forged {number}") for number in range(50)] == [None] * 50
    assert server.readings == 1


async def test_a_key_server_that_hangs_delays_nobody_whose_key_is_known(
    keys: SigningKeys, server: KeyServer, clock: Clock
) -> None:
    await keys.find("one")
    clock.forward(A_DAY + 1)
    server.gate.shut()
    stranger = asyncio.create_task(keys.find("two"))
    await server.gate.waiting.wait()
    async with asyncio.timeout(1):
        assert await keys.find("one") is not None
    assert not stranger.done()
    server.gate.open()
    assert await stranger is None


async def test_whoever_goes_away_does_not_stop_the_reading_for_the_others(keys: SigningKeys, server: KeyServer) -> None:
    server.gate.shut()
    leaving, staying = (asyncio.create_task(keys.find("one")) for _ in range(2))
    await server.gate.waiting.wait()
    leaving.cancel()
    server.gate.open()
    assert await staying is not None


async def test_a_key_server_that_hangs_is_given_up(
    server: KeyServer, http: aiohttp.ClientSession, clock: Clock
) -> None:
    keys = SigningKeys(http, server.openid_url, clock, patience=0.05)
    server.gate.shut()
    assert await keys.find("one") is None
    server.gate.open()
    assert await keys.find("one") is None
    clock.forward(5)
    assert await keys.find("one") is not None


async def test_known_keys_are_read_again_after_a_day_without_anybody_waiting(
    keys: SigningKeys, server: KeyServer, clock: Clock
) -> None:
    await keys.find("one")
    server.keys = [published("two", "msteams")]
    clock.forward(A_DAY + 1)
    server.gate.shut()
    assert await keys.find("one") is not None
    await server.gate.waiting.wait()
    server.gate.open()
    assert await keys.find("two") is not None


async def test_a_key_server_that_is_down_costs_no_known_key_for_days_but_not_for_ever(
    keys: SigningKeys, server: KeyServer, clock: Clock
) -> None:
    await keys.find("one")
    server.status = 503
    clock.forward(4 * A_DAY)
    assert await keys.find("one") is not None
    clock.forward(A_DAY)
    assert await keys.find("one") is None


async def test_entries_that_are_no_signing_keys_keep_nobody_else_out(keys: SigningKeys, server: KeyServer) -> None:
    odd: list[Any] = [
        7,
        {},
        {"kty": "EC", "kid": "ec"},
        {"kty": "RSA", "kid": "broken", "n": "?"},
        {"kty": "RSA", "n": "AQAB"},
    ]
    server.keys = [*odd, {**published("two"), "endorsements": None}]
    found = await keys.find("two")
    assert found is not None
    assert found.endorsements == frozenset()
    assert await keys.find("broken") is None


async def test_keys_at_an_address_of_another_scheme_are_not_asked_for(keys: SigningKeys, server: KeyServer) -> None:
    server.keys_url = server.base_url.replace("http:", "ftp:") + "/v1/.well-known/keys"
    assert await keys.find("one") is None
    assert server.readings == 0


async def test_an_answer_that_is_no_list_of_keys_is_none(keys: SigningKeys, server: KeyServer) -> None:
    server.keys_url = f"{server.base_url}/v1/.well-known/odd"
    assert await keys.find("one") is None


async def test_an_answer_without_keys_takes_none_away(keys: SigningKeys, server: KeyServer, clock: Clock) -> None:
    await keys.find("one")
    server.keys = []
    clock.forward(60)
    assert await keys.find("two") is None
    assert await keys.find("one") is not None
