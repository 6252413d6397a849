"""Who is an admin of the workspace is one here where the configuration says so, for as long as Slack says it (N3)."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from adapters.playground.slack_people import SlackTeam, user_json
from adapters.slack.profile import slack_user
from tests.adapters.contract.slack_stage import BEN, SlackStage, slack_stage
from tests.adapters.contract.stage import Way

ONLY = "Only an admin can do this."


async def may(stage: SlackStage) -> bool:
    """Whether Ben gets what an admin gets."""
    await stage.ben.closes()
    await stage.ben.says("admins", way=Way.command)
    if ONLY in stage.ben.reads:
        return False
    stage.ben.sees("Ben Okafor", "an admin of your workspace")
    return True


async def test_slacks_word_counts_for_nothing_by_itself(sqlite_url: str) -> None:
    async with slack_stage(sqlite_url) as stage:
        await stage.is_made(stage.ben, admin=True)
        assert not await may(stage)


async def test_slacks_word_counts_from_its_event_to_the_next(sqlite_url: str) -> None:
    async with slack_stage(sqlite_url, platform_admins=True) as stage:
        assert not await may(stage)
        await stage.is_made(stage.ben, admin=True)
        assert await may(stage)
        await stage.is_made(stage.ben, admin=False)
        assert not await may(stage)


async def test_what_slack_said_while_we_were_away_counts_once_the_directory_is_read(sqlite_url: str) -> None:
    async with slack_stage(sqlite_url, platform_admins=True) as stage:
        owner = replace(BEN, is_owner=True)
        await stage.stop()
        stage.slack.world.users[BEN.id] = owner
        await stage.start()
        assert await may(stage)
        await stage.stop()
        stage.slack.world.users[BEN.id] = BEN
        await stage.start()
        assert not await may(stage)


@pytest.mark.parametrize(
    ("flags", "admin"),
    [({}, False), ({"is_admin": True}, True), ({"is_owner": True}, True), ({"is_admin": "yes"}, False)],
)
def test_admins_and_owners_are_told_from_others(flags: Mapping[str, bool], admin: bool) -> None:
    user = {**user_json(BEN, SlackTeam()), **flags}
    assert slack_user(user).is_admin is admin
