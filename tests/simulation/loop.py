"""An event loop in which time passes only when nobody has anything to do, and then at once.

Everything happens in one thread and in one order: the same program gives the same run each time.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
DISK_SECONDS = 0.001
"""How long what is given to a thread takes, so that others come in between."""


class _Skipping(selectors.SelectSelector):
    """Instead of waiting it lets the time pass."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """``time()`` begins at 0; what is given to a thread is done here, but ends a moment later."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now

    def run_in_executor(self, _executor: object, work: Callable[[*Ts], T], *args: *Ts) -> "asyncio.Future[T]":
        future: asyncio.Future[T] = self.create_future()
        try:
            found = work(*args)
        except Exception as error:  # noqa: BLE001 - it is raised where the outcome is awaited
            self.call_later(DISK_SECONDS, _fail, future, error)
        else:
            self.call_later(DISK_SECONDS, _end, future, found)
        return future


def run(main: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def _end(future: "asyncio.Future[T]", found: T) -> None:
    if not future.done():
        future.set_result(found)


def _fail(future: "asyncio.Future[Any]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
