"""What befalls replicas: they die, freeze, lose their leases, and find the database busy; others take their place."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bot.model.ids import WorkspaceId
from bot.ports import Busy
from tests.simulation.faults import Fault, Faults
from tests.simulation.mortal import HERE, Killed, Replica, at_the_database
from tests.simulation.node import Node, Outside

CRASHED = "replica crashed by itself"
PATIENCE = 2.0
RECOVERY = 60.0
"""Seconds after the end of a fault in which what comes late may still be its doing."""


@dataclass
class Mischief:
    """Keeps so many replicas running, whatever it does to them."""

    outside: Outside
    faults: Faults
    replicas: int
    live: list[Node] = field(default_factory=list)
    lives: dict["asyncio.Task[None]", None] = field(default_factory=dict)
    busy_until: float = 0.0
    started: int = 0
    is_over: bool = False

    def begins(self) -> None:
        """From now on it is everywhere."""
        database: Any = self.outside.store._database
        database.write = at_the_database(database.write, self.at_transaction)
        database._failpoint = self.at_commit
        for platform in self.outside.messengers.values():
            platform.upset = self.on_send
        for _ in range(self.replicas):
            self._starts()

    async def ends(self) -> None:
        """All replicas are gone."""
        self.is_over = True
        for node in list(self.live):
            self._dies(node.replica)
        await asyncio.gather(*self.lives, return_exceptions=True)

    def _starts(self) -> None:
        if self.is_over:
            return
        self.started += 1
        node = Node.started(self.outside, Replica(f"replica {self.started}", self.breathes))
        self.live.append(node)
        self._keeps(node.replica.begins(node.lives()))

    def _keeps(self, life: "asyncio.Task[None]") -> None:
        self.lives[life] = None
        life.add_done_callback(self._ended)

    def _ended(self, life: "asyncio.Task[None]") -> None:
        self.lives.pop(life, None)
        if not life.cancelled() and life.exception() is not None:
            self.outside.meter.outcomes[CRASHED] += 1

    def _dies(self, replica: Replica) -> None:
        """Another one starts some seconds later."""
        self.live = [node for node in self.live if node.replica is not replica]
        replica.dies()
        self._renews_no_longer(replica)
        if not self.is_over:
            asyncio.get_running_loop().call_later(self.faults.between(0.5, 15), self._starts)

    # Where it strikes

    def breathes(self, replica: Replica) -> None:
        """At each await of each replica."""
        rates = self.faults.rates
        if self.faults.comes(rates.killed):
            self.faults.hits_all(Fault.killed, lasting=RECOVERY)
            self._dies(replica)
        elif not replica.inside and self.faults.comes(rates.frozen):
            self._freezes(replica)

    def _freezes(self, replica: Replica) -> None:
        """For a while; what holds the database in the meantime would hold up all, so nobody who does is frozen."""
        seconds = self.faults.between(*self.faults.rates.freeze)
        self.faults.hits_all(Fault.frozen, lasting=seconds + RECOVERY)
        replica.freezes(seconds)
        self._renews_no_longer(replica)

    def _renews_no_longer(self, replica: Replica) -> None:
        """Its leases last as long as they did when it renewed them last, whatever it meant to do."""
        now = self.outside.moments()
        until = now + timedelta(seconds=self.faults.between(20, 30))
        task = Context().run(asyncio.get_running_loop().create_task, self.outside.rows.lasts(replica.owner, until, now))
        self._keeps(task)

    async def at_transaction(self, replica: Replica) -> None:
        """Before each of a replica's transactions that may write."""
        if replica.is_frozen:
            await asyncio.sleep(0)  # here it stops, and not with the database in its hands
        if replica.dead:
            raise Killed
        if self.faults.comes(self.faults.rates.busy):
            seconds = self.faults.between(0.5, 15)
            self.faults.hits_all(Fault.busy, lasting=seconds + RECOVERY)
            self.busy_until = self.faults.time() + seconds
        if self.faults.time() < self.busy_until:
            await asyncio.sleep(PATIENCE)
            raise Busy("simulated")

    def at_commit(self, place: str) -> None:
        """A failpoint of the store: a dead process commits nothing, and others fail before or die after it."""
        replica = HERE.get()
        if replica is None:
            return
        if replica.dead:
            raise Killed
        rates = self.faults.rates
        if place == "before commit" and self.faults.comes(rates.uncommitted):
            self.faults.hits_all(Fault.uncommitted, lasting=RECOVERY)
            raise Busy("simulated")
        if place == "after commit" and self.faults.comes(rates.killed_after_commit):
            self.faults.hits_all(Fault.killed_after_commit, lasting=RECOVERY)
            self._dies(replica)
            raise Killed
        if place == "after commit" and replica.inside == 1 and self.faults.comes(rates.frozen_after_commit):
            self._freezes(replica)

    def on_send(self, workspace: WorkspaceId) -> None:
        """When something is being sent there."""
        if self.faults.comes(self.faults.rates.lease_lost):
            self.faults.hits_all(Fault.lease_lost, lasting=RECOVERY)
            self._keeps(Context().run(asyncio.get_running_loop().create_task, self._gives_away(workspace)))

    async def _gives_away(self, workspace: WorkspaceId) -> None:
        """The workspace to another replica, while who sends there believes that it is theirs."""
        await asyncio.sleep(self.faults.between(0, 2))
        others = self._others(workspace)
        if not others:
            return
        statement = text("UPDATE sender_lease SET owner = :owner, fence = fence + 1 WHERE workspace = :workspace")
        async with self.outside.store._database.write() as connection:
            await connection.execute(statement, {"owner": self.faults.chance.choice(others), "workspace": workspace})

    def _others(self, workspace: WorkspaceId) -> Sequence[str]:
        owner = dict(self.outside.rows.senders()).get(workspace)
        return [node.replica.owner for node in self.live if node.replica.owner != owner]
