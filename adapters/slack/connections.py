"""Slack between the service's start and stop, for any number of workspaces that take the bot in by themselves."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

from aiohttp import web

from adapters.config import SlackConfig, SlackMode
from adapters.environment import ConfigError, Problem
from adapters.keys import Keyring
from adapters.slack.app import PATH, SlackApp, quiet_sdk
from adapters.slack.install import Install
from adapters.slack.installations import SlackInstallations
from adapters.slack.reception import Reception
from adapters.slack.socket import Socket
from adapters.switchboard import Switchboard
from bot.failures import error_place
from bot.ports import Busy

log = logging.getLogger("oneonone.slack.installations")
_LOOK_AGAIN = 60.0  # seconds until what other processes stored is noticed
_SOCKET_SECONDS = 10.0


class SlackConnections:
    """Implements ``Connection``; raises ConfigError without a public address to which Slack sends people back."""

    name = "slack"

    def __init__(
        self, config: SlackConfig, switchboard: Switchboard, *, public_url: str | None, keyring: Keyring
    ) -> None:
        quiet_sdk()
        if public_url is None:
            says = "is not set, but Slack sends people back there after they add the app to a workspace."
            raise ConfigError(Problem("ONEONONE_PUBLIC_URL", says))
        self._config = config
        self._public_url = public_url
        self._installations = SlackInstallations(config, switchboard)
        self._reception = Reception(config.signing_secret, self._installations)
        self._install = Install(
            config,
            switchboard,
            self._installations,
            public_url=public_url,
            secret=keyring.derived("slack installation state"),
            key=keyring.derived("slack installation link").hex()[:32],
        )
        self._socket: Socket | None = None
        self._running: list[asyncio.Task[None]] = []

    @property
    def app(self) -> SlackApp | None:
        """The only one that is connected; None where there are several."""
        return self.apps[0] if len(self.apps) == 1 else None

    @property
    def apps(self) -> Sequence[SlackApp]:
        """What is connected."""
        return self._installations.apps

    @property
    def install_link(self) -> str:
        return self._install.link

    def routes(self) -> Iterable[web.RouteDef]:
        events = [web.post(PATH, self._reception.receive)] if self._config.mode is SlackMode.HTTP else []
        return [*events, *self._install.routes()]

    def says(self, url: str) -> Iterable[str]:  # noqa: ARG002 - Slack never comes to where this only listens
        if self._config.mode is SlackMode.SOCKET:
            yield "Slack reaches it through Socket Mode."
        else:
            yield f"Slack reaches it at {self._public_url}{PATH} (set in the app's manifest)."
        yield f"Add it to a Slack workspace with {self.install_link}"
        yield "Whoever has this link can add a workspace to your organization: keep it among those who run this."
        yield f"Connected to {len(self.apps)} of {len(self._installations.members)} Slack workspaces."

    async def open(self) -> None:
        """Nothing is needed before the first request."""

    async def connect(self) -> None:
        """Connect every workspace, each for itself."""
        await self._look()
        self._running.append(asyncio.create_task(self._keep_looking()))
        if self._config.mode is SlackMode.SOCKET:
            self._socket = Socket(self._config, self._reception)
            opening = asyncio.create_task(self._socket.open())
            self._running.append(opening)
            await asyncio.wait({opening}, timeout=_SOCKET_SECONDS)

    async def drain(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        for task in self._running:
            task.cancel()
        await self._installations.drain()

    async def close(self) -> None:
        await self._installations.close()

    async def is_connected(self) -> bool:
        """Whether it is known which workspaces there are, and one of those that Slack lets us into is connected."""
        welcome = [each for each in self._installations.members if not each.is_refused]
        return self._installations.is_read and (bool(self.apps) or not welcome)

    async def _look(self) -> None:
        try:
            await self._installations.refresh()
        except Busy:
            log.warning("installations not read")
        except Exception as error:  # noqa: BLE001 - the edge: it is tried again
            log.error("failed", extra={"during": "installations", "error": error_place(error)})  # noqa: TRY400

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_AGAIN)
            await self._look()
