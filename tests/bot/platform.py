"""A platform that says and remembers what a test tells it to, for workers that share an outbox."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.pace import UNLIMITED, Limits
from bot.views import Card
from bot.worker import Worker
from tests.bot.room import Room


@dataclass
class Platform:
    """Accepts what it is sent, but ``says`` what it is told to say; ``memory`` is what it answers who looks."""

    limits: Limits = UNLIMITED
    sent: list[tuple[Address, DeliveryId]] = field(default_factory=list)
    says: list[Exception] = field(default_factory=list)
    memory: list[str | Exception | None] = field(default_factory=list)
    asked: list[tuple[Address, DeliveryId, datetime]] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - a Messenger's shape
        self.sent.append((address, delivery))
        if self.says:
            raise self.says.pop(0)
        return f"message {len(self.sent)}"

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        self.asked.append((address, delivery, since))
        answer = self.memory.pop(0) if self.memory else None
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Steady:
    """A clock of seconds that never jumps by itself."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def sender(room: Room, platform: Platform, **changed: object) -> Worker:
    return room.worker(messengers=lambda: {room.workspace: platform}, **changed)
