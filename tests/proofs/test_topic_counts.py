"""Proof 6 for topics: who is an admin and a manager learns of no other pair whether it discussed one.

The attacker knows all of their own conversations, who has the topic, and when everybody meets, which is once a week;
and looks at every screen of a quarter. They have lost if for each other pair and each week there are two worlds with
the same screens, and in them that pair's topic stands differently.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import counts
from bot.counts import Shown, shown
from bot.model.ids import OrganizationId, TopicId
from bot.model.topic import Tally

WEEKS = 13
FIRST = date(2026, 11, 23)
Stands = str
STANDS: tuple[Stands, ...] = ("open", "discussed", "not relevant", "not there yet")
World = tuple[tuple[Stands, ...], ...]
"""How the topic stands in each other pair, at the end of each week."""


def tally_of(stands: Sequence[Stands], week: int) -> Tally:
    return Tally(
        topic=TopicId("topic"),
        week=FIRST + timedelta(weeks=week),
        organization=OrganizationId("organization"),
        reached=len(stands) - stands.count("not there yet"),
        discussed=stands.count("discussed"),
        not_relevant=stands.count("not relevant"),
    )


def screens(world: World, *, own: World = ()) -> Sequence[Shown]:
    """What an admin is shown of each week; with ``own`` conversations only where these are counted."""
    weeks = range(len(world[0]))
    return shown([tally_of([pair[week] for pair in (*world, *own)], week) for week in weeks])


def others_like(world: World, pair: int, week: int) -> Iterator[World]:
    """Worlds in which that pair stands differently in that week: it alone, or it and another changed places."""
    mine = world[pair][week]
    for stands in set(STANDS[:3]) - {mine}:
        yield _with(world, week, {pair: stands})
    for other, theirs in enumerate(each[week] for each in world):
        if theirs not in (mine, "not there yet"):
            yield _with(world, week, {pair: theirs, other: mine})


def _with(world: World, week: int, changed: dict[int, Stands]) -> World:
    return tuple((*each[:week], changed.get(pair, each[week]), *each[week + 1 :]) for pair, each in enumerate(world))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to two dozen pairs; some get the topic later, and some change their mind."""
    size = draw(st.integers(1, 24))
    eager = draw(st.sampled_from([1, 3, 8]))
    pairs = []
    for _ in range(size):
        joins = draw(st.sampled_from([0, 0, 0, 1, 5]))
        left = WEEKS - joins
        ends = draw(
            st.lists(st.sampled_from(["open", *["discussed"] * eager, "not relevant"]), min_size=left, max_size=left)
        )
        pairs.append((*["not there yet"] * joins, *ends))
    return tuple(pairs)


@given(worlds())
def test_no_quarter_of_screens_gives_any_pair_away(world: World) -> None:
    seen = screens(world)
    for pair, week in product(range(len(world)), range(WEEKS)):
        if world[pair][week] != "not there yet":
            assert any(screens(other) == seen for other in others_like(world, pair, week)), (pair, week)


def given_away(world: World, *, own: World = ()) -> bool:
    """Whether the screens of one week leave only one way for the first of these pairs to stand."""
    seen = screens(world, own=own)
    found = {
        other[0]
        for ends in product(("open", "discussed"), repeat=len(world))
        if screens(other := tuple((end,) for end in ends), own=own) == seen
    }
    return len(found) == 1


ALONE: World = (("discussed",),)
OWN: World = (*[("discussed",)] * 4, *[("open",)] * 5)


def test_one_pair_among_ones_own_is_not_given_away() -> None:
    assert not given_away(ALONE)


def test_without_the_least_number_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "LEAST", 0)
    assert given_away(ALONE)


def test_with_the_admins_own_conversations_in_it_it_is() -> None:
    assert given_away(ALONE, own=OWN)


LIVE: World = tuple((("open",) * meets + ("discussed",) * (10 - meets)) for meets in range(5)) + ((("open",) * 10),) * 5
"""Ten pairs that meet one after the other; the first five discuss it. A column is what an admin sees in between."""


def test_with_numbers_that_are_live_it_is() -> None:
    seen = screens(LIVE)
    consistent = [choice for choice in product((True, False), repeat=10) if screens(_as_they_meet(choice)) == seen]
    assert {choice[4] for choice in consistent} == {True}  # the fifth lets a share be told


def test_with_one_look_a_week_it_is_not() -> None:
    ends = [tuple((each,) for each in end) for end in product(("open", "discussed"), repeat=10)]
    seen = screens(tuple((pair[-1],) for pair in LIVE))
    assert {end[4] for end in ends if screens(end) == seen} == {("open",), ("discussed",)}


def _as_they_meet(discuss: Sequence[bool]) -> World:
    return tuple(
        ("open",) * meets + ("discussed" if does else "open",) * (10 - meets) for meets, does in enumerate(discuss)
    )
