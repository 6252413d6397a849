"""What an admin may change of others, and what follows: a model that shares no line with the product's rules."""

from dataclasses import dataclass, replace
from typing import Any

from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.meeting import MeetingState
from bot.model.people import Person
from tests.stateful.allowed_times import Change
from tests.stateful.snapshot import Snapshot

OF_THE_HIERARCHY = {
    "conversation": ("line", "rests_since", "relationship", "senior", "declined_by", "declined_at"),
    "series": ("state", "rests", "planned_until"),
    "meeting": ("state", "sequence"),
}
"""What of a pair's own rows follows from who reports to whom, beside when it changed."""


@dataclass(frozen=True)
class Staff:
    """An input of one person, as far as it is about who is who."""

    person: str
    is_admin: bool
    before: Snapshot
    after: Snapshot

    def may_person(self, change: Change) -> bool:
        """One's own, but no rights; an admin gives and takes rights, and nothing else of others."""
        old: Person | None = change.before
        new: Person | None = change.after
        if old is None or new is None:
            return False
        if self.is_admin and replace(new, admin=old.admin, enabled=old.enabled, version=old.version) == old:
            return old.admin == new.admin or new.id != self.person or new.admin
        rights = (new.admin, new.enabled, new.listed) == (old.admin, old.enabled, old.listed)
        return new.id == self.person and rights

    def may_say(self, change: Change) -> bool:
        """Managers and attributes by hand are an admin's; what the file says stays as it is."""
        old, new = change.before, change.after
        return self.is_admin and (old.in_file if old else None) == (new.in_file if new else None)

    def follows(self, change: Change) -> bool:
        """Whether it comes of who reports to whom, or of for whom it is on, and an admin has changed that."""
        if not self.is_admin or not self._hierarchy_changed():
            return False
        old, new = change.before, change.after
        if change.table == "seat":
            return self._sits(old, new)
        if change.table == "meeting":
            return self._is_called_off(old, new)
        if change.table == "delivery":
            return self._is_told(new)
        return change.table in OF_THE_HIERARCHY and self._only_rests_or_returns(change.table, old, new)

    def _hierarchy_changed(self) -> bool:
        on = [{one.id: one.enabled for one in stored.person.values()} for stored in (self.before, self.after)]
        return self.before.line != self.after.line or on[0] != on[1]

    def _only_rests_or_returns(self, table: str, old: Any, new: Any) -> bool:
        if new is None:
            return False
        if old is None:
            return table == "conversation" and new.line and self._are_a_line(new)
        free = {name: getattr(old, name) for name in OF_THE_HIERARCHY[table]}
        same = replace(new, **free, changed_at=old.changed_at, version=old.version) == old
        return same and (table != "conversation" or old.line or new.line)

    def _are_a_line(self, conversation: Any) -> bool:
        junior = conversation.second if conversation.senior == conversation.first else conversation.first
        line = self.after.line.get(junior)
        return line is not None and line.manager == conversation.senior == conversation.started_by

    def _is_called_off(self, old: Any, new: Any) -> bool:
        ahead = (MeetingState.scheduled, MeetingState.skipped, MeetingState.cancelled)
        if old is None or new is None or old.state not in ahead or new.state not in ahead:
            return False
        return self._only_rests_or_returns("meeting", old, new)

    def _sits(self, old: Any, new: Any) -> bool:
        """A new conversation seats both, and one that comes back is in sight of both."""
        if old is None or new is None:
            return new is not None and self.before.conversation.get(new.conversation) is None
        return new.archived_at is None and bool(replace(new, archived_at=old.archived_at) == old)

    def _is_told(self, new: Delivery | None) -> bool:
        return new is not None and (new.kind is DeliveryKind.handover or new.state is DeliveryState.dropped)
