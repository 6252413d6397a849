"""What goes to Slack with an installation and comes back with it, so that nobody can finish what another began."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class States:
    """Signed, so that it need not be stored; ``browser`` is the secret of the browser that it is for."""

    secret: bytes = field(repr=False)

    def issue(self, browser: str, *, nonce: str, now: datetime) -> str:
        until = int((now + GOOD_FOR).timestamp())
        return f"{until}.{nonce}.{self._signature(until, nonce, browser)}"

    def nonce(self, state: str, browser: str, *, now: datetime) -> str | None:
        """The nonce of a state that this browser was given within the last ten minutes; None for any other."""
        until, _, rest = state.partition(".")
        nonce, _, signature = rest.partition(".")
        if not (until.isascii() and until.isdecimal() and len(until) < 16):
            return None
        if not alike(signature, self._signature(int(until), nonce, browser)):
            return None
        return nonce if now.timestamp() < int(until) else None

    def _signature(self, until: int, nonce: str, browser: str) -> str:
        message = f"{until}.{nonce}.{browser}".encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, message, sha256).hexdigest()


def alike(given: str, secret: str) -> bool:
    """Whether they are the same, in a time that does not tell how much of it was right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())
