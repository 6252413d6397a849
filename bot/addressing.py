"""Where a delivery goes: a channel, or one of a person's accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.delivery import Address, Delivery
from bot.model.ids import PersonId, PlaceId
from bot.model.people import Identity, Person
from bot.ports import Transaction


@dataclass(frozen=True)
class Way:
    """One address of the recipient; ``account`` is whose it is, when it is no channel's."""

    address: Address
    account: Identity | None = None

    @property
    def is_open(self) -> bool:
        """Whether the platform lets us write there, as far as we know."""
        return self.account is None or self.account.unreachable_since is None


async def ways_to(tx: Transaction, delivery: Delivery, reader: Person) -> Sequence[Way]:
    """All of them, the best first: where the person wants to be written to; only one place where it must be that."""
    place = await tx.organizations.place(PlaceId(delivery.recipient))
    if place is not None:
        return [Way(Address(place.workspace, place.external_id))]
    found = await tx.people.identities(PersonId(delivery.recipient))
    wanted = [one for one in found if one.active and delivery.workspace in (None, one.workspace)]
    ordered = sorted(wanted, key=lambda one: one.workspace != reader.writes_in)
    return [Way(Address(one.workspace, one.external_id), one) for one in ordered]
