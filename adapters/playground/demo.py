"""`oneonone demo`: serves the playground's page, and what it plays on."""

import asyncio
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from aiohttp import web
from platformdirs import user_data_path

from adapters.playground.demo_stage import Playground
from adapters.playground.page import Page

PORT = 3980
PORTS_TRIED = 20
_HOST = "127.0.0.1"


class NoPort(OSError):
    """The port is taken by something else; the message says which and what to do."""


def run(*, port: int | None = None, keep: bool = False) -> int:
    """Serve the playground until it is interrupted; `keep` uses the user's data folder. The exit status."""
    try:
        asyncio.run(_serve(port, keep=keep))
    except KeyboardInterrupt:  # where the loop takes no signals (Windows)
        return 0
    except NoPort as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


async def _serve(port: int | None, *, keep: bool) -> None:
    stopped = _when_interrupted()
    with _folder(keep=keep) as folder:
        playground = Playground(folder, whole=True)
        try:
            await playground.start()
            async with AsyncExitStack() as exits:
                address = await serve_page(playground, exits, port=port)
                _tell(address, folder if keep else None)
                await stopped.wait()
        finally:
            await playground.stop()
    sys.stdout.write("\nStopped.\n")


async def serve_page(playground: Playground, exits: AsyncExitStack, *, port: int | None) -> str:
    """The address of the page; without a port the first free one from 3980 on; raises NoPort."""
    runner = web.AppRunner(Page(playground).application(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    exits.push_async_callback(runner.cleanup)
    wanted = range(PORT, PORT + PORTS_TRIED) if port is None else (port,)
    for number in wanted:
        try:
            await web.TCPSite(runner, _HOST, number).start()
        except OSError:
            continue
        return f"http://{_HOST}:{runner.addresses[0][1]}"
    taken = f"Port {port}" if port is not None else f"Every port from {PORT} to {PORT + PORTS_TRIED - 1}"
    raise NoPort(f"{taken} is in use. Choose another: oneonone demo --port {PORT + 100}")


def _tell(address: str, folder: Path | None) -> None:
    kept = "nothing is kept" if folder is None else f"kept in {folder}"
    sys.stdout.write(f"OneOnOne playground: {address}  (Ctrl-C stops it; {kept})\n")
    sys.stdout.flush()


def _when_interrupted() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), stopped.set)
        except NotImplementedError:  # Windows: KeyboardInterrupt comes instead
            break
    return stopped


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    """Where the database is: the user's own data folder, or one that is gone afterwards."""
    if keep:
        yield user_data_path("oneonone", appauthor=False) / "playground"
        return
    folder = Path(tempfile.mkdtemp(prefix="oneonone-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
