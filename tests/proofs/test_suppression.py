"""Proof 6: from all that is shown, nobody can tell of a conversation that is not theirs.

Each rule of ``bot.disclosing`` is left out once, in a world in which the attacker then wins.
"""

from collections.abc import Callable, Iterable, Sequence

import pytest

from bot.disclosing import together
from bot.disclosure import Band, Group, Kept, Measure
from bot.margins import LEAST, Rule
from bot.model.usage import EVERYBODY, OTHERS
from tests.proofs.suppression_attacker import ALL, Attacker, Place, counts_in
from tests.proofs.suppression_world import EVERY_RULE, Report, Stay, Talk, World, report_of

ALWAYS = (Stay("one", 0, 99),)


def team(manager: str, *days: Iterable[int], department: str = "one") -> list[Talk]:
    """A manager's conversations: on which days each of them was active."""
    stays = (Stay(department, 0, 99),)
    return [
        Talk(manager, f"{manager} {number}", stays, frozenset(active)) for number, active in enumerate(days, start=1)
    ]


def teams_of(size: int, *active: int) -> list[Talk]:
    """One manager for each number of active ones."""
    return [
        talk
        for number, count in enumerate(active)
        for talk in team(f"m{number}", *[{0}] * count, *[()] * (size - count))
    ]


def told(talks: Sequence[Talk], weeks: range, person: str, rules: Iterable[Rule] = EVERY_RULE) -> list[Place]:
    world = World(tuple(talks), weeks)
    reports = [report_of(world, week, frozenset(rules)) for week in weeks]
    attacker = Attacker(world, person, reports)
    attacker.thinks()
    return attacker.won()


def known() -> tuple[list[Talk], range, str]:
    """Not many are active, and these are one's own."""
    return [*team("own", *[{0}] * 9, *[()] * 3), *teams_of(4, 0, 0, 0)], range(1), "own"


def bands() -> tuple[list[Talk], range, str]:
    """Of a team, the reader alone is active."""
    return teams_of(8, 1, 4, 4, 4, 4, 4, 4), range(1), "m0 1"


def overlap() -> tuple[list[Talk], range, str]:
    """Up to the week before last, and in the last two, two are active; in 30 days three."""
    reader, before, lately = range(70), range(35, 42), range(63, 70)
    others = [talk for number in range(6) for talk in team(f"m{number}", *[range(70)] * 2, *[()] * 6)]
    return [*team("own", reader, before, lately, (), (), ()), *others], range(5, 10), "own 1"


def slack() -> tuple[list[Talk], range, str]:
    """Half of the department are active; of four teams less than half; so all of the fifth."""
    return teams_of(8, 3, 3, 3, 3, 8), range(1), "m0 1"


def managers() -> tuple[list[Talk], range, str]:
    """As many managers as conversations are active, so that no manager has two; one has, with the reader, one."""
    alone = [talk for number in range(12) for talk in team(f"m{number}", {0} if number < 5 else ())]
    return (
        [*team("own", {0}, ()), *team("above", ()), Talk("above", "own", ALWAYS, frozenset({0})), *alone],
        range(1),
        "own",
    )


def apart() -> tuple[list[Talk], range, str]:
    """Of 80 in small departments 48 were active; of the 60 that stay together less than half, so of the rest all."""
    fives = [
        team(f"m{number} {place}", *[{0}] * active, *[()] * (5 - active), department=f"small {number}")
        for number in range(3)
        for place, active in enumerate((5, 5) if number < 2 else (5, 4))
    ]
    idle = [
        team(f"i{number} {place}", *[()] * 5, department=f"small {number}") for number in range(3) for place in range(2)
    ]
    grows = [team(f"x{place}", *[{0}] * 5, department="x") for place in range(3)]
    last = [*team("x3", (), *[{0}] * 4, department="x"), Talk("x4", "x3 1", (Stay("x", 2, 99),))]
    large = [team(f"l{place}", *[{0}] * 3, *[()] * 2, department="large") for place in range(20)]
    return [*[talk for each in (*fives, *idle, *grows, *large) for talk in each], *last], range(3), "x3 1"


WORLDS: dict[Rule, Callable[[], tuple[list[Talk], range, str]]] = {
    Rule.known: known,
    Rule.bands: bands,
    Rule.overlap: overlap,
    Rule.slack: slack,
    Rule.apart: apart,
    Rule.managers: managers,
}


@pytest.mark.parametrize("rule", WORLDS)
def test_the_attacker_wins_without_the_rule_and_not_with_it(rule: Rule) -> None:
    talks, weeks, person = WORLDS[rule]()
    assert told(talks, weeks, person, EVERY_RULE - {rule}) != []
    assert told(talks, weeks, person) == []


def departments_of(**sizes: Sequence[int]) -> list[Group]:
    return [
        Group(department, f"{department} {number}", live, 1, {})
        for department, teams in sizes.items()
        for number, live in enumerate(teams)
    ]


def test_what_is_too_small_is_shown_together_until_it_can_be() -> None:
    small = departments_of(large=[8] * 9, other=[8] * 6, small=[4], tiny=[1, 1], gone=[0])
    assert together(small) == {"gone", "tiny", "small", "other"}
    assert together(departments_of(large=[8] * 9, other=[8] * 6)) == frozenset()
    assert together(departments_of(only=[3])) == {"only"}
    assert together([]) == frozenset()


def test_a_department_with_one_manager_is_known_to_that_one_only() -> None:
    assert together(departments_of(one=[7], other=[7])) == frozenset()
    assert together(departments_of(one=[7, 1], other=[7])) == {"one", "other"}


def shown(talks: Sequence[Talk], rules: Iterable[Rule] = EVERY_RULE) -> Report:
    return report_of(World(tuple(talks), range(1)), 0, frozenset(rules))


def rest_of(report: Report, department: str, sizes: dict[str, int]) -> int:
    """How many conversations of a department are in teams of which nothing is shown."""
    figures = {manager: report.shown[department, manager].figures[Measure.active, 7] for manager in sizes}
    return sum(sizes[manager] for manager, figure in figures.items() if not isinstance(figure, Band))


def test_what_is_not_shown_of_a_department_is_nobody_or_enough() -> None:
    talks = [*teams_of(9, 5, 5, 5, 5), *team("few", (), ())]
    sizes = {talk.manager: sum(each.manager == talk.manager for each in talks) for talk in talks}
    assert rest_of(shown(talks, EVERY_RULE - {Rule.rest, Rule.slack}), "one", sizes) == 2
    with_it = shown(talks, EVERY_RULE - {Rule.slack})
    assert rest_of(with_it, "one", sizes) == 11
    assert [f.figures[Measure.active, 7] for key, f in with_it.shown.items() if key[1]].count(Kept.rest) == 1


def test_managers_of_few_are_shown_within_their_department_only() -> None:
    report = shown([*teams_of(9, 5, 5, 5, 5), *team("few", *[()] * (LEAST - 1)), *team("none")])
    assert report.shown["one", "few"].figures[Measure.active, 7] is Kept.few
    assert report.shown["one", EVERYBODY].conversations == 40


def test_small_departments_show_of_which_they_are_made_and_no_teams() -> None:
    talks = [*teams_of(9, 5, 5, 5, 5), *team("m8", *[()] * 7, department="a"), *team("m9", (), department="b")]
    large = [talk for number in range(10, 15) for talk in team(f"m{number}", *[()] * 10, department="c")]
    report = shown([*talks, *large])
    assert report.shown[OTHERS, EVERYBODY].together == ("a", "b", "one")
    assert report.shown[OTHERS, EVERYBODY].conversations == 36 + 8
    assert {key[0] for key in report.shown if key[1]} == {"c"}
    assert {key[0] for key in report.shown} == {EVERYBODY, "c", OTHERS}


def answered(yes: int, no: int, silent: int) -> list[Talk]:
    answers: list[dict[int, bool]] = [{0: True}] * yes + [{0: False}] * no + [{}] * silent
    names = [f"m{number // 4}" for number in range(len(answers))]
    return [
        Talk(name, str(number), ALWAYS, answers=each)
        for number, (name, each) in enumerate(zip(names, answers, strict=True))
    ]


def answers_told(talks: Sequence[Talk], knows: int, rules: Iterable[Rule] = EVERY_RULE) -> bool:
    """Whether who knows who has answered, and of the first so many what, knows what another answered."""
    figure = shown(talks, rules).shown[ALL].figures[Measure.meaningful, 7]
    given = [talk.answers[0] for talk in talks if talk.answers]
    low, high = counts_in(figure, len(given))
    mine, others = sum(given[:knows]), len(given) - knows
    return others > 0 and (max(0, low - mine) >= others or high <= mine)


def test_answers_of_few_are_not_told() -> None:
    everything = EVERY_RULE - {Rule.answers}
    assert answers_told(answered(2, 0, 80), 1, everything)
    for yes, no in ((2, 0), (6, 0), (0, 6), (40, 0), (18, 0), (45, 0), (0, 45), (30, 15), (60, 0)):
        assert not answers_told(answered(yes, no, 80), 4 + 3), (yes, no)
    figures = [shown(answered(yes, 0, 80)).shown[ALL].figures[Measure.meaningful, 7] for yes in (17, 18, 44, 45)]
    assert figures == [Kept.few, Band(50, 100), Band(50, 100), Band(80, 100)]
