"""What the messengers of tests have in common: no limits, and an exact memory."""

from datetime import datetime

from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.pace import UNLIMITED, Limits
from bot.views import Card


class Unhurried:
    """A platform that takes everything at once, and lost whatever it did not confirm."""

    limits: Limits = UNLIMITED

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:  # noqa: ARG002 - a Messenger's shape
        return None


class Remembering(Unhurried):
    """It keeps what it was given to send."""

    def __init__(self) -> None:
        self.sent: list[Card] = []

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - the port's signature
        self.sent.append(card)
        return "accepted"
