"""The bot's own token: one for all sends, fetched in a thread by Microsoft's library, before the old one ends."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import msal  # type: ignore[import-untyped]
import requests

from adapters.config import TeamsConfig, TeamsIdentity
from adapters.teams.hosts import Json, is_loopback
from adapters.teams.outcomes import A_WHILE, MENDED_BY_OPERATOR
from adapters.trouble import Outcome, Trouble

log = logging.getLogger("oneonone.teams.tokens")
PATIENCE_SECONDS = 5.0
_RESOURCE = "https://api.botframework.com"
_MICROSOFT = "https://login.microsoftonline.com"
_REFRESH_BEFORE = 300.0
# What ends sooner than this may end on its way.
_SAFE = 10.0
_MENDED_BY_OPERATOR = frozenset({"invalid_client", "invalid_request", "invalid_scope", "unauthorized_client"})


@dataclass(frozen=True)
class _Grant:
    token: str
    refresh_at: float
    ends_at: float


class Tokens:
    """Without an ``app_id`` there is no token, and none is needed."""

    def __init__(
        self,
        config: TeamsConfig,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._config = config
        self._monotonic = monotonic
        self._patience = patience
        self._grant: _Grant | None = None
        self._fetching: asyncio.Task[_Grant | Trouble] | None = None

    async def bearer(self) -> str | None:
        """The token to send; raises Trouble when there is none in time, None where none is needed."""
        if not self._config.app_id:
            return None
        grant, now = self._grant, self._monotonic()
        if grant is not None and now < grant.refresh_at:
            return grant.token
        fetching = self._begin()
        if grant is not None and now < grant.ends_at:
            return grant.token
        return await self._awaited(fetching)

    def drop(self, token: str) -> None:
        """Forget a token that was refused, unless there is a newer one already."""
        if self._grant is not None and self._grant.token == token:
            self._grant = None

    def _begin(self) -> asyncio.Task[_Grant | Trouble]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch(), name="bot token")
        return self._fetching

    async def _awaited(self, fetching: asyncio.Task[_Grant | Trouble]) -> str:
        done, _ = await asyncio.wait({fetching}, timeout=self._patience)
        if not done:
            raise _no_token(A_WHILE)
        outcome = fetching.result()
        if isinstance(outcome, Trouble):
            raise _no_token(outcome.after)
        return outcome.token

    async def _fetch(self) -> _Grant | Trouble:
        try:
            answer = await asyncio.to_thread(asked, self._config, self._patience)
        except Exception as error:  # noqa: BLE001  the library lets through whatever its HTTP client raises
            log.warning("bot token", extra={"outcome": "failed", "error": type(error).__name__})
            return _no_token(A_WHILE)
        if "access_token" not in answer:
            return _refused(answer)
        log.info("bot token", extra={"outcome": "ok"})
        self._grant = self._granted(answer)
        return self._grant

    def _granted(self, answer: Json) -> _Grant:
        now, lasts = self._monotonic(), float(answer.get("expires_in") or 0.0)
        early = min(_REFRESH_BEFORE, lasts / 2)
        return _Grant(str(answer["access_token"]), refresh_at=now + lasts - early, ends_at=now + lasts - _SAFE)


def _no_token(after: float) -> Trouble:
    return Trouble("no_token", Outcome.later, after)


def _refused(answer: Json) -> Trouble:
    # The description may name the tenant and the secret's id, so only the code is kept.
    code = str(answer.get("error", ""))[:64]
    log.error("bot token", extra={"outcome": "refused", "code": code})
    return _no_token(MENDED_BY_OPERATOR if code in _MENDED_BY_OPERATOR else A_WHILE)


def asked(config: TeamsConfig, patience: float) -> Json:
    """Ask Microsoft for a token, whatever the library remembers: what is remembered is ours to decide."""
    with _Http(config.login_url, patience) as http:
        match config.identity:
            case TeamsIdentity.SINGLE_TENANT:
                http.trust_env = not is_loopback(config.login_url)
                return _by_secret(config, http)
            case TeamsIdentity.MANAGED_IDENTITY:
                http.trust_env = False  # its endpoint is this machine's own, which no proxy can reach
                return _by_managed_identity(config, http)


def _by_secret(config: TeamsConfig, http: requests.Session) -> Json:
    app = msal.ConfidentialClientApplication(
        config.app_id,
        client_credential=config.password,
        authority=f"{_MICROSOFT}/{config.tenant}",
        instance_discovery=False,
        http_client=http,
    )
    return cast("Json", app.acquire_token_for_client([f"{_RESOURCE}/.default"]))


def _by_managed_identity(config: TeamsConfig, http: requests.Session) -> Json:
    identity = msal.UserAssignedManagedIdentity(client_id=config.app_id)
    client = msal.ManagedIdentityClient(identity, http_client=http)
    return cast("Json", client.acquire_token_for_client(resource=_RESOURCE))


class _Http(requests.Session):
    """Microsoft's library insists on https and its own host; this takes its requests to ``login_url``, in time."""

    def __init__(self, login_url: str, patience: float) -> None:
        super().__init__()
        self._login_url = login_url.rstrip("/")
        self._patience = patience

    def request(self, method: str, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        there = str(url)
        if there.startswith(f"{_MICROSOFT}/"):
            there = self._login_url + there.removeprefix(_MICROSOFT)
        options["timeout"] = self._patience
        return super().request(method, there, *args, **options)
