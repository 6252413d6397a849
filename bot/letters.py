"""Composes what is due: whether it is still wanted, where it goes, and what it says at this moment."""

import logging
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.addressing import Way, way_to_place, ways_to
from bot.failures import error_place
from bot.model.delivery import ANYWHERE, UNREACHABLE, Address, Delivery, DeliveryState, Outcome
from bot.model.ids import OrganizationId, PersonId, PlaceId, WorkspaceId
from bot.model.people import Identity, Organization, Person, Place
from bot.ports import Busy, Store, Transaction
from bot.registry import Registry
from bot.turn import Turn
from bot.views import Card
from prompts import Library, Voice, fitting

log = logging.getLogger("oneonone.worker")
FIRST_WAIT = timedelta(seconds=10)
TOLD_WAIT = timedelta(seconds=1)
"""The same where the platform has said when it listens again: all that goes there waits for that anyhow."""

SOON = timedelta(seconds=3)
"""After so long the database is asked again that was busy."""

LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Letter:
    """A card and the way it goes."""

    card: Card
    way: Way


@dataclass(frozen=True)
class _Recipients:
    """Who the deliveries of one organization go to, all looked up at once."""

    organization: Organization
    people: Mapping[str, Person]
    places: Mapping[str, Place]
    accounts: Sequence[Identity]

    def reader(self, delivery: Delivery) -> Person | None:
        """The person; for a place somebody without a name, who reads as the organization does."""
        if delivery.recipient in self.places:
            return nobody(delivery, self.organization)
        return self.people.get(delivery.recipient)

    def is_flagged(self, reader: Person) -> bool:
        """Whether one of the reader's workspaces calls them an admin."""
        return any(one.admin and one.active for one in self.accounts if one.person == reader.id)

    def is_to_come(self, reader: Person) -> bool:
        """Whether they are known from a file only, and have no account yet."""
        return reader.id in self.people and not any(one.person == reader.id for one in self.accounts)

    def ways(self, delivery: Delivery, reader: Person) -> Sequence[Way]:
        place = self.places.get(delivery.recipient)
        if place is not None:
            return [way_to_place(place)]
        return ways_to(delivery, reader, (one for one in self.accounts if one.person == delivery.recipient))


@dataclass(frozen=True, kw_only=True)
class Composer:
    """``connected`` says which workspaces can be written to now."""

    store: Store
    registry: Registry
    libraries: Mapping[str, Library]
    connected: Callable[[], Container[WorkspaceId]]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    admins: frozenset[str]
    platform_admins: bool = False

    async def letters(
        self, deliveries: Sequence[Delivery], room: Mapping[WorkspaceId, int]
    ) -> Sequence[tuple[Delivery, Letter | Outcome]]:
        """What is to be sent of each, or why nothing is; one that cannot be composed does not stop the others.

        No more are composed for a workspace than it has ``room`` for: the rest waits for it.
        """
        found: list[tuple[Delivery, Letter | Outcome]] = []
        left = Counter(room)
        for organization in dict.fromkeys(delivery.organization for delivery in deliveries):
            ours = [delivery for delivery in deliveries if delivery.organization == organization]
            found += await self._of_one(organization, ours, left)
        return found

    async def way_back(self, delivery: Delivery) -> Way | None:
        """The way on which it was probably sent."""
        async with self.store.read(delivery.organization) as tx:
            recipients = await _recipients(tx, [delivery])
        reader = recipients.reader(delivery)
        ways = [] if reader is None else recipients.ways(delivery, reader)
        taken = [way for way in ways if delivery.via in (ANYWHERE, way.address.workspace)]
        return min(taken, key=lambda way: not way.is_open, default=None)

    async def turn_for(self, tx: Transaction, delivery: Delivery) -> tuple[Turn, bool]:
        """The turn in which something follows from a delivery, and whether its reader is known."""
        recipients = await _recipients(tx, [delivery])
        reader = recipients.reader(delivery)
        address = Address(delivery.workspace or WorkspaceId(""), "")
        someone = reader or nobody(delivery, recipients.organization)
        return self._turn(tx, recipients, someone, address), reader is not None

    async def _of_one(
        self, organization: OrganizationId, deliveries: Sequence[Delivery], left: Counter[WorkspaceId]
    ) -> Sequence[tuple[Delivery, Letter | Outcome]]:
        try:
            async with self.store.read(organization) as tx:
                recipients = await _recipients(tx, deliveries)
                return [(delivery, await self._letter(tx, recipients, delivery, left)) for delivery in deliveries]
        except Busy:
            soon = Outcome(DeliveryState.pending, error="busy", next_attempt_at=self.now() + SOON, given_back=True)
            return [(delivery, soon) for delivery in deliveries]
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be composed must not stop the others
            if len(deliveries) > 1:
                return [one for delivery in deliveries for one in await self._of_one(organization, [delivery], left)]
            log_failure(deliveries[0], error)
            return [(deliveries[0], again(deliveries[0], "not_composed", self.now()))]

    async def _letter(
        self, tx: Transaction, recipients: _Recipients, delivery: Delivery, left: Counter[WorkspaceId]
    ) -> Letter | Outcome:
        reader = recipients.reader(delivery)
        if reader is None or not reader.active:
            return Outcome(DeliveryState.dropped)
        if recipients.is_to_come(reader):
            return _waits(delivery, given_back=True)
        way = self._way(delivery, recipients.ways(delivery, reader))
        if isinstance(way, Outcome):
            return way
        if left[way.address.workspace] < 1:
            return waits_for(way.address.workspace)
        left[way.address.workspace] -= 1
        turn = self._turn(tx, recipients, reader, way.address)
        if not turn.is_let_in:
            return Outcome(DeliveryState.dropped)
        card = await self.registry.messages[delivery.kind](turn, delivery)
        if card is None:
            return Outcome(DeliveryState.dropped)
        return Letter(replace(card, language=turn.voice.library.language), way)

    def _way(self, delivery: Delivery, ways: Sequence[Way]) -> Way | Outcome:
        """The best one that is connected; what nobody can be given now waits for them, as long as it is good for."""
        if not ways:
            return Outcome(DeliveryState.rejected, error="no_address")
        reachable = [way for way in ways if way.is_open]
        if not reachable:
            return _waits(delivery)
        connected = next((way for way in reachable if way.address.workspace in self.connected()), None)
        return connected or again(delivery, "not_connected", self.now())

    def _turn(self, tx: Transaction, recipients: _Recipients, reader: Person, address: Address) -> Turn:
        library = fitting(self.libraries, reader.language, recipients.organization.language)
        return Turn(
            organization=recipients.organization,
            person=reader,
            workspace=address.workspace,
            now=self.now(),
            new_id=self.new_id,
            tx=tx,
            voice=Voice(library, zone=reader.zone, now=self.now()),
            libraries=self.libraries,
            admins=self.admins,
            platform_admins=self.platform_admins,
            flagged=self.platform_admins and recipients.is_flagged(reader),
            sections=self.registry.sections,
        )


def _waits(delivery: Delivery, *, given_back: bool = False) -> Outcome:
    """Until they can be written to, as long as it is good for."""
    at = delivery.expires_at
    return Outcome(DeliveryState.pending, error=UNREACHABLE, next_attempt_at=at, via=ANYWHERE, given_back=given_back)


def waits_for(workspace: WorkspaceId, *, until: datetime | None = None) -> Outcome:
    """It was not tried, and waits for its workspace to have room."""
    return Outcome(DeliveryState.pending, via=workspace, next_attempt_at=until, given_back=True)


def again(delivery: Delivery, error: str, now: datetime, *, after: float = 0.0) -> Outcome:
    """It was surely not accepted, and is tried again, later each time."""
    first = TOLD_WAIT if after else FIRST_WAIT
    wait = min(first * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
    at = now + max(wait, timedelta(seconds=after))
    return Outcome(DeliveryState.pending, error=error, next_attempt_at=at)


async def _recipients(tx: Transaction, deliveries: Sequence[Delivery]) -> _Recipients:
    ids = {delivery.recipient for delivery in deliveries}
    people = await tx.people.many(PersonId(each) for each in ids)
    rest = ids - {person.id for person in people}
    places = await tx.organizations.places(PlaceId(each) for each in rest)
    return _Recipients(
        organization=await tx.organizations.current(),
        people={person.id: person for person in people},
        places={place.id: place for place in places},
        accounts=await tx.people.accounts(person.id for person in people),
    )


def nobody(delivery: Delivery, organization: Organization) -> Person:
    """Somebody without a name, who reads as the organization does."""
    blank = Person(id=PersonId(delivery.recipient), organization=organization.id, name="")
    return replace(blank, zone=organization.zone, language=organization.language)


def log_failure(delivery: Delivery, error: Exception) -> None:
    """The type and place of an error; its own sentence may quote what a person wrote."""
    log.error("failed", extra={"delivery": delivery.id, "kind": delivery.kind.value, "error": error_place(error)})
