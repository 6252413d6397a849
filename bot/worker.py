"""The worker: sends what is due. Each message is claimed, composed, sent once, and its outcome recorded."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.engine import FALLBACK_LANGUAGE, error_place
from bot.model.delivery import Address, Delivery, DeliveryState
from bot.model.ids import PersonId, PlaceId, WorkspaceId
from bot.model.people import Organization, Person
from bot.ports import Broken, Busy, Gone, Later, Messenger, Outbox, Store, Transaction, Unknown
from bot.registry import Registry
from bot.turn import Turn
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
    """A card and where it goes; without a card nobody wants it any more, without an address nobody gets it."""

    card: Card | None
    address: Address | None


@dataclass(frozen=True)
class _Outcome:
    state: DeliveryState
    external_id: str | None = None
    error: str | None = None
    next_attempt_at: datetime | None = None


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

    async def tick(self) -> bool:
        """Sends a batch of what is due, once there is a way to send it; whether there may be more."""
        if not self.messengers():
            return False
        try:
            await self.outbox.expire_leases(now=self.now())
            claimed = await self.outbox.claim(owner=self.owner, now=self.now(), lease=LEASE, most=BATCH)
        except Busy:
            log.warning("outbox is busy")
            return False
        gave_back = await asyncio.gather(*(self._deliver(delivery) for delivery in claimed))
        return len(claimed) == BATCH or any(gave_back)

    async def _deliver(self, delivery: Delivery) -> bool:
        """Whether it was given back, which may have put something else into the outbox."""
        outcome = await self._outcome(delivery)
        self.failpoint("before record")
        await self._record(delivery, outcome)
        given_back = outcome.state is DeliveryState.rejected and delivery.kind in self.registry.returns
        if given_back:
            await self._give_back(delivery)
        return given_back

    async def _give_back(self, delivery: Delivery) -> None:
        """Tells the feature that its recipient can never get this one."""
        try:
            async with self.store.write(delivery.organization) as tx:
                organization = await tx.organizations.current()
                reader = await _reader(tx, delivery, organization) or _nobody(delivery, organization)
                turn = self._turn(tx, organization, reader, Address(delivery.workspace or WorkspaceId(""), ""))
                await self.registry.returns[delivery.kind](turn, delivery)
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be given back must not stop the others
            log_failure(delivery, error)

    async def _outcome(self, delivery: Delivery) -> _Outcome:
        try:
            letter = await self._letter(delivery)
        except Later as later:
            return self._again(delivery, str(later), after=later.after)
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be composed must not stop the others
            log_failure(delivery, error)
            return self._again(delivery, "not_composed")
        if letter.card is None:
            return _Outcome(DeliveryState.dropped)
        if letter.address is None:
            return _Outcome(DeliveryState.rejected, error="no_address")
        return await self._sent(delivery, letter.card, letter.address)

    async def _sent(self, delivery: Delivery, card: Card, address: Address) -> _Outcome:
        self.failpoint("before send")
        try:
            external_id = await self.messengers()[address.workspace].send(address, card, delivery=delivery.id)
        except (Gone, Broken) as no:
            return _Outcome(DeliveryState.rejected, error=str(no))
        except Later as later:
            return self._again(delivery, str(later), after=later.after)
        except Unknown as unknown:
            return _Outcome(DeliveryState.unknown, error=str(unknown))
        except Exception as error:  # noqa: BLE001 - the edge: nobody knows how far it came
            log_failure(delivery, error)
            return _Outcome(DeliveryState.unknown, error="failed")
        self.failpoint("after send")
        return _Outcome(DeliveryState.sent, external_id=external_id)

    def _again(self, delivery: Delivery, error: str, *, after: float = 0.0) -> _Outcome:
        wait = min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
        at = self.now() + max(wait, timedelta(seconds=after))
        return _Outcome(DeliveryState.pending, error=error, next_attempt_at=at)

    async def _record(self, delivery: Delivery, outcome: _Outcome) -> None:
        """Tries for a while: what stays unrecorded counts as unknown when its lease runs out."""
        for _ in range(_RECORD_ATTEMPTS):
            try:
                kept = await self.outbox.record(
                    delivery,
                    outcome.state,
                    external_id=outcome.external_id,
                    error=outcome.error,
                    next_attempt_at=outcome.next_attempt_at,
                )
            except Busy:
                continue
            facts = {"delivery": delivery.id, "kind": delivery.kind.value, "state": outcome.state.value}
            log.info("delivery", extra={**facts, "error": outcome.error, "kept": kept})
            return
        log.error("delivery not recorded", extra={"delivery": delivery.id})

    async def _letter(self, delivery: Delivery) -> _Letter:
        async with self.store.read(delivery.organization) as tx:
            organization = await tx.organizations.current()
            reader = await _reader(tx, delivery, organization)
            if reader is None or not reader.active:
                return _Letter(None, None)
            address = await self._address(tx, delivery)
            if address is None:
                return _Letter(Card(title="", body=(), summary=""), None)
            turn = self._turn(tx, organization, reader, address)
            return _Letter(await self.registry.messages[delivery.kind](turn, delivery), address)

    async def _address(self, tx: Transaction, delivery: Delivery) -> Address | None:
        """Where it goes; raises Later while the workspace it goes to is not connected."""
        known = await _addresses(tx, delivery)
        reachable = [each for each in known if each.workspace in self.messengers()]
        if known and not reachable:
            raise Later("not_connected", after=0)
        return reachable[0] if reachable else None

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


async def _addresses(tx: Transaction, delivery: Delivery) -> list[Address]:
    place = await tx.organizations.place(PlaceId(delivery.recipient))
    if place is not None:
        return [Address(place.workspace, place.external_id)]
    identities = await tx.people.identities(PersonId(delivery.recipient))
    wanted = [each for each in identities if delivery.workspace in (None, each.workspace)]
    return [Address(each.workspace, each.external_id) for each in wanted]


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
