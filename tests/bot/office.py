"""A room in which any number of processes send, each with connections of its own, all by the room's clock."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.doubt import SETTLES_WITHIN
from bot.lanes import LEASE, RENEWED
from bot.model.delivery import ANYWHERE, Address, Delivery, DeliveryKind
from bot.model.ids import DeliveryId, PersonId, WorkspaceId
from bot.registry import Handlers, together
from bot.turn import Turn
from bot.views import Card, Text
from bot.worker import SEND_WITHIN, Worker
from storage.store import Store
from tests.bot.postman import Unhurried
from tests.bot.room import KEYS, NOON, Room

ASKS_AGAIN = timedelta(seconds=RENEWED / 2)
SETTLES_AFTER_LAPSE = SETTLES_WITHIN - timedelta(seconds=SEND_WITHIN)
"""What lapsed was sent that long before its end at the latest; it is looked for when its platform has settled."""

LOOKS = 4
STOPS_WITHIN = 1.0


@dataclass
class Gate:
    """Open until it is shut; who comes to it meanwhile waits, and it tells that somebody does."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.opened.set()

    async def passes(self) -> None:
        self.reached.set()
        await self.opened.wait()


@dataclass
class Mail:
    """What a platform has accepted: from which process, and for which workspace.

    ``unheld`` are sends that were begun without a claim that holds.
    """

    room: Room
    accepted: list[tuple[str, WorkspaceId, DeliveryId]] = field(default_factory=list)
    unheld: list[tuple[str, DeliveryId]] = field(default_factory=list)

    def of(self, delivery: DeliveryId) -> list[str]:
        return [process for process, _, accepted in self.accepted if accepted == delivery]

    async def checks(self, process: str, delivery: DeliveryId) -> None:
        found = await self.room.state(delivery)
        held = (
            found.lease_until is not None and self.room.clock.at + timedelta(seconds=SEND_WITHIN) <= found.lease_until
        )
        if found.lease_owner != process or not held:
            self.unheld.append((process, delivery))


@dataclass
class Carrier(Unhurried):
    """The messenger of one process, which can be held up before a message is accepted, and before it hears of it."""

    process: str
    mail: Mail
    before: Gate = field(default_factory=Gate)
    after: Gate = field(default_factory=Gate)
    failures: list[Exception] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        del card
        await self.mail.checks(self.process, delivery)
        await self.before.passes()
        self.mail.accepted.append((self.process, address.workspace, delivery))
        await self.after.passes()
        if self.failures:
            raise self.failures.pop(0)
        return f"{self.process}'s"

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        del address, since
        return next((f"{process}'s, found" for process in self.mail.of(delivery)), None)


@dataclass
class Watch:
    """A steady clock: ``left`` readings before the process freezes, and for how long it then does."""

    room: Room
    left: int = -1
    freezes_for: timedelta = timedelta()

    def __call__(self) -> float:
        if self.left == 0:
            self.room.clock.at += self.freezes_for
        self.left -= 1
        return (self.room.clock.at - NOON).total_seconds()


@dataclass
class Process:
    """What one process sends with; ``desk`` is where it composes."""

    store: Store
    carrier: Carrier
    worker: Worker
    watch: Watch
    desk: Gate

    async def works(self) -> None:
        """It looks as often as it does in some seconds: what has lapsed, then for what became of it, then sends."""
        for _ in range(LOOKS):
            await self.worker.tick()

    async def is_held_up(self, gate: Gate) -> None:
        """It begins to send what is due, and comes as far as this gate."""
        gate.opened.clear()
        await self.worker.turn()
        await gate.reached.wait()

    async def goes_on(self, gate: Gate) -> None:
        gate.opened.set()
        await self.worker.settle()


@dataclass
class Office:
    """A room with two workspaces, and any number of processes."""

    room: Room
    other: WorkspaceId
    stranger: PersonId
    mail: Mail
    processes: list[Process] = field(default_factory=list)

    def process(self, name: str, *, both: bool = False) -> Process:
        """One that is connected to the room's own workspace, or to both."""
        store = Store(self.room.url, KEYS, moment=self.room.clock)
        carrier, desk, watch = Carrier(name, self.mail), Gate(), Watch(self.room)
        connected = (self.room.workspace, self.other) if both else (self.room.workspace,)
        worker = self.room.worker(
            outbox=store.outbox,
            store=store,
            registry=together([_composing_at(desk)]),
            messengers=lambda: dict.fromkeys(connected, carrier),
            owner=name,
            steady=watch,
            alone=False,
        )
        self.processes.append(Process(store, carrier, worker, watch, desk))
        return self.processes[-1]

    async def claimed_by_the_dead(self) -> None:
        """What is due anywhere is claimed by a process that dies before it has sent anything."""
        outbox = self.processes[0].store.outbox
        await outbox.claim(ANYWHERE, owner="dead", now=self.room.clock.at, lease=LEASE, most=10)

    async def moves(self, person: PersonId) -> None:
        """Their account is in the room's own workspace from now on."""
        async with self.room.store.write(self.room.organization) as tx:
            [account] = await tx.people.identities(person)
            await tx.people.save_identity(replace(account, active=False))
            await tx.people.add_identity(replace(account, workspace=self.room.workspace, external_id="U0MOVED"))

    async def lapses(self, survivor: Process) -> None:
        """What another process has claimed lapses, and the survivor finds out what became of it."""
        for time in (LEASE + ASKS_AGAIN, SETTLES_AFTER_LAPSE):
            self.passes(time)
            await survivor.works()

    def passes(self, time: timedelta) -> None:
        self.room.clock.at += time

    async def close(self) -> None:
        for process in self.processes:
            await process.worker.stop(within=STOPS_WITHIN)
            await process.store.close()


def _composing_at(desk: Gate) -> Handlers:
    handlers = Handlers()

    @handlers.message(DeliveryKind.news)
    async def news(turn: Turn, delivery: Delivery) -> Card | None:
        del turn, delivery
        await desk.passes()
        return Card(title="News", body=(Text("News"),), summary="News")

    return handlers
