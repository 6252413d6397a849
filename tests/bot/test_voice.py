"""Moments as people say them, in the reader's zone."""

from datetime import UTC, date, datetime

import pytest

from bot.clip import clip
from prompts import Library, MissingText, Voice

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def _voice(zone: str) -> Voice:
    return Voice(Library("en"), zone=zone, now=NOW)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 27), "Friday"),
        (date(2026, 12, 4), "Friday 4 Dec"),
        (date(2026, 11, 13), "Friday 13 Nov"),
        (date(2027, 1, 4), "4 Jan 2027"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, said: str) -> None:
    assert _voice("UTC").day(day) == said


def test_a_moment_is_told_in_the_reader_s_zone() -> None:
    moment = datetime(2026, 11, 23, 0, 15, tzinfo=UTC)
    assert _voice("America/New_York").moment(moment) == "today, 19:15"
    assert _voice("Europe/Madrid").moment(moment) == "today, 01:15"
    assert _voice("UTC").moment(moment) == "tomorrow, 00:15"


def test_people_s_words_are_never_a_template() -> None:
    said = _voice("UTC").say("agenda.was_dropped", item="{{ 7 * 7 }}{% for x in y %}")
    assert said == "Dropped: {{ 7 * 7 }}{% for x in y %}"


def test_a_text_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(MissingText):
        _voice("UTC").say("agenda.nothing_like_this")


@pytest.mark.parametrize(
    ("text", "row"),
    [("short", "short"), ("two\nlines", "two …"), ("x" * 11, "x" * 9 + "…"), ("  padded \n", "padded")],
)
def test_a_row_shows_the_first_line_and_says_when_there_is_more(text: str, row: str) -> None:
    assert clip(text, 10) == row
