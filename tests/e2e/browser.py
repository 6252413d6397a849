"""Chromium as a visitor would have it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, async_playwright

from tests.needs import absent

# As root, without a graphics card, and without calls of its own to the network.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
PATIENCE = 10_000  # milliseconds; two busy cores
WIDE = (1280, 800)


@asynccontextmanager
async def chromium(folder: Path, *, size: tuple[int, int] = WIDE, scale: float = 1) -> AsyncIterator[BrowserContext]:
    """A browser with one empty page, whose profile is in `folder`; skips loudly where there is none."""
    executable = shutil.which("chromium")
    if executable is None:
        absent("Chromium", mend="install it, on Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch_persistent_context(
            folder,
            executable_path=executable,
            args=list(_FLAGS),
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            reduced_motion="reduce",
            color_scheme="light",
        )
        browser.set_default_timeout(PATIENCE)
        try:
            yield browser
        finally:
            await browser.close()
