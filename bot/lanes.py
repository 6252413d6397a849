"""The workspaces in which this process is the one who sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf

from bot.lane import Lane
from bot.model.delivery import ANYWHERE
from bot.model.ids import WorkspaceId
from bot.pace import UNLIMITED, Limits, Pace
from bot.ports import Messenger, Outbox

LEASE = timedelta(seconds=30)
RENEWED = 10.0
"""Seconds after which a lease is renewed; who has none asks for it twice as often."""


@dataclass(kw_only=True)
class Lanes:
    """``open`` are those that are ours, as far as we know."""

    outbox: Outbox
    owner: str
    alone: bool
    paced: bool
    steady: Callable[[], float]
    open: dict[WorkspaceId, Lane] = field(default_factory=dict)
    _connected: frozenset[WorkspaceId] = frozenset()
    _asked_at: float = -inf

    async def take(self, connected: Mapping[WorkspaceId, Messenger]) -> None:
        """Keep what is ours and take what is free of these, when it is time to ask; raises Busy."""
        for gone in self.open.keys() - connected.keys():
            del self.open[gone]
        moment = self.steady()
        patience = RENEWED if connected.keys() == self.open.keys() else RENEWED / 2
        if moment < self._asked_at + patience and connected.keys() == self._connected:
            return
        self._asked_at, self._connected = moment, frozenset(connected)
        held = await self.outbox.hold(tuple(connected), owner=self.owner, lease=LEASE, alone=self.alone)
        for lost in self.open.keys() - held.keys():
            del self.open[lost]
        for workspace, fence in held.items():
            if workspace not in self.open:
                self.open[workspace] = self._new(workspace, connected[workspace].limits)
            lane = self.open[workspace]
            lane.fence, lane.until = fence, moment + LEASE.total_seconds()

    async def let_go(self) -> None:
        """Leave all to others at once; raises Busy."""
        if self.open:
            self.open.clear()
            await self.outbox.let_go(owner=self.owner)

    @property
    def under_way(self) -> int:
        """Sends that have not ended."""
        return sum(lane.under_way for lane in self.open.values())

    def of(self, via: str) -> Sequence[Lane]:
        """The ones into which what waits there may go."""
        return [lane for lane in self.open.values() if via in (ANYWHERE, lane.workspace)]

    def room(self, via: str) -> int:
        """How many of what waits there may be sent now."""
        return sum(lane.room() for lane in self.of(via))

    async def has_room_again(self, via: str) -> bool:
        """Whether there was none only because of sends under way; some of these have ended then."""
        full = [lane for lane in self.of(via) if lane.is_full]
        for lane in full:
            await lane.half_empty()
        return bool(full)

    def _new(self, workspace: WorkspaceId, limits: Limits) -> Lane:
        limits = limits if self.paced else UNLIMITED
        return Lane(
            workspace=workspace,
            pace=Pace(limits, self.steady),
            looks=Pace(Limits(limits.looks, limits.looks_at_once), self.steady),
            steady=self.steady,
        )
