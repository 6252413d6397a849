"""The keys of an installation: from its settings, or for SQLite from a file beside the database."""

import hmac
import os
import stat
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from adapters import settings
from adapters.config import Config
from adapters.environment import ConfigError, Malformed, Problem

_SETTING = "ONEONONE_SECRET_KEYS"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in their order (the first seals, all open), and where they are kept."""

    keys: tuple[bytes, ...] = field(repr=False)
    file: Path | None = None
    is_new: bool = False

    def derived(self, purpose: str) -> bytes:
        """A secret for one purpose, the same in each process of the installation; another key makes another."""
        return hmac.new(self.keys[0], f"oneonone {purpose}".encode(), sha256).digest()

    def notice(self) -> str | None:
        """What an operator must know at start; None when the settings brought the keys."""
        if self.file is None:
            return None
        made = "Made a new key" if self.is_new else "Using the key"
        return (
            f"{made} in {self.file}. What people write can only be read with it: back it up, apart from the database."
        )


def installed_keys(config: Config, *, new_key: Callable[[], bytes]) -> Keyring:
    """The installation's keys, made when this is its first start; raises ConfigError when there are none to be had.

    Every command that opens the database calls this first: a database that is older than its key is one
    whose key was lost.
    """
    try:
        return _keys(config, new_key=new_key)
    except OSError as error:
        says = f"names a place that cannot be used ({error.strerror}). Choose a folder that this user may write."
        raise ConfigError(Problem("ONEONONE_DATABASE_URL", says)) from None


def key_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.key")


def put_back(config: Config, keys: Sequence[bytes]) -> Path | None:
    """Keep these keys where the installation looks for them; the file that was made, None where they are there already.

    Raises ConfigError rather than touch a file that is there.
    """
    if config.secret_keys or config.database_file is None:
        return None
    file = key_file(config.database_file)
    try:
        if not file.exists() and _make(file, *keys):
            return file
    except OSError as error:
        raise ConfigError(Problem(str(file), f"cannot be written ({error.strerror}).")) from None
    if not set(keys) <= set(_read(file)):
        raise another_key(config.database_file)
    return None


def another_key(database: Path) -> ConfigError:
    """A key file that must not be written over, and does not fit."""
    says = "is there already and holds another key. Move it away, unless something else needs it."
    return ConfigError(Problem(str(key_file(database)), says))


def kept_keys(config: Config) -> tuple[bytes, ...]:
    """The keys that are there, without making any; raises ConfigError for a file that cannot be used."""
    if config.secret_keys or config.database_file is None:
        return config.secret_keys
    file = key_file(config.database_file)
    return _read(file) if file.exists() else ()


def _keys(config: Config, *, new_key: Callable[[], bytes]) -> Keyring:
    if config.database_file is not None:
        config.database_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if config.secret_keys:
        return Keyring(config.secret_keys)
    if config.database_file is None:
        raise ConfigError(Problem(_SETTING, f"is not set. {settings.MAKE_A_KEY}"))
    return _kept_beside(config.database_file, new_key=new_key)


def _kept_beside(database: Path, *, new_key: Callable[[], bytes]) -> Keyring:
    file = key_file(database)
    if file.exists():
        return Keyring(_read(file), file)
    if database.exists() and database.stat().st_size > 0:
        raise ConfigError(Problem(_SETTING, _lost(database, file)))
    is_new = _make(file, new_key())
    return Keyring(_read(file), file, is_new)


def _lost(database: Path, file: Path) -> str:
    return (
        f"is not set and {file} is missing, though {database} is there. Put the key file back from your backup, "
        "or set the key: a new one could not read what is stored."
    )


def _read(file: Path) -> tuple[bytes, ...]:
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise ConfigError(Problem(str(file), f"can be read by others. Run: chmod 600 {file}"))
    try:
        return settings.secret_keys(file.read_text(encoding="utf-8").strip())
    except (Malformed, UnicodeDecodeError):
        says = "does not hold a key any more. Put it back from your backup."
        raise ConfigError(Problem(str(file), says)) from None


def _make(file: Path, *keys: bytes) -> bool:
    """Put a whole, durable key file in place; False when another process was first, whose key then holds."""
    draft = _written(file, b"".join(urlsafe_b64encode(key).rstrip(b"=") + b"\n" for key in keys))
    try:
        os.link(draft, file)  # unlike a rename, it never replaces a key that is there
    except FileExistsError:
        return False
    else:
        _flush_folder(file.parent)
        return True
    finally:
        draft.unlink()


def _written(file: Path, content: bytes) -> Path:
    """A file on disk beside the other, which its owner alone can read."""
    handle, draft = mkstemp(dir=file.parent, prefix=f"{file.name}.")
    with os.fdopen(handle, "wb") as output:
        output.write(content)
        output.flush()
        os.fsync(output.fileno())
    return Path(draft)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, nor need it be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
