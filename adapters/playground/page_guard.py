"""Keeps the page to this machine and to itself: other sites open in the same browser get nothing."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from yarl import URL

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a Host that is not loopback (a rebound name) and whatever another site sends."""
    if not (_is_loopback(f"//{request.host}") and _is_own(request)):
        return web.json_response({"error": "The playground answers only its own page on this machine."}, status=403)
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing from elsewhere, run no script but its own, and be framed by nobody."""
    response.headers.update(_HEADERS)


def _is_loopback(address: str) -> bool:
    try:
        return URL(address).host in LOOPBACK
    except ValueError:
        return False


def _is_own(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return request.method == "GET" and request.path == "/"  # a link from elsewhere may open the page
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return False
    return request.method in ("GET", "HEAD") or request.content_type == "application/json"
