"""Calendars over HTTP (RFC 5545, 7986): who holds a secret address reads it, nobody else learns that there is one."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256

from aiohttp import web
from icalendar import Calendar, Event
from icalendar.prop import vDatetime, vDuration, vInt, vText, vUri

from bot.model.feed import Feed, FeedEvent
from bot.ports import Busy

Find = Callable[[str], Awaitable[Feed | None]]
"""The calendar behind a token, if there is one; may raise Busy."""
One = Callable[[str, str], Awaitable[Feed | None]]
"""The calendar that holds only this meeting, by token and meeting id, if there is one; may raise Busy."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_MEETING = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PRODID = "-//OneOnOne//OneOnOne//EN"
_ATTACHED = 'attachment; filename="1-on-1.ics"'
_RETRY_SECONDS = "30"
# The address is the secret: no index keeps it, and no link that is followed from here tells it.
_SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
_REFUSED = {**_SECRET, "Cache-Control": "no-store"}
_SHOWN = {**_SECRET, "Cache-Control": "private, max-age=300"}

_LINK = re.compile(r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII | re.IGNORECASE)
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, halves of surrogate pairs, and the byte order mark, which belongs at the head of a file and nowhere else.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def calendar_routes(find: Find, one: One) -> list[web.RouteDef]:
    """The feed of a token and the file of one of its meetings; both answer HEAD too."""

    async def whole(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            return _nothing()
        return await _answer(request, find(token), disposition="inline")

    async def single(request: web.Request) -> web.Response:
        token, meeting = request.match_info["token"], request.match_info["meeting"]
        if not _TOKEN.fullmatch(token) or not _MEETING.fullmatch(meeting):
            return _nothing()
        return await _answer(request, one(token, meeting), disposition=_ATTACHED)

    return [web.get("/calendar/{token}.ics", whole), web.get("/calendar/{token}/{meeting}.ics", single)]


def ics(feed: Feed, *, stamp: datetime | None = None) -> bytes:
    """The feed as an iCalendar file, always the same one for the same feed.

    ``stamp`` is the DTSTAMP of every event, where it shall not be the moment at which each was changed.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _Text(_clean(feed.name)))
    calendar.add("x-wr-calname", _Text(_clean(feed.name)))
    calendar.add("refresh-interval", vDuration(feed.refresh), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(feed.refresh))
    for event in sorted(feed.events, key=lambda each: (each.starts_at, each.uid)):
        calendar.add_component(_event(event, stamp or event.changed_at))
    written: bytes = calendar.to_ical()
    return written


async def _answer(request: web.Request, found: Awaitable[Feed | None], *, disposition: str) -> web.Response:
    try:
        feed = await found
    except Busy:
        return web.Response(status=503, headers={**_REFUSED, "Retry-After": _RETRY_SECONDS})
    if feed is None:
        return _nothing()
    body = await asyncio.to_thread(ics, feed)  # a year of many conversations takes a tenth of a second
    return _unless_known(request, body, {**_SHOWN, "Content-Disposition": disposition})


def _nothing() -> web.Response:
    """The one answer to every address behind which there is nothing to read, whatever the reason."""
    return web.Response(status=404, headers=_REFUSED)


def _unless_known(request: web.Request, body: bytes, headers: dict[str, str]) -> web.Response:
    """The body, or 304 to a reader who has these very bytes."""
    etag = sha256(body).hexdigest()[:32]
    if any(known.value in (etag, "*") for known in request.if_none_match or ()):
        response = web.Response(status=304, headers=headers)
    else:
        response = web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)
    response.etag = etag
    return response


def _event(event: FeedEvent, stamp: datetime) -> Event:
    shown = Event()
    for name, value in _properties(event, stamp):
        shown.add(name, value)
    return shown


def _properties(event: FeedEvent, stamp: datetime) -> Iterator[tuple[str, vText | vDatetime | vInt | vUri]]:
    starts, ends = _second(event.starts_at), _second(event.ends_at)
    yield "uid", _Text(_clean(event.uid))
    yield "dtstamp", vDatetime(_second(stamp))
    yield "last-modified", vDatetime(_second(event.changed_at))
    yield "sequence", vInt(event.sequence)
    yield "summary", _Text(_clean(event.title))
    yield "dtstart", vDatetime(starts)
    if ends > starts:  # an end is later than the start; without one, an event ends where it starts
        yield "dtend", vDatetime(ends)
    yield from _where(_clean(event.place).strip())
    yield "status", vText("CANCELLED" if event.cancelled else "CONFIRMED")
    yield "transp", vText("TRANSPARENT" if event.cancelled else "OPAQUE")
    yield "class", vText("PRIVATE")


def _where(place: str) -> Iterator[tuple[str, vText | vUri]]:
    if place:
        yield "location", _Text(place)
    if _LINK.fullmatch(place):
        yield "url", vUri(place)


def _second(moment: datetime) -> datetime:
    """In UTC and in whole seconds, which is all that an iCalendar file can tell."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _clean(text: str) -> str:
    r"""Every line break as "\n", tabs as spaces, and no other control character."""
    return _NOT_TEXT.sub("", _LINE_BREAK.sub("\n", text).replace("\t", " "))


class _Text(vText):
    r"""Text of which every backslash stays one: icalendar 7.3 makes a line break of "\N", as in "C:\New"."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPED).encode()
