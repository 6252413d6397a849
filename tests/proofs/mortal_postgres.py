"""A PostgreSQL server that keeps what it has committed, and can be stopped as a crash would stop it."""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Cluster, _make_files, _owner, _server

_GONE_WITHIN = 20.0


@dataclass
class MortalPostgres:
    """The same files under one server after another; a commit is durable."""

    programs: Path
    folder: Path
    _running: ExitStack = field(default_factory=ExitStack)

    @property
    def cluster(self) -> Cluster:
        return Cluster(folder=self.folder, user="postgres")

    def start(self) -> None:
        self._running.enter_context(_server(self.programs, self.folder, _owner(), settings=()))

    def stop(self) -> None:
        self._running.close()

    def crash(self) -> None:
        """What ``pg_ctl stop -m immediate`` does: nothing is finished, nothing is written down."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(server, signal.SIGQUIT)
        deadline = time.monotonic() + _GONE_WITHIN
        while _is_alive(server) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._running.close()

    async def crashes_for(self, seconds: float) -> None:
        await asyncio.to_thread(self.crash)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self.start)


def _is_alive(process: int) -> bool:
    with suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@contextmanager
def mortal_postgres(programs: Path) -> Iterator[MortalPostgres]:
    """A fresh cluster that runs, gone at the end."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, since a socket's path may have 107 bytes
    server = MortalPostgres(programs, folder)
    try:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        _make_files(programs, folder, owner)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
