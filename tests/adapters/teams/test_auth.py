"""Who gets in, and who does not."""

import hmac
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode

from adapters.config import TeamsConfig
from adapters.teams.auth import Authenticator, Forbidden, Unauthorized
from adapters.teams.connector import session
from adapters.teams.keys import SigningKeys
from tests.adapters.teams.servers import Clock, Json, KeyServer, key_server, private_key, published, signed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
APP = "0a1b2c3d-0000-4000-8000-000000000001"
TENANT = "0a1b2c3d-0000-4000-8000-00000000000a"
CONFIG = TeamsConfig(app_id=APP, password="secret", tenant=TENANT)
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
ACTIVITY: Json = {
    "type": "message",
    "channelId": "msteams",
    "serviceUrl": SERVICE_URL,
    "conversation": {"id": "a:1", "tenantId": TENANT},
    "channelData": {"tenant": {"id": TENANT}},
    "text": "canary",
}


def moment(minutes: float) -> int:
    return int((NOW + timedelta(minutes=minutes)).timestamp())


CLAIMS: Json = {
    "iss": "https://api.botframework.com",
    "aud": APP,
    "exp": moment(55),
    "nbf": moment(-5),
    "serviceurl": SERVICE_URL,
}


def claims(**changed: Any) -> Json:
    return {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}


def activity(**changed: Any) -> Json:
    return {name: value for name, value in {**ACTIVITY, **changed}.items() if value is not None}


@pytest.fixture
async def server() -> AsyncIterator[KeyServer]:
    async with key_server() as running:
        running.keys += [published("webchat", "webchat")]
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with session() as opened:
        yield opened


@pytest.fixture
def keys(server: KeyServer, http: aiohttp.ClientSession) -> SigningKeys:
    return SigningKeys(http, server.openid_url, Clock())


@pytest.fixture
def gate(keys: SigningKeys) -> Authenticator:
    return Authenticator(CONFIG, keys, lambda: NOW)


def bearer(token: str) -> str:
    return f"Bearer {token}"


@pytest.mark.parametrize(
    ("token", "sent"),
    [
        (claims(), activity()),
        (claims(exp=moment(-4)), activity()),
        (claims(nbf=moment(4)), activity()),
        (claims(nbf=None), activity()),
        (claims(serviceurl=None, serviceUrl=SERVICE_URL), activity()),
        (claims(serviceurl=SERVICE_URL.rstrip("/")), activity()),
        (claims(), activity(serviceUrl=SERVICE_URL.rstrip("/"))),
        (claims(), activity(conversation={"id": "a:1"})),
        (claims(), activity(channelData=None)),
        (claims(), activity(conversation={"id": "a:1", "tenantId": TENANT.upper()})),
    ],
)
async def test_what_microsoft_signed_for_us_gets_in(gate: Authenticator, token: Json, sent: Json) -> None:
    await gate.check(bearer(signed(token)), sent)


async def test_the_scheme_may_be_written_in_any_case(gate: Authenticator) -> None:
    await gate.check(f"bearer {signed(CLAIMS)}", ACTIVITY)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (claims(aud="0a1b2c3d-0000-4000-8000-000000000002"), "other_audience"),
        (claims(aud=[APP, "other"]), "other_audience"),
        (claims(aud=None), "malformed"),
        (claims(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"), "other_issuer"),
        (claims(iss=None), "malformed"),
        (claims(exp=moment(-6)), "expired"),
        (claims(exp=None), "malformed"),
        (claims(exp="tomorrow"), "malformed"),
        (claims(exp=True), "malformed"),
        (claims(nbf=moment(6)), "not_yet_valid"),
        (claims(serviceurl="https://smba.trafficmanager.net/amer/"), "other_service_url"),
        (claims(serviceurl=None), "other_service_url"),
        (claims(serviceurl=["https://smba.trafficmanager.net/emea/"]), "other_service_url"),
    ],
)
async def test_claims_that_do_not_hold_stay_out(gate: Authenticator, token: Json, code: str) -> None:
    with pytest.raises(Unauthorized) as refused:
        await gate.check(bearer(signed(token)), ACTIVITY)
    assert (refused.value.code, refused.value.status) == (code, 401)


def unsigned() -> str:
    return jwt.encode(CLAIMS, "", algorithm="none", headers={"kid": "one"})


def signed_with_the_public_key() -> str:
    """The old trick: the public key used as a shared secret. The library refuses to do it, so it is done by hand."""
    pem = private_key("one").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    body = jwt.encode(CLAIMS, "x" * 32, algorithm="HS256", headers={"kid": "one"}).rpartition(".")[0]
    return f"{body}.{base64url_encode(hmac.digest(pem, body.encode(), 'sha256')).decode()}"


def without_a_key_id() -> str:
    return jwt.encode(CLAIMS, private_key("one"), algorithm="RS256")


def signed_by_another() -> str:
    return signed(CLAIMS, kid="one", by="another")


def signed_with_an_unknown_key() -> str:
    return signed(CLAIMS, kid="unheard of")


def signed_for_another_channel() -> str:
    return signed(CLAIMS, kid="webchat")


def changed_after_signing() -> str:
    head, _, signature = signed(CLAIMS).split(".")
    return f"{head}.{signed(claims(exp=moment(600))).split('.')[1]}.{signature}"


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (unsigned, "other_algorithm"),
        (signed_with_the_public_key, "other_algorithm"),
        (signed_with_an_unknown_key, "unknown_key"),
        (without_a_key_id, "unknown_key"),
        (signed_by_another, "bad_signature"),
        (changed_after_signing, "bad_signature"),
        (signed_for_another_channel, "not_endorsed"),
    ],
)
async def test_forged_tokens_stay_out(gate: Authenticator, token: Callable[[], str], code: str) -> None:
    with pytest.raises(Unauthorized) as refused:
        await gate.check(bearer(token()), ACTIVITY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer rubbish", "Bearer a.b.c", "Bearer é"]
)
async def test_what_is_no_token_stays_out(gate: Authenticator, server: KeyServer, header: str | None) -> None:
    with pytest.raises(Unauthorized):
        await gate.check(header, ACTIVITY)
    assert server.readings == 0


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (activity(channelData={"tenant": {"id": "another"}}), "other_tenant"),
        (activity(conversation={"id": "a:1", "tenantId": "another"}), "other_tenant"),
        (activity(conversation={"id": "a:1"}, channelData=None), "other_tenant"),
        (activity(conversation="a:1", channelData=[]), "other_tenant"),
        (activity(channelId="webchat"), "other_channel"),
    ],
)
async def test_what_comes_from_somebody_elses_people_stays_out(gate: Authenticator, sent: Json, code: str) -> None:
    with pytest.raises(Forbidden) as refused:
        await gate.check(bearer(signed(CLAIMS)), sent)
    assert (refused.value.code, refused.value.status) == (code, 403)


async def test_a_channel_that_the_key_may_not_sign_for_stays_out(gate: Authenticator) -> None:
    for sent in (activity(channelId="telegram"), activity(channelId=None)):
        with pytest.raises(Unauthorized):
            await gate.check(bearer(signed(CLAIMS)), sent)


@pytest.mark.parametrize("url", ["https://evil.example/", "http://127.0.0.1:1/", "http://smba.trafficmanager.net/"])
async def test_a_service_url_that_is_not_microsofts_stays_out_even_when_signed(gate: Authenticator, url: str) -> None:
    with pytest.raises(Forbidden) as refused:
        await gate.check(bearer(signed(claims(serviceurl=url))), activity(serviceUrl=url))
    assert refused.value.code == "service_url_not_allowed"


async def test_a_new_key_gets_in_within_a_minute(server: KeyServer, http: aiohttp.ClientSession) -> None:
    clock = Clock()
    gate = Authenticator(CONFIG, SigningKeys(http, server.openid_url, clock), lambda: NOW)
    await gate.check(bearer(signed(CLAIMS)), ACTIVITY)
    server.keys = [published("two", "msteams")]
    clock.forward(60)
    await gate.check(bearer(signed(CLAIMS, kid="two")), ACTIVITY)
    with pytest.raises(Unauthorized):
        await gate.check(bearer(signed(CLAIMS, kid="one")), ACTIVITY)


async def test_a_key_server_that_is_down_lets_nobody_in(server: KeyServer, gate: Authenticator) -> None:
    server.status = 500
    with pytest.raises(Unauthorized):
        await gate.check(bearer(signed(CLAIMS)), ACTIVITY)


async def test_without_a_tenant_every_tenant_of_the_bot_is_let_in(keys: SigningKeys) -> None:
    gate = Authenticator(replace(CONFIG, tenant=""), keys, lambda: NOW)
    await gate.check(bearer(signed(CLAIMS)), activity(channelData={"tenant": {"id": "another"}}))


async def test_without_an_app_id_only_this_machine_is_let_in(keys: SigningKeys) -> None:
    gate = Authenticator(TeamsConfig(loopback=True), keys, lambda: NOW)
    await gate.check(None, activity(serviceUrl="http://localhost:56150/_connector", channelId="emulator"))
    with pytest.raises(Forbidden):
        await gate.check(None, ACTIVITY)


async def test_a_refusal_is_logged_by_its_code_alone(gate: Authenticator, caplog: pytest.LogCaptureFixture) -> None:
    token = signed(claims(aud="other"))
    with caplog.at_level(logging.DEBUG, logger="oneonone"), pytest.raises(Unauthorized):
        await gate.check(bearer(token), ACTIVITY)
    lines = [str(vars(record)) for record in caplog.records]
    assert any("other_audience" in line for line in lines)
    assert not any("canary" in line or token in line for line in lines)
