"""What is worth asking, for many pairs at once, beside the least that could suggest anything.

1. When each theme was last talked about: the words of each pair's history, in two languages.
2. The suggestions for both of each pair.
Run it as: python -m benchmarks.suggesting. The last line is JSON: ratios, and parts of the promised second.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.suggesting_bare import patterns_of, suggest_bare, talked_bare, texts_of
from bot.suggesting import Past, Reader, suggest
from prompts.library import Library, libraries
from prompts.questions import Asker, Questions, Theme, words_in

PROMISED = 1.0
PAIRS = 1_000
ITEMS = 40
USED = 36
TODAY = date(2026, 11, 23)
_MANAGER, _REPORT = (Reader(asker=asker, relationship="manager") for asker in (Asker.manager, Asker.report))
_PLAIN = (
    "the new office",
    "Tuesday's release",
    "printer budget",
    "holiday cover for Cleo",
    "what Mia said",
    "the launch",
)


@dataclass(frozen=True)
class Pair:
    """What two people have behind them: texts with their days, newest first."""

    history: Sequence[tuple[date, str]]
    past: Past


def pairs_of(count: int, questions: Questions) -> Sequence[Pair]:
    """The same ones each time; every third of their items is about one of the themes."""
    chance = Random(7)
    words = [word.removesuffix("*") for theme in Theme for word in questions.words[theme]]
    numbers = [question.number for question in questions.all]
    return [_pair(chance, words, numbers) for _ in range(count)]


def _pair(chance: Random, words: Sequence[str], numbers: Sequence[int]) -> Pair:
    days = sorted((TODAY - timedelta(days=chance.randrange(300)) for _ in range(ITEMS)), reverse=True)
    texts = (f"{chance.choice(_PLAIN)} {chance.choice(words) if chance.random() < 1 / 3 else 'again'}" for _ in days)
    used = frozenset(chance.sample(numbers, USED))
    past = Past(talked={}, since=TODAY - timedelta(days=400), used=used, round=chance.randrange(200))
    return Pair(list(zip(days, texts, strict=True)), past)


def talked(both: Sequence[Questions], history: Sequence[tuple[date, str]]) -> Mapping[Theme, date]:
    """As ``last_talked`` does it."""
    latest: dict[Theme, date] = {}
    for day, text in history:
        words = words_in(text)
        for questions in both:
            for theme in questions.told_by(words):
                latest.setdefault(theme, day)
        if len(latest) == len(Theme):
            break
    return latest


def _seconds(do: Callable[[Pair], object], pairs: Sequence[Pair]) -> float:
    gc.collect()
    began = time.process_time()
    for pair in pairs:
        do(pair)
    return time.process_time() - began


def race(
    name: str, ours: Callable[[Pair], object], bare: Callable[[Pair], object], chosen: argparse.Namespace
) -> float:
    """Median seconds of computing, ours and the bare way in turns; whatever else the machine does is not in them."""
    pairs = pairs_of(chosen.pairs, Library("en").questions)
    turns = [(_seconds(ours, pairs), _seconds(bare, pairs)) for _ in range(chosen.rounds)]
    print(f"\n{name}, {chosen.pairs:,} pairs, median of {len(turns)}")
    seconds = [statistics.median(turn[n] for turn in turns) for n in (0, 1)]
    for who, took in zip(("OneOnOne", "bare"), seconds, strict=True):
        print(f"  {who:22}{1000 * took:8.1f} ms{took / seconds[1]:8.2f}")
    chosen.found[f"{name}.ratio"] = round(seconds[0] / seconds[1], 2)
    return seconds[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often both take a turn")
    parser.add_argument("--pairs", type=int, default=PAIRS)
    chosen = parser.parse_args()
    chosen.found = {}
    both = [library.questions for _, library in sorted(libraries().items())[:2]]
    patterns, texts = [patterns_of(questions) for questions in both], texts_of(both[0])

    def asks(pair: Pair) -> object:
        first = suggest(both[0], _REPORT, pair.past, today=TODAY)
        used = pair.past.used | {one.question.number for one in first}
        return first, suggest(both[0], _MANAGER, replace(pair.past, used=used), today=TODAY)

    def asks_bare(pair: Pair) -> object:
        return [suggest_bare(texts, pair.past.talked, pair.past.used) for _ in range(2)]

    took = race(
        "history", lambda pair: talked(both, pair.history), lambda pair: talked_bare(patterns, pair.history), chosen
    )
    took += race("suggestions", asks, asks_bare, chosen)
    print(f"\nboth: {took:.2f} s of the promised {PROMISED:.0f}")
    print(json.dumps({**chosen.found, "of_promised": round(took / PROMISED, 3)}))


if __name__ == "__main__":
    main()
