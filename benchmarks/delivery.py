"""How quickly, how fairly and how evenly is delivered what is due, beside what one would take instead.

1. Messages a second beside a bare loop, APScheduler's job store and procrastinate: everybody makes the same POST, from
   a database of the same kind with the same durability.
2. A flood at one minute: how long it takes beside what the platforms' limits allow, and whether all get their share.
3. A second in which nothing is due, with few and with many series.
4. Memory, and 5. answers to people, while everything is due.
Run it as: make bench. The last line is JSON: ratios, and where there is none seconds.
"""

import argparse
import asyncio
import json

from benchmarks.delivery_answers import answers
from benchmarks.delivery_flood import Flooded, flood
from benchmarks.delivery_idle import idle
from benchmarks.delivery_race import PLACES, race
from benchmarks.delivery_steady import steady

PARTS = ("race", "flood", "idle", "memory", "answers")
PROMISED = 3.0
"""Seconds in which people have their answer."""

_LESS = 0.6
"""What part of the limits a platform takes that takes less than it says."""


def _race(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    return asyncio.run(race(database, rounds=chosen.rounds, count=chosen.count))


def _flood(chosen: argparse.Namespace) -> dict[str, float]:
    print(f"\n{chosen.flood} due at one minute, 40 workspaces, virtual time, sqlite")
    print(
        f"  {'':26}{'seconds':>9}{'least':>9}{'ratio':>7}{'behind':>8}{'urgent':>8}{'429':>7}{'lost':>6}{'twice':>7}",
        end="",
    )
    print(f"{'real s':>8}")
    exact = _flooded("limits as they say", flood(chosen.flood))
    lower = _flooded(f"limits at {_LESS:.0%}", flood(chosen.flood, share=_LESS))
    return {
        "flood.time": round(exact.seconds / exact.least, 4),
        "flood.behind_seconds": round(exact.late, 2),
        "flood.urgent_seconds": round(exact.urgent, 2),
        "flood.refused": exact.refused,
        "flood.lost": exact.lost + lower.lost,
        "flood.share_of_lower_limits": round(lower.least / lower.seconds, 2),
    }


def _flooded(name: str, found: Flooded) -> Flooded:
    line = f"  {name:26}{found.seconds:9.1f}{found.least:9.1f}{found.seconds / found.least:7.3f}{found.late:8.2f}"
    print(f"{line}{found.urgent:8.2f}{found.refused:7}{found.lost:6}{found.twice:7}{found.real:8.0f}")
    return found


def _idle(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    few, many = chosen.series
    if database == "sqlite":
        many = min(many, 300_000)
    found = asyncio.run(idle(database, few, many))
    print(f"\na second in which nothing is due, {database}")
    print(f"  {'series':>10}{'ms median':>12}{'least':>8}{'with 10,000 out of reach':>26}")
    for each in found:
        print(f"  {each.series:10}{each.median:12.2f}{each.least:8.2f}{each.unreached:26.2f}")
    return {f"idle.{database}": round(found[1].median / found[0].median, 2)}


def _memory(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    seconds = 3600 if chosen.hour else chosen.seconds
    found = steady(database, seconds)
    print(f"\nmemory in {seconds:.0f} s, {database}: {found.messages[-1]} messages", end="")
    print(f", {max(found.megabytes):.1f} MB at most, {found.growth:+.2f} MB for 100,000 more")
    return {f"memory.{database}": round(found.ratio, 3)}


def _answers(chosen: argparse.Namespace, database: str) -> dict[str, float]:
    ratios = {}
    print(f"\nanswers while everything is due, {database}")
    print(f"  {'ms':26}{'p50':>8}{'p95':>8}{'p99':>8}{'answers':>9}{'sent/s':>8}")
    for name, real in (("trivial", False), ("real", True)):
        found = asyncio.run(answers(database, seconds=chosen.seconds / 2, real=real))
        for when, of, rate in (("nothing else", found.quiet, 0.0), (f"{name} messages", found.busy, found.rate)):
            parts = "".join(f"{found.part(of, share):8.0f}" for share in (0.5, 0.95, 0.99))
            print(f"  {when:26}{parts}{len(of):9}{rate:8.0f}")
        ratios[f"answers.{database}.{name}.p99_of_promised"] = round(found.part(found.busy, 0.99) / 1000 / PROMISED, 3)
    return ratios


_OF_A_DATABASE = {"race": _race, "idle": _idle, "memory": _memory, "answers": _answers}


def _run(chosen: argparse.Namespace) -> dict[str, float]:
    ratios: dict[str, float] = {}
    for part in chosen.part:
        if part == "flood":
            ratios |= _flood(chosen)
            continue
        for database in chosen.database:
            ratios |= _OF_A_DATABASE[part](chosen, database)
    return ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--database", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--rounds", type=int, default=7, help="how often everybody takes a turn in the race")
    parser.add_argument("--count", type=int, default=1000, help="messages in a turn")
    parser.add_argument("--flood", type=int, default=100_000, help="how many are due at one minute")
    parser.add_argument(
        "--series", type=int, nargs=2, default=[10_000, 1_000_000], help="few and many of the idle second"
    )
    parser.add_argument("--seconds", type=float, default=30, help="how long memory is watched")
    parser.add_argument("--hour", action="store_true", help="watch memory for an hour")
    chosen = parser.parse_args()
    print(json.dumps(_run(chosen)))


if __name__ == "__main__":
    main()
