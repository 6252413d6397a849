"""A workspace takes the bot in by the link, and nobody else's does."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.logs import JsonLines
from adapters.slack.grants import _grant
from adapters.slack.inputs import Json
from adapters.slack.manifest import bot_scopes
from adapters.slack.parse_parts import Malformed
from prompts import Library
from tests.adapters.slack.installing import APP, END, FIRST, MANY, PUBLIC, Page, Town, a_town, link_of

BEGIN = "/slack/install"


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[Town]:
    async with a_town(sqlite_url) as built:
        yield built


def is_told(page: Page, status: int, *words: str) -> None:
    assert page.status == status, page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.headers["Cache-Control"] == "no-store"
    for each in words:
        assert each in page.text


async def nothing_came(town: Town) -> None:
    assert await town.installed() == []
    assert town.service.slack_apps == ()


async def test_the_link_leads_to_slack_with_what_the_manifest_asks_for(town: Town) -> None:
    page = await town.browser().begins()
    assert page.status == 302
    url = urlsplit(page.headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{town.first.base_url}/oauth/v2/authorize"
    assert (asked["client_id"], asked["redirect_uri"]) == (APP.client_id, f"{PUBLIC}{END}")
    assert asked["scope"].split(",") == list(bot_scopes())
    assert link_of(town.service).startswith(f"{PUBLIC}{BEGIN}?key=")


async def test_the_cookie_is_for_the_way_back_only(town: Town) -> None:
    cookie = (await town.browser().begins()).headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600", f"Path={END}"} <= set(cookie.split("; "))


async def test_a_workspace_that_took_it_in_can_use_it_at_once(town: Town) -> None:
    page = await town.browser().installs(town.first)
    is_told(page, 200, "OneOnOne is in First &amp; Sons", "part of one organization", "Keep it among those who run")
    await town.settle()
    ana = town.first.person("U0ANA")
    assert (await ana.command("/oneonone", "meet")).ok
    assert await town.names() == ["Ana Ruiz"]
    assert await town.service._slack.is_connected()  # type: ignore[union-attr]
    (kept,) = await town.installed()
    assert (kept.team, kept.enterprise, kept.bot_user, kept.bot_id) == ("T0FIRST", None, APP.bot_user, APP.bot_id)
    assert kept.scopes == APP.scopes


@pytest.mark.parametrize("query", [{}, {"key": ""}, {"key": "wrong"}, {"key": "é"}], ids=str)
async def test_without_the_secret_of_the_link_there_is_nothing(town: Town, query: dict[str, str]) -> None:
    page = await town.browser().get(BEGIN, **query)
    assert (page.status, "Location" in page.headers, "Set-Cookie" in page.headers) == (404, False, False)


async def test_the_link_stays_the_same(town: Town) -> None:
    link = link_of(town.service)
    await town.restart()
    assert link_of(town.service) == link


async def test_who_does_not_allow_it_is_told_so(town: Town) -> None:
    browser = town.browser()
    page = await browser.get(END, error="access_denied", state=await browser.is_sent_with())
    is_told(page, 403, "OneOnOne was not added", "not allowed in Slack")
    await nothing_came(town)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("pt-BR, fr;q=0.5", "fr"),
        ("EN-GB", "en"),
        ("pt", "en"),
        ("", "en"),
        ("*", "en"),
        (",;=", "en"),
    ],
)
async def test_who_installs_it_reads_a_language_of_their_browser(town: Town, wanted: str, language: str) -> None:
    browser = town.browser()
    browser.languages = wanted
    page = await browser.get(END, error="access_denied", state="")
    is_told(page, 400, f'<html lang="{language}">', escape(Library(language).say("install.not_installed", {})))


async def test_another_refusal_is_named_but_nothing_else_is_repeated(town: Town) -> None:
    browser = town.browser()
    page = await browser.get(END, error="invalid_scope", state=await browser.is_sent_with())
    is_told(page, 502, "(invalid_scope)")
    page = await browser.get(END, error="<b>pay me</b>", state=await browser.is_sent_with())
    is_told(page, 502, "Slack refused it. Whoever")
    assert "pay" not in page.text


@pytest.mark.parametrize("state", ["", "1.2.3", "9999999999.nonce.00", "x.y.z", "-1..", "9" * 400 + "..", "é.é.é"])
async def test_a_state_that_is_not_ours_ends_it(town: Town, state: str) -> None:
    browser = town.browser()
    await browser.begins()
    is_told(await browser.get(END, code=town.first.installation_code("U0ANA"), state=state), 400, "begun in another")
    await nothing_came(town)


async def test_another_browser_cannot_finish_it(town: Town) -> None:
    state, stranger = await town.browser().is_sent_with(), town.browser()
    code = town.first.installation_code("U0ANA")
    is_told(await stranger.get(END, code=code, state=state), 400, "begun in another browser")
    await stranger.begins()  # one with a cookie of its own neither
    is_told(await stranger.get(END, code=code, state=state), 400, "begun in another browser")
    await nothing_came(town)


async def test_after_ten_minutes_it_has_to_begin_again(town: Town) -> None:
    browser = town.browser()
    state = await browser.is_sent_with()
    town.clock.advance(timedelta(minutes=10))
    page = await browser.get(END, code=town.first.installation_code("U0ANA"), state=state)
    is_told(page, 400, "more than ten minutes old")
    await nothing_came(town)


async def test_an_attempt_is_finished_once(town: Town) -> None:
    browser = town.browser()
    begun = await browser.begins()
    state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
    cookie = begun.headers["Set-Cookie"].split(";")[0].split("=")[1]
    assert (await browser.get(END, code=town.first.installation_code("U0ANA"), state=state)).status == 200
    browser._jar.update_cookies({"oneonone_install": cookie})
    page = await browser.get(END, code=town.second.installation_code("U0BEN"), state=state)
    is_told(page, 400, "has been finished before")
    assert [each.team for each in await town.installed()] == ["T0FIRST"]


async def test_a_code_works_once(town: Town) -> None:
    browser, code = town.browser(), town.first.installation_code("U0ANA")
    assert (await browser.get(END, code=code, state=await browser.is_sent_with())).status == 200
    is_told(await browser.get(END, code=code, state=await browser.is_sent_with()), 400, "permission was used before")
    is_told(await browser.get(END, state=await browser.is_sent_with()), 400, "permission was used before")


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
@pytest.mark.parametrize("fault", ["server_error", "drop", "rate_limited"])
async def test_when_slack_does_not_answer_it_can_be_tried_again(town: Town, method: str, fault: str) -> None:
    town.first.world.faults.add(method, fault)
    is_told(await town.browser().installs(town.first), 502, "Slack does not answer")
    await nothing_came(town)
    assert (await town.browser().installs(town.first)).status == 200


async def test_settings_that_do_not_fit_are_named(sqlite_url: str) -> None:
    async with a_town(sqlite_url, replace(MANY, client_secret="another")) as town:
        page = await town.browser().installs(town.first)
        is_told(page, 502, "(bad_client_secret)", "compare the Slack app&#x27;s settings")
        await nothing_came(town)


@pytest.mark.parametrize("odd", [{"token_type": "user"}, {"expires_in": 43200}, {"team": None}, {"access_token": ""}])
def test_a_grant_that_cannot_last_is_refused(odd: Json) -> None:
    answer: Json = {"token_type": "bot", "access_token": "xoxb-1", "bot_user_id": "U1", "team": {"id": "T1"}}
    assert _grant(answer, bot_id="B1").team == "T1"
    with pytest.raises(Malformed):
        _grant(answer | odd, bot_id="B1")


async def test_who_comes_while_the_database_is_taken_may_try_again(town: Town, sqlite_url: str) -> None:
    browser = town.browser()
    state = await browser.is_sent_with()
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        page = await browser.get(END, code=town.first.installation_code("U0ANA"), state=state)
    is_told(page, 503, "Too much is going on")
    assert (await town.browser().installs(town.first)).status == 200


async def test_who_takes_it_in_again_renews_the_token(town: Town) -> None:
    await town.browser().installs(town.first)
    await town.settle()
    town.first.world.app = replace(APP, bot_token="xoxb-canary-renewed")
    is_told(await town.browser().installs(town.first), 200, "It was there before")
    await town.settle()
    (kept,) = await town.installed()
    assert kept.token == "xoxb-canary-renewed"
    assert len(town.service.slack_apps) == 1
    assert (await town.first.person("U0ANA").opens_home()).ok
    await town.settle()
    assert "Your home" in town.first.person("U0ANA").reads()


async def test_no_token_is_stored_or_logged_in_clear(town: Town, sqlite_url: str) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(JsonLines().format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    logging.getLogger("oneonone").setLevel(logging.DEBUG)
    try:
        await town.browser().installs(town.first)
        await town.settle()
    finally:
        logging.getLogger().removeHandler(handler)
    assert any("installed" in line for line in lines)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    written = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*")) + "".join(lines).encode()
    assert b"T0FIRST" in written
    for secret in (b"canary-token", b"client-secret", link_of(town.service).split("=")[1].encode()):
        assert secret not in written


async def test_the_whole_of_an_enterprise_grid_organization_is_one_workspace(sqlite_url: str) -> None:
    whole = replace(FIRST, enterprise_id="E0FIRST", took_in_as_a_whole=True)
    async with a_town(sqlite_url, first=whole) as town:
        is_told(await town.browser().installs(town.first), 200, "OneOnOne is in All of First")
        await town.settle()
        (kept,) = await town.installed()
        assert (kept.team, kept.enterprise) == (None, "E0FIRST")
        assert (await town.first.person("U0ANA").command("/oneonone", "meet")).ok
        assert (await town.first.person("U0ANA").opens_home()).ok
        await town.settle()
        assert await town.names() == ["Ana Ruiz"]
        await town.restart()
        assert (await town.first.person("U0ANA").opens_home()).ok
