"""The one place that reads the time and draws chance; everything else is given them."""

import secrets
import time
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock; ``offset`` is by how much it is known to be slow."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """This moment, aware and in UTC, as it really is."""
        return self.by_machine() + self.offset

    def by_machine(self) -> datetime:
        """This moment as the machine has it."""
        return datetime.now(UTC)


def steady() -> float:
    """Seconds that no change of the clock touches, and that pass while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class MovableClock:
    """A clock that runs like the real one, moved ahead by as much as the playground's visitor likes."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The moved moment, aware and in UTC."""
        return datetime.now(UTC) + self._ahead

    @property
    def ahead(self) -> timedelta:
        return self._ahead

    def advance(self, by: timedelta) -> None:
        """Move ahead; raises ValueError on a step back, since due things cannot be undone."""
        if by < timedelta():
            raise ValueError("a clock moves forward only; reset() returns it to the present")
        self._ahead += by

    def reset(self) -> None:
        self._ahead = timedelta()


def new_id() -> str:
    """22 characters of base64url that nobody can guess and nothing else has."""
    return _base64url(secrets.token_bytes(16))


def new_key() -> bytes:
    """32 bytes, as an AES-256 key has."""
    return secrets.token_bytes(32)


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
