"""The pages that someone sees who adds the bot to a workspace."""

from collections.abc import Iterable
from html import escape
from http import HTTPStatus

from aiohttp import web

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1.25rem}"
    "h1{font-size:1.5rem;line-height:1.3}"
)
# What stands in the address is a secret for a moment, and nothing here comes from elsewhere.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(title: str, sentences: Iterable[str], *, language: str, status: HTTPStatus) -> web.Response:
    """A title and a few sentences; all of it is text, whatever is in it."""
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    head = f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
    text = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">{head}<style>{_STYLE}</style>'
        f"</head><body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=_HEADERS)
