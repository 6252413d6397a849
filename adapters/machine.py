"""What a checkup asks of the machine: its disk, its time zones, its holidays."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from adapters.findings import Finding, failed, ok, warning

_LITTLE = 1024**3
_TOO_LITTLE = 100 * 1024**2
_MANY_ZONES = 300
# On these, locks of files do not hold between machines, and SQLite's own documents advise against them.
_OF_A_NETWORK = frozenset({"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"})
_MOUNTS = Path("/proc/self/mountinfo")


def disk_of(database: Path, *, mounts: Path = _MOUNTS) -> Iterator[Finding]:
    """Whether an SQLite file can grow where it is, and whether it may be there."""
    folder = next(folder for folder in database.absolute().parents if folder.exists())
    free = shutil.disk_usage(folder).free
    left = f"{free // 1024**2} MB are left where the database is. Make room, or move it to another disk."
    if free < _TOO_LITTLE:
        yield failed("disk", left)
    else:
        yield warning("disk", left) if free < _LITTLE else ok("disk")
    kind = file_system(folder, mounts)
    if kind in _OF_A_NETWORK:
        says = f"The database is on a network file system ({kind}), where SQLite can be damaged. "
        yield failed("file system", f"{says}Move it to a disk of this machine, or use PostgreSQL.")


def file_system(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """What Linux calls the file system of a folder; None where that is not known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    found = [(mounted, kind) for mounted, kind in map(_mount, lines) if folder.resolve().is_relative_to(mounted)]
    return max(found, key=lambda each: len(each[0].parts), default=(None, None))[1]


def _mount(line: str) -> tuple[Path, str]:
    """Where something is mounted and what it is; proc(5) says how a line is made."""
    before, _, after = line.partition(" - ")
    place = before.split()[4].encode().decode("unicode_escape")
    return Path(place), after.split()[0]


def time_zones() -> Finding:
    """Whether the places of people can be reckoned with."""
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return failed("time zones", "No time zone is known here. Install the system's package tzdata.")
    if len(available_timezones()) < _MANY_ZONES:
        return warning("time zones", "Only some time zones are known here. Install the system's package tzdata.")
    return ok("time zones")


def public_holidays() -> Finding:
    try:
        import holidays

        holidays.country_holidays("DE", years=2026)
    except (ImportError, NotImplementedError):
        return failed("holidays", "The package holidays is not installed here. Install OneOnOne anew.")
    return ok("holidays")
