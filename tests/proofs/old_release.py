"""What the release before this one asked of the outbox (its schema was 0004), as statements: no history is needed.

While replicas are replaced one by one, both releases share one database that has this release's schema.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from bot.model.delivery import EXPIRED, UNREACHABLE, Delivery, DeliveryState
from bot.model.ids import DeliveryId, PersonId

LEASE = timedelta(seconds=60)
BATCH = 10
_PLAN = """
    INSERT INTO delivery (organization, id, workspace, recipient, kind, subject, "offset", planned_at, due_at,
        expires_at, state, attempts, next_attempt_at, lease_owner, lease_until, fence, external_id, last_error,
        snoozed_from)
    VALUES ($1, $2, NULL, $3, $4, $5, $6, $7, $8, $9, 'pending', 0, NULL, NULL, NULL, 0, NULL, NULL, NULL)
    ON CONFLICT DO NOTHING
"""
_REVIVE = """
    UPDATE delivery SET state = 'pending', planned_at = $6, due_at = $7, expires_at = $8, workspace = NULL,
        attempts = 0, next_attempt_at = NULL, lease_owner = NULL, lease_until = NULL, last_error = NULL
    WHERE organization = $1 AND state = 'dropped' AND recipient = $2 AND kind = $3 AND subject = $4 AND "offset" = $5
"""
_DUE = """
    SELECT organization, id FROM delivery
    WHERE state = 'pending' AND due_at <= $1 AND expires_at > $1 AND (next_attempt_at IS NULL OR next_attempt_at <= $1)
    ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_CLAIM = """
    UPDATE delivery
    SET state = 'sending', attempts = attempts + 1, fence = fence + 1, lease_owner = $2, lease_until = $3
    WHERE id = ANY($1) RETURNING id, fence, recipient
"""
_RECORD = """
    UPDATE delivery SET state = $4, external_id = $5, last_error = $6, next_attempt_at = $7,
        lease_owner = NULL, lease_until = NULL
    WHERE id = $1 AND fence = $2 AND lease_owner = $3 AND state IN ('sending', 'unknown')
"""
_GIVE_UP = """
    UPDATE delivery SET state = 'unknown', lease_until = NULL
    WHERE state = 'sending' AND lease_until <= $1 RETURNING id
"""
_DROP = """
    UPDATE delivery SET state = 'dropped', last_error = $2 WHERE (organization, id) IN (
        SELECT organization, id FROM delivery WHERE state = 'pending' AND expires_at <= $1 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""
_RELEASE = """
    UPDATE delivery SET next_attempt_at = NULL WHERE state = 'pending' AND last_error = $2 AND recipient = $1
"""


@dataclass(frozen=True)
class Claimed:
    """What it had in its hands: a row, and the number under which it was its own."""

    id: DeliveryId
    fence: int


@dataclass(frozen=True)
class OldRelease:
    """One process of it; each call is a transaction of its own, leases run by the database's clock."""

    connection: Any
    owner: str = "the old release"

    async def plans(self, delivery: Delivery) -> None:
        one = delivery
        like = (one.recipient, one.kind.value, one.subject, one.offset)
        times = (one.planned_at, one.due_at, one.expires_at)
        added = await self.connection.execute(_PLAN, one.organization, one.id, *like, *times)
        if not added.endswith(" 1"):
            await self.connection.execute(_REVIVE, one.organization, *like, *times)

    async def claims(self, *, now: datetime, most: int = BATCH, lease: timedelta = LEASE) -> Sequence[Claimed]:
        async with self.connection.transaction():
            found = [row["id"] for row in await self.connection.fetch(_DUE, now, most)]
            until = await self.connection.fetchval("SELECT clock_timestamp()") + lease
            claimed = await self.connection.fetch(_CLAIM, found, self.owner, until)
        return [Claimed(DeliveryId(row["id"]), row["fence"]) for row in claimed]

    async def records(
        self,
        claimed: Claimed,
        state: DeliveryState = DeliveryState.sent,
        *,
        error: str | None = None,
        again: datetime | None = None,
    ) -> bool:
        """Whether it was still its own."""
        external_id = f"{self.owner}'s" if state is DeliveryState.sent else None
        place = (claimed.id, claimed.fence, self.owner)
        done: str = await self.connection.execute(_RECORD, *place, state.value, external_id, error, again)
        return done.endswith(" 1")

    async def expires(self, *, now: datetime) -> None:
        async with self.connection.transaction():
            await self.connection.fetch(_GIVE_UP, await self.connection.fetchval("SELECT clock_timestamp()"))
            await self.connection.fetch(_DROP, now, EXPIRED)

    async def releases(self, recipient: PersonId) -> None:
        await self.connection.execute(_RELEASE, recipient, UNREACHABLE)


@asynccontextmanager
async def old_release(url: str) -> AsyncIterator[OldRelease]:
    connection = await asyncpg.connect(url)
    try:
        yield OldRelease(connection)
    finally:
        await connection.close()
