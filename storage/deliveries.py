"""The outbox, as a participant's action sees it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from bot.model.delivery import ANYWHERE, EXPIRED, UNREACHABLE, UNWANTED, Delivery, DeliveryKind, DeliveryState, Outcome
from bot.model.ids import DeliveryId, PersonId
from storage.nouns import DELIVERY
from storage.rows import Rows, Scope

_delivery = DELIVERY.table.c
_LIKE = ("subject", "recipient", "kind", "offset")
"""The columns by which there is one delivery only."""


class Deliveries:
    def __init__(self, scope: Scope) -> None:
        self._deliveries = Rows(scope, DELIVERY)

    async def plan(self, delivery: Delivery) -> DeliveryState:
        like = {name: getattr(delivery, name) for name in _LIKE}
        there = await self._deliveries.at(**like)
        if there is not None and there.state is not DeliveryState.dropped:
            return there.state
        if await self._deliveries.add_unless_there(delivery) or await self._revive(delivery):
            return DeliveryState.pending
        there = await self._deliveries.at(**like)
        assert there is not None, "a delivery was refused, though none is like it: ids are never used twice"
        return there.state

    async def plan_all(self, deliveries: Sequence[Delivery]) -> None:
        await self._deliveries.add_missing(deliveries)

    async def arrange(self, subject: str, kinds: Iterable[DeliveryKind], wanted: Sequence[Delivery]) -> int:
        open_ones = (_delivery.subject == subject, _delivery.kind.in_(tuple(kinds)), _delivery.snoozed_from.is_(None))
        pending = await self._deliveries.all(_delivery.state == DeliveryState.pending, *open_ones)
        fresh = {_place(delivery): delivery for delivery in wanted}
        for there in pending:
            if (meant := fresh.get(_place(there))) is not None:
                await self._put_off(there, meant)
        known = {_place(there) for there in pending}
        for place, delivery in fresh.items():
            if place not in known and delivery.due_at >= delivery.planned_at:
                await self.plan(delivery)
        unwanted = [there.id for there in pending if _place(there) not in fresh]
        return await self._withdraw(unwanted)

    async def _put_off(self, there: Delivery, meant: Delivery) -> None:
        if (there.due_at, there.expires_at) == (meant.due_at, meant.expires_at):
            return
        times = {"due_at": meant.due_at, "expires_at": meant.expires_at}
        await self._deliveries.change(times, _delivery.id == there.id, _delivery.state == DeliveryState.pending)

    async def _withdraw(self, deliveries: Sequence[DeliveryId]) -> int:
        if not deliveries:
            return 0
        gone = {"state": DeliveryState.dropped, "last_error": UNWANTED}
        return await self._deliveries.change(
            gone, _delivery.id.in_(deliveries), _delivery.state == DeliveryState.pending
        )

    async def get(self, delivery: DeliveryId) -> Delivery | None:
        return await self._deliveries.at(id=delivery)

    async def record(self, delivery: Delivery, outcome: Outcome) -> bool:
        return delivery.id in await self.record_all([(delivery, outcome)])

    async def record_all(self, results: Sequence[tuple[Delivery, Outcome]]) -> frozenset[DeliveryId]:
        held = await self._held([delivery.id for delivery, _ in results])
        kept = [(delivery, outcome) for delivery, outcome in results if _claim_of(delivery) == held.get(delivery.id)]
        await self._deliveries.change_each(_RECORDED, [_row(delivery, outcome) for delivery, outcome in kept])
        return frozenset(delivery.id for delivery, _ in kept)

    async def _held(self, deliveries: Sequence[DeliveryId]) -> Mapping[DeliveryId, tuple[object, ...]]:
        """By whom each is claimed, for the how-manieth time; locked, in an order in which nobody waits for another."""
        claimed = _delivery.state.in_((DeliveryState.sending, DeliveryState.unknown))
        query = self._deliveries.select(_delivery.id.in_(deliveries), claimed).order_by(_delivery.id)
        return {there.id: _claim_of(there) for there in await self._deliveries.listed(query.with_for_update())}

    async def given_up(self, recipient: PersonId, *, since: datetime) -> Sequence[Delivery]:
        lately = (_delivery.recipient == recipient, _delivery.due_at >= since)
        return await self._deliveries.all(*lately, _never_arrived(), by=(_delivery.due_at, _delivery.id))

    async def release(self, recipient: PersonId) -> None:
        waiting = (_delivery.state == DeliveryState.pending, _delivery.last_error == UNREACHABLE)
        await self._deliveries.change({"next_attempt_at": None}, *waiting, _delivery.recipient == recipient)

    async def _revive(self, delivery: Delivery) -> bool:
        """Make the dropped one pending again under the id it had; its fence keeps out those who held it before."""
        dropped = _delivery.state == DeliveryState.dropped
        return await self._deliveries.change(_anew(delivery), dropped, *_like(delivery)) == 1


def _place(delivery: Delivery) -> tuple[object, ...]:
    """By which it is known among those of its subject."""
    return delivery.recipient, delivery.kind, delivery.offset


def _never_arrived() -> ColumnElement[bool]:
    """It was refused, its time was over though it had been tried, or nobody will ever know."""
    in_vain = and_(_delivery.state == DeliveryState.dropped, _delivery.last_error == EXPIRED, _delivery.attempts > 0)
    unresolved = and_(_delivery.state == DeliveryState.unknown, _delivery.next_attempt_at.is_(None))
    return or_(_delivery.state == DeliveryState.rejected, in_vain, unresolved)


_RECORDED = (
    *("state", "external_id", "last_error", "next_attempt_at", "via", "doubts", "attempts"),
    *("lease_owner", "lease_until"),
)
"""What is written of an outcome; nobody has a claim any more then."""


def _claim_of(delivery: Delivery) -> tuple[object, ...]:
    return delivery.fence, delivery.lease_owner


def _row(delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    was_sending = delivery.state is DeliveryState.sending
    newly_doubtful = was_sending and outcome.state is DeliveryState.unknown
    return {
        "id": delivery.id,
        "state": outcome.state,
        "external_id": outcome.external_id,
        "last_error": outcome.error,
        "next_attempt_at": outcome.next_attempt_at,
        "via": delivery.via if outcome.via is None else outcome.via,
        # What the release before this one left unknown was not counted as a doubt yet.
        "doubts": delivery.doubts + newly_doubtful if was_sending else max(1, delivery.doubts),
        "attempts": delivery.attempts - (was_sending and outcome.given_back),
        "lease_owner": None,
        "lease_until": None,
    }


def _like(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    return tuple(_delivery[name] == getattr(delivery, name) for name in _LIKE)


def _anew(delivery: Delivery) -> dict[str, Any]:
    return {
        "state": DeliveryState.pending,
        "planned_at": delivery.planned_at,
        "due_at": delivery.due_at,
        "expires_at": delivery.expires_at,
        "workspace": delivery.workspace,
        "attempts": 0,
        "next_attempt_at": None,
        "lease_owner": None,
        "lease_until": None,
        "last_error": None,
        "via": ANYWHERE,
        "doubts": 0,
    }
