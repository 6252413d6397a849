"""The least of Microsoft that a Teams bot needs: a key server, a token route, and a connector that takes everything."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from benchmarks.serving import served

APP_ID = "0f3a1c52-9d1b-4c55-8a8e-3f1d6a2b7c90"
TENANT = "5c1b7c4e-2f0a-4a53-9a53-6a1f6ad5a001"
ISSUER = "https://api.botframework.com"
PASSWORD = "not-a-secret"
_LOGIN = "https://login.microsoftonline.com"


class Microsoft:
    """An async context manager; ``reply(to)`` waits for the answer to an activity."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._replies: dict[str, asyncio.Event] = {}
        self._exits = AsyncExitStack()
        self.url = ""
        self.last_reply: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._login),
                web.post("/{tenant}/oauth2/v2.0/token", self._token),
                web.post("/teams/v3/conversations/{chat}/activities", self._sent),
                web.post("/teams/v3/conversations/{chat}/activities/{to}", self._sent),
                web.get("/teams/v3/conversations/{chat}/members/{member}", self._member),
            ]
        )
        self.url = await self._exits.enter_async_context(served(app))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._exits.aclose()

    @property
    def service_url(self) -> str:
        return f"{self.url}/teams/"

    def headers(self) -> Mapping[str, str]:
        """A signed request's headers; the token is good for the whole run, as Microsoft's is for an hour."""
        now = datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.service_url,
            "nbf": now,
            "exp": now + timedelta(hours=1),
        }
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "bench"})
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def message(self, name: str, number: str, words: str) -> bytes:
        """What a person types to the bot."""
        activity = {
            "type": "message",
            "id": number,
            "timestamp": datetime.now(UTC).isoformat(),
            "localTimezone": "Europe/Madrid",
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": f"29:{name}", "name": name.title(), "aadObjectId": _object_id(name)},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{name}"},
            "recipient": {"id": f"28:{APP_ID}", "name": "OneOnOne"},
            "textFormat": "plain",
            "locale": "en-US",
            "text": words,
            "channelData": {"tenant": {"id": TENANT}},
        }
        return json.dumps(activity).encode()

    async def reply(self, to: str) -> None:
        await self._replies.setdefault(to, asyncio.Event()).wait()
        del self._replies[to]

    async def _sent(self, request: web.Request) -> web.Response:
        activity = await request.json()
        to = request.match_info.get("to") or activity.get("replyToId") or ""
        self.last_reply = activity
        self._replies.setdefault(to, asyncio.Event()).set()
        return web.json_response({"id": f"reply-{to}"})

    async def _member(self, request: web.Request) -> web.Response:
        name = request.match_info["member"].removeprefix("29:")
        email = f"{name}@example.com"
        return web.json_response(
            {
                "id": f"29:{name}",
                "name": name.title(),
                "aadObjectId": _object_id(name),
                "objectId": _object_id(name),
                "email": email,
                "userPrincipalName": email,
                "tenantId": TENANT,
                "userRole": "user",
            }
        )

    async def _openid(self, _: web.Request) -> web.Response:
        facts = {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys", "id_token_signing_alg_values_supported": ["RS256"]}
        return web.json_response(facts)

    async def _keys(self, _: web.Request) -> web.Response:
        numbers = self._key.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "kid": "bench", "x5t": "bench", "endorsements": ["msteams"]}
        return web.json_response({"keys": [{**key, "n": _number(numbers.n), "e": _number(numbers.e)}]})

    async def _login(self, request: web.Request) -> web.Response:
        tenant = f"{_LOGIN}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{tenant}/v2.0",
                "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
                "token_endpoint": f"{tenant}/oauth2/v2.0/token",
            }
        )

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": "a-token"})


def _object_id(name: str) -> str:
    return f"00000000-0000-4000-8000-{name.encode().hex():0>12}"


def _number(value: int) -> str:
    return urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8)).rstrip(b"=").decode()
