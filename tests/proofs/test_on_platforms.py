"""Proofs 2 and 7 once more, over HTTP and through the SDKs: what the adapters themselves show, send, keep and log.

People whose words are canaries crawl through everything at their clients, while all that comes from prompts/ is marked.
"""

from pathlib import Path

import pytest

from bot.features import registry
from tests.adapters.contract.stages import MIXED
from tests.proofs.client_crawler import Thoroughness
from tests.proofs.clients import SLACK, TEAMS, watched_on
from tests.proofs.logs import Lines, all_lines
from tests.proofs.telling import noted
from tests.proofs.watched import Watched
from tests.proofs.weeks import LONG_BEFORE, Weeks
from tests.stateful.knowing import MARK

A_LITTLE = Thoroughness(presses=2, forms=3, steps=12)
WHOLE = Thoroughness(presses=4, forms=5, steps=1000)
MANY_ROWS = {"OpenComments"}
IN_TWO_WORKSPACES = {"message linked"}
BY_THE_ENGINE = {
    *("AskRecall", "AssignAgain", "AssignTopic", "EditTopic", "OpenReview", "OpenTopic", "RecallTopic", "SaveTopic"),
    *("TopicFromMessage", "message assigned", "CarryOver", "ChooseCarried", "message handover", "TakeGrowth"),
    "AssignToDepartment",
}
"""What needs a hierarchy, or a department, which nobody has here: the crawl through the engine goes through it."""

BESIDE_ITS_OWN = {"LeavePart"}
"""What is pressed in a form beside the button by which it is sent."""

NOT_EVERY_TIME = {"ShowRevisit", "ShowMonthly", "OpenPlan"}
"""Messages whose buttons do what those of a page do, so that they may all have been pressed there; and what takes two
who both have a growth plan in one conversation. The crawl through the engine goes through them."""

REFUSED_HERE = {"ReviewTopic", "SaveManager"}
"""What is reached, but cannot be done without one."""


@pytest.mark.soak
@pytest.mark.parametrize("platform", [SLACK, TEAMS])
async def test_a_short_crawl_finds_nothing_where_it_may_not_be(sqlite_url: str, platform: str) -> None:
    await short_crawl(sqlite_url, platform)


@pytest.mark.soak
@pytest.mark.parametrize("platform", [SLACK, TEAMS, MIXED])
async def test_a_crawl_through_everything_finds_nothing_where_it_may_not_be(sqlite_url: str, platform: str) -> None:
    used: set[str] = set()
    with all_lines() as lines:
        async with watched_on(platform, sqlite_url, features=noted(registry(), used), since=LONG_BEFORE) as watched:
            await _everything(watched)
            await watched.look_at_every_calendar()
            done = await watched.done()
        _nothing_is_where_it_may_not_be(watched, lines, sqlite_url)
    handlers, messages = registry().actions, {f"message {kind.value}" for kind in registry().messages}
    sent = {name for name, handler in handlers.items() if handler.form}
    assert watched.forms >= sent - BESIDE_ITS_OWN - BY_THE_ENGINE
    assert done >= {name for name, handler in handlers.items() if handler.writes} - BY_THE_ENGINE - REFUSED_HERE
    unreached = MANY_ROWS | BY_THE_ENGINE
    unreached = unreached if platform == MIXED else unreached | IN_TWO_WORKSPACES
    assert (handlers.keys() | messages) - used - NOT_EVERY_TIME == unreached
    assert watched.in_calendars == {"place"}
    assert watched.indiscreet == []
    assert len(watched.aviary.knowers) > 400


async def short_crawl(url: str, platform: str) -> None:
    """Ana and Ben only, and not far; raises AssertionError for whatever is where it may not be."""
    with all_lines() as lines:
        async with watched_on(platform, url) as watched:
            for name in ("ana", "ben"):
                await watched.crawled(name, A_LITTLE)
        _nothing_is_where_it_may_not_be(watched, lines, url)
    assert len(watched.aviary.knowers) > 60


async def _everything(watched: Watched) -> None:
    """Weeks, in which Dan cannot be written to at first; then the four, one after the other."""
    weeks = Weeks(watched)
    with watched.unreachable("dan"):
        await weeks.begin()
    await watched.hands["dan"].says("home")
    await weeks.pass_by()
    for name in ("ana", "ben", "cleo", "mia"):
        await watched.crawled(name, WHOLE)


def _nothing_is_where_it_may_not_be(watched: Watched, lines: Lines, url: str) -> None:
    assert watched.told == []
    assert watched.heard_by_outsiders() == set()
    assert watched.previews == set()
    assert watched.foreign == set()
    assert [*watched.complaints()] == []
    assert lines.holding(MARK) == []
    failed = [line for line in lines.failed if "RuntimeError" in line]
    assert failed == lines.failed != []  # the errors that quoted words were logged, without them
    file = Path(url.removeprefix("sqlite:///"))
    assert MARK.encode() not in b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
