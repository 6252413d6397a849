"""Which meetings two people have, by the plainest bookkeeping: every day of the rhythm, and what they did to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.stateful.by_hand import A_DAY, Rhythm

HORIZON = timedelta(days=14)
AHEAD = timedelta(days=15)
LEFT_OPEN = timedelta(days=1)
EARLY = timedelta(hours=12)
FAR = timedelta(days=400)


@dataclass(kw_only=True)
class Schedule:
    """A rhythm that two people agreed upon; its meetings are written down up to ``planned_until``."""

    id: str
    rhythm: Rhythm
    created: datetime
    planned_until: datetime
    state: str = "active"

    def key(self, day: date) -> str:
        """By what its meeting of that day is known, wherever it moves."""
        return f"{self.id} {day}"


@dataclass(kw_only=True)
class Appointment:
    """A meeting; ``minutes`` is 0 where it was begun on the spot."""

    key: str
    starts: datetime
    minutes: int
    day: date | None = None
    schedule: Schedule | None = None
    state: str = "scheduled"
    moved: bool = False
    begun: datetime | None = None
    ended: datetime | None = None
    wrapped_up: datetime | None = None

    @property
    def is_held(self) -> bool:
        """Whether the two met, or are meeting."""
        return self.state in ("running", "ended")

    @property
    def met(self) -> datetime:
        """When it began, or will."""
        return self.begun or self.starts

    @property
    def over(self) -> datetime:
        """When it ended, or will."""
        return self.ended or self.met + timedelta(minutes=self.minutes)

    def overlaps(self, starts: datetime, minutes: int) -> bool:
        """Whether it takes some of that time."""
        mine, other = timedelta(minutes=self.minutes), timedelta(minutes=minutes)
        return self.starts < starts + other and starts < self.starts + mine

    @property
    def facts(self) -> tuple[object, ...]:
        """All that is to be compared."""
        times = (self.begun, self.ended)
        return (self.state, self.starts, self.minutes, self.moved, *times, self.wrapped_up is not None)


@dataclass(kw_only=True)
class Diary:
    """All meetings of two people that are written down, by their keys; ``is_over`` is that nobody meets here any more.

    One that is cancelled stays there: it is what it was again when its rhythm comes back to that day.
    """

    meetings: dict[str, Appointment] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)
    is_over: bool = False

    @property
    def schedule(self) -> Schedule | None:
        """The one that has not ended."""
        return next((one for one in self.schedules if one.state != "ended"), None)

    @property
    def running(self) -> Appointment | None:
        return next((one for one in self.meetings.values() if one.state == "running"), None)

    @property
    def held(self) -> list[Appointment]:
        """Those that were held, the latest first."""
        return sorted((one for one in self.meetings.values() if one.is_held), key=lambda one: one.met, reverse=True)

    def starts(self, schedule: Schedule, now: datetime) -> None:
        """The two have a rhythm from now on."""
        self.schedules.append(schedule)
        self._plan(schedule, now, now + AHEAD)

    def clock_strikes(self, now: datetime) -> bool:
        """The clock plans ahead, begins what is to begin, and closes what was left open; whether anything began."""
        schedule = self.schedule
        if schedule is not None and schedule.state == "active" and schedule.planned_until < now + HORIZON:
            self._plan(schedule, now, now + AHEAD)
        left_open = [one for one in self.meetings.values() if one.state == "running" and one.met <= now - LEFT_OPEN]
        due = [one for one in self.meetings.values() if one.state == "scheduled" and one.starts <= now]
        for meeting in sorted(due, key=lambda one: one.starts):
            if self.is_over:
                meeting.state = "cancelled"
            else:
                self.begins(meeting, meeting.starts, now)
        for meeting in left_open:
            if meeting.state == "running":
                self._closes(meeting, now)
        return bool(due) and not self.is_over

    def begins(self, meeting: Appointment, at: datetime, now: datetime) -> None:
        """The two meet; whatever they did before is over, and so is this when they have begun something else since."""
        running = self.running
        meeting.state, meeting.begun = "running", at
        if running is not None and running.met > at:
            self._closes(meeting, running.met)
        elif running is not None:
            self._closes(running, now)
        self.meetings[meeting.key] = meeting

    def _closes(self, meeting: Appointment, now: datetime) -> None:
        meeting.ended = min(meeting.over, now) if meeting.minutes else now
        meeting.state = "ended"

    def _plan(self, schedule: Schedule, now: datetime, until: datetime) -> None:
        for day, slot in schedule.rhythm.slots(start=max(now, schedule.planned_until), end=until):
            self._write_down(schedule, day, slot)
        schedule.planned_until = max(schedule.planned_until, until)

    def _write_down(self, schedule: Schedule, day: date, slot: datetime) -> None:
        key, minutes = schedule.key(day), schedule.rhythm.minutes
        fresh = Appointment(key=key, starts=slot, minutes=minutes, day=day, schedule=schedule)
        self.meetings.setdefault(key, fresh)

    def changes(self, schedule: Schedule, now: datetime) -> None:
        """The rhythm, or whether it holds, is another one from now on."""
        for meeting in [one for one in self.meetings.values() if one.schedule is schedule]:
            if not meeting.is_held and (meeting.starts >= now or meeting.state == "cancelled"):
                self._follows(meeting, schedule, now)
        planned_until, schedule.planned_until = max(schedule.planned_until, now + AHEAD), now
        if schedule.state == "active":
            self._plan(schedule, now, planned_until)

    def _follows(self, meeting: Appointment, schedule: Schedule, now: datetime) -> None:
        assert meeting.day is not None
        rhythm, slot = schedule.rhythm, schedule.rhythm.slot(meeting.day)
        if schedule.state == "active" and rhythm.meets_on(meeting.day) and slot >= now:
            others = rhythm.slots(start=max(now, meeting.starts - A_DAY), end=meeting.starts + A_DAY)
            is_taken = any(
                Appointment(key="", starts=other, minutes=rhythm.minutes).overlaps(meeting.starts, rhythm.minutes)
                for day, other in others
                if day != meeting.day
            )
            if not meeting.moved or meeting.state == "cancelled" or is_taken:
                meeting.starts, meeting.moved = slot, False
            meeting.minutes = rhythm.minutes
            meeting.state = "skipped" if meeting.state == "skipped" else "scheduled"
            return
        came_from_before = schedule.state == "active" and meeting.moved and slot < now
        stays_skipped = schedule.state == "paused" and meeting.state == "skipped"
        if meeting.state != "cancelled" and not came_from_before and not stays_skipped:
            meeting.state = "cancelled"

    def ahead(self, now: datetime, until: datetime) -> list[Appointment]:
        """All from now on, also those that are only reckoned yet, by their time."""
        return sorted(self._ahead(now, until), key=lambda one: one.starts)

    def _ahead(self, now: datetime, until: datetime) -> Iterator[Appointment]:
        for meeting in self.meetings.values():
            if meeting.state in ("scheduled", "skipped") and now <= meeting.starts < until:
                yield meeting
        schedule = self.schedule
        if schedule is None or schedule.state != "active":
            return
        for day, slot in schedule.rhythm.slots(start=now, end=until):
            key, minutes = schedule.key(day), schedule.rhythm.minutes
            if key not in self.meetings:
                yield Appointment(key=key, starts=slot, minutes=minutes, day=day, schedule=schedule)

    def following(self, now: datetime) -> Appointment | None:
        """The next one that takes place."""
        for far in (AHEAD, FAR):
            ahead = [one for one in self.ahead(now, now + far) if one.state == "scheduled"]
            if ahead:
                return ahead[0]
        return None

    def in_the_way(self, starts: datetime, minutes: int, now: datetime, *, but: str = "") -> bool:
        """Whether another meeting takes some of that time."""
        others = self.ahead(now, starts + timedelta(minutes=minutes))
        return any(one.key != but and one.state == "scheduled" and one.overlaps(starts, minutes) for one in others)
