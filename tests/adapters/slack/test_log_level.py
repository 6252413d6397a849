"""Slack's SDK does not decide about how much we log."""

import logging
from collections.abc import Iterator

import pytest

from tests.adapters.contract.slack_stage import slack_stage


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """All that is ours, at the level at which it is served."""
    ours = logging.getLogger("oneonone")
    before = ours.level
    ours.setLevel(logging.INFO)
    yield ours
    ours.setLevel(before)


async def test_a_request_from_slack_leaves_our_log_as_it_was(sqlite_url: str, log: logging.Logger) -> None:
    async with slack_stage(sqlite_url) as stage:
        await stage.ana.says("help")
        assert log.level == logging.INFO
