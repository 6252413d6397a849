"""A stage for each story, on every platform that there is."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract.mixed_stage import MixedStage, mixed_stage
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.stages import EVERY_STAGE, MIXED, STAGES
from tests.adapters.contract.story import is_told_on


@pytest.fixture(params=[*STAGES, pytest.param(MIXED, marks=pytest.mark.soak)])
async def stage(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """Everything running, nothing begun; what no story may cause is checked when it ends."""
    if not is_told_on(request.function, request.param):
        pytest.skip("this story needs all its people on one platform")
    async with EVERY_STAGE[request.param](sqlite_url) as staged:
        yield staged


@pytest.fixture
async def mixed(sqlite_url: str) -> AsyncIterator[MixedStage]:
    """Both platforms, for what only happens between them."""
    async with mixed_stage(sqlite_url) as staged:
        yield staged


@pytest.fixture(params=[Way.chat, Way.command])
def way(request: pytest.FixtureRequest) -> Way:
    """A verb works in the person's own chat with the bot, and after the slash."""
    return Way(request.param)
