from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import MovableClock, SystemClock, new_id, new_key


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
    assert SystemClock().now().tzinfo is UTC


def test_a_moved_clock_runs_ahead_by_the_sum_of_its_steps() -> None:
    clock = MovableClock()
    clock.advance(timedelta(hours=1))
    clock.advance(timedelta(days=1))
    assert clock.ahead == timedelta(hours=25)
    assert timedelta() <= clock.now() - datetime.now(UTC) - clock.ahead + timedelta(seconds=5) <= timedelta(seconds=5)


def test_a_reset_clock_tells_the_present() -> None:
    clock = MovableClock()
    clock.advance(timedelta(days=400))
    clock.reset()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_clock_refuses_to_run_back() -> None:
    with pytest.raises(ValueError, match="forward only"):
        MovableClock().advance(timedelta(seconds=-1))


def test_an_id_is_16_bytes_in_22_characters_that_need_no_escaping() -> None:
    made = new_id()
    assert len(made) == 22
    assert len(urlsafe_b64decode(made + "==")) == 16
    assert made.replace("-", "").replace("_", "").isalnum()


def test_ids_and_keys_do_not_repeat() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert len({new_key() for _ in range(100)}) == 100


def test_a_key_has_32_bytes() -> None:
    assert len(new_key()) == 32
