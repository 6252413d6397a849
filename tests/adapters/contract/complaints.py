"""What nobody on the stage may cause: errors in the log, and work for a person that came to nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_NOT_SHOWN = "not shown"


class Complaints(logging.Handler):
    """Collects events only, never their arguments: those may hold what people wrote."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.msg == _NOT_SHOWN:
            place = record.__dict__.get("error") or record.__dict__.get("code") or ""
            self.found.append(f"{record.name}: {record.msg} {place}".strip())


@contextmanager
def listening() -> Iterator[Complaints]:
    """Every complaint that any logger makes within the block."""
    complaints = Complaints()
    root = logging.getLogger()
    root.addHandler(complaints)
    try:
        yield complaints
    finally:
        root.removeHandler(complaints)
