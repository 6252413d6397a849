"""Proof 6 in organizations made by chance: an attacker with every figure of every week, and witnesses against one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from bot.disclosing import disclose
from bot.disclosure import Band, Counts, Group, Measure, Shown
from bot.margins import Rule
from bot.scales import first
from tests.proofs.suppression_attacker import Attacker, MeetingsAttacker
from tests.proofs.suppression_random import a_world
from tests.proofs.suppression_world import EVERY_RULE, Key, World, groups_of, report_of

TEAMS = (8, 7, 6, 7, 5, 3, 9, 8, 6, 7, 6, 7, 8, 6, 7)
MANY = (8, 9, 6, 7, 5, 3, 10, 8, 1, 7, 9, 8, 7, 6, 11, 2, 1, 8, 9, 7, 8, 6, 6, 7, 8, 7)


def assert_nobody_is_told(world: World, people: Sequence[str], at_once: int = 16) -> None:
    """Of so many weeks in a row the attacker thinks at once; half of them again with the next ones."""
    reports = [report_of(world, week) for week in world.weeks]
    for person in people:
        for begin in range(0, max(1, len(reports) - at_once // 2), at_once // 2):
            attacker = Attacker(world, person, reports[begin : begin + at_once])
            attacker.thinks()
            assert attacker.won() == [], (person, begin)


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_told_by_some_weeks(seed: int) -> None:
    assert_nobody_is_told(a_world(Random(seed), TEAMS, 6), ("m0 1", "m6", "boss of one"))


@pytest.mark.parametrize(("seed", "rule"), [(0, Rule.known), (25, Rule.bands)])
def test_somebody_is_told_without_a_rule(seed: int, rule: Rule) -> None:
    """The organizations made by chance are near enough to what tells."""
    world = a_world(Random(seed), TEAMS, 2)
    reports = [report_of(world, week, EVERY_RULE - {rule}) for week in world.weeks]
    attacker = Attacker(world, "boss of one", reports)
    attacker.thinks()
    assert attacker.won() != []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 108))
def test_nobody_is_told_by_many_weeks(seed: int) -> None:
    world = a_world(Random(seed), MANY, 12)
    assert_nobody_is_told(world, ("m0 1", "m6", "m14", "m8 0", "boss of one"))


@pytest.mark.soak
def test_nobody_is_told_by_a_year() -> None:
    assert_nobody_is_told(a_world(Random(200), MANY, 57), ("m0 1", "m14"), at_once=10)


@pytest.mark.parametrize("seed", range(300, 312))
def test_nobody_is_told_whether_they_have_met(seed: int) -> None:
    world = a_world(Random(seed), MANY, 10)
    for week in (4, 9):
        report = report_of(world, week)
        for person in ("m0 1", "m14", "boss of one"):
            assert not MeetingsAttacker(world, person, report).won(), (week, person)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_back_follows_from_what_is_shown(seed: int) -> None:
    """Whatever people did, as long as it comes to the same bands, nothing else is kept back."""
    world = a_world(Random(seed), TEAMS, 6)
    groups, together = groups_of(world, 5)
    shown = disclose(groups, together=together)
    for share in (0, 1):
        others = [_otherwise(group, shown.get((group.department, group.manager)), share) for group in groups]
        assert disclose(others, together=together) == shown


def _otherwise(group: Group, shown: Shown | None, share: int) -> Group:
    """With the least or the most that the figures may be; how many answered stays: it says whether they are told."""
    counts = dict(group.counts)
    for place, counted in group.counts.items():
        figure = None if shown is None else shown.figures.get(place)
        low, high = 0, counted.whole
        if isinstance(figure, Band):
            low = first(figure.low, counted.whole)
            high = counted.whole if figure.high == 100 else first(figure.high, counted.whole) - 1
        if place[0] is not Measure.meaningful or isinstance(figure, Band):
            counts[place] = Counts(counted.whole, high if share else low)
    return replace(group, counts=counts)


@pytest.mark.parametrize("seed", range(4))
def test_there_is_a_year_with_the_same_reports_in_which_another_was_active(seed: int) -> None:
    """Witnesses: of nearly all, what they did can be otherwise while all that is shown is the same."""
    world = a_world(Random(seed), TEAMS, 6)
    reports = [report_of(world, week).shown for week in world.weeks]
    chosen = Random(seed).sample(range(len(world.talks)), 8)
    found = sum(any(_same(each, reports) for each in _others(world, place)) for place in chosen)
    assert found >= 6


def _same(world: World, reports: Sequence[Mapping[Key, Shown]]) -> bool:
    return all(report_of(world, week).shown == reports[week] for week in world.weeks)


def _others(world: World, place: int) -> Iterator[World]:
    """It did something each week, or never anything; or in one week, or not; or it and another have changed places."""
    talk, weeks = world.talks[place], world.weeks
    yield world.with_days(place, frozenset() if talk.days else frozenset(7 * week for week in weeks))
    for number, other in enumerate(world.talks):
        if (other.manager, other.stays) == (talk.manager, talk.stays) and bool(other.days) != bool(talk.days):
            yield world.with_days(place, other.days).with_days(number, talk.days)
    for week in weeks:
        rest = frozenset(day for day in talk.days if day // 7 != week)
        yield world.with_days(place, rest if rest != talk.days else talk.days | {7 * week})
