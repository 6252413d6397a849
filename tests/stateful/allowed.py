"""What one person may change: a model that shares no line with the product's own rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.model.agenda import AgendaItem, ItemState, Visibility
from bot.model.conversation import Conversation
from tests.stateful.allowed_deeds import done_by
from tests.stateful.allowed_growth import may_part, may_plan
from tests.stateful.allowed_staff import Staff
from tests.stateful.allowed_templates import may_template
from tests.stateful.allowed_times import Change, Times
from tests.stateful.knowing import pair
from tests.stateful.snapshot import TABLES, Snapshot

OF_A_CONVERSATION = ("item", "comment", "note", "promise", "meeting", "series", "suggested", "plan", "check_in")


@dataclass(frozen=True)
class Deed:
    """An input of one person, and what is stored because of it."""

    person: str
    is_admin: bool
    before: Snapshot
    after: Snapshot

    def changes(self) -> Iterator[Change]:
        """Every row that differs."""
        for table in TABLES:
            old, new = self.before.table(table), self.after.table(table)
            if old != new:
                for key in {**old, **new}:
                    if old.get(key) != new.get(key):
                        yield Change(table, old.get(key), new.get(key))

    def forbidden(self) -> Iterator[Change]:
        """The changes that this person had no right to."""
        for change in self.changes():
            if not self._may(change):
                yield change

    def _may(self, change: Change) -> bool:
        if self._staff.follows(change):
            return True
        if change.table in OF_A_CONVERSATION and not self._may_write_in(change.row.conversation):
            return self._only_keeps(change) or self._times.may_plan_anew(change)
        return self._rules[change.table](change)

    def _only_keeps(self, change: Change) -> bool:
        """A promise of one's own conversation can be kept, or taken back, though the other has left or declined."""
        old, new = change.before, change.after
        if change.table != "promise" or old is None or new is None:
            return False
        kept = replace(
            old, done_at=new.done_at, dropped_at=new.dropped_at, closed_by=new.closed_by, version=new.version
        )
        return self.person in self._pair(new.conversation) and kept == new

    @property
    def _rules(self) -> Mapping[str, Callable[[Change], bool]]:
        return {
            "organization": lambda _: self.is_admin,
            "place": lambda _: self.is_admin,
            "person": self._staff.may_person,
            "line": self._staff.may_say,
            "attribute": self._staff.may_say,
            "topic": lambda _: self.is_admin,
            "check_in": self._may_check_in,
            "asked": lambda _: self.is_admin,
            "template": lambda change: may_template(self.person, change.before, change.after, is_admin=self.is_admin),
            "plan": lambda change: may_plan(self.person, change),
            "part": lambda change: self._may_write_of(change) and may_part(self.person, change, self.after),
            "identity": lambda _: False,
            "department": lambda _: False,
            "draft": self._is_mine,
            "seat": self._is_mine,
            "question": lambda change: change.before is None and bool(change.after.asker == self.person),
            "delivery": self._times.may_tell,
            "deed": self._is_done,
            "conversation": self._may_conversation,
            "item": self._may_item,
            "comment": self._may_comment,
            "note": self._may_note,
            "promise": self._may_promise,
            "meeting": self._times.may_meeting,
            "series": lambda change: self._times.may_series(change) or self._times.may_plan_anew(change),
            "answer": self._times.may_answer,
            "suggested": self._times.may_suggest,
            "habits": self._times.may_have_habits,
            "away": self._is_mine,
            "calendar_link": lambda change: change.after is not None and self._is_mine(change),
        }

    @cached_property
    def _times(self) -> Times:
        return Times(self.person, self.is_admin, self.before, self.after)

    @cached_property
    def _staff(self) -> Staff:
        return Staff(self.person, self.is_admin, self.before, self.after)

    def _pair(self, conversation: str) -> set[str]:
        return pair(self.after, conversation)

    def _may_write_in(self, conversation: str) -> bool:
        """In one's own conversation, that nobody has declined, with somebody who is still there."""
        found = self.after.conversation[conversation]
        return (
            self.person in (found.first, found.second)
            and found.declined_at is None
            and all(self.after.person[one].active for one in (found.first, found.second))
        )

    def _may_write_of(self, part: Change) -> bool:
        return self._may_write_in(self.after.plan[part.row.plan].conversation)

    def _is_done(self, change: Change) -> bool:
        """Written down with what was done, and for ever."""
        done = change.after
        return change.before is None and (done.conversation, done.deed) in done_by(self.changes(), self.after)

    def _is_mine(self, change: Change) -> bool:
        """One's own row; a conversation that one starts seats the other too."""
        if change.table == "seat" and change.before is None:
            return self.person in self._pair(change.after.conversation)
        return bool(change.row.person == self.person)

    def _may_conversation(self, change: Change) -> bool:
        old: Conversation | None = change.before
        new: Conversation | None = change.after
        if new is None or self.person not in (new.first, new.second):
            return False
        if old is None:
            return new.started_by == self.person and new.first != new.second and self._is_here(new)
        if (old.first, old.second) != (new.first, new.second):
            return False
        if old.declined_at is None and new.declined_at is not None:
            return new.declined_by == self.person != old.started_by
        if old.declined_at is not None and new.declined_at is None:
            return old.declined_by == self.person
        return old.declined_at is None or old == new

    def _is_here(self, found: Conversation) -> bool:
        people = self.after.person
        return all(one in people and people[one].active for one in (found.first, found.second))

    def _may_item(self, change: Change) -> bool:
        old: AgendaItem | None = change.before
        new: AgendaItem | None = change.after
        if new is None:
            return old is not None and self._is_not_needed(old)
        if old is None:
            return new.author == self.person or self._comes_back(new)
        if (old.author, old.conversation, old.created_at) != (new.author, new.conversation, new.created_at):
            return False
        if replace(new, position=old.position) == old:
            return True
        if old.author != self.person and old.visibility is not new.visibility:
            return self._is_revealed(old, new)
        return old.author == self.person or old.visibility is Visibility.shared

    def _comes_back(self, item: AgendaItem) -> bool:
        """A copy of what was discussed and repeats."""
        origins = (one for one in self.after.item.values() if one.repeated_as == item.id)
        return any(
            (one.author, one.text, one.visibility) == (item.author, item.text, item.visibility)
            and one.state is ItemState.discussed
            and self.person in ({one.author} if one.visibility is not Visibility.shared else {self.person})
            for one in origins
        )

    def _is_not_needed(self, copy: AgendaItem) -> bool:
        """An untouched copy goes when the item that it repeats is open again."""
        origins = (key for key, one in self.before.item.items() if one.repeated_as == copy.id)
        return copy.version == 1 and any(self.after.item[key].state is ItemState.open for key in origins)

    def _is_revealed(self, old: AgendaItem, new: AgendaItem) -> bool:
        """What was kept for the day is shared by a meeting that begins, and not otherwise changed."""
        begun = [meeting for meeting in self.after.meeting if self._times.begins(meeting)]
        same = replace(new, visibility=old.visibility, shared_at=old.shared_at, version=old.version) == old
        here = any(self.after.meeting[one].conversation == old.conversation for one in begun)
        return here and same and (old.visibility, new.visibility) == (Visibility.on_the_day, Visibility.shared)

    def _may_promise(self, change: Change) -> bool:
        two = self._pair(change.row.conversation)
        return self.person in two and change.after is not None and change.after.owner in two

    def _may_check_in(self, change: Change) -> bool:
        """One's own answers, which stay where and before which meeting they were given."""
        old, new = change.before, change.after
        if change.row.author != self.person:
            return False
        if old is None or new is None:
            return True
        return bool((old.author, old.conversation, old.round) == (new.author, new.conversation, new.round))

    def _may_comment(self, change: Change) -> bool:
        item = self.after.item[change.row.item]
        sees = item.author == self.person or item.visibility is Visibility.shared
        return sees and bool(change.row.author == self.person) and (change.before is None or change.after is None)

    def _may_note(self, change: Change) -> bool:
        if change.after is None or (change.before is None and change.after.author != self.person):
            return False
        if change.before is not None and (change.before.author, change.before.private) != (
            change.after.author,
            change.after.private,
        ):
            return False
        return not change.row.private or bool(change.row.author == self.person)
