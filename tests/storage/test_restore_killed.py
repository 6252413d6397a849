"""A restore that ends half-way has done nothing, and it needs no more memory for a large installation."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database import schema_is_current
from storage.restore import restore
from storage.store import Store
from tests.storage.backups import LONG_AGO, a_backup, everything, is_untouched, restored
from tests.storage.world import KEY, NOW, furnished


@pytest.fixture
async def file(sqlite_url: str, tmp_path: Path) -> Path:
    return await a_backup(sqlite_url, tmp_path / "a.zip")


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.archive import Archive
from storage.restore import restore

def dies(table):
    if table == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

def late():
    if sys.argv[3] == "commit":
        os.kill(os.getpid(), signal.SIGKILL)

now = datetime(1, 1, 1, tzinfo=UTC)
with Archive(Path(sys.argv[2])) as archive:
    restore(sys.argv[1], archive, keys=(b"k" * 32,), now=now, before_commit=late, failpoint=dies)
"""


@pytest.mark.soak
@pytest.mark.parametrize("place", ["organization", "note", "comment", "commit"])
async def test_a_restore_that_was_killed_can_be_done_again(
    place: str, file: Path, empty_database_url: str, tmp_path: Path
) -> None:
    arguments = [sys.executable, "-c", KILLED, empty_database_url, str(file), place]
    killed = await asyncio.create_subprocess_exec(*arguments, env=os.environ)
    assert await killed.wait() == -signal.SIGKILL
    assert not await schema_is_current(empty_database_url)
    await restored(empty_database_url, file)
    await restored(f"sqlite:///{tmp_path / 'another.db'}", file)
    assert await everything(empty_database_url) == await everything(f"sqlite:///{tmp_path / 'another.db'}")


async def test_what_fails_at_the_end_leaves_nothing(file: Path, empty_database_url: str) -> None:
    def fails() -> None:
        raise RuntimeError("the key could not be written")

    def work() -> None:
        with Archive(file) as archive:
            restore(empty_database_url, archive, keys=(KEY,), now=LONG_AGO, before_commit=fails)

    with pytest.raises(RuntimeError):
        await asyncio.to_thread(work)
    assert await is_untouched(empty_database_url)
    await restored(empty_database_url, file)


MANY = """
import sys, tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from storage.archive import Archive
from storage.backup import back_up
from storage.restore import restore

now, file = datetime(1, 1, 1, tzinfo=UTC), Path(sys.argv[3])
tracemalloc.start()
back_up(sys.argv[1], file, keys=(b"k" * 32,), now=now)
with Archive(file) as archive:
    restore(sys.argv[2], archive, keys=(b"k" * 32,), now=now)
print(tracemalloc.get_traced_memory()[1])
"""
ROWS = 20_000
LONG = 3_000
MOST_MEMORY = 32 * 1024 * 1024


@pytest.mark.soak
async def test_memory_does_not_grow_with_the_installation(
    store: Store, database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    world = await furnished(store, "a")
    draft = {"o": world.organization.id, "p": world.ana.id, "t": os.urandom(LONG)}
    moment = "2026-11-20 09:00:00.000000" if database_url.startswith("sqlite") else NOW
    insert = text("INSERT INTO draft (organization, id, person, text, created_at) VALUES (:o, :i, :p, :t, :at)")
    for batch in range(0, ROWS, 1_000):
        async with store._database.write() as connection:
            await connection.execute(
                insert, [{**draft, "i": f"many-{n}", "at": moment} for n in range(batch, batch + 1_000)]
            )
    command = [sys.executable, "-c", MANY, database_url, empty_database_url, str(tmp_path / "many.zip")]
    done = await asyncio.to_thread(lambda: subprocess.run(command, capture_output=True, text=True, check=True))
    assert int(done.stdout) < MOST_MEMORY < ROWS * LONG
    assert len((await everything(empty_database_url))["draft"]) == ROWS + 1
