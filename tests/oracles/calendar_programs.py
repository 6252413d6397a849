"""Programs that others wrote and that keep calendars: what they find in our files. Each runs by itself, in a folder."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread, Timer

from tests.needs import absent
from tests.oracles.calendar import Objection, Reading, by_uid, icalendar_reads, objecting

_WITHIN = 60.0
_LISTED = ("uid", "start-long-full", "end-long-full", "title", "location", "status")
_LIST_FORMAT = "\x1f".join(f"{{{field}}}" for field in _LISTED) + "\x1e"
_KHAL_SETTINGS = """
[calendars]
[[judged]]
path = {home}/kept
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
_RADICALE_SETTINGS = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[web]
type = none
[logging]
level = info
[rights]
type = from_file
file = {home}/rights
[storage]
filesystem_folder = {home}/stored
"""
_EVERYONE = """
[everyone]
user: .*
collection: .*
permissions: RrWw
"""


class Khal:
    """Debian's khal with nothing of this machine but itself: a folder of its own, and UTC."""

    def __init__(self, home: Path) -> None:
        """Skip the test, loudly, where khal is not installed."""
        if shutil.which("khal") is None:
            absent("khal for the calendar oracles", mend="apt-get install khal")
        self._home = home

    def reads(self, file: bytes) -> list[Reading]:
        """What it lists once it has imported the file."""
        home = self._home / _name_of(file)
        (home / "kept").mkdir(parents=True)
        (home / "config").write_text(_KHAL_SETTINGS.format(home=home), encoding="utf-8")
        (home / "given.ics").write_bytes(file)
        self._khal(home, "import", "--batch", "-a", "judged", str(home / "given.ics"))
        listed = self._khal(home, "list", "--once", "--day-format", "", "--format", _LIST_FORMAT, "2026-01-01", "500d")
        with objecting(KeyError, ValueError):
            return by_uid(self._found(home, listed))

    def _found(self, home: Path, listed: str) -> Iterator[Reading]:
        kept = dict(_kept(each.read_text("utf-8")) for each in (home / "kept").iterdir())
        for row in filter(str.strip, listed.split("\x1e")):
            yield _listed(row.lstrip("\n").split("\x1f"), kept)

    def _khal(self, home: Path, *command: str) -> str:
        environment = {**_bare(home), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            ("khal", "-c", str(home / "config"), *command),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_WITHIN,
        )
        if done.returncode or done.stderr:
            raise Objection(done.stderr[-500:])
        return done.stdout


def _kept(stored: str) -> tuple[str, int]:
    """The sequence, which it keeps but does not list."""
    fields = dict(re.findall(r"^(UID|SEQUENCE):(.*)$", stored, re.MULTILINE))
    return fields["UID"], int(fields["SEQUENCE"])


def _listed(row: list[str], kept: Mapping[str, int]) -> Reading:
    uid, starts, ends, title, place, status = row
    return Reading(
        uid=uid,
        starts_at=datetime.fromisoformat(starts).replace(tzinfo=UTC),
        ends_at=datetime.fromisoformat(ends).replace(tzinfo=UTC),
        title=title,
        place=place,
        status=status.strip(),
        sequence=kept[uid],
    )


class Radicale:
    """A calendar server on a free port of this machine, with nothing in it and no passwords."""

    def __init__(self, port: int) -> None:
        self._port = port

    def reads(self, file: bytes) -> list[Reading]:
        """What it gives back of a file that it took as a whole calendar."""
        return self.gives_back(f"/{_name_of(file)}/", file)

    def gives_back(self, path: str, file: bytes) -> list[Reading]:
        """What it gives back of a calendar, or of one meeting's file, that it took at this place."""
        self._asked("PUT", path, file, wanted=201)
        return icalendar_reads(self._asked("GET", path, None, wanted=200))

    def _asked(self, method: str, path: str, body: bytes | None, *, wanted: int) -> bytes:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_WITHIN)
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Content-Type": "text/calendar; charset=utf-8"})
            answer = connection.getresponse()
            said = answer.read()
        if answer.status != wanted:
            raise Objection(f"{method} {answer.status} {said[:200]!r}")
        return said


@contextlib.contextmanager
def radicale(home: Path) -> Iterator[Radicale]:
    """A running one; skips the test, loudly, where Radicale is not installed."""
    if shutil.which("radicale") is None:
        absent("radicale for the calendar oracles", mend="apt-get install radicale")
    port = _free_port()
    command = ("radicale", "-C", str(_radicale_settings(home, port)))
    with subprocess.Popen(command, env=_bare(home), stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_until_it_serves(process)
            yield Radicale(port)
        finally:
            process.terminate()


def _wait_until_it_serves(process: "subprocess.Popen[str]") -> None:
    assert process.stderr
    late = Timer(_WITHIN, process.kill)
    late.start()
    said: list[str] = []
    for line in process.stderr:
        said.append(line)
        if "server ready" in line:
            break
    late.cancel()
    assert "server ready" in said[-1], said[-5:]
    # What it says later on is read too: a full pipe would stop it.
    Thread(target=process.stderr.read, daemon=True).start()


def _radicale_settings(home: Path, port: int) -> Path:
    settings = home / "radicale.conf"
    settings.write_text(_RADICALE_SETTINGS.format(home=home, port=port), encoding="utf-8")
    (home / "rights").write_text(_EVERYONE, encoding="utf-8")
    return settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _name_of(file: bytes) -> str:
    return sha256(file).hexdigest()[:12]


def _bare(home: Path) -> dict[str, str]:
    """An environment in which a program finds itself, and no setting of whoever runs the tests."""
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", **folders}
