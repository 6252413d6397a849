"""What a file of people changes, in words for the operator's terminal."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.lines import Settled
from bot.model.hierarchy import Doubt
from bot.model.roster import Changed, Difference, Entry, Left, Moved, Told, Turned

SHOWN = 20
_T = TypeVar("_T")
DOUBTS = {
    Doubt.oneself: "with themself as a manager",
    Doubt.unknown: "with a manager whom nobody knows",
    Doubt.doubled: "with a manager whose address several people have",
    Doubt.inactive: "with a manager who has left",
    Doubt.cycle: "in a circle of managers",
    Doubt.outside: "with a manager outside the organization",
}
_TOLD = {Told.name: "name", Told.email: "e-mail", Told.zone: "time zone", Told.language: "language"}


def difference_in_words(difference: Difference) -> Iterator[str]:
    """Counts, and the first of each kind with their rows."""
    yield from _part("New", [entry for _, entry in difference.added], _added)
    yield from _part("Changed", difference.changed, _changed)
    yield from _part("With another manager", difference.moved, _moved)
    yield from _part("No longer here", difference.left, _left)
    yield f"The same as before: {difference.same:,}"
    if not difference.sheet.names_managers:
        yield "The file has no column for managers, so everybody keeps theirs."


def settled_in_words(settled: Settled) -> Iterator[str]:
    """What that does to 1-on-1s, and which managers do not hold."""
    counts = {
        "begun": settled.made + settled.adopted,
        "resting": settled.rested,
        "back": settled.returned,
    }
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    if said:
        yield f"1-on-1s of managers and reports: {said}"
    for doubt, count in settled.doubts.items():
        if count:
            yield f"{count:,} {DOUBTS[doubt]}; the last manager who was good stays. See: oneonone people check"


def printable(text: str) -> str:
    """The text without what could move the cursor or turn the line."""
    return "".join(each if each.isprintable() else "?" for each in text)


def _part(title: str, those: Sequence[_T], said: Callable[[_T], str]) -> Iterator[str]:
    if not those:
        return
    yield f"{title}: {len(those):,}"
    for each in those[:SHOWN]:
        yield printable(f"  {said(each)}")
    if len(those) > SHOWN:
        yield f"  and {len(those) - SHOWN:,} more"


def _added(entry: Entry) -> str:
    return f"row {entry.row}: {entry.name} <{entry.email}>" if entry.name else f"row {entry.row}: {entry.email}"


def _changed(changed: Changed) -> str:
    turned = ", ".join(_turned(each) for each in changed.turned)
    return f"row {changed.entry.row}: {changed.entry.email}: {turned}"


def _turned(turned: Turned) -> str:
    if turned.what is Told.listed:
        return "in the file now"
    if turned.what is Told.active:
        return "here again"
    what = _TOLD.get(turned.what, turned.what) if isinstance(turned.what, Told) else turned.what
    return f"{what} {turned.before or 'nothing'} -> {turned.after or 'nothing'}"


def _moved(moved: Moved) -> str:
    return f"row {moved.entry.row}: {moved.entry.email}: {moved.before or 'nobody'} -> {moved.after or 'nobody'}"


def _left(left: Left) -> str:
    where = "not in the file" if left.row is None else f"row {left.row} says so"
    return f"{left.known.name} <{left.known.email}> ({where})" if left.known.email else f"{left.known.name} ({where})"
