"""The keys with which the Bot Framework signs its requests, kept without ever making a known one wait."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt

log = logging.getLogger("oneonone.teams.keys")
PATIENCE_SECONDS = 5.0
_A_DAY = 24 * 3600.0
# Keys older than this count for nothing: whoever withdrew one must be heard some day.
_OLDEST = 5 * _A_DAY
_BETWEEN_READINGS = 60.0
_AFTER_A_FAILURE = 5.0


@dataclass(frozen=True)
class SigningKey:
    """A public key; ``endorsements`` are the channels that it may sign for."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """What Microsoft publishes at ``openid_url``: read when a key is not known, at most once a minute, and daily."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        openid_url: str,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._session = session
        self._openid_url = openid_url
        self._monotonic = monotonic
        self._patience = patience
        self._keys: dict[str, SigningKey] = {}
        self._read_at = 0.0
        self._ask_again_at = float("-inf")
        self._reading: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> SigningKey | None:
        """The key of that id; only who brings an unknown one waits for the key server, and not for long."""
        known = self._known(kid)
        if known is None:
            await self._read_again()
            return self._known(kid)
        if self._age() > _A_DAY:
            self._begin()
        return known

    def _known(self, kid: str) -> SigningKey | None:
        return self._keys.get(kid) if self._age() < _OLDEST else None

    def _age(self) -> float:
        return self._monotonic() - self._read_at

    async def _read_again(self) -> None:
        reading = self._begin()
        if reading is not None:
            # Unlike await, this leaves the reading to the others when one of them goes away.
            await asyncio.wait({reading})

    def _begin(self) -> asyncio.Task[None] | None:
        """The reading under way, or a new one, or None when it is too early for one."""
        if self._reading is not None and not self._reading.done():
            return self._reading
        if self._monotonic() < self._ask_again_at:
            return None
        self._ask_again_at = self._monotonic() + _BETWEEN_READINGS
        self._reading = asyncio.create_task(self._read(), name="signing keys")
        return self._reading

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                found = await self._published()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            self._ask_again_at = self._monotonic() + _AFTER_A_FAILURE
            log.warning("signing keys not read", extra={"error": type(error).__name__})
            return
        self._keys = found
        self._read_at = self._monotonic()
        log.info("signing keys read", extra={"count": len(found)})

    async def _published(self) -> dict[str, SigningKey]:
        """The keys of today; ValueError for an answer that holds none."""
        openid = await self._json(self._openid_url)
        keys_url = openid.get("jwks_uri")
        if not isinstance(keys_url, str) or not keys_url.startswith(_scheme(self._openid_url)):
            raise ValueError("no address of keys")
        found = dict(_signing_keys(await self._json(keys_url)))
        if not found:
            raise ValueError("no keys")
        return found

    async def _json(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, allow_redirects=False, raise_for_status=True) as response:
            answer = await response.json(content_type=None)
        if not isinstance(answer, dict):
            raise ValueError("not an object")  # noqa: TRY004  to its caller any wrong answer is the same
        return answer


def _scheme(url: str) -> str:
    return url.partition("//")[0]


def _signing_keys(document: dict[str, Any]) -> Iterator[tuple[str, SigningKey]]:
    listed = document.get("keys")
    for each in listed if isinstance(listed, list) else ():
        key = _signing_key(each)
        if key is not None:
            yield str(each["kid"]), key


def _signing_key(entry: Any) -> SigningKey | None:
    """One of them; None for one of another kind, which must not keep the others from use."""
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
        return None
    endorsements = entry.get("endorsements")
    channels = endorsements if isinstance(endorsements, list) else []
    try:
        return SigningKey(jwt.PyJWK(entry, algorithm="RS256"), frozenset(map(str, channels)))
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
