"""A stage for each story, on every platform that there is."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract.mixed_stage import MixedStage, mixed_stage
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.stages import EVERY_STAGE, MIXED, TEAMS
from tests.adapters.contract.story import is_told_on


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each story on each platform, and with `make soak` on both at once where its people need not be together."""
    if "stage" not in metafunc.fixturenames:
        return
    told = [stage for stage in EVERY_STAGE if is_told_on(metafunc.function, stage)]
    marks = {MIXED: (pytest.mark.soak,)}
    metafunc.parametrize("stage", [pytest.param(each, marks=marks.get(each, ())) for each in told], indirect=True)


@pytest.fixture
async def stage(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """Everything running, nothing begun; what no story may cause is checked when it ends."""
    async with EVERY_STAGE[request.param](sqlite_url) as staged:
        yield staged


@pytest.fixture
async def mixed(sqlite_url: str) -> AsyncIterator[MixedStage]:
    """Both platforms, for what only happens between them."""
    async with mixed_stage(sqlite_url) as staged:
        yield staged


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What an ordinary run leaves to the soak.

    In Teams a command is a plain message in one's own chat: once is enough. Nor does it matter to the second platform
    which words are read or refused: of stories that are told of many, it has the first.
    """
    told: set[str] = set()
    for item in sorted(items, key=lambda each: each.nodeid):
        given = getattr(getattr(item, "callspec", None), "params", {})
        if given.get("stage") != TEAMS or len(given) == 1:
            continue
        story = item.nodeid.partition("[")[0]
        if given.get("way") is Way.command or story in told:
            item.add_marker(pytest.mark.soak)
        else:
            told.add(story)


@pytest.fixture(params=[Way.chat, Way.command])
def way(request: pytest.FixtureRequest) -> Way:
    """A verb works in the person's own chat with the bot, and after the slash."""
    return Way(request.param)
