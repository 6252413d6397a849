"""``GET /report/TOKEN`` and ``/report/TOKEN.csv``: the usage report behind a link that is over after a day (M5).

Whoever holds the link reads the report as the person for whom it was made; nobody else learns whether there is one.
Every link that opens nothing is answered alike, whether it is over, forged, another organization's, or its person left.
"""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from aiohttp import web

from adapters.web.report_page import STYLE, notice_page, report_page
from bot.insights import Report
from bot.insights_csv import report_csv
from bot.model.ids import PersonId
from bot.model.usage import WINDOWS
from bot.ports import Busy
from bot.reports import Read, Reports
from prompts import Voice, fitting

Opened = Callable[[str], tuple[PersonId, datetime] | None]
"""Whose link a token is, and when it is over; None for one that opens nothing."""

USUAL = 30
"""Days that are shown when none are asked for, or none that there are."""

_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
_RETRY_SECONDS = "30"
_NONE: Mapping[str, str] = MappingProxyType({})
# The address is the secret: nothing keeps the page, no index has it, and no link that is followed from it tells it.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def report_routes(opened: Opened, reports: Reports) -> list[web.RouteDef]:
    """The page and the file; both answer HEAD too."""
    site = _Site(opened, reports)
    return [web.get("/report/{token}.csv", site.file), web.get("/report/{token}", site.page)]


class _Closed(Exception):
    """There is nothing to show; ``answer`` says so."""

    def __init__(self, answer: web.Response) -> None:
        super().__init__("nothing to show")
        self.answer = answer


class _Site:
    def __init__(self, opened: Opened, reports: Reports) -> None:
        self._opened = opened
        self._reports = reports

    async def page(self, request: web.Request) -> web.Response:
        """The report to look at."""
        try:
            voice, report, until = await self._found(request)
        except _Closed as closed:
            return closed.answer
        path = request.match_info["token"]
        # Hundreds of departments take half a second, in which other people want to be answered.
        return _html(await asyncio.to_thread(report_page, voice, report, path=path, until=until))

    async def file(self, request: web.Request) -> web.Response:
        """The report as a CSV file."""
        try:
            voice, report, _ = await self._found(request)
        except _Closed as closed:
            return closed.answer
        name = f"usage-report-{report.week}-{report.days}-days.csv"
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        body = await asyncio.to_thread(report_csv, voice, report)
        return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)

    async def _found(self, request: web.Request) -> tuple[Voice, Report, datetime]:
        """What the link opens, and until when; raises _Closed."""
        opened = self._opened(request.match_info["token"])
        if opened is None:
            raise self._over(request)
        person, until = opened
        read = await self._read(request, person)
        if read.report is None:
            voice = read.voice
            raise _Closed(_html(notice_page(voice, voice.say("insights.title"), voice.say("insights.none_yet"))))
        if _department(request) and read.report.department is None:
            raise _no_department(read.voice, request)
        return read.voice, read.report, until

    async def _read(self, request: web.Request, person: PersonId) -> Read:
        try:
            read = await self._reports.read(person, days=_days(request), department=_department(request))
        except Busy:
            voice = self._browsers(request)
            page = notice_page(voice, voice.say("report_page.busy_title"), voice.say("report_page.busy"))
            raise _Closed(_html(page, status=503, headers={"Retry-After": _RETRY_SECONDS})) from None
        if read is None:
            raise self._over(request)
        return read

    def _over(self, request: web.Request) -> _Closed:
        """The one answer to every address that opens nothing, whatever the reason."""
        voice = self._browsers(request)
        page = notice_page(voice, voice.say("report_page.over_title"), voice.say("report_page.over"))
        return _Closed(_html(page, status=404))

    def _browsers(self, request: web.Request) -> Voice:
        """The language that the browser would rather have: who this is, is not known."""
        wanted = (each.strip()[:2].lower() for each in request.headers.get("Accept-Language", "").split(","))
        return Voice(fitting(self._reports.libraries, *wanted), zone="UTC", now=self._reports.now())


def _no_department(voice: Voice, request: web.Request) -> _Closed:
    page = notice_page(
        voice,
        voice.say("report_page.gone_title"),
        voice.say("report_page.gone"),
        link=voice.say("report_page.whole"),
        href=f"{request.match_info['token']}?days={_days(request)}",
    )
    return _Closed(_html(page, status=404))


def _days(request: web.Request) -> int:
    return next((days for days in WINDOWS if str(days) == request.query.get("days")), USUAL)


def _department(request: web.Request) -> str | None:
    return request.query.get("department") or None


def _html(text: str, *, status: int = 200, headers: Mapping[str, str] = _NONE) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status, headers={**_HEADERS, **headers})
