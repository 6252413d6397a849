"""Where a delivery goes: a channel, or one of a person's accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.delivery import Address, Delivery
from bot.model.people import Identity, Person, Place


@dataclass(frozen=True)
class Way:
    """One address of the recipient; ``account`` is whose it is, when it is no channel's."""

    address: Address
    account: Identity | None = None

    @property
    def is_open(self) -> bool:
        """Whether the platform lets us write there, as far as we know."""
        return self.account is None or self.account.unreachable_since is None


def way_to_place(place: Place) -> Way:
    """A channel has one."""
    return Way(Address(place.workspace, place.external_id))


def ways_to(delivery: Delivery, reader: Person, accounts: Iterable[Identity]) -> Sequence[Way]:
    """All of them, the best first: where the person wants to be written to; only one place where it must be that."""
    wanted = [one for one in accounts if one.active and delivery.workspace in (None, one.workspace)]
    ordered = sorted(wanted, key=lambda one: one.workspace != reader.writes_in)
    return [Way(Address(one.workspace, one.external_id), one) for one in ordered]
