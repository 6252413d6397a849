"""What a failed call to the Bot Connector means for whoever made it, in one table."""

import math
import re
from typing import Any

import aiohttp

from adapters.trouble import Outcome, Trouble

A_WHILE = 5.0
_AN_HOUR = 3600.0
# A wrong secret or a bot that was taken away is mended by the operator; what is due waits for that.
MENDED_BY_OPERATOR = 300.0
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def trouble_of(error: BaseException) -> Trouble:
    """What an error of the network means."""
    match error:
        case Trouble():
            return error
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Trouble("not_connected", Outcome.later, A_WHILE)
        case TimeoutError():
            return Trouble("timeout", Outcome.unknown)
        case _:
            return Trouble("connection_lost", Outcome.unknown)


def status_trouble(status: int, body: Any, after: float | None) -> Trouble:
    """What an HTTP status and what came with it mean."""
    code = code_of(status, body)
    if status in (412, 429):
        return Trouble(code, Outcome.later, A_WHILE if after is None else after)
    if status == 401:
        return Trouble(code, Outcome.later, MENDED_BY_OPERATOR)
    if status >= 500 or status == 408:
        return Trouble(code, Outcome.unknown)
    return Trouble(code, Outcome.gone if status in (403, 404) else Outcome.broken)


def code_of(status: int, body: Any) -> str:
    """The connector's own code, when it gave one that is no more than that: a sentence may quote people."""
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else f"http_{status}"


def seconds(text: str | None) -> float | None:
    """A Retry-After header as seconds, an hour at most; None without one that can be read."""
    try:
        wait = math.nan if text is None else float(text)
    except ValueError:
        return None
    return None if math.isnan(wait) else min(max(0.0, wait), _AN_HOUR)
