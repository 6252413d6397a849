"""Addresses that one person may open for a day: signed and sealed, so that nothing about them need be stored.

A token is a Fernet token (https://github.com/fernet/spec): whoever holds it learns nothing from it, and nobody without
the installation's keys can make one or change one. Its key comes from a master key by HKDF (RFC 5869), under a name of
its own, so that nothing else that is sealed with that key is ever taken for a link. The first master key seals, all
open: keys rotate without a link being lost.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.model.ids import OrganizationId, PersonId

GOOD_FOR = timedelta(hours=24)
_PURPOSE = b"oneonone report link"
_KEY_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,400}")
_GROUP = 4  # base64 is written in groups of four, the last of which is filled up


@dataclass
class Outside:
    """Where people reach the service from outside; none where they cannot."""

    url: str | None

    def __call__(self) -> str | None:
        return self.url


class SignedLinks:
    """Implements ``Links``; ``outside`` says where people reach the service, None where they cannot."""

    def __init__(
        self,
        keys: Sequence[bytes],
        *,
        organization: OrganizationId,
        outside: Callable[[], str | None],
        now: Callable[[], datetime],
    ) -> None:
        self._seal = MultiFernet([Fernet(_link_key(key)) for key in keys])
        self._organization = organization
        self._outside = outside
        self._now = now

    def report(self, person: PersonId, *, days: int | None = None, department: str | None = None) -> str | None:
        """Where this person reads the usage report for a day from now."""
        url = self._outside()
        if url is None:
            return None
        asked = {"days": days, "department": department}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"{url}/report/{self._token(person)}{'?' if query else ''}{query}"

    def opened(self, token: str) -> tuple[PersonId, datetime] | None:
        """Whose link this is and when it is over; None for one that is over, or forged, or another organization's."""
        if not _TOKEN.fullmatch(token):
            return None
        filled = token + "=" * (-len(token) % _GROUP)
        try:
            inside = self._seal.decrypt_at_time(filled, ttl=int(GOOD_FOR.total_seconds()), current_time=self._second)
            made = datetime.fromtimestamp(self._seal.extract_timestamp(filled), UTC)
        except InvalidToken:
            return None
        organization, _, person = inside.decode().partition(" ")
        return (PersonId(person), made + GOOD_FOR) if organization == self._organization else None

    def _token(self, person: PersonId) -> str:
        inside = f"{self._organization} {person}".encode()
        return self._seal.encrypt_at_time(inside, current_time=self._second).decode().rstrip("=")

    @property
    def _second(self) -> int:
        return int(self._now().timestamp())


def _link_key(master: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE).derive(master)
    return urlsafe_b64encode(made)
