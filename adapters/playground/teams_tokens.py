"""The tenant's token issuer: who may call the connector, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import jwt
from aiohttp import web

from adapters.playground.changes import Topic
from adapters.playground.rules_core import Problem
from adapters.playground.teams_errors import Refusal, Reply, no_token, refusal, suffering
from adapters.playground.teams_keys import process_key
from adapters.playground.teams_people import Json
from adapters.playground.teams_world import World
from adapters.playground.wire import Direction, Exchange

AUDIENCE = "https://api.botframework.com"
SCOPE = f"{AUDIENCE}/.default"
_MICROSOFT = "https://login.microsoftonline.com"  # as the real document says, wherever it is served
_SECRETS = ("client_secret", "client_assertion", "access_token")


@dataclass
class TokenIssuer:
    """Issues tokens to the one registered app; `lifetime` is in seconds of real time."""

    world: World
    real_now: Callable[[], datetime]
    lifetime: int = 3599
    valid: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._configuration),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    def revoke(self) -> None:
        """Make every token so far worthless, as an operator does who resets the app's secret."""
        self.valid.clear()

    def check(self, authorization: str | None) -> None:
        """Raise Refusal (401) unless this is a living token of ours; one that never was ours is a violation."""
        kind, _, token = (authorization or "").partition(" ")
        if kind != "Bearer" or token not in self.ever:
            self.world.blame("authorization", [Problem("", "no_token", "must carry a token from the token route")])
            raise refusal("Unauthorized", "Authorization has been denied for this request.")
        if token not in self.valid or _ends(token) <= self.real_now().timestamp():
            raise refusal("Unauthorized", "Authorization has been denied for this request.")

    async def _configuration(self, request: web.Request) -> web.StreamResponse:
        tenant = request.match_info["tenant"]
        return (await suffering(self.world, request, "login", partial(self._document, tenant))).response()

    def _document(self, tenant: str) -> Reply:
        self._require_tenant(tenant)
        here = f"{_MICROSOFT}/{tenant}"
        return Reply(
            200,
            {
                "issuer": f"{_MICROSOFT}/{tenant}/v2.0",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "device_authorization_endpoint": f"{here}/oauth2/v2.0/devicecode",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "jwks_uri": f"{here}/discovery/v2.0/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
                "response_types_supported": ["code"],
                "scopes_supported": ["openid"],
            },
        )

    async def _token(self, request: web.Request) -> web.StreamResponse:
        started = self.world.monotonic()
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        tenant = request.match_info["tenant"]
        reply = await suffering(self.world, request, "token", partial(self._issued, tenant, form))
        self._record(form, reply, started)
        return reply.response()

    def _issued(self, tenant: str, form: dict[str, str]) -> Reply:
        try:
            self._require(tenant, form)
        except Refusal:
            self.world.blame("token", [Problem("", "refused", "must ask as the registered app, for the one scope")])
            raise
        token = self._new_token(tenant)
        self.valid.add(token)
        self.ever.add(token)
        self.world.traffic.tokens_issued += 1
        times = {"expires_in": self.lifetime, "ext_expires_in": self.lifetime}
        return Reply(200, {"token_type": "Bearer", **times, "access_token": token})

    def _require(self, tenant: str, form: dict[str, str]) -> None:
        self._require_tenant(tenant)
        if form.get("grant_type") != "client_credentials":
            raise no_token("unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.")
        if form.get("client_id") != self.world.app.app_id:
            raise no_token("unauthorized_client", "AADSTS700016: The application was not found in the directory.")
        if form.get("client_secret") != self.world.app.password:
            raise no_token("invalid_client", "AADSTS7000215: Invalid client secret provided.")
        if SCOPE not in form.get("scope", "").split():
            raise no_token("invalid_scope", "AADSTS1002012: The provided value for scope is not valid.")

    def _require_tenant(self, tenant: str) -> None:
        if tenant != self.world.tenant.id:
            raise no_token("invalid_request", "AADSTS90002: The tenant was not found.")

    def _new_token(self, tenant: str) -> str:
        at = int(self.real_now().timestamp())
        who = {"appid": self.world.app.app_id, "tid": tenant, "ver": "1.0", "uti": self.world.new_id()}
        times: Json = {"iat": at, "nbf": at, "exp": at + self.lifetime}
        claims = {"aud": AUDIENCE, "iss": f"https://sts.windows.net/{tenant}/", **who, **times}
        key = process_key("login")
        return jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": key.kid})

    def _record(self, form: dict[str, str], reply: Reply, started: float) -> None:
        world = self.world
        seconds = world.monotonic() - started
        asked, answer = _without_secrets(form), _without_secrets(reply.body or {})
        world.wire.exchanges.append(
            Exchange(world.now(), Direction.TO_PLATFORM, "token", reply.status, seconds, body=asked, answer=answer)
        )
        world.changed.announce(Topic.WIRE)


def _ends(token: str) -> int:
    """When a token ends; it was issued here, so that its signature needs no second look."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return int(claims["exp"])


def _without_secrets(body: Json | dict[str, str]) -> Json:
    return {key: value for key, value in body.items() if key not in _SECRETS}
