"""What the repositories answer, in the order they promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model.agenda import ItemState
from bot.model.conversation import Conversation, Seat, Seated
from bot.model.delivery import DeliveryKind, DeliveryState
from bot.model.ids import (
    ActionItemId,
    ConversationId,
    DeliveryId,
    DraftId,
    ItemId,
    MeetingId,
    NoteId,
    PersonId,
    SeriesId,
)
from bot.model.meeting import MeetingState
from bot.model.note import NoteTally
from bot.model.people import Person
from bot.model.series import SeriesState
from bot.model.trail import Seen
from storage.store import Store
from tests.storage.world import NOW, World

HOUR = timedelta(hours=1)


def _person(world: World, name: str, **more: object) -> Person:
    return replace(world.ben, id=PersonId(name.replace(" ", "-").ljust(22, "0")), name=name, **more)  # type: ignore[arg-type] # a test's own words


async def _names(store: Store, world: World, words: str, most: int = 10) -> list[str]:
    async with store.read(world.organization.id) as tx:
        return [person.name for person in await tx.people.matching(words, most)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Ana Ruiz", "Ben Okafor", "Öznur İnan", "Straße_%"]),
        ("ana", ["Ana Ruiz"]),
        ("RUIZ ana", ["Ana Ruiz"]),
        ("ana okafor", []),
        ("ANITA", ["Ana Ruiz"]),
        ("ruiz anit", ["Ana Ruiz"]),
        ("a.EXAMPLE", ["Ana Ruiz"]),
        ("öznur", ["Öznur İnan"]),
        ("STRASSE", ["Straße_%"]),
        ("%", ["Straße_%"]),
        ("_", ["Straße_%"]),
        ("\\", []),
        ("gone", []),
    ],
)
async def test_people_match_by_every_word_in_any_case(words: str, found: list[str], store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.people.add(_person(world, "Straße_%"))
        await tx.people.add(_person(world, "Öznur İnan"))
        await tx.people.add(_person(world, "Long gone", active=False))
    assert sorted(await _names(store, world, words)) == sorted(found)


async def test_matching_people_come_by_name_and_not_too_many(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.people.add(_person(world, "abel"))
    assert await _names(store, world, "", 2) == ["abel", "Ana Ruiz"]


async def test_people_are_found_by_e_mail_in_any_case_however_many_are_asked_for(store: Store, world: World) -> None:
    emails = [f"{number}@b.example" for number in range(1_500)]
    async with store.read(world.organization.id) as tx:
        assert await tx.people.by_emails([*emails, "ANA@A.example"]) == [world.ana]
        assert await tx.people.many([world.ben.id, world.ana.id, world.ana.id]) == [world.ana, world.ben]


async def test_an_identity_is_found_by_its_account(store: Store, world: World) -> None:
    changed = replace(world.identity, handle="Neu")
    async with store.write(world.organization.id) as tx:
        await tx.people.save_identity(changed)
        assert await tx.people.identity(world.workspace.id, world.identity.external_id) == changed
        assert await tx.people.identities(world.ana.id) == [changed]
    assert await _names(store, world, "neu") == ["Ana Ruiz"]


async def test_an_account_is_marked_as_unreachable_once(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        assert await tx.people.mark_unreachable(world.identity, since=NOW)
        assert not await tx.people.mark_unreachable(world.identity, since=NOW + HOUR)
        await tx.people.save_identity(replace(world.identity, handle="Neu", active=False))
        marked = replace(world.identity, handle="Neu", active=False, unreachable_since=NOW)
        assert await tx.people.identities(world.ana.id) == [marked]
        await tx.people.mark_reachable(world.workspace.id, world.identity.external_id)
        assert await tx.people.identities(world.ana.id) == [replace(marked, unreachable_since=None)]


async def test_a_chat_is_kept_as_it_was_told_last(store: Store, world: World) -> None:
    moved = replace(world.chat, conversation="a:other", service_url="https://other.example/")
    channel = replace(world.chat, external_id="19:channel", member="")
    async with store.write(world.organization.id) as tx:
        assert await tx.chats.of_member(world.workspace.id, world.chat.member) == world.chat
        await tx.chats.put(moved)
        await tx.chats.put(channel)
        assert await tx.chats.get(world.workspace.id, world.chat.external_id) == moved
        assert await tx.chats.of_member(world.workspace.id, "") is None
        await tx.chats.remove(world.workspace.id, world.chat.external_id)
        assert await tx.chats.get(world.workspace.id, world.chat.external_id) is None
        assert await tx.chats.get(world.workspace.id, channel.external_id) == channel


async def test_places_and_workspaces_are_found(store: Store, world: World) -> None:
    async with store.read(world.organization.id) as tx:
        assert await tx.organizations.current() == world.organization
        assert await tx.organizations.workspaces() == [world.workspace]
        assert await tx.organizations.place(world.place.id) == world.place
        assert await tx.organizations.place_at(world.workspace.id, world.place.external_id) == world.place


async def test_a_pair_has_one_conversation(store: Store, world: World) -> None:
    second = replace(world.conversation, id=ConversationId("second".ljust(22, "0")))
    async with store.write(world.organization.id) as tx:
        assert not await tx.conversations.start(second)
        assert await tx.conversations.get(second.id) is None
        assert await tx.conversations.of_pair(world.ben.id, world.ana.id) == world.conversation


async def test_a_conversation_is_seen_from_both_seats(store: Store, world: World) -> None:
    seat = Seat(
        conversation=world.conversation.id, person=world.ana.id, organization=world.organization.id, archived_at=NOW
    )
    async with store.write(world.organization.id) as tx:
        await tx.conversations.save_seat(seat)
        await tx.people.save(replace(world.ben, active=False))
        ana, ben = await tx.conversations.seated(world.ana.id), await tx.conversations.seated(world.ben.id)
        assert await tx.conversations.seat(world.conversation.id, world.ana.id) == seat
    assert ana == [_seated(world.conversation, seat, world.ben, active=False)]
    assert ben == [
        _seated(world.conversation, replace(seat, person=world.ben.id, archived_at=None), world.ana, active=True)
    ]


def _seated(conversation: Conversation, seat: Seat, other: Person, *, active: bool) -> Seated:
    return Seated(conversation=conversation, seat=seat, other_id=other.id, other_name=other.name, other_active=active)


async def test_touching_moves_forward_only_and_keeps_the_version(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.conversations.touch(world.conversation.id, NOW + HOUR)
        await tx.conversations.touch(world.conversation.id, NOW - HOUR)
        touched = await tx.conversations.get(world.conversation.id)
    assert touched == replace(world.conversation, changed_at=NOW + HOUR)


async def test_agenda_items_come_by_position_then_by_age(store: Store, world: World) -> None:
    later = replace(world.item, id=ItemId("later".ljust(22, "0")), created_at=NOW + HOUR)
    older = replace(world.item, id=ItemId("older".ljust(22, "0")), created_at=NOW - HOUR)
    closed = replace(world.item, id=ItemId("closed".ljust(22, "0")), state=ItemState.discussed, position=-1)
    async with store.write(world.organization.id) as tx:
        for item in (later, older, closed):
            await tx.agenda.add(item)
        assert await tx.agenda.of(world.conversation.id) == [closed, older, world.item, later]
        await tx.agenda.place([(later.id, -5), (older.id, 5)])
        found = [item.id for item in await tx.agenda.open_in([world.conversation.id])]
        moved = await tx.agenda.get(later.id)
        assert await tx.agenda.last_position(world.conversation.id) == 5
    assert found == [later.id, world.item.id, older.id]
    assert moved == replace(later, position=-5)


async def test_comments_come_with_their_item_until_they_are_removed(store: Store, world: World) -> None:
    async with store.write(world.organization.id) as tx:
        assert await tx.agenda.comments(world.item.id) == [world.comment]
        assert await tx.agenda.comments_in(world.conversation.id) == [world.comment]
        await tx.agenda.remove_comment(world.comment.id)
        assert await tx.agenda.comment(world.comment.id) is None


async def test_removed_notes_are_not_listed(store: Store, world: World) -> None:
    older = replace(world.note, id=NoteId("older".ljust(22, "0")), created_at=NOW - HOUR)
    removed = replace(world.note, id=NoteId("removed".ljust(22, "0")), removed_at=NOW)
    async with store.write(world.organization.id) as tx:
        await tx.notes.add(older)
        await tx.notes.add(removed)
        assert await tx.notes.of(world.conversation.id) == [older, world.note]
        assert await tx.notes.get(removed.id) == removed


async def test_notes_are_counted_for_whoever_asks(store: Store, world: World) -> None:
    shared = replace(world.note, id=NoteId("shared".ljust(22, "0")), private=False, changed_at=NOW + HOUR)
    removed = replace(shared, id=NoteId("removed".ljust(22, "0")), removed_at=NOW)
    private = replace(shared, id=NoteId("private".ljust(22, "0")), private=True, author=world.ben.id)
    async with store.write(world.organization.id) as tx:
        await tx.notes.save(replace(world.note, private=False, author=world.ana.id))
        for note in (shared, removed, private):
            await tx.notes.add(note)
        for_ben = await tx.notes.tally(world.conversation.id, world.ben.id)
        for_ana = await tx.notes.tally(world.conversation.id, world.ana.id)
    assert for_ben == NoteTally(shared=2, private=1, last_shared_at=NOW + HOUR)
    assert for_ana == NoteTally(shared=2, private=0, last_shared_at=NOW + HOUR)


async def test_promises_come_by_due_date_and_undated_ones_last(store: Store, world: World) -> None:
    undated = replace(world.action_item, id=ActionItemId("undated".ljust(22, "0")), due=None)
    sooner = replace(world.action_item, id=ActionItemId("sooner".ljust(22, "0")), due=date(2026, 11, 21))
    done = replace(world.action_item, id=ActionItemId("done".ljust(22, "0")), done_at=NOW, due=date(2026, 1, 1))
    async with store.write(world.organization.id) as tx:
        for action_item in (undated, sooner, done):
            await tx.action_items.add(action_item)
        assert await tx.action_items.of(world.conversation.id) == [done, sooner, world.action_item, undated]
        assert await tx.action_items.owned(world.ben.id) == [sooner, world.action_item, undated]
        assert await tx.action_items.owned(world.ana.id) == []
        assert await tx.action_items.open_in(world.conversation.id) == [sooner, world.action_item, undated]
        assert await tx.action_items.kept(world.conversation.id) == {world.ben.id: 1}


async def test_one_meeting_of_a_conversation_is_under_way(store: Store, world: World) -> None:
    later = replace(world.meeting, id=MeetingId("later".ljust(22, "0")), begun_at=NOW + HOUR, series=None)
    async with store.write(world.organization.id) as tx:
        assert not await tx.meetings.add(later)
        ended = await tx.meetings.save(replace(world.meeting, state=MeetingState.ended, ended_at=NOW))
        assert await tx.meetings.running(world.conversation.id) is None
        assert await tx.meetings.add(later)
        assert await tx.meetings.running(world.conversation.id) == later
        assert await tx.meetings.of(world.conversation.id) == [later, ended]
        assert await tx.meetings.latest_of([world.conversation.id, ConversationId("none")]) == [later]


async def test_drafts_go_when_they_are_used_or_old(store: Store, world: World) -> None:
    newer = replace(world.draft, id=DraftId("newer".ljust(22, "0")), created_at=NOW + HOUR)
    async with store.write(world.organization.id) as tx:
        await tx.drafts.add(newer)
        await tx.drafts.remove_older(NOW + HOUR)
        assert await tx.drafts.get(world.draft.id) is None
        assert await tx.drafts.get(newer.id) == newer
        await tx.drafts.remove(newer.id)
        assert await tx.drafts.get(newer.id) is None


async def test_an_input_is_marked_once_until_it_is_forgotten(store: Store, world: World) -> None:
    again = Seen(key=world.seen.key, address="elsewhere")
    async with store.write(world.organization.id) as tx:
        assert not await tx.trail.mark_seen(world.workspace.id, again, NOW)
        assert await tx.trail.seen(world.workspace.id, again.key) == world.seen
        await tx.trail.forget_seen(NOW)
        assert await tx.trail.seen(world.workspace.id, again.key) == world.seen
        await tx.trail.forget_seen(NOW + HOUR)
        assert await tx.trail.seen(world.workspace.id, again.key) is None
        assert await tx.questions.get(world.question.id) == world.question


async def test_what_waits_about_a_subject_becomes_what_is_wanted(store: Store, world: World) -> None:
    kinds = (DeliveryKind.prepare, DeliveryKind.agenda)
    first = replace(world.delivery, id=DeliveryId("first".ljust(22, "0")), subject="m", kind=kinds[0], offset=1)
    other = replace(first, id=DeliveryId("other".ljust(22, "0")), kind=kinds[1])
    snoozed = replace(first, id=DeliveryId("snoozed".ljust(22, "0")), offset=2, snoozed_from=first.id)
    later = replace(first, id=DeliveryId("later".ljust(22, "0")), due_at=NOW + HOUR, expires_at=NOW + 2 * HOUR)
    over = replace(first, id=DeliveryId("over".ljust(22, "0")), offset=3, due_at=NOW - HOUR)
    async with store.write(world.organization.id) as tx:
        assert await tx.deliveries.arrange("m", kinds, [first, other]) == 0
        await tx.deliveries.plan(snoozed)
        assert await tx.deliveries.arrange("m", kinds, [later, over]) == 1
        assert await tx.deliveries.get(first.id) == replace(first, due_at=later.due_at, expires_at=later.expires_at)
        assert await tx.deliveries.get(over.id) is None
        assert await tx.deliveries.get(snoozed.id) == snoozed
        gone = await tx.deliveries.get(other.id)
        assert gone is not None
        assert (gone.state, gone.last_error) == (DeliveryState.dropped, "unwanted")
        assert await tx.deliveries.arrange("m", kinds, [later, other]) == 0
        back = await tx.deliveries.get(other.id)
        assert back is not None
        assert back.state is DeliveryState.pending


async def test_a_day_of_a_series_has_one_meeting(store: Store, world: World) -> None:
    planned = replace(
        world.meeting,
        id=MeetingId("planned".ljust(22, "0")),
        state=MeetingState.scheduled,
        day=date(2026, 11, 27),
        starts_at=NOW + 7 * 24 * HOUR,
        begun_at=None,
        started_by=None,
    )
    twice = replace(planned, id=MeetingId("twice".ljust(22, "0")))
    async with store.write(world.organization.id) as tx:
        assert await tx.meetings.add(planned)
        assert not await tx.meetings.add(twice)
        assert await tx.meetings.on(world.series.id, date(2026, 11, 27)) == planned
        assert await tx.meetings.in_series(world.series.id, since=date(2026, 11, 21)) == [planned]
        assert await tx.meetings.upcoming(world.conversation.id) == [planned]
        assert await tx.meetings.since(NOW + HOUR, [world.conversation.id]) == [planned]
        assert await tx.meetings.of(world.conversation.id) == [world.meeting]
        assert not await tx.series.start(replace(world.series, id=SeriesId("other".ljust(22, "0"))))
        assert await tx.series.of(world.conversation.id) == world.series
        await tx.series.save(replace(world.series, state=SeriesState.ended))
        assert await tx.series.of(world.conversation.id) is None


async def test_the_clock_finds_what_it_has_to_do(store: Store, world: World) -> None:
    organization, table = world.organization.id, store.timetable
    planned = replace(
        world.meeting, id=MeetingId("planned".ljust(22, "0")), state=MeetingState.scheduled, day=None, series=None
    )
    async with store.write(organization) as tx:
        await tx.meetings.add(planned)
    assert await table.to_plan(until=NOW + HOUR, most=5) == [(organization, world.series.id)]
    assert await table.to_plan(until=NOW, most=5) == []
    assert await table.to_begin(now=NOW, most=5) == [(organization, planned.id)]
    assert await table.to_begin(now=NOW - HOUR, most=5) == []
    assert await table.to_close(begun_before=NOW, most=5) == [(organization, world.meeting.id)]
    assert await table.unreminded(most=5) == [(organization, world.action_item.id)]
    assert await table.next_begin() == NOW
    about = replace(world.delivery, id=DeliveryId("due".ljust(22, "0")), subject=world.action_item.id)
    async with store.write(organization) as tx:
        await tx.deliveries.plan(replace(about, kind=DeliveryKind.due))
    assert await table.unreminded(most=5) == []
