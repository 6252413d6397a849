"""How bands are chosen; that nobody can be told from them is in tests/proofs/test_suppression.py."""

import pytest

from bot.disclosing import disclose
from bot.disclosure import (
    Band,
    Counts,
    Figure,
    Group,
    Kept,
    Measure,
    Shown,
    counts_read,
    counts_written,
    read,
    written,
)
from bot.margins import EVERY_RULE
from bot.model.usage import EVERYBODY, WINDOWS
from bot.rooms import Room, Span
from bot.scales import HALVES, SCALES, SHARES, SMALLEST, cell_of, cells, hides_in_time, hides_one


def counts(*parts: tuple[int, int]) -> dict[tuple[Measure, int], Counts]:
    """Of the windows, the shortest first; the last one again for all that are longer."""
    each = [*parts, *[parts[-1]] * (len(WINDOWS) - len(parts))]
    return {(Measure.active, days): Counts(*pair) for days, pair in zip(WINDOWS, each, strict=True)}


def team(manager: str, *parts: tuple[int, int], department: str = "one") -> Group:
    return Group(department, manager, parts[0][0], 1, counts(*parts))


def with_sums(*teams: Group) -> list[Group]:
    """With everybody and the departments, if nobody has moved."""
    names = list(dict.fromkeys(group.department for group in teams))
    return [_sum(EVERYBODY, teams), *(_sum(name, [t for t in teams if t.department == name]) for name in names), *teams]


def _sum(name: str, teams: tuple[Group, ...] | list[Group]) -> Group:
    sums = {}
    for days in WINDOWS:
        each = [group.counts[Measure.active, days] for group in teams]
        sums[Measure.active, days] = Counts(sum(one.whole for one in each), sum(one.part for one in each))
        busy = sum(one.part > 0 for one in each)
        sums[Measure.managers, days] = Counts(len(each), busy)
    return Group(name, EVERYBODY, sum(group.live for group in teams), len(teams), sums)


def active(groups: list[Group], department: str = EVERYBODY, manager: str = EVERYBODY, days: int = 7) -> Figure:
    return disclose(groups)[department, manager].figures[Measure.active, days]


def test_each_count_is_in_just_one_band_and_none_is_empty() -> None:
    for scale in SCALES:
        for whole in range(20, 130):
            found = cells(scale, whole)
            assert [cell.low for cell in found] == [0, *(cell.high + 1 for cell in found[:-1])]
            assert found[-1].high == whole
            for part in range(whole + 1):
                cell = cell_of(scale, whole, part)
                assert cell.low <= part <= cell.high
                assert cell.band.low * whole <= 100 * part
                assert 100 * part < cell.band.high * whole or cell.band.high == 100


@pytest.mark.parametrize(
    ("whole", "known", "finest"),
    [
        (5, 1, None),
        (6, 1, SMALLEST),
        (7, 1, HALVES),
        (27, 1, HALVES),
        (28, 1, (40, 60)),
        (34, 15, None),
        (35, 15, HALVES),
        (109, 15, (40, 60)),
        (257, 15, (40, 50, 60, 70)),
        (728, 15, tuple(range(20, 81, 10))),
        (2347, 15, tuple(range(20, 81, 5))),
    ],
)
def test_bands_are_finer_where_more_are_hidden_in_them(whole: int, known: int, finest: tuple[int, ...] | None) -> None:
    fitting = EVERY_RULE.scales(whole, known, least=whole)
    assert (fitting[0] if fitting else None) == finest


def test_the_ends_are_never_nearer_than_a_fifth() -> None:
    bands = [cell.band for scale in (*SCALES, SHARES) for cell in cells(scale, 1000)]
    assert min(band.high for band in bands) == 20
    assert max(band.low for band in bands) == 80


@pytest.mark.parametrize("known", [1, 6, 15])
def test_a_group_that_grows_never_has_coarser_bands(known: int) -> None:
    finest = [EVERY_RULE.scales(whole, known, least=whole)[:1] for whole in range(400)]
    places = [SCALES.index(found[0]) if found else len(SCALES) for found in finest]
    assert places == sorted(places, reverse=True)


def test_a_window_in_which_many_came_and_went_has_no_bands() -> None:
    assert hides_one(HALVES, 9, 1)
    assert hides_in_time(HALVES, 8, 8, 1)
    assert not hides_in_time(HALVES, 8, 9, 1)
    assert EVERY_RULE.scales(14, 1, least=7) == []
    groups = with_sums(team("a", (7, 2), (7, 2), (14, 3)), *[team(name, (9, 4)) for name in "bcdef"])
    assert active(groups, "one", "a") == Band(0, 50)
    assert active(groups, "one", "a", 30) is Kept.few


def test_nobody_at_all_is_too_few() -> None:
    groups = with_sums(team("a", (0, 0)))
    assert active(groups) is Kept.few
    assert active(groups, "one") is Kept.few
    assert disclose([Group(EVERYBODY, EVERYBODY, 0, 0, {})])[EVERYBODY, EVERYBODY].figures[Measure.met, 30] is Kept.few


def test_what_the_whole_and_its_parts_say_leaves_room() -> None:
    room = Room(40, 11, low=20)
    assert room.bears(0, 5) is True
    assert room.bears(0, 9) is False
    assert room.bears(0, 21) is None
    room.add(0, 4)
    assert room.bears(0, 5) is False
    assert Room(40, 11, idle=20).bears(9, 0) is False


def test_a_part_of_a_part_says_something_of_the_whole() -> None:
    everybody = Room(100, 5, low=10, idle=50)
    department = Room(60, 5, above=everybody)
    department.narrow(30, 0)
    assert (everybody.lows, everybody.idles) == (30, 0)
    department.add(20, 8)
    assert (everybody.lows, everybody.idles) == (30, 8)
    department.add(20, 0)
    assert (everybody.lows, everybody.idles) == (40, 8)
    assert department.bears(4, 0) is True
    assert department.bears(5, 0) is False
    assert department.bears(11, 0) is None


def test_what_is_shown_of_a_window_says_something_of_those_within_it() -> None:
    """Of the longer one less than half are active, so in the shorter one no more are."""
    everybody = [Room(20, 5), Room(20, 5)]
    span = Span([0, 0], [10, 12], everybody)
    span.show(0, cell_of(HALVES, 10, 5))
    span.show(1, cell_of(HALVES, 12, 5))
    assert (span.low, span.high) == ([5, 5], [5, 5])
    assert [(room.active, room.inactive) for room in everybody] == [(5, 5), (5, 7)]


def test_what_is_written_is_read_again() -> None:
    figures: dict[tuple[Measure, int], Figure] = {
        (Measure.active, 7): Band(40, 60),
        (Measure.met, 30): Kept.slack,
        (Measure.drifting, 28): Band(80, 100),
    }
    for shown in (Shown(12, 3, figures), Shown(0, 0), Shown(7, 2, figures, ("a", "b"))):
        assert read(written(shown)) == shown
    group = team("a", (9, 4), (10, 5))
    assert counts_read("one", "a", counts_written(group)) == group


def department(name: str, whole: int, active: int) -> list[Group]:
    """In teams of eight, and one of what is left; the first of them as active as can be."""
    sizes = [8] * (whole // 8) + [whole % 8] * (whole % 8 > 0)
    teams = []
    for number, size in enumerate(sizes):
        busy = min(size, active)
        active -= busy
        teams.append(team(f"{name} {number}", (size, busy), department=name))
    return teams


def test_a_department_that_was_among_others_has_no_windows_that_could_be_subtracted() -> None:
    """Before, 49 of 80 or more were active, which is 60 % or more; without it, 22 of 53 are, so of its 27 all."""
    groups = with_sums(*department("others", 53, 22), *department("new", 27, 27), *department("large", 120, 60))
    before = [["new", "a", "b"], ["new", "a", "b"]]
    shown = disclose(groups, together=["a", "b"], before=before)
    for name in ("others", "new"):
        figures = shown[name, EVERYBODY].figures
        assert isinstance(figures[Measure.active, 7], Band)
        assert isinstance(figures[Measure.active, 14], Band)
        assert [figures[Measure.active, days] for days in (30, 90, 365)] == [Kept.slack] * 3
        assert figures[Measure.managers, 30] is Kept.slack
    assert shown["new", "new 0"].figures[Measure.active, 30] is Kept.slack
    assert isinstance(shown["large", EVERYBODY].figures[Measure.active, 365], Band)
    assert isinstance(shown[EVERYBODY, EVERYBODY].figures[Measure.active, 365], Band)


def test_after_a_year_windows_lose_days_as_well_so_that_nothing_can_be_subtracted() -> None:
    groups = with_sums(*department("others", 53, 22), *department("new", 27, 27), *department("large", 120, 60))
    shown = disclose(groups, together=["a", "b"], before=[["new", "a", "b"]] * 53)
    assert isinstance(shown["new", EVERYBODY].figures[Measure.active, 365], Band)
    steady = disclose(groups, together=["a", "b"], before=[["b", "a"]] * 2)
    assert isinstance(steady["new", EVERYBODY].figures[Measure.active, 365], Band)
    assert isinstance(steady["others", EVERYBODY].figures[Measure.active, 365], Band)
