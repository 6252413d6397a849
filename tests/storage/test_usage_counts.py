"""The numbers of every week equal those reckoned anew from all that ever happened, whatever happened.

People are hired, leave, come back, and have other managers and departments; the organization's zone changes; the clock
stands still for months; windows cut through days, and days through changes of the clock.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.disclosure import Counts, Measure, Place
from bot.model.ids import OrganizationId
from bot.model.people import Organization
from bot.model.usage import EVERYBODY, OTHERS, WINDOWS
from bot.usage_keeping import TEAMS_LAST
from storage.store import Store
from tests.storage.usage_naive import Team
from tests.storage.usage_town import Town

MOSTLY = ("deed", "deed", "deed", "meet", "answer", "answer", "count")
SELDOM = ("department", "rest", "turn_round", "reorganize", "go", "move_to_zone")
HOURS = (0, 0, 1, 5, 24, 24 * 3, 24 * 7, 24 * 7)
MONTHS = (24 * 30, 24 * 130)
A_FEW, MANY = 3, 60

Event = tuple[str, int, int, int]


def _events(hours: Sequence[int], most: int) -> st.SearchStrategy[list[Event]]:
    numbers = st.integers(0, 40)
    event = st.tuples(st.sampled_from(MOSTLY + SELDOM), numbers, numbers, st.sampled_from(hours))
    return st.lists(event, min_size=5, max_size=most)


_numbers = count(1)


async def _a_town(store: Store) -> Town:
    organization = Organization(id=OrganizationId(f"o{next(_numbers):07}".ljust(22, "0")), name="Example")
    await store.add_organization(organization)
    town = Town(store, organization.id)
    await town.furnish()
    return town


async def _equals(store: Store, events: list[Event]) -> None:
    town = await _a_town(store)
    for what, which, kind, hours in events:
        town.now += timedelta(hours=hours, minutes=hours and which)
        await getattr(town, what)(which, kind)
    town.now += timedelta(days=9)
    await town.count()
    stored = await town.stored()
    assert stored.keys() == town.naive.weeks.keys()
    for week, groups in town.naive.weeks.items():
        forgotten = week < max(town.naive.weeks) - TEAMS_LAST
        seen = {group: counts for group, counts in groups.items() if _is_kept(group, counts, forgotten=forgotten)}
        assert _told(stored[week]) == _told(seen), week


def _is_kept(group: Team, counts: Mapping[Place, Counts], *, forgotten: bool) -> bool:
    """Groups in which nobody was for a year are none; teams are not kept of small departments, nor for ever."""
    department, manager = group
    if manager != EVERYBODY and (forgotten or department == OTHERS):
        return False
    return department == EVERYBODY or counts[Measure.active, max(WINDOWS)].whole > 0


def _told(groups: Mapping[Team, Mapping[Place, Counts]]) -> Mapping[object, Counts]:
    """Each number by itself, so that a failure says which one it is."""
    return {(group, place): counts for group, numbers in groups.items() for place, counts in numbers.items()}


@settings(max_examples=A_FEW)
@given(events=_events(HOURS, 20))
async def test_numbers_equal_a_naive_recomputation(events: list[Event], store: Store) -> None:
    await _equals(store, events)


@pytest.mark.soak
@settings(max_examples=MANY)
@given(events=_events(HOURS + MONTHS, 60))
async def test_numbers_equal_a_naive_recomputation_in_very_many_histories(events: list[Event], store: Store) -> None:
    await _equals(store, events)
