"""The keys by which a bot knows that an activity comes from Microsoft, and the server that publishes them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from adapters.playground.teams_errors import Reply, suffering
from adapters.playground.teams_people import Json
from adapters.playground.teams_world import World

OPENID_PATH = "/v1/.well-known/openidconfiguration"
_KEYS_PATH = "/v1/.well-known/keys"
ISSUER = "https://api.botframework.com"
_ENDORSED = ("msteams", "webchat", "directline")


@dataclass(frozen=True)
class SigningKey:
    """An RSA key, the name under which it is published, and the channels it may sign for."""

    kid: str
    private: RSAPrivateKey = field(repr=False)
    endorsements: tuple[str, ...] = _ENDORSED

    def published(self) -> Json:
        public: dict[str, Any] = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        numbers = {key: public[key] for key in ("kty", "n", "e")}
        return {**numbers, "use": "sig", "kid": self.kid, "endorsements": list(self.endorsements)}


@cache
def process_key(name: str) -> SigningKey:
    """One key a name in the whole process, because making one is slow."""
    return SigningKey(name, generate_private_key(public_exponent=65537, key_size=2048))


def stranger_key() -> SigningKey:
    """A key that nobody publishes."""
    return process_key("stranger")


@dataclass
class KeyServer:
    """Publishes the keys; `current` signs, `extra` holds oddly endorsed ones for hostile tests."""

    world: World
    base_url: str = ""
    turn: int = 0
    extra: list[SigningKey] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    @property
    def current(self) -> SigningKey:
        return process_key(f"play-{self.turn}")

    @property
    def openid_url(self) -> str:
        return f"{self.base_url}{OPENID_PATH}"

    def rotate(self) -> SigningKey:
        """Sign with a new key from now on, and publish the old one no more."""
        self.turn += 1
        return self.current

    def impostor(self) -> SigningKey:
        """Another key under the published key's name: its signatures do not verify."""
        return replace(stranger_key(), kid=self.current.kid)

    def endorsed(self, endorsements: Iterable[str]) -> SigningKey:
        """A published key that may sign for these channels only."""
        key = replace(process_key("endorsed"), endorsements=tuple(endorsements))
        self.extra = [key]
        return key

    def routes(self) -> list[web.RouteDef]:
        return [web.get(OPENID_PATH, self._configuration), web.get(_KEYS_PATH, self._keys)]

    async def _configuration(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, "openid", self._document())

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        self.world.traffic.key_fetches += 1
        return await self._answer(request, "keys", {"keys": [key.published() for key in (self.current, *self.extra)]})

    async def _answer(self, request: web.Request, method: str, body: Json) -> web.StreamResponse:
        await self.open.wait()
        reply = await suffering(self.world, request, method, lambda: Reply(200, body))
        return reply.response()

    def _document(self) -> Json:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{self.base_url}{_KEYS_PATH}",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
