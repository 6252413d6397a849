"""A stage for each story, on every platform that there is."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract.slack_stage import slack_stage
from tests.adapters.contract.stage import Stage, Way


@pytest.fixture(params=["slack"])
async def stage(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """Everything running, nothing begun; what no story may cause is checked when it ends."""
    async with slack_stage(sqlite_url) as staged:
        yield staged


@pytest.fixture(params=[Way.chat, Way.command])
def way(request: pytest.FixtureRequest) -> Way:
    """A verb works in the person's own chat with the bot, and after the slash."""
    return Way(request.param)
