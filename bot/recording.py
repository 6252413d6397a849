"""Writes what became of deliveries: all that is known at a moment in one transaction, and what follows from it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.features.reaching import Loss, lose
from bot.letters import Composer, log_failure
from bot.model.delivery import EXPIRED, Delivery, DeliveryState, Outcome
from bot.model.people import Identity
from bot.ports import Busy, Meter, Stale, Store, Transaction
from bot.registry import Registry
from bot.views import Card

log = logging.getLogger("oneonone.worker")
_AT_ONCE = 100
_GATHERED = 0.02
"""Seconds in which what is about to come joins what is there: a transaction takes longer than a row."""

_WAITS = (0.0, 0.1, 0.3, 1.0, 3.0, 6.0)
"""Seconds before each try: what stays unrecorded counts as unknown when its lease runs out."""


@dataclass(frozen=True)
class Came:
    """What became of a delivery.

    ``lost`` is the account that turned out to be out of reach, ``card`` what arrived, ``counts_as`` what it is counted
    as if that is not its state.
    """

    delivery: Delivery
    outcome: Outcome
    lost: Identity | None = None
    card: Card | None = None
    counts_as: str = ""


_Follow = Callable[[Transaction, Came], Awaitable[bool]]


@dataclass(kw_only=True)
class Recorder:
    """While one transaction is under way, what comes meanwhile is gathered for the next.

    ``more`` says whether something may have come into the outbox by what was recorded; ``expected`` is how many sends
    are about to end.
    """

    store: Store
    registry: Registry
    composer: Composer
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    meter: Meter
    failpoint: Callable[[str], None]
    expected: Callable[[], int]
    more: bool = False
    _waiting: list[Came] = field(default_factory=list)

    def add(self, came: Came) -> None:
        self._waiting.append(came)

    @property
    def has_some(self) -> bool:
        return bool(self._waiting)

    async def record_all(self) -> None:
        """Until nothing is left; what cannot be recorded is given up, and will be resolved."""
        while self._waiting:
            if self.expected() and len(self._waiting) < _AT_ONCE:
                await asyncio.sleep(_GATHERED)
            self.failpoint("before record")
            await self._record(self._next_batch())

    def _next_batch(self) -> Sequence[Came]:
        organization = self._waiting[0].delivery.organization
        batch = [came for came in self._waiting if came.delivery.organization == organization][:_AT_ONCE]
        taken = {id(came) for came in batch}
        self._waiting = [came for came in self._waiting if id(came) not in taken]
        return batch

    async def _record(self, batch: Sequence[Came]) -> None:
        try:
            await self._patiently(batch, self._follow)
        except Exception as error:  # noqa: BLE001 - the edge: what follows from one must not stop the others
            if len(batch) > 1:
                for came in batch:
                    await self._record([came])
                return
            log_failure(batch[0].delivery, error)
            await self._alone(batch)

    async def _alone(self, batch: Sequence[Came]) -> None:
        """The outcome without what should have followed from it."""
        try:
            await self._patiently(batch, _nothing_follows)
        except Exception as error:  # noqa: BLE001 - the edge: it counts as unknown when its lease runs out
            log_failure(batch[0].delivery, error)

    async def _patiently(self, batch: Sequence[Came], follow: _Follow) -> None:
        for wait in _WAITS:
            if wait:
                await asyncio.sleep(wait)
            try:
                await self._written(batch, follow)
            except (Busy, Stale):
                continue
            return
        for came in batch:
            log.error("delivery not recorded", extra={"delivery": came.delivery.id})

    async def _written(self, batch: Sequence[Came], follow: _Follow) -> None:
        """The outcomes and what follows from them, together or not at all."""
        more = False
        async with self.store.write(batch[0].delivery.organization) as tx:
            kept = await tx.deliveries.record_all([(came.delivery, came.outcome) for came in batch])
            for came in batch:
                if came.delivery.id in kept:
                    more = await follow(tx, came) or more
        self.more = self.more or more
        for came in batch:
            if not came.outcome.given_back:
                self.tell(came, kept=came.delivery.id in kept)

    def tell(self, came: Came, *, kept: bool = True) -> None:
        """The log and, if this is what is recorded, the meter; neither hears a word of the message."""
        delivery, outcome = came.delivery, came.outcome
        facts = {"delivery": delivery.id, "kind": delivery.kind.value, "state": outcome.state.value}
        counted = came.counts_as or _counted_as(outcome)
        log.info("delivery", extra={**facts, "counts_as": counted, "error": outcome.error, "kept": kept})
        if kept:
            late = (self.now() - delivery.due_at).total_seconds()
            self.meter.delivered(delivery.kind.value, counted, late=late)

    async def _follow(self, tx: Transaction, came: Came) -> bool:
        """An account is lost, or a feature is told that this one arrived, or that its recipient can never get it."""
        delivery = came.delivery
        if came.lost is not None:
            await lose(tx, came.lost, Loss(now=self.now(), new_id=self.new_id))
            return True
        if came.card is not None and delivery.kind in self.registry.sents:
            turn, is_known = await self.composer.turn_for(tx, delivery)
            if is_known:
                await self.registry.sents[delivery.kind](turn, delivery, came.card)
        if came.outcome.state is not DeliveryState.rejected or delivery.kind not in self.registry.returns:
            return False
        turn, _ = await self.composer.turn_for(tx, delivery)
        await self.registry.returns[delivery.kind](turn, delivery)
        return True


def _counted_as(outcome: Outcome) -> str:
    if outcome.state is DeliveryState.pending:
        return "retried"
    return EXPIRED if outcome.error == EXPIRED else outcome.state.value


async def _nothing_follows(_tx: Transaction, _came: Came) -> bool:
    return False
