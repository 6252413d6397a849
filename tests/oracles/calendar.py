"""What readers of calendars that others wrote find in our files, and the rules of the file that none of them checks."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any

import icalendar
import ics
import vobject
from tatsu.exceptions import TatSuException

from tests.needs import absent
from tests.oracles.installed import node

_LONGEST = 75
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


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A meeting as a reader found it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    status: str
    sequence: int


class Objection(Exception):
    """A reader refuses the file, or complains of it."""


Judge = Callable[[bytes], list[Reading]]
"""What a reader finds in a file, by uid; raises Objection."""


def line_problems(file: bytes) -> list[str]:
    """What is wrong with the ends, the lengths and the letters of a file's lines."""
    *lines, rest = file.split(b"\r\n")
    unended = [f"no end of {rest[:40]!r}"] if rest else []
    return [f"{problem} in {line[:40]!r}" for line in lines for problem in _problems_of(line)] + unended


def _problems_of(line: bytes) -> Iterator[str]:
    if len(line) > _LONGEST:
        yield f"{len(line)} octets"
    if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
        yield "a control character"
    if line.decode(errors="ignore").encode() != line:
        yield "part of a letter"


def icalendar_reads(file: bytes) -> list[Reading]:
    """PyPI icalendar, with everything that it can check."""
    with _objecting(ValueError, KeyError):
        calendar = icalendar.Calendar.from_ical(file)
        events = list(calendar.events)
        if events:  # it objects to a calendar without any
            validate: Callable[[], None] = calendar.validate
            validate()
        return _sorted(_of_icalendar(event) for event in events)


def _of_icalendar(event: icalendar.Event) -> Reading:
    missing = [name for name in event.required if name not in event]
    doubled = [name for name in event.singletons if isinstance(event.get(name), list)]
    if missing or doubled or event.errors:
        raise Objection(f"missing {missing}, doubled {doubled}, {event.errors}")
    return Reading(
        uid=str(event["uid"]),
        starts_at=_utc(event.start),
        ends_at=_utc(event.end),
        title=str(event["summary"]),
        place=str(event.get("location", "")),
        status=str(event["status"]),
        sequence=int(str(event["sequence"])),
    )


def vobject_reads(file: bytes) -> list[Reading]:
    """PyPI vobject, with its validation."""
    with _objecting(vobject.base.VObjectError, AttributeError, ValueError):
        calendar = vobject.readOne(file.decode())
        calendar.validate(raiseException=True)
        return _sorted(_of_vobject(event) for event in calendar.contents.get("vevent", ()))


def _of_vobject(event: Any) -> Reading:
    return Reading(
        uid=event.uid.value,
        starts_at=_utc(event.dtstart.value),
        ends_at=_utc(event.dtend.value),
        title=event.summary.value,
        place=event.location.value if "location" in event.contents else "",
        status=event.status.value,
        sequence=int(event.sequence.value),
    )


def ics_reads(file: bytes) -> list[Reading]:
    """PyPI ics."""
    with _objecting(TatSuException, ics.parsers.parse.ParseError, AttributeError, TypeError, ValueError):
        return _sorted(_of_ics(event) for event in ics.Calendar(file.decode()).events)


def _of_ics(event: Any) -> Reading:
    [sequence] = [line.value for line in event.extra if line.name == "SEQUENCE"]
    return Reading(
        uid=event.uid,
        starts_at=_utc(event.begin.datetime),
        ends_at=_utc(event.end.datetime),
        title=event.name,
        place=event.location or "",
        status=event.status,
        sequence=int(sequence),
    )


def ical_js_reads(file: bytes) -> list[Reading]:
    """Npm ical.js."""
    [answer] = json.loads(node("calendar.cjs", json.dumps([file.decode()])))
    if "refused" in answer:
        raise Objection(answer["refused"])
    return _sorted(_of_ical_js(found) for found in answer["readings"])


def _of_ical_js(found: dict[str, Any]) -> Reading:
    moments = {name: datetime.fromisoformat(found[name]) for name in ("starts_at", "ends_at")}
    return Reading(**{**found, **moments})


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
        kept = dict(self._sequence(each.read_text("utf-8")) for each in (home / "kept").iterdir())
        rows = [row.lstrip("\n").split("\x1f") for row in listed.split("\x1e") if row.strip()]
        return _sorted(self._reading(row, kept) for row in rows)

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

    def _sequence(self, stored: str) -> tuple[str, int]:
        """What it does not list, it keeps."""
        uid, sequence = (
            re.search(r"^UID:(.*)$", stored, re.MULTILINE),
            re.search(r"^SEQUENCE:(\d+)", stored, re.MULTILINE),
        )
        if uid is None or sequence is None:
            raise Objection("kept without a uid or a sequence")
        return uid[1], int(sequence[1])

    def _reading(self, row: list[str], kept: dict[str, int]) -> Reading:
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
    program = shutil.which("radicale")
    if program is None:
        absent("radicale for the calendar oracles", mend="apt-get install radicale, or pip install radicale")
    said: list[str] = []
    for _ in range(3):  # another program may take the port that was free
        port = _free_port()
        process = subprocess.Popen(
            (program, "-C", str(_radicale_settings(home, port))), env=_bare(home), stderr=subprocess.PIPE, text=True
        )
        said, ready = _listened_to(process)
        try:
            if ready():
                yield Radicale(port)
                return
        finally:
            process.terminate()
            process.wait(_WITHIN)
    raise RuntimeError(f"radicale does not start: {said[-5:]}")


def _listened_to(process: "subprocess.Popen[str]") -> tuple[list[str], Callable[[], bool]]:
    """The lines that it writes, and a wait until it serves (or False once it has ended)."""
    said: list[str] = []
    decided = Event()

    def listen() -> None:
        assert process.stderr
        with process.stderr:
            for line in process.stderr:
                said.append(line)
                if "server ready" in line:
                    decided.set()
        decided.set()

    Thread(target=listen, daemon=True).start()
    return said, lambda: decided.wait(_WITHIN) and any("server ready" in line for line in said)


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


@contextlib.contextmanager
def _objecting(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise Objection(f"{type(error).__name__}: {error}") from error


def _utc(moment: Any) -> datetime:
    if not isinstance(moment, datetime) or moment.utcoffset() != timedelta():
        raise Objection(f"{moment} is not a moment in UTC")
    return moment.astimezone(UTC)


def _sorted(readings: Iterable[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading.uid)
