"""Sealing: what people write is stored encrypted, and opens only in its own row and column.

A sealed value is a version byte, the id of its key (four bytes), a nonce (twelve) and AES-256-GCM's output.
Each organization has a random data key, which is itself sealed by a master key; without it nothing opens.
"""

import json
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.model.ids import OrganizationId

KEY_LENGTH = 32
_VERSION = b"\x01"
_NONCE_LENGTH = 12
_ID_END = 5
_NONCE_END = _ID_END + _NONCE_LENGTH


class Unreadable(Exception):
    """A sealed value does not open: it was changed or moved, or its key is not at hand."""


class Key:
    """One key, and the short name that its values carry."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_LENGTH:
            raise ValueError(f"a key has {KEY_LENGTH} bytes")
        self._aead = AESGCM(secret)
        self.id = sha256(secret).digest()[:4]

    def seal(self, clear: bytes, bound_to: bytes) -> bytes:
        nonce = os.urandom(_NONCE_LENGTH)
        return _VERSION + self.id + nonce + self._aead.encrypt(nonce, clear, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """What was sealed; raises Unreadable."""
        if sealed[:_ID_END] != _VERSION + self.id:
            raise Unreadable("sealed by another key, or not sealed at all")
        try:
            return self._aead.decrypt(sealed[_ID_END:_NONCE_END], sealed[_NONCE_END:], bound_to)
        except (InvalidTag, ValueError):
            raise Unreadable("changed, or moved from where it was written") from None


class Cipher:
    """Seals and opens the words of one organization."""

    def __init__(self, organization: OrganizationId, secret: bytes) -> None:
        self._organization = organization
        self._key = Key(secret)

    def seal(self, text: str, *, table: str, row: str, column: str) -> bytes:
        return self._key.seal(text.encode("utf-8", "surrogatepass"), _bound(self._organization, table, row, column))

    def open(self, sealed: bytes, *, table: str, row: str, column: str) -> str:
        """The text; raises Unreadable."""
        clear = self._key.open(sealed, _bound(self._organization, table, row, column))
        return clear.decode("utf-8", "surrogatepass")


class MasterKeys:
    """The deployment's keys: the first seals data keys, all of them open."""

    def __init__(self, secrets: tuple[bytes, ...]) -> None:
        if not secrets:
            raise ValueError("there is no master key")
        self._keys = tuple(Key(secret) for secret in secrets)

    def new_data_key(self, organization: OrganizationId) -> bytes:
        """A fresh data key for this organization, wrapped."""
        return self._keys[0].seal(os.urandom(KEY_LENGTH), _wrapping(organization))

    def cipher(self, organization: OrganizationId, wrapped: bytes) -> Cipher:
        """What seals and opens this organization's words; raises Unreadable when no key fits."""
        for key in self._keys:
            if wrapped[1:_ID_END] == key.id:
                return Cipher(organization, key.open(wrapped, _wrapping(organization)))
        raise Unreadable("none of ONEONONE_SECRET_KEYS sealed this database; was a key left out?")


def _wrapping(organization: OrganizationId) -> bytes:
    return _bound(organization, "organization", organization, "wrapped_key")


def _bound(*parts: str) -> bytes:
    return json.dumps(parts).encode()
