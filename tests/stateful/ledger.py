"""What two people were told is kept, by the simplest bookkeeping there is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.agenda import AgendaItem, ItemState, Visibility
from tests.stateful.snapshot import Snapshot


@dataclass
class Kept:
    """One thing: its words, who wrote it, and what has become of it. ``edition`` counts changes of the words."""

    text: str
    author: str
    state: str = "open"
    seen: str = "shared"
    repeats: bool = False
    edition: int = 1
    untouched: bool = True
    again: str | None = None
    item: str = ""

    def facts(self) -> tuple[str, str, str, str]:
        return (self.text, self.author, self.state, self.seen)


@dataclass
class Ledger:
    """Everything that was acknowledged, by its id."""

    items: dict[str, Kept] = field(default_factory=dict)
    comments: dict[str, Kept] = field(default_factory=dict)
    notes: dict[str, Kept] = field(default_factory=dict)
    promises: dict[str, Kept] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)
    deeds: set[tuple[str, datetime]] = field(default_factory=set)

    @property
    def running(self) -> str | None:
        """The meeting that has not ended."""
        return next((key for key, state in self.meetings.items() if state == "open"), None)

    def facts(self) -> dict[str, object]:
        """All of it, to be compared."""
        kept = (self.items, self.comments, self.notes, self.promises)
        return {
            **{key: one.facts() for each in kept for key, one in each.items()},
            **self.meetings,
            "deeds": {*self.deeds},
        }

    def sees(self, item: str, who: str) -> bool:
        return self.items[item].author == who or self.items[item].seen == "shared"

    def close(self, item: str, state: str, *, again: str | None = None) -> None:
        """Discussed or dropped; what repeats is there once more when it was discussed."""
        one = self.items[item]
        one.state, one.untouched, one.again = state, False, again
        if again is not None:
            self.items[again] = Kept(one.text, one.author, seen=one.seen, repeats=one.repeats)

    def reopen(self, item: str) -> None:
        """Open again; the repetition goes, unless somebody has worked on it."""
        one = self.items[item]
        again = self.items.get(one.again or "")
        if one.again and again and again.untouched and not any(c.item == one.again for c in self.comments.values()):
            del self.items[one.again]
        one.state, one.again, one.untouched = "open", None, False

    def reveal(self) -> None:
        """A meeting shows what was kept for the day."""
        for one in self.items.values():
            if one.seen == Visibility.on_the_day and one.state == ItemState.open:
                one.seen, one.untouched = "shared", False


def facts_of(stored: Snapshot) -> dict[str, object]:
    """The same of what is stored."""
    return dict(_facts(stored))


def _facts(stored: Snapshot) -> Iterator[tuple[str, object]]:
    for item in stored.item.values():
        yield item.id, (item.text, item.author, item.state.value, item.visibility.value)
    for comment in stored.comment.values():
        yield comment.id, (comment.text, comment.author, "open", "shared")
    for note in stored.note.values():
        state = "open" if note.removed_at is None else "removed"
        yield note.id, (note.text, note.author, state, "mine" if note.private else "shared")
    for promise in stored.promise.values():
        closed = "done" if promise.done_at else "dropped"
        yield promise.id, (promise.text, promise.author, "open" if promise.is_open else closed, "shared")
    for meeting in stored.meeting.values():
        yield meeting.id, "open" if meeting.ended_at is None else "ended"
    yield "deeds", {(done.deed.value, done.at) for done in stored.deed.values()}


def copies(stored: Snapshot, item: str) -> AgendaItem | None:
    """What an item came back as."""
    again = stored.item[item].repeated_as
    return stored.item.get(again) if again else None
