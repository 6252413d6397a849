"""A file of people, what is known of them already, and what the file changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model.ids import OrganizationId, PersonId
from bot.model.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row says of a person; what is empty is not said.

    ``manager`` is their folded e-mail address, NOBODY where the cell is empty, None where the file has no such column.
    ``here`` is false for who has left. ``values`` are those of the sheet's ``labels``, in their order.
    """

    row: int
    email: str
    folded: str
    name: str = ""
    manager: str | None = None
    zone: str = ""
    language: str = ""
    here: bool = True
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A file as it was read; ``labels`` are the names of its attributes as they are written, by folded name."""

    entries: Sequence[Entry]
    labels: Mapping[str, str]
    names_managers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person before the file comes; ``manager`` and ``values`` are what the file before it said."""

    id: PersonId
    folded: str | None
    email: str | None
    name: str
    zone: str
    language: str
    active: bool
    listed: bool
    account: bool
    version: int
    manager: str | None
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Register:
    """All who are known, after so many files."""

    files: int
    people: Sequence[Known]


class Told(StrEnum):
    """What a file says of a person beside their attributes."""

    name = "name"
    email = "email"
    zone = "zone"
    language = "language"
    active = "active"
    listed = "listed"


@dataclass(frozen=True)
class Turned:
    """One thing that is said otherwise than before; ``what`` is a Told, or the label of an attribute."""

    what: Told | str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """A person of whom the file says something new."""

    entry: Entry
    turned: Sequence[Turned]


@dataclass(frozen=True)
class Moved:
    """A person for whom the file names another manager."""

    entry: Entry
    before: str | None
    after: str


@dataclass(frozen=True)
class Left:
    """A person whom an earlier file had; ``row`` is the one that says that they have left, where there is one."""

    known: Known
    row: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of an attribute of a person; it says nothing any more where that is empty."""

    person: PersonId
    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a file changes: who comes, who goes, and what is said of everybody else.

    ``filled`` are people without any account, with the version that they were compared at; ``newly`` are others whom
    no file had before. ``lines`` and ``said`` are about those who are known already.
    """

    sheet: Sheet
    files: int
    were_listed: int
    added: Sequence[tuple[PersonId, Entry]] = ()
    filled: Sequence[tuple[Known, Entry]] = ()
    newly: Sequence[PersonId] = ()
    left: Sequence[Left] = ()
    lines: Sequence[tuple[PersonId, str]] = ()
    said: Sequence[Said] = ()
    changed: Sequence[Changed] = ()
    moved: Sequence[Moved] = ()

    @property
    def same(self) -> int:
        """How many of the file stay as they are."""
        turned = {each.entry.row for each in self.changed} | {each.entry.row for each in self.moved}
        return sum(entry.here for entry in self.sheet.entries) - len(self.added) - len(turned)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.moved or self.left)

    def people(self, organization: OrganizationId) -> Iterator[Person]:
        """Those who come, as they are stored."""
        usual = Person(id=PersonId(""), organization=organization, name="")
        for person, entry in self.added:
            yield Person(
                id=person,
                organization=organization,
                name=entry.name or entry.email.partition("@")[0],
                email=entry.email,
                zone=entry.zone or usual.zone,
                language=entry.language,
                listed=True,
            )

    def all_lines(self) -> Iterator[tuple[PersonId, str]]:
        """The manager's address of everybody for whom it is another now."""
        for person, entry in self.added:
            if entry.manager is not None:
                yield person, entry.manager
        yield from self.lines

    def all_said(self) -> Iterator[Said]:
        """Each attribute that has another value now, or none any more."""
        for person, entry in self.added:
            for name, value in zip(self.sheet.labels, entry.values, strict=True):
                if value:
                    yield Said(person, name, value)
        yield from self.said
