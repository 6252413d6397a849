"""What Slack says about the app's tokens, scopes and secrets."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.config import SlackConfig
from adapters.findings import Finding, clock_of, failed, ok, warning
from adapters.slack.calls import TIMEOUT_SECONDS
from adapters.slack.manifest import bot_scopes
from adapters.slack.outcomes import trouble_of

Now = Callable[[], datetime]
_SCOPES = "x-oauth-scopes"
_SECRET = re.compile(r"[0-9a-f]{32}")
_COPY = "Copy it again from OAuth & Permissions of your Slack app"
_REFUSED = {
    "account_inactive": "The app was removed from the workspace. Install it again, then copy the new token.",
    "invalid_auth": f"Slack does not know the token. {_COPY}, and set SLACK_BOT_TOKEN.",
    "not_allowed_token_type": f"It is a token of another kind. {_COPY}, and set SLACK_BOT_TOKEN.",
    "not_authed": f"Slack was given no token. {_COPY}, and set SLACK_BOT_TOKEN.",
    "token_expired": "The token has ended. Turn token rotation off, and install the app again.",
    "token_revoked": "The token was revoked. Install the app in the workspace again, then copy the new token.",
}
_SOCKET = {
    "missing_scope": "The app-level token lacks a scope. Make one with connections:write, and set SLACK_APP_TOKEN.",
    "internal_error": "Slack gave no connection. Try again; then look whether Socket Mode is on for the app.",
}
_CLIENT = {
    "invalid_client_id": "Slack does not know SLACK_CLIENT_ID. Copy it again from Basic Information.",
    "bad_client_secret": "SLACK_CLIENT_SECRET is not that of the app. Copy it again from Basic Information.",
}
_NO_CODE = frozenset({"invalid_code", "code_already_used"})
_NEW_APP_LEVEL = "Make a new app-level token under Basic Information, and set SLACK_APP_TOKEN."
_ODD = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True)
class _Answer:
    """``code`` is Slack's reason for its no, or what became of the connection; None for a yes."""

    code: str | None
    was_reached: bool
    scopes: str | None
    date: str | None
    asked: datetime
    answered: datetime


async def check_app(config: SlackConfig, *, now: Now) -> AsyncIterator[Finding]:
    """The app's own secrets, and the token of its one workspace."""
    if config.signing_secret is not None:
        yield _signing_secret(config.signing_secret)
    answer = await _first_asked(config, now)
    if config.serves_many_workspaces:
        yield _client(answer)
    else:
        for finding in _of_token("Slack", answer):
            yield finding
    for finding in clock_of("Slack", answer.date, asked=answer.asked, answered=answer.answered):
        yield finding
    if config.app_token is not None:
        yield await _app_token(config, now)


async def check_token(config: SlackConfig, token: str, *, called: str, now: Now) -> AsyncIterator[Finding]:
    """Whether a bot token is taken, and has every scope that the manifest asks for."""
    for finding in _of_token(called, await _asked(config, "auth.test", token, now)):
        yield finding


async def _first_asked(config: SlackConfig, now: Now) -> _Answer:
    """Of a client Slack looks at its secret before it looks at the code, which is none."""
    if not config.serves_many_workspaces:
        return await _asked(config, "auth.test", config.bot_token or "", now)
    client = {"client_id": config.client_id, "client_secret": config.client_secret, "code": "none"}
    return await _asked(config, "oauth.v2.access", "", now, **client)


def _of_token(called: str, answer: _Answer) -> Iterator[Finding]:
    check = f"{called}: token"
    if answer.code is None:
        yield ok(check)
        yield _scopes(f"{called}: scopes", answer.scopes)
    elif answer.was_reached:
        yield failed(check, _REFUSED.get(answer.code, f"Slack says {answer.code} to auth.test. {_COPY}."))
    else:
        yield _unreached(check, answer)


def _signing_secret(secret: str) -> Finding:
    if _SECRET.fullmatch(secret):
        return ok("Slack: signing secret")
    says = "SLACK_SIGNING_SECRET is not made like one, of 32 digits from 0 to f."
    return warning("Slack: signing secret", f"{says} Copy it again from Basic Information; it is no token.")


def _scopes(check: str, granted: str | None) -> Finding:
    if granted is None:
        return warning(check, "Slack did not say which were granted. Compare OAuth & Permissions with the manifest.")
    missing = [scope for scope in bot_scopes() if scope not in {each.strip() for each in granted.split(",")}]
    if not missing:
        return ok(check)
    says = f"The token lacks {', '.join(missing)}."
    return failed(check, f"{says} Print the manifest anew, put it in the app, and install the app again.")


def _client(answer: _Answer) -> Finding:
    check = "Slack: client id and secret"
    if answer.code is None or answer.code in _NO_CODE:
        return ok(check)
    if not answer.was_reached:
        return _unreached(check, answer)
    return failed(check, _CLIENT.get(answer.code, f"Slack says {answer.code}. Copy both again from Basic Information."))


async def _app_token(config: SlackConfig, now: Now) -> Finding:
    check = "Slack: Socket Mode"
    answer = await _asked(config, "apps.connections.open", config.app_token or "", now)
    if answer.code is None:
        return ok(check)
    if not answer.was_reached:
        return _unreached(check, answer)
    return failed(check, _SOCKET.get(answer.code, f"Slack says {answer.code}. {_NEW_APP_LEVEL}"))


def _unreached(check: str, answer: _Answer) -> Finding:
    says = f"Slack cannot be asked ({answer.code}). Look whether this machine may reach slack.com by https."
    return failed(check, says)


async def _asked(config: SlackConfig, method: str, token: str, now: Now, **arguments: str | None) -> _Answer:
    """One call, as the bot makes it; unlike the bot's own it keeps the headers."""
    client = AsyncWebClient(token=token, base_url=config.api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    asked = now()
    try:
        headers = (await client.api_call(method, data=arguments)).headers
        code, was_reached = None, True
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        code = _ODD.sub("", trouble_of(error).code)[:60]
        was_reached = isinstance(error, SlackApiError) and _is_json(error)
        headers = getattr(getattr(error, "response", None), "headers", {})
    found = {str(name).lower(): str(value) for name, value in dict(headers).items()}
    return _Answer(code, was_reached, found.get(_SCOPES), found.get("date"), asked=asked, answered=now())


def _is_json(error: SlackApiError) -> bool:
    """Whether Slack itself has said no, and not something on the way, or a server that is down."""
    data = getattr(error.response, "data", None)
    status = getattr(error.response, "status_code", 0)
    return isinstance(data, dict) and status < 500
