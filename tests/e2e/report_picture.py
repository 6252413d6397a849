"""The picture of the usage report's page in the docs: ``python -m tests.e2e.report_picture docs/report.png``.

Of the playground's company, on the day of the other picture, so that a new one differs only where the page does.
"""

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from adapters.playground.demo_people import ADMIN
from adapters.playground.demo_stage import Playground
from tests.e2e.browser import chromium
from tests.e2e.picture import StandingClock

_SIZE = (1180, 800)
_SHARP = 1.5  # pixels of the picture for one of the page


async def take(target: Path) -> None:
    """Let a year be counted, open the admin's link, and write what the page looks like."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as exits:
            playground = Playground(Path(folder), clock=StandingClock(), whole=True)
            exits.push_async_callback(playground.stop)
            await playground.start()
            service = playground.service
            while await service.planner.tick():
                pass
            async with service.store.read(service.organization) as tx:
                [mia] = await tx.people.by_emails([ADMIN])
            link = service.engine.links.report(mia.id)
            assert link is not None
            browser = await exits.enter_async_context(chromium(Path(folder) / "browser", size=_SIZE, scale=_SHARP))
            page = browser.pages[0]
            await page.goto(link)
            await page.screenshot(path=target, full_page=True, animations="disabled", caret="hide")


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
