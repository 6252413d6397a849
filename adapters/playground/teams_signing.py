"""The headers by which Microsoft vouches for an activity, and every way to get them wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from adapters.playground.teams_keys import ISSUER, KeyServer, SigningKey
from adapters.playground.teams_people import Json

_LIFETIME = timedelta(hours=1)
_HMAC_SECRET = "a secret of at least thirty-two bytes, known to nobody"  # noqa: S105  guards nothing


@dataclass(frozen=True)
class Signer:
    keys: KeyServer
    app_id: str
    real_now: Callable[[], datetime]

    def headers(
        self,
        activity: Json,
        *,
        audience: str | None = None,
        issuer: str | None = None,
        key: SigningKey | None = None,
        expired: bool = False,
        not_yet: bool = False,
        service_url: str | None = None,
        endorsements: Iterable[str] | None = None,
        algorithm: str = "RS256",
    ) -> dict[str, str]:
        """What an activity is sent with: right unless told otherwise; `algorithm` may also be "none" or "HS256"."""
        signing = self._key(key, endorsements)
        claimed = activity.get("serviceUrl") if service_url is None else service_url
        claims = {"iss": issuer or ISSUER, "aud": audience or self.app_id, "serviceurl": claimed}
        claims |= self._times(later=_shift(expired=expired, not_yet=not_yet))
        secret = {"none": "", "HS256": _HMAC_SECRET}.get(algorithm, signing.private)
        token = jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": signing.kid, "x5t": signing.kid})
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}

    def _key(self, key: SigningKey | None, endorsements: Iterable[str] | None) -> SigningKey:
        if endorsements is not None:
            return self.keys.endorsed(endorsements)
        return key or self.keys.current

    def _times(self, later: timedelta) -> Json:
        at = self.real_now() + later
        return {"iat": int(at.timestamp()), "nbf": int(at.timestamp()), "exp": int((at + _LIFETIME).timestamp())}


def _shift(*, expired: bool, not_yet: bool) -> timedelta:
    """How far the token's hour is from now: well beyond the leeway that everybody grants."""
    if expired:
        return -2 * _LIFETIME
    return _LIFETIME if not_yet else timedelta()
