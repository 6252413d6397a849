"""Without any one protection the simulator finds what is wrong; with it, the same weeks are well."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import FunctionType
from typing import cast

import pytest

from bot import addressing, doubt, engine
from bot.engine import Engine
from bot.worker import Worker
from storage.deliveries import Deliveries
from tests.proofs.rules import Rule
from tests.simulation.checker import check
from tests.simulation.faults import NO_FAULTS, Rates
from tests.simulation.run import Plan, simulated

WEEKS = 20.0
LONGER_THAN_A_CLAIM = (40.0, 90.0)


@dataclass(frozen=True)
class Protection:
    """Rules that are taken out together, the faults against which they stand, and what is found without them."""

    name: str
    rules: tuple[Rule, ...]
    rates: Rates
    found: str


def rule(function: object, what: str, instead: str) -> Rule:
    return Rule(cast("FunctionType", function), what, instead)


FROZEN = replace(NO_FAULTS, frozen_after_commit=0.06, freeze=LONGER_THAN_A_CLAIM)
PROTECTIONS = [
    Protection(
        "an input is handled once",
        (
            rule(Engine._once, "seen is not None", "False"),
            rule(
                engine._mark,
                "not await turn.tx.trail.mark_seen(given.account.workspace, Seen(given.key, packed), turn.now)",
                "False",
            ),
        ),
        replace(NO_FAULTS, doubled=0.3),
        "an input was handled twice",
    ),
    Protection(
        "an outcome counts only under the newest claim",
        (rule(Deliveries.record_all, "_claim_of(delivery) == held.get(delivery.id)", "True"),),
        FROZEN,
        "twice",
    ),
    Protection(
        "nothing is sent under an old claim",
        (rule(Worker._came_of, "not lane.is_ours or self.steady() > last_moment", "False"),),
        FROZEN,
        "twice",
    ),
    Protection(
        "what is found is not sent again",
        (rule(doubt.resolve, "found is not None", "False"),),
        replace(NO_FAULTS, dropped=0.08),
        "twice",
    ),
    Protection(
        "what is in doubt is looked for",
        (rule(Worker._look, "found.doubtful", "False"),),
        replace(NO_FAULTS, dropped=0.03),
        "lost",
    ),
    Protection(
        "what a dead process was sending is given up",
        (rule(Worker._look, "found.lapsed or found.expired", "found.expired"),),
        replace(NO_FAULTS, killed=0.01),
        "lost",
    ),
    Protection(
        "a message goes to its recipient",
        (rule(addressing.ways_to, "one.external_id", "one.external_id[:-1] + '1'"),),
        NO_FAULTS,
        "wrong person",
    ),
]


@pytest.mark.soak
@pytest.mark.parametrize("protection", PROTECTIONS, ids=lambda protection: protection.name)
def test_without_it_the_simulator_finds_what_is_wrong(protection: Protection) -> None:
    plan = Plan(seed=1, days=WEEKS, pairs=8, rates=protection.rates)
    with simulated(plan) as ran:
        assert not check(ran).wrongs, check(ran).story()
    with ExitStack() as without:
        for each in protection.rules:
            without.enter_context(each.taken_out())
        with simulated(plan) as ran:
            assert protection.found in check(ran).kinds
