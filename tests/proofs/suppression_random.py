"""Organizations and years by chance, most of them near what could tell of somebody."""

from collections.abc import Iterator, Sequence
from enum import Enum
from random import Random

from tests.proofs.suppression_world import Stay, Talk, World

DEPARTMENTS = ("one", "two", "three")


class Habit(Enum):
    """How active people are."""

    mixed = "each team as it is"
    idle = "hardly anybody"
    busy = "nearly everybody"
    alike = "all of a team, or nobody"
    edge = "as many as where a band ends"
    turns = "one after the other"


def a_world(chance: Random, teams: Sequence[int], weeks: int) -> World:
    """Teams of these sizes, in a few departments, each under one more manager; some come, go, and move between them."""
    talks = []
    habit = chance.choice(list(Habit))
    for number, size in enumerate(teams):
        home = DEPARTMENTS[min(int(chance.random() ** 2 * len(DEPARTMENTS)), len(DEPARTMENTS) - 1)]
        rate = _rate(chance, habit)
        for place in range(size):
            stays = tuple(_stays(chance, home, weeks))
            days = _days(chance, habit, rate, weeks, place)
            met = frozenset(_days(chance, habit, rate, weeks, place))
            talks.append(Talk(f"m{number}", f"m{number} {place}", stays, frozenset(days), met))
        boss = frozenset(_days(chance, habit, rate, weeks, number))
        talks.append(Talk(f"boss of {home}", f"m{number}", (Stay(home, 0, weeks),), boss))
    return World(tuple(talks), range(weeks))


def _rate(chance: Random, habit: Habit) -> float:
    match habit:
        case Habit.idle:
            return 0.01
        case Habit.busy:
            return 0.99
        case Habit.alike:
            return float(chance.randrange(2))
        case Habit.edge:
            return chance.choice((0.2, 0.3, 0.5, 0.6, 0.7, 0.8))
        case Habit.mixed | Habit.turns:
            return chance.random()


def _stays(chance: Random, home: str, weeks: int) -> Iterator[Stay]:
    begin = 0 if chance.random() < 0.9 else chance.randrange(weeks)
    end = weeks if chance.random() < 0.9 else chance.randrange(begin, weeks)
    other = chance.choice(DEPARTMENTS)
    if begin + 1 < end and other != home and chance.random() < 0.1:
        moves = chance.randrange(begin + 1, end)
        yield Stay(home, begin, moves - 1)
        begin, home = moves, other
    yield Stay(home, begin, end)


def _days(chance: Random, habit: Habit, rate: float, weeks: int, place: int) -> Iterator[int]:
    for week in range(weeks):
        its_turn = week % 5 == place % 5 if habit is Habit.turns else chance.random() < rate
        if its_turn:
            yield 7 * week + chance.randrange(7)
