"""The calendar's addresses: who has one reads meetings, and an address that is none says nothing."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from aiohttp import ClientResponse, ClientSession, web
from yarl import URL

from adapters.web.calendar import calendar_routes, ics
from bot.model.feed import Feed, FeedEvent
from bot.ports import Busy

TOKEN = "Jd81-kfP_0aZq47xLmN2vQ"
MEETING = "m0000000000000000000007"
STARTS = datetime(2026, 3, 26, 9, tzinfo=UTC)
EVENT = FeedEvent(
    uid="m0000000000000000000007@oneonone.example",
    title="1-on-1: Ada, Béla",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=30),
    place="https://meet.example/abc",
    sequence=2,
    changed_at=datetime(2026, 3, 1, 12, 30, 15, 999, tzinfo=UTC),
)
FEED = Feed(name="1-on-1s", events=(EVENT,))
FEED_PATH = f"/calendar/{TOKEN}.ics"
MEETING_PATH = f"/calendar/{TOKEN}/{MEETING}.ics"
PATHS = (FEED_PATH, MEETING_PATH)
SECRET = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


@dataclass
class Calendars:
    """Those that there are: none, all the same, or a database that does not answer; ``asked`` is who was looked for."""

    feed: Feed | None = FEED
    trouble: Exception | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def find(self, token: str) -> Feed | None:
        return self._answer(token)

    async def one(self, token: str, meeting: str) -> Feed | None:
        return self._answer(token, meeting)

    def _answer(self, *wanted: str) -> Feed | None:
        self.asked.append(wanted)
        if self.trouble:
            raise self.trouble
        return self.feed if wanted in ((TOKEN,), (TOKEN, MEETING)) else None


@dataclass
class Site:
    """The routes behind a real server; ``ask`` goes there over HTTP."""

    calendars: Calendars
    session: ClientSession
    url: str

    async def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[ClientResponse, bytes]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(method, URL(self.url + path, encoded=True), headers=sent) as answer:
            return answer, await answer.read()


@asynccontextmanager
async def serving(calendars: Calendars) -> AsyncIterator[Site]:
    app = web.Application()
    app.add_routes(calendar_routes(calendars.find, calendars.one))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with ClientSession() as session:
            yield Site(calendars, session, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving(Calendars()) as running:
        yield running


def told(answer: ClientResponse) -> dict[str, str]:
    """The headers that do not tell the time or the server."""
    return {name: value for name, value in answer.headers.items() if name not in ("Date", "Server")}


async def test_a_token_opens_the_whole_feed(site: Site) -> None:
    answer, body = await site.ask(FEED_PATH)
    assert (answer.status, body) == (200, ics(FEED))
    assert site.calendars.asked == [(TOKEN,)]
    assert told(answer) == {
        **SECRET,
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": "inline",
        "Cache-Control": "private, max-age=300",
        "Etag": f'"{sha256(body).hexdigest()[:32]}"',
        "Content-Length": str(len(body)),
    }


async def test_a_token_and_a_meeting_give_a_file_to_keep(site: Site) -> None:
    answer, body = await site.ask(MEETING_PATH)
    whole, _ = await site.ask(FEED_PATH)
    assert (answer.status, body) == (200, ics(FEED))
    assert site.calendars.asked[0] == (TOKEN, MEETING)
    assert told(answer) == {**told(whole), "Content-Disposition": 'attachment; filename="1-on-1.ics"'}


@pytest.mark.parametrize("path", PATHS)
async def test_head_tells_the_same_without_the_body(site: Site, path: str) -> None:
    whole, _ = await site.ask(path)
    answer, body = await site.ask(path, "HEAD")
    assert (answer.status, body, told(answer)) == (200, b"", told(whole))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
async def test_nothing_can_be_written(site: Site, method: str) -> None:
    answer, _ = await site.ask(FEED_PATH, method)
    assert (answer.status, site.calendars.asked) == (405, [])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
async def test_who_has_these_bytes_is_not_sent_them_again(site: Site, path: str, method: str, known: str) -> None:
    first, _ = await site.ask(path)
    answer, body = await site.ask(path, method, If_None_Match=known.format(first.headers["ETag"]))
    assert (answer.status, body) == (304, b"")
    kept = {name: value for name, value in told(first).items() if not name.startswith("Content-")}
    assert {name: told(answer).get(name) for name in kept} == kept


@pytest.mark.parametrize("known", ['"other"', "nonsense", '"', "", 'W/"', "🦊".encode().decode("latin-1")])
async def test_who_has_other_bytes_is_sent_these(site: Site, known: str) -> None:
    answer, body = await site.ask(FEED_PATH, If_None_Match=known)
    assert (answer.status, body) == (200, ics(FEED))


async def test_a_changed_meeting_changes_the_etag_and_the_same_one_keeps_it(site: Site) -> None:
    first, _ = await site.ask(FEED_PATH)
    again, _ = await site.ask(FEED_PATH)
    site.calendars.feed = replace(FEED, events=(replace(EVENT, sequence=3),))
    changed, _ = await site.ask(FEED_PATH, If_None_Match=first.headers["ETag"])
    assert first.headers["ETag"] == again.headers["ETag"] != changed.headers["ETag"]
    assert changed.status == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/calendar/{TOKEN[::-1]}.ics",
        f"/calendar/{TOKEN[::-1]}/{MEETING}.ics",
        f"/calendar/{TOKEN}/unknown.ics",
        f"/calendar/{TOKEN[:-1]}.ics",
        f"/calendar/{TOKEN[:-1]}/{MEETING}.ics",
        f"/calendar/{TOKEN}/not%20one.ics",
    ],
)
async def test_there_is_one_answer_to_every_address_that_is_none(site: Site, path: str) -> None:
    answer, body = await site.ask(path)
    assert (answer.status, body) == (404, b"")
    assert told(answer) == {**SECRET, "Cache-Control": "no-store", "Content-Length": "0"}


async def test_a_calendar_that_was_revoked_is_none(site: Site) -> None:
    site.calendars.feed = None
    never, nothing = await site.ask(f"/calendar/{TOKEN[::-1]}.ics")
    for path in PATHS:
        answer, body = await site.ask(path)
        assert (answer.status, told(answer), body) == (never.status, told(never), nothing)


@pytest.mark.parametrize(
    "token",
    [
        TOKEN[:21],
        "A" * 65,
        TOKEN + ".",
        TOKEN + "%0A",
        TOKEN + "%00",
        TOKEN + "%20",
        "%C3%A9" * 22,
        "%D9%A3" * 22,
        TOKEN + "%2F" + TOKEN,
        "..%2F" * 8,
        TOKEN + "'--",
        "%F0%9F%A6%8A" * 22,
    ],
)
async def test_a_token_that_has_not_the_shape_of_one_is_looked_for_nowhere(site: Site, token: str) -> None:
    for path in (f"/calendar/{token}.ics", f"/calendar/{token}/{MEETING}.ics"):
        answer, body = await site.ask(path)
        assert (answer.status, body) == (404, b"")
    assert site.calendars.asked == []


@pytest.mark.parametrize("meeting", ["%00", "a%0A", "a.b", "%C3%A9", "x" * 65, "a%2Fb"])
async def test_a_meeting_that_has_not_the_shape_of_an_id_is_looked_for_nowhere(site: Site, meeting: str) -> None:
    answer, body = await site.ask(f"/calendar/{TOKEN}/{meeting}.ics")
    assert (answer.status, body, site.calendars.asked) == (404, b"", [])


@pytest.mark.parametrize("token", ["A" * 22, "z" * 64, "_" * 30, "-" * 30])
async def test_tokens_of_22_to_64_letters_are_looked_for(site: Site, token: str) -> None:
    await site.ask(f"/calendar/{token}.ics")
    assert site.calendars.asked == [(token,)]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
async def test_a_busy_database_asks_to_come_again(site: Site, path: str, method: str) -> None:
    site.calendars.trouble = Busy()
    answer, body = await site.ask(path, method)
    assert (answer.status, body) == (503, b"")
    assert told(answer).items() >= {**SECRET, "Cache-Control": "no-store", "Retry-After": "30"}.items()


async def test_no_log_holds_a_token_or_a_title(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for trouble in (None, Busy(), RuntimeError("a bug")):
        site.calendars.trouble = trouble
        for path in (*PATHS, f"/calendar/{TOKEN}/unknown.ics", f"/calendar/{TOKEN}%00.ics"):
            await site.ask(path)
    assert "a bug" in caplog.text
    assert not any(secret in caplog.text for secret in (TOKEN, MEETING, EVENT.title, EVENT.place))
