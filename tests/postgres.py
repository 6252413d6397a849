"""A throwaway PostgreSQL cluster: on a socket of its own, unsafe at any speed, gone with the run."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

_OWNERS = ("postgres", "nobody")
_READY_WITHIN = 30.0
# What keeps data through a power cut only costs time here; a test that wants it asks for a server of its own.
_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@dataclass(frozen=True, slots=True)
class Cluster:
    folder: Path
    user: str

    def url(self, database: str) -> str:
        """The address as an operator would write it."""
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    def run(self, *statements: str) -> None:
        """Run statements in the maintenance database, each in a transaction of its own."""
        in_a_thread(lambda: _run(self.url("postgres"), statements))


def server_programs() -> Path | None:
    """The folder that holds initdb and postgres, which Debian keeps off the PATH; None where there is no server."""
    programs = ("initdb", "postgres")
    return next((folder for folder in _program_folders() if all((folder / name).exists() for name in programs)), None)


@contextmanager
def running_cluster(programs: Path, *, settings: Sequence[str] = _UNSAFE) -> Iterator[Cluster]:
    """A fresh cluster, stopped and deleted at the end whatever happens; with no ``settings`` a commit is durable."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, since a socket's path may have 107 bytes
    try:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        _make_files(programs, folder, owner)
        with _server(programs, folder, owner, settings):
            yield Cluster(folder=folder, user="postgres")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def in_a_thread(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Finish a coroutine while leaving the event loop of the test alone."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(lambda: asyncio.run(work())).result()


async def _run(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _program_folders() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0


def _owner() -> pwd.struct_passwd:
    """Whom the server runs as: initdb refuses root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in _OWNERS if name in known)


def _make_files(programs: Path, folder: Path, owner: pwd.struct_passwd) -> None:
    command = [
        str(programs / "initdb"),
        f"--pgdata={folder / 'data'}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    done = subprocess.run(
        [*_as(owner), *command], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed: {done.stderr}")


@contextmanager
def _server(programs: Path, folder: Path, owner: pwd.struct_passwd, settings: Sequence[str]) -> Iterator[None]:
    given = [part for setting in settings for part in ("-c", setting)]
    command = [f"{programs / 'postgres'}", "-D", f"{folder / 'data'}", "-k", f"{folder}", "-h", "", *given]
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*_as(owner), *command], cwd=folder, env=_ENVIRONMENT, stdout=output, stderr=output
        ) as process,
    ):
        try:
            _wait_until_ready(folder / "data" / "postmaster.pid", process, log)
            yield
        finally:
            process.send_signal(signal.SIGINT)  # a fast shutdown: it waits for no client


def _wait_until_ready(status: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while not _is_ready(status):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
        time.sleep(0.02)


def _is_ready(status: Path) -> bool:
    try:
        return status.read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def _as(owner: pwd.struct_passwd) -> list[str]:
    """Take on the owner, and let the server end with us even when we are killed."""
    if shutil.which("setpriv") is None:
        return [] if os.getuid() != 0 else ["runuser", "-u", owner.pw_name, "--"]
    dying = ["setpriv", "--pdeathsig", "INT"]
    if os.getuid() != 0:
        return dying
    return [*dying, f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


_ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
