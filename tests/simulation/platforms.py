"""Stand-ins of the two platforms at the Messenger port: they keep what they accepted, whatever the caller knows of it.

What is sent is on its way at once: it arrives though its sender dies or freezes meanwhile.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from bot.actions import Action
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, WorkspaceId
from bot.model.people import Platform
from bot.pace import Limits
from bot.ports import Later, Unknown, Untraceable
from bot.views import Card
from tests.simulation.faults import Fault, Faults
from tests.simulation.mortal import HERE, Killed

TIMEOUT = 10.0
"""After so many seconds the client of a platform gives up."""

LATEST = 35.0
"""After so many seconds at the latest what was slow has been accepted."""

PERSON = re.compile(r"\bP\d{3}\b")
"""How the people of the simulation are called."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A message that is in a chat; ``names`` are those that stand in it."""

    delivery: str
    address: Address
    asked_at: float
    at: float
    external_id: str
    names: frozenset[str]


def _nothing(workspace: WorkspaceId) -> None:
    """What happens at a send when nothing happens."""


@dataclass
class StandIn:
    """One workspace; it looks for messages by the id of their delivery only where ``platform`` is Slack."""

    workspace: WorkspaceId
    platform: Platform
    faults: Faults
    moment: "Moments"
    limits: Limits
    accepted: list[Accepted] = field(default_factory=list)
    by_delivery: dict[str, list[Accepted]] = field(default_factory=dict)
    by_account: dict[str, list[Accepted]] = field(default_factory=dict)
    upset: Callable[[WorkspaceId], None] = _nothing
    asked: int = 0
    limited_until: float = 0.0

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """As a client does it that gives up after ten seconds."""
        _check_alive()
        self.asked += 1
        self.upset(self.workspace)
        faults, rates = self.faults, self.faults.rates
        message = _Message(str(delivery), address, self.moment.time(), names_in(card))
        if self._is_limited():
            return await self._limits_it(str(delivery))
        if faults.comes(rates.refused):
            return await self._unknown(Fault.refused, message, after=faults.between(0.05, 3))
        if faults.comes(rates.vanished):
            return await self._unknown(Fault.vanished, message, after=TIMEOUT)
        if faults.comes(rates.late):
            self._arrives(faults.between(TIMEOUT, LATEST), message)
            return await self._unknown(Fault.late, message, after=TIMEOUT)
        if faults.comes(rates.dropped):
            self._arrives(0.05, message)
            return await self._unknown(Fault.dropped, message, after=faults.between(0.1, 3))
        seconds = faults.between(0.05, 0.5)
        if faults.comes(rates.slow):
            seconds = faults.between(2, TIMEOUT - 0.5)
            faults.hits(Fault.slow, str(delivery), lasting=seconds)
        arrived = self._arrives(seconds / 2, message)
        await asyncio.sleep(seconds)
        return arrived[0]

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:  # noqa: ARG002 - a Messenger's shape
        """What was accepted from ``since`` on."""
        _check_alive()
        if self.platform is not Platform.slack:
            raise Untraceable
        await asyncio.sleep(self.faults.between(0.05, 0.4))
        if self._is_limited(storms=False):
            await self._limits_it(str(delivery))
        if self.faults.comes(self.faults.rates.unfindable):
            self.faults.hits(Fault.unfindable, str(delivery), lasting=60)
            raise Unknown("http_502")
        found = self.by_delivery.get(str(delivery), ())
        return next((one.external_id for one in found if self.moment.at(one.at) >= since), None)

    def _is_limited(self, *, storms: bool = True) -> bool:
        if storms and self.faults.comes(self.faults.rates.storm):
            self.limited_until = self.moment.time() + self.faults.between(5, 90)
        return self.moment.time() < self.limited_until

    async def _limits_it(self, delivery: str) -> NoReturn:
        after = self.faults.between(1, 30)
        self.faults.hits(Fault.limited, delivery, lasting=after)
        await asyncio.sleep(0.05)
        raise Later("ratelimited", after=after)

    async def _unknown(self, what: Fault, message: "_Message", *, after: float) -> NoReturn:
        self.faults.hits(what, message.delivery, lasting=60)
        await asyncio.sleep(after)
        raise Unknown(what.name)

    def _arrives(self, seconds: float, message: "_Message") -> list[str]:
        """It is accepted after so many seconds, and its id is in the list then."""
        ids: list[str] = []
        asyncio.get_running_loop().call_later(seconds, self._accepts, message, ids)
        return ids

    def _accepts(self, message: "_Message", ids: list[str]) -> None:
        external_id = f"{self.workspace[:6]}-{len(self.accepted) + 1}"
        one = Accepted(
            delivery=message.delivery,
            address=message.address,
            asked_at=message.asked_at,
            at=self.moment.time(),
            external_id=external_id,
            names=message.names,
        )
        self.accepted.append(one)
        self.by_delivery.setdefault(one.delivery, []).append(one)
        self.by_account.setdefault(one.address.external_id, []).append(one)
        ids.append(external_id)


@dataclass(frozen=True)
class _Message:
    delivery: str
    address: Address
    asked_at: float
    names: frozenset[str]


@dataclass(frozen=True)
class Moments:
    """The wall clock of the simulation: the loop's time, from a moment on."""

    loop: asyncio.AbstractEventLoop
    base: datetime

    def __call__(self) -> datetime:
        return self.at(self.loop.time())

    def at(self, seconds: float) -> datetime:
        """The moment of a time of the loop."""
        return self.base + timedelta(microseconds=round(seconds * 1e6))

    def of(self, moment: datetime) -> float:
        """The loop's time at a moment."""
        return (moment - self.base).total_seconds()

    def time(self) -> float:
        """The loop's time."""
        return self.loop.time()


def _check_alive() -> None:
    replica = HERE.get()
    if replica is not None and replica.dead:
        raise Killed


def names_in(card: Card) -> frozenset[str]:
    """The people who are named in a message."""
    return frozenset(name for text in _texts(card) for name in PERSON.findall(text))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part) and not isinstance(part, Action):
        for each in fields(part):
            yield from _texts(getattr(part, each.name))
