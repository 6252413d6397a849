"""From a rhythm to meetings: planned ahead, changed from here on, begun at their time and closed (G1, G2, G9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never

from bot.model.agenda import Visibility
from bot.model.ids import ConversationId, MeetingId, PersonId
from bot.model.meeting import NOT_STORED, Meeting, MeetingState
from bot.model.series import Series, SeriesState
from bot.pen import Pen
from bot.ports import Stale
from bot.reminding import arrange_drifting, arrange_meeting

HORIZON = timedelta(days=14)
AHEAD = HORIZON + timedelta(days=1)
"""How far a series is planned when it is planned: so each is looked at once a day."""

SLACK = timedelta(days=2)
"""Further than any two zones are apart."""


async def plan_meetings(pen: Pen, series: Series, until: datetime) -> Series:
    """Let its meetings be rows until then; to do so twice, or in two steps, comes to the same."""
    for day, starts_at in series.rhythm.between(start=max(series.planned_until, pen.now), end=until):
        meeting = replace(_reckoned(pen, series, day, starts_at), version=1)
        there = meeting if await pen.tx.meetings.add(meeting) else await pen.tx.meetings.on(series.id, day)
        if there is not None:
            await arrange_meeting(pen, there)
    return await pen.tx.series.save(replace(series, planned_until=max(until, series.planned_until)))


def _reckoned(pen: Pen, series: Series, day: date, starts_at: datetime) -> Meeting:
    return Meeting(
        id=MeetingId(pen.new_id()),
        organization=series.organization,
        conversation=series.conversation,
        author=series.author,
        starts_at=starts_at,
        state=MeetingState.scheduled,
        changed_at=series.changed_at,
        minutes=series.minutes,
        series=series.id,
        day=day,
        version=NOT_STORED,
    )


async def rewrite(pen: Pen, series: Series) -> Series:
    """Let the meetings from here on follow their changed series; on days that it keeps, what was skipped stays so."""
    until = max(series.planned_until, pen.now + AHEAD)
    series = await pen.tx.series.save(replace(series, planned_until=pen.now))  # reminders of its meetings look at it
    rows = await _ahead_in(pen, series)
    wanted = _slots(series, start=pen.now, end=_beyond(series, rows, until))
    for meeting in rows:
        changed = _followed(pen, series, meeting, wanted)
        if changed is not None:
            await _changed(pen, changed)
    if series.state is SeriesState.active:
        series = await plan_meetings(pen, series, until)
    await arrange_drifting(pen, series.conversation)
    return series


async def _ahead_in(pen: Pen, series: Series) -> Sequence[Meeting]:
    """Its rows that begin from now on, and those that would if nobody had moved them."""
    begin = await pen.tx.meetings.since(pen.now, [series.conversation])
    due = await pen.tx.meetings.in_series(series.id, since=(pen.now - SLACK).date())
    return list({row.id: row for row in (*begin, *due) if row.series == series.id}.values())


def _beyond(series: Series, rows: Sequence[Meeting], until: datetime) -> datetime:
    """Later than all of these: somebody may have moved or skipped a meeting long before it was planned."""
    own = (max(row.starts_at, series.rhythm.starts(row.day)) for row in rows if row.day is not None)
    return max([until, *(moment + SLACK for moment in own)])


def _slots(series: Series, *, start: datetime, end: datetime) -> Mapping[date, datetime]:
    return dict(series.rhythm.between(start=start, end=end)) if series.state is SeriesState.active else {}


def _followed(pen: Pen, series: Series, meeting: Meeting, wanted: Mapping[date, datetime]) -> Meeting | None:
    """What becomes of a meeting; None where its series has no more say in it."""
    is_over = meeting.starts_at < pen.now and meeting.state is not MeetingState.cancelled
    if meeting.is_held or meeting.day is None or is_over:
        return None
    if meeting.day in wanted:
        return _kept(series, meeting, wanted, meeting.day)
    return replace(meeting, state=MeetingState.cancelled) if _falls_away(pen, series, meeting, meeting.day) else None


def _falls_away(pen: Pen, series: Series, meeting: Meeting, day: date) -> bool:
    """A change from here on does not reach what was moved to here from before; a pause spares what was skipped."""
    match series.state:
        case SeriesState.active:
            came_from_before = meeting.moved and series.rhythm.starts(day) < pen.now
            return meeting.state is not MeetingState.cancelled and not came_from_before
        case SeriesState.paused:
            return meeting.state is MeetingState.scheduled
        case SeriesState.ended:
            return meeting.state is not MeetingState.cancelled
        case _:
            assert_never(series.state)


def _kept(series: Series, meeting: Meeting, wanted: Mapping[date, datetime], day: date) -> Meeting:
    """The meeting of that day as the series has it now; where it was moved to holds, unless another is there now."""
    others = [starts_at for other, starts_at in wanted.items() if other != day]
    stays = meeting.moved and meeting.state is not MeetingState.cancelled and not _collides(series, meeting, others)
    skipped = meeting.state is MeetingState.skipped
    return replace(
        meeting,
        starts_at=meeting.starts_at if stays else wanted[day],
        moved=stays,
        minutes=series.minutes,
        state=MeetingState.skipped if skipped else MeetingState.scheduled,
    )


def _collides(series: Series, meeting: Meeting, others: Sequence[datetime]) -> bool:
    length = timedelta(minutes=series.minutes)
    return any(other < meeting.starts_at + length and meeting.starts_at < other + length for other in others)


async def _changed(pen: Pen, meeting: Meeting) -> Meeting:
    """Keep a changed meeting: calendars learn of it, and reminders follow."""
    moved_on = replace(meeting, changed_at=pen.now, sequence=meeting.sequence + 1)
    saved = await pen.tx.meetings.save(moved_on)
    await arrange_meeting(pen, saved)
    return saved


async def change(pen: Pen, meeting: Meeting) -> Meeting:
    """Keep a meeting that somebody skipped, moved or brought back; one that was only reckoned becomes a row by it."""
    if not meeting.is_stored:
        meeting = replace(meeting, version=1)
        if not await pen.tx.meetings.add(meeting):
            raise Stale  # it became a row just now
    saved = await _changed(pen, meeting)
    await arrange_drifting(pen, meeting.conversation)
    return saved


async def plan_one(pen: Pen, meeting: Meeting) -> Meeting:
    """Keep a new meeting outside of any series."""
    await pen.tx.meetings.add(meeting)
    await arrange_meeting(pen, meeting)
    return meeting


async def meeting_on(pen: Pen, series: Series, day: date) -> Meeting | None:
    """The meeting of that day of the series, a row or reckoned; None where the series has none."""
    there = await pen.tx.meetings.on(series.id, day)
    if there is not None:
        return there
    if series.state is not SeriesState.active or series.rhythm.next_day(day) != day:
        return None
    return _reckoned(pen, series, day, series.rhythm.starts(day))


async def meetings_ahead(pen: Pen, conversation: ConversationId, *, until: datetime) -> Sequence[Meeting]:
    """All that are scheduled or skipped from now on, rows and reckoned ones, by time."""
    series = await pen.tx.series.of(conversation)
    rows = [row for row in await pen.tx.meetings.since(pen.now, [conversation]) if _is_ahead(row, pen.now, until)]
    if series is None or series.state is not SeriesState.active:
        return rows
    known = {row.day for row in await pen.tx.meetings.in_series(series.id, since=(pen.now - SLACK).date())}
    slots = series.rhythm.between(start=pen.now, end=until)
    further = [_reckoned(pen, series, day, starts_at) for day, starts_at in slots if day not in known]
    return sorted([*rows, *further], key=lambda meeting: meeting.starts_at)


def _is_ahead(meeting: Meeting, now: datetime, until: datetime) -> bool:
    return meeting.state in (MeetingState.scheduled, MeetingState.skipped) and now <= meeting.starts_at < until


async def next_meeting(pen: Pen, conversation: ConversationId) -> Meeting | None:
    """The next one that is scheduled, however far ahead."""
    return (await next_meetings(pen, [conversation])).get(conversation)


async def next_meetings(pen: Pen, conversations: Sequence[ConversationId]) -> Mapping[ConversationId, Meeting]:
    """The next one of each of these conversations."""
    upcoming = [one for one in await pen.tx.meetings.upcoming(*conversations) if one.starts_at >= pen.now]
    following = {one.conversation: one for one in reversed(upcoming)}
    near = {one.conversation for one in following.values() if one.starts_at < pen.now + HORIZON}
    for series in await pen.tx.series.of_all([each for each in conversations if each not in near]):
        reckoned = await _next_reckoned(pen, series) if series.state is SeriesState.active else None
        found = [one for one in (following.get(series.conversation), reckoned) if one is not None]
        if found:
            following[series.conversation] = min(found, key=lambda meeting: meeting.starts_at)
    return following


async def due_meeting(pen: Pen, conversation: ConversationId, *, since: datetime) -> Meeting | None:
    """The latest whose time has come though the clock has not begun it yet."""
    upcoming = await pen.tx.meetings.upcoming(conversation)
    due = [one for one in upcoming if since <= one.starts_at <= pen.now]
    return due[-1] if due else None


async def _next_reckoned(pen: Pen, series: Series) -> Meeting | None:
    """The first that is no row yet."""
    day = series.rhythm.next_day((max(pen.now, series.planned_until) - SLACK).date())
    while day is not None:
        meeting = await meeting_on(pen, series, day)
        if meeting is not None and not meeting.is_stored and meeting.starts_at >= pen.now:
            return meeting
        day = series.rhythm.next_day(day + timedelta(days=1))
    return None


async def in_the_way(pen: Pen, conversation: ConversationId, meeting: Meeting) -> Meeting | None:
    """Another meeting of the same two at the time of this one."""
    ends_at = meeting.starts_at + timedelta(minutes=meeting.minutes)
    for other in await meetings_ahead(pen, conversation, until=ends_at):
        same = other.id == meeting.id or (other.series, other.day) == (meeting.series or "", meeting.day)
        starts_before = other.starts_at < ends_at
        ends_after = other.starts_at + timedelta(minutes=other.minutes) > meeting.starts_at
        if not same and other.state is MeetingState.scheduled and starts_before and ends_after:
            return other
    return None


async def begin(pen: Pen, meeting: Meeting, *, by: PersonId | None) -> Meeting:
    """The two meet: at its time by itself, or when one of them says so; the one before it is over.

    The clock may come late to a meeting whose two have begun another one since: that is the one that goes on.
    """
    begun_at = meeting.starts_at if by is None else pen.now
    begun = replace(meeting, state=MeetingState.running, begun_at=begun_at, started_by=by, changed_at=pen.now)
    running = await pen.tx.meetings.running(meeting.conversation)
    if running is not None and running.met_at > begun_at:
        begun = replace(begun, state=MeetingState.ended, ended_at=min(begun.over_at, running.met_at))
    elif running is not None:
        await close(pen, running)
    saved = await pen.tx.meetings.save(begun)
    await _begun(pen, saved)
    return saved


async def meet_now(pen: Pen, meeting: Meeting) -> bool:
    """The two meet without a plan; False when they are meeting already."""
    if not await pen.tx.meetings.add(meeting):
        return False
    await _begun(pen, meeting)
    return True


async def _begun(pen: Pen, meeting: Meeting) -> None:
    await reveal(pen, meeting.conversation)
    await arrange_meeting(pen, meeting)
    await arrange_drifting(pen, meeting.conversation)


async def reveal(pen: Pen, conversation: ConversationId) -> None:
    """What either side kept for the day is on the table now."""
    for item in await pen.tx.agenda.open_in([conversation]):
        is_resting = item.resting_until is not None and item.resting_until > pen.now.date()
        if item.visibility is Visibility.on_the_day and not is_resting:
            await pen.tx.agenda.save(replace(item, visibility=Visibility.shared, shared_at=pen.now))


async def close(pen: Pen, meeting: Meeting) -> Meeting:
    """Nobody wrapped it up: it is over all the same, and can still be wrapped up."""
    ended_at = min(meeting.over_at, pen.now) if meeting.is_planned else pen.now
    ended = replace(meeting, state=MeetingState.ended, ended_at=ended_at, changed_at=pen.now)
    saved = await pen.tx.meetings.save(ended)
    await arrange_meeting(pen, saved)
    return saved


async def not_met(pen: Pen, meeting: Meeting) -> Meeting:
    """The two say that they did not meet after all."""
    skipped = replace(meeting, state=MeetingState.skipped, begun_at=None, started_by=None, ended_at=None, ended_by=None)
    saved = await _changed(pen, skipped)
    await arrange_drifting(pen, meeting.conversation)
    return saved
