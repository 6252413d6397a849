"""Traps 7 and 9: nothing late is dropped, nothing runs twice at once, and Slack is asked once who we are."""

import asyncio

from adapters.timer import Timer
from tests.adapters.slack.conftest import Office


async def nothing() -> None:
    """There is nothing to forget."""


async def test_a_late_call_is_made_and_none_runs_beside_another() -> None:
    begun, at_once, most = asyncio.Event(), 0, 0

    async def tick() -> bool:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        begun.set()
        await asyncio.sleep(0)
        at_once -= 1
        return False

    timer = Timer(plan=tick, send=nothing, clean=nothing)
    timer.start()
    jobs = timer._scheduler.get_jobs()
    assert [(job.coalesce, job.max_instances, job.misfire_grace_time) for job in jobs] == [(True, 1, None)] * 3
    async with asyncio.timeout(5):
        await begun.wait()
    await timer.stop()
    assert most == 1


async def test_slack_is_asked_once_who_we_are(office: Office) -> None:
    for _ in range(3):
        await office.ana.command("/oneonone", "actions")
    await office.settled()
    assert len(office.slack.world.wire.calls("auth.test")) == 1
