"""`oneonone demo`: the real service, a stand-in for Slack with a small organization, and a page to be anybody on."""

import asyncio
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from aiohttp import web
from platformdirs import user_data_path

from adapters.app import Service, build
from adapters.clock import MovableClock, SystemClock, new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.playground.demo_people import ADMIN, ANA, BEN, CHANNELS, PEOPLE, SAID, TEAM
from adapters.playground.page import Page
from adapters.playground.page_deeds import COMMAND
from adapters.playground.page_screen import Hint
from adapters.playground.slack_people import SlackApp
from adapters.playground.slack_standin import SlackStandIn
from prompts.library import Library

PORT = 3980
PORTS_TRIED = 20
_HOST = "127.0.0.1"
_DATABASE = "playground.db"


class NoPort(OSError):
    """The port is taken by something else; the message says which and what to do."""


class Playground:
    """The stage of the page: a stand-in with the service behind it. All it keeps is in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock()
        self._folder = folder
        self._exits = AsyncExitStack()
        self._slack: SlackStandIn | None = None
        self._service: Service | None = None
        self._changing = asyncio.Lock()

    @property
    def slack(self) -> SlackStandIn:
        assert self._slack is not None, "the playground is not running"
        return self._slack

    @property
    def service(self) -> Service:
        assert self._service is not None, "the playground is not running"
        return self._service

    @property
    def starts(self) -> Sequence[str]:
        """Who the two windows show at first."""
        return (ANA, BEN)

    @property
    def hints(self) -> Sequence[Hint]:
        """What can be typed after the slash, in the words of the service itself."""
        return tuple(hints(self.service.engine.libraries["en"]))

    async def start(self) -> None:
        self._slack = await self._exits.enter_async_context(_workspace(self.clock))
        self._service = await build(
            _config(self._folder / _DATABASE, self._slack), clock=self.clock, new_id=new_id, new_key=new_key
        )
        await self._service.start()
        self._exits.push_async_callback(self._service.stop)
        self._slack.events_url = self._service.events_url
        if self._service.slack is not None:
            await self._service.slack.directory.sync()  # so that the first name typed is already known
        for channel, author, words in SAID:
            self._slack.person(author).writes(words, channel=channel)

    async def stop(self) -> None:
        await self._exits.aclose()

    async def reset(self) -> None:
        """Forget everything, and begin as on the first day."""
        async with self._changing:
            await self.stop()
            for file in self._folder.glob(f"{_DATABASE}*"):
                file.unlink()
            self.clock.reset()
            await self.start()


def _workspace(clock: MovableClock) -> SlackStandIn:
    """A workspace whose tokens live as long as it does."""
    app = SlackApp(bot_token=f"xoxb-{new_id()}", signing_secret=new_id())
    return SlackStandIn(
        users=PEOPLE,
        channels=CHANNELS,
        team=TEAM,
        app=app,
        bot_token=app.bot_token,
        signing_secret=app.signing_secret,
        now=clock.now,
        real_now=SystemClock().now,
        new_id=new_id,
    )


def _config(database: Path, slack: SlackStandIn) -> Config:
    app = slack.world.app
    connected = SlackConfig(bot_token=app.bot_token, signing_secret=app.signing_secret, api_url=slack.api_url)
    return Config(database_url=f"sqlite:///{database}", admins=frozenset({ADMIN}), host=_HOST, port=0, slack=connected)


def hints(library: Library) -> Iterator[Hint]:
    """Each verb as one types it, with what it is for; `@` where a person's name follows."""
    for name, ways in library.verbs.items():
        usage = library.say(f"help.usage.{name}", {"verb": ways[0]})
        rest = usage.removeprefix(ways[0]).strip()
        typed = f"{COMMAND} {ways[0]}"
        ending = " @" if rest.startswith("@") else " " if rest else ""
        yield Hint(f"{COMMAND} {usage}", library.say(f"help.verbs.{name}", {}), typed + ending)


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
        playground = Playground(folder)
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
