"""What a visitor needs to see and reach: contrast, a keyboard, a narrow screen."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.seat import Seat

pytestmark = [pytest.mark.browser, pytest.mark.soak]

ENOUGH = 4.5  # WCAG 2, text of usual size
NARROW = {"width": 390, "height": 844}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
MOST_STOPS = 60


async def _pale(page: Page) -> list[object]:
    """The words on the page that are too pale to read: what they say, their contrast, and where."""
    found: list[object] = await page.evaluate(CONTRAST, ENOUGH)
    return found


async def _starts(page: Page, ana: Seat) -> None:
    await page.get_by_role("button", name="Start a 1-on-1 with Ben").click()
    await ana.sees("Start a 1-on-1")
    await ana.dialog.get_by_label("What is this person to you?").select_option(label="My report")
    await ana.submits("Start")
    await ana.sees("Ana and Ben")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_words_can_be_read(page: Page, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await expect(ana.home).to_contain_text("Your 1-on-1s")
    await expect(ben.messages).to_contain_text("Your 1-on-1s")
    assert await _pale(page) == []
    await _starts(page, ana)
    await ben.presses("Open")
    await ben.sees("Ben and Ana")
    await ben.presses("Add item")
    await ben.sees("Add to the agenda")
    await ben.submits("Add")
    await expect(ben.dialog.get_by_role("alert").first).to_be_visible()
    assert await _pale(page) == []
    await ana.leaves()
    await ben.leaves()
    await ana.goes_to("general")
    await ben.goes_to("General")
    await page.locator("#wire > summary").click()
    await expect(page.locator(".exchanges li").first).to_be_visible()
    await page.get_by_role("button", name="+ 1 day").click()
    await expect(page.locator(".clock-ahead")).to_have_text("1 day ahead")
    assert await _pale(page) == []


async def test_a_keyboard_is_enough_in_slack(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await ana.goes_to("Messages")
    await page.keyboard.type("/oneonone sta")
    await page.keyboard.press("Tab")  # takes the suggestion, and offers people
    await page.keyboard.type("be")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await ana.sees("Start a 1-on-1")
    await expect(ana.dialog.get_by_label("With whom?")).to_have_value("Ben Okafor")
    await page.keyboard.type("My rep")  # the cursor is in the first field that is empty
    await page.keyboard.press("Control+Enter")
    await ana.sees("Ana and Ben")
    await page.keyboard.press("Escape")
    await expect(ana.dialog).to_have_count(0)
    await expect(ana.box).to_be_focused()
    await expect(ben.messages).to_contain_text("started a 1-on-1 with you")


async def test_a_keyboard_is_enough_in_teams(page: Page) -> None:
    ben = Seat(page, "right")
    await expect(ben.messages).to_contain_text("Your 1-on-1s")
    await ben.window.get_by_label("Acting as").focus()
    await _tabs_to(page, "Start a conversation")
    await page.keyboard.press("Enter")
    await ben.sees("Start a 1-on-1")
    await expect(ben.dialog.get_by_label("With whom?")).to_be_focused()
    await page.keyboard.type("Eli")
    await expect(ben.dialog.get_by_role("option", name="Elif Kaya")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("My rep")
    await _stays_inside(page, ben)
    await page.keyboard.press("Control+Enter")
    await ben.sees("Ben and Elif")
    await page.keyboard.press("Escape")
    await expect(ben.dialog).to_have_count(0)
    assert await page.evaluate("document.activeElement.closest('.window')?.dataset.side") == "right"


async def _tabs_to(page: Page, name: str) -> None:
    """Go on with the Tab key; every stop on the way must show that it has the focus."""
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(
            "(() => { const at = document.activeElement, style = getComputedStyle(at);"
            " const shown = [at, at.parentElement, at.closest('.composer-box')].filter(Boolean).some((node) => {"
            " const look = getComputedStyle(node); return look.outlineStyle !== 'none' || look.boxShadow !== 'none'"
            " || node.matches('.composer-box:focus-within'); });"
            " return { words: at.textContent.trim(), shown }; })()"
        )
        assert (focused["words"], focused["shown"]) == (focused["words"], True)
        if focused["words"] == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


async def _stays_inside(page: Page, seat: Seat) -> None:
    """The Tab key goes around in the dialog, and ends where it began."""
    where = "document.activeElement.dataset.name ?? document.activeElement.textContent"
    start = await page.evaluate(where)
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        assert await seat.dialog.evaluate("(dialog) => dialog.contains(document.activeElement)")
        if await page.evaluate(where) == start:
            return
    raise AssertionError("the focus never came back")


async def test_a_narrow_screen_shows_one_window_and_a_switch(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(ana.window).to_be_visible()
    await expect(ben.window).to_be_hidden()
    other = page.get_by_role("group", name="Whose window to show").get_by_role("button", name="Ben")
    await _starts(page, ana)
    await expect(other.locator(".unread")).to_have_text("1")
    await other.click()
    await expect(other.locator(".unread")).to_be_hidden()
    await expect(ben.window).to_be_visible()
    await expect(ana.window).to_be_hidden()
    await ben.presses("Open")
    await ben.sees("Ben and Ana")
    await _nothing_is_cut(page)


async def _nothing_is_cut(page: Page) -> None:
    """No part of the page scrolls sideways, except strips that are meant to."""
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    wide = await page.evaluate(
        "[...document.querySelectorAll('.dialog-body, .modal-body, .messages, .home, .place-main, .bar')]"
        ".filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className)"
    )
    assert wide == []


async def test_a_long_agenda_and_long_words_stay_within_the_window(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await page.set_viewport_size({"width": 390, "height": 844})
    await _starts(page, ana)
    for text in ("Donaudampfschifffahrtsgesellschaft" * 8, "a b " * 200):
        await ana.presses("Add item")
        await ana.fills("What do you want to talk about?", text)
        await ana.submits("Add")
        await ana.sees("Ana and Ben")
    await _nothing_is_cut(page)
    await page.get_by_role("group", name="Whose window to show").get_by_role("button", name="Ben").click()
    await ben.presses("Open")
    await expect(ben.body).to_contain_text("Donaudampf")
    await _nothing_is_cut(page)
