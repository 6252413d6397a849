"""A stage for each story, on every platform that there is."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.stages import STAGES


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """Everything running, nothing begun; what no story may cause is checked when it ends."""
    async with STAGES[request.param](sqlite_url) as staged:
        yield staged


@pytest.fixture(params=[Way.chat, Way.command])
def way(request: pytest.FixtureRequest) -> Way:
    """A verb works in the person's own chat with the bot, and after the slash."""
    return Way(request.param)
