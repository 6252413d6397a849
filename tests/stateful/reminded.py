"""Who is to be reminded of what, and when: reckoned from how things stand, each time anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.stateful.appointments import Appointment, Diary, Schedule
from tests.stateful.by_hand import A_DAY, Week, day_of, shown

HERE = timedelta(minutes=5)
LATELY = timedelta(days=7)
JUST_ADDED = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
OF_MEETINGS = ("prepare", "agenda", "wrap_up", "summary", "shift")
KINDS = (*OF_MEETINGS, "drifting")


@dataclass(kw_only=True)
class Someone:
    """One of the two: how they work, of what they want to be reminded, and what they did lately."""

    name: str
    week: Week
    prepare_days: int | None = None
    agenda_minutes: int | None = None
    muted: set[str] = field(default_factory=set)
    has_archived: bool = False
    was_here: datetime | None = None
    prepared: datetime | None = None

    @property
    def zone(self) -> str:
        return self.week.zone


@dataclass(kw_only=True)
class Usual:
    """What holds for everybody who wants nothing else; for all while it is locked."""

    report_days: int = 2
    other_days: int = 1
    agenda_minutes: int = 10
    locked: bool = False


@dataclass(kw_only=True)
class Item:
    """Something on the agenda."""

    author: str
    created: datetime
    state: str = "open"
    seen: str = "shared"
    about: str | None = None


class Reminder(NamedTuple):
    """One message that may come once: what it is about, to whom, and on which occasion."""

    about: str
    kind: str
    to: str
    occasion: str


class Times(NamedTuple):
    due: datetime
    expires: datetime


@dataclass(kw_only=True)
class Pair:
    """Two people with their diary, and what they are to be reminded of. ``senior`` is the manager, if one of them is.

    ``waiting`` is what is due later. It follows every change; what was over when it was called for is not in it.
    ``spared`` is what turned out to be needless when it was due.
    """

    people: tuple[Someone, Someone]
    usual: Usual
    senior: str | None
    diary: Diary = field(default_factory=Diary)
    items: dict[str, Item] = field(default_factory=dict)
    notes: dict[str, str | None] = field(default_factory=dict)
    waiting: dict[Reminder, Times] = field(default_factory=dict)
    told: set[Reminder] = field(default_factory=set)
    spared: set[Reminder] = field(default_factory=set)

    def settles(self, now: datetime) -> None:
        """After each change: what waits is what is wanted now."""
        wanted = dict(self._wanted())
        for gone in self.waiting.keys() - wanted.keys():
            del self.waiting[gone]
        for reminder, times in wanted.items():
            if reminder in self.waiting or (times.due >= now and reminder not in self.told):
                self.waiting[reminder] = times

    def clock_strikes(self, now: datetime, *, looks: int = 1) -> list[Reminder]:
        """Whom the clock reminds of what at this moment, when it has looked so many times at what begins and closes."""
        for _ in range(looks):
            if self.diary.clock_strikes(now):
                self.reveals()
        self.settles(now)
        reminded = []
        for reminder, times in list(self.waiting.items()):
            if times.due <= now:
                del self.waiting[reminder]
                if now < times.expires and self._is_needed(reminder, now):
                    self.told.add(reminder)
                    reminded.append(reminder)
                else:
                    self.spared.add(reminder)
        return reminded

    def next_moment(self, now: datetime) -> datetime | None:
        """When something happens next."""
        moments = [times.due for times in self.waiting.values()]
        for meeting in self.diary.meetings.values():
            if meeting.state == "scheduled":
                moments.append(meeting.starts)
            if meeting.state == "running":
                moments.append(meeting.met + A_DAY)
        return min((moment for moment in moments if moment > now), default=None)

    def reveals(self) -> None:
        """They meet: what was kept for the day is on the table."""
        for item in self.items.values():
            if item.state == "open" and item.seen == "on_the_day":
                item.seen = "shared"

    def _wanted(self) -> Iterator[tuple[Reminder, Times]]:
        for someone in self.people:
            for meeting in self.diary.meetings.values():
                for kind, occasion, times in self._of_meeting(meeting, someone):
                    yield Reminder(meeting.key, kind, someone.name, occasion), times
            schedule = self.diary.schedule
            if schedule is not None and schedule.state == "active":
                last = self._last_together(schedule)
                due = someone.week.next_morning(last + 2 * schedule.rhythm.period + A_DAY)
                occasion = last.isoformat(timespec="minutes")
                yield Reminder("both", "drifting", someone.name, occasion), Times(due, due + 5 * A_DAY)

    def _of_meeting(self, meeting: Appointment, someone: Someone) -> Iterator[tuple[str, str, Times]]:
        occasion, week = meeting.starts.isoformat(timespec="minutes"), someone.week
        if meeting.state == "scheduled":
            day = self._day_to_prepare(meeting, someone)
            yield "prepare", str(day), Times(week.morning(day), meeting.starts)
            early = meeting.starts - timedelta(minutes=self._agenda_minutes(someone))
            yield "agenda", occasion, Times(early, meeting.starts)
            if self._shifts(meeting, someone):
                before = week.working_days_before(day_of(meeting.starts, someone.zone), 2)
                yield "shift", occasion, Times(week.morning(before), meeting.starts)
        if meeting.minutes and meeting.state in ("scheduled", "running"):
            yield "wrap_up", occasion, Times(meeting.over, meeting.over + A_DAY)
        is_over_by_itself = meeting.state == "ended" and meeting.minutes > 0
        if meeting.state in ("scheduled", "running") or meeting.wrapped_up is not None or is_over_by_itself:
            after = week.next_moment(max(meeting.over, meeting.wrapped_up or meeting.over) + AN_HOUR)
            yield "summary", occasion, Times(after, after + 2 * A_DAY)

    def _day_to_prepare(self, meeting: Appointment, someone: Someone) -> date:
        week, day = someone.week, day_of(meeting.starts, someone.zone)
        day = week.working_days_before(day, self._prepare_days(someone))
        return day if week.morning(day) < meeting.starts else week.working_days_before(day, 1)

    def _prepare_days(self, someone: Someone) -> int:
        if someone.prepare_days is not None and not self.usual.locked:
            return someone.prepare_days
        reports = self.senior is not None and self.senior != someone.name
        return self.usual.report_days if reports else self.usual.other_days

    def _agenda_minutes(self, someone: Someone) -> int:
        own = None if self.usual.locked else someone.agenda_minutes
        return self.usual.agenda_minutes if own is None else own

    def _shifts(self, meeting: Appointment, someone: Someone) -> bool:
        """Whether it is at another hour for them than the one before, though nobody moved it."""
        if meeting.schedule is None or meeting.day is None or meeting.moved:
            return False
        rhythm = meeting.schedule.rhythm
        before = rhythm.day_before(meeting.day)
        if before is None:
            return False
        return shown(rhythm.slot(before), someone.zone)[1] != shown(meeting.starts, someone.zone)[1]

    def _last_together(self, schedule: Schedule) -> datetime:
        return max([schedule.created, *(meeting.met for meeting in self.diary.held)])

    def _is_needed(self, reminder: Reminder, now: datetime) -> bool:
        """Whether it would tell its reader anything."""
        someone = next(one for one in self.people if one.name == reminder.to)
        if self.diary.is_over or someone.has_archived or reminder.kind in someone.muted:
            return False
        meeting = self.diary.meetings.get(reminder.about)
        match reminder.kind:
            case "drifting":
                return not self._both_are_here(now) and self._are_drifting(now)
            case "prepare":
                assert meeting is not None
                return not self._both_are_here(now) and not self._is_prepared(someone, meeting, now)
            case "agenda":
                return not self._both_are_here(now)
            case "wrap_up":
                assert meeting is not None
                return meeting.is_held and not meeting.wrapped_up
            case "summary":
                return self._came_of(reminder.about)
            case _:
                return True

    def _both_are_here(self, now: datetime) -> bool:
        return all(one.was_here is not None and now - one.was_here < HERE for one in self.people)

    def _is_prepared(self, someone: Someone, meeting: Appointment, now: datetime) -> bool:
        since = max([meeting.starts - LATELY, *(one.met for one in self.diary.held[:1])])
        if someone.prepared is not None and someone.prepared >= since:
            return True
        mine = (item for item in self.items.values() if item.author == someone.name and item.state == "open")
        return any(item.created >= max(since, now - JUST_ADDED) for item in mine)

    def _came_of(self, meeting: str) -> bool:
        """Whether anything that both may read came of it."""
        discussed = (i for i in self.items.values() if i.state == "discussed" and i.seen == "shared")
        return meeting in self.notes.values() or any(item.about == meeting for item in discussed)

    def _are_drifting(self, now: datetime) -> bool:
        schedule, following = self.diary.schedule, self.diary.following(now)
        assert schedule is not None
        if following is not None and following.starts - now < A_DAY:
            return False
        return now >= self._last_together(schedule) + 2 * schedule.rhythm.period
