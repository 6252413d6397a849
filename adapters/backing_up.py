"""What ``oneonone backup`` and ``oneonone restore`` say, and where they find and keep the keys."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from adapters.clock import new_key
from adapters.config import Config
from adapters.environment import ConfigError, Problem
from adapters.keys import another_key, installed_keys, kept_keys, put_back
from storage.archive import Archive, Manifest, Unusable, Why
from storage.backup import Unreachable, back_up, opens_all
from storage.faults import kind_of
from storage.restore import Restored, organizations_in, restore
from storage.serve_lock import AlreadyServed

_DATABASE = "ONEONONE_DATABASE_URL"
_KEYS = "ONEONONE_SECRET_KEYS"
_INTERRUPTED = 130

Say = Callable[[str], None]


def backup_to(config: Config, file: Path, *, now: datetime, replace: bool, without_keys: bool, say: Say) -> int:
    """The exit code; raises ConfigError when there can be no backup."""
    _check_place(file, replace=replace)
    _check_database(config)
    keys = None if without_keys else installed_keys(config, new_key=new_key).keys
    with _told(file):
        try:
            manifest = back_up(config.database_url, file, keys=keys, now=now, replace=replace)
        except KeyboardInterrupt:
            say("Interrupted. Nothing was written.")
            return _INTERRUPTED
        except FileExistsError:
            raise _there_already(file) from None
        except OSError as error:
            raise _file_problem(file, f"cannot be written ({error.strerror}).") from None
    for line in _written(file, manifest):
        say(line)
    return 0


def restore_from(config: Config, file: Path, *, now: datetime, say: Say, failpoint: Say = lambda _: None) -> int:
    """The exit code; raises ConfigError when the backup cannot be restored, and nothing has changed then."""
    made: list[Path] = []
    with _told(file):
        try:
            with _opened(file) as archive:
                keys = _fitting(config, archive, file)
                restored = restore(
                    config.database_url,
                    archive,
                    keys=keys,
                    now=now,
                    before_commit=lambda: made.extend(filter(None, [put_back(config, keys)])),
                    failpoint=failpoint,
                )
                lines = [*_restored(archive.manifest, restored), *(_key_is_in(each) for each in made)]
        except BaseException as error:
            for key_file in made:
                key_file.unlink()
            if isinstance(error, KeyboardInterrupt):
                say("Interrupted. Nothing was restored.")
                return _INTERRUPTED
            raise
    for line in lines:
        say(line)
    return 0


def _check_place(file: Path, *, replace: bool) -> None:
    if not file.parent.is_dir():
        raise _file_problem(file, "is in a folder that does not exist. Make it, readable by this user only.")
    if file.is_dir():
        raise _file_problem(file, "is a folder. Name a file in it.")
    if file.exists() and not replace:
        raise _there_already(file)


def _check_database(config: Config) -> None:
    """Opening an SQLite file that is not there would make one."""
    database = config.database_file
    if database is not None and not (database.exists() and database.stat().st_size > 0):
        raise ConfigError(Problem(_DATABASE, f"names {database}, where there is no database to back up."))


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Whatever goes wrong with the file or the database, as a sentence that says how to mend it."""
    try:
        yield
    except Unusable as unusable:
        raise _unusable(file, unusable.why) from None
    except AlreadyServed:
        says = "names a database that a running oneonone serve uses. Stop that one first."
        raise ConfigError(Problem(_DATABASE, says)) from None
    except Unreachable as error:
        raise _unreachable(str(error)) from None
    except OSError as error:
        raise _unreachable(type(error).__name__) from None
    except Exception as error:
        kind = kind_of(error)
        if kind is None:
            raise
        says = f"names a database that did not do what was asked ({kind}). Nothing has changed."
        raise ConfigError(Problem(_DATABASE, says)) from None


def _unusable(file: Path, why: Why) -> ConfigError:
    match why:
        case Why.foreign:
            return _file_problem(file, "is not a backup made by oneonone backup, or its end is missing.")
        case Why.damaged:
            return _file_problem(file, "is damaged: what it holds is not what was written. Take another backup.")
        case Why.newer_format | Why.newer_schema:
            return _file_problem(file, "was made by a newer release. Update OneOnOne here, then try again.")
        case Why.newer_database:
            return ConfigError(Problem(_DATABASE, "names a database of a newer release. Update OneOnOne here first."))
        case Why.no_schema:
            return ConfigError(Problem(_DATABASE, "names a database without tables of OneOnOne. Run: oneonone migrate"))
        case Why.not_empty:
            says = "names a database that holds an organization already. Restore only into an empty one."
            return ConfigError(Problem(_DATABASE, says))
        case Why.no_organization:
            return ConfigError(
                Problem(_DATABASE, "names a database in which nothing has begun: there is nothing to keep.")
            )
        case Why.no_key:
            return ConfigError(Problem(_KEYS, "holds no key that opens this database. Look for the one that made it."))


def _opened(file: Path) -> Archive:
    if not file.is_file():
        raise _file_problem(file, "does not exist.")
    try:
        return Archive(file)
    except OSError as error:
        raise _file_problem(file, f"cannot be read ({error.strerror}).") from None


def _fitting(config: Config, archive: Archive, file: Path) -> Sequence[bytes]:
    """The keys that the installation will use: those that are there already, or those of the backup."""
    organizations = organizations_in(archive)
    kept = kept_keys(config)
    if kept and opens_all(kept, organizations):
        return kept
    if config.secret_keys or config.database_file is None:
        raise ConfigError(Problem(_KEYS, _not_of(file, archive)))
    if kept:
        raise another_key(config.database_file)
    if not archive.keys():
        says = (
            "holds no keys, and none is here that opens it. Put the key file back first, or set ONEONONE_SECRET_KEYS."
        )
        raise _file_problem(file, says)
    if not opens_all(archive.keys(), organizations):
        raise Unusable(Why.damaged)
    return archive.keys()


def _not_of(file: Path, archive: Archive) -> str:
    says = "holds no key that opens this backup."
    if not archive.keys():
        return f"{says} It was made with --without-keys: set the keys of the installation that made it."
    return (
        f"{says} The backup has its own: take them out with: python3 -m zipfile -e {file} FOLDER, "
        "set ONEONONE_SECRET_KEYS_FILE to FOLDER/keys, and keep that file where only this user can read it."
    )


def _written(file: Path, manifest: Manifest) -> Iterator[str]:
    yield f"Wrote {file}: {manifest.rows} rows of {len(manifest.parts)} tables, as they were at one moment."
    if manifest.keys is None:
        yield "The keys are NOT in it: without them, kept elsewhere, nobody can read what it holds."
        return
    yield "THE KEYS ARE IN IT: whoever has this file can read everything that people wrote."
    yield "Keep it where the keys belong, apart from the server; encrypt it before it goes anywhere else."


def _restored(manifest: Manifest, restored: Restored) -> Iterator[str]:
    made_at = manifest.made_at.isoformat(sep=" ", timespec="seconds")
    yield f"Restored {restored.rows} rows of {len(manifest.parts)} tables, as they were at {made_at}."
    yield "A key opens them, and the database has the newest schema."
    if restored.doubtful:
        yield (
            f"Messages that were due since then: {restored.doubtful}. The old installation may have sent them, so they "
            "are looked for, where the platform lets us, before anything is sent again."
        )


def _key_is_in(file: Path) -> str:
    return f"The key is in {file}. Back it up, apart from the database."


def _there_already(file: Path) -> ConfigError:
    return _file_problem(file, "is there already. Name another file, or say --replace.")


def _unreachable(kind: str) -> ConfigError:
    return ConfigError(Problem(_DATABASE, f"names a database that cannot be reached ({kind})."))


def _file_problem(file: Path, says: str) -> ConfigError:
    return ConfigError(Problem(str(file), says))
