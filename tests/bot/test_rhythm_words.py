"""Rhythms and moments as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rhythm_patterns import vocabulary
from bot.rhythm_words import Asked, BadRhythm, read_minutes, read_moment, read_rhythm, read_time
from bot.zones import nearest_zone, zone_named
from prompts.library import Library
from tests.bot.said import EACH_TUESDAY, MONDAY, WORKDAYS, asked

ENGLISH = Library("en").dates


def read(words: str) -> Asked:
    return read_rhythm(words, MONDAY, ENGLISH)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every tuesday", EACH_TUESDAY),
        ("Each Tue.", EACH_TUESDAY),
        ("tuesdays", EACH_TUESDAY),
        ("meet tuesdays, please", EACH_TUESDAY),
        ("tuesdays & Thurs.", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("every monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("every monday and every thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("weekly on monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("weekly", "FREQ=WEEKLY"),
        ("once a week", "FREQ=WEEKLY"),
        ("every 2 weeks on thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every two weeks on thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("biweekly on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("fortnightly on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every fortnight on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every 2 weeks, every thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("tuesday every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every second friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every 2nd friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every third week on monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("every eleven weeks on monday", "FREQ=WEEKLY;INTERVAL=11;BYDAY=MO"),
        ("every day", "FREQ=DAILY"),
        ("every other day", "FREQ=DAILY;INTERVAL=2"),
        ("daily", "FREQ=DAILY"),
        ("every weekday", WORKDAYS),
        ("weekdays", WORKDAYS),
        ("every working day", WORKDAYS),
        ("monday to friday", WORKDAYS),
        ("monthly on the first tuesday", "FREQ=MONTHLY;BYDAY=1TU"),
        ("first monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
        ("the second tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("every second tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("every first monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("first and third monday", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("every month on the last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every other month on the last friday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
        ("quarterly on the first monday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("monthly on the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("last working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("every month on the 31st", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("the 15 of every month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monthly on day 15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every 3rd of the month", "FREQ=MONTHLY;BYMONTHDAY=3"),
        ("every 3rd month", "FREQ=MONTHLY;INTERVAL=3"),
        ("the 1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("every 3 months on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1"),
        ("monthly", "FREQ=MONTHLY"),
        ("every year on 27 nov", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27"),
        ("every 1st of april", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"),
        ("every Sept. 1", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1"),
        ("yearly", "FREQ=YEARLY"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", EACH_TUESDAY),
        ("freq=weekly; byday=tu,th;", "FREQ=WEEKLY;BYDAY=TU,TH"),
    ],
)
def test_people_say_how_often(words: str, rule: str) -> None:
    assert read(words) == asked(rule)
    assert read(f"  {words.upper()}  AT 14:00, ") == asked(rule, at=840)
    assert read(f"at 9 for an hour {words}") == asked(rule, at=540, minutes=60)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "every other tuesday at 14:00 for 30 minutes",
            asked("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", at=840, minutes=30),
        ),
        ("every tuesday 2pm", asked(EACH_TUESDAY, at=840)),
        ("every tuesday @ 14h30, 1,5 hours", asked(EACH_TUESDAY, at=870, minutes=90)),
        ("tuesdays 14:00-14:30", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("tuesdays from 2 to 3pm", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("tuesdays at 11:30 until 12:15", asked(EACH_TUESDAY, at=690, minutes=45)),
        (
            "every tuesday at 14:00 starting 1 Dec until 31 March",
            asked(EACH_TUESDAY, day=date(2026, 12, 1), at=840, last=date(2027, 3, 31)),
        ),
        (
            "from 1 dec every 2 weeks on tuesday",
            asked("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", day=date(2026, 12, 1)),
        ),
        ("every tuesday starting on the 1st of december", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("every tuesday until the end of the year", asked(EACH_TUESDAY, last=date(2026, 12, 31))),
        ("every tuesday starting next week at 9", asked(EACH_TUESDAY, day=date(2026, 11, 30), at=540)),
        ("every tuesday starting next month", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("every tuesday as of next year", asked(EACH_TUESDAY, day=date(2027, 1, 1))),
        ("weekly starting friday at 10", asked("FREQ=WEEKLY;BYDAY=FR", day=date(2026, 11, 27), at=600)),
        ("every tuesday at 14:00 Berlin time", asked(EACH_TUESDAY, at=840, zone="Europe/Berlin")),
        ("every tuesday at 14:00 (New York time)", asked(EACH_TUESDAY, at=840, zone="America/New_York")),
        ("every tuesday in new york at 14:00", asked(EACH_TUESDAY, at=840, zone="America/New_York")),
        ("every tuesday at 14:00 in Europe/Madrid", asked(EACH_TUESDAY, at=840, zone="Europe/Madrid")),
        ("every tuesday 14:00 utc", asked(EACH_TUESDAY, at=840, zone="UTC")),
        ("every tuesday at 14:00 local time", asked(EACH_TUESDAY, at=840)),
        ("tomorrow at 15:00", asked(day=date(2026, 11, 24), at=900)),
        ("friday 10:00 for an hour", asked(day=date(2026, 11, 27), at=600, minutes=60)),
        ("27 Nov at 14:00", asked(day=date(2026, 11, 27), at=840)),
        ("Friday, 27th of November, 14:00", asked(day=date(2026, 11, 27), at=840)),
        ("in two weeks at 14:00", asked(day=date(2026, 12, 7), at=840)),
        ("2026-12-01T14:00 in Tokyo", asked(day=date(2026, 12, 1), at=840, zone="Asia/Tokyo")),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU at 14:00", asked(EACH_TUESDAY, at=840)),
    ],
)
def test_people_say_when(words: str, expected: Asked) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("every 30th of february", "never_occurs"),
        ("every tuesday starting 1 dec until 30 nov", "never_occurs"),
        ("every tuesday from 1 dec 2027 until 2026-12-24", "never_occurs"),
        ("every hour", "too_often"),
        ("hourly", "too_often"),
        ("every 30 minutes", "too_often"),
        ("every third hour", "too_often"),
        ("twice a day at 9", "too_often"),
        ("RRULE:FREQ=HOURLY", "too_often"),
        ("RRULE:FREQ=DAILY;COUNT=3 at 9:00", "unknown_rule_part"),
        ("", "unknown_rhythm"),
        ("soon", "unknown_rhythm"),
        ("every", "unknown_rhythm"),
        ("every second", "unknown_rhythm"),
        ("every last", "unknown_rhythm"),
        ("at 14:00", "unknown_rhythm"),
        ("every 0 weeks", "unknown_rhythm"),
        ("every 999 days", "unknown_rhythm"),
        ("monthly on monday", "unknown_rhythm"),
        ("we like tuesdays", "unknown_rhythm"),
        ("monthly on the 32nd", "unknown_rhythm"),
        ("every tuesday tuesday every", "unknown_rhythm"),
        ("every tuesday at", "unknown_rhythm"),
        ("every tuesday at 25:00", "unknown_rhythm"),
        ("every tuesday at 14:00 at 15:00", "unknown_rhythm"),
        ("every tuesday for 6 months", "unknown_rhythm"),
        ("every tuesday until further notice", "unknown_rhythm"),
        ("every tuesday FREQ=DAILY", "unknown_rhythm"),
        ("not 27 nov at 14:00", "unknown_rhythm"),
        ("monday 27 nov at 14:00", "unknown_rhythm"),
        ("tomorrow until friday", "unknown_rhythm"),
        ("27 nov 9999 at 14:00", "unknown_rhythm"),
        ("9999-12-31 at 14:00", "unknown_rhythm"),
        ("every tuesday starting 9999-12-31", "unknown_rhythm"),
        ("every tuesday at 14:00 " * 10, "unknown_rhythm"),
    ],
)
def test_what_no_series_can_have_is_refused(words: str, reason: str) -> None:
    with pytest.raises(BadRhythm) as refusal:
        read(words)
    assert refusal.value.reason == f"refused.{reason}"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("every tuesday at 14:00 Berln time", "Europe/Berlin"),
        ("every tuesday at 14:00 in Madird", "Europe/Madrid"),
        ("every tuesday at 14:00 Europ/Berlin", "Europe/Berlin"),
    ],
)
def test_a_zone_that_nobody_knows_has_a_nearest_one(words: str, nearest: str) -> None:
    with pytest.raises(BadRhythm) as refusal:
        read(words)
    assert refusal.value.reason == "refused.unknown_zone"
    assert refusal.value.facts == {"nearest": nearest}


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("14:00", 840),
        ("2pm", 840),
        ("2:30 pm", 870),
        ("2.30 p.m.", 870),
        ("14h", 840),
        ("14h30", 870),
        ("half past 9", 570),
        ("a quarter to 3 pm", 885),
        ("quarter to 0", 1425),
        ("half past 9:10", None),
        (" 9 O'Clock ", 540),
        ("noon", 720),
        ("midnight", 0),
        ("12am", 0),
        ("12 pm", 720),
        ("9", 540),
        ("0", 0),
        ("23:59", 1439),
        ("24:00", None),
        ("9:60", None),
        ("13pm", None),
        ("0am", None),
        ("9 bananas", None),
        ("٩", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_people_say_what_time(words: str, minutes: int | None) -> None:
    assert read_time(words, ENGLISH) == minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30", 30),
        ("30 minutes", 30),
        ("90 min", 90),
        ("45m", 45),
        ("forty-five minutes", 45),
        ("an hour", 60),
        ("1h", 60),
        ("1h30", 90),
        ("1 hour and 30 minutes", 90),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("Half an hour", 30),
        ("an hour and a half", 90),
        ("8 hours", 480),
        ("5", 5),
        ("4", None),
        ("481", None),
        ("9 hours", None),
        ("1.001 h", None),
        ("30 bananas", None),
        ("30 minutes 30", None),
        ("1 hour and", None),
        ("hour", None),
        ("² hours", None),
        ("-30", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_people_say_how_long(words: str, minutes: int | None) -> None:
    assert read_minutes(words, ENGLISH) == minutes


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("friday 10:00", (date(2026, 11, 27), 600)),
        ("10:00 on friday", (date(2026, 11, 27), 600)),
        ("tomorrow at 3pm", (date(2026, 11, 24), 900)),
        ("27 Nov at 14:00", (date(2026, 11, 27), 840)),
        ("next tuesday 9am", (date(2026, 12, 1), 540)),
        ("2026-12-01 14:00", (date(2026, 12, 1), 840)),
        ("friday", None),
        ("14:00", None),
        ("friday 10", None),
        ("every friday at 10:00", None),
        ("friday 10:00 or so", None),
        ("friday 10:00" + " " * 200, None),
    ],
)
def test_people_say_a_moment(words: str, moment: tuple[date, int] | None) -> None:
    assert read_moment(words, MONDAY, ENGLISH) == moment


def test_zones_are_named_by_their_city_too() -> None:
    assert zone_named(" europe/BERLIN ") == "Europe/Berlin"
    assert zone_named("new  york") == "America/New_York"
    assert zone_named("localtime") is None
    assert zone_named("Atlantis") is None
    assert nearest_zone("Berln") == "Europe/Berlin"
    assert nearest_zone("€") == "Europe/Berlin"


def test_no_word_of_a_rhythm_is_a_zone() -> None:
    rhythm = ENGLISH["rhythm"]
    words = {*vocabulary(ENGLISH), *rhythm["fillers"], *rhythm["at"], *rhythm["from"], *rhythm["until"], *rhythm["for"]}
    assert {word for word in words if zone_named(word)} == set()


def said(tree: object) -> set[str]:
    """Every word that the language's file knows."""
    if isinstance(tree, dict):
        return {word for key, value in tree.items() for word in said(key) | said(value)}
    return {word for part in tree for word in said(part)} if isinstance(tree, list) else set(str(tree).split())


KNOWN = sorted(
    said(dict(ENGLISH)) | {"14:00", "2pm", "27", "31st", "2026-12-01", "FREQ=WEEKLY;BYDAY=TU", "Berlin", ","}
)
MIXES = st.lists(st.sampled_from(KNOWN), max_size=12).map(" ".join)
DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))


@given(st.text(max_size=210) | MIXES | st.builds("every {} at {}".format, MIXES, st.text(max_size=9)), DAYS)
def test_any_words_are_a_rhythm_or_a_bad_one(words: str, today: date) -> None:
    with suppress(BadRhythm):
        found = read_rhythm(words, today, ENGLISH)
        assert found.rule or found.day
        assert found.at is None or 0 <= found.at < 24 * 60
        assert found.minutes is None or 5 <= found.minutes <= 480
        assert found.day is None or abs(found.day - today) < timedelta(days=4000)
    moment = read_moment(words, today, ENGLISH)
    assert moment is None or 0 <= moment[1] < 24 * 60
