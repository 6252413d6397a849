"""What the two of the kills do to their schedule and what must come of it, by the bookkeeping of the stateful proof."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.meeting import Meeting, MeetingState
from tests.bot.desk import A_MONDAY, ZONES
from tests.stateful.appointments import EARLY, Appointment, Schedule
from tests.stateful.by_hand import A_DAY, Rhythm, Week, day_of, instant
from tests.stateful.reminded import KINDS, Item, Pair, Reminder, Someone, Usual
from tests.stateful.timekeeping import same

SIGHT = timedelta(days=30)
PEOPLE = {"U0ANA": "ana", "U0BEN": "ben"}
LOST = (DeliveryState.sending, DeliveryState.unknown)
"""As what a kill leaves one that was being sent: nobody knows how far it came."""


class Appointments:
    """The pair as it must be. Each deed is one that is possible now."""

    def __init__(self) -> None:
        people = tuple(Someone(name=name, week=Week(zone=ZONES[name]), was_here=A_MONDAY) for name in PEOPLE.values())
        self.pair = Pair(people=(people[0], people[1]), usual=Usual(), senior="ana")
        self.diary = self.pair.diary

    def possible(self, now: datetime) -> Iterable[str]:
        """What can be done to the schedule now."""
        yield from ("schedule", "extra")
        schedule = self.diary.schedule
        if schedule is not None:
            yield "pause" if schedule.state == "active" else "resume"
            yield from ("move", "move", "skip", "skip") if self._ahead(now, "scheduled") else ()
            yield from ("back", "back") if self._to_bring_back(now) else ()
        yield "meet" if self.diary.running is None else "wrap"

    def _ahead(self, now: datetime, state: str) -> list[Appointment]:
        """Those of the series; what is far ahead is no row yet."""
        ahead = self.diary.ahead(now, now + SIGHT)
        return [one for one in ahead if one.schedule is not None and one.state == state]

    def _to_bring_back(self, now: datetime) -> list[Appointment]:
        skipped = self._ahead(now, "skipped")
        return [one for one in skipped if not self.diary.in_the_way(one.starts, one.minutes, now, but=one.key)]

    def deed(self, chance: random.Random, kind: str, who: str, now: datetime, note: str) -> tuple[str, str]:
        """What it is about and its words; the bookkeeping has it."""
        someone = self._someone(who)
        someone.was_here = now
        match kind:
            case "schedule":
                return "", self._agrees(chance, now)
            case "move" | "skip" | "back":
                return self._does_to_one(chance, kind, now, someone)
            case "extra":
                starts, words = self._free(chance, now, someone, 20)
                key = f"extra {starts}"
                self.diary.meetings[key] = Appointment(key=key, starts=starts, minutes=30)
                return "", words
            case "pause" | "resume":
                schedule = self.diary.schedule
                assert schedule is not None
                schedule.state = "paused" if kind == "pause" else "active"
                self.diary.changes(schedule, now)
            case "meet":
                self._meets(now)
            case _:
                running = self.diary.running
                assert running is not None
                running.state, running.ended, running.wrapped_up = "ended", now, now
                self.pair.notes[note] = running.key
        return "", note

    def _agrees(self, chance: random.Random, now: datetime) -> str:
        every = chance.choice(["week", "week", "two_weeks", "FREQ=DAILY;INTERVAL=3"])
        first = day_of(now, "Europe/Madrid") + chance.randint(2, 6) * A_DAY
        at, zone = chance.choice([9 * 60, 14 * 60, 16 * 60 + 30]), chance.choice(["Europe/Madrid", "America/New_York"])
        rhythm = Rhythm(every=every, first=first, at=at, zone=zone, minutes=30)
        schedule = self.diary.schedule
        if schedule is None:
            self.diary.starts(Schedule(id="series", rhythm=rhythm, created=now, planned_until=now), now)
        else:
            schedule.rhythm, schedule.state = rhythm, "active"
            self.diary.changes(schedule, now)
        is_rule = every.startswith("FREQ")
        entered = {
            "every": "rule" if is_rule else every,
            "rule": every if is_rule else "",
            "first": str(first),
            "time": _clock(at),
            "zone": zone,
            "minutes": "30",
            "last": "",
        }
        return json.dumps(entered)

    def _does_to_one(self, chance: random.Random, kind: str, now: datetime, someone: Someone) -> tuple[str, str]:
        among = self._to_bring_back(now) if kind == "back" else self._ahead(now, "scheduled")
        meeting = chance.choice(among)
        meeting = self.diary.meetings.setdefault(meeting.key, meeting)
        about, words = str(meeting.day), str(int(meeting.starts.timestamp()) // 60)
        if kind == "skip":
            meeting.state = "skipped"
        elif kind == "move":
            meeting.starts, words = self._free(chance, now, someone, 10)
            meeting.moved = True
        else:
            assert meeting.schedule is not None
            assert meeting.day is not None
            meeting.state, meeting.moved = "scheduled", meeting.schedule.rhythm.slot(meeting.day) != meeting.starts
        return about, words

    def _free(self, chance: random.Random, now: datetime, someone: Someone, minute: int) -> tuple[datetime, str]:
        """A time at which the two do not meet yet, not on the half-hour as those of a series are; and its words."""
        while True:
            day, at = day_of(now, someone.zone) + chance.randint(1, 12) * A_DAY, chance.randint(7, 19) * 60 + minute
            starts = instant(day, at, someone.zone)
            if not self.diary.in_the_way(starts, 30, now):
                return starts, f"{day} {_clock(at)}"

    def _meets(self, now: datetime) -> None:
        meetings = [one for one in self.diary.meetings.values() if one.state == "scheduled" and one.starts <= now]
        due = max(meetings, key=lambda one: one.starts, default=None)  # the clock has not struck for it yet
        following = due if due is not None and now - due.starts <= EARLY else self.diary.following(now)
        if following is None or following.starts - now > EARLY:
            following = Appointment(key=f"extra {now}", starts=now, minutes=0)
        self.diary.begins(following, now, now)
        self.pair.reveals()

    def _someone(self, who: str) -> Someone:
        return next(one for one in self.pair.people if one.name == PEOPLE[who])

    def saw(self, kind: str, who: str, now: datetime, text: str, about: str) -> None:
        """What they did to something else, which decides what they are still to be reminded of."""
        if kind != "ask":
            self._someone(who).was_here = now
        running = self.diary.running
        match kind:
            case "item":
                self.pair.items[text] = Item(author=PEOPLE[who], created=now)
            case "note" | "promise":
                self.pair.notes[text] = running.key if running else None
            case "discuss" | "drop":
                item = self.pair.items[about]
                item.state = "discussed" if kind == "discuss" else "dropped"
                item.about = running.key if running and kind == "discuss" else None
            case _:
                pass

    def compare(self, meetings: Iterable[Meeting], deliveries: Iterable[Delivery], names: Mapping[str, str]) -> None:
        """Every meeting and every reminder that must exist does, once."""
        keys: dict[str, str] = {meeting.id: _key(meeting) for meeting in meetings}
        there = {_key(one): _facts(one) for one in meetings if one.state is not MeetingState.cancelled}
        same(there, {one.key: one.facts for one in self.diary.meetings.values() if one.state != "cancelled"})
        assert len(keys) == len(set(keys.values())), "a day of the series is there twice"
        reminders = [one for one in deliveries if one.kind.value in KINDS]
        once = Counter((one.subject, one.recipient, one.kind, one.offset) for one in reminders)
        assert max(once.values(), default=1) == 1

        def named(one: Delivery) -> tuple[str, ...]:
            return keys.get(one.subject, "both"), one.kind.value, names[one.recipient], _occasion(one)

        lost = {named(one) for one in reminders if one.state in LOST or _was_not_sent(one)}
        pending = [one for one in reminders if one.state is DeliveryState.pending and not _was_not_sent(one)]
        waiting = {named(one): (one.due_at, one.expires_at) for one in pending}
        meant = {_named(what): tuple(times) for what, times in self.pair.waiting.items()}
        same(waiting, {what: times for what, times in meant.items() if what not in lost})
        sent = {named(one): True for one in reminders if one.state is DeliveryState.sent}
        told = {_named(what): True for what in self.pair.told}
        same(sent, {what: True for what in told if what not in lost})
        assert lost <= told.keys() | {_named(what) for what in self.pair.spared}


def _was_not_sent(one: Delivery) -> bool:
    """Whether a kill was before its sending: it waits to be sent after all, or was not wanted any more by then."""
    return one.state in (DeliveryState.pending, DeliveryState.dropped) and one.attempts > 0


def _key(meeting: Meeting) -> str:
    return f"series {meeting.day}" if meeting.series else f"extra {meeting.starts_at}"


def _facts(meeting: Meeting) -> tuple[object, ...]:
    wrapped_up = meeting.ended_by is not None
    times = (meeting.begun_at, meeting.ended_at)
    return (meeting.state.value, meeting.starts_at, meeting.minutes, meeting.moved, *times, wrapped_up)


def _named(what: Reminder) -> tuple[str, ...]:
    return what.about, what.kind, what.to, what.occasion


def _occasion(one: Delivery) -> str:
    """A reminder to prepare is about its day, and all others are about the minute in which the meeting begins."""
    if one.kind is DeliveryKind.prepare:
        return str(date.fromordinal(one.offset))
    moment = datetime.fromtimestamp(one.offset * 60, tz=UTC)
    return moment.isoformat(timespec="minutes")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
