"""Our calendars before readers from elsewhere: each finds in them what we meant, and notices when we get it wrong."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from adapters.web.calendar import ics
from bot.model.feed import Feed, FeedEvent
from tests.oracles.calendar import (
    Judge,
    Objection,
    Reading,
    ical_js_reads,
    icalendar_reads,
    ics_reads,
    line_problems,
    vobject_reads,
)
from tests.oracles.calendar_programs import Khal, Radicale, radicale

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LINK = "https://meet.example/abc-defg-hij?with=ada,bob;now=1"
WEEKS = 44
MONTHS = 10
LIBRARIES: dict[str, Judge] = {
    "icalendar": icalendar_reads,
    "vobject": vobject_reads,
    "ics": ics_reads,
    "ical.js": ical_js_reads,
}
JUDGES = [*LIBRARIES, "khal", "radicale"]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(params=JUDGES)
def name(request: pytest.FixtureRequest) -> str:
    judge: str = request.param
    return judge


@pytest.fixture
def reads(name: str, request: pytest.FixtureRequest) -> Judge:
    """How this judge reads a file."""
    if name in LIBRARIES:
        return LIBRARIES[name]
    program: Khal | Radicale = request.getfixturevalue({"khal": "khal", "radicale": "server"}[name])
    return program.reads


def meeting(number: int, starts: datetime, *, place: str = LINK, title: str = "1-on-1: Ada, Béla") -> FeedEvent:
    starts_at = starts.astimezone(UTC)
    return FeedEvent(
        uid=f"meeting{number:015}@oneonone.example",
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        place=place,
        sequence=0,
        changed_at=datetime(2025, 12, 1, 8, tzinfo=UTC),
    )


def changed(event: FeedEvent, *, by: timedelta = timedelta(), cancelled: bool = False) -> FeedEvent:
    return replace(
        event,
        starts_at=event.starts_at + by,
        ends_at=event.ends_at + by,
        sequence=event.sequence + 1,
        changed_at=event.changed_at + timedelta(days=20),
        cancelled=cancelled,
    )


def a_year() -> Feed:
    """Thursdays at ten in Berlin, some moved, some skipped, until that series is ended; month's ends in New York."""
    first = datetime(2026, 1, 8, 10, tzinfo=BERLIN)
    weekly = [meeting(week, first + timedelta(weeks=week)) for week in range(WEEKS)]
    weekly[3] = changed(weekly[3], by=timedelta(days=1, hours=-2))
    weekly[7] = changed(changed(weekly[7], by=timedelta(days=-1)), by=timedelta(minutes=45))
    weekly[12] = changed(weekly[12], cancelled=True)
    weekly[20] = changed(changed(weekly[20], by=timedelta(days=3)), cancelled=True)
    weekly[-3:] = [changed(event, cancelled=True) for event in weekly[-3:]]
    last_days = [
        datetime(2026, 1, 31, 16, 30, tzinfo=NEW_YORK) + relativedelta(months=n, day=31) for n in range(MONTHS)
    ]
    places = ["", 'Room "Ada"; 4th floor, left', "غرفة الاجتماعات 5", "C\\D's office"]
    titles = ["1-on-1 🧑🏽‍🚀 Zoë; lunch, maybe", "محادثة: ليلى و Bob", "懇談 " * 30 + "終", "x" * 200]
    monthly = [meeting(100 + i, day, place=places[i % 4], title=titles[i % 4]) for i, day in enumerate(last_days)]
    return Feed(name="1-on-1s, mine", events=(*weekly, *monthly))


def meant(feed: Feed) -> list[Reading]:
    """What a reader is to find."""
    found = [
        Reading(
            uid=event.uid,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            title=event.title,
            place=event.place,
            status="CANCELLED" if event.cancelled else "CONFIRMED",
            sequence=event.sequence,
        )
        for event in feed.events
    ]
    return sorted(found, key=lambda reading: reading.uid)


def test_the_year_holds_what_it_is_to_hold() -> None:
    events = a_year().events
    assert len(events) == 54
    assert {event.starts_at.hour for event in events if event.sequence == 0} >= {8, 9, 20, 21}
    assert sum(event.cancelled for event in events) == 5
    assert sum(event.sequence > 0 and not event.cancelled for event in events) == 2


def test_a_year_of_meetings_reads_as_it_was_meant(reads: Judge) -> None:
    assert reads(ics(a_year())) == meant(a_year())


def test_the_file_of_a_single_meeting_reads_as_it_was_meant(reads: Judge) -> None:
    alone = replace(a_year(), events=a_year().events[12:13])
    assert reads(ics(alone)) == meant(alone)


def test_a_calendar_without_meetings_reads_as_an_empty_one(reads: Judge) -> None:
    assert reads(ics(Feed(name="1-on-1s", events=()))) == []


def test_radicale_takes_every_meeting_of_a_year_by_itself(server: Radicale) -> None:
    assert server.gives_back("/one-by-one/", ics(Feed(name="1-on-1s", events=()))) == []
    for event in a_year().events:
        alone = replace(a_year(), events=(event,))
        assert server.gives_back(f"/one-by-one/{event.uid}.ics", ics(alone)) == meant(alone)


HARD = Feed(
    name="1-on-1s",
    events=tuple(
        meeting(number, datetime(2026, 5, number + 1, 9, tzinfo=UTC), title=title, place=title[:200])
        for number, title in enumerate(
            (
                "two\nlines\n\nand more",
                "END:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine",
                "never ends 🦊 " * 230 + ".",
                'quoted "title": with; colon=1',
                "שלום — \u202bعربي\u202c — 👩‍👩‍👧‍👦🏳️‍🌈",
            )
        )
    ),
)
BACKSLASHED = Feed(
    name="1-on-1s", events=(meeting(1, datetime(2026, 5, 1, 9, tzinfo=UTC), title=r"C:\New \now, a\;b\,c \\d"),)
)


def test_hard_words_read_as_they_were_written(reads: Judge) -> None:
    assert reads(ics(HARD)) == meant(HARD)


def test_a_backslash_before_an_n_stays_one_for_readers_that_know_the_rule(name: str, reads: Judge) -> None:
    """PyPI ics 0.7 and the icalendar that Debian's khal stands on make a line break of it, whoever wrote it."""
    read = reads(ics(BACKSLASHED))
    assert read == meant(BACKSLASHED) or name in ("ics", "khal")


FEW = Feed(
    name="1-on-1s", events=(*HARD.events[:2], changed(meeting(9, datetime(2026, 6, 1, 9, tzinfo=UTC)), cancelled=True))
)
Change = Callable[[str], str]


def without(prefix: str) -> Change:
    return lambda text: re.sub(rf"^{prefix}.*\r\n", "", text, count=1, flags=re.MULTILINE)


def doubled(prefix: str) -> Change:
    return lambda text: re.sub(rf"^({prefix}.*\r\n)", r"\1\1", text, count=1, flags=re.MULTILINE)


def becomes(old: str, new: str) -> Change:
    return lambda text: re.sub(old, new, text, count=1)


FAULTS: dict[str, Change] = {
    "no UID": without("UID:"),
    "no DTSTAMP": without("DTSTAMP:"),
    "no DTSTART": without("DTSTART:"),
    "no VERSION": without("VERSION:"),
    "no PRODID": without("PRODID:"),
    "no STATUS": without("STATUS:CANCELLED"),
    "two UIDs": doubled("UID:"),
    "two starts": doubled("DTSTART:"),
    "two titles": doubled("SUMMARY:"),
    "an end and a duration": becomes("(DTEND:.*\r\n)", "\\1DURATION:PT1H\r\n"),
    "an end before the start": becomes(r"DTEND:\d{4}", "DTEND:2020"),
    "a month that is none": becomes(r"DTSTART:\d{6}", "DTSTART:202613"),
    "a start that is no time": becomes("DTSTART:.*", "DTSTART:tomorrow"),
    "a start without a zone": becomes("(DTSTART:.*)Z", r"\1"),
    "a zone that is nowhere": becomes("DTSTART:(.*)Z", r"DTSTART;TZID=Nowhere/City:\1"),
    "a sequence that is no number": becomes("SEQUENCE:0", "SEQUENCE:first"),
    "a status that is none": becomes("STATUS:CONFIRMED", "STATUS:PERHAPS"),
    "a refresh that is no time": becomes("VALUE=DURATION:PT1H", "VALUE=DURATION:hourly"),
    "a title that breaks out": becomes(r"END:VEVENT\\nBEGIN:VEVENT\\n", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n"),
    "a line break that is not escaped": becomes(r"two\\nlines", "two\r\nlines"),
    "a comma that is not escaped": becomes(r"1-on-1: Ada\\,", "1-on-1: Ada,"),
    "a line without a colon": becomes("TRANSP:", "TRANSP "),
    "a meeting that does not end": becomes("END:VEVENT\r\n", ""),
    "a calendar that does not end": becomes("END:VCALENDAR\r\n", ""),
    "a meeting that is there twice": becomes("0001@", "0000@"),
}
REFRESH, COMMA = "a refresh that is no time", "a comma that is not escaped"
# No reader is strict about everything. What it overlooks is written here; the rest it has to notice.
OVERLOOKED: dict[str, set[str]] = {
    "icalendar": {COMMA},
    "vobject": {REFRESH, "no VERSION"},
    "ics": {
        COMMA,
        REFRESH,
        "no DTSTAMP",
        "a start without a zone",
        "a zone that is nowhere",
        "a calendar that does not end",
    },
    "ical.js": {
        COMMA,
        REFRESH,
        "no DTSTAMP",
        "no VERSION",
        "no PRODID",
        "two UIDs",
        "two starts",
        "two titles",
        "an end and a duration",
        "a sequence that is no number",
    },
    "khal": {COMMA, REFRESH, "no DTSTAMP", "no VERSION", "no PRODID", "a line without a colon"},
    "radicale": {REFRESH, "no DTSTAMP", "no VERSION", "no PRODID"},
}
# These are started anew for every file; `make soak` shows them every fault.
SLOW = ("ical.js", "khal")
HANDFUL = (
    "no UID",
    "no DTSTART",
    "a month that is none",
    "an end before the start",
    "a title that breaks out",
    "a meeting that does not end",
)


def notices(reads: Judge, file: bytes, expected: list[Reading]) -> bool:
    try:
        return reads(file) != expected
    except Objection:
        return True


def overlooked(reads: Judge, faults: Iterable[str]) -> set[str]:
    good = ics(FEW)
    assert not notices(reads, good, meant(FEW))
    bad = {fault: FAULTS[fault](good.decode()).encode() for fault in faults}
    assert good not in bad.values()
    return {fault for fault, file in bad.items() if not notices(reads, file, meant(FEW))}


def test_each_judge_notices_faults(name: str, reads: Judge) -> None:
    faults = HANDFUL if name in SLOW else FAULTS
    assert overlooked(reads, faults) <= OVERLOOKED[name]


@pytest.mark.soak
@pytest.mark.parametrize("name", SLOW, indirect=True)
def test_a_slow_judge_notices_every_fault_that_it_can(name: str, reads: Judge) -> None:
    assert overlooked(reads, FAULTS) <= OVERLOOKED[name]


def test_no_fault_is_overlooked_by_all() -> None:
    assert set.intersection(*OVERLOOKED.values()) == set()
    assert all(len(FAULTS.keys() - missed) >= 15 for missed in OVERLOOKED.values())


def test_the_lines_of_a_year_are_ended_and_folded() -> None:
    assert line_problems(ics(a_year())) == line_problems(ics(HARD)) == line_problems(ics(BACKSLASHED)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.replace(b"\r\n", b"\n"),
        lambda file: file.replace(b"\r\n ", b""),
        lambda file: file.replace(b"\r\n", b"\n", 1),
        lambda file: file.replace(b"\r\n ", b"", 1),
        lambda file: file.replace("🦊".encode(), b"\xf0\x9f\r\n \xa6\x8a", 1),
        lambda file: file.replace(b"never ends", b"never\0ends", 1),
        lambda file: file.removesuffix(b"\r\n"),
    ],
    ids=["LF", "unfolded", "one LF", "one unfolded line", "a cut letter", "NUL", "no last end"],
)
def test_our_own_rule_notices_lines_that_no_judge_does(change: Callable[[bytes], bytes]) -> None:
    assert line_problems(change(ics(HARD)))
