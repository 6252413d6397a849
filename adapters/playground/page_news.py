"""What changed on either platform, told to a page that listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from adapters.playground.changes import Change
from adapters.playground.page_seats import StandIns
from adapters.playground.slack_people import Json

News = asyncio.Queue[Json]


@asynccontextmanager
async def news(stand_ins: StandIns) -> AsyncIterator[News]:
    """A queue of every change from now on, until the block ends."""
    told: News = asyncio.Queue()
    changed = {"slack": stand_ins.slack.world.changed, "teams": stand_ins.teams.world.changed}
    with ExitStack() as listening:
        heard = {platform: listening.enter_context(each.listen()) for platform, each in changed.items()}
        passing = [asyncio.create_task(_pass_on(*each, told)) for each in heard.items()]
        try:
            yield told
        finally:
            for task in passing:
                task.cancel()


async def _pass_on(platform: str, heard: asyncio.Queue[Change], told: News) -> None:
    while True:
        change = await heard.get()
        seat = None if change.person is None else f"{platform}:{change.person}"
        told.put_nowait({"topic": change.topic.value, "platform": platform, "seat": seat})
