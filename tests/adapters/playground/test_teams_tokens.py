"""Who may call the connector, and how the bot knows who calls it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession

from adapters.playground.teams_keys import stranger_key
from adapters.playground.teams_people import Json
from adapters.playground.teams_standin import TeamsStandIn
from tests.adapters.playground.teams_tenant import ANA, APP, Caller, message

AUDIENCE = "https://api.botframework.com"


async def published(teams: TeamsStandIn, session: ClientSession) -> dict[str, Json]:
    async with session.get(teams.openid_url) as response:
        document = await response.json()
    async with session.get(document["jwks_uri"]) as response:
        keys = (await response.json())["keys"]
    return {key["kid"]: key for key in keys}


async def verified(teams: TeamsStandIn, caller: Caller, headers: dict[str, str]) -> Json:
    """The claims of inbound headers, read the way a bot should read them."""
    token = headers["Authorization"].removeprefix("Bearer ")
    keys = await published(teams, caller.session)
    key = jwt.PyJWK(keys[jwt.get_unverified_header(token)["kid"]])
    claims: Json = jwt.decode(token, key, algorithms=["RS256"], audience=APP.app_id, issuer=AUDIENCE)
    return claims


def inbound(teams: TeamsStandIn) -> Json:
    return {"type": "message", "serviceUrl": teams.service_url}


async def test_the_registered_app_gets_a_token_for_the_connector(teams: TeamsStandIn, caller: Caller) -> None:
    got = await caller.ask_token()
    claims = jwt.decode(got.body["access_token"], options={"verify_signature": False})
    assert (got.status, got.body["token_type"], got.body["expires_in"]) == (200, "Bearer", 3599)
    assert (claims["aud"], claims["appid"], claims["tid"]) == (AUDIENCE, APP.app_id, teams.world.tenant.id)
    assert claims["exp"] - claims["iat"] == 3599
    assert teams.world.traffic.tokens_issued == 1


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"client_secret": "guessed"}, 401, "invalid_client"),
        ({"client_id": "somebody-else"}, 400, "unauthorized_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "https://graph.microsoft.com/.default"}, 400, "invalid_scope"),
        ({"tenant": "another-tenant"}, 400, "invalid_request"),
    ],
)
async def test_nobody_else_gets_one(
    teams: TeamsStandIn, caller: Caller, wrong: dict[str, str], status: int, error: str
) -> None:
    got = await caller.ask_token(**wrong)
    assert (got.status, got.body["error"]) == (status, error)
    assert teams.world.traffic.tokens_issued == 0
    assert [each.where for each in teams.violations] == ["token"]


async def test_the_tenant_says_where_its_tokens_come_from(teams: TeamsStandIn, caller: Caller) -> None:
    tenant = teams.world.tenant.id
    url = f"{teams.login_url}/{tenant}/v2.0/.well-known/openid-configuration"
    async with caller.session.get(url) as response:
        document = await response.json()
    assert document["token_endpoint"] == f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer forged", "Basic forged"])
async def test_a_call_without_a_token_of_ours_is_refused_and_kept(
    teams: TeamsStandIn, caller: Caller, authorization: str
) -> None:
    chat = teams.world.install(ANA.id)
    got = await caller.call("POST", f"/{chat.id}/activities", message(), Authorization=authorization)
    assert (got.status, got.code) == (401, "Unauthorized")
    assert [each.where for each in teams.violations] == ["authorization"]
    assert not teams.person(ANA.id).messages()


async def test_a_revoked_token_is_refused_though_it_is_no_violation(teams: TeamsStandIn, caller: Caller) -> None:
    chat = teams.world.install(ANA.id)
    assert (await caller.send(chat.id, message())).status == 201
    teams.revoke_tokens()
    assert (await caller.send(chat.id, message())).status == 401
    caller.token = None
    assert (await caller.send(chat.id, message())).status == 201
    assert not teams.violations


async def test_a_token_ends_when_it_says(teams: TeamsStandIn, caller: Caller) -> None:
    teams.issuer.lifetime = 0
    got = await caller.send(teams.world.install(ANA.id).id, message())
    assert got.status == 401
    assert not teams.violations


async def test_no_secret_is_kept_in_the_record_of_the_wire(teams: TeamsStandIn, caller: Caller) -> None:
    await caller.send(teams.world.install(ANA.id).id, message())
    kept = repr([(each.body, each.answer) for each in teams.world.wire.exchanges])
    assert [each.method for each in teams.world.wire.exchanges] == ["token", "send"]
    assert caller.token
    assert APP.password not in kept
    assert caller.token not in kept


async def test_an_activity_is_signed_so_that_the_published_keys_verify_it(teams: TeamsStandIn, caller: Caller) -> None:
    activity = inbound(teams)
    claims = await verified(teams, caller, teams.signed_headers(activity))
    assert claims["serviceurl"] == teams.service_url


@pytest.mark.parametrize(
    ("wrong", "raised"),
    [
        ({"audience": "another-app"}, jwt.InvalidAudienceError),
        ({"issuer": "https://somebody.example"}, jwt.InvalidIssuerError),
        ({"expired": True}, jwt.ExpiredSignatureError),
        ({"not_yet": True}, jwt.ImmatureSignatureError),
        ({"key": stranger_key()}, KeyError),
        ({"algorithm": "none"}, jwt.InvalidTokenError),
        ({"algorithm": "HS256"}, jwt.InvalidTokenError),
    ],
)
async def test_headers_can_be_wrong_in_every_way(
    teams: TeamsStandIn, caller: Caller, wrong: dict[str, Any], raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        await verified(teams, caller, teams.signed_headers(inbound(teams), **wrong))


async def test_an_impostor_signs_under_a_published_name(teams: TeamsStandIn, caller: Caller) -> None:
    with pytest.raises(jwt.InvalidSignatureError):
        await verified(teams, caller, teams.signed_headers(inbound(teams), key=teams.keys.impostor()))


async def test_a_token_may_name_another_service(teams: TeamsStandIn, caller: Caller) -> None:
    headers = teams.signed_headers(inbound(teams), service_url="https://evil.example/")
    assert (await verified(teams, caller, headers))["serviceurl"] == "https://evil.example/"


async def test_a_key_may_be_endorsed_for_another_channel_only(teams: TeamsStandIn, caller: Caller) -> None:
    await verified(teams, caller, teams.signed_headers(inbound(teams), endorsements=["webchat"]))
    keys = await published(teams, caller.session)
    assert sorted(key["endorsements"] for key in keys.values()) == [["msteams", "webchat", "directline"], ["webchat"]]


async def test_a_rotated_key_takes_the_place_of_the_old(teams: TeamsStandIn, caller: Caller) -> None:
    before = set(await published(teams, caller.session))
    new = teams.rotate_key()
    after = set(await published(teams, caller.session))
    assert after == {new.kid}
    assert before.isdisjoint(after)
    await verified(teams, caller, teams.signed_headers(inbound(teams)))


async def test_the_key_server_can_hang_until_it_is_let_go(teams: TeamsStandIn, caller: Caller) -> None:
    teams.hang_keys()
    asked = asyncio.create_task(published(teams, caller.session))
    done, _ = await asyncio.wait([asked], timeout=0.05)
    assert not done
    teams.release_keys()
    assert await asked


async def test_real_time_dates_tokens_though_the_clock_of_messages_stands_elsewhere(
    teams: TeamsStandIn, caller: Caller
) -> None:
    teams.world.now = lambda: datetime.now(UTC) + timedelta(days=400)
    chat = teams.world.install(ANA.id)
    assert (await caller.send(chat.id, message())).status == 201
    (said,) = teams.person(ANA.id).messages()
    assert said.at
    assert said.at > datetime.now(UTC) + timedelta(days=399)
