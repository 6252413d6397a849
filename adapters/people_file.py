"""Reads a file of people, a piece at a time, and says what has to be mended in it."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from adapters import people_cells as cells
from adapters.environment import Malformed
from adapters.people_columns import Columns, Role, columns_of, recognised
from bot.folding import folded
from bot.model.roster import Entry, Sheet

LARGEST = 100 * 1024 * 1024
SHOWN = 20
"""How many problems are told at once."""

_DELIMITERS = ",;\t"
_PIECE = 64 * 1024
_LONGEST_LINE = 1024 * 1024
_MOST_COLUMNS = 200
_LONGEST_TITLE = 100
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "Save it as UTF-8 (in Excel: Save As, CSV UTF-8) and try again."
_QUOTES = 'has a quotation mark (") that is not closed, or that stands inside a cell. Close it, or write it twice.'
_SAYS_DELIMITER = re.compile(r'"?sep=([,;\t])"?', re.IGNORECASE)

Step = Callable[[int, int], None]


class Unfit(Exception):
    """The file cannot be taken in: ``says`` are sentences with the mend, beside so many ``more`` that are not shown."""

    def __init__(self, says: Sequence[str], more: int = 0) -> None:
        super().__init__(f"{len(says) + more} problems")
        self.says = says
        self.more = more


def read(file: Path, *, manager_attribute: str, step: Step = lambda _done, _all: None) -> Sheet:
    """What the file says; raises Unfit."""
    if file.is_dir():
        raise Unfit(["It is a folder. Name a file in it."])
    try:
        with file.open("rb") as stream:
            size = file.stat().st_size
            if size > LARGEST:
                raise _too_large()
            return _Reading(_Lines(stream, size, step), manager_attribute).sheet()
    except OSError as error:
        raise Unfit([f"It cannot be read ({error.strerror})."]) from None


def _too_large() -> Unfit:
    return Unfit([f"It has more than {LARGEST // 1024**2} MB. Leave out the columns that OneOnOne has no use for."])


class _Lines:
    """The lines of a file as text; ``row`` is the one that is being read, as a spreadsheet counts them."""

    def __init__(self, stream: BinaryIO, size: int, step: Step) -> None:
        self._stream = stream
        self._size = size
        self._step = step
        self._before = 0
        self.row = 1

    def __iter__(self) -> Iterator[str]:
        for raw in self._raw():
            yield self._text(raw)
            self._before += len(raw)

    def _raw(self) -> Iterator[bytes]:
        """Each with its end, as any system writes it; nothing long is ever held."""
        rest, done = b"", 0
        while piece := self._stream.read(_PIECE):
            done += len(piece)
            if done > LARGEST:
                raise _too_large()
            *whole, rest = (rest + piece).splitlines(keepends=True)
            if len(rest) > _LONGEST_LINE:
                raise self._stop("is longer than a megabyte. Is this a CSV file?")
            yield from whole
            self._step(done, self._size)
        if rest:
            yield rest

    def _text(self, raw: bytes) -> str:
        if not self._before and raw.startswith(_UTF_16):
            raise Unfit([f"It is UTF-16, not UTF-8. {_SAVE}"])
        if b"\0" in raw:
            raise self._stop(f"has a NUL byte in it, which no text has. {_SAVE}")
        try:
            return raw.decode("utf-8" if self._before else "utf-8-sig")
        except UnicodeDecodeError as error:
            skipped = len(_BOM) if not self._before and raw.startswith(_BOM) else 0
            raise self._stop(self._foreign(raw, error.start + skipped)) from None

    def _foreign(self, raw: bytes, start: int) -> str:
        meant = raw[start : start + 1].decode("cp1252", "replace")
        return f"is not UTF-8: look at byte {self._before + start + 1} of the file, {meant} in Windows-1252. {_SAVE}"

    def _stop(self, says: str) -> Unfit:
        return Unfit([f"Row {self.row} {says}"])


@dataclass
class _Troubles:
    shown: list[str]
    more: int = 0

    def add(self, says: str) -> None:
        if len(self.shown) < SHOWN:
            self.shown.append(says)
        else:
            self.more += 1

    def check(self) -> None:
        if self.shown:
            raise Unfit(self.shown, self.more)


class _Reading:
    """One pass over the rows, which collects people and troubles."""

    def __init__(self, lines: _Lines, manager_attribute: str) -> None:
        self._lines = lines
        self._manager_attribute = manager_attribute
        self._troubles = _Troubles([])
        self._rows: dict[str, int] = {}

    def sheet(self) -> Sheet:
        rows = self._records()
        columns = self._columns(next(rows, []))
        entries = [entry for row in rows if (entry := self._entry(columns, row)) is not None]
        self._troubles.check()
        if not entries:
            raise Unfit(["It has a header and nobody beneath it."])
        labels = {name: label for name, (_, label) in columns.attributes.items()}
        return Sheet(entries=entries, labels=labels, names_managers=columns.manager_at is not None)

    def _records(self) -> Iterator[list[str]]:
        """The rows that are not blank, while the lines know which one it is."""
        lines = iter(self._lines)
        first = next(lines, "")
        if said := _SAYS_DELIMITER.fullmatch(first.strip("\r\n")):
            self._lines.row, first = 2, next(lines, "")
        reader = csv.reader(chain([first], lines), delimiter=said[1] if said else _delimiter(first), strict=True)
        try:
            for record in reader:
                if any(map(str.strip, record)):
                    yield record
                self._lines.row += 1
        except csv.Error:
            self._troubles.add(f"Row {self._lines.row} {_QUOTES}")
            self._troubles.check()

    def _columns(self, header: Sequence[str]) -> Columns:
        if not header:
            raise Unfit(["It is empty."])
        columns = columns_of([self._title(title) for title in header], manager_attribute=self._manager_attribute)
        for title in columns.doubled:
            self._troubles.add(f"Two columns mean the same as {title}. Leave one of them out, or give it another name.")
        if Role.email not in columns.roles:
            found = ", ".join(title for title in columns.titles if title)[:500]
            says = f"There is no column for the e-mail address. Call it E-mail. These were found: {found}."
            self._troubles.add(says)
        if len(header) > _MOST_COLUMNS:
            self._troubles.add(f"It has more than {_MOST_COLUMNS} columns. Leave out those that are not needed.")
        self._troubles.check()
        return columns

    def _title(self, text: str) -> str:
        try:
            title = cells.cell(text)
        except Malformed as problem:
            self._troubles.add(f"Row {self._lines.row}: the title of a column {problem}")
            return ""
        if len(title) > _LONGEST_TITLE:
            self._troubles.add(
                f"Row {self._lines.row}: the title of a column is longer than {_LONGEST_TITLE} characters."
            )
        return title

    def _entry(self, columns: Columns, record: Sequence[str]) -> Entry | None:
        row, width = self._lines.row, len(columns.titles)
        if len(record) < width or any(map(str.strip, record[width:])):
            says = f"Row {row} has {len(record)} cells and the header has {width}. Look at its separators."
            self._troubles.add(says)
            return None
        before = len(self._troubles.shown) + self._troubles.more
        entry = self._read(columns, record, row)
        if len(self._troubles.shown) + self._troubles.more > before:
            return None
        first = self._rows.setdefault(entry.folded, row)
        if first != row:
            self._troubles.add(f"Rows {first} and {row} are both about {entry.email}. Keep one of them.")
        return entry

    def _read(self, columns: Columns, record: Sequence[str], row: int) -> Entry:
        def told(role: Role, parse: Callable[[str], str] = str, *, needed: bool = False) -> str:
            place = columns.roles.get(role)
            return "" if place is None else self._cell(columns, record, place, parse, needed=needed)

        address = told(Role.email, cells.email, needed=True)
        full, name = told(Role.full_name), told(Role.name)
        return Entry(
            row=row,
            email=address,
            folded=folded(address),
            name=cells.full_name(full, name, told(Role.first_name), told(Role.last_name)),
            manager=self._manager(columns, record),
            zone=told(Role.zone, cells.zone),
            language=told(Role.language, cells.language),
            here=told(Role.status, cells.status) != cells.LEFT,
            values=tuple(self._cell(columns, record, place) for place, _ in columns.attributes.values()),
        )

    def _manager(self, columns: Columns, record: Sequence[str]) -> str | None:
        place = columns.manager_at
        return None if place is None else folded(self._cell(columns, record, place, cells.email))

    def _cell(
        self,
        columns: Columns,
        record: Sequence[str],
        place: int,
        parse: Callable[[str], str] = str,
        *,
        needed: bool = False,
    ) -> str:
        try:
            text = cells.cell(record[place])
            return parse(text) if text or needed else ""
        except Malformed as problem:
            self._troubles.add(f"Row {self._lines.row}, column {columns.titles[place]}: this {problem}")
            return ""


def _delimiter(header: str) -> str:
    """The one that makes most of the header: columns that we know, or else the most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        titles = next(csv.reader([header], delimiter=delimiter), [])
        return recognised(titles), len(titles)

    return max(_DELIMITERS, key=worth)
