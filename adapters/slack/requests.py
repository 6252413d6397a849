"""A request of Slack's over HTTP, as Bolt wants it."""

import logging
import re

from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest

log = logging.getLogger("oneonone.slack")
_TIMESTAMP = re.compile(r"[0-9]{1,15}")


async def readable(request: web.Request) -> AsyncBoltRequest | web.Response:
    """The request with its body read; 401 without what a signature needs, 400 for what nobody can read."""
    signature = request.headers.get("X-Slack-Signature", "")
    if not _TIMESTAMP.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")) or not signature.isascii():
        return web.Response(status=401)  # Bolt's check would stumble over it
    try:
        raw = await request.read()
        return AsyncBoltRequest(body=raw.decode("utf-8"), query=request.query_string, headers=dict(request.headers))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        log.warning("unreadable request")
        return web.Response(status=400)
