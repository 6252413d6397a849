"""The file that a backup is: a zip with one part a table, the keys if they are wanted, and a manifest that proves all.

A row is a line of JSON, its cells in the order that the manifest names. The manifest is written last, and so is the
directory at the end of a zip: a file that was cut off has neither.
"""

import json
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, is_zipfile

from sqlalchemy import Date, LargeBinary, Table
from sqlmodel.sql.sqltypes import UTCDateTime

FORMAT = "oneonone backup"
VERSION = 1
_MANIFEST = "manifest.json"
_KEYS = "keys"
_LONGEST_MANIFEST = 1024 * 1024
_AT_ONCE = 1024 * 1024

Cells = Sequence[Any]


class Why(StrEnum):
    """Why there is no backup, or no restoring."""

    foreign = "foreign"
    damaged = "damaged"
    newer_format = "newer_format"
    newer_schema = "newer_schema"
    newer_database = "newer_database"
    no_schema = "no_schema"
    not_empty = "not_empty"
    no_key = "no_key"
    no_organization = "no_organization"


class Unusable(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table: how many rows, and the digest of their lines."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """``keys`` is the digest of the keys; None where they were left out."""

    revision: str
    made_at: datetime
    parts: tuple[Part, ...]
    keys: str | None

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


class Writing:
    """An archive that is being written; it is whole once ``finish`` has returned."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._parts: list[Part] = []
        self._keys: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what is not finished has no manifest, closed or not
            self._zip.close()

    def add(self, table: Table, rows: Iterable[Cells]) -> None:
        """One table's rows, each as soon as it comes."""
        digest, count = sha256(), 0
        encoders = [_encoder(column.type) for column in table.columns]
        with self._zip.open(_part_name(table.name), "w", force_zip64=True) as part:
            for cells in rows:
                line = _line([None if cell is None else to(cell) for to, cell in zip(encoders, cells, strict=True)])
                part.write(line)
                digest.update(line)
                count += 1
        columns = tuple(column.name for column in table.columns)
        self._parts.append(Part(table=table.name, columns=columns, rows=count, sha256=digest.hexdigest()))

    def add_keys(self, keys: Sequence[bytes]) -> None:
        """They are written as ``ONEONONE_SECRET_KEYS_FILE`` reads them."""
        text = b"".join(urlsafe_b64encode(key).rstrip(b"=") + b"\n" for key in keys)
        self._zip.writestr(_KEYS, text)
        self._keys = sha256(text).hexdigest()

    def finish(self, *, revision: str, made_at: datetime) -> Manifest:
        manifest = Manifest(revision=revision, made_at=made_at, parts=tuple(self._parts), keys=self._keys)
        named = {"format": FORMAT, "version": VERSION, **asdict(manifest), "made_at": made_at.isoformat()}
        self._zip.writestr(_MANIFEST, json.dumps(named, indent=1))
        self._zip.close()
        return manifest


class Archive:
    """An archive that is read; raises Unusable for what is not one, or not whole."""

    def __init__(self, file: Path) -> None:
        if not is_zipfile(file):
            raise Unusable(Why.foreign)
        with _damage_told():
            self._zip = ZipFile(file)
            self.manifest = _manifest(self._zip)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def verify(self) -> None:
        """Read everything once and compare it with the manifest."""
        with _damage_told():
            for part in self.manifest.parts:
                self._verify(part)
            if self.manifest.keys is not None and sha256(self._zip.read(_KEYS)).hexdigest() != self.manifest.keys:
                raise Unusable(Why.damaged)

    def keys(self) -> tuple[bytes, ...]:
        """The keys that are in it, in their order; none where they were left out."""
        if self.manifest.keys is None:
            return ()
        with _damage_told():
            lines = self._zip.read(_KEYS).split()
            return tuple(urlsafe_b64decode(line + b"=" * (-len(line) % 4)) for line in lines)

    def rows(self, table: Table) -> Iterator[Mapping[str, Any]]:
        """A table's rows by column, each when it is asked for."""
        part = next((part for part in self.manifest.parts if part.table == table.name), None)
        if part is None or set(part.columns) != set(table.columns.keys()):
            raise Unusable(Why.damaged)
        decoders = [_decoder(table.columns[name].type) for name in part.columns]
        with _damage_told(), self._zip.open(_part_name(part.table)) as lines:
            for line in lines:
                cells = json.loads(line)
                values = [None if cell is None else of(cell) for of, cell in zip(decoders, cells, strict=True)]
                yield dict(zip(part.columns, values, strict=True))

    def _verify(self, part: Part) -> None:
        digest, lines = sha256(), 0
        with self._zip.open(_part_name(part.table)) as content:
            while block := content.read(_AT_ONCE):
                digest.update(block)
                lines += block.count(b"\n")
        if (digest.hexdigest(), lines) != (part.sha256, part.rows):
            raise Unusable(Why.damaged)


class _damage_told:  # noqa: N801 - it reads as a function, and a generator would hide what leaves the block
    """Whatever reading a spoilt zip raises is damage; each library has errors of its own."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        wrong = BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError
        if isinstance(error, wrong):
            raise Unusable(Why.damaged) from None


def _manifest(archive: ZipFile) -> Manifest:
    if _MANIFEST not in archive.namelist() or archive.getinfo(_MANIFEST).file_size > _LONGEST_MANIFEST:
        raise Unusable(Why.foreign)
    found = json.loads(archive.read(_MANIFEST))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Unusable(Why.foreign)
    if found["version"] != VERSION:
        raise Unusable(Why.newer_format)
    parts = (Part(**{**part, "columns": tuple(part["columns"])}) for part in found["parts"])
    made_at = datetime.fromisoformat(found["made_at"])
    return Manifest(revision=str(found["revision"]), made_at=made_at, parts=tuple(parts), keys=found["keys"])


def _part_name(table: str) -> str:
    return f"tables/{table}.jsonl"


def _line(cells: Sequence[Any]) -> bytes:
    return json.dumps(cells, separators=(",", ":")).encode() + b"\n"


def _encoder(kind: object) -> Any:
    if isinstance(kind, UTCDateTime | Date):
        return lambda cell: cell.isoformat()
    if isinstance(kind, LargeBinary):
        return lambda cell: b64encode(cell).decode()
    return _same


def _decoder(kind: object) -> Any:
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return b64decode
    return _same


def _same(cell: object) -> object:
    return cell
