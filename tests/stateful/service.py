"""One service after another on the same file: engine, planner and worker, and a platform that remembers what it got."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from adapters.clock import new_id
from bot.engine import Engine
from bot.features import registry
from bot.model.delivery import Address
from bot.model.ids import ConversationId, DeliveryId
from bot.model.meeting import Meeting
from bot.pen import Pen
from bot.planner import Planner
from bot.timetable import meetings_ahead, next_meeting
from bot.views import Card
from bot.worker import Worker
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.counting import count
from tests.bot.desk import Desk, desk_on, paired
from tests.bot.postman import Unhurried
from tests.stateful.snapshot import UNHURRIED
from tests.texts import every_text

ADMINS = frozenset({"mia@example.com"})
FEATURES = registry()


@dataclass
class Post(Unhurried):
    """A messenger that remembers what it sent."""

    sent: list[DeliveryId] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - a Messenger's shape
        self.sent.append(delivery)
        return f"message {len(self.sent)}"


@dataclass
class Service:
    """The service on a file; ``desk`` has the people at it, and the clock."""

    url: str
    desk: Desk
    conversation: ConversationId
    store: Store
    post: Post = field(default_factory=Post)
    told: int = 0

    @classmethod
    async def begun(cls, url: str, now: datetime) -> "Service":
        """A service at which Ana and her report Ben have a conversation."""
        store = Store(url, (KEY,), patience=UNHURRIED)
        desk = await desk_on(store)
        desk.clock.at = now
        await paired(desk)
        async with store.read(desk.ana.account.organization) as tx:
            (seated,) = await tx.conversations.seated(await desk.person("ana"))
        service = cls(url, desk, seated.conversation.id, store)
        await service.starts(store)
        return service

    async def starts(self, store: Store | None = None) -> None:
        """A new life, which knows nothing but what is in the file."""
        self.store = store or Store(self.url, (KEY,), patience=UNHURRIED)
        words, now, workspace = every_text(), self.desk.clock, self.desk.ana.account.workspace
        self.desk.store = self.store
        self.desk.engine = Engine(
            store=self.store, registry=FEATURES, libraries=words, now=now, new_id=new_id, admins=ADMINS
        )
        self.planner = Planner(timetable=self.store.timetable, store=self.store, now=now, new_id=new_id)
        self.worker = Worker(
            outbox=self.store.outbox,
            store=self.store,
            registry=FEATURES,
            libraries=words,
            messengers=lambda: {workspace: self.post},
            now=now,
            new_id=new_id,
            owner=new_id(),
            admins=ADMINS,
        )
        await self.planner.catch_up()

    async def ends(self) -> None:
        await self.store.close()

    async def strikes(self) -> Sequence[DeliveryId]:
        """The clock strikes once; what was sent by it.

        Counting takes a tick a day, in which everything else would have its turn again: it comes first, by itself.
        """
        await count(self.store, self.planner.now())
        while await self.planner.tick():
            pass
        while await self.worker.tick():
            pass
        self.told, before = len(self.post.sent), self.told
        return self.post.sent[before:]

    async def next_moment(self, now: datetime) -> datetime | None:
        """When there is something to do, after now, as far as the service knows."""
        found = (await self.store.outbox.next_due(now=now), await self.store.timetable.next_begin())
        return min((moment for moment in found if moment is not None and moment > now), default=None)

    async def ahead(self, now: datetime, until: datetime) -> tuple[Sequence[Meeting], Meeting | None]:
        """The meetings from now on as the bot reckons them, and the next one."""
        async with self.store.read(self.desk.ana.account.organization) as tx:
            pen = Pen(tx, now, new_id)
            meetings = await meetings_ahead(pen, self.conversation, until=until)
            return meetings, await next_meeting(pen, self.conversation)

    async def items(self) -> dict[str, tuple[str, str]]:
        """The agenda by its words: how each item stands, and who sees it."""
        async with self.store.read(self.desk.ana.account.organization) as tx:
            items = await tx.agenda.of(self.conversation)
        assert len({item.text for item in items}) == len(items)
        return {item.text: (item.state.value, item.visibility.value) for item in items}

    async def item_id(self, text: str) -> str:
        """The item with these words."""
        async with self.store.read(self.desk.ana.account.organization) as tx:
            return next(item.id for item in await tx.agenda.of(self.conversation) if item.text == text)


class File:
    """The rows of the file, read past everything of ours."""

    def __init__(self, url: str) -> None:
        self._file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        self._file.row_factory = sqlite3.Row

    def close(self) -> None:
        self._file.close()

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows by the names of their columns."""
        return [dict(row) for row in self._file.execute(query, values)]


def moment(text: str | None) -> datetime | None:
    """A moment as SQLite stores it."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)
