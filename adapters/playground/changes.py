"""News of what changed in the workspace, for a page that streams it and for tests that wait for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"
    WIRE = "wire"
    FAILURE = "failure"
    SOCKET = "socket"


@dataclass(frozen=True)
class Change:
    """Something looks different now: to one person, or to all when `person` is None."""

    topic: Topic
    person: str | None = None


class Changes:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Change]] = set()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Change]]:
        """A queue of every change from now on, until the block ends."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def announce(self, topic: Topic, person: str | None = None) -> None:
        for queue in self._listeners:
            queue.put_nowait(Change(topic, person))
