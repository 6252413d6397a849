"""Replicas agree upon the time of their database, and a clock that jumps is noticed."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock, steady
from adapters.watch import Watch
from bot.ports import Busy

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Machine(SystemClock):
    """A machine whose clock is set by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON

    def by_machine(self) -> datetime:
        return self.at


@dataclass
class Scene:
    """A machine and its database, whose clocks go as a test says."""

    machine: Machine = field(default_factory=Machine)
    passed: float = 100.0
    slow_by: timedelta = timedelta()
    answers_after: float = 0.02
    asked: int = 0
    jumps: int = 0
    busy: bool = False

    def passes(self, seconds: float, *, jump: float = 0.0) -> None:
        self.passed += seconds
        self.machine.at += timedelta(seconds=seconds + jump)

    async def moment(self) -> datetime:
        self.asked += 1
        if self.busy:
            raise Busy
        answered = self.machine.at + timedelta(seconds=self.answers_after / 2) + self.slow_by
        self.passes(self.answers_after)
        return answered

    async def jumped(self) -> None:
        self.jumps += 1
        if self.busy:
            raise Busy

    def watch(self, *, shared: bool = True) -> Watch:
        moment: Callable[[], Awaitable[datetime]] | None = self.moment if shared else None
        return Watch(clock=self.machine, steady=lambda: self.passed, moment=moment, jumped=self.jumped)


async def test_a_slow_machine_goes_by_the_clock_of_the_database() -> None:
    scene = Scene(slow_by=timedelta(seconds=3))
    await scene.watch().look()
    assert abs(scene.machine.now() - scene.machine.at - timedelta(seconds=3)) < timedelta(milliseconds=1)


async def test_the_clocks_are_compared_once_a_minute() -> None:
    scene = Scene()
    watch = scene.watch()
    for _ in range(120):
        await watch.look()
        scene.passes(1)
    assert scene.asked == 2


async def test_an_answer_that_takes_long_says_nothing() -> None:
    scene = Scene(slow_by=timedelta(seconds=30), answers_after=3)
    await scene.watch().look()
    assert scene.machine.offset == timedelta()


async def test_a_busy_database_is_asked_again() -> None:
    scene = Scene(slow_by=timedelta(seconds=30), busy=True)
    watch = scene.watch()
    await watch.look()
    assert scene.machine.offset == timedelta()
    scene.busy = False
    await watch.look()
    assert scene.machine.offset > timedelta(seconds=29)


async def test_who_has_the_database_alone_asks_nobody() -> None:
    scene = Scene(slow_by=timedelta(seconds=3))
    await scene.watch(shared=False).look()
    assert (scene.asked, scene.machine.offset) == (0, timedelta())


@pytest.mark.parametrize("jump", [3600.0, -3600.0, 31.0])
async def test_a_clock_that_was_set_is_noticed_and_told(caplog: pytest.LogCaptureFixture, jump: float) -> None:
    scene = Scene()
    watch = scene.watch(shared=False)
    await watch.look()
    scene.passes(1, jump=jump)
    with caplog.at_level(logging.WARNING, "oneonone.clock"):
        await watch.look()
    (line,) = [vars(record) for record in caplog.records]
    assert (scene.jumps, line["msg"], line["seconds"]) == (1, "clock jumped", jump)
    scene.passes(1)
    await watch.look()
    assert scene.jumps == 1


async def test_a_small_correction_is_no_jump() -> None:
    scene = Scene()
    watch = scene.watch(shared=False)
    for _ in range(20):
        await watch.look()
        scene.passes(1, jump=2)
    assert scene.jumps == 0


async def test_a_machine_that_slept_did_not_jump() -> None:
    scene = Scene()
    watch = scene.watch(shared=False)
    await watch.look()
    scene.passes(8 * 3600)
    await watch.look()
    assert scene.jumps == 0


async def test_a_jump_while_the_database_is_busy_is_survived() -> None:
    scene = Scene(busy=True)
    watch = scene.watch(shared=False)
    await watch.look()
    scene.passes(1, jump=60)
    await watch.look()
    assert scene.jumps == 1


def test_steady_seconds_pass() -> None:
    assert steady() <= steady()
