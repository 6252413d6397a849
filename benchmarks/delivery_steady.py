"""A long flood in real time: whether memory stays as it is, however long it lasts.

It runs in a process of its own: in one that had more before, what grows would not be seen.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import delete

from benchmarks.delivery_ours import Ours
from benchmarks.delivery_platform import platform, posting
from benchmarks.delivery_race import PLACES
from benchmarks.delivery_world import World
from bot.model.delivery import DeliveryState
from storage.nouns import DELIVERY

_AT_A_TIME = 500
_SAMPLES = 300


@dataclass
class Memory:
    """Megabytes that a process had, along the way."""

    megabytes: list[float] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)

    def note(self, messages: int) -> None:
        self.megabytes.append(resident())
        self.messages.append(messages)

    @property
    def ratio(self) -> float:
        """The last third of the way to the second; the first is for warming up."""
        third = len(self.megabytes) // 3
        return statistics.mean(self.megabytes[-third:]) / statistics.mean(self.megabytes[third : 2 * third])

    @property
    def growth(self) -> float:
        """Megabytes for 100,000 messages, after the first third."""
        first = len(self.messages) // 3
        return 100_000 * statistics.linear_regression(self.messages[first:], self.megabytes[first:]).slope


def resident() -> float:
    """Megabytes that this process has now."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def steady(database: str, seconds: float) -> Memory:
    """So long, with real reminders; what was sent is deleted, as retention does it."""
    command = [sys.executable, "-m", "benchmarks.delivery_steady", database, str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parent.parent)
    return Memory(**json.loads(done.stdout))


async def _flooded(database: str, seconds: float) -> Memory:
    memory = Memory()
    with PLACES[database]() as place:
        async with platform() as url, posting(url) as post:
            ours = await Ours.on(place("steady"), post, real=True)
            until = time.perf_counter() + seconds
            next_note = 0.0
            while time.perf_counter() < until:
                await ours.fill(_AT_A_TIME)
                await ours.drain()
                await _forget(ours.world)
                if time.perf_counter() >= next_note:
                    next_note = time.perf_counter() + seconds / _SAMPLES
                    memory.note(post.sent)
            await ours.worker.stop(within=10)
            await ours.world.store.close()
    return memory


async def _forget(world: World) -> None:
    async with world.store._database.write() as connection:
        await connection.execute(delete(DELIVERY.table).where(DELIVERY.table.c.state == DeliveryState.sent))


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_flooded(sys.argv[1], float(sys.argv[2]))))))
