"""When each of the two is reminded of what: by their own clock, on days on which they work, and once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from adapters.clock import new_id
from bot.model.action_item import ActionItem
from bot.model.delivery import DeliveryKind
from bot.model.ids import ActionItemId, MeetingId
from bot.model.meeting import Meeting, MeetingState
from bot.planner import BATCH
from bot.reminding import arrange_drifting, arrange_due, arrange_for, arrange_meeting
from bot.rhythm import parsed_rule
from bot.timetable import meet_now
from storage.store import Store
from tests.bot.agreed import NOW, WEEKLY, Two, two_on
from tests.bot.conftest import KEY
from tests.stateful.snapshot import UNHURRIED


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = Store(sqlite_url, (KEY,), patience=UNHURRIED)
    yield store
    await store.close()


@pytest.fixture
async def two(store: Store) -> Two:
    return await two_on(store)


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}+00:00")


async def _lives_in(two: Two, name: str, zone: str) -> None:
    async with two.writing() as pen:
        person = await pen.tx.people.get(two.person(name))
        assert person is not None
        await pen.tx.people.save(replace(person, zone=zone))
        await arrange_for(pen, person.id)


async def _prefers(two: Two, name: str, **habits: object) -> None:
    async with two.writing() as pen:
        there = await pen.tx.habits.get(two.person(name))
        await pen.tx.habits.put(replace(there, **habits))  # type: ignore[arg-type] # habits' own fields
        await arrange_for(pen, there.person)


async def _promised(two: Two, name: str, due: date | None, *, arrange: bool = True) -> ActionItem:
    """A promise; without ``arrange`` as it was written down before there were reminders."""
    promise = ActionItem(
        id=ActionItemId(new_id()),
        organization=two.organization,
        conversation=two.conversation,
        author=two.person("Ana"),
        owner=two.person(name),
        text="Send the draft",
        created_at=two.now,
        changed_at=two.now,
        due=due,
    )
    async with two.writing() as pen:
        await pen.tx.action_items.add(promise)
        if arrange:
            await arrange_due(pen, promise)
    return promise


@pytest.mark.parametrize(
    ("zone", "meets", "due"),
    [
        pytest.param("America/New_York", "2026-12-01 14:00", "2026-11-27 14:00", id="friday before a tuesday"),
        pytest.param("America/New_York", "2026-11-30 14:00", "2026-11-25 14:00", id="not on thanksgiving"),
        pytest.param("America/New_York", "2027-03-16 14:00", "2027-03-12 14:00", id="before its clocks change"),
        pytest.param("America/New_York", "2027-03-17 14:00", "2027-03-15 13:00", id="after its clocks changed"),
        pytest.param("Asia/Tokyo", "2026-12-01 14:00", "2026-11-27 00:00", id="tuesday there too"),
        pytest.param("Asia/Tokyo", "2026-12-01 16:00", "2026-11-30 00:00", id="wednesday there"),
        pytest.param("Pacific/Kiritimati", "2026-12-01 14:00", "2026-11-29 19:00", id="farthest east"),
        pytest.param("Pacific/Honolulu", "2026-12-01 05:00", "2026-11-25 19:00", id="monday there"),
        pytest.param("Pacific/Chatham", "2026-12-01 14:00", "2026-11-29 19:15", id="quarters of an hour"),
    ],
)
async def test_who_reports_prepares_two_working_days_before(two: Two, zone: str, meets: str, due: str) -> None:
    await _lives_in(two, "Ben", zone)
    await two.meet_once_more(_at(meets))
    assert await two.due("prepare", "Ben") == [due]


async def test_the_manager_prepares_one_working_day_before(two: Two) -> None:
    for meets in ("2026-11-30 14:00", "2027-03-30 13:00"):
        await two.meet_once_more(_at(meets))
    assert await two.due("prepare", "Ana") == ["2026-11-27 08:00", "2027-03-29 07:00"]


async def test_on_the_day_itself_is_the_day_before_where_work_begins_too_late_for_that(two: Two) -> None:
    await _prefers(two, "Ana", prepare_days=0)
    for meets in ("2026-12-01 14:00", "2026-12-03 07:30"):
        await two.meet_once_more(_at(meets))
    assert await two.due("prepare", "Ana") == ["2026-12-01 08:00", "2026-12-02 08:00"]


async def test_what_would_have_been_due_is_left_out(two: Two) -> None:
    """It is Monday, ten o'clock in Madrid and four in New York; they meet tomorrow."""
    await two.meet_once_more(_at("2026-11-24 14:00"))
    assert (await two.due("prepare", "Ana"), await two.due("prepare", "Ben")) == ([], [])
    assert await two.due("agenda", "Ana") == await two.due("agenda", "Ben") == ["2026-11-24 13:50"]


async def test_the_summary_comes_an_hour_later_or_when_work_begins(two: Two) -> None:
    """It is over at half past five in Madrid."""
    await two.meet_once_more(_at("2026-11-24 16:00"))
    assert await two.due("wrap_up", "Ana") == await two.due("wrap_up", "Ben") == ["2026-11-24 16:30"]
    assert await two.due("summary", "Ana") == ["2026-11-25 08:00"]
    assert await two.due("summary", "Ben") == ["2026-11-24 17:30"]


async def test_a_meeting_on_the_spot_has_no_end_to_be_asked_at(two: Two) -> None:
    """Its summary comes an hour after it began, or after it was wrapped up."""
    meeting = Meeting(
        id=MeetingId(new_id()),
        organization=two.organization,
        conversation=two.conversation,
        author=two.person("Ana"),
        starts_at=two.now,
        state=MeetingState.running,
        changed_at=two.now,
        begun_at=two.now,
    )
    async with two.writing() as pen:
        assert await meet_now(pen, meeting)
    assert {one.kind for one in await two.reminders()} == {DeliveryKind.summary}
    assert await two.due("summary", "Ana") == ["2026-11-23 10:00"]
    ended = replace(meeting, state=MeetingState.ended, ended_at=NOW + timedelta(minutes=40), ended_by=two.person("Ben"))
    async with two.writing() as pen:
        await arrange_meeting(pen, ended)
    assert await two.due("summary", "Ana") == ["2026-11-23 10:40"]


MARCH = {"Europe/Madrid": ["2027-03-12 14:00", "2027-03-26 13:00"], "America/New_York": []}
"""When Ben hears of a shift, by the zone of the rhythm: America's clocks change on the 14th, Europe's on the 28th."""


@pytest.mark.parametrize("zone", MARCH)
async def test_a_shift_is_told_to_whom_the_hour_shifts_for(store: Store, zone: str) -> None:
    two = await two_on(store, now=_at("2027-03-01 09:00"))
    series = await two.agree(replace(WEEKLY, first=date(2027, 3, 2), zone=zone))
    await two.plan(series, _at("2027-04-30 00:00"))
    assert await two.due("shift", "Ben") == MARCH[zone]
    ana = [] if MARCH[zone] else ["2027-03-12 08:00", "2027-03-25 08:00"]  # the 26th is Good Friday
    assert await two.due("shift", "Ana") == ana


async def test_where_clocks_never_change_it_shifts_with_the_others(store: Store) -> None:
    two = await two_on(store, now=_at("2027-03-01 09:00"))
    await _lives_in(two, "Ben", "America/Phoenix")
    series = await two.agree(replace(WEEKLY, first=date(2027, 3, 2)))
    await two.plan(series, _at("2027-04-30 00:00"))
    assert await two.due("shift", "Ben") == ["2027-03-26 16:00"]


@pytest.mark.parametrize(
    ("name", "day", "due"),
    [
        pytest.param("Ana", "2026-11-25", "2026-11-25 08:00", id="on its morning"),
        pytest.param("Ana", "2026-11-29", "2026-11-27 08:00", id="on the friday before a weekend"),
        pytest.param("Ben", "2026-11-26", "2026-11-25 14:00", id="before thanksgiving"),
        pytest.param("Ana", "2027-03-29", "2027-03-29 07:00", id="after the clocks changed"),
        pytest.param("Ana", "2026-11-23", "2026-11-24 08:00", id="today, when its morning is over"),
        pytest.param("Ben", "2026-11-23", "2026-11-23 14:00", id="today, before its morning"),
    ],
)
async def test_a_promise_is_brought_up_on_the_morning_it_is_due(two: Two, name: str, day: str, due: str) -> None:
    await _promised(two, name, date.fromisoformat(day))
    assert await two.due("due", name) == [due]


async def test_a_promise_that_changes_hands_reminds_its_new_owner_only(two: Two) -> None:
    promise = await _promised(two, "Ana", date(2026, 11, 25))
    async with two.writing() as pen:
        await arrange_due(pen, await pen.tx.action_items.save(replace(promise, owner=two.person("Ben"))))
    assert (await two.due("due", "Ana"), await two.due("due", "Ben")) == ([], ["2026-11-25 14:00"])
    async with two.writing() as pen:
        await arrange_due(pen, replace(promise, owner=two.person("Ben"), done_at=two.now))
    assert await two.due("due", "Ben") == []


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "2026-12-09 08:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-23 08:00"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "2026-12-02 08:00"),
        ("FREQ=MONTHLY;BYDAY=1TU", "2027-01-25 08:00"),
    ],
)
async def test_drifting_is_twice_the_rhythm_and_a_day_without_a_meeting(two: Two, rule: str, due: str) -> None:
    """They agreed on Monday, 23 November, an hour after work had begun in Madrid."""
    await two.agree(replace(WEEKLY, rule=parsed_rule(rule)))
    assert await two.due("drifting", "Ana") == [due]


async def test_to_arrange_twice_is_to_arrange_once(two: Two) -> None:
    await two.agree(WEEKLY)
    promise = await _promised(two, "Ben", date(2026, 11, 25))
    reminders = await two.reminders()
    async with two.writing() as pen:
        for meeting in await two.meetings():
            await arrange_meeting(pen, meeting)
        await arrange_due(pen, promise)
        await arrange_drifting(pen, two.conversation)
        for name in ("Ana", "Ben"):
            await arrange_for(pen, two.person(name))
    assert await two.reminders() == reminders


async def test_promises_from_before_there_were_reminders_are_caught_up_with_once(two: Two) -> None:
    for number in range(BATCH + 5):
        await _promised(two, "Ana", date(2026, 11, 25) + timedelta(days=number % 2), arrange=False)
    await _promised(two, "Ana", None, arrange=False)
    await _promised(two, "Ana", date(2026, 11, 25))
    for _ in range(2):
        await two.planner().catch_up()
    due = await two.due("due", "Ana")
    assert len(due) == BATCH + 6
    assert set(due) == {"2026-11-25 08:00", "2026-11-26 08:00"}


async def test_what_was_due_long_ago_is_brought_up_the_next_morning(two: Two) -> None:
    await _promised(two, "Ana", date(2026, 10, 1), arrange=False)
    await two.planner().catch_up()
    assert await two.due("due", "Ana") == [f"{NOW + timedelta(hours=23):%Y-%m-%d %H:%M}"]
