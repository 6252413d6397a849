"""The calendar file itself: what stands in it, and that no words can break it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.calendar import ics
from bot.model.feed import Feed, FeedEvent
from tests.oracles.calendar import Reading, icalendar_reads, line_problems, vobject_reads

STARTS = datetime(2026, 3, 26, 9, tzinfo=UTC)
EVENT = FeedEvent(
    uid="m0000000000000000000007@oneonone.example",
    title="1-on-1: Ada, Béla",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=30),
    place="https://meet.example/abc",
    sequence=2,
    changed_at=datetime(2026, 3, 1, 12, 30, 15, 999, tzinfo=UTC),
)
FEED = Feed(name="1-on-1s", events=(EVENT,))
WRITTEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//OneOnOne//OneOnOne//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:1-on-1s
X-WR-CALNAME:1-on-1s
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
SUMMARY:1-on-1: Ada\\, Béla
DTSTART:20260326T090000Z
DTEND:20260326T093000Z
DTSTAMP:20260301T123015Z
UID:m0000000000000000000007@oneonone.example
SEQUENCE:2
CLASS:PRIVATE
LAST-MODIFIED:20260301T123015Z
LOCATION:https://meet.example/abc
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://meet.example/abc
END:VEVENT
END:VCALENDAR
"""


def lines_of(feed: Feed) -> list[str]:
    """The unfolded lines of a feed."""
    return ics(feed).decode().replace("\r\n ", "").split("\r\n")


def lines_of_event(event: FeedEvent) -> dict[str, str]:
    lines = lines_of(Feed(name="", events=(event,)))
    return dict(line.split(":", 1) for line in lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")])


def test_a_feed_is_written_as_rfc_5545_and_7986_want_it() -> None:
    assert ics(FEED).decode() == WRITTEN.replace("\n", "\r\n")


def test_a_feed_without_meetings_is_still_a_calendar() -> None:
    empty = lines_of(replace(FEED, events=()))
    assert empty == [*lines_of(FEED)[:9], "END:VCALENDAR", ""]


def test_a_cancelled_meeting_takes_no_time() -> None:
    cancelled = lines_of_event(replace(EVENT, cancelled=True))
    assert (cancelled["STATUS"], cancelled["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_a_meeting_that_lasts_no_second_has_no_end() -> None:
    for ends in (STARTS, STARTS + timedelta(milliseconds=900), STARTS - timedelta(hours=1)):
        assert "DTEND" not in lines_of_event(replace(EVENT, ends_at=ends))


def test_moments_of_any_zone_are_written_in_utc() -> None:
    there = timezone(timedelta(hours=5, minutes=45))
    moved = replace(EVENT, starts_at=EVENT.starts_at.astimezone(there), ends_at=EVENT.ends_at.astimezone(there))
    assert lines_of_event(moved) == lines_of_event(EVENT)


def test_a_stamp_takes_the_place_of_the_moment_of_the_change() -> None:
    stamped = ics(FEED, stamp=datetime(2026, 7, 1, tzinfo=UTC)).decode()
    assert stamped == WRITTEN.replace("DTSTAMP:20260301T123015Z", "DTSTAMP:20260701T000000Z").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("refresh", "written"),
    [(timedelta(minutes=15), "PT15M"), (timedelta(hours=12), "PT12H"), (timedelta(days=1), "P1D")],
)
def test_a_feed_says_how_often_to_come_again(refresh: timedelta, written: str) -> None:
    lines = lines_of(replace(FEED, refresh=refresh))
    assert f"REFRESH-INTERVAL;VALUE=DURATION:{written}" in lines
    assert f"X-PUBLISHED-TTL:{written}" in lines


@pytest.mark.parametrize(
    "link",
    [
        "https://meet.example/abc",
        "HTTP://meet.example",
        " https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%7d&a=b,c;d#e\n",
        "http://[::1]:8080/room",
    ],
)
def test_a_place_that_is_a_link_is_a_link_too(link: str) -> None:
    assert lines_of_event(replace(EVENT, place=link))["URL"] == link.strip()


@pytest.mark.parametrize(
    "place",
    [
        "Room 5",
        "https://",
        "see https://meet.example",
        "https://meet.example or Room 5",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://meet.example/\r\nATTENDEE:mailto:eve@example.com",
        "https://meet.example/\\n",
        "https://мeet.example",
    ],
)
def test_any_other_place_is_only_a_place(place: str) -> None:
    shown = lines_of_event(replace(EVENT, place=place))
    assert "URL" not in shown
    assert "ATTENDEE" not in shown
    assert "LOCATION" in shown


def test_no_place_is_no_line() -> None:
    for place in ("", " \n", "\0"):
        assert not {"LOCATION", "URL"} & lines_of_event(replace(EVENT, place=place)).keys()


def test_meetings_stand_by_time_in_whatever_order_they_came() -> None:
    events = tuple(
        replace(EVENT, uid=uid, starts_at=STARTS + timedelta(days=day)) for uid, day in (("b", 3), ("a", 3), ("c", 1))
    )
    written = ics(replace(FEED, events=events))
    assert written == ics(replace(FEED, events=events[::-1]))
    assert re.findall(rb"UID:(.)", written) == [b"c", b"a", b"b"]


def plain(text: str) -> str:
    """The words that a calendar can hold: lines, and no control characters."""
    lines = re.split("\r\n|[\r\n\v\f\x85\u2028\u2029]", text)
    return "\n".join("".join(filter(can_stand, line.replace("\t", " "))) for line in lines)


def can_stand(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter != "\ufeff"


def meant(*events: FeedEvent) -> list[Reading]:
    return [
        Reading(
            uid=event.uid,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            title=plain(event.title),
            place=plain(event.place).strip(),
            status="CONFIRMED",
            sequence=event.sequence,
        )
        for event in events
    ]


ODD = {
    "emoji": "🧑🏽‍🚀👩‍👩‍👧‍👦🏳️‍🌈🇩🇪 launch",
    "right to left": "שלום, עולם; \u202bمرحبا\u202c",
    "3,000 characters": "ä🦊x" * 1000,
    "one long word": "x" * 3000,
    "lines": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven\veight\fnine",
    "injection": "tea\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:mine",
    "folded injection": "x" * 67 + "\nEND:VCALENDAR\n",
    "NUL": "a\0b\x1b[31mred\x7f\x9b",
    "backslashes": r"C:\New\new\, \; \\ \N \n \\N \\\n",
    "marks": 'a,b;c:d"e^f%2C=g',
    "spaces": "a\tb" + " " * 200 + "c",
    "half a letter": "a\ud83eb",
    "byte order mark": "\ufeffstart, \ufeffmiddle",
    "combining": "Z̸̢͇̲̰a̶l̷g̴o" * 40,
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("reads", [icalendar_reads, vobject_reads])
def test_odd_words_are_read_as_they_are(name: str, reads: Callable[[bytes], list[Reading]]) -> None:
    event = replace(EVENT, title=ODD[name], place=ODD[name])
    written = ics(Feed(name=ODD[name], events=(event,)))
    assert line_problems(written) == []
    assert reads(written) == meant(event)
    assert written.count(b"BEGIN:VEVENT\r\n") == written.count(b"END:VEVENT\r\n") == 1


TROUBLESOME = st.sampled_from(
    ["\\", "\\n", "\\N", "\n", "\r\n", "\r", ",", ";", ":", '"', " ", "\t", "\0", "ä", "🦊", "^"]
)
WORDS = st.lists(TROUBLESOME | st.text(st.characters(exclude_categories=[]), max_size=90), max_size=12).map("".join)


@given(title=WORDS, place=WORDS, name=WORDS)
def test_any_words_are_folded_and_read_as_they_are(title: str, place: str, name: str) -> None:
    event = replace(EVENT, title=title, place=place)
    written = ics(Feed(name=name, events=(event,)))
    assert line_problems(written) == []
    assert icalendar_reads(written) == meant(event)


@given(title=WORDS, name=WORDS)
def test_any_words_leave_the_lines_about_them_as_they_were(title: str, name: str) -> None:
    changed = lines_of(Feed(name=name, events=(replace(EVENT, title=title),)))
    told_apart = ("SUMMARY:", "NAME:", "X-WR-CALNAME:")
    assert [line for line in changed if not line.startswith(told_apart)] == [
        line for line in lines_of(FEED) if not line.startswith(told_apart)
    ]


@given(
    starts=st.lists(
        st.datetimes(datetime(1971, 1, 1), datetime(9998, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
        max_size=8,
    ),
    minutes=st.integers(1, 60 * 24 * 40),
    sequence=st.integers(0, 2**31 - 1),
)
def test_any_times_are_read_as_they_are_to_the_second(starts: list[datetime], minutes: int, sequence: int) -> None:
    moments = [start.astimezone(UTC).replace(microsecond=0) for start in starts]
    events = tuple(
        replace(
            EVENT,
            uid=f"{number}@oneonone.example",
            starts_at=moment,
            ends_at=moment + timedelta(minutes=minutes),
            sequence=sequence,
        )
        for number, moment in enumerate(moments)
    )
    written = ics(Feed(name="1-on-1s", events=events))
    assert line_problems(written) == []
    assert icalendar_reads(written) == meant(*events)
    assert ics(Feed(name="1-on-1s", events=events[::-1])) == written
