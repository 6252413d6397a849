"""What two people do to their schedule: the rhythm, single meetings, and meeting."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.entered import Value
from bot.features.agenda import AddItem, Prepare
from bot.features.meetings import StartMeeting
from bot.features.moving import AskSkip, MoveMeeting, PutBack, SkipOrMove
from bot.features.notes import AddNote
from bot.features.one_more import DropMeeting, PlanMeeting
from bot.features.schedule_page import AskSchedule, EndSeries, PauseSeries, ResumeSeries
from bot.features.wrapping_up import EndMeeting, NotMet
from bot.model.ids import SeriesId
from bot.views import ChoiceField, Form
from tests.stateful.appointments import EARLY, Appointment, Schedule
from tests.stateful.by_hand import A_DAY, ZONES, Rhythm, day_of, instant
from tests.stateful.reminded import Item
from tests.stateful.timekeeping import Timekeeping

PEOPLE = st.sampled_from(["ana", "ben"])
EVERY = st.sampled_from(
    [
        "week",
        "week",
        "two_weeks",
        "three_weeks",
        "nth_weekday",
        "last_weekday",
        "day_of_month",
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    ]
)
# Rhythms are on the hour or half of it and single meetings are not, so that no two begin in the same minute.
TIMES = st.sampled_from([0, 150, 8 * 60, 9 * 60, 10 * 60, 14 * 60 + 30, 17 * 60 + 30, 23 * 60 + 30])
OTHER_TIMES = st.sampled_from([70, 8 * 60 + 40, 9 * 60 + 10, 10 * 60 + 10, 15 * 60 + 40, 22 * 60 + 10])
LENGTHS = st.sampled_from([15, 30, 60, 300])
PARTS = ["at", "zone", "minutes"]
WAYS = {"pause": (PauseSeries, "paused"), "resume": (ResumeSeries, "active"), "end": (EndSeries, "ended")}


def written(minutes: int) -> str:
    """A time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class Scheduling(Timekeeping):
    """The schedule in the hands of the two."""

    def begin_with(self, every: str) -> None:
        now = self.a_moment_passes()
        first = day_of(now, "Europe/Madrid") + A_DAY
        self._saves("ana", Rhythm(every=every, first=first, at=14 * 60, zone="Europe/Madrid", minutes=30), now)

    @precondition(Timekeeping.is_live)
    @rule(
        who=PEOPLE,
        every=EVERY,
        first=st.integers(0, 9),
        at=TIMES,
        zone=st.sampled_from(ZONES),
        minutes=LENGTHS,
        last=st.sampled_from([None, None, None, 3, 20]),
    )
    def agrees_on_a_rhythm(
        self, who: str, every: str, first: int, at: int, zone: str, minutes: int, last: int | None
    ) -> None:
        now = self.a_moment_passes()
        begins = day_of(now, self.who[who].zone) + first * A_DAY
        ends = None if last is None else begins + last * A_DAY
        self._saves(who, Rhythm(every=every, first=begins, at=at, zone=zone, minutes=minutes, last=ends), now)

    @precondition(lambda self: self.is_live() and self.diary.schedule)
    @rule(who=PEOPLE, at=TIMES, zone=st.sampled_from(ZONES), minutes=LENGTHS, what=st.sampled_from(PARTS))
    def changes_one_thing_about_it(self, who: str, at: int, zone: str, minutes: int, what: str) -> None:
        """The days stay; what was done to a single one of them may stay too."""
        now, schedule = self.a_moment_passes(), self.diary.schedule
        assert schedule is not None
        today, rhythm = day_of(now, self.who[who].zone), schedule.rhythm
        days = (day for day in (today + n * A_DAY for n in range(70)) if rhythm.meets_on(day))
        first = next((day for day in days if rhythm.slot(day) > now), today)
        changed = {"at": at, "zone": zone, "minutes": minutes}[what]
        self._saves(who, replace(rhythm, first=first, **{what: changed}), now)  # type: ignore[arg-type] # of that part

    def _saves(self, who: str, rhythm: Rhythm, now: datetime) -> None:
        form = self.acts(who, AskSchedule(self.served.conversation), here=False)
        assert isinstance(form, Form)
        is_rule = rhythm.every.startswith("FREQ")
        entered = {
            "every": "rule" if is_rule else rhythm.every,
            "rule": rhythm.every if is_rule else "",
            "first": rhythm.first.isoformat(),
            "time": written(rhythm.at),
            "zone": rhythm.zone,
            "minutes": str(rhythm.minutes),
            "last": rhythm.last.isoformat() if rhythm.last else "",
        }
        refused = not self._can_be(rhythm, now)
        self.acts(who, form.submit, entered, refused=refused)
        if not refused:
            self._has(rhythm, now)
        self.settles()

    def _can_be(self, rhythm: Rhythm, now: datetime) -> bool:
        """Whether it has a meeting ahead, and the first one is not over."""
        is_over = rhythm.last is not None and rhythm.last < rhythm.first
        if is_over or (rhythm.meets_on(rhythm.first) and rhythm.slot(rhythm.first) <= now):
            return False
        return next(rhythm.slots(start=now + timedelta(seconds=1), end=now + 70 * A_DAY), None) is not None

    def _has(self, rhythm: Rhythm, now: datetime) -> None:
        schedule = self.diary.schedule
        if schedule is None:
            (row,) = self.rows.rows("SELECT id FROM series WHERE state <> 'ended'")
            self.diary.starts(Schedule(id=row["id"], rhythm=rhythm, created=now, planned_until=now), now)
        else:
            schedule.rhythm, schedule.state = rhythm, "active"
            self.diary.changes(schedule, now)

    @precondition(lambda self: self.is_live() and self.diary.schedules)
    @rule(who=PEOPLE, way=st.sampled_from(sorted(WAYS)), newest=st.integers(1, 2))
    def pauses_resumes_or_ends(self, who: str, way: str, newest: int) -> None:
        now = self.a_moment_passes()
        schedule = self.diary.schedules[-min(newest, len(self.diary.schedules))]
        action, state = WAYS[way]
        has_newer = self.diary.schedule not in (None, schedule)
        changes = not has_newer and schedule.state != state
        self.acts(who, action(SeriesId(schedule.id)), refused=has_newer, here=changes)
        if changes:
            schedule.state = state
            self.diary.changes(schedule, now)
        self.settles()

    @precondition(lambda self: self.is_live() and self._ahead())
    @rule(data=st.data(), who=PEOPLE, days=st.integers(0, 20), at=OTHER_TIMES)
    def moves_a_meeting(self, data: st.DataObject, who: str, days: int, at: int) -> None:
        now, meeting = self._one_ahead(data)
        if meeting is None:
            return
        day = day_of(now, self.who[who].zone) + days * A_DAY
        starts = instant(day, at, self.who[who].zone)
        is_there = (meeting.starts, meeting.state) == (starts, "scheduled")
        is_taken = self.diary.in_the_way(starts, meeting.minutes, now, but=meeting.key)
        refused = starts <= now or is_there or is_taken
        self.acts(who, MoveMeeting(*self.named(meeting)), {"when": f"{day} {written(at)}"}, refused=refused)
        if not refused:
            self._moves(meeting, starts)
        self.settles()

    def _one_ahead(self, data: st.DataObject, state: str = "") -> tuple[datetime, Appointment | None]:
        """One of those ahead; the time that passes before anybody does anything may leave none."""
        now = self.a_moment_passes()
        ahead = [one for one in self._ahead() if state in ("", one.state)]
        return now, data.draw(st.sampled_from(ahead), label="meeting") if ahead else None

    def _moves(self, meeting: Appointment, starts: datetime) -> None:
        meeting = self.written(meeting)
        meeting.starts, meeting.moved, meeting.state = starts, meeting.schedule is not None, "scheduled"

    @precondition(lambda self: self.is_live() and self._ahead())
    @rule(data=st.data(), who=PEOPLE)
    def skips_a_meeting(self, data: st.DataObject, who: str) -> None:
        _, meeting = self._one_ahead(data, "scheduled")
        if meeting is not None:
            self.acts(who, SkipOrMove(*self.named(meeting)), {"instead": "skip"})
            self.written(meeting).state = "skipped"
        self.settles()

    @precondition(lambda self: self.is_live() and self._ahead())
    @rule(data=st.data(), who=PEOPLE)
    def moves_to_where_the_bot_offers(self, data: st.DataObject, who: str) -> None:
        now, meeting = self._one_ahead(data, "scheduled")
        if meeting is None:
            return
        form = self.acts(who, AskSkip(*self.named(meeting)), here=False)
        assert isinstance(form, Form)
        (choice,) = (field for field in form.body if isinstance(field, ChoiceField))
        offers = [option.value for option in choice.options if option.value.isdigit()]
        for offer in offers:
            at = instant(date(1970, 1, 1), 0, "Europe/Madrid") + timedelta(hours=1, minutes=int(offer))
            assert at > now
            assert all(one.week.next_moment(at) == at for one in self.who.values())
            assert not self.diary.in_the_way(at, meeting.minutes, now, but=meeting.key)
        if offers:
            self.acts(who, SkipOrMove(*self.named(meeting)), {"instead": offers[0]})
            self._moves(meeting, instant(date(1970, 1, 1), 60, "Europe/Madrid") + timedelta(minutes=int(offers[0])))
        self.settles()

    @precondition(lambda self: self.is_live() and any(one.state == "skipped" for one in self._ahead()))
    @rule(data=st.data(), who=PEOPLE)
    def brings_a_meeting_back(self, data: st.DataObject, who: str) -> None:
        now, meeting = self._one_ahead(data, "skipped")
        if meeting is None:
            return
        taken = self.diary.in_the_way(meeting.starts, meeting.minutes, now, but=meeting.key)
        row, _, _ = self.named(meeting)
        self.acts(who, PutBack(row, int(meeting.starts.timestamp()) // 60), refused=taken)
        if not taken:
            meeting.state = "scheduled"
            if meeting.schedule is not None and meeting.day is not None:
                meeting.moved = meeting.schedule.rhythm.slot(meeting.day) != meeting.starts
        self.settles()

    @precondition(Timekeeping.is_live)
    @rule(who=PEOPLE, days=st.integers(0, 12), at=OTHER_TIMES, minutes=LENGTHS)
    def plans_one_more(self, who: str, days: int, at: int, minutes: int) -> None:
        now = self.a_moment_passes()
        day = day_of(now, self.who[who].zone) + days * A_DAY
        starts = instant(day, at + 10, self.who[who].zone)
        refused = starts <= now or self.diary.in_the_way(starts, minutes, now)
        form = {"when": f"{day} {written(at + 10)}", "minutes": str(minutes), "place": ""}
        self.acts(who, PlanMeeting(self.served.conversation), form, refused=refused)
        if not refused:
            key = self.newest_extra()
            self.diary.meetings[key] = Appointment(key=key, starts=starts, minutes=minutes)
        self.settles()

    @precondition(lambda self: self.is_live() and any(one.schedule is None for one in self._ahead()))
    @rule(data=st.data(), who=PEOPLE)
    def drops_one_more(self, data: st.DataObject, who: str) -> None:
        self.a_moment_passes()
        extra = [one for one in self._ahead() if one.schedule is None and one.state == "scheduled"]
        if extra:
            meeting = data.draw(st.sampled_from(extra), label="meeting")
            row, _, _ = self.named(meeting)
            self.acts(who, DropMeeting(row))
            meeting.state = "skipped"
        self.settles()

    @precondition(Timekeeping.is_live)
    @rule(who=PEOPLE)
    def they_meet(self, who: str) -> None:
        now = self.a_moment_passes()
        is_meeting = self.diary.running is not None
        following = self.diary.following(now)
        self.acts(who, StartMeeting(self.served.conversation), here=not is_meeting)
        if not is_meeting:
            if following is None or following.starts - now > EARLY:
                following = Appointment(key=self.newest_extra(), starts=now, minutes=0)
            self.diary.begins(following, now, now)
            self.pair.reveals()
        self.settles()

    def _to_wrap_up(self) -> list[Appointment]:
        return [one for one in self.diary.held if not one.wrapped_up]

    @precondition(lambda self: self.is_live() and self._to_wrap_up())
    @rule(
        data=st.data(),
        who=PEOPLE,
        keeps=st.booleans(),
        moves=st.one_of(st.none(), st.none(), st.integers(1, 9)),
        at=OTHER_TIMES,
    )
    def they_wrap_up(self, data: st.DataObject, who: str, keeps: bool, moves: int | None, at: int) -> None:
        now = self.a_moment_passes()
        meeting = data.draw(st.sampled_from(self._to_wrap_up()), label="meeting")
        row, _, _ = self.named(meeting)
        open_items = [text for text, one in self.pair.items.items() if one.state == "open"]
        visible = [text for text in open_items if self.pair.items[text].seen == "shared"]
        ticked = data.draw(st.lists(st.sampled_from(visible), unique=True), label="ticked") if visible else []
        note = self.words("note") if keeps else ""
        day = day_of(now, self.who[who].zone) + (moves or 0) * A_DAY
        starts, following = instant(day, at, self.who[who].zone), self.diary.following(now)
        refused = moves is not None and self._is_taken(starts, following, now)
        form: dict[str, Value] = {
            "note": note,
            "discussed0": tuple(self.item_id(text) for text in ticked),
            "next": "" if moves is None else f"{day} {written(at)}",
        }
        self.acts(who, EndMeeting(row), form, refused=refused)
        if not refused:
            self._wrapped_up(meeting, ticked, note, now)
        if moves is not None and not refused and following is not None:
            self._moves(following, starts)
        elif moves is not None and not refused:
            key = self.newest_extra()
            self.diary.meetings[key] = Appointment(key=key, starts=starts, minutes=30)
        self.settles()

    def _is_taken(self, starts: datetime, following: Appointment | None, now: datetime) -> bool:
        if following is None:
            return self.diary.in_the_way(starts, 30, now)
        return starts == following.starts or self.diary.in_the_way(starts, following.minutes, now, but=following.key)

    def _wrapped_up(self, meeting: Appointment, ticked: list[str], note: str, now: datetime) -> None:
        meeting.state, meeting.ended, meeting.wrapped_up = "ended", meeting.ended or now, now
        for text in ticked:
            self.pair.items[text].state, self.pair.items[text].about = "discussed", meeting.key
        if note:
            self.pair.notes[note] = meeting.key

    @precondition(lambda self: self.is_live() and self._to_wrap_up())
    @rule(data=st.data(), who=PEOPLE)
    def they_did_not_meet(self, data: st.DataObject, who: str) -> None:
        self.a_moment_passes()
        meeting = data.draw(st.sampled_from(self._to_wrap_up()), label="meeting")
        row, _, _ = self.named(meeting)
        self.acts(who, NotMet(row))
        meeting.state, meeting.begun, meeting.ended = "skipped", None, None
        self.settles()

    @precondition(Timekeeping.is_live)
    @rule(who=PEOPLE, seen=st.sampled_from(["shared", "shared", "mine", "on_the_day"]))
    def adds_an_item(self, who: str, seen: str) -> None:
        now, text = self.a_moment_passes(), self.words("item")
        self.acts(who, AddItem(self.served.conversation), {"text": text, "visibility": seen, "repeat": "never"})
        is_today = seen == "on_the_day" and self.diary.running is not None
        self.pair.items[text] = Item(author=who, created=now, seen="shared" if is_today else seen)
        self.settles()

    @precondition(Timekeeping.is_live)
    @rule(who=PEOPLE)
    def writes_a_note(self, who: str) -> None:
        self.a_moment_passes()
        text, running = self.words("note"), self.diary.running
        self.acts(who, AddNote(self.served.conversation, private=False), {"text": text})
        self.pair.notes[text] = None if running is None else running.key
        self.settles()

    @precondition(Timekeeping.is_live)
    @rule(who=PEOPLE)
    def prepares(self, who: str) -> None:
        now = self.a_moment_passes()
        self.acts(who, Prepare(self.served.conversation))
        self.who[who].prepared = now
        self.settles()
