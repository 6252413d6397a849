"""The playground as its visitor has it: the whole service, and a real browser in front of it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Page

from adapters.playground.demo import serve_page
from adapters.playground.demo_stage import Playground
from tests.e2e.browser import chromium


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
    async with chromium(tmp_path / "browser") as browser:
        opened = browser.pages[0]
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(error.message))
        await opened.goto(address)
        yield opened
        assert errors == []
