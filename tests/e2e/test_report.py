"""The usage report's page as its reader has it: wide and narrow, by day and by night, by keyboard, on paper."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.disclosure import Figure, Kept
from prompts.compare import ENGLISH, others
from tests.adapters.web.report_site import WEEKS, ReportSite, report_site
from tests.bot.usage_weeks import HIGH, LOW
from tests.e2e.browser import chromium

pytestmark = pytest.mark.browser

ENOUGH = 4.5  # WCAG 2, text of usual size
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
WIDTHS = (320, 390, 600, 768, 1024, 1280, 1440)
LABELS = ("Design", "Engineering", "Marketing and Communications", "Law", "Donaudampfschifffahrtsgesellschaft" * 3, "")
MANAGERS: tuple[tuple[str, Figure], ...] = (("ana", HIGH), ("cleo", Kept.rest), ("mia", LOW))


@dataclass
class Reader:
    """Somebody with a link and a browser; ``asked`` is what their browser asked for."""

    site: ReportSite
    page: Page
    asked: list[str]

    async def opens(self, *, department: str | None = None) -> None:
        await self.page.goto(await self.site.link(department=department))


def sheets(printed: bytes) -> int:
    """How many pages a PDF file has."""
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.fixture
async def reader(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Reader]:
    """With any error on the page, and anything that its own rules forbid, a failure."""
    async with report_site(sqlite_url) as site, chromium(tmp_path / "browser") as browser:
        page, asked, said = browser.pages[0], list[str](), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text) if "status of 404" not in message.text else None)
        page.on("pageerror", lambda error: said.append(error.message))
        yield Reader(site, page, asked)
        assert said == []


async def test_it_is_drawn_with_nothing_from_elsewhere(reader: Reader) -> None:
    [first, *_] = await reader.site.counts(LABELS, teams=MANAGERS, weeks=WEEKS)
    page = reader.page
    await reader.opens()
    assert [url.rpartition("/")[0] for url in reader.asked] == [f"{reader.site.url}/report"]
    chart = page.get_by_role("img", name="Active 1-on-1s over a year")
    box = await chart.bounding_box()
    assert box is not None
    assert box["height"] > 150
    assert await page.locator("main li").first.evaluate("(node) => getComputedStyle(node).borderTopWidth") == "1px"
    await page.get_by_role("link", name="Design").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Design")
    await expect(page.get_by_role("table")).to_contain_text("Cleo Tanaka")
    await page.get_by_role("link", name="90 days").click()
    await expect(page.get_by_role("link", name="90 days")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Design")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download as CSV").click()
    assert (await download.value).suggested_filename == "usage-report-2026-11-22-90-days.csv"
    assert first in page.url
    await page.get_by_role("link", name="Usage report").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Usage report")


async def test_it_prints_on_one_sheet(reader: Reader) -> None:
    many = [f"Department of something longer {number}" for number in range(60)]
    [first, *_] = await reader.site.counts([*LABELS, *many], teams=MANAGERS, weeks=WEEKS)
    for department in (None, first):
        await reader.opens(department=department)
        for paper in ("A4", "Letter"):
            assert sheets(await reader.page.pdf(format=paper, print_background=True)) == 1, (paper, department)
    await reader.page.emulate_media(media="print", color_scheme="dark")
    await reader.opens()
    await expect(reader.page.get_by_text("more, in the CSV file")).to_be_visible()
    await expect(reader.page.get_by_role("navigation")).to_be_hidden()
    assert await reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_words_can_be_read_at_every_width(reader: Reader, scheme: str) -> None:
    [first, *_] = await reader.site.counts(LABELS, teams=MANAGERS, weeks=WEEKS)
    page = reader.page
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    grounds = set()
    for department in (None, first):
        await reader.opens(department=department)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate(CONTRAST, ENOUGH) == [], (width, department)
            assert await page.evaluate("document.documentElement.scrollWidth") == width
            small = (
                "[...document.querySelectorAll('main *')].filter((n) => parseFloat(getComputedStyle(n).fontSize) < 11)"
            )
            assert await page.evaluate(f"{small}.map((n) => n.outerHTML)") == []
        grounds.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == {"rgb(14, 17, 18)" if scheme == "dark" else "rgb(241, 243, 242)"}


@pytest.mark.soak
@pytest.mark.parametrize("language", [ENGLISH, *others()])
async def test_every_language_finds_room_on_a_phone_and_on_a_sheet(reader: Reader, language: str) -> None:
    [first, *_] = await reader.site.counts([*LABELS, *"ABCDEFGH"], teams=MANAGERS, weeks=WEEKS)
    await reader.site.speaks("ben", language)
    page = reader.page
    for department in (None, first):
        await reader.opens(department=department)
        assert await page.evaluate("document.documentElement.lang") == language
        for width in (320, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") == width
        for paper in ("A4", "Letter"):
            assert sheets(await page.pdf(format=paper, print_background=True)) == 1, (paper, department)


@pytest.mark.soak
async def test_the_heroes_stand_in_one_row_and_in_two_on_a_phone(reader: Reader) -> None:
    await reader.site.counts(LABELS, weeks=WEEKS)
    await reader.opens()
    tops = "new Set([...document.querySelectorAll('.heroes .figure')].map((n) => n.getBoundingClientRect().top)).size"
    for width, rows in ((1440, 1), (1024, 1), (390, 2)):
        await reader.page.set_viewport_size({"width": width, "height": 900})
        assert await reader.page.evaluate(tops) == rows, width


@pytest.mark.soak
async def test_a_keyboard_is_enough(reader: Reader) -> None:
    await reader.site.counts(LABELS, weeks=WEEKS)
    page = reader.page
    await reader.opens()
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the numbers")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "numbers"
    stops = []
    for _ in range(8):
        await page.keyboard.press("Tab")
        words, outline = await page.evaluate(
            "[document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle]"
        )
        stops.append(words)
        assert outline != "none", words
    assert stops[:3] == ["The chart in words", "Design", "Donaudampfschifffahrtsgesellschaft" * 3]
    await page.get_by_text("The chart in words").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("cell", name="under 20 %").first).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize("width", [390, 1280])
async def test_who_hears_the_page_finds_the_same(reader: Reader, width: int) -> None:
    await reader.site.counts(LABELS[:3], weeks=WEEKS)
    page = reader.page
    await page.set_viewport_size({"width": width, "height": 900})
    await reader.opens()
    await expect(page).to_have_title("Usage report")
    for role in ("main", "navigation", "banner", "contentinfo"):
        await expect(page.get_by_role(role)).to_have_count(1)
    headings = await page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["At a glance", "Active 1-on-1s over a year", "Departments", "How to read this"]
    table = page.get_by_role("table")
    await expect(table.get_by_role("columnheader")).to_have_count(5)
    await expect(table.get_by_role("row")).to_have_count(5)
    row = table.get_by_role("row").nth(2)
    await expect(row.get_by_role("rowheader")).to_have_text("Engineering")
    await expect(row.get_by_role("cell")).to_have_count(4)
    await expect(page.get_by_role("img", name="Active 1-on-1s over a year")).to_have_accessible_description(
        re.compile(r"^23 Nov 2025|60 to 80 %")
    )


@pytest.mark.soak
async def test_a_link_that_is_over_is_a_page_too(reader: Reader) -> None:
    link = await reader.site.link()
    reader.site.desk.clock.advance(days=2)
    page = reader.page
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_have_text("This link is over")
    assert await page.evaluate(CONTRAST, ENOUGH) == []
