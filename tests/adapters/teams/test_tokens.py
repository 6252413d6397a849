"""The bot's token: one for everybody, from Microsoft's real library over HTTP."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.config import TeamsConfig, TeamsIdentity
from adapters.teams.tokens import Tokens
from adapters.trouble import Outcome, Trouble
from tests.adapters.teams.servers import Clock, Issuer, token_issuer

APP = "0a1b2c3d-0000-4000-8000-000000000001"
TENANT = "0a1b2c3d-0000-4000-8000-00000000000a"
CLOUD = ("IDENTITY_SERVER_THUMBPRINT", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IMDS_ENDPOINT", "MSI_ENDPOINT")


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with token_issuer() as running:
        running.real_seconds = time.time
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(issuer: Issuer) -> TeamsConfig:
    return TeamsConfig(app_id=APP, password="s3cret", tenant=TENANT, login_url=issuer.base_url)


@pytest.fixture
def tokens(config: TeamsConfig, clock: Clock) -> Tokens:
    return Tokens(config, monotonic=clock)


async def no_token(tokens: Tokens) -> Trouble:
    with pytest.raises(Trouble) as trouble:
        await tokens.bearer()
    assert (trouble.value.code, trouble.value.outcome) == ("no_token", Outcome.later)
    return trouble.value


async def test_a_secret_buys_a_token_for_the_connector(tokens: Tokens, issuer: Issuer) -> None:
    assert await tokens.bearer() == "token 1"
    (asked,) = issuer.asked
    assert asked["path"] == f"/{TENANT}/oauth2/v2.0/token"
    assert asked["grant_type"] == "client_credentials"
    assert (asked["client_id"], asked["client_secret"]) == (APP, "s3cret")
    assert asked["scope"] == "https://api.botframework.com/.default"


async def test_a_managed_identity_gets_one_from_the_app_service(
    config: TeamsConfig, issuer: Issuer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CLOUD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{issuer.base_url}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "proof")
    identity = replace(config, password=None, identity=TeamsIdentity.MANAGED_IDENTITY)
    tokens = Tokens(identity, monotonic=clock)
    assert await tokens.bearer() == "token 1"
    (asked,) = issuer.asked
    assert asked["resource"] == "https://api.botframework.com"
    assert asked["client_id"] == APP
    assert issuer.headers[0]["X-IDENTITY-HEADER"] == "proof"
    clock.forward(3600 - 301)
    assert await tokens.bearer() == "token 1"


async def test_a_managed_identity_gets_one_from_a_virtual_machine(
    config: TeamsConfig, issuer: Issuer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CLOUD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", issuer.base_url)
    identity = replace(config, password=None, identity=TeamsIdentity.MANAGED_IDENTITY)
    assert await Tokens(identity, monotonic=clock).bearer() == "token 1"
    assert issuer.asked[0]["resource"] == "https://api.botframework.com"


async def test_everybody_shares_one_token_and_one_asking(tokens: Tokens, issuer: Issuer) -> None:
    assert set(await asyncio.gather(*(tokens.bearer() for _ in range(100)))) == {"token 1"}
    assert len(issuer.asked) == 1


async def test_a_token_is_replaced_five_minutes_before_it_ends_and_nobody_waits_for_that(
    tokens: Tokens, issuer: Issuer, clock: Clock
) -> None:
    await tokens.bearer()
    clock.forward(3600 - 301)
    assert await tokens.bearer() == "token 1"
    clock.forward(1)
    issuer.gate.shut()
    async with asyncio.timeout(1):
        assert await tokens.bearer() == "token 1"
    await issuer.gate.waiting.wait()
    issuer.gate.open()
    clock.forward(300)
    assert await tokens.bearer() == "token 2"


async def test_a_token_of_a_few_minutes_serves_for_half_of_them(tokens: Tokens, issuer: Issuer, clock: Clock) -> None:
    issuer.lasts = 240
    await tokens.bearer()
    clock.forward(119)
    await tokens.bearer()
    assert len(issuer.asked) == 1


async def test_a_refused_token_is_dropped_but_not_a_newer_one(tokens: Tokens, issuer: Issuer) -> None:
    await tokens.bearer()
    tokens.drop("token 1")
    assert await tokens.bearer() == "token 2"
    tokens.drop("token 1")
    assert await tokens.bearer() == "token 2"
    assert len(issuer.asked) == 2


async def test_an_issuer_that_hangs_holds_nobody_longer_than_promised(config: TeamsConfig, issuer: Issuer) -> None:
    tokens = Tokens(config, patience=0.05)
    issuer.gate.shut()
    async with asyncio.timeout(2):
        await asyncio.gather(*(no_token(tokens) for _ in range(10)))
    issuer.gate.open()


async def test_an_issuer_that_is_down_is_asked_again_with_the_next_send(tokens: Tokens, issuer: Issuer) -> None:
    issuer.status = 502
    assert (await no_token(tokens)).after == 5
    issuer.status = 200
    assert await tokens.bearer() == "token 2"


async def test_an_issuer_that_nobody_answers_for_is_no_token(config: TeamsConfig) -> None:
    await no_token(Tokens(replace(config, login_url="http://127.0.0.1:1")))


async def test_a_token_that_still_holds_is_used_while_the_issuer_is_down(
    tokens: Tokens, issuer: Issuer, clock: Clock
) -> None:
    await tokens.bearer()
    issuer.status = 502
    clock.forward(3600 - 60)
    assert await tokens.bearer() == "token 1"
    clock.forward(60)
    await no_token(tokens)


async def test_a_wrong_secret_waits_for_the_operator_and_is_not_logged(
    tokens: Tokens, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.refuses = "invalid_client"
    with caplog.at_level(logging.DEBUG, logger="oneonone"):
        assert (await no_token(tokens)).after == 300
    lines = [str(vars(record)) for record in caplog.records]
    assert any("invalid_client" in line for line in lines)
    assert not any("canary" in line or "s3cret" in line for line in lines)


async def test_without_an_app_id_there_is_no_token(issuer: Issuer) -> None:
    assert await Tokens(TeamsConfig(login_url=issuer.base_url)).bearer() is None
    assert issuer.asked == []
