"""Years of a company in which everything goes wrong: nothing is lost or astray, and nothing comes twice unmeant."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulation.checker import check
from tests.simulation.faults import Fault, Rates
from tests.simulation.run import TERM, Plan, Ran, simulated

TOP = Path(__file__).parents[2]
YEARS = range(10)
TERMS = 3
LEAST_DUE, LEAST_OF_EACH = 5_000, 10
"""In each of the ten years, so 50,000 deliveries and 100 of each fault in all."""

A_WHILE = Plan(seed=7, days=12, pairs=6, rates=Rates().times(6))


def _well(plan: Plan) -> tuple[Ran, Counter[str]]:
    with simulated(plan) as ran:
        verdict = check(ran)
        assert not verdict.wrongs, verdict.story()
    return ran, verdict.counted


@pytest.mark.soak
@pytest.mark.parametrize("year", YEARS)
def test_a_year_in_which_everything_goes_wrong(year: int, record_property: Callable[[str, object], None]) -> None:
    counted: Counter[str] = Counter()
    faults: Counter[str] = Counter({fault.value: 0 for fault in Fault})
    for term in range(TERMS):
        replicas = 3 if term == 0 else 2
        ran, deliveries = _well(Plan(seed=TERMS * year + term, days=TERM, replicas=replicas))
        counted += deliveries
        faults.update({fault.value: times for fault, times in ran.faults.counted.items()})
    record_property("deliveries", dict(counted))
    record_property("faults", dict(faults))
    assert counted["due"] >= LEAST_DUE
    assert min(faults.values()) >= LEAST_OF_EACH, faults


def test_a_few_weeks_in_which_everything_goes_wrong() -> None:
    ran, counted = _well(A_WHILE)
    assert counted["due"] > 100
    assert counted["agendas reckoned"] > 10
    assert ran.faults.counted.total() > 50


@pytest.mark.soak
def test_a_seed_gives_the_same_run_each_time() -> None:
    """Also in another process, where everything that is hashed comes in another order."""
    told = {_told_by_a_process(hash_seed) for hash_seed in ("1", "2")}
    assert len(told) == 1


def _told_by_a_process(hash_seed: str) -> str:
    program = "from tests.simulation.test_simulation import ledger; print(ledger())"
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=TOP, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def ledger() -> str:
    """Everything that was accepted, and when, and each row at the end."""
    with simulated(A_WHILE) as ran:
        accepted = [one for platform in ran.platforms.values() for one in platform.accepted]
        told = [f"{one.at} {one.delivery} {one.address.external_id} {one.external_id}" for one in accepted]
        return "\n".join([*told, *map(str, ran.rows.deliveries())])
