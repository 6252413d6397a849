"""Conversations that follow from who reports to whom, on both databases (A1)."""

import pytest

from bot.model.conversation import Relationship
from bot.model.hierarchy import NOBODY, Doubt
from storage.store import Store
from tests.bot.hierarchies import Town, town_on


@pytest.fixture
async def town(store: Store) -> Town:
    return await town_on(store, "ana", "ben", "cleo", "mia")


async def test_a_conversation_appears_with_both_seats(town: Town) -> None:
    settled = await town.settles(ben="ana", cleo="ana")
    assert (settled.moved, settled.made) == (2, 2)
    assert await town.lively() == {("ben", "ana"), ("cleo", "ana")}
    there = await town.conversation("ben", "ana")
    assert there is not None
    assert (there.relationship, there.started_by) == (Relationship.manager, town.people["ana"])


async def test_to_settle_twice_comes_to_the_same(town: Town) -> None:
    await town.settles(ben="ana", cleo="ben", mia="mia")
    before = await town.pairs(), await town.lines()
    again = await town.settles()
    assert (again.moved, again.made, again.adopted, again.rested, again.returned) == (0, 0, 0, 0, 0)
    assert again.doubts == {Doubt.oneself: 1}
    assert (await town.pairs(), await town.lines()) == before


async def test_the_old_one_rests_and_comes_back_with_its_history(town: Town) -> None:
    await town.settles(ben="ana")
    await town.writes("ben", "ana", "Growth")
    settled = await town.settles(ben="cleo")
    assert (settled.moved, settled.made, settled.rested) == (1, 1, 1)
    there = await town.conversation("ben", "ana")
    assert there is not None
    assert there.rests_since == town.at
    settled = await town.settles(ben="ana")
    assert (settled.made, settled.rested, settled.returned) == (0, 1, 1)
    assert await town.lively() == {("ben", "ana")}
    assert await town.texts("ben", "ana") == ["Growth"]


async def test_who_was_the_manager_can_become_the_report(town: Town) -> None:
    await town.settles(ben="ana")
    before = await town.conversation("ben", "ana")
    settled = await town.settles(ben=NOBODY, ana="ben")
    assert (settled.made, settled.adopted, settled.rested) == (0, 1, 0)
    after = await town.conversation("ben", "ana")
    assert before is not None
    assert after is not None
    assert (after.id, after.senior, after.rests_since) == (before.id, town.people["ben"], None)


async def test_a_leavers_conversations_rest_on_both_sides(town: Town) -> None:
    await town.settles(ben="ana", cleo="ben")
    settled = await town.is_here("ben", active=False)
    assert settled.rested == 2
    assert (await town.lines())["cleo"].doubt is Doubt.inactive
    assert await town.lively() == set()
    assert (await town.is_here("ben", active=True)).returned == 2
    assert await town.lively() == {("ben", "ana"), ("cleo", "ben")}


async def test_a_manager_who_arrives_later_is_found_then(town: Town) -> None:
    assert (await town.settles(ben="dan")).doubts == {Doubt.unknown: 1}
    await town.joins("dan")
    settled = await town.is_here("dan", active=True)
    assert (settled.moved, settled.made) == (1, 1)
    assert await town.lively() == {("ben", "dan")}


async def test_bad_edges_keep_the_last_good_one_and_its_conversation(town: Town) -> None:
    await town.settles(ana=NOBODY, ben="ana", cleo="ben")
    settled = await town.settles(ana="cleo")
    assert settled.doubts == {Doubt.cycle: 3}
    assert (settled.moved, settled.rested) == (0, 0)
    assert await town.managers() == {"ben": "ana", "cleo": "ben"}


async def test_who_breaks_a_cycle_alone_clears_it_for_all(town: Town) -> None:
    await town.settles(ana="cleo", ben="ana", cleo="ben")
    assert await town.lively() == set()
    await town.settles_one("ana", NOBODY)
    assert await town.lively() == {("ben", "ana"), ("cleo", "ben")}
    assert {line.doubt for line in (await town.lines()).values()} == {None}
