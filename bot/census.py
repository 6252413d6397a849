"""A file of people beside what is known of them: what it changes, and whether that can be meant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.hierarchy import NOBODY
from bot.model.ids import PersonId
from bot.model.roster import Changed, Difference, Entry, Known, Left, Moved, Register, Said, Sheet, Told, Turned

FEW = 10
"""So many may leave at once without anybody being asked, and so many of a hundred."""


class Doubled(Exception):
    """Several people have the address of each of these rows, so that nobody knows which of them is meant."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(f"{len(entries)} rows")
        self.entries = entries


def compare(sheet: Sheet, register: Register, *, new_id: Callable[[], str]) -> Difference:
    """What the file changes; raises Doubled."""
    known = _by_address(register.people)
    doubled = [entry for entry in sheet.entries if len(known.get(entry.folded, ())) > 1]
    if doubled:
        raise Doubled(doubled)
    found = _Found(sheet)
    for entry in sheet.entries:
        found.look_at(entry, next(iter(known.get(entry.folded, ())), None), new_id)
    return Difference(
        sheet=sheet,
        files=register.files,
        were_listed=sum(each.listed for each in register.people),
        added=found.added,
        filled=found.filled,
        newly=found.newly,
        left=found.who_left(register.people),
        lines=found.lines,
        said=found.said,
        changed=found.changed,
        moved=found.moved,
    )


def is_too_much(difference: Difference, allowed: int | None) -> bool:
    """Whether so many would leave that somebody has to say that it is meant, by their exact number."""
    lost = len(difference.left)
    if allowed is not None:
        return lost != allowed
    return lost > FEW and lost * 100 > difference.were_listed * FEW


def _by_address(people: Iterable[Known]) -> Mapping[str, Sequence[Known]]:
    """Who has each address; who has left only counts where nobody else has it."""
    found: dict[str, list[Known]] = {}
    for known in people:
        if known.folded is not None:
            found.setdefault(known.folded, []).append(known)
    return {address: [each for each in those if each.active] or those for address, those in found.items()}


@dataclass
class _Found:
    sheet: Sheet
    added: list[tuple[PersonId, Entry]] = field(default_factory=list)
    filled: list[tuple[Known, Entry]] = field(default_factory=list)
    newly: list[PersonId] = field(default_factory=list)
    lines: list[tuple[PersonId, str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    stay: set[PersonId] = field(default_factory=set)
    gone: dict[PersonId, int] = field(default_factory=dict)

    def look_at(self, entry: Entry, known: Known | None, new_id: Callable[[], str]) -> None:
        if known is None:
            if entry.here:
                self.added.append((PersonId(new_id()), entry))
        elif entry.here:
            self._compare(entry, known)
        else:
            self.gone[known.id] = entry.row

    def who_left(self, people: Iterable[Known]) -> Sequence[Left]:
        return [Left(each, self.gone.get(each.id)) for each in people if each.listed and each.id not in self.stay]

    def _compare(self, entry: Entry, known: Known) -> None:
        self.stay.add(known.id)
        turned = [*self._told(entry, known), *self._values(entry, known)]
        if turned:
            self.changed.append(Changed(entry, turned))
        if entry.manager is not None and entry.manager != known.manager:
            self.lines.append((known.id, entry.manager))
            if (known.manager or NOBODY) != entry.manager:
                self.moved.append(Moved(entry, known.manager, entry.manager))

    def _told(self, entry: Entry, known: Known) -> Sequence[Turned]:
        """Who has an account is described by its platform; the file only says that it has them."""
        turned = [] if known.listed else [Turned(Told.listed, "", "")]
        if not known.account:
            turned += _described(entry, known)
            if turned:
                self.filled.append((known, entry))
        elif turned:
            self.newly.append(known.id)
        return turned

    def _values(self, entry: Entry, known: Known) -> Sequence[Turned]:
        turned = []
        for (name, label), value in zip(self.sheet.labels.items(), entry.values, strict=True):
            before = known.values.get(name, "")
            if value != before:
                self.said.append(Said(known.id, name, value))
                turned.append(Turned(label, before, value))
        return turned


def _described(entry: Entry, known: Known) -> list[Turned]:
    pairs = (
        (Told.email, known.email or "", entry.email),
        (Told.name, known.name, entry.name),
        (Told.zone, known.zone, entry.zone),
        (Told.language, known.language, entry.language),
    )
    turned = [Turned(what, before, after) for what, before, after in pairs if after and after != before]
    return turned if known.active else [Turned(Told.active, "", ""), *turned]
