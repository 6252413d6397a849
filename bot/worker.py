"""The worker: sends what is due, each once. It is claimed, composed, sent, and what became of it is recorded.

Any number of processes share the outbox. Who sends into a workspace has a lease on it, since what a platform takes is
limited per workspace; what is due and goes there waits for that one.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from bot.doubt import SETTLES_WITHIN, handed_over, postponed, resolve, unplaced
from bot.lane import Lane
from bot.lanes import LEASE, Lanes
from bot.letters import Composer, Letter, again, log_failure, waits_for
from bot.model.delivery import ANYWHERE, Delivery, DeliveryState, Outcome
from bot.model.ids import WorkspaceId
from bot.model.people import Identity
from bot.ports import Broken, Busy, Gone, Later, Messenger, Meter, Outbox, Store, Unknown
from bot.recording import Came, Recorder
from bot.registry import Registry
from bot.under_way import UnderWay
from bot.unmetered import Unmetered
from prompts import Library

log = logging.getLogger("oneonone.worker")
BATCH = 100
"""How many are claimed at once."""

CHUNK = 50
"""How many are composed out of one view of the database."""

SEND_WITHIN = 12.0
"""Seconds that a send may take, with something to spare: nothing is sent when less is left of its claim."""

_SETTLES_AFTER_CLAIM = SETTLES_WITHIN - timedelta(seconds=SEND_WITHIN)
"""A claim that lapses may have been sent that long before its end, and no longer."""

LOOKS = 20
"""How many sendings are resolved at once."""


def nothing(place: str) -> None:
    """The failpoint of a worker that is not being tested."""


@dataclass
class _Signs:
    more: bool = False
    stopping: bool = False


@dataclass(kw_only=True)
class Worker:
    """``messengers`` are asked for anew each time, since workspaces come and go; ``owner`` names this process.

    ``steady`` counts seconds and never jumps. Who is ``alone`` with the database waits for nobody's lease. Where
    nothing is ``paced``, the platforms' limits are not looked at.
    """

    outbox: Outbox
    store: Store
    registry: Registry
    libraries: Mapping[str, Library]
    messengers: Callable[[], Mapping[WorkspaceId, Messenger]]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    owner: str
    admins: frozenset[str] = frozenset()
    platform_admins: bool = False
    failpoint: Callable[[str], None] = nothing
    meter: Meter = field(default_factory=Unmetered)
    steady: Callable[[], float] = monotonic
    alone: bool = True
    paced: bool = True
    composer: Composer = field(init=False)
    recorder: Recorder = field(init=False)
    lanes: Lanes = field(init=False)
    under_way: UnderWay = field(init=False, default_factory=UnderWay)
    _signs: _Signs = field(init=False, default_factory=_Signs)

    def __post_init__(self) -> None:
        self.composer = Composer(
            store=self.store,
            registry=self.registry,
            libraries=self.libraries,
            connected=self.messengers,
            now=self.now,
            new_id=self.new_id,
            admins=self.admins,
            platform_admins=self.platform_admins,
        )
        self.recorder = Recorder(
            store=self.store,
            registry=self.registry,
            composer=self.composer,
            now=self.now,
            new_id=self.new_id,
            meter=self.meter,
            failpoint=self.failpoint,
            expected=lambda: self.lanes.under_way,
        )
        self.lanes = Lanes(outbox=self.outbox, owner=self.owner, alone=self.alone, paced=self.paced, steady=self.steady)

    async def tick(self) -> bool:
        """Send what is due, as far as it may go now, and wait until all is recorded; whether there may be more."""
        await self.turn()
        await self.settle()
        more = self._signs.more or self.recorder.more
        self._signs.more = self.recorder.more = False
        return more

    async def turn(self) -> None:
        """Begin to send what is due, once there is a way to send it, and do not wait for it."""
        connected = self.messengers()
        if self._signs.stopping or not connected:
            return
        try:
            await self.lanes.take(connected)
            if self.lanes.open:
                await self._look()
        except Busy:
            log.warning("outbox is busy")

    async def settle(self) -> None:
        """Wait until nothing is under way; raises what a failpoint raised."""
        await self.under_way.settle()

    async def stop(self, *, within: float) -> None:
        """Begin nothing more, wait that many seconds for what is under way, and leave the workspaces to others."""
        self._signs.stopping = True
        try:
            async with asyncio.timeout(within):
                await self.settle()
            await self.lanes.let_go()
        except TimeoutError:
            log.warning("stopped while sending")  # what is still under way keeps its lease
        except Busy:
            log.warning("leases not let go")

    async def keep_claims(self) -> None:
        """Extend the claims on what is under way, after the clock has jumped; raises Busy."""
        await self.outbox.renew(owner=self.owner, lease=LEASE)

    async def _look(self) -> None:
        found = await self.outbox.glance((ANYWHERE, *self.lanes.open), now=self.now())
        if found.lapsed or found.expired:
            await self._give_up()
        if found.doubtful:
            self.under_way.begin_once("resolve", self._resolve())
        for via in sorted(found.lanes, reverse=True):  # a lane's own before what is anybody's: those have waited
            self.under_way.begin_once(f"send {via}", self._work(via))

    async def _give_up(self) -> None:
        for ended in await self.outbox.expire(now=self.now(), settles=_SETTLES_AFTER_CLAIM):
            self._signs.more = True
            self.recorder.tell(Came(ended, Outcome(ended.state, error=ended.last_error)))

    # Sending

    async def _work(self, via: str) -> None:
        """Claim and send what waits there until there is no more, or no more may go now."""
        while not self._signs.stopping:
            room = self.lanes.room(via)
            # Of what is anybody's, that for which there is no room is at least put where it waits for its own.
            most = BATCH if via == ANYWHERE and len(self.messengers()) > 1 else min(room, BATCH)
            if room >= 1:
                if await self._send_some(via, most) < most:
                    return
            elif not await self.lanes.has_room_again(via):
                return

    async def _send_some(self, via: str, most: int) -> int:
        """How many were claimed."""
        lane = self.lanes.open.get(WorkspaceId(via))
        last_moment = self.steady() + LEASE.total_seconds() - SEND_WITHIN
        claimed = await self.outbox.claim(
            via, owner=self.owner, now=self.now(), lease=LEASE, most=most, fence=lane.fence if lane else None
        )
        for first in range(0, len(claimed), CHUNK):
            room = {lane.workspace: lane.room() for lane in self.lanes.of(ANYWHERE)}
            for delivery, letter in await self.composer.letters(claimed[first : first + CHUNK], room):
                self._give(delivery, letter, last_moment)
        return len(claimed)

    def _give(self, delivery: Delivery, letter: Letter | Outcome, last_moment: float) -> None:
        """To its lane, if that is ours and has room; else it waits there."""
        if isinstance(letter, Outcome):
            self._came(Came(delivery, letter))
            return
        address = letter.way.address
        lane = self.lanes.open.get(address.workspace)
        if lane is None or not lane.is_ours or lane.room() < 1:
            self._came(Came(delivery, waits_for(address.workspace)))
        elif not lane.pace.take(address.external_id):
            soon = self.now() + timedelta(seconds=lane.pace.limits.apart)
            self._came(Came(delivery, waits_for(address.workspace, until=soon)))
        else:
            lane.begins()
            self.under_way.begin(self._sent(delivery, letter, lane, last_moment))

    async def _sent(self, delivery: Delivery, letter: Letter, lane: Lane, last_moment: float) -> None:
        try:
            came = await self._came_of(delivery, letter, lane, last_moment)
        finally:
            lane.ended()
        self._came(came)

    async def _came_of(self, delivery: Delivery, letter: Letter, lane: Lane, last_moment: float) -> Came:
        if not lane.is_ours or self.steady() > last_moment:
            return Came(delivery, waits_for(lane.workspace))
        address, via = letter.way.address, lane.workspace
        messenger = self.messengers().get(via)
        if messenger is None:
            return Came(delivery, again(delivery, "not_connected", self.now()))
        self.failpoint("before send")
        try:
            external_id = await messenger.send(address, letter.card, delivery=delivery.id)
        except Gone as gone:
            return self._gone(delivery, str(gone), letter.way.account)
        except Broken as no:
            return Came(delivery, Outcome(DeliveryState.rejected, error=str(no), via=via))
        except Later as later:
            if later.after:
                lane.pace.refused(later.after)
            return Came(delivery, again(delivery, str(later), self.now(), after=later.after))
        except Unknown as unknown:
            return Came(delivery, self._doubtful(str(unknown), via))
        except Exception as error:  # noqa: BLE001 - the edge: nobody knows how far it came
            log_failure(delivery, error)
            return Came(delivery, self._doubtful("failed", via))
        self.failpoint("after send")
        return Came(delivery, Outcome(DeliveryState.sent, external_id=external_id, via=via), card=letter.card)

    def _doubtful(self, error: str, via: str) -> Outcome:
        at = self.now() + SETTLES_WITHIN
        return Outcome(DeliveryState.unknown, error=error, next_attempt_at=at, via=via)

    def _gone(self, delivery: Delivery, code: str, account: Identity | None) -> Came:
        """A channel stays gone; a person may have another account, or let us in again."""
        if account is None:
            return Came(delivery, Outcome(DeliveryState.rejected, error=code))
        at = self.now()
        return Came(
            delivery, Outcome(DeliveryState.pending, error=code, next_attempt_at=at, via=ANYWHERE), lost=account
        )

    def _came(self, came: Came) -> None:
        self.recorder.add(came)
        self.under_way.begin_once("record", self.recorder.record_all())

    # Resolving

    async def _resolve(self) -> None:
        lanes = tuple(self.lanes.open)
        claimed = await self.outbox.claim_doubtful(lanes, owner=self.owner, now=self.now(), lease=LEASE, most=LOOKS)
        await asyncio.gather(*map(self._resolved, claimed))

    async def _resolved(self, delivery: Delivery) -> None:
        try:
            outcome, counts_as = await self._found_out(delivery)
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be resolved must not stop the others
            log_failure(delivery, error)
            outcome, counts_as = unplaced(delivery, self.now())
        self._came(Came(delivery, outcome, counts_as=counts_as))

    async def _found_out(self, delivery: Delivery) -> tuple[Outcome, str]:
        way = await self.composer.way_back(delivery)
        messenger = None if way is None else self.messengers().get(way.address.workspace)
        if way is None or messenger is None:
            return unplaced(delivery, self.now())
        lane = self.lanes.open.get(way.address.workspace)
        if lane is None:
            return handed_over(delivery, way.address.workspace, self.now()), ""
        if not lane.looks.take(""):
            return postponed(delivery, self.now())
        return await resolve(delivery, messenger, way.address, self.now())
