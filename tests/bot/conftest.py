"""A desk on SQLite for the tests of behaviour."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.bot.desk import Desk, desk_on, paired

KEY = b"k" * 32


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """Four people who have not begun anything."""
    store = Store(sqlite_url, (KEY,))
    yield await desk_on(store)
    await store.close()


@pytest.fixture
async def pair(desk: Desk) -> Desk:
    """Ana and her report Ben with a conversation."""
    await paired(desk)
    return desk
