"""How each setting is written; each function raises Malformed with how to mend it, and never repeats the value."""

import binascii
import re
from base64 import urlsafe_b64decode
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from adapters.environment import Malformed

KEY_BYTES = 32
MAKE_A_KEY = (
    "Make one with: python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())' "
    "and keep a copy in a safe place, since nothing can be read without it."
)
_SQLITE = "sqlite:///"
_EMAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def database_url(text: str) -> str:
    if text.startswith(_SQLITE):
        return _sqlite_url(text)
    if text.startswith("postgresql://"):
        return _postgres_url(text)
    raise Malformed("must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.")


def database_file(url: str) -> Path | None:
    """The file of an SQLite database; None for any other."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def secret_keys(text: str) -> tuple[bytes, ...]:
    """The keys in their order: the first seals, all open."""
    return tuple(_key(part, place) for place, part in enumerate(_parts(text), start=1))


def emails(text: str) -> frozenset[str]:
    return frozenset(_each(text, _EMAIL, "is not an e-mail address. Write them as ana@example.com,ben@example.com."))


def domains(text: str) -> frozenset[str]:
    return frozenset(_each(text, _DOMAIN, "is not a domain. Write them as example.com,example.org, without an @."))


def yes_or_no(text: str) -> bool:
    if text.casefold() in ("yes", "no"):
        return text.casefold() == "yes"
    raise Malformed("must be yes or no.")


def public_url(text: str) -> str:
    """The address without a slash at its end."""
    url = _secure_url(text, like="https://oneonone.example.com")
    if url.query or url.fragment:
        raise Malformed("must end before any ? or #: write it as https://oneonone.example.com.")
    return text.rstrip("/")


def api_url(text: str) -> str:
    """The address with a slash at its end, as Slack's SDK joins it."""
    _secure_url(text, like="https://slack.com/api/")
    return text.rstrip("/") + "/"


def guid(text: str) -> str:
    """An id as Microsoft writes it, in lower case."""
    if _GUID.fullmatch(text):
        return text.lower()
    raise Malformed("must be an id like 00000000-0000-0000-0000-000000000000.")


def port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise Malformed("must be a number from 1 to 65535.")


def bot_token(text: str) -> str:
    return _beginning(text, ("xoxb-", "xoxe.xoxb-"), "must begin with xoxb-. It is under OAuth & Permissions.")


def app_token(text: str) -> str:
    return _beginning(text, ("xapp-",), "must begin with xapp-. It is under Basic Information, App-Level Tokens.")


def _sqlite_url(text: str) -> str:
    name = text.removeprefix(_SQLITE)
    if not name or name == ":memory:" or name.endswith("/"):
        raise Malformed("must name a file, as in sqlite:////var/lib/oneonone/oneonone.db.")
    if "?" in name or "#" in name:
        raise Malformed("must end with the name of the file: options after ? or # are not understood.")
    return text


def _postgres_url(text: str) -> str:
    if len(_split(text).path) > 1:
        return text
    raise Malformed("must name a database at its end, as in postgresql://USER:PASSWORD@HOST/oneonone.")


def _key(text: str, place: int) -> bytes:
    try:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4)) if re.fullmatch(r"[\w-]+=*", text, re.ASCII) else b""
    except binascii.Error:
        key = b""
    if len(key) == KEY_BYTES:
        return key
    raise Malformed(f"must hold keys of {KEY_BYTES} bytes in base64url, and number {place} is not one. {MAKE_A_KEY}")


def _each(text: str, form: re.Pattern[str], wrong: str) -> list[str]:
    parts = _parts(text)
    for place, part in enumerate(parts, start=1):
        if not form.fullmatch(part):
            raise Malformed(f"is a list whose number {place} {wrong}")
    return [part.lower() for part in parts]


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[,\n]", text)]
    return [part for part in parts if part] or [""]


def _secure_url(text: str, *, like: str) -> SplitResult:
    url = _split(text)
    if url.username or not url.hostname:
        raise Malformed(f"must be an address like {like}.")
    if url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname)):
        return url
    raise Malformed(f"must begin with https:// (http:// only on this machine): write it as {like}.")


def _split(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        _ = url.port  # reading it is what checks it
    except ValueError:
        raise Malformed("is not an address that can be read: look at its host and its port.") from None
    return url


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _beginning(text: str, beginnings: tuple[str, ...], wrong: str) -> str:
    if text.startswith(beginnings):
        return text
    raise Malformed(wrong)
