"""Due dates as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due import read_due
from prompts.library import Library

MONDAY = date(2026, 11, 23)
ENGLISH = Library("en").dates


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 23)),
        ("Tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("friday", date(2026, 11, 27)),
        ("by Friday", date(2026, 11, 27)),
        ("on fri", date(2026, 11, 27)),
        ("monday", date(2026, 11, 30)),
        ("next friday", date(2026, 12, 4)),
        ("the coming friday", date(2026, 11, 27)),
        ("friday next week", date(2026, 12, 4)),
        ("on Friday of next week", date(2026, 12, 4)),
        ("fri 27 nov", date(2026, 11, 27)),
        ("the first of december", date(2026, 12, 1)),
        ("next monday", date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 7)),
        ("in 3 days", date(2026, 11, 26)),
        ("within a month", date(2026, 12, 23)),
        ("in a fortnight", date(2026, 12, 7)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 23)),
        ("end of week", date(2026, 11, 27)),
        ("by the end of the month", date(2026, 11, 30)),
        ("eom", date(2026, 11, 30)),
        ("end of next week", date(2026, 12, 4)),
        ("by the end of next month", date(2026, 12, 31)),
        ("end of quarter", date(2026, 12, 31)),
        ("end of March", date(2027, 3, 31)),
        ("end of november", date(2026, 11, 30)),
        ("by 3.3.27", date(2027, 3, 3)),
        ("Fri, 27.11", date(2026, 11, 27)),
        ("end of year", date(2026, 12, 31)),
        ("27 Nov", date(2026, 11, 27)),
        ("Nov 27", date(2026, 11, 27)),
        ("27th of November", date(2026, 11, 27)),
        ("November 27, 2027", date(2027, 11, 27)),
        ("3 March", date(2027, 3, 3)),
        ("27.11.", date(2026, 11, 27)),
        ("3.3.2027", date(2027, 3, 3)),
        ("2026-11-27", date(2026, 11, 27)),
        ("  FRIDAY ", date(2026, 11, 27)),
    ],
)
def test_people_say_until_when(words: str, day: date) -> None:
    assert read_due(words, MONDAY, ENGLISH) == day


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "whenever",
        "2026-02-30",
        "31 february",
        "end of somewhere",
        "the end",
        "Sat, 27.11.",
        "monday 27 nov",
        "not 27 nov",
        "first monday of december",
        "last december",
        "friday in two weeks",
        "3/12",
        "in many days",
        "friday friday friday",
        "in 99999 weeks",
        "٣ days",
        "next",
        "of",
        "",
    ],
)
def test_what_names_no_day_is_no_day(words: str) -> None:
    assert read_due(words, MONDAY, ENGLISH) is None


def test_a_month_from_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    assert read_due("in one month", date(2027, 1, 31), ENGLISH) == date(2027, 2, 28)


@given(st.dates(date(2024, 1, 1), date(2036, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_always_within_the_next_seven_days(today: date, weekday: int) -> None:
    day = read_due(list(ENGLISH["weekdays"])[weekday], today, ENGLISH)
    assert day is not None
    assert day.weekday() == weekday
    assert timedelta(0) < day - today <= timedelta(days=7)


@given(st.text(max_size=40), st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_any_words_give_a_day_or_none(words: str, today: date) -> None:
    day = read_due(words, today, ENGLISH)
    assert day is None or isinstance(day, date)
