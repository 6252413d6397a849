"""OneOnOne: its worker on its own database, with a message that asks nothing, or with a real reminder."""

from datetime import UTC, datetime, timedelta

from adapters.clock import new_id
from benchmarks.delivery_platform import Post, Sends
from benchmarks.delivery_world import TRIVIAL, World, world_on
from bot.registry import Registry
from bot.worker import Worker
from prompts.library import libraries

PAIRS = 300


class Ours:
    """A contender; where nothing is paced it sends as fast as the others."""

    def __init__(self, name: str, world: World, post: Post, registry: Registry) -> None:
        self.name = name
        self.world = world
        self._post = post
        self._planned = 0
        sends = Sends(post)
        messengers = dict.fromkeys(world.workspaces, sends)
        self.worker = Worker(
            outbox=world.store.outbox,
            store=world.store,
            registry=registry,
            libraries=libraries(),
            messengers=lambda: messengers,
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            owner="bench",
            paced=False,
        )

    @classmethod
    async def on(cls, url: str, post: Post, *, real: bool = False) -> "Ours":
        """With a few hundred pairs of people."""
        world = await world_on(url, pairs=PAIRS)
        if not real:
            return cls("OneOnOne", world, post, TRIVIAL)
        from bot.features import registry

        return cls("OneOnOne, real reminder", world, post, registry())

    async def fill(self, count: int) -> None:
        self._planned += count
        await self.world.plan(self.world.pairs, count, due_at=datetime.now(UTC) - timedelta(minutes=1))

    async def drain(self) -> None:
        wanted = self._post.sent + await self.world.store.outbox.waiting(now=datetime.now(UTC))
        while self._post.sent < wanted:
            await self.worker.tick()

    async def close(self) -> None:
        assert await self.world.sent() == self._planned, "not all are recorded as sent"
        await self.worker.stop(within=1)
        await self.world.store.close()
