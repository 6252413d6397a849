"""What libraries that others wrote find in our files, and the rules of the file that none of them checks."""

import contextlib
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import ics.grammar.parse
import vobject
from tatsu.exceptions import TatSuException

from tests.oracles.installed import node

_LONGEST = 75


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
    with objecting(ValueError, KeyError):
        calendar = icalendar.Calendar.from_ical(file)
        events = list(calendar.events)
        if events:  # it objects to a calendar without any
            validate: Callable[[], None] = calendar.validate
            validate()
        return by_uid(_of_icalendar(event) for event in events)


def _of_icalendar(event: icalendar.Event) -> Reading:
    missing = [name for name in event.required if name not in event]
    doubled = [name for name in event.singletons if isinstance(event.get(name), list)]
    if missing or doubled or event.errors:
        raise Objection(f"missing {missing}, doubled {doubled}, {event.errors}")
    return Reading(
        uid=str(event["uid"]),
        starts_at=utc(event.start),
        ends_at=utc(event.end),
        title=str(event["summary"]),
        place=str(event.get("location", "")),
        status=str(event["status"]),
        sequence=int(str(event["sequence"])),
    )


def vobject_reads(file: bytes) -> list[Reading]:
    """PyPI vobject, with its validation."""
    with objecting(vobject.base.VObjectError, AttributeError, ValueError):
        calendar = vobject.readOne(file.decode())
        calendar.validate(raiseException=True)
        return by_uid(_of_vobject(event) for event in calendar.contents.get("vevent", ()))


def _of_vobject(event: Any) -> Reading:
    return Reading(
        uid=event.uid.value,
        starts_at=utc(event.dtstart.value),
        ends_at=utc(event.dtend.value),
        title=event.summary.value,
        place=event.location.value if "location" in event.contents else "",
        status=event.status.value,
        sequence=int(event.sequence.value),
    )


def ics_reads(file: bytes) -> list[Reading]:
    """PyPI ics."""
    errors = (TatSuException, ics.grammar.parse.ParseError, AttributeError, TypeError, ValueError, UserWarning)
    with objecting(*errors), warnings.catch_warnings(action="error", category=UserWarning):  # how it says some things
        return by_uid(_of_ics(event) for event in ics.Calendar(file.decode()).events)


def _of_ics(event: Any) -> Reading:
    [sequence] = [line.value for line in event.extra if line.name == "SEQUENCE"]
    return Reading(
        uid=event.uid,
        starts_at=utc(event.begin.datetime),
        ends_at=utc(event.end.datetime),
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
    with objecting(TypeError, ValueError):
        return by_uid(_of_ical_js(found) for found in answer["readings"])


def _of_ical_js(found: dict[str, Any]) -> Reading:
    moments = {name: datetime.fromisoformat(found[name]) for name in ("starts_at", "ends_at")}
    return Reading(**{**found, **moments})


@contextlib.contextmanager
def objecting(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise Objection(f"{type(error).__name__}: {error}") from error


def utc(moment: Any) -> datetime:
    if not isinstance(moment, datetime) or moment.utcoffset() != timedelta():
        raise Objection(f"{moment} is not a moment in UTC")
    return moment.astimezone(UTC)


def by_uid(readings: Iterable[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading.uid)
