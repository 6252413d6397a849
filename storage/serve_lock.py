"""One `serve` for each SQLite file: two would both believe that they write alone."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.url import database_url, is_sqlite, sqlite_file

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyServed(Exception):
    """Another process serves this file."""


class ServeLock:
    """Held while serving; raises AlreadyServed. On PostgreSQL any number of replicas may serve.

    The system lets go of it when the process ends, however it ends. Other commands do not ask for it.
    """

    def __init__(self, url: str) -> None:
        address = database_url(url)
        self._path = Path(f"{sqlite_file(address)}.serve") if is_sqlite(address) else None
        self._file: int | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            self._file = _locked(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _locked(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
    except OSError:
        os.close(file)
        raise AlreadyServed(f"another oneonone serve is using {path.with_suffix('')}; stop it first") from None
    return file
