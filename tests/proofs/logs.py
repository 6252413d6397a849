"""Every line that anything logs while a test runs, as it is written and as its library meant it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from adapters.logs import JsonLines


class Lines(logging.Handler):
    """Keeps the text of all records; ``failed`` are those from ERROR on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.failed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = JsonLines().format(record)
        self.lines += [line, f"{record.name} {record.getMessage()} {record.exc_text or ''}"]
        if record.levelno >= logging.ERROR:
            self.failed.append(line)

    def holding(self, words: str) -> list[str]:
        """The lines with these words."""
        return [line for line in self.lines if words in line]


@contextmanager
def all_lines() -> Iterator[Lines]:
    """Listens at DEBUG to the log of everything, except where our own code has turned a library down."""
    lines, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(lines)
        root.setLevel(before)
