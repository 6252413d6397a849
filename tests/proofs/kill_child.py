"""A process that is going to be killed: does what it is given through a pipe, and says what it has acknowledged.

What comes in is one deed after the other, what goes out the same deed's key after the engine has answered. At the named
place, at its hit that counts (it may be only during deeds of one kind), the process ends by SIGKILL, as a power cut
would end it.
"""

import asyncio
import json
import os
import signal
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from adapters.clock import new_id
from bot.actions import Action, pack
from bot.engine import Engine, Input
from bot.entered import Entered, Value
from bot.features import registry
from bot.features.action_item_page import AddActionItem
from bot.features.action_items import FinishActionItem
from bot.features.agenda import AddItem, DiscussItem, DropItem
from bot.features.growth_walk import NextPart
from bot.features.helping import SendQuestion
from bot.features.item_page import AddComment
from bot.features.meetings import StartMeeting
from bot.features.moving import MoveMeeting, PutBack, SkipOrMove
from bot.features.notes import AddNote
from bot.features.one_more import PlanMeeting
from bot.features.schedule import SaveSchedule, seen_as
from bot.features.schedule_page import PauseSeries, ResumeSeries
from bot.features.wrapping_up import EndMeeting
from bot.model.delivery import Address
from bot.model.growth import GrowthSection
from bot.model.ids import (
    ConversationId,
    DeliveryId,
    ItemId,
    MeetingId,
    OrganizationId,
    PersonId,
    SeriesId,
    WorkspaceId,
)
from bot.model.meeting import Meeting
from bot.model.people import Account
from bot.model.series import Series
from bot.planner import Planner
from bot.views import Card, Form, Notice
from bot.worker import Worker
from prompts.library import libraries
from storage.store import Store
from tests.bot.postman import Unhurried
from tests.stateful.snapshot import UNHURRIED

KEY = b"k" * 32
PLACES = ("before commit", "after commit", "before send", "after send", "before record")


@dataclass
class Death:
    """Kills this process at one hit of one place, during deeds of one kind or of any."""

    place: str
    hit: int
    during: str
    hits: int = 0
    doing: str = ""

    def __call__(self, place: str) -> None:
        if place == self.place and self.during in ("", self.doing):
            self.hits += 1
            if self.hits == self.hit:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Post(Unhurried):
    """A platform that keeps every message it was given in a file that outlives this process."""

    file: Path

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - a Messenger's shape
        with self.file.open("a", encoding="ascii") as kept:
            kept.write(f"{delivery} {address.external_id}\n")
            kept.flush()
            os.fsync(kept.fileno())
        return f"sent-{delivery}"

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:  # noqa: ARG002 - a Messenger's shape
        kept = self.file.read_text(encoding="ascii").split() if self.file.exists() else []
        return f"sent-{delivery}" if delivery in kept else None


@dataclass
class Child:
    """The engine, the planner and the worker of one life."""

    store: Store
    engine: Engine
    planner: Planner
    worker: Worker
    death: Death
    clock: Counter[str]
    organization: OrganizationId
    workspace: WorkspaceId
    conversation: ConversationId

    async def does(self, deed: Mapping[str, str]) -> None:
        self.clock["now"], self.death.doing = int(deed["now"]), deed["kind"]
        if deed["kind"] == "plan":
            for _ in range(2):  # what it begins may have been left open for too long already
                await self.planner.tick()
            return
        if deed["kind"] == "send":
            while await self.worker.tick():
                pass
            return
        account = Account(self.organization, self.workspace, deed["who"])
        action, entered = await self._meant(deed)
        view = await self.engine.press(Input(account=account, key=deed["key"], entered=Entered(entered)), pack(action))
        if (isinstance(view, Notice) and view.problem) or (isinstance(view, Form) and view.errors):
            raise SystemExit("refused")

    async def _meant(self, deed: Mapping[str, str]) -> tuple[Action, dict[str, Value]]:
        text, where = deed["text"], self.conversation
        match deed["kind"]:
            case "item":
                return AddItem(where), {"text": text, "visibility": "shared", "repeat": "never"}
            case "note":
                return AddNote(where, private=False), {"text": text}
            case "promise":
                owner: PersonId = await self._me(deed["who"])
                return AddActionItem(where), {"text": text, "owner": owner, "due": "tomorrow"}
            case "grow":
                return NextPart(where, GrowthSection(deed["about"]), 0), {"text": text}
            case "ask":
                return SendQuestion(), {"question": text}
            case "comment":
                return AddComment(await self._item(deed["about"])), {"text": text}
            case "discuss":
                return DiscussItem(await self._item(deed["about"])), {}
            case "drop":
                return DropItem(await self._item(deed["about"])), {}
            case "finish":
                async with self.store.read(self.organization) as tx:
                    promises = await tx.action_items.of(where)
                return FinishActionItem(next(one.id for one in promises if one.text == deed["about"])), {}
            case _:
                return await self._scheduled(deed)

    async def _scheduled(self, deed: Mapping[str, str]) -> tuple[Action, dict[str, Value]]:
        """What is done to the schedule; what was done already, before the kill, is not done again under its key."""
        where, series = self.conversation, await self._series()
        match deed["kind"]:
            case "schedule":
                return SaveSchedule(where, seen_as(series)), json.loads(deed["text"])
            case "move":
                return MoveMeeting(*await self._meeting(series, deed["about"])), {"when": deed["text"]}
            case "skip":
                return SkipOrMove(*await self._meeting(series, deed["about"])), {"instead": "skip"}
            case "back":
                row, _, _ = await self._meeting(series, deed["about"])
                assert row is not None
                return PutBack(row, int(deed["text"])), {}
            case "extra":
                return PlanMeeting(where), {"when": deed["text"], "minutes": "30", "place": ""}
            case "pause" | "resume":
                assert series is not None
                return (PauseSeries if deed["kind"] == "pause" else ResumeSeries)(series.id), {}
            case "meet":
                return StartMeeting(where), {}
            case "wrap":
                return EndMeeting((await self._latest()).id), {"note": deed["text"]}
            case unknown:
                raise LookupError(unknown)

    async def _series(self) -> Series | None:
        async with self.store.read(self.organization) as tx:
            return await tx.series.of(self.conversation)

    async def _meeting(self, series: Series | None, day: str) -> tuple[MeetingId | None, SeriesId | None, date | None]:
        """By what an action names the meeting of that day."""
        assert series is not None
        async with self.store.read(self.organization) as tx:
            row = await tx.meetings.on(series.id, date.fromisoformat(day))
        return (row.id, None, None) if row else (None, series.id, date.fromisoformat(day))

    async def _latest(self) -> Meeting:
        async with self.store.read(self.organization) as tx:
            return (await tx.meetings.of(self.conversation))[0]

    async def _item(self, text: str) -> ItemId:
        async with self.store.read(self.organization) as tx:
            return next(one.id for one in await tx.agenda.of(self.conversation) if one.text == text)

    async def _me(self, who: str) -> PersonId:
        async with self.store.read(self.organization) as tx:
            identity = await tx.people.identity(self.workspace, who)
        assert identity is not None
        return identity.person


async def live(pipe: Connection, url: str, death: Death, post: Path, ids: Mapping[str, str]) -> None:
    """One life, until there is nothing more to do or the moment of death has come."""
    store = Store(url, (KEY,), patience=UNHURRIED, failpoint=death)
    clock: Counter[str] = Counter()
    now = lambda: datetime.fromtimestamp(clock["now"], tz=UTC)  # noqa: E731 - it is told with each deed
    workspace = WorkspaceId(ids["workspace"])
    features, words, admins = registry(), libraries(), frozenset({"mia@example.com"})
    engine = Engine(store=store, registry=features, libraries=words, now=now, new_id=new_id, admins=admins)
    planner = Planner(timetable=store.timetable, store=store, now=now, new_id=new_id)
    worker = Worker(
        outbox=store.outbox,
        store=store,
        registry=features,
        libraries=words,
        messengers=lambda: {workspace: Post(post)},
        now=now,
        new_id=new_id,
        owner=new_id(),
        admins=admins,
        failpoint=death,
    )
    child = Child(
        store,
        engine,
        planner,
        worker,
        death,
        clock,
        OrganizationId(ids["organization"]),
        workspace,
        ConversationId(ids["conversation"]),
    )
    with suppress(EOFError):
        while True:
            deed: dict[str, str] = pipe.recv()
            await child.does(deed)
            pipe.send(deed["key"])
    await store.close()


def begin(pipe: Connection, url: str, death: Death, post: Path, ids: Mapping[str, str]) -> None:
    asyncio.run(live(pipe, url, death, post, ids))
