"""What one person may change about when two meet, and about who is told: shares no line with the product's rules."""

from dataclasses import dataclass, replace
from typing import Any

from bot.model.answer import Answer
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.habits import Habits
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import Series
from bot.model.suggested import Suggested
from tests.stateful.allowed_templates import may_choose, only_chooses
from tests.stateful.knowing import pair
from tests.stateful.snapshot import Snapshot

HELD = (MeetingState.running, MeetingState.ended)
REMINDERS = {"prepare", "agenda", "wrap_up", "summary", "shift", "due", "drifting", "growth"}
"""What both are told, whoever did something."""

LASTING = ("organization", "conversation", "author", "series", "day", "place")
"""What a meeting keeps for as long as it lives."""

_BY_THEMSELVES = {
    (MeetingState.scheduled, MeetingState.scheduled),
    (MeetingState.scheduled, MeetingState.skipped),
    (MeetingState.skipped, MeetingState.scheduled),
}
_BY_THEIR_SERIES = {
    (MeetingState.scheduled, MeetingState.cancelled),
    (MeetingState.skipped, MeetingState.cancelled),
    (MeetingState.cancelled, MeetingState.scheduled),
    (MeetingState.skipped, MeetingState.skipped),
}


@dataclass(frozen=True)
class Change:
    """One row before and after an input; None where there was none, or is none any more."""

    table: str
    before: Any
    after: Any

    @property
    def row(self) -> Any:
        return self.after or self.before


@dataclass(frozen=True)
class Times:
    """An input of one person, as far as it is about time."""

    person: str
    is_admin: bool
    before: Snapshot
    after: Snapshot

    def may_plan_anew(self, change: Change) -> bool:
        """What holds for all is an admin's to say, and then the meetings of all are looked at again."""
        old: Series | None = change.before
        new: Series | None = change.after
        if change.table != "series" or old is None or new is None:
            return False
        return self.is_admin and replace(new, planned_until=old.planned_until) == old

    def may_series(self, change: Change) -> bool:
        """Either of the two begins and changes it; it says who did, and is never gone."""
        old: Series | None = change.before
        new: Series | None = change.after
        if new is None or old is None:
            return new is not None and new.author == self.person
        if (old.conversation, old.created_at) != (new.conversation, new.created_at):
            return False
        if old.template != new.template:
            return only_chooses(old, new) and may_choose(self.person, self.after, new.template)
        same = (old.rhythm, old.place) == (new.rhythm, new.place)
        return new.author == self.person or (same and new.author == old.author)

    def may_meeting(self, change: Change) -> bool:
        """Either of the two plans, moves and skips what is ahead, begins it, and wraps up what was held."""
        old: Meeting | None = change.before
        new: Meeting | None = change.after
        if new is None:
            return False
        if old is None:
            return self._may_add(new)
        if any(getattr(old, name) != getattr(new, name) for name in LASTING):
            return False
        if old.template != new.template:
            is_not_over = new.state in (MeetingState.scheduled, MeetingState.running)
            return is_not_over and only_chooses(old, new) and may_choose(self.person, self.after, new.template)
        return self._may_become(old, new)

    def _may_add(self, new: Meeting) -> bool:
        if not may_choose(self.person, self.after, new.template):
            return False
        if new.series is not None:
            series = self.after.series[new.series]
            return (series.conversation, series.author) == (new.conversation, new.author) and new.day is not None
        mine = new.author == self.person and new.started_by in (None, self.person)
        return mine and new.state in (MeetingState.scheduled, MeetingState.running)

    def _may_become(self, old: Meeting, new: Meeting) -> bool:
        if old.state in HELD:
            return self._may_end(old, new)
        if new.state is MeetingState.running:
            return old.state is MeetingState.scheduled and new.started_by == self.person
        step = (old.state, new.state)
        return step in _BY_THEMSELVES or (step in _BY_THEIR_SERIES and self._series_changed(old))

    def _may_end(self, old: Meeting, new: Meeting) -> bool:
        """What was held cannot be moved; that it was not held after all can be said until somebody wraps it up."""
        if new.starts_at != old.starts_at or old.ended_by is not None:
            return False
        if new.state is MeetingState.skipped:
            return new.started_by is None
        ended_by = (None, self.person) if self._another_begins(old) else (self.person,)
        same = (new.begun_at, new.started_by) == (old.begun_at, old.started_by)
        return same and new.state is MeetingState.ended and new.ended_by in ended_by

    def begins(self, meeting: str) -> bool:
        """Whether a meeting begins by this input."""
        old, new = self.before.meeting.get(meeting), self.after.meeting[meeting]
        return new.state is MeetingState.running and (old is None or old.state is not MeetingState.running)

    def _another_begins(self, over: Meeting) -> bool:
        here = (key for key, one in self.after.meeting.items() if one.conversation == over.conversation)
        return any(self.begins(key) for key in here)

    def _series_changed(self, meeting: Meeting) -> bool:
        series = meeting.series or ""
        return self.before.series.get(series) != self.after.series.get(series)

    def may_answer(self, change: Change) -> bool:
        """For oneself alone, about what one was in."""
        answer: Answer | None = change.after
        if answer is None or answer.person != self.person:
            return False
        meeting = self.after.meeting[answer.meeting]
        return meeting.state in HELD and self.person in pair(self.after, meeting.conversation)

    def may_suggest(self, change: Change) -> bool:
        """To oneself alone; what was suggested stays so."""
        suggested: Suggested | None = change.after
        return change.before is None and suggested is not None and suggested.person == self.person

    def may_have_habits(self, change: Change) -> bool:
        """One's own; and nothing can be silenced but what is a reminder."""
        habits: Habits | None = change.after
        if habits is None or habits.person != self.person:
            return False
        return set(filter(None, habits.muted.split(","))) <= REMINDERS

    def may_tell(self, change: Change) -> bool:
        """One tells the other of the two; both are reminded; nobody changes what somebody was told."""
        old: Delivery | None = change.before
        new: Delivery | None = change.after
        if new is None:
            return False
        if new.kind is DeliveryKind.question:
            return True
        if new.kind is DeliveryKind.report:
            return new.recipient == new.subject == self.person and self._may_still_change(old, new)
        about = self._about(new.subject)
        if about is None:
            return new.recipient in self._partners()
        return self._is_for_both(new, about) and self._may_still_change(old, new)

    def _is_for_both(self, new: Delivery, about: str) -> bool:
        two = pair(self.after, about)
        to_both = new.kind.value in REMINDERS or new.state is DeliveryState.dropped
        return self.person in two and new.recipient in two and (to_both or new.recipient != self.person)

    def _may_still_change(self, old: Delivery | None, new: Delivery) -> bool:
        if old is None:
            return True
        known = (new.recipient, new.kind, new.subject, new.offset) == (old.recipient, old.kind, old.subject, old.offset)
        return known and old.state in (DeliveryState.pending, DeliveryState.dropped)

    def _about(self, subject: str) -> str | None:
        """The conversation that something belongs to, a conversation included."""
        if subject in self.after.conversation:
            return subject
        tables = (self.after.meeting, self.after.series, self.after.promise, self.after.plan)
        return next((table[subject].conversation for table in tables if subject in table), None)

    def _partners(self) -> set[str]:
        talks = (pair(self.after, one) for one in self.after.conversation)
        return {person for two in talks if self.person in two for person in two - {self.person}}
