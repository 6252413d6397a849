"""``/livez``: the process turns. ``/readyz``: people may be sent here, since it can answer them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[bool]]
_PATIENCE = 1.0
"""Seconds for all checks together: what takes longer is of no use to people either."""


def health_routes(
    checks: Mapping[str, Check], *, is_stopping: Callable[[], bool] = lambda: False
) -> list[web.RouteDef]:
    """Both routes; ``checks`` are what has to work, by name."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        if is_stopping():
            return web.json_response({"stopping": True}, status=503)
        found = dict(zip(checks, await asyncio.gather(*map(_in_time, checks.values())), strict=True))
        return web.json_response(found, status=200 if all(found.values()) else 503)

    return [web.get("/livez", live), web.get("/readyz", ready)]


async def _in_time(check: Check) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check()
    except TimeoutError:
        return False
