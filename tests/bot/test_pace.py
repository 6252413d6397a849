"""A pace never exceeds what a platform takes, loses nothing of it, slows down when told to, and recovers."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import UNLIMITED, Limits, Pace

LIMITS = st.builds(
    Limits,
    per_second=st.floats(0.5, 50),
    at_once=st.floats(1, 50),
)


@dataclass
class Steady:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def _sent(pace: Pace, steady: Steady, seconds: float) -> int:
    """How many go out when as many as possible are sent every second."""
    sent, until = 0, steady.at + seconds
    while steady.at < until:
        while pace.take("somebody"):
            sent += 1
        steady.at += 1
    return sent


@given(limits=LIMITS, steps=st.lists(st.tuples(st.floats(0, 5), st.integers(0, 60)), max_size=40))
def test_no_stretch_of_time_takes_more_than_the_limit(limits: Limits, steps: list[tuple[float, int]]) -> None:
    steady = Steady()
    pace = Pace(limits, steady)
    times: list[float] = []
    for passed, wanted in steps:
        steady.at += passed
        times += [steady.at for _ in range(wanted) if pace.take("somebody")]
    for first, start in enumerate(times):
        for last in range(first, len(times)):
            allowed = limits.at_once + limits.per_second * (times[last] - start)
            assert last - first + 1 <= allowed + 1e-6


@given(limits=st.builds(Limits, per_second=st.floats(1, 50), at_once=st.floats(51, 60)))
def test_nothing_of_the_limit_is_lost_to_whoever_comes_every_second(limits: Limits) -> None:
    steady = Steady()
    assert _sent(Pace(limits, steady), steady, 200) >= limits.at_once + limits.per_second * 199 - 1


@given(limits=LIMITS, after=st.floats(0.1, 120))
def test_nothing_goes_while_the_platform_does_not_listen(limits: Limits, after: float) -> None:
    steady = Steady()
    pace = Pace(limits, steady)
    pace.refused(after)
    steady.at += after * 0.999
    assert not pace.take("somebody")
    steady.at += after * 0.002 + 1 / (limits.per_second * 0.5)
    assert pace.take("somebody")


def test_an_unlimited_pace_waits_when_it_is_told_to() -> None:
    steady = Steady()
    pace = Pace(UNLIMITED, steady)
    assert pace.allowance() == math.inf
    pace.refused(5)
    assert not pace.take("somebody")
    steady.at += 5
    assert pace.take("somebody")


def test_a_refusal_slows_down_once_however_many_were_under_way() -> None:
    steady = Steady()
    pace = Pace(Limits(10, 10), steady)
    for _ in range(20):
        pace.refused(3)
    assert pace.rate == pytest.approx(8)
    steady.at += 3
    pace.refused(3)
    assert pace.rate == pytest.approx(6.4)


def test_a_refused_pace_recovers() -> None:
    steady = Steady()
    pace = Pace(Limits(10, 10), steady)
    for _ in range(100):
        pace.refused(1)
        steady.at += 1
    assert pace.rate == pytest.approx(0.2, rel=0.6)
    steady.at += 600
    pace.allowance()
    assert pace.rate == 10


@given(real=st.floats(0.3, 0.95))
def test_a_platform_that_takes_less_than_we_think_is_used_well(real: float) -> None:
    """It refuses for two seconds whenever more comes than it takes."""
    steady = Steady()
    pace, platform = Pace(Limits(10, 10), steady), Pace(Limits(10 * real, 12), steady)
    accepted = 0
    for _ in range(2000):
        while pace.take("somebody"):
            if not platform.take("somebody"):
                pace.refused(2)
                break
            accepted += 1
        steady.at += 1
    assert accepted >= 0.7 * 10 * real * 2000


def test_one_recipient_does_not_keep_another_waiting() -> None:
    steady = Steady()
    pace = Pace(Limits(10, 10, apart=1), steady)
    assert pace.take("one")
    assert not pace.take("one")
    assert pace.take("other")
    steady.at += 1
    assert pace.take("one")


def test_recipients_of_long_ago_are_forgotten() -> None:
    steady = Steady()
    pace = Pace(Limits(math.inf, math.inf, apart=1), steady)
    for number in range(5000):
        steady.at += 0.01
        pace.take(f"recipient {number}")
    assert len(pace._lately) < 1500
