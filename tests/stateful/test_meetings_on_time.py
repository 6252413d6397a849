"""Each meeting and each reminder is there once and in time, whatever people do to their schedule, and when."""

import shutil
from datetime import timedelta
from pathlib import Path
from types import FunctionType
from typing import cast

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from bot import reminding, timetable
from bot.entered import Value
from bot.features import arrangements, preparing
from bot.features.conversation_list import ArchiveConversation, UnarchiveConversation
from bot.features.conversation_page import OpenConversation
from bot.features.conversations import AcceptConversation, DeclineConversation, SaveRelationship
from bot.features.days_away import AddAway, RemoveAway
from bot.features.habits import SaveForAll, SaveHours, SaveReminders
from bot.features.reminder_card import REMINDERS
from bot.features.settings import SaveSettings
from bot.model.ids import AwayId
from bot.planner import Planner
from storage.deliveries import Deliveries
from tests.proofs.rules import Rule
from tests.stateful.by_hand import A_DAY, ZONES, day_of
from tests.stateful.reminded import KINDS, Someone, Usual
from tests.stateful.scheduling import PEOPLE, Scheduling, written

LEADS = st.sampled_from([None, 0, 1, 2, 3])
EARLY = st.sampled_from([None, 5, 15, 30, 60])
HOURS = st.sampled_from([(9 * 60, 18 * 60), (6 * 60, 14 * 60), (13 * 60 + 30, 22 * 60)])
DAYS = st.sampled_from(["01234", "0123", "023456", "6012"])
ROLES = {"my_report": ("ana", "ben"), "my_manager": ("ben", "ana"), "colleague": (None, None)}


class OnTime(Scheduling):
    """The two do whatever they can to when they meet and when they are reminded; and the service has its bad days."""

    @rule(data=st.data(), who=PEOPLE)
    def lives_otherwise(self, data: st.DataObject, who: str) -> None:
        """One rule for much that matters, so that the others have their turn."""
        self.a_moment_passes()
        way = data.draw(st.sampled_from([self._zone, self._reminders, self._hours, self._away, self._stays]))
        way(data, who, self.who[who])
        self.settles()

    def _zone(self, data: st.DataObject, who: str, someone: Someone) -> None:
        zone = data.draw(st.sampled_from(ZONES), label="zone")
        self.acts(who, SaveSettings(), {"zone": zone, "news": ("news",)}, here=False)
        someone.week.zone = zone

    def _reminders(self, data: st.DataObject, who: str, someone: Someone) -> None:
        days, minutes = data.draw(LEADS, label="days"), data.draw(EARLY, label="minutes")
        muted = data.draw(st.sets(st.sampled_from(KINDS), max_size=1), label="muted")
        wanted = tuple(kind.value for kind in REMINDERS if kind.value not in muted)
        usual = {"prepare_days": _chosen(days), "agenda_minutes": _chosen(minutes)}
        self.acts(who, SaveReminders(), {"kinds": wanted, "discreet": (), **usual}, here=False)
        someone.muted = muted
        if not self.pair.usual.locked:
            someone.prepare_days, someone.agenda_minutes = days, minutes

    def _hours(self, data: st.DataObject, who: str, someone: Someone) -> None:
        days, (begins, ends) = data.draw(DAYS, label="days"), data.draw(HOURS, label="hours")
        country = data.draw(st.sampled_from(["none", "DE", "US", "JP"]), label="country")
        form: dict[str, Value] = {
            "days": tuple(days),
            "begins": written(begins),
            "ends": written(ends),
            "country": country,
        }
        self.acts(who, SaveHours(), form, here=False)
        week = someone.week
        week.days, week.begins, week.ends = frozenset(map(int, days)), begins, ends
        week.country = "" if country == "none" else country

    def _away(self, data: st.DataObject, who: str, someone: Someone) -> None:
        begins = day_of(self.now, someone.zone) + data.draw(st.integers(0, 10), label="in days") * A_DAY
        ends = begins + data.draw(st.integers(0, 4), label="days") * A_DAY
        self.acts(who, AddAway(), {"first": begins.isoformat(), "last": ends.isoformat()}, here=False)
        known = {key for one in self.who.values() for key in one.week.away}
        (key,) = {row["id"] for row in self.rows.rows("SELECT id FROM away")} - known
        someone.week.away[key] = (begins, ends)

    def _stays(self, data: st.DataObject, who: str, someone: Someone) -> None:
        if someone.week.away:
            key = data.draw(st.sampled_from(list(someone.week.away)), label="away")
            self.acts(who, RemoveAway(AwayId(key)), here=False)
            del someone.week.away[key]

    @rule(data=st.data(), who=PEOPLE)
    def they_stand_otherwise(self, data: st.DataObject, who: str) -> None:
        self.a_moment_passes()
        ways = (self._archives, self._declines, self._looks, self._is_something_else, self._settles_for_all)
        data.draw(st.sampled_from(ways))(data, who)
        self.settles()

    def _archives(self, _data: st.DataObject, who: str) -> None:
        away = not self.who[who].has_archived
        action = ArchiveConversation if away else UnarchiveConversation
        self.acts(who, action(self.served.conversation), here=False)
        self.who[who].has_archived = away

    def _declines(self, _data: st.DataObject, _who: str) -> None:
        if self.is_live():
            self.acts("ben", DeclineConversation(self.served.conversation), here=False)
            self.diary.is_over = True

    def _looks(self, _data: st.DataObject, who: str) -> None:
        self.acts(who, OpenConversation(self.served.conversation))

    def _is_something_else(self, data: st.DataObject, who: str) -> None:
        role = data.draw(st.sampled_from(sorted(ROLES)), label="role")
        if self.is_live() and self._is_nothing_planned():
            self.acts(who, SaveRelationship(self.served.conversation), {"role": role})
            mine, theirs = ROLES[role]
            self.pair.senior = mine if who == "ana" else theirs

    def _is_nothing_planned(self) -> bool:
        return not any(one.state == "scheduled" for one in self.diary.meetings.values())

    def _settles_for_all(self, data: st.DataObject, _who: str) -> None:
        if not self._is_arranged_by_the_clock() and not self._is_nothing_planned():
            return
        usual = Usual(
            report_days=data.draw(st.integers(0, 3), label="report"),
            other_days=data.draw(st.integers(0, 3), label="other"),
            agenda_minutes=data.draw(st.sampled_from([5, 10, 60]), label="minutes"),
            locked=data.draw(st.booleans(), label="locked"),
        )
        numbers = (usual.report_days, usual.other_days, usual.agenda_minutes)
        form = dict(zip(("report_days", "prepare_days", "agenda_minutes"), map(str, numbers), strict=True))
        locked = ("on",) if usual.locked else ()
        self.acts("mia", SaveForAll(), {**form, "topics_a_month": "2", "locked": locked, "discreet": ()}, here=False)
        self.pair.usual = usual
        for schedule in self.diary.schedules:
            if schedule.state == "active":
                schedule.planned_until = self.now

    def _is_arranged_by_the_clock(self) -> bool:
        """Whether what an admin settles comes to all that is planned."""
        return self.diary.schedule is not None and self.diary.schedule.state == "active"

    @precondition(lambda self: self.diary.is_over)
    @rule()
    def ben_accepts_after_all(self) -> None:
        self.a_moment_passes()
        self.acts("ben", AcceptConversation(self.served.conversation))
        self.diary.is_over = False
        self.settles()

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours: int) -> None:
        self.time_goes_to(self.now + timedelta(hours=hours))

    @rule(days=st.integers(1, 16))
    def days_pass(self, days: int) -> None:
        self.time_goes_to(self.now + days * A_DAY)

    @rule(days=st.integers(5, 20))
    def weeks_pass(self, days: int) -> None:
        self.time_goes_to(self.now + days * A_DAY)

    @rule(seconds=st.integers(1, 90))
    def something_is_just_about_to_happen(self, seconds: int) -> None:
        moment = self.pair.next_moment(self.now + timedelta(seconds=seconds))
        if moment is not None:
            self.time_goes_to(moment - timedelta(seconds=seconds))

    @rule(seconds=st.integers(0, 90))
    def something_has_just_happened(self, seconds: int) -> None:
        moment = self.pair.next_moment(self.now)
        if moment is not None:
            self.time_goes_to(moment + timedelta(seconds=seconds))

    @rule(hours=st.integers(0, 100))
    def the_service_is_down(self, hours: int) -> None:
        self.runner.run(self.served.ends())
        self.desk.clock.at += timedelta(hours=hours)
        self.runner.run(self.served.starts())
        self.strikes()


def _chosen(number: int | None) -> str:
    return "usual" if number is None else str(number)


def lived(template: Path, folder: Path, thoroughness: settings) -> None:
    """Two people live through so many examples; fails on the first thing that comes late, twice, or not at all."""

    class Here(OnTime):
        pass

    Here.template = Path(shutil.copyfile(template, folder / "empty.db"))
    run_state_machine_as_test(Here, settings=thoroughness)


def test_everything_comes_once_and_in_time(sqlite_template: Path, tmp_path: Path) -> None:
    lived(sqlite_template, tmp_path, settings(max_examples=10, stateful_step_count=25))


@pytest.mark.soak
def test_everything_comes_once_and_in_time_for_long(sqlite_template: Path, tmp_path: Path) -> None:
    lived(sqlite_template, tmp_path, settings(max_examples=60, stateful_step_count=50))


def _rule(function: object, what: str, instead: str) -> Rule:
    return Rule(cast("FunctionType", function), what, instead)


# It takes an example or twenty until somebody does just that.
UNTIL_IT_FAILS = settings(max_examples=300, stateful_step_count=50, phases=[Phase.generate], report_multiple_bugs=False)
ON_THE_DAY = "item.visibility is Visibility.on_the_day and (not is_resting)"


@pytest.mark.soak
@pytest.mark.parametrize(
    "rule",
    [
        _rule(timetable._changed, "await arrange_meeting(pen, saved)", "None"),
        _rule(timetable.rewrite, "_beyond(series, rows, until)", "until"),
        _rule(timetable.reveal, ON_THE_DAY, "False"),
        _rule(reminding.arrange_for, "await arrange_meeting(pen, meeting)", "None"),
        _rule(Planner._begin, "await _can_meet(pen, meeting)", "True"),
        _rule(Deliveries.arrange, "delivery.due_at >= delivery.planned_at", "True"),
        _rule(preparing.remind_to_prepare, "await is_prepared(turn, thread, meeting)", "False"),
        _rule(arrangements.in_sight, "seat is None or seat.archived_at is not None", "False"),
    ],
    ids=str,
)
def test_what_comes_late_or_twice_or_not_at_all_is_found(rule: Rule, sqlite_template: Path, tmp_path: Path) -> None:
    with rule.taken_out(), pytest.raises((AssertionError, ExceptionGroup)):
        lived(sqlite_template, tmp_path, UNTIL_IT_FAILS)
