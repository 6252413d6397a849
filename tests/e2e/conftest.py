"""The playground as its visitor has it: the whole service, and a real browser in front of it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright

from adapters.playground.demo import Playground, serve_page
from tests.needs import absent

# Chromium as root, without a graphics card, and without calls of its own to the network.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000  # milliseconds; two busy cores


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    """A playground on its first day."""
    stage = Playground(tmp_path)
    try:
        await stage.start()
        yield stage
    finally:
        await stage.stop()


@pytest.fixture
async def address(playground: Playground) -> AsyncIterator[str]:
    """Where the page is."""
    async with AsyncExitStack() as exits:
        yield await serve_page(playground, exits, port=0)


@pytest.fixture
async def page(address: str, tmp_path: Path) -> AsyncIterator[Page]:
    """The page in Chromium, wide enough for two windows; any error in its scripts fails the test."""
    async with _chromium(tmp_path, width=1280, height=800) as browser:
        opened = browser.pages[0]
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(error.message))
        await opened.goto(address)
        yield opened
        assert errors == []


@asynccontextmanager
async def _chromium(folder: Path, *, width: int, height: int) -> AsyncIterator[BrowserContext]:
    executable = shutil.which("chromium")
    if executable is None:
        absent("Chromium", mend="install it, on Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch_persistent_context(
            folder / "browser",
            executable_path=executable,
            args=list(_FLAGS),
            viewport={"width": width, "height": height},
        )
        browser.set_default_timeout(PATIENCE)
        try:
            yield browser
        finally:
            await browser.close()
