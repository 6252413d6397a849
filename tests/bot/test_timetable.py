"""Meetings of a rhythm as rows: planned once, however often and by whomever; and what a change leaves of them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.delivery import ANYWHERE, DeliveryState, Outcome
from bot.model.meeting import MeetingState
from bot.model.series import SeriesState
from bot.reminding import arrange_for, arrange_meeting
from bot.rhythm import Rhythm, parsed_rule
from bot.timetable import next_meeting
from storage.store import Store
from tests.bot.agreed import NOW, WEEKLY, Two, two_on
from tests.bot.conftest import KEY
from tests.stateful.snapshot import UNHURRIED

A_DAY = timedelta(days=1)
RULES = (
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=DAILY;INTERVAL=4",
    "FREQ=MONTHLY;BYDAY=-1MO",
    "FREQ=MONTHLY;BYMONTHDAY=31",
)
ZONES = ("Europe/Madrid", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe")


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = Store(sqlite_url, (KEY,), patience=UNHURRIED)
    yield store
    await store.close()


@pytest.fixture
async def two(store: Store) -> Two:
    return await two_on(store)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    return Rhythm(
        rule=parsed_rule(draw(st.sampled_from(RULES))),
        first=NOW.date() + draw(st.integers(-20, 10)) * A_DAY,
        at=draw(st.integers(0, 95)) * 15,
        zone=draw(st.sampled_from(ZONES)),
        minutes=draw(st.sampled_from([15, 60])),
    )


spans = st.integers(0, 40 * 24).map(lambda hours: timedelta(hours=hours))


@settings(max_examples=12)
@given(rhythm=rhythms(), span=spans)
async def test_to_plan_twice_is_to_plan_once(store: Store, rhythm: Rhythm, span: timedelta) -> None:
    two = await two_on(store)
    series = await two.plan(await two.agree(rhythm, plan=False), NOW + span)
    meetings, reminders = await two.meetings(), await two.reminders()
    await two.plan(series, NOW + span)
    await two.plan(replace(series, version=series.version + 1, planned_until=NOW), NOW + span)
    assert (await two.meetings(), await two.reminders()) == (meetings, reminders)


@settings(max_examples=12)
@given(rhythm=rhythms(), spans=st.lists(spans, min_size=2, max_size=4))
async def test_a_long_horizon_is_several_short_ones(store: Store, rhythm: Rhythm, spans: list[timedelta]) -> None:
    one, other = await two_on(store), await two_on(store)
    await one.plan(await one.agree(rhythm, plan=False), NOW + max(spans))
    series = await other.agree(rhythm, plan=False)
    for span in spans:
        series = await other.plan(series, NOW + span)
    assert await other.facts() == await one.facts()


@settings(max_examples=12)
@given(rhythm=rhythms(), skipped=st.sets(st.integers(0, 3)), moved=st.sets(st.integers(0, 3)), at=st.integers(0, 95))
async def test_a_change_keeps_what_was_skipped_and_moved_on_days_that_stay(
    store: Store, rhythm: Rhythm, skipped: set[int], moved: set[int], at: int
) -> None:
    two = await two_on(store)
    series = await two.agree(rhythm)
    days = [day for day, _ in rhythm.between(start=NOW + A_DAY, end=NOW + 50 * A_DAY)][:4]
    elsewhere = {days[n]: NOW + (60 + n) * A_DAY for n in moved - skipped if n < len(days)}
    left_out = {days[n] for n in skipped if n < len(days)}
    for day, starts_at in elsewhere.items():
        await two.move(series, day, starts_at)
    for day in left_out:
        await two.skip(series, day)
    series = await two.rewrite(series, at=at * 15, minutes=45)
    there = {one.day: one for one in await two.meetings() if one.state is not MeetingState.cancelled}
    assert {day: there[day].starts_at for day in elsewhere} == elsewhere
    assert {day for day, one in there.items() if one.state is MeetingState.skipped} == left_out
    assert all(one.minutes == 45 for one in there.values())
    assert {day: there[day].starts_at for day in left_out} == {day: series.rhythm.starts(day) for day in left_out}
    due = dict(series.rhythm.between(start=NOW, end=series.planned_until))
    assert {day for day in due if day not in elsewhere} <= there.keys()


async def test_another_zone_moves_each_meeting_once_and_its_reminders_with_it(two: Two) -> None:
    series = await two.agree(WEEKLY)
    assert await two.days() == {
        "2026-11-24": ("2026-11-24 13:00", "scheduled"),
        "2026-12-01": ("2026-12-01 13:00", "scheduled"),
    }
    before = {one.day: one.id for one in await two.meetings()}
    await two.rewrite(series, zone="America/New_York")
    assert {one.day: one.id for one in await two.meetings()} == before
    assert [starts for starts, _ in (await two.days()).values()] == ["2026-11-24 19:00", "2026-12-01 19:00"]
    assert await two.due("agenda", "Ana") == ["2026-11-24 18:50", "2026-12-01 18:50"]


async def test_one_brought_back_far_ahead_does_not_count_as_shifted_by_another_hour_for_all(two: Two) -> None:
    """What it is compared with is the series as it is from now on."""
    series = await two.agree(WEEKLY)
    day = date(2026, 12, 22)
    await two.skip(series, day)
    await two.bring_back(series, day)
    await two.rewrite(series, at=15 * 60)
    assert (await two.days())[str(day)] == ("2026-12-22 14:00", "scheduled")
    assert [await two.due("shift", name) for name in ("Ana", "Ben")] == [[], []]


async def test_a_zone_where_the_time_is_over_already_begins_with_the_next_day(two: Two) -> None:
    series = await two.agree(WEEKLY)
    two.now += timedelta(hours=26)
    await two.rewrite(series, zone="Pacific/Auckland")
    assert await two.days() == {
        "2026-12-01": ("2026-12-01 01:00", "scheduled"),
        "2026-12-08": ("2026-12-08 01:00", "scheduled"),
    }


async def test_a_pause_takes_all_away_and_its_end_brings_it_back(two: Two) -> None:
    series = await two.agree(WEEKLY)
    await two.skip(series, date(2026, 12, 1))
    meetings, waiting = await two.days(), await two.due("agenda", "Ben")
    await two.pause(series)
    assert await two.days() == {"2026-12-01": ("2026-12-01 13:00", "skipped")}
    assert [one for one in await two.reminders() if one.state is DeliveryState.pending] == []
    await two.planner().tick()
    assert list(await two.days()) == ["2026-12-01"]
    await two.resume(series)
    assert (await two.days(), await two.due("agenda", "Ben")) == (meetings, waiting)


async def test_an_end_takes_all_away_for_good(two: Two) -> None:
    series = await two.agree(WEEKLY)
    await two.skip(series, date(2026, 12, 1))
    await two.rewrite(series, state=SeriesState.ended)
    two.now += 30 * A_DAY
    await two.planner().tick()
    assert await two.days() == {}
    assert [one for one in await two.reminders() if one.state is DeliveryState.pending] == []


@pytest.mark.parametrize("what", ["skipped", "scheduled"])
async def test_what_was_done_to_a_meeting_far_ahead_outlives_a_change(two: Two, what: str) -> None:
    """It is a row long before its series is planned so far."""
    series, day = await two.agree(WEEKLY), date(2026, 12, 29)
    if what == "skipped":
        await two.skip(series, day)
    else:
        await two.move(series, day, NOW + 37 * A_DAY)
    before = (await two.days())[str(day)]
    await two.rewrite(series, minutes=45)
    assert (await two.days())[str(day)] == before
    await two.resume(await two.pause(series))
    two.now += 30 * A_DAY
    await two.planner().tick()
    assert str(day) in await two.days()


async def test_the_next_meeting_is_not_one_that_somebody_moved_farther_ahead(two: Two) -> None:
    """A monthly series whose next meeting is no row yet, while the one after it is."""
    monthly = replace(WEEKLY, rule=parsed_rule("FREQ=MONTHLY;BYDAY=3TU"))
    series = await two.agree(monthly)
    await two.move(series, date(2027, 1, 19), NOW + 58 * A_DAY)
    async with two.writing() as pen:
        following = await next_meeting(pen, two.conversation)
    assert following is not None
    assert (str(following.day), following.is_stored) == ("2026-12-15", False)


async def test_the_next_meeting_is_one_more_where_that_comes_first(two: Two) -> None:
    await two.agree(replace(WEEKLY, rule=parsed_rule("FREQ=MONTHLY;BYDAY=3TU")))
    await two.meet_once_more(NOW + 20 * A_DAY)
    async with two.writing() as pen:
        following = await next_meeting(pen, two.conversation)
    assert following is not None
    assert following.starts_at == NOW + 20 * A_DAY


async def test_a_change_reaches_a_meeting_of_today_also_where_its_new_time_is_over(two: Two) -> None:
    """At noon, from Tuesdays at two to Wednesdays at ten: today's is not left behind."""
    series = await two.agree(WEEKLY)
    two.now += timedelta(hours=26)
    rule = parsed_rule("FREQ=WEEKLY;BYDAY=WE")
    await two.rewrite(series, rule=rule, first=date(2026, 11, 25), at=10 * 60)
    assert list(await two.days()) == ["2026-11-25", "2026-12-02", "2026-12-09"]


async def test_a_change_does_not_reach_what_was_moved_here_from_before(two: Two) -> None:
    series = await two.agree(WEEKLY)
    await two.move(series, date(2026, 11, 24), NOW + 3 * A_DAY)
    two.now += 2 * A_DAY
    await two.rewrite(series, minutes=45)
    assert (await two.days())["2026-11-24"] == ("2026-11-26 09:00", "scheduled")


async def test_where_it_was_moved_to_holds_unless_another_is_there_now(two: Two) -> None:
    series = await two.agree(WEEKLY)
    await two.move(series, date(2026, 12, 1), datetime.fromisoformat("2026-12-08T15:20+00:00"))
    await two.rewrite(series, at=15 * 60)
    assert (await two.days())["2026-12-01"] == ("2026-12-08 15:20", "scheduled")
    await two.rewrite(series, at=16 * 60)
    assert (await two.days())["2026-12-01"] == ("2026-12-01 15:00", "scheduled")


async def test_what_was_sent_does_not_come_again_though_it_would_be_due_later_the_same_day(two: Two) -> None:
    """Ana was reminded in Madrid to prepare; the same day she goes to live where it is earlier."""
    await two.agree(WEEKLY)
    two.now = datetime.fromisoformat("2026-11-30T08:00+00:00")
    sent = await two.store.outbox.claim(ANYWHERE, owner="us", now=two.now, lease=A_DAY, most=100)
    assert any(one.kind == "prepare" and one.due_at == two.now for one in sent)
    async with two.writing() as pen:
        for one in sent:
            await pen.tx.deliveries.record(one, Outcome(DeliveryState.sent))
        ana = await pen.tx.people.get(two.person("Ana"))
        assert ana is not None
        await pen.tx.people.save(replace(ana, zone="America/New_York"))
        await arrange_for(pen, ana.id)
    assert await two.due("prepare", "Ana") == []


async def test_what_a_pause_took_away_comes_back_though_it_had_been_moved_to_the_days_of_the_pause(two: Two) -> None:
    series = await two.agree(WEEKLY)
    await two.move(series, date(2026, 12, 1), NOW + 2 * A_DAY)
    await two.pause(series)
    two.now += 4 * A_DAY
    await two.resume(series)
    assert (await two.days())["2026-12-01"] == ("2026-12-01 13:00", "scheduled")


async def test_a_meeting_that_the_next_one_closes_does_not_end_after_that(two: Two) -> None:
    await two.agree(replace(WEEKLY, minutes=60))
    await two.meet_once_more(NOW + timedelta(hours=28, minutes=30))
    two.now += timedelta(hours=28)
    await two.planner().tick()
    two.now += timedelta(minutes=30)
    await two.planner().tick()
    first = (await two.meetings())[0]
    assert (first.state, first.ended_at) == ("ended", two.now)


async def test_a_summary_waits_for_monday_though_nobody_wrapped_up_on_friday(two: Two) -> None:
    """The clock closes the meeting on Saturday."""
    await two.agree(replace(WEEKLY, rule=parsed_rule("FREQ=WEEKLY;BYDAY=FR"), at=17 * 60 + 30))
    for moment in ("2026-11-27T16:30+00:00", "2026-11-28T16:30+00:00"):
        two.now = datetime.fromisoformat(moment)
        await two.planner().tick()
    assert (await two.meetings())[0].state == "ended"
    assert (await two.due("summary", "Ana"))[0] == "2026-11-30 08:00"


async def test_all_that_waits_follows_who_goes_to_live_elsewhere(two: Two) -> None:
    """Also the summary of a meeting that was just now, and that they drift apart."""
    await two.agree(replace(WEEKLY, rule=parsed_rule("FREQ=WEEKLY;BYDAY=FR"), at=17 * 60 + 30))
    two.now = datetime.fromisoformat("2026-11-27T16:30+00:00")
    await two.planner().tick()
    assert (await two.due("drifting", "Ana"), (await two.due("summary", "Ana"))[0]) == (
        ["2026-12-14 08:00"],
        "2026-11-30 08:00",
    )
    async with two.writing() as pen:
        ana = await pen.tx.people.get(two.person("Ana"))
        assert ana is not None
        await pen.tx.people.save(replace(ana, zone="Asia/Tokyo"))
        await arrange_for(pen, ana.id)
    assert (await two.due("drifting", "Ana"), (await two.due("summary", "Ana"))[0]) == (
        ["2026-12-14 00:00"],
        "2026-11-30 00:00",
    )


async def test_what_an_admin_settles_reaches_one_more_meeting_too(two: Two) -> None:
    await two.agree(WEEKLY)
    await two.meet_once_more(NOW + 3 * A_DAY)
    async with two.writing() as pen:
        organization = await pen.tx.organizations.current()
        await pen.tx.organizations.save(replace(organization, agenda_minutes=60))
        await pen.tx.series.plan_anew(two.now)
    await two.planner().tick()
    assert await two.due("agenda", "Ben") == ["2026-11-24 12:00", "2026-11-26 08:00", "2026-12-01 12:00"]


async def test_a_summary_comes_also_when_somebody_wraps_up_the_day_after(two: Two) -> None:
    """Or even later: by then the hour after the meeting is long over."""
    await two.agree(WEEKLY)
    for days in (1, 3):
        two.now += days * A_DAY + timedelta(hours=5)
        await two.planner().tick()
        await two.planner().tick()
    meeting = (await two.meetings())[0]
    assert meeting.state == "ended"
    async with two.writing() as pen:
        wrapped_up = replace(meeting, ended_by=two.person("Ana"), changed_at=two.now)
        await arrange_meeting(pen, await pen.tx.meetings.save(wrapped_up))
    assert (await two.due("summary", "Ben"))[0] == "2026-11-27 20:00"
