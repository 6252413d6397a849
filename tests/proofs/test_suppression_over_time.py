"""Proof 6 for one team over weeks: whenever nobody in it did anything in a week, or all did, it may be otherwise.

For each such week a history is looked for, and found, of which every figure is the same, and in which somebody the
reader does not know was active that week, or was not.
"""

from collections.abc import Iterator, Sequence
from operator import eq
from random import Random

import pytest

from bot.disclosure import Band
from bot.margins import EVERY_RULE, Margins, Rule
from bot.model.usage import WINDOWS
from bot.scales import cell_of
from tests.proofs.suppression_world import window_of

History = tuple[frozenset[int], ...]
"""On which days each was active; the first one is the reader's own."""


def a_history(chance: Random) -> tuple[History, range]:
    size, weeks = chance.choice((6, 7, 8, 9, 10, 12)), range(chance.choice((5, 6, 7)))
    rate = chance.choice((0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 0.95, 0.99))
    others = [
        frozenset(7 * week + chance.choice((0, 3, 5, 6)) for week in weeks if chance.random() < rate)
        for _ in range(size - 1)
    ]
    own = frozenset(range(7 * len(weeks))) if chance.random() < 0.5 else others[0]
    return (own, *others), weeks


def told(history: History, weeks: range, margins: Margins) -> Iterator[Band]:
    size = len(history)
    scale = margins.scales(size, margins.known({"manager": size}), least=size)[0]
    for week in weeks:
        for days in WINDOWS:
            window = window_of(week, days)
            yield cell_of(scale, size, sum(any(day in window for day in each) for each in history)).band


def in_week(history: History, week: int) -> Sequence[bool]:
    """Of those the reader does not know."""
    return [any(day // 7 == week for day in each) for each in history[1:]]


def changed(chance: Random, history: History, weeks: range) -> History:
    """Somebody did something more, or nothing in a week; or two have changed places from some day on."""
    each = list(history)
    one, other = chance.sample(range(1, len(each)), 2)
    week = chance.choice(weeks)
    kind = chance.randrange(5)
    if kind == 0:
        each[one] |= {7 * week + chance.choice((0, 3, 5, 6))}
    elif kind == 1:
        each[one] = frozenset(day for day in each[one] if day // 7 != week)
    else:
        day = 7 * week + chance.choice((0, 5))
        early = [frozenset(each_day for each_day in each[place] if each_day < day) for place in (one, other)]
        late = [each[place] - early[number] for number, place in enumerate((one, other))]
        each[one], each[other] = early[0] | late[1], early[1] | late[0]
    return tuple(each)


def witness(
    chance: Random,
    history: History,
    weeks: range,
    week: int,
    *,
    margins: Margins = EVERY_RULE,
    tries: int = 20_000,
) -> bool:
    """Whether there is a history with the same figures in which some did something in that week, and some did not."""
    figures = list(told(history, weeks, margins))
    all_of_them = all(in_week(history, week))
    for _ in range(tries):
        other = history
        for _ in range(chance.randrange(4)):
            other = changed(chance, other, weeks)
        each = list(other)
        one = chance.randrange(1, len(each))
        did_not = frozenset(day for day in each[one] if day // 7 != week)
        each[one] = did_not if all_of_them else each[one] | {7 * week + chance.choice((0, 3, 5, 6))}
        if len(set(in_week(tuple(each), week))) > 1 and all(map(eq, told(tuple(each), weeks, margins), figures)):
            return True
    return False


def alike(history: History, weeks: range) -> Sequence[int]:
    return [week for week in weeks if len(set(in_week(history, week))) == 1]


def assert_it_could_be_otherwise(seeds: range) -> int:
    found = 0
    for seed in seeds:
        chance = Random(seed)
        history, weeks = a_history(chance)
        for week in alike(history, weeks):
            assert witness(chance, history, weeks, week), (seed, week)
            found += 1
    return found


def test_a_week_in_which_all_were_alike_could_have_been_otherwise() -> None:
    assert assert_it_could_be_otherwise(range(250)) > 100


@pytest.mark.soak
def test_so_could_very_many_weeks() -> None:
    assert assert_it_could_be_otherwise(range(5000, 20000)) > 10_000


def test_without_the_rule_there_is_a_week_in_which_nobody_can_have_done_anything() -> None:
    """One did something before it, one after it, and only windows that hold both have half of the team in them."""
    history = (frozenset(range(70)), frozenset(range(35, 42)), frozenset(range(63, 70)), *[frozenset[int]()] * 3)
    without = Margins(frozenset(Rule) - {Rule.overlap})
    assert not witness(Random(0), history, range(5, 10), 8, margins=without, tries=2000)
    assert witness(Random(0), history, range(5, 10), 8, tries=2000)
