"""Who may call the bot: the Bot Framework, on behalf of Teams, for the one tenant that the bot serves."""

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import jwt
from jwt.types import Options

from adapters.config import TeamsConfig
from adapters.teams.hosts import Hosts, Json, is_loopback
from adapters.teams.keys import SigningKey, SigningKeys
from bot.ports import Now

log = logging.getLogger("oneonone.teams.auth")
CHANNEL = "msteams"
_ISSUER = "https://api.botframework.com"
_ALGORITHM = "RS256"
_LEEWAY = timedelta(minutes=5)
# The library would read the machine's clock; ours is an argument.
_CHECKS: Options = {
    "require": ["exp", "iss", "aud"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "strict_aud": True,
}


class Unauthorized(Exception):
    """The request does not prove that it comes from the Bot Framework."""

    status = 401

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forbidden(Exception):
    """It comes from there, but nobody of ours has sent it."""

    status = 403

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Authenticator:
    """Lets a request pass, or says which of the two it is; nothing is stored or sent before."""

    def __init__(self, config: TeamsConfig, keys: SigningKeys, now: Now) -> None:
        self._config = config
        self._keys = keys
        self._now = now
        # Without an app id nobody is authenticated, so whoever asks must be on this machine, and is answered there.
        self._local = not config.app_id
        self._hosts = Hosts(loopback=config.loopback, microsoft=not self._local)

    def check_page(self, host: str, content_type: str) -> None:
        """Raise Forbidden, where nobody is authenticated, for what any web page in a browser here could send."""
        if not self._local:
            return
        # A browser asks before it sends JSON to another site, and names the site that it believes to talk to.
        if content_type != "application/json" or not is_loopback(f"http://{host}"):
            log.warning("teams request refused", extra={"status": Forbidden.status, "code": "from_a_page"})
            raise Forbidden("from_a_page")

    async def check(self, authorization: str | None, activity: Json) -> None:
        """Raise Unauthorized or Forbidden unless the activity may be handled."""
        try:
            if not self._local:
                await self._check_token(authorization, activity)
            self._check_activity(activity)
        except (Unauthorized, Forbidden) as refused:
            log.warning("teams request refused", extra={"status": refused.status, "code": refused.code})
            raise

    async def _check_token(self, authorization: str | None, activity: Json) -> None:
        token = _bearer(authorization)
        key = await self._key_of(token)
        claims = _claims(token, key, audience=self._config.app_id)
        self._check_times(claims)
        channel = activity.get("channelId")
        if not isinstance(channel, str) or channel not in key.endorsements:
            raise Unauthorized("not_endorsed")
        if not _same_url(_service_url(claims), activity.get("serviceUrl")):
            raise Unauthorized("other_service_url")

    async def _key_of(self, token: str) -> SigningKey:
        kid = _header(token).get("kid")
        key = await self._keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise Unauthorized("unknown_key")
        return key

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        now = self._now().timestamp()
        leeway = _LEEWAY.total_seconds()
        if now > _seconds(claims["exp"]) + leeway:
            raise Unauthorized("expired")
        if "nbf" in claims and now < _seconds(claims["nbf"]) - leeway:
            raise Unauthorized("not_yet_valid")

    def _check_activity(self, activity: Json) -> None:
        if not self._hosts.allows(activity.get("serviceUrl")):
            raise Forbidden("service_url_not_allowed")
        if not self._local and activity.get("channelId") != CHANNEL:
            raise Forbidden("other_channel")
        if self._config.tenant and set(_tenants(activity)) != {self._config.tenant.lower()}:
            raise Forbidden("other_tenant")


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("no_token")
    return token.strip()


def _header(token: str) -> Mapping[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise Unauthorized("malformed") from None
    if header.get("alg") != _ALGORITHM:
        raise Unauthorized("other_algorithm")
    return header


def _claims(token: str, key: SigningKey, *, audience: str) -> Mapping[str, Any]:
    """What the token says, once its signature, issuer and audience hold; its times are not looked at."""
    try:
        return jwt.decode(token, key.key, algorithms=[_ALGORITHM], audience=audience, issuer=_ISSUER, options=_CHECKS)
    except jwt.InvalidIssuerError:
        raise Unauthorized("other_issuer") from None
    except jwt.InvalidAudienceError:
        raise Unauthorized("other_audience") from None
    except jwt.InvalidSignatureError:
        raise Unauthorized("bad_signature") from None
    except jwt.PyJWTError:
        raise Unauthorized("malformed") from None


def _seconds(claim: Any) -> float:
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        raise Unauthorized("malformed")
    return float(claim)


def _service_url(claims: Mapping[str, Any]) -> Any:
    return next((value for name, value in claims.items() if name.lower() == "serviceurl"), None)


def _same_url(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and one.rstrip("/") == other.rstrip("/")


def _tenants(activity: Json) -> Iterator[str]:
    """Every tenant that the activity names."""
    for holder, name in (
        (_part(activity, "channelData", "tenant"), "id"),
        (_part(activity, "conversation"), "tenantId"),
    ):
        tenant = holder.get(name)
        if tenant is not None:
            yield str(tenant).lower()


def _part(activity: Json, *names: str) -> Json:
    part: Any = activity
    for name in names:
        part = part.get(name) if isinstance(part, dict) else None
    return part if isinstance(part, dict) else {}
