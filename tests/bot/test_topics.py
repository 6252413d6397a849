"""Assigned topics: who gets them, what they look like in a conversation, and what becomes of them."""

import asyncio
from dataclasses import replace

from bot.features.agenda import DropItem, ReopenItem, ShareItem
from bot.features.assigning import AssignTopic, OpenReview, ReviewTopic, TopicFromMessage
from bot.features.item_page import AddComment, EditItem, SaveItem
from bot.features.news import _is_by
from bot.features.topics import EditTopic, OpenTopic, RecallTopic
from bot.model.agenda import ItemState
from bot.model.ids import TopicId
from bot.model.topic import AssignmentState
from bot.turn import Quoted
from bot.views import Form, Page
from tests.bot.desk import Actor, Desk, labels
from tests.bot.pairs import Pair, assigned, hired, items_of, managed, planner, staffed


async def states(desk: Desk, pair: Pair) -> list[AssignmentState]:
    async with desk.store.read(desk.mia.account.organization) as tx:
        return [one.state for one in await tx.topics.assignments_in(pair.conversation)]


async def test_a_topic_reaches_every_matching_conversation_and_no_other(desk: Desk) -> None:
    germany = await staffed(desk, 5)
    france = await staffed(desk, 5, known={"Country": "France"}, mark="two")
    await assigned(desk)
    assert [[item.text for item in await items_of(desk, pair)] for pair in germany] == [["Mid-year reflection"]] * 5
    assert [await items_of(desk, pair) for pair in france] == [[]] * 5


async def test_both_see_who_assigned_it_and_why(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await desk.mia.says("assign")
    await desk.mia.submits(
        title="Mid-year reflection",
        prompt="What are you proud of?",
        note="Reviews start in June",
        links="https://example.com/why",
        attribute0="country",
        values0="Germany",
    )
    await desk.mia.presses("Assign")
    await planner(desk).tick()
    for actor, other in ((pair.manager, pair.report), (pair.report, pair.manager)):
        await actor.says(f"<@{other.account.external_id}>")
        assert "○ Mid-year reflection" in actor.reads
        assert "from the people team (Mia): Reviews start in June" in actor.reads
        await actor.presses("Open", near="Mid-year reflection")
        assert "What are you proud of?" in actor.reads
        assert "https://example.com/why" in actor.reads
        assert "From the people team (Mia). You have it because it is for reports with Country Germany." in actor.reads
        assert "Edit" not in labels(actor.view) if actor.view else False


async def test_not_relevant_can_be_undone(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    await pair.report.says(f"<@{pair.manager.account.external_id}>")
    await pair.report.presses("Open", near="Mid-year reflection")
    await pair.report.presses("Not relevant")
    assert "Not relevant: Mid-year reflection" in pair.report.reads
    assert await states(desk, pair) == [AssignmentState.not_relevant]
    await pair.report.presses("Undo")
    assert await states(desk, pair) == [AssignmentState.placed]
    await pair.report.presses("Discussed")
    assert await states(desk, pair) == [AssignmentState.discussed]
    await pair.manager.says(f"<@{pair.report.account.external_id}>")
    await pair.manager.presses("History")
    assert "✓ Mid-year reflection" in pair.manager.reads
    assert "discussed · from the people team (Mia)" in pair.manager.reads


async def test_what_is_taken_back_is_gone_where_it_was_not_discussed(desk: Desk) -> None:
    pairs = await staffed(desk, 6)
    await assigned(desk)
    discussed, commented, *others = pairs
    await discussed.report.says(f"<@{discussed.manager.account.external_id}>")
    await discussed.report.presses("Discussed", near="Mid-year")
    await commented.report.says(f"<@{commented.manager.account.external_id}>")
    await commented.report.presses("Open", near="Mid-year")
    await commented.report.presses("Comment")
    await commented.report.submits(text="Let us keep this")
    await desk.mia.says("topics")
    await desk.mia.presses("Open")
    await desk.mia.presses("Take back")
    await desk.mia.presses("Take it back")
    await planner(desk).tick()
    assert [await items_of(desk, pair) for pair in others] == [[]] * 4
    assert [item.state for item in await items_of(desk, discussed)] == [ItemState.discussed]
    (kept,) = await items_of(desk, commented)
    assert kept.state is ItemState.dropped
    assert await states(desk, others[0]) == [AssignmentState.recalled]
    await commented.report.says(f"<@{commented.manager.account.external_id}>")
    assert "Mid-year" not in commented.report.reads
    await commented.report.presses("History")
    await commented.report.presses("Open", near="Mid-year")
    assert "Taken back by the people team" in commented.report.reads
    assert "Let us keep this" in commented.report.reads
    await commented.report.does(DropItem(kept.id))
    assert "Taken back by the people team" in commented.report.reads


async def test_an_edit_changes_it_where_it_is_open_and_nowhere_else(desk: Desk) -> None:
    open_, closed, *_ = await staffed(desk, 5)
    await assigned(desk)
    await closed.report.says(f"<@{closed.manager.account.external_id}>")
    await closed.report.presses("Discussed", near="Mid-year")
    await desk.mia.says("topics")
    await desk.mia.presses("Open")
    await desk.mia.presses("Edit")
    await desk.mia.submits(title="Half-year reflection")
    assert [item.text for item in await items_of(desk, open_)] == ["Half-year reflection"]
    assert [item.text for item in await items_of(desk, closed)] == ["Mid-year reflection"]


async def test_home_says_how_many_are_from_the_people_team(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    await pair.report.says("add Promotion case")
    await pair.report.says("home")
    assert "2 to talk about, 1 of them from the people team" in pair.report.reads


async def test_two_admins_who_edit_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    other = await another_admin(desk)
    for admin in (desk.mia, other):
        await admin.says("topics")
        await admin.presses("Open")
        await admin.presses("Edit")
    await desk.mia.submits(title="What Mia wrote")
    await other.submits(title="What the other wrote")
    assert "Another admin has changed this meanwhile." in other.reads
    assert "What the other wrote" in other.reads
    assert [item.text for item in await items_of(desk, pair)] == ["What Mia wrote"]
    await other.submits()
    assert [item.text for item in await items_of(desk, pair)] == ["What the other wrote"]


async def another_admin(desk: Desk) -> Actor:
    other = await hired(desk, "olga", {})
    async with desk.store.write(desk.mia.account.organization) as tx:
        person = await tx.people.get(await desk.person("olga"))
        assert person is not None
        await tx.people.save(replace(person, admin=True))
    return other


async def test_two_admins_who_press_assign_together_assign_it_once(desk: Desk) -> None:
    pairs = await staffed(desk, 5)
    other = await another_admin(desk)
    await desk.mia.says("assign Country = Germany: Mid-year reflection")
    await other.says("topics")
    await other.presses("Open")
    await other.presses("Go on")
    await other.does(OpenReview(draft_in(other)))
    await asyncio.gather(desk.mia.presses("Assign"), other.presses("Assign"))
    await planner(desk).tick()
    await planner(desk).tick()
    assert "assigned today" in desk.mia.reads
    assert "assigned today" in other.reads
    assert [len(await items_of(desk, pair)) for pair in pairs] == [1] * 5


def draft_in(actor: Actor) -> TopicId:
    assert isinstance(actor.view, Form)
    assert isinstance(actor.view.submit, ReviewTopic)
    assert actor.view.submit.topic is not None
    return actor.view.submit.topic


async def test_what_changed_since_it_was_looked_at_is_not_assigned(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    other = await another_admin(desk)
    await desk.mia.says("assign Country = Germany: Mid-year reflection")
    stale = desk.mia.button("Assign").action
    await other.says("topics")
    await other.presses("Open")
    await other.presses("Go on")
    await other.submits(title="Something else")
    await desk.mia.does(stale)
    assert "Another admin has changed this meanwhile." in desk.mia.reads
    await planner(desk).tick()
    assert await items_of(desk, pair) == []


async def test_words_of_a_topic_are_nobody_elses_to_change(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    (item,) = await items_of(desk, pair)
    for action in (EditItem(item.id, 1), SaveItem(item.id, 1)):
        await pair.report.does(action, text="Mine now", visibility="mine", repeat="monthly")
        assert "only they can change them" in pair.report.reads
    await pair.report.does(ShareItem(item.id))
    assert [one.text for one in await items_of(desk, pair)] == ["Mid-year reflection"]


async def test_what_was_taken_back_stays_so(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    (item,) = await items_of(desk, pair)
    await pair.report.does(AddComment(item.id), text="Let us keep this")
    await desk.mia.says("topics")
    await desk.mia.presses("Open")
    await desk.mia.does(RecallTopic(topic_of(desk.mia)))
    await desk.mia.does(EditTopic(topic_of(desk.mia)))
    assert "This topic is not with anybody" in desk.mia.reads
    await planner(desk).tick()
    await pair.report.does(ReopenItem(item.id))
    assert "The people team has taken this topic back" in pair.report.reads


def topic_of(actor: Actor) -> TopicId:
    assert isinstance(actor.view, Page)
    assert isinstance(actor.view.address, OpenTopic)
    return actor.view.address.topic


async def test_an_admin_who_is_a_manager_is_no_news_by_what_they_assign(desk: Desk) -> None:
    await staffed(desk, 5)
    report = await hired(desk, "rita", {"Country": "Germany"})
    await managed(desk, "mia", "rita")
    await assigned(desk)
    await report.says("mia")
    assert "from the people team (Mia)" in report.reads
    async with desk.store.read(desk.mia.account.organization) as tx:
        (seated,) = await tx.conversations.seated(await desk.person("rita"))
        (item,) = await tx.agenda.of(seated.conversation.id)
    assert not _is_by(item, await desk.person("mia"))


async def test_what_is_not_finished_goes_out_to_nobody(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await desk.mia.does(TopicFromMessage(), quoted=Quoted("Could we talk about this?", None))
    draft = draft_in(desk.mia)
    await desk.mia.does(OpenReview(draft))
    assert "This topic has no title yet" in desk.mia.reads
    await desk.mia.does(AssignTopic(draft, 1))
    assert "This topic has no title yet" in desk.mia.reads
    await planner(desk).tick()
    assert await items_of(desk, pair) == []
