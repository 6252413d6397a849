"""The worker: sends what is due. Each message is claimed, composed, sent once, and its outcome recorded."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.addressing import Way, ways_to
from bot.engine import FALLBACK_LANGUAGE
from bot.failures import error_place
from bot.features.reaching import Loss, lose
from bot.model.delivery import EXPIRED, UNREACHABLE, Address, Delivery, DeliveryState, Outcome
from bot.model.ids import PersonId, PlaceId, WorkspaceId
from bot.model.people import Identity, Organization, Person
from bot.ports import Broken, Busy, Gone, Later, Messenger, Meter, Outbox, Stale, Store, Transaction, Unknown
from bot.registry import Registry
from bot.turn import Turn
from bot.unmetered import Unmetered
from bot.views import Card
from prompts import Library, Voice

log = logging.getLogger("oneonone.worker")
BATCH = 10
LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
_RECORD_ATTEMPTS = 3


def nothing(place: str) -> None:
    """The failpoint of a worker that is not being tested."""


@dataclass(frozen=True)
class _Letter:
    """A card and the way it goes."""

    card: Card
    way: Way


@dataclass(frozen=True)
class _Came:
    """What became of a delivery; ``lost`` is the account that turned out to be out of reach, ``card`` what arrived."""

    outcome: Outcome
    lost: Identity | None = None
    card: Card | None = None


_Follow = Callable[[Transaction, Delivery, _Came], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Worker:
    """``messengers`` are asked for anew each time, since workspaces come and go; ``owner`` names this process."""

    outbox: Outbox
    store: Store
    registry: Registry
    libraries: Mapping[str, Library]
    messengers: Callable[[], Mapping[WorkspaceId, Messenger]]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    owner: str
    admins: frozenset[str] = frozenset()
    failpoint: Callable[[str], None] = nothing
    meter: Meter = field(default_factory=Unmetered)

    async def tick(self) -> bool:
        """Sends a batch of what is due, once there is a way to send it; whether there may be more."""
        if not self.messengers():
            return False
        try:
            for ended in await self.outbox.expire(now=self.now()):
                self._tell(ended, Outcome(ended.state, error=ended.last_error))
            claimed = await self.outbox.claim(owner=self.owner, now=self.now(), lease=LEASE, most=BATCH)
        except Busy:
            log.warning("outbox is busy")
            return False
        gave_back = await asyncio.gather(*(self._deliver(delivery) for delivery in claimed))
        return len(claimed) == BATCH or any(gave_back)

    async def _deliver(self, delivery: Delivery) -> bool:
        """Whether something else may have come into the outbox by it."""
        came = await self._came(delivery)
        self.failpoint("before record")
        for follow in (self._follow, _nothing_follows):
            try:
                return await self._record(delivery, came, follow)
            except Exception as error:  # noqa: BLE001 - the edge: what follows from one must not stop the others
                log_failure(delivery, error)
        return False

    async def _record(self, delivery: Delivery, came: _Came, follow: _Follow) -> bool:
        """Tries for a while: what stays unrecorded counts as unknown when its lease runs out."""
        for _ in range(_RECORD_ATTEMPTS):
            try:
                return await self._recorded(delivery, came, follow)
            except (Busy, Stale):
                continue
        log.error("delivery not recorded", extra={"delivery": delivery.id})
        return False

    async def _recorded(self, delivery: Delivery, came: _Came, follow: _Follow) -> bool:
        """The outcome and what follows from it, together or not at all."""
        outcome = came.outcome
        async with self.store.write(delivery.organization) as tx:
            kept = await tx.deliveries.record(delivery, outcome)
            more = await follow(tx, delivery, came) if kept else False
        self._tell(delivery, outcome, kept=kept)
        return more

    def _tell(self, delivery: Delivery, outcome: Outcome, *, kept: bool = True) -> None:
        """The log and, if this is what is recorded, the meter; neither hears a word of the message."""
        facts = {"delivery": delivery.id, "kind": delivery.kind.value, "state": outcome.state.value}
        log.info("delivery", extra={**facts, "error": outcome.error, "kept": kept})
        if kept:
            late = (self.now() - delivery.due_at).total_seconds()
            self.meter.delivered(delivery.kind.value, _counted_as(outcome), late=late)

    async def _follow(self, tx: Transaction, delivery: Delivery, came: _Came) -> bool:
        """An account is lost, or a feature is told that this one arrived, or that its recipient can never get it."""
        if came.lost is not None:
            await lose(tx, came.lost, Loss(now=self.now(), new_id=self.new_id))
            return True
        if came.card is not None and delivery.kind in self.registry.sents:
            await self._arrived(tx, delivery, came.card)
        if came.outcome.state is not DeliveryState.rejected or delivery.kind not in self.registry.returns:
            return False
        organization = await tx.organizations.current()
        reader = await _reader(tx, delivery, organization) or _nobody(delivery, organization)
        turn = self._turn(tx, organization, reader, Address(delivery.workspace or WorkspaceId(""), ""))
        await self.registry.returns[delivery.kind](turn, delivery)
        return True

    async def _arrived(self, tx: Transaction, delivery: Delivery, card: Card) -> None:
        organization = await tx.organizations.current()
        reader = await _reader(tx, delivery, organization)
        if reader is not None:
            turn = self._turn(tx, organization, reader, Address(delivery.workspace or WorkspaceId(""), ""))
            await self.registry.sents[delivery.kind](turn, delivery, card)

    async def _came(self, delivery: Delivery) -> _Came:
        try:
            letter = await self._letter(delivery)
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be composed must not stop the others
            log_failure(delivery, error)
            return _Came(self._again(delivery, "not_composed"))
        return await self._sent(delivery, letter) if isinstance(letter, _Letter) else _Came(letter)

    async def _sent(self, delivery: Delivery, letter: _Letter) -> _Came:
        self.failpoint("before send")
        address = letter.way.address
        try:
            external_id = await self.messengers()[address.workspace].send(address, letter.card, delivery=delivery.id)
        except Gone as gone:
            return self._gone(str(gone), letter.way.account)
        except Broken as no:
            return _Came(Outcome(DeliveryState.rejected, error=str(no)))
        except Later as later:
            return _Came(self._again(delivery, str(later), after=later.after))
        except Unknown as unknown:
            return _Came(Outcome(DeliveryState.unknown, error=str(unknown)))
        except Exception as error:  # noqa: BLE001 - the edge: nobody knows how far it came
            log_failure(delivery, error)
            return _Came(Outcome(DeliveryState.unknown, error="failed"))
        self.failpoint("after send")
        return _Came(Outcome(DeliveryState.sent, external_id=external_id), card=letter.card)

    def _gone(self, code: str, account: Identity | None) -> _Came:
        """A channel stays gone; a person may have another account, or let us in again."""
        if account is None:
            return _Came(Outcome(DeliveryState.rejected, error=code))
        return _Came(Outcome(DeliveryState.pending, error=code, next_attempt_at=self.now()), lost=account)

    def _again(self, delivery: Delivery, error: str, *, after: float = 0.0) -> Outcome:
        wait = min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
        at = self.now() + max(wait, timedelta(seconds=after))
        return Outcome(DeliveryState.pending, error=error, next_attempt_at=at)

    async def _letter(self, delivery: Delivery) -> _Letter | Outcome:
        """What is to be sent, or why nothing is."""
        async with self.store.read(delivery.organization) as tx:
            organization = await tx.organizations.current()
            reader = await _reader(tx, delivery, organization)
            if reader is None or not reader.active:
                return Outcome(DeliveryState.dropped)
            way = self._way(delivery, await ways_to(tx, delivery, reader))
            if isinstance(way, Outcome):
                return way
            turn = self._turn(tx, organization, reader, way.address)
            card = await self.registry.messages[delivery.kind](turn, delivery)
        return Outcome(DeliveryState.dropped) if card is None else _Letter(card, way)

    def _way(self, delivery: Delivery, ways: Sequence[Way]) -> Way | Outcome:
        """The best one that is connected; what nobody can be given now waits for them, as long as it is good for."""
        if not ways:
            return Outcome(DeliveryState.rejected, error="no_address")
        reachable = [way for way in ways if way.is_open]
        if not reachable:
            return Outcome(DeliveryState.pending, error=UNREACHABLE, next_attempt_at=delivery.expires_at)
        connected = next((way for way in reachable if way.address.workspace in self.messengers()), None)
        return connected or self._again(delivery, "not_connected")

    def _turn(self, tx: Transaction, organization: Organization, reader: Person, address: Address) -> Turn:
        library = self.libraries.get(reader.language, self.libraries[FALLBACK_LANGUAGE])
        return Turn(
            organization=organization,
            person=reader,
            workspace=address.workspace,
            now=self.now(),
            new_id=self.new_id,
            tx=tx,
            voice=Voice(library, zone=reader.zone, now=self.now()),
            admins=self.admins,
            sections=self.registry.sections,
        )


def _counted_as(outcome: Outcome) -> str:
    if outcome.state is DeliveryState.pending:
        return "retried"
    return EXPIRED if outcome.error == EXPIRED else outcome.state.value


async def _nothing_follows(_tx: Transaction, _delivery: Delivery, _came: _Came) -> bool:
    return False


async def _reader(tx: Transaction, delivery: Delivery, organization: Organization) -> Person | None:
    """The person; for a place somebody without a name, who reads as the organization does."""
    person = await tx.people.get(PersonId(delivery.recipient))
    place = await tx.organizations.place(PlaceId(delivery.recipient)) if person is None else None
    return person if place is None else _nobody(delivery, organization)


def _nobody(delivery: Delivery, organization: Organization) -> Person:
    blank = Person(id=PersonId(delivery.recipient), organization=organization.id, name="")
    return replace(blank, zone=organization.zone, language=organization.language)


def log_failure(delivery: Delivery, error: Exception) -> None:
    """The type and place of an error; its own sentence may quote what a person wrote."""
    log.error("failed", extra={"delivery": delivery.id, "kind": delivery.kind.value, "error": error_place(error)})
