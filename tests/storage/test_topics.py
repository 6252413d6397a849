"""Topics in both databases: who is meant, when it comes, what takes it back, and that each step is done once."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from adapters.clock import new_id
from bot.assigning import monday
from bot.audience import Audience, Condition, Side
from bot.model.agenda import ItemState
from bot.model.conversation import Relationship
from bot.model.ids import ConversationId, OrganizationId, PlaceId, TopicId, WorkspaceId
from bot.model.people import Organization, Place, Platform, Workspace
from bot.model.topic import Again, AssignmentState, Chore, TopicState
from storage.store import Store
from tests.storage.firm import FRENCH, GERMAN, GERMANY, KEY, NOON, Firm


async def test_all_conditions_must_hold_on_the_side_that_is_meant(firm: Firm) -> None:
    await firm.pair({"Country": "Germany", "Department": "Sales"}, {"Country": "France"})
    await firm.pair({"Country": "Germany", "Department": "Support"}, {"Country": "Germany", "Department": "Sales"})
    both = (Condition("country", ("GERMANY",)), Condition("DEPARTMENT", ("sales", "Legal")))
    assert await firm.reach(Audience(conditions=both)) == 1
    assert await firm.reach(Audience(side=Side.manager, conditions=both)) == 1
    assert await firm.reach(Audience(side=Side.either, conditions=both)) == 2
    assert await firm.reach(Audience(side=Side.either, conditions=(Condition("Country", ("Spain",)),))) == 0
    # Not one half on each of the two.
    halves = (Condition("Country", ("France",)), Condition("Department", ("Sales",)))
    assert await firm.reach(Audience(side=Side.either, conditions=halves)) == 0


async def test_only_manager_conversations_in_which_both_can_write_are_meant(firm: Firm) -> None:
    await firm.pair(GERMAN)
    await firm.pair(GERMAN, relationship=Relationship.colleague, senior=None)
    await firm.pair(GERMAN, relationship=Relationship.mentor)
    await firm.pair(GERMAN, rests_since=NOON)
    await firm.pair(GERMAN, declined_at=NOON)
    await firm.pair(GERMAN, of=await firm.person({}, active=False))
    await firm.pair(GERMAN, of=await firm.person({}, enabled=False))
    assert await firm.reach(GERMANY) == 1


async def test_a_team_is_those_who_report_to_one(firm: Firm) -> None:
    boss = await firm.person(GERMAN)
    for _ in range(2):
        await firm.pair(FRENCH, of=boss)
    await firm.pair(GERMAN)
    assert await firm.reach(Audience(team_of=boss)) == 2


async def test_a_channel_is_whoever_was_in_it_when_it_was_read(firm: Firm) -> None:
    one, other, outside = [await firm.pair(FRENCH) for _ in range(3)]
    place = PlaceId(new_id())
    workspace = Workspace(
        id=WorkspaceId(new_id()), organization=firm.organization, platform=Platform.slack, external_id="T1", name="W"
    )
    async with firm.store.write(firm.organization) as tx:
        await tx.organizations.add_workspace(workspace)
        await tx.organizations.add_place(
            Place(id=place, organization=firm.organization, workspace=workspace.id, external_id="C1")
        )
        found = [await tx.conversations.get(each) for each in (one, other)]
        manager = next(each.senior for each in found[:1] if each is not None)
        report = next(each.other(each.senior) for each in found[1:] if each is not None and each.senior is not None)
        assert manager is not None
        await tx.organizations.put_members(place, [manager, report], at=NOON)
    assert await firm.reach(Audience(side=Side.report, place=place)) == 1
    assert await firm.reach(Audience(side=Side.manager, place=place)) == 1
    assert await firm.reach(Audience(side=Side.either, place=place)) == 2
    assert await firm.items(outside) == []


async def test_now_is_at_once_and_once(firm: Firm) -> None:
    pairs = [await firm.pair(GERMAN) for _ in range(3)]
    topic = await firm.topic()
    assert await firm.works() == [Chore.settle]
    assert await firm.works() == []
    items = await firm.items(*pairs)
    assert [(item.text, item.topic, item.state) for item in items] == [("Mid-year reflection", topic, "open")] * 3
    assert (await firm.stored(topic)).matched == 3
    for pair in pairs:
        (assignment,) = await firm.assignments(pair)
        assert assignment.state is AssignmentState.placed
        assert assignment.id in {item.id for item in items}


async def test_a_time_is_that_of_the_report(firm: Firm) -> None:
    tokyo, berlin = await firm.pair(GERMAN, zone="Asia/Tokyo"), await firm.pair(GERMAN, zone="Europe/Berlin")
    await firm.topic(day=date(2026, 12, 1), at=540)
    await firm.works()
    assert await firm.items(tokyo, berlin) == []
    firm.now = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    await firm.works()
    assert len(await firm.items(tokyo)) == 1
    assert await firm.items(berlin) == []
    firm.now = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    await firm.works()
    assert len(await firm.items(berlin)) == 1


async def test_no_more_than_so_many_a_month_and_the_rest_in_the_next(firm: Firm) -> None:
    pair = await firm.pair(GERMAN)
    for _ in range(5):
        await firm.topic()
        await firm.works()
    months = [(one.month, one.state) for one in await firm.assignments(pair)]
    assert months == [
        *[(date(2026, 11, 1), "placed")] * 2,
        *[(date(2026, 12, 1), "waiting")] * 2,
        (date(2027, 1, 1), "waiting"),
    ]
    async with firm.store.read(firm.organization) as tx:
        november = {zone: date(2026, 11, 1) for zone in await tx.topics.zones()}
        january = dict.fromkeys(november, date(2027, 1, 1))
        assert await tx.topics.full(GERMANY, [november], most=2) == 1
        assert await tx.topics.full(GERMANY, [november, january], most=2) == 0
    firm.now = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    await firm.works()
    assert len(await firm.items(pair)) == 4


async def test_who_matches_later_gets_it_too_until_a_date(firm: Firm) -> None:
    await firm.pair(GERMAN)
    topic = await firm.topic(joiners_until=date(2026, 11, 25))
    await firm.works()
    late = await firm.pair(GERMAN)
    assert await firm.works() == []
    firm.now += timedelta(hours=1)
    assert await firm.works() == [Chore.settle]
    assert len(await firm.items(late)) == 1
    firm.now = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    too_late = await firm.pair(GERMAN)
    await firm.works()
    assert await firm.items(too_late) == []
    assert (await firm.stored(topic)).round == 1


async def test_a_topic_that_repeats_comes_again_with_its_audience_as_it_is_then(firm: Firm) -> None:
    pair = await firm.pair(GERMAN)
    topic = await firm.topic(day=date(2026, 11, 30), again=Again.quarterly)
    await firm.works()
    assert (await firm.stored(topic)).next_on == date(2027, 2, 28)
    firm.now = datetime(2027, 2, 27, 10, 0, tzinfo=UTC)
    joined = await firm.pair(GERMAN, zone="Pacific/Kiritimati")
    await firm.works()
    assert (await firm.stored(topic)).next_on == date(2027, 5, 30)
    firm.now = datetime(2027, 2, 27, 19, 0, tzinfo=UTC)
    await firm.works()
    assert len(await firm.items(joined)) == 1
    firm.now = datetime(2027, 2, 28, 8, 0, tzinfo=UTC)
    await firm.works()
    assert [one.round for one in await firm.assignments(pair)] == [1, 2]
    assert len(await firm.items(pair)) == 2


async def test_who_cannot_write_when_it_is_due_gets_it_once_they_can(firm: Firm) -> None:
    pair = await firm.pair(GERMAN)
    await firm.topic(day=date(2026, 12, 1))
    await firm.works()
    await _change(firm, pair, rests_since=firm.now)
    firm.now = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
    assert await firm.works() == [Chore.tally]
    assert await firm.items(pair) == []
    await _change(firm, pair, rests_since=None)
    assert await firm.works() == [Chore.place]
    assert len(await firm.items(pair)) == 1


async def _change(firm: Firm, pair: ConversationId, **also: object) -> None:
    async with firm.store.write(firm.organization) as tx:
        found = await tx.conversations.get(pair)
        assert found is not None
        await tx.conversations.save(replace(found, **also))  # type: ignore[arg-type] # its own


async def test_what_is_recalled_before_it_came_never_comes(firm: Firm) -> None:
    pair = await firm.pair(GERMAN)
    topic = await firm.topic(day=date(2026, 12, 1))
    await firm.works()
    await _recall(firm, topic)
    firm.now = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
    assert await firm.works() == [Chore.clear]
    assert await firm.works() == []
    assert await firm.items(pair) == []
    assert [one.state for one in await firm.assignments(pair)] == [AssignmentState.recalled]


async def _recall(firm: Firm, topic: TopicId) -> None:
    async with firm.store.write(firm.organization) as tx:
        found = await tx.topics.get(topic)
        assert found is not None
        await tx.topics.save(replace(found, state=TopicState.recalled, looked_at=None))


async def test_numbers_are_taken_as_a_week_begins_and_without_the_admins(firm: Firm) -> None:
    admin = await firm.person({}, admin=True)
    pairs = [await firm.pair(GERMAN) for _ in range(2)]
    await firm.pair(GERMAN, of=admin)
    topic = await firm.topic()
    await firm.works()
    async with firm.store.write(firm.organization) as tx:
        (item,) = await tx.agenda.of(pairs[0])
        await tx.agenda.save(replace(item, state=ItemState.discussed))
        await tx.topics.follow(item.id, AssignmentState.discussed, firm.now)
    assert await firm.works() == []
    firm.now += timedelta(days=7)
    assert await firm.works() == [Chore.tally]
    assert await firm.works() == []
    async with firm.store.read(firm.organization) as tx:
        first, second = await tx.topics.tallies(topic)
    assert (first.reached, first.discussed) == (0, 0)
    assert (second.week, second.reached, second.discussed) == (monday(firm.now), 2, 1)


@dataclass
class Killed(Exception):
    """The process dies here."""

    place: str


@pytest.mark.parametrize("at", range(8))
async def test_a_kill_at_any_commit_doubles_and_loses_nothing(database_url: str, firm: Firm, at: int) -> None:
    pairs = [await firm.pair(GERMAN) for _ in range(3)]
    topic = await firm.topic(again=Again.monthly)
    passed = count()

    def dies(place: str) -> None:
        if next(passed) == at:
            raise Killed(place)

    dying = Store(database_url, (KEY,), failpoint=dies)
    with pytest.raises(Killed):
        await _four_weeks(firm, dying)
    await dying.close()
    firm.now = NOON + timedelta(days=14)
    await firm.works()
    await firm.works()
    assert [len(await firm.items(pair)) for pair in pairs] == [1] * 3
    assert [len(await firm.assignments(pair)) for pair in pairs] == [1] * 3
    assert (await firm.stored(topic)).round == 1


async def _four_weeks(firm: Firm, store: Store) -> None:
    for _ in range(4):
        for chore, organization, topic in await firm.assigner(store).chores():
            await firm.assigner(store).do(chore, organization, topic)
        firm.now += timedelta(days=7)
        async with store.write(firm.organization) as tx:
            await tx.organizations.current()


async def test_two_replicas_at_once_do_it_once(database_url: str, firm: Firm) -> None:
    pairs = [await firm.pair(GERMAN) for _ in range(5)]
    await firm.topic()
    other = Store(database_url, (KEY,))
    both = [firm.assigner(), firm.assigner(other)]
    for _ in range(3):
        found = [await each.chores() for each in both]
        await asyncio.gather(*(each.do(*chore) for each, chores in zip(both, found, strict=True) for chore in chores))
    await other.close()
    assert [len(await firm.items(pair)) for pair in pairs] == [1] * 5


async def test_organizations_do_not_see_one_another(firm: Firm) -> None:
    await firm.pair(GERMAN)
    other = Organization(id=OrganizationId(new_id()), name="Other")
    await firm.store.add_organization(other)
    theirs = Firm(firm.store, other.id)
    outside = await theirs.pair(GERMAN)
    await firm.topic()
    await firm.works()
    assert await theirs.items(outside) == []
    assert await theirs.reach(GERMANY) == 1
