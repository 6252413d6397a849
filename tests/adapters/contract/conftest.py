"""A stage for each story, on every platform that there is."""

from collections.abc import AsyncIterator, Callable, Mapping

import pytest

from tests.adapters.contract.mixed_stage import MixedStage, mixed_stage
from tests.adapters.contract.ordinary import left_out
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.stages import EVERY_STAGE, MIXED, STAGES, TEAMS
from tests.adapters.contract.story import features_of, is_told_on


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
    which words are read or refused: of stories that are told of many, it has the first. Of all others each feature has
    one that is told on both platforms.
    """
    told: set[str] = set()
    plain: dict[str, dict[str, pytest.Item]] = {}
    for item in sorted(items, key=lambda each: each.nodeid):
        given = getattr(getattr(item, "callspec", None), "params", {})
        story, _, _ = item.nodeid.partition("[")
        if len(given) == 1 and given.get("stage") in STAGES and item.get_closest_marker("soak") is None:
            plain.setdefault(story, {})[given["stage"]] = item
        elif given.get("stage") != TEAMS or len(given) == 1:
            continue
        elif given.get("way") is Way.command or story in told:
            item.add_marker(pytest.mark.soak)
        else:
            told.add(story)
    for story, stage in left_out({story: features_of(_function(on)) for story, on in plain.items()}).items():
        if len(plain[story]) == len(STAGES):
            plain[story][stage].add_marker(pytest.mark.soak)


def _function(on: Mapping[str, pytest.Item]) -> Callable[..., object]:
    item = next(iter(on.values()))
    assert isinstance(item, pytest.Function)
    told: Callable[..., object] = item.function
    return told


@pytest.fixture(params=[Way.chat, Way.command])
def way(request: pytest.FixtureRequest) -> Way:
    """A verb works in the person's own chat with the bot, and after the slash."""
    return Way(request.param)
