"""The composition root: one service out of storage, engine, worker and Slack."""

import asyncio
import errno
import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

from adapters.config import Config, SlackConfig, SlackMode
from adapters.entrances import Entrances
from adapters.environment import ConfigError, Problem
from adapters.keys import Keyring, installed_keys
from adapters.settings import is_loopback
from adapters.slack.app import PATH, SlackApp, SlackTeam, team_of
from adapters.slack.calls import Calls
from adapters.slack.outcomes import TOKEN_REFUSED
from adapters.timer import Timer
from adapters.trouble import Trouble
from adapters.web.health import health_routes
from bot.engine import FALLBACK_LANGUAGE, Engine
from bot.features import registry as every_feature
from bot.features.home import Home
from bot.features.placing import AddFromMessage
from bot.model.ids import OrganizationId, WorkspaceId
from bot.model.people import Platform, Workspace
from bot.ports import Busy, Messenger
from bot.registry import Registry
from bot.worker import Worker
from prompts import Library, Voice
from prompts.library import libraries as every_language
from storage.database import migrate, schema_is_current
from storage.serve_lock import AlreadyServed, ServeLock
from storage.store import Store

log = logging.getLogger("oneonone.app")
BODY_LIMIT = 1024 * 1024
NAME = "OneOnOne"
KEPT_DRAFTS = timedelta(days=30)
KEPT_INPUTS = timedelta(days=7)
_FIRST_RETRY = 2.0
_LONGEST_RETRY = 60.0
_SHUTDOWN_SECONDS = 5.0
_LOOPBACK = "127.0.0.1"


class Clock(Protocol):
    def now(self) -> datetime: ...


def nothing(place: str) -> None:
    """The failpoint of a service that is not being tested."""


async def prepare(config: Config, *, new_key: Callable[[], bytes]) -> Keyring:
    """The installation's keys, and its database with the newest schema; raises ConfigError."""
    keyring = installed_keys(config, new_key=new_key)
    if config.database_file is not None:
        await migrate(config.database_url)
    elif not await schema_is_current(config.database_url):
        says = "names a database that this release has not migrated. Run: oneonone migrate"
        raise ConfigError(Problem("ONEONONE_DATABASE_URL", says))
    return keyring


async def build(
    config: Config,
    *,
    clock: Clock,
    new_id: Callable[[], str],
    new_key: Callable[[], bytes],
    registry: Registry | None = None,
    libraries: Mapping[str, Library] | None = None,
    entrances: Entrances | None = None,
    failpoint: Callable[[str], None] = nothing,
) -> "Service":
    """A service that is ready to start; raises ConfigError when it cannot be."""
    slack = _one_workspace(config.connected_slack())
    keyring = await prepare(config, new_key=new_key)
    store = Store(config.database_url, keyring.keys, failpoint=failpoint)
    organization = await store.organization(name=NAME, new_id=new_id)
    engine = Engine(
        store=store,
        registry=registry or every_feature(),
        libraries=libraries or every_language(),
        now=clock.now,
        new_id=new_id,
        admins=config.admins,
    )
    return Service(
        config,
        slack,
        store=store,
        engine=engine,
        organization=organization,
        keyring=keyring,
        entrances=entrances or Entrances(home=Home(), from_message=AddFromMessage()),
        failpoint=failpoint,
    )


def local(config: Config) -> Config:
    """The same, listening on this machine only."""
    return config if is_loopback(config.host) else replace(config, host=_LOOPBACK)


class Service:
    """Everything that runs between ``start`` and ``stop``."""

    def __init__(
        self,
        config: Config,
        slack_config: SlackConfig,
        *,
        store: Store,
        engine: Engine,
        organization: OrganizationId,
        keyring: Keyring,
        entrances: Entrances,
        failpoint: Callable[[str], None],
    ) -> None:
        self.config = config
        self.store = store
        self.engine = engine
        self.organization = organization
        self.keyring = keyring
        self.slack: SlackApp | None = None
        self._slack_config = slack_config
        self._entrances = entrances
        self._calls = Calls(token=slack_config.bot_token or "", api_url=slack_config.api_url)
        self._messengers: dict[WorkspaceId, Messenger] = {}
        self.worker = Worker(
            outbox=store.outbox,
            store=store,
            registry=engine.registry,
            libraries=engine.libraries,
            messengers=lambda: self._messengers,
            now=engine.now,
            new_id=engine.new_id,
            owner=engine.new_id(),
            admins=engine.admins,
            failpoint=failpoint,
        )
        self._timer = Timer(tick=self.worker.tick, clean=self.clean)
        self._lock = ServeLock(config.database_url)
        self._exits = ExitStack()
        self._runner: web.AppRunner | None = None
        self._connecting: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it listens, once started."""
        addresses = self._runner.addresses if self._runner else []
        host, port = addresses[0][:2] if addresses else (self.config.host, self.config.port)
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def events_url(self) -> str:
        """Where Slack's requests go."""
        return f"{self.url}{PATH}"

    def says(self) -> tuple[str, ...]:
        """Where it listens and how Slack reaches it, in plain words."""
        if self._slack_config.mode is SlackMode.SOCKET:
            slack = "Slack reaches it through Socket Mode: no public address is needed."
        else:
            slack = f"Slack reaches it at {self.config.public_url or self.url}{PATH} (set in the app's manifest)."
        connected = "Connected to Slack." if self.slack else "Slack cannot be reached yet; trying again."
        return (f"OneOnOne listens on {self.url}.", slack, connected)

    async def start(self, *, timer: bool = True) -> None:
        """Listen, connect to Slack and begin to send; without ``timer`` whoever started it calls the worker.

        Raises ConfigError when Slack refuses the token; while Slack cannot be reached it goes on trying.
        """
        try:
            self._exits.enter_context(self._lock)
            await self._calls.open()
            await self._listen()
            await self._first_connection()
        except BaseException as error:  # noqa: BLE001 - whatever it is, nothing stays half started
            await self.stop()
            raise _as_setting(error, self.config) from None
        if timer:
            self._timer.start()

    async def stop(self) -> None:
        """Take nothing more in, finish what was begun, and close everything."""
        if self._connecting is not None:
            self._connecting.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.slack is not None:
            await self.slack.stop()
        await self._timer.stop()
        await self._calls.close()
        await self.store.close()
        self._exits.close()

    async def clean(self) -> None:
        """Forget drafts and inputs that nobody will come back to."""
        now = self.engine.now()
        async with self.store.write(self.organization) as tx:
            await tx.drafts.remove_older(now - KEPT_DRAFTS)
            await tx.trail.forget_seen(now - KEPT_INPUTS)

    async def is_connected(self) -> bool:
        """Whether Slack has told us which workspace this is."""
        return self.slack is not None

    async def _listen(self) -> None:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.add_routes(health_routes({"database": self.store.ready, "slack": self.is_connected}))
        if self._slack_config.mode is SlackMode.HTTP:
            app.add_routes([web.post(PATH, self._receive)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.config.host, self.config.port).start()

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if self.slack is None:
            return web.Response(status=503)
        return await self.slack.receive(request)

    async def _connect(self) -> None:
        team = await team_of(self._calls)
        workspace = await self._workspace(team)
        slack = SlackApp(
            self._slack_config,
            self.engine,
            calls=self._calls,
            team=team,
            workspace=workspace,
            say=self._say,
            new_id=self.engine.new_id,
            entrances=self._entrances,
        )
        await slack.start()
        self._messengers[workspace.id] = slack.messenger
        self.slack = slack

    async def _first_connection(self) -> None:
        try:
            await self._connect()
        except Trouble as trouble:
            if trouble.code in TOKEN_REFUSED:
                raise
            self._connecting = asyncio.create_task(self._keep_connecting())

    async def _keep_connecting(self) -> None:
        wait = _FIRST_RETRY
        while self.slack is None:
            log.warning("slack cannot be reached", extra={"seconds": wait})
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_RETRY)
            try:
                await self._connect()
            except (Trouble, Busy):
                continue

    async def _workspace(self, team: SlackTeam) -> Workspace:
        """The workspace's row, made when it connects for the first time."""
        async with self.store.write(self.organization) as tx:
            for known in await tx.organizations.workspaces():
                if known.platform is Platform.slack and known.external_id == team.id:
                    return known
            workspace = Workspace(
                id=WorkspaceId(self.engine.new_id()),
                organization=self.organization,
                platform=Platform.slack,
                external_id=team.id,
                name=team.name,
            )
            await tx.organizations.add_workspace(workspace)
            return workspace

    def _say(self, key: str, /, **facts: object) -> str:
        """What the adapter itself has to say."""
        library = self.engine.libraries[FALLBACK_LANGUAGE]
        return Voice(library, zone="UTC", now=self.engine.now()).say(key, **facts)


def _as_setting(error: BaseException, config: Config) -> BaseException:
    """A failure at the start as the setting that mends it."""
    match error:
        case Trouble():
            says = f"is not accepted by Slack ({error.code}). Install the app in your workspace and copy it again."
            return ConfigError(Problem("SLACK_BOT_TOKEN", says))
        case AlreadyServed():
            says = "names a database that another process serves already. Stop that one first."
            return ConfigError(Problem("ONEONONE_DATABASE_URL", says))
        case OSError(errno=errno.EADDRINUSE):
            says = f"is {config.port}, where another program listens. Choose another."
            return ConfigError(Problem("ONEONONE_PORT", says))
        case _:
            return error


def _one_workspace(slack: SlackConfig) -> SlackConfig:
    if slack.serves_many_workspaces:
        says = "is for many workspaces, which this release does not serve yet. Set SLACK_BOT_TOKEN for one."
        raise ConfigError(Problem("SLACK_CLIENT_ID", says))
    return slack
