"""Replicas that die or freeze at any await: each of their tasks is driven step by step.

Which replica a task belongs to is told by its context, so it holds for the tasks that the product itself begins.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import Context, ContextVar, copy_context
from inspect import CORO_CREATED, getcoroutinestate
from types import CoroutineType
from typing import Any, TypeVar

T = TypeVar("T")
STUBBORN = 50
"""So many times a task may go on after its death, to let go of locks; a dead process has none."""


class Killed(asyncio.CancelledError):
    """The process of this task is dead: no handler of the product may do anything any more.

    It is a cancellation, so that what all replicas share in this one process (asyncio's locks) is let go of.
    """


class Replica:
    """One process: its tasks, and whether they still run.

    ``breathes`` is asked at each await of each task and may let it die or freeze. ``inside`` counts its tasks that hold
    the database or wait for it.
    """

    def __init__(self, owner: str, breathes: Callable[["Replica"], None]) -> None:
        self.owner = owner
        self.breathes = breathes
        self.tasks: dict[asyncio.Task[Any], None] = {}  # in their order, which a set has not
        self.dead = False
        self.frozen_until = 0.0
        self.inside = 0

    def dies(self) -> None:
        """All its tasks end where they are."""
        self.dead, self.frozen_until = True, 0.0
        for task in list(self.tasks):
            task.cancel()

    def freezes(self, seconds: float) -> None:
        """None of its tasks goes on for so long; then all do, as if nothing had been."""
        self.frozen_until = asyncio.get_running_loop().time() + seconds

    @property
    def is_frozen(self) -> bool:
        return asyncio.get_running_loop().time() < self.frozen_until

    def begins(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """A task of this process."""
        context = copy_context()
        context.run(HERE.set, self)
        return asyncio.get_running_loop().create_task(work, context=context)


HERE: ContextVar[Replica | None] = ContextVar("replica", default=None)


class _Mortal(Coroutine[Any, Any, T]):
    """A coroutine of a replica."""

    def __init__(self, work: Coroutine[Any, Any, T], replica: Replica) -> None:
        self._work = work
        self._replica = replica
        self._held_back: BaseException | None = None
        self._after_death = 0
        self._begun = False

    def send(self, _value: object) -> Any:
        return self._goes_on(None)

    def throw(self, error: Any, *_: Any) -> Any:
        return self._goes_on(error if isinstance(error, BaseException) else error())

    def close(self) -> None:
        self._work.close()

    def __await__(self) -> Generator[Any, Any, T]:
        raise NotImplementedError("a task's coroutine is not awaited")

    def _goes_on(self, error: BaseException | None) -> Any:
        self._held_back = error or self._held_back
        if self._begun and not self._replica.dead and not self._replica.is_frozen:
            self._replica.breathes(self._replica)
        if self._replica.dead and not self._begun:
            _close_unbegun(self._work)
        self._begun = True
        if self._replica.dead:
            return self._dies()
        if self._replica.is_frozen:
            return self._thaw()
        error, self._held_back = self._held_back, None
        return self._work.send(None) if error is None else self._work.throw(error)

    def _dies(self) -> Any:
        self._after_death += 1
        if self._after_death > STUBBORN:
            self._work.close()
            raise Killed
        return self._work.throw(Killed())

    def _thaw(self) -> "asyncio.Future[None]":
        """What the task waits for instead, as ``await`` would hand it over."""
        loop = asyncio.get_running_loop()
        thawed: asyncio.Future[None] = loop.create_future()
        loop.call_at(self._replica.frozen_until, _thaw, thawed)
        thawed._asyncio_future_blocking = True
        return thawed


def _close_unbegun(work: Coroutine[Any, Any, Any]) -> None:
    """What it would have awaited never begins either, and Python need not be told that this is no mistake."""
    frame = work.cr_frame if isinstance(work, CoroutineType) else None
    for held in frame.f_locals.values() if frame else ():
        if isinstance(held, CoroutineType) and getcoroutinestate(held) == CORO_CREATED:
            held.close()


def _thaw(thawed: "asyncio.Future[None]") -> None:
    if not thawed.done():
        thawed.set_result(None)


def mortal_tasks(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
    context: Context | None = None,
) -> "asyncio.Task[Any]":
    """A task factory: what a replica begins is its own."""
    replica = (context or copy_context()).get(HERE)
    assert isinstance(work, Coroutine), "nothing here is made of generators"
    if replica is None:
        return asyncio.Task(work, loop=loop, context=context)
    task = asyncio.Task(_Mortal(work, replica), loop=loop, context=context)
    replica.tasks[task] = None
    task.add_done_callback(lambda done: replica.tasks.pop(done, None))
    return task


def at_the_database(
    write: Callable[..., AbstractAsyncContextManager[T]], enters: Callable[[Replica], Awaitable[None]]
) -> Callable[..., AbstractAsyncContextManager[T]]:
    """The same transactions; ``enters`` is asked before each, and the replica is known to be at it."""

    @asynccontextmanager
    async def watched(**patience: Any) -> Any:
        replica = HERE.get()
        if replica is None:
            async with write(**patience) as connection:
                yield connection
            return
        await enters(replica)
        replica.inside += 1
        try:
            async with write(**patience) as connection:
                yield connection
        finally:
            replica.inside -= 1

    return watched
