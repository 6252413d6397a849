"""The usage report in both chats of the playground, by day and by night, wide and narrow, of a year that was lived."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from adapters.playground.demo_stage import Playground
from tests.e2e.seat import Seat
from tests.e2e.test_looks import NARROW, _pale

pytestmark = [pytest.mark.browser, pytest.mark.soak]

COUNTED = 120_000  # milliseconds
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    """With the whole company, whose year is counted."""
    stage = Playground(tmp_path, whole=True)
    try:
        await stage.start()
        while await stage.service.planner.tick():
            pass
        yield stage
    finally:
        await stage.stop()


async def test_mia_sees_how_a_year_went_wherever_she_types_report(page: Page, playground: Playground) -> None:
    page.set_default_timeout(COUNTED)
    slack, teams = Seat(page, "left"), Seat(page, "right")
    await slack.becomes("Mia Weiss", platform="slack")
    await teams.becomes("Mia Weiss", platform="teams")
    await slack.goes_to("Messages")
    await slack.types("/oneonone report")
    await teams.types("report")
    for seat in (slack, teams):
        await expect(seat.messages).to_contain_text("325 1-on-1s")
        await expect(seat.messages.get_by_role("img")).to_have_count(2)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        await page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
        assert await _pale(page) == []
        await page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert await _pale(page) == []
    assert playground.slack.world.violations == []
