"""Two people and a service whose clock a test moves, held against the plainest bookkeeping at each moment."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from bot.actions import Action
from bot.entered import Value
from bot.model.ids import MeetingId, SeriesId
from bot.model.meeting import Meeting
from bot.views import Form, Notice, View
from tests.bot.desk import ZONES as HOME
from tests.stateful.appointments import Appointment
from tests.stateful.by_hand import A_DAY, Week
from tests.stateful.reminded import KINDS, Pair, Someone, Usual
from tests.stateful.service import File, Service, moment

STARTS = (
    datetime(2026, 10, 19, 9, 0, tzinfo=UTC),  # clocks go back in Europe, then in America
    datetime(2026, 12, 21, 9, 0, tzinfo=UTC),  # holidays
    datetime(2027, 3, 8, 9, 0, tzinfo=UTC),  # clocks go forward in America, then in Europe
)
SIGHT = timedelta(days=45)
A_MOMENT = timedelta(seconds=7)
"""Between what two people do: so nobody does anything in the very second in which something is due."""

NOTHING: Mapping[str, Value] = MappingProxyType({})


def same(there: Mapping[Any, object], meant: Mapping[Any, object], *, when: datetime | None = None) -> None:
    """Fails with what differs."""
    keys = [key for key in there.keys() | meant.keys() if there.get(key) != meant.get(key)]
    assert not keys, "\n".join(
        [str(when or ""), *(f"{key}: is {there.get(key)}, should be {meant.get(key)}" for key in keys)]
    )


class Timekeeping(RuleBasedStateMachine):
    """What the service has written down and sent is what it should be."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.file = self.template.with_name("on_time.db")
        for old in self.file.parent.glob("on_time.db*"):
            old.unlink()
        shutil.copyfile(self.template, self.file)
        self.runner = asyncio.Runner()
        self.rows = File(f"sqlite:///{self.file}")
        self.service: Service | None = None
        self.number = 0

    @initialize(start=st.sampled_from(STARTS), every=st.sampled_from(["", "week", "week", "two_weeks"]))
    def they_have_a_conversation(self, start: datetime, every: str) -> None:
        self.service = self.runner.run(Service.begun(f"sqlite:///{self.file}", start))
        self.desk = self.service.desk
        ana, ben = (Someone(name=name, week=Week(zone=HOME[name])) for name in ("ana", "ben"))
        self.pair = Pair(people=(ana, ben), usual=Usual(), senior="ana")
        self.diary = self.pair.diary
        self.who = {"ana": ana, "ben": ben}
        self.names = {self.runner.run(self.desk.person(name)): name for name in self.who}
        for someone in self.who.values():
            someone.was_here = start
        self.strikes()
        if every:
            self.begin_with(every)

    def begin_with(self, every: str) -> None:
        """A first rhythm, which most pairs have."""
        raise NotImplementedError

    def teardown(self) -> None:
        if self.service is not None:
            self.runner.run(self.service.ends())
        self.rows.close()
        self.runner.close()

    @property
    def served(self) -> Service:
        assert self.service is not None, "it was initialized"
        return self.service

    @property
    def now(self) -> datetime:
        return self.desk.clock.at

    @invariant()
    def all_is_as_it_should_be(self) -> None:
        if self.service is None:
            return
        same(self._written_down(), self._meant())
        self._once_a_period()
        items = {text: (item.state, item.seen) for text, item in self.pair.items.items()}
        same(self.runner.run(self.served.items()), items)
        ahead, following = self.runner.run(self.served.ahead(self.now, self.now + SIGHT))
        meant = {one.key: (one.starts, one.minutes, one.state, one.moved) for one in self._ahead()}
        same({self._key(one): self._seen(one) for one in ahead}, meant)
        next_one = self.diary.following(self.now)
        assert (following and self._key(following)) == (next_one and next_one.key), "another one is next"

    def _ahead(self) -> list[Appointment]:
        return self.diary.ahead(self.now, self.now + SIGHT)

    def _seen(self, one: Meeting) -> tuple[object, ...]:
        return one.starts_at, one.minutes, one.state.value, one.moved

    def _key(self, meeting: Meeting) -> str:
        return f"{meeting.series} {meeting.day}" if meeting.series else f"extra {meeting.id}"

    def _written_down(self) -> dict[str, tuple[object, ...]]:
        """All meetings but those that are no longer in their series."""
        rows = self.rows.rows("SELECT * FROM meeting WHERE state <> 'cancelled'")
        return {
            self._row_key(row): (
                row["state"],
                moment(row["starts_at"]),
                row["minutes"],
                bool(row["moved"]),
                moment(row["begun_at"]),
                moment(row["ended_at"]),
                row["ended_by"] is not None,
            )
            for row in rows
        }

    def _row_key(self, row: dict[str, Any]) -> str:
        return f"{row['series']} {row['day']}" if row["series"] else f"extra {row['id']}"

    def _meant(self) -> dict[str, tuple[object, ...]]:
        return {one.key: one.facts for one in self.diary.meetings.values() if one.state != "cancelled"}

    def _once_a_period(self) -> None:
        """No two rows of a series are about one day of it; no two ahead that nobody moved are about one period."""
        rows = self.rows.rows("SELECT series, day FROM meeting WHERE series IS NOT NULL")
        assert max(Counter(self._row_key(row | {"id": ""}) for row in rows).values(), default=1) == 1
        ahead = "SELECT starts_at FROM meeting WHERE series = ? AND state = 'scheduled' AND moved = 0 AND starts_at > ?"
        for schedule in self.diary.schedules:
            if schedule.rhythm.every in ("week", "two_weeks", "three_weeks"):
                found = self.rows.rows(ahead + " ORDER BY starts_at", schedule.id, f"{self.now:%Y-%m-%d %H:%M:%S}")
                starts = [at for row in found if (at := moment(row["starts_at"]))]
                assert all(other - one > schedule.rhythm.period - A_DAY / 8 for one, other in pairwise(starts))

    def meeting_id(self, meeting: Appointment) -> MeetingId | None:
        """The row's id; None for a meeting that is reckoned only."""
        query = "SELECT id, series, day FROM meeting"
        found = [row["id"] for row in self.rows.rows(query) if self._row_key(row) == meeting.key]
        return MeetingId(found[0]) if found else None

    def named(self, meeting: Appointment) -> tuple[Any, Any, Any]:
        """By what an action names it."""
        row = self.meeting_id(meeting)
        if row is not None:
            return row, None, None
        assert meeting.schedule is not None
        return None, SeriesId(meeting.schedule.id), meeting.day

    def newest_extra(self) -> str:
        """The key of the single meeting that the model does not know yet."""
        found = {f"extra {row['id']}" for row in self.rows.rows("SELECT id FROM meeting WHERE series IS NULL")}
        (key,) = found - self.diary.meetings.keys()
        return key

    def written(self, meeting: Appointment) -> Appointment:
        """The same, written down: somebody does something to it."""
        return self.diary.meetings.setdefault(meeting.key, meeting)

    def is_live(self) -> bool:
        """Whether both can write in the conversation."""
        return not self.diary.is_over

    # What people do takes a moment, and the clock strikes before it and after it.

    def acts(
        self, who: str, action: Action, form: Mapping[str, Value] = NOTHING, *, refused: bool = False, here: bool = True
    ) -> View:
        """Sends an action that is refused, or is not; ``here`` says that it shows its author the conversation."""
        view = self.runner.run(self.desk.actors[who].does(action, **cast("dict[str, Any]", dict(form))))
        was_refused = (isinstance(view, Notice) and view.problem) or (isinstance(view, Form) and bool(view.errors))
        assert was_refused == refused, view
        if here and not refused and who in self.who:
            self.who[who].was_here = self.now
        return view

    def settles(self) -> None:
        """What was done has come to the model, and the clock strikes."""
        self.pair.settles(self.now)
        self.strikes()

    def a_moment_passes(self) -> datetime:
        """When the next one does something."""
        self.time_goes_to(self.now + A_MOMENT)
        return self.now

    def time_goes_to(self, until: datetime) -> None:
        """The clock strikes wherever anything is due on the way, in the model or in the service, and once a day."""
        while self.now < until:
            moments = [until, self.now + A_DAY, self.pair.next_moment(self.now)]
            moments.append(self.runner.run(self.served.next_moment(self.now)))
            self.desk.clock.at = min(one for one in moments if one is not None)
            self.strikes()

    def strikes(self) -> None:
        """The clock strikes: who is reminded of what is who should be, of that."""
        meant = self.pair.clock_strikes(self.now)
        sent = self.runner.run(self.served.strikes())
        assert len(set(self.served.post.sent)) == len(self.served.post.sent), "it was sent twice"
        told = Counter(self._told(delivery) for delivery in sent)
        told = Counter({what: times for what, times in told.items() if what[1] in KINDS})
        same(told, Counter((one.about, one.kind, one.to) for one in meant), when=self.now)

    def _told(self, delivery: str) -> tuple[str, str, str]:
        (row,) = self.rows.rows("SELECT kind, subject, recipient, state FROM delivery WHERE id = ?", delivery)
        assert row["state"] == "sent"
        return self._about(row), row["kind"], self.names.get(row["recipient"], "somebody else")

    def _about(self, row: dict[str, Any]) -> str:
        if row["kind"] not in KINDS or row["kind"] == "drifting":
            return "both"
        (meeting,) = self.rows.rows("SELECT id, series, day FROM meeting WHERE id = ?", row["subject"])
        return self._row_key(meeting)

    def words(self, kind: str) -> str:
        """Words that nobody wrote before."""
        self.number += 1
        return f"{kind} {self.number}"

    def item_id(self, text: str) -> str:
        """The item with these words."""
        return self.runner.run(self.served.item_id(text))
