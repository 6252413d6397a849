"""A bar for whoever waits at a terminal."""

from time import monotonic
from typing import TextIO

_WIDTH = 30
_EVERY = 0.1


class Progress:
    """Shows how far something is; where nobody looks, nothing is written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._shown_at = 0.0

    def show(self, what: str, done: int, whole: int) -> None:
        """So much of the whole is done; drawn a few times a second."""
        if not self._watched or monotonic() - self._shown_at < _EVERY:
            return
        self._shown_at = monotonic()
        share = min(done / whole, 1.0) if whole else 1.0
        bar = "#" * int(share * _WIDTH)
        self._stream.write(f"\r{what:12} [{bar:{_WIDTH}}] {share:4.0%}")
        self._stream.flush()

    def clear(self) -> None:
        """Leave the line empty for what is said next."""
        if self._watched and self._shown_at:
            self._stream.write(f"\r{'':{_WIDTH + 22}}\r")
            self._stream.flush()
