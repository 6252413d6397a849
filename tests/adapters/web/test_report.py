"""The report's page and file over HTTP: who opens a link reads, every other address says one and the same thing."""

import asyncio
import csv
import io
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from typing import cast

import pytest
from yarl import URL

from adapters.links import GOOD_FOR, Outside, SignedLinks
from adapters.logs import JsonLines
from adapters.web.report_page import STYLE
from bot.disclosure import Kept
from bot.model.ids import OrganizationId
from bot.ports import Busy, Store, Transaction
from tests.adapters.web.report_site import KEYS, ReportSite, report_site
from tests.bot.usage_weeks import HIGH

LABELS = ("Design", "Engineering", "Sales")
FORGED = "gAAAAABnQ" + "A" * 131


@pytest.fixture
async def site(sqlite_url: str) -> AsyncIterator[ReportSite]:
    async with report_site(sqlite_url) as running:
        yield running


def with_csv(link: str) -> str:
    """The address of the file beside the page."""
    path, _, query = link.partition("?")
    return f"{path}.csv?{query}"


async def test_whoever_has_the_link_reads_the_report(site: ReportSite) -> None:
    await site.counts(LABELS)
    answer, text = await site.opens(await site.link())
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for words in ("Usage report", "24 Oct 2026 to 22 Nov 2026", "210 1-on-1s", "60 to 80 %", "Engineering", "16 %"):
        assert words in text
    assert "Active: one of the two" in text


@pytest.mark.parametrize(("days", "first"), [(7, "16 Nov"), (14, "9 Nov"), (30, "24 Oct"), (90, "25 Aug")])
async def test_each_window_can_be_looked_at(site: ReportSite, days: int, first: str) -> None:
    await site.counts(LABELS)
    _, text = await site.opens(await site.link(days=days))
    assert f"{first} 2026 to 22 Nov 2026" in text
    assert re.findall(r'aria-current="page">([^<]+)<', text) == [f"{days} days"]


@pytest.mark.parametrize("days", ["", "0", "31", "-7", "7.0", "%D9%A7", "30%27%20OR%201=1", "9" * 400])
async def test_a_window_that_there_is_not_is_the_usual_one(site: ReportSite, days: str) -> None:
    await site.counts(LABELS)
    link = await site.link()
    answer, text = await site.opens(f"{link}?days={days}")
    assert answer.status == 200
    assert 'aria-current="page">30 days<' in text


async def test_a_department_has_a_page_with_its_managers(site: ReportSite) -> None:
    ids = await site.counts(LABELS, teams=[("ana", HIGH), ("cleo", Kept.rest)])
    answer, text = await site.opens(await site.link(department=ids[0]))
    assert answer.status == 200
    assert "<h1><bdi>Design</bdi></h1>" in text
    assert "Ana Ruiz" in text
    assert "Cleo Tanaka" in text
    assert "Ben Okafor" not in text


@pytest.mark.parametrize("department", ["none-such", "%00", "<script>", "others%00", "a" * 2000])
async def test_a_department_that_there_is_not_leads_to_the_whole(site: ReportSite, department: str) -> None:
    await site.counts(LABELS[:1])
    link = await site.link()
    answer, text = await site.opens(f"{link}?days=90&department={department}")
    assert answer.status == 404
    [href] = re.findall(r'href="([^"]+)"', text)
    assert (await site.opens(f"{link.rpartition('/')[0]}/{href}"))[0].status == 200
    assert "days=90" in href


async def test_the_file_has_the_same_shares(site: ReportSite) -> None:
    ids = await site.counts(LABELS, teams=[("ana", HIGH)])
    answer, text = await site.opens(with_csv(await site.link(days=90, department=ids[0])))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="usage-report-2026-11-22-90-days.csv"'
    rows = list(csv.reader(io.StringIO(text)))
    assert any("Ana Ruiz" in row and "60 to 80 %" in row for row in rows)


async def test_no_cell_of_the_file_is_a_formula(site: ReportSite) -> None:
    await site.counts(['=HYPERLINK("https://evil.example","x")', "@SUM(1)", "+1", "-1"])
    _, text = await site.opens(with_csv(await site.link()))
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert """'=HYPERLINK("https://evil.example","x")""" in cells


async def test_before_the_first_week_it_says_so(site: ReportSite) -> None:
    link = await site.link()
    for address in (link, with_csv(link)):
        answer, text = await site.opens(address)
        assert answer.status == 200
        assert "Nothing is counted yet" in text


async def test_head_tells_the_same_without_the_body(site: ReportSite) -> None:
    await site.counts(LABELS)
    link = await site.link()
    for address in (link, with_csv(link)):
        whole, text = await site.opens(address)
        head, nothing = await site.opens(address, "HEAD")
        assert (head.status, nothing, bool(text)) == (whole.status, "", True)
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
        assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_can_be_done_there(site: ReportSite, method: str) -> None:
    assert (await site.opens(await site.link(), method))[0].status == 405


async def test_nothing_is_loaded_kept_framed_or_told_further(site: ReportSite) -> None:
    await site.counts(LABELS)
    link = await site.link()
    for address in (link, with_csv(link), f"{site.url}/report/{FORGED}", f"{link}?department=x"):
        answer, text = await site.opens(address)
        rules = answer.headers["Content-Security-Policy"].split("; ")
        assert rules[0] == "default-src 'none'"
        assert {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} < set(rules)
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert not re.search(r"(src|action)=|<script|<form|<link|<img|@import|url\((?!#)| style=", text)
        assert not re.search(r'href="(?!#|[A-Za-z0-9_-]+(\.csv)?\?)', text)
    assert "</style" not in STYLE


async def test_every_address_that_opens_nothing_is_answered_alike(site: ReportSite) -> None:
    await site.counts(LABELS)
    link = await site.link()
    base, _, token = link.rpartition("/")
    theirs = await _elsewhere(site)
    left = await site.link("cleo")
    await _leaves(site, "cleo")
    dead = [f"{base}/{FORGED}", f"{base}/x", f"{base}/{token[:-1]}", f"{base}/{token}A", f"{base}/%00", theirs, left]
    answers = [await site.opens(address) for address in (*dead, *(f"{address}.csv" for address in dead))]
    site.desk.clock.advance(seconds=GOOD_FOR.total_seconds() + 1)
    answers += [await site.opens(link), await site.opens(with_csv(link)), await site.opens(f"{link}?department=x")]
    assert {answer.status for answer, _ in answers} == {404}
    assert len({text for _, text in answers}) == 1
    [headers] = {
        tuple((k, v) for k, v in answer.headers.items() if k not in ("Date", "Server")) for answer, _ in answers
    }
    assert headers
    assert "This link is over" in answers[0][1]


async def _elsewhere(site: ReportSite) -> str:
    """A link as another organization with the same keys would make it."""
    made = SignedLinks(KEYS, organization=OrganizationId("another"), outside=Outside(site.url), now=site.desk.clock)
    link = made.report(await site.desk.person("ana"))
    assert link is not None
    return link


async def _leaves(site: ReportSite, name: str) -> None:
    async with site.desk.store.write(site.desk.mia.account.organization) as tx:
        person = await tx.people.get(await site.desk.person(name))
        assert person is not None
        await tx.people.save(replace(person, active=False))


async def test_a_link_works_until_its_last_second(site: ReportSite) -> None:
    await site.counts(LABELS)
    link = await site.link()
    site.desk.clock.advance(seconds=GOOD_FOR.total_seconds())
    assert (await site.opens(link))[0].status == 200
    site.desk.clock.advance(seconds=1)
    assert (await site.opens(link))[0].status == 404


@pytest.mark.parametrize(("asked", "language"), [("de-DE,de;q=0.9,en;q=0.8", "de"), ("xx, fr", "fr"), ("", "en")])
async def test_who_cannot_be_known_reads_their_browsers_language(site: ReportSite, asked: str, language: str) -> None:
    _, text = await site.opens(f"{site.url}/report/{FORGED}", Accept_Language=asked)
    assert f'<html lang="{language}">' in text


async def test_names_are_words_and_nothing_else(site: ReportSite) -> None:
    evil = "<script>alert(1)</script>"
    ids = await site.counts([evil, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "A\u202eB"])
    for department in (None, ids[0]):
        _, text = await site.opens(await site.link(department=department))
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text
    assert "{{ 7 * 7 }}" in (await site.opens(await site.link()))[1]


class BusyStore:
    """A database that cannot be had."""

    def read(self, _: OrganizationId) -> AbstractAsyncContextManager[Transaction]:
        raise Busy


async def test_while_the_database_is_busy_it_says_when_to_come_back(sqlite_url: str) -> None:
    async with report_site(sqlite_url, reads=cast("Store", BusyStore())) as site:
        link = await site.link()
        for address in (link, with_csv(link)):
            answer, text = await site.opens(address)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
            assert "open the link again" in text


async def test_no_log_line_has_a_token(site: ReportSite) -> None:
    """Not even of a request that is none, of which the server itself logs an error."""
    await site.counts(LABELS)
    link = await site.link()
    written = io.StringIO()
    with logged_to(written):
        for address in (link, with_csv(link), f"{link}A", f"{link}?department=x"):
            await site.opens(address)
        reader, writer = await asyncio.open_connection(*URL(site.url).authority.split(":"))
        writer.write(f"GET {URL(link).path}?days=\u0667 HTTP/1.1\r\n\r\n".encode())
        assert b" 400 " in await reader.readline()
        writer.close()
        await writer.wait_closed()
    assert "InvalidURLError" in written.getvalue()
    assert link.rpartition("/")[2] not in written.getvalue()


@contextmanager
def logged_to(stream: io.StringIO) -> Iterator[None]:
    """Everything that is logged meanwhile, as the service writes it."""
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(JsonLines())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
