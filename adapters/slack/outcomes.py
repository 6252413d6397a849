"""What a failed call to Slack means for whoever made it, in one table."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.trouble import Outcome, Trouble

_A_WHILE = 5.0
# A revoked token or a missing scope is mended by the operator; what is due waits for that.
_MENDED_BY_OPERATOR = 300.0
_GONE = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "cannot_reply_to_message",
        "is_archived",
        "message_not_found",
        "not_in_channel",
        "user_disabled",
        "user_is_bot",
        "user_is_restricted",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
    }
)
_UNKNOWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "unreadable_answer"})
_LATER = {
    "ratelimited": _A_WHILE,
    "rate_limited": _A_WHILE,
    "message_limit_exceeded": _A_WHILE,
    "team_added_to_org": _MENDED_BY_OPERATOR,
    "accesslimited": _MENDED_BY_OPERATOR,
    "account_inactive": _MENDED_BY_OPERATOR,
    "ekm_access_denied": _MENDED_BY_OPERATOR,
    "invalid_auth": _MENDED_BY_OPERATOR,
    "messages_tab_disabled": _MENDED_BY_OPERATOR,  # the app's own setting, so nobody has blocked anything
    "missing_scope": _MENDED_BY_OPERATOR,
    "not_authed": _MENDED_BY_OPERATOR,
    "org_login_required": _MENDED_BY_OPERATOR,
    "token_expired": _MENDED_BY_OPERATOR,
    "token_revoked": _MENDED_BY_OPERATOR,
}
TOKEN_REFUSED = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})


def trouble_of(error: BaseException) -> Trouble:
    """What an error of Slack's SDK or of the network means."""
    match error:
        case Trouble():
            return error
        case SlackApiError():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Trouble("not_connected", Outcome.later, _A_WHILE)
        case asyncio.TimeoutError():
            return Trouble("timeout", Outcome.unknown)
        case _:
            return Trouble("connection_lost", Outcome.unknown)


def status_trouble(status: int, code: str, after: float | None) -> Trouble:
    """What an HTTP status and Slack's own code mean."""
    if status in (412, 429):
        return Trouble(code, Outcome.later, _A_WHILE if after is None else after)
    if status >= 500:
        return Trouble(f"http_{status}", Outcome.unknown)
    if code in _UNKNOWN:
        return Trouble(code, Outcome.unknown)
    if code in _LATER:
        return Trouble(code, Outcome.later, _LATER[code] if after is None else after)
    return Trouble(code, Outcome.gone if code in _GONE else Outcome.broken)


def _answered(error: SlackApiError) -> Trouble:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    headers = getattr(response, "headers", {})
    data = getattr(response, "data", None)
    # An answer that is no JSON says nothing about what became of the call.
    code = str(data.get("error") or "unreadable_answer") if isinstance(data, dict) else "unreadable_answer"
    return status_trouble(int(status), code, seconds(headers.get("Retry-After")))


def seconds(text: str | None) -> float | None:
    """A Retry-After header as seconds; None without one that can be read."""
    try:
        return None if text is None else max(0.0, float(text))
    except ValueError:
        return None
