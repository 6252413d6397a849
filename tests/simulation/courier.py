"""Brings people's inputs to a replica as the platforms do: again when it does not answer, and twice at times."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol, TypeVar

from bot.actions import Action
from bot.engine import Engine, Input
from bot.entered import Entered, Value
from bot.model.people import Account
from bot.views import Form, Notice, View
from tests.simulation.books import Inputs
from tests.simulation.faults import Fault, Faults
from tests.simulation.mortal import Replica

T = TypeVar("T")
PATIENCE = 5.0
"""After so many seconds without an answer the platform sends the input again."""

TRIES = 12
PRESSES = 5
"""So often people press again when they read that it did not work."""


class Reachable(Protocol):
    """A replica that takes inputs."""

    @property
    def replica(self) -> Replica: ...
    @property
    def engine(self) -> Engine: ...


@dataclass
class Courier:
    """``live`` are the replicas that are up; ``rings`` tells that something may have become due."""

    live: Callable[[], Sequence[Reachable]]
    faults: Faults
    chance: random.Random
    inputs: Inputs
    rings: Callable[[], None]
    keys: "count[int]" = field(default_factory=count)
    under_way: dict["asyncio.Task[Any]", None] = field(default_factory=dict)

    async def brings(self, account: Account, action: Action, values: Mapping[str, Value]) -> View | None:
        """What was answered; None when all the replicas stayed silent. A press that did not work is made again."""
        view: View | None = None
        for _ in range(PRESSES):
            given = Input(account=account, key=f"event {next(self.keys)}", entered=Entered(dict(values)))
            view = await self._once(given, action)
            if view is None or is_done(view) or isinstance(view, Form):
                break
            await asyncio.sleep(self.chance.uniform(2, 20))
        return view

    async def _once(self, given: Input, action: Action) -> View | None:
        self.inputs.given += 1
        if self.faults.comes(self.faults.rates.reordered):
            self.faults.hits_all(Fault.reordered, lasting=0)
            await asyncio.sleep(self.faults.between(5, 60))
        view = await self._answered(given, action)
        self.inputs.acknowledged += is_done(view)
        self.inputs.unanswered += view is None
        return view

    async def _answered(self, given: Input, action: Action) -> View | None:
        """Doubled inputs come at once, or a minute or five after they were answered: that got lost on its way."""
        if not self.faults.comes(self.faults.rates.doubled):
            return await self._until_answered(given, action)
        self.faults.hits_all(Fault.doubled, lasting=0)
        wait = self.faults.chance.choice([0, 0, 60, 300])
        if not wait:
            views = await asyncio.gather(*(self._until_answered(given, action) for _ in range(2)))
            return _best(views)
        view = await self._until_answered(given, action)
        if is_done(view):
            _ = self.keeps(asyncio.create_task(self._later(wait, given, action)))
        return view

    async def _later(self, wait: float, given: Input, action: Action) -> None:
        await asyncio.sleep(wait)
        await self._until_answered(given, action)

    async def _until_answered(self, given: Input, action: Action) -> View | None:
        """What was answered first; when that was no, also what comes of those that were given up."""
        attempts: list[asyncio.Task[View]] = []
        for _ in range(TRIES):
            live = self.live()
            if live:
                chosen = self.faults.chance.choice(live)
                attempts.append(self.keeps(chosen.replica.begins(chosen.engine.act(given, action))))
                await asyncio.wait([attempts[-1]], timeout=PATIENCE)
                self.rings()
                if attempts[-1].done() and not attempts[-1].cancelled():
                    break
            await asyncio.sleep(self.faults.between(0.5, 5))
        answers = [one.result() for one in attempts if one.done() and not one.cancelled()]
        if not is_done(_best(answers)) and attempts:
            await asyncio.wait(attempts)
            answers = [one.result() for one in attempts if not one.cancelled()]
        return _best(answers)

    def keeps(self, task: "asyncio.Task[T]") -> "asyncio.Task[T]":
        """A loop alone does not keep its tasks."""
        self.under_way[task] = None
        task.add_done_callback(lambda done: self.under_way.pop(done, None))
        return task


def is_done(view: View | None) -> bool:
    """Whether it did what was wanted."""
    return view is not None and not (isinstance(view, Notice) and view.problem) and not _has_errors(view)


def _best(views: Sequence[View | None]) -> View | None:
    """One that says yes, if any does."""
    return next((view for view in views if is_done(view)), views[-1] if views else None)


def _has_errors(view: View) -> bool:
    return isinstance(view, Form) and bool(view.errors)
