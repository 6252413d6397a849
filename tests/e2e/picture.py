"""The README's picture of the playground: ``python -m tests.e2e.picture docs/playground.png``.

The same scene on the same day each time, so that a new picture differs only where the page does.
"""

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from adapters.playground.demo import serve_page
from adapters.playground.demo_stage import Playground
from tests.e2e.browser import chromium
from tests.e2e.seat import Seat

_TUESDAY = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
_SIZE = (1280, 832)
_SHARP = 2  # pixels of the picture for one of the page
_HERS = "What the next level asks of a designer"
_HIS = "A budget for the typography course"
_FOR_THE_DAY = "How the last launch felt"


@dataclass
class StandingClock:
    """A clock that shows the same moment until it is moved."""

    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return _TUESDAY + self.ahead

    def advance(self, by: timedelta) -> None:
        self.ahead += by

    def reset(self) -> None:
        self.ahead = timedelta()


async def take(target: Path) -> None:
    """Play the scene, and write what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as exits:
            playground = Playground(Path(folder), clock=StandingClock())
            exits.push_async_callback(playground.stop)
            await playground.start()
            address = await serve_page(playground, exits, port=0)
            browser = await exits.enter_async_context(chromium(Path(folder) / "browser", size=_SIZE, scale=_SHARP))
            page = browser.pages[0]
            await page.goto(address)
            await _play(page)
            await page.screenshot(path=target, animations="disabled", caret="hide")


async def _play(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await page.get_by_role("button", name="Put these away").click()
    await _begin(ana)
    await _schedule(ana)
    await _add(ana, _HERS, seen_by="You and Ben")
    await _add(ana, _FOR_THE_DAY, seen_by="Only you until the meeting starts, then Ben too")
    await ben.presses("Open")
    await ben.sees("Ben and Ana")
    await _add(ben, _HIS, seen_by="You and Ana")
    await ana.leaves()
    await ana.opens("/oneonone Ben Okafor", "Ana and Ben")
    await expect(ana.body).to_contain_text(_HIS)
    await _settle(page)


async def _begin(ana: Seat) -> None:
    await expect(ana.home).to_contain_text("Your 1-on-1s")
    await ana.goes_to("Messages")
    await ana.opens("/oneonone start Ben Okafor", "Start a 1-on-1")
    await ana.dialog.get_by_label("What is this person to you?").select_option(label="My report")
    await ana.submits("Start")
    await ana.sees("Ana and Ben")


async def _schedule(ana: Seat) -> None:
    await ana.presses("Schedule it")
    await ana.fills("First meeting", "tuesday")
    await ana.submits("Save")
    await ana.sees("Schedule with Ben")
    await ana.leaves()
    await ana.opens("/oneonone Ben Okafor", "Ana and Ben")


async def _add(seat: Seat, text: str, *, seen_by: str) -> None:
    await seat.presses("Add item")
    await seat.sees("Add to the agenda")
    await seat.fills("What do you want to talk about?", text)
    await seat.dialog.get_by_label(seen_by, exact=True).check()
    await seat.submits("Add")
    await expect(seat.body).to_contain_text(f"○ {text}")


async def _settle(page: Page) -> None:
    """Neither a pointer over anything nor a focus; the panel below says what is the same each time."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement.blur()")
    await page.evaluate("document.querySelector('.wire-last').textContent = ''")


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
