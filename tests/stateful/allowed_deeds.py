"""Which deeds are written down because of what somebody did: a model that shares no line with the product's own."""

from collections.abc import Collection, Iterable, Iterator

from bot.model.usage import Deed
from tests.stateful.allowed_times import Change
from tests.stateful.snapshot import Snapshot


def done_by(changes: Iterable[Change], after: Snapshot) -> set[tuple[str, Deed]]:
    """In which conversation what was done, told by the rows that differ."""
    copies = {item.repeated_as for item in after.item.values()}
    return {(change.row.conversation, deed) for change in changes for deed in _deeds(change, copies)}


def _deeds(change: Change, copies: Collection[str | None]) -> Iterator[Deed]:
    old, new = change.before, change.after
    if new is None:
        return
    match change.table:
        case "item" if old is None and new.topic is None and new.id not in copies:
            yield Deed.added
        case "item" if old is not None and (old.state, new.state) == ("open", "discussed"):
            yield Deed.discussed
        case "note" if old is None:
            yield Deed.noted
        case "promise" if old is None:
            yield Deed.promised
        case "promise" if old.closed_by is None and new.closed_by is not None and new.carried_at is None:
            yield Deed.closed
        case "check_in" if old is None or old.answers != new.answers:
            yield Deed.checked_in
        case "meeting" if new.ended_by is not None and (old is None or old.ended_by is None):
            yield Deed.wrapped_up
