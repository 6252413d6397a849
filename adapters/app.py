"""The composition root: one service out of storage, engine, worker, and the platforms that the settings name."""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from adapters.clock import SystemClock, steady
from adapters.config import Config, TeamsConfig
from adapters.entrances import ADD, ASSIGN, Entrances
from adapters.environment import ConfigError, Problem
from adapters.keys import Keyring
from adapters.links import Outside, SignedLinks
from adapters.opening import answering, prepare
from adapters.platforms import slack_connection, teams_connection
from adapters.settings import is_loopback
from adapters.switchboard import Connection, Switchboard
from adapters.timer import Timer
from adapters.watch import Watch
from adapters.web.health import health_routes
from adapters.web.metrics import Metrics, metrics_routes
from adapters.web.secret import secret_routes
from bot.engine import Engine
from bot.features import registry as every_feature
from bot.features.assigning import TopicFromMessage
from bot.features.home import Home
from bot.features.placing import AddFromMessage
from bot.planner import Planner
from bot.registry import Registry
from bot.worker import Worker
from prompts import Library
from prompts.library import libraries as every_language
from storage.database import PATIENCE, nothing
from storage.serve_lock import AlreadyServed, ServeLock
from storage.store import Store

if TYPE_CHECKING:
    from adapters.slack.app import SlackApp
    from adapters.teams.app import TeamsApp

BODY_LIMIT = 1024 * 1024
NAME = "OneOnOne"
EVENTS = "/slack/events"
MESSAGES = "/api/messages"
KEPT_DRAFTS = timedelta(days=30)
KEPT_INPUTS = timedelta(days=7)
_SHUTDOWN_SECONDS = 5.0
_SENT_WITHIN = 15.0
"""Seconds that what is being sent may take at a stop: a platform has ten for its answer."""
_LOOPBACK = "127.0.0.1"


class Clock(Protocol):
    def now(self) -> datetime: ...


async def build(
    config: Config,
    *,
    clock: Clock,
    new_id: Callable[[], str],
    new_key: Callable[[], bytes],
    registry: Registry | None = None,
    libraries: Mapping[str, Library] | None = None,
    entrances: Entrances | None = None,
    patience: float = PATIENCE,
    answer_within: float | None = None,
    paced: bool = True,
    failpoint: Callable[[str], None] = nothing,
) -> "Service":
    """A service that is ready to start; raises ConfigError when it cannot be.

    ``patience`` is how many seconds the database may take before a person reads that it is busy; ``answer_within``
    are those until they read that it takes longer, None for as many as each platform allows. Where nothing is
    ``paced``, messages go out at once, whatever the platforms' limits: where a clock is moved, a day has a second.
    """
    config.check_served()
    keyring = await prepare(config, new_key=new_key)
    store = Store(config.database_url, keyring.keys, patience=patience, failpoint=failpoint)
    with answering():
        organization = await store.organization(name=NAME, new_id=new_id)
    outside, metrics = Outside(config.public_url), Metrics(now=clock.now)
    links = SignedLinks(keyring.keys, organization=organization, outside=outside, now=clock.now)
    engine = Engine(
        store=store,
        registry=registry or every_feature(),
        libraries=libraries or every_language(),
        now=clock.now,
        new_id=new_id,
        admins=config.admins,
        platform_admins=config.platform_admins,
        domains=config.domains,
        outside=outside,
        links=links,
    )
    switchboard = Switchboard(
        engine=engine,
        store=store,
        organization=organization,
        entrances=entrances or Entrances(home=Home(), from_message={ADD: AddFromMessage(), ASSIGN: TopicFromMessage()}),
        answer_within=answer_within,
        meter=metrics,
    )
    return Service(
        config,
        store=store,
        switchboard=switchboard,
        keyring=keyring,
        outside=outside,
        links=links,
        metrics=metrics,
        clock=clock,
        paced=paced,
        failpoint=failpoint,
    )


def local(config: Config) -> Config:
    """The same, listening on this machine only, where a Teams bot needs no registration."""
    host = config.host if is_loopback(config.host) else _LOOPBACK
    return replace(config, host=host, teams=replace(config.teams or TeamsConfig(), loopback=True))


class Service:
    """Everything that runs between ``start`` and ``stop``."""

    def __init__(
        self,
        config: Config,
        *,
        store: Store,
        switchboard: Switchboard,
        keyring: Keyring,
        outside: Outside,
        links: SignedLinks,
        metrics: Metrics,
        clock: Clock,
        paced: bool,
        failpoint: Callable[[str], None],
    ) -> None:
        self.config = config
        self.stopping = False  # whoever sets it wants nobody new to be sent here; everything still works
        self.store = store
        self.engine = switchboard.engine
        self.organization = switchboard.organization
        self.keyring = keyring
        self._outside = outside
        self._links = links
        self._metrics = metrics
        self._slack = slack_connection(config, switchboard, keyring)
        self._teams = teams_connection(config, switchboard)
        self.worker = _worker(config, switchboard, store, paced=paced, failpoint=failpoint)
        self.planner = _planner(switchboard, store)
        self._watch = _watch(config, clock, store, self.worker)
        self._timer = Timer(plan=self.planner.tick, send=self._send, clean=self.clean)
        self._lock = ServeLock(config.database_url)
        self._exits = ExitStack()
        self._runner: web.AppRunner | None = None

    @property
    def slack(self) -> "SlackApp | None":
        """Slack, while one workspace is connected."""
        return self._slack.app if self._slack else None

    @property
    def slack_apps(self) -> "Sequence[SlackApp]":
        """Each Slack workspace that is connected."""
        return self._slack.apps if self._slack else ()

    @property
    def teams(self) -> "TeamsApp | None":
        """Teams, while it is connected."""
        return self._teams.app if self._teams else None

    @property
    def url(self) -> str:
        """Where it listens, once started."""
        addresses = self._runner.addresses if self._runner else []
        host, port = addresses[0][:2] if addresses else (self.config.host, self.config.port)
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def events_url(self) -> str:
        """Where Slack's requests go."""
        return f"{self.url}{EVENTS}"

    @property
    def messages_url(self) -> str:
        """Where the requests of Teams go."""
        return f"{self.url}{MESSAGES}"

    def says(self) -> Iterator[str]:
        """Where it listens and how the platforms reach it, in plain words."""
        yield f"OneOnOne listens on {self.url}."
        for connection in self._connections:
            yield from connection.says(self.url)

    async def start(self, *, timer: bool = True) -> None:
        """Listen, connect to the platforms and begin to send; without ``timer`` whoever started it calls the worker.

        Raises ConfigError when a platform refuses a setting; while one cannot be reached it goes on trying.
        """
        try:
            self._exits.enter_context(self._lock)
            for connection in self._connections:
                await connection.open()
            await self._listen()
            for connection in self._connections:
                await connection.connect()
        except BaseException as error:  # noqa: BLE001 - whatever it is, nothing stays half started
            await self.stop()
            raise _as_setting(error, self.config) from None
        await self.planner.catch_up()
        if timer:
            self._timer.start()

    async def stop(self) -> None:
        """Take nothing more in, finish what was begun, and close everything."""
        if self._runner is not None:
            await self._runner.cleanup()
        for connection in self._connections:
            await connection.drain()
        await self._timer.stop()
        await self.worker.stop(within=_SENT_WITHIN)
        for connection in self._connections:
            await connection.close()
        await self.store.close()
        self._exits.close()

    async def tick(self) -> bool:
        """Plan, then send what is due; whether there may be more."""
        planned = await self.planner.tick()
        return await self.worker.tick() or planned

    async def _send(self) -> None:
        if self._watch is not None:
            await self._watch.look()
        await self.worker.turn()

    async def next_due(self) -> datetime | None:
        """When there is something to do next, as far as it is planned."""
        now = self.engine.now()
        found = (await self.store.outbox.next_due(now=now), await self.store.timetable.next_begin())
        return min((moment for moment in found if moment is not None), default=None)

    async def clean(self) -> None:
        """Forget drafts and inputs that nobody will come back to."""
        now = self.engine.now()
        async with self.store.write(self.organization) as tx:
            await tx.drafts.remove_older(now - KEPT_DRAFTS)
            await tx.trail.forget_seen(now - KEPT_INPUTS)

    @property
    def _connections(self) -> tuple[Connection, ...]:
        return tuple(each for each in (self._slack, self._teams) if each is not None)

    async def _listen(self) -> None:
        app = web.Application(client_max_size=BODY_LIMIT)
        checks = {each.name: each.is_connected for each in self._connections}
        stored = {"database": self.store.ready, "schema": self.store.schema_serves}
        app.add_routes(health_routes({**stored, **checks}, is_stopping=lambda: self.stopping))
        app.add_routes(metrics_routes(self._metrics, lambda: self.store.outbox.queue(now=self.engine.now())))
        app.add_routes(secret_routes(self.engine, self.store, self.organization, self._links))
        for connection in self._connections:
            app.add_routes(connection.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.config.host, self.config.port).start()
        if self.config.public_url is None and is_loopback(self.config.host):
            self._outside.url = self.url  # who uses a service on their own machine reaches it there


def _worker(
    config: Config, switchboard: Switchboard, store: Store, *, paced: bool, failpoint: Callable[[str], None]
) -> Worker:
    engine = switchboard.engine
    return Worker(
        steady=steady,
        alone=config.database_file is not None,  # its lock keeps out every other process that serves
        paced=paced,
        outbox=store.outbox,
        store=store,
        registry=engine.registry,
        libraries=engine.libraries,
        messengers=lambda: switchboard.messengers,
        now=engine.now,
        new_id=engine.new_id,
        owner=engine.new_id(),
        admins=engine.admins,
        platform_admins=engine.platform_admins,
        failpoint=failpoint,
        meter=switchboard.meter,
    )


def _watch(config: Config, clock: Clock, store: Store, worker: Worker) -> Watch | None:
    """None for a clock that is moved on purpose."""
    if not isinstance(clock, SystemClock):
        return None
    shared = None if config.database_file is not None else store.moment
    return Watch(clock=clock, steady=steady, moment=shared, jumped=worker.keep_claims)


def _planner(switchboard: Switchboard, store: Store) -> Planner:
    engine = switchboard.engine
    return Planner(
        timetable=store.timetable,
        store=store,
        now=engine.now,
        new_id=engine.new_id,
        admins=engine.admins,
        platform_admins=engine.platform_admins,
    )


def _as_setting(error: BaseException, config: Config) -> BaseException:
    """A failure at the start as the setting that mends it."""
    match error:
        case AlreadyServed():
            says = "names a database that another process serves already. Stop that one first."
            return ConfigError(Problem("ONEONONE_DATABASE_URL", says))
        case OSError(errno=errno.EADDRINUSE):
            says = f"is {config.port}, where another program listens. Choose another."
            return ConfigError(Problem("ONEONONE_PORT", says))
        case _:
            return error
