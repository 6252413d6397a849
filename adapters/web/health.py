"""``/livez``: the process turns. ``/readyz``: it can answer people."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[bool]]


def health_routes(checks: Mapping[str, Check]) -> list[web.RouteDef]:
    """Both routes; ``checks`` are what has to work, by name."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        found = {name: await check() for name, check in checks.items()}
        return web.json_response(found, status=200 if all(found.values()) else 503)

    return [web.get("/livez", live), web.get("/readyz", ready)]
