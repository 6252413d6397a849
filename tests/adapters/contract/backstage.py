"""What the stages of all platforms share: the clock, the texts, the keys, and the service on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.app import Service, build
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig, TeamsConfig
from bot.registry import Registry
from prompts.library import Library
from storage.database import PATIENCE, nothing
from tests.texts import every_text

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = b"k" * 32
A_MOMENT = timedelta(milliseconds=50)
ADMINS = frozenset({"mia@example.com"})
DOMAINS = frozenset({"example.com"})


class StoryClock:
    """Stands still until the story moves it, but for the moment that each deed takes: no two are done at once."""

    def __init__(self) -> None:
        self._at = A_MONDAY

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


def is_door(said: str) -> bool:
    """Whether a card says, in any language, that its button opens what a typed word asked for."""
    return any(library.say("views.open_here", {}) in said for library in every_text().values())


@dataclass
class Backstage:
    """The service of a story, which can be stopped and started anew on its database."""

    url: str
    clock: StoryClock
    features: Registry
    texts: Mapping[str, Library] = field(default_factory=every_text)
    ids: Callable[[], str] = new_id
    patience: float = PATIENCE
    answer_within: float | None = None
    failpoint: Callable[[str], None] = nothing
    platform_admins: bool = False
    running: Service | None = None

    @property
    def service(self) -> Service:
        assert self.running is not None, "the service is not running"
        return self.running

    async def start(self, *, slack: SlackConfig | None = None, teams: TeamsConfig | None = None) -> Service:
        """The service on these platforms, without a timer: stories say when it sends."""
        config = Config(
            database_url=self.url,
            secret_keys=(KEY,),
            admins=ADMINS,
            platform_admins=self.platform_admins,
            domains=DOMAINS,
            port=0,
            slack=slack,
            teams=teams,
        )
        self.running = await build(
            config,
            clock=self.clock,
            new_id=self.ids,
            new_key=new_key,
            registry=self.features,
            libraries=self.texts,
            patience=self.patience,
            answer_within=self.answer_within,
            paced=False,
            failpoint=self.failpoint,
        )
        await self.running.start(timer=False)
        return self.running

    async def stop(self) -> None:
        await self.service.stop()
        self.running = None

    async def settle(self) -> None:
        """Wait until the service has done all that it does after its answers."""
        self.clock.advance(A_MOMENT)
        for app in (self.service.slack, self.service.teams):
            if app is not None:
                await app.tasks.settle()

    async def delivers(self) -> None:
        """Send all that is due."""
        service = self.service
        while await service.tick() or await service.store.outbox.waiting(now=self.clock.now()):
            pass
        await self.settle()
