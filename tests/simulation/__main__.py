"""``python -m tests.simulation --years 10 --seed 1``: volumes and faults, and at a failure the seed and the story.

A year is three terms, or as many as ``--term`` says; each has a company of its own and the next seed.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.simulation.checker import check
from tests.simulation.faults import Fault, Rates
from tests.simulation.run import TERM, Plan, simulated

YEAR = 365.0
SHOWN = (0.5, 0.9, 0.99, 0.999, 1.0)


def main(arguments: Sequence[str]) -> int:
    """1 where anything is wrong."""
    given = _parsed(arguments)
    rates = Rates().times(given.faults)
    tally, days, seed = Tally(), given.years * YEAR, given.seed
    while days >= 1:
        plan = Plan(seed=seed, days=min(days, given.term), pairs=given.pairs, replicas=given.replicas, rates=rates)
        tally.adds(plan)
        days, seed = days - plan.days, seed + 1
    tally.tells()
    return int(tally.has_failed)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--term", type=float, default=TERM, help="days")
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--faults", type=float, default=1.0, help="so many times as much goes wrong")
    return parser.parse_args(arguments)


class Tally:
    """What all terms come to."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.faults: Counter[Fault] = Counter()
        self.meter: Counter[str] = Counter()
        self.late: list[float] = []
        self.has_failed = False
        self.begun = time.monotonic()

    def adds(self, plan: Plan) -> None:
        """The run of a plan, with its story where it went wrong."""
        begun = time.monotonic()
        with simulated(plan) as ran:
            verdict = check(ran)
            story = verdict.story() if verdict.wrongs else "all is well"
        due, seconds = verdict.counted["due"], time.monotonic() - begun
        _tell(f"seed {plan.seed}, {plan.days:.0f} days: {due} due, {seconds:.0f} s: {story}")
        self.has_failed = self.has_failed or bool(verdict.wrongs)
        self.counted += verdict.counted
        self.counted["inputs"] += ran.inputs.given
        self.faults += ran.faults.counted
        self.meter += ran.meter
        self.late += verdict.late

    def tells(self) -> None:
        """Volumes, faults, and how late it was."""
        for name, figures in (("deliveries", self.counted), ("the meter", self.meter), ("faults", self.faults)):
            _tell(f"{name}:")
            for what, times in sorted(figures.items()):
                _tell(f"  {times:8d}  {what}")
        late = sorted(self.late)
        shown = ", ".join(f"{part:.1%} {late[int(part * (len(late) - 1))]:.1f} s" for part in SHOWN if late)
        _tell(f"late at most: {shown}")
        _tell(f"in {time.monotonic() - self.begun:.0f} s")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
