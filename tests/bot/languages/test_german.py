"""German as people type it, and as days are said in it."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due import read_due
from bot.rhythm_patterns import vocabulary
from bot.rhythm_words import Asked, BadRhythm, read_minutes, read_moment, read_rhythm, read_time
from bot.working import country_name, country_named
from bot.zones import city_of, zone_named
from prompts import Voice
from prompts.library import Library
from tests.bot.said import EACH_TUESDAY, MONDAY, WORKDAYS, asked

GERMAN = Library("de")
WORDS = GERMAN.dates
EVERY_OTHER_FRIDAY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("heute", date(2026, 11, 23)),
        ("noch heute", date(2026, 11, 23)),
        ("Morgen", date(2026, 11, 24)),
        ("übermorgen", date(2026, 11, 25)),
        ("uebermorgen", date(2026, 11, 25)),
        ("ubermorgen", date(2026, 11, 25)),
        ("bis Freitag", date(2026, 11, 27)),
        ("am Fr.", date(2026, 11, 27)),
        ("Sonnabend", date(2026, 11, 28)),
        ("Montag", date(2026, 11, 30)),
        ("kommenden Freitag", date(2026, 11, 27)),
        ("nächsten Freitag", date(2026, 12, 4)),
        ("naechsten freitag", date(2026, 12, 4)),
        ("nächste Woche Freitag", date(2026, 12, 4)),
        ("Freitag nächster Woche", date(2026, 12, 4)),
        ("Freitag kommender Woche", date(2026, 12, 4)),
        ("nächste Woche", date(2026, 11, 30)),
        ("kommende Woche", date(2026, 11, 30)),
        ("übernächste Woche", date(2026, 12, 7)),
        ("nächsten Monat", date(2026, 12, 23)),
        ("in zwei Wochen", date(2026, 12, 7)),
        ("in 3 Tagen", date(2026, 11, 26)),
        ("in vierzehn Tagen", date(2026, 12, 7)),
        ("in einem Monat", date(2026, 12, 23)),
        ("innerhalb einer Woche", date(2026, 11, 30)),
        ("bis Ende der Woche", date(2026, 11, 27)),
        ("Ende nächster Woche", date(2026, 12, 4)),
        ("bis zum Monatsende", date(2026, 11, 30)),
        ("Ende nächsten Monats", date(2026, 12, 31)),
        ("Ende des Quartals", date(2026, 12, 31)),
        ("Jahresende", date(2026, 12, 31)),
        ("Ende November", date(2026, 11, 30)),
        ("bis Ende Februar", date(2027, 2, 28)),
        ("27. Nov.", date(2026, 11, 27)),
        ("am 27. November 2027", date(2027, 11, 27)),
        ("Freitag, 27. November", date(2026, 11, 27)),
        ("3. Maerz", date(2027, 3, 3)),
        ("3. Jänner", date(2027, 1, 3)),
        ("am ersten Dezember", date(2026, 12, 1)),
        ("bis zum 27.11.", date(2026, 11, 27)),
        ("27.11", date(2026, 11, 27)),
        ("Fr, 27.11.26", date(2026, 11, 27)),
        ("3. 3. 2027", date(2027, 3, 3)),
        ("bald", None),
        ("irgendwann", None),
        ("nächste", None),
        ("in vielen Tagen", None),
        ("am Wochenende", None),
        ("31. Februar", None),
        ("30.2.2027", None),
        ("Montag, 27. November", None),
        ("Sa, 27.11.", None),
    ],
)
def test_people_say_until_when(words: str, day: date | None) -> None:
    assert read_due(words, MONDAY, WORDS) == day


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("jeden Dienstag", EACH_TUESDAY),
        ("jeden Di.", EACH_TUESDAY),
        ("immer dienstags, bitte", EACH_TUESDAY),
        ("jeden zweiten Dienstag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("dienstags und donnerstags", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Mo, Mi und Fr", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("jeden Montag und jeden Donnerstag", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("wöchentlich am Montag", "FREQ=WEEKLY;BYDAY=MO"),
        ("woechentlich", "FREQ=WEEKLY"),
        ("einmal die Woche", "FREQ=WEEKLY"),
        ("alle zwei Wochen am Freitag", EVERY_OTHER_FRIDAY),
        ("alle 2 Wochen freitags", EVERY_OTHER_FRIDAY),
        ("alle 14 Tage am Freitag", EVERY_OTHER_FRIDAY),
        ("14-tägig freitags", EVERY_OTHER_FRIDAY),
        ("freitags, alle zwei Wochen", EVERY_OTHER_FRIDAY),
        ("jede zweite Woche am Freitag", EVERY_OTHER_FRIDAY),
        ("jeden 2. Freitag", EVERY_OTHER_FRIDAY),
        ("jede dritte Woche am Montag", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("täglich", "FREQ=DAILY"),
        ("jeden zweiten Tag", "FREQ=DAILY;INTERVAL=2"),
        ("jeden Werktag", WORKDAYS),
        ("montags bis freitags", WORKDAYS),
        ("Mo-Fr", WORKDAYS),
        ("monatlich am ersten Dienstag", "FREQ=MONTHLY;BYDAY=1TU"),
        ("jeden ersten Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO"),
        ("am zweiten Dienstag des Monats", "FREQ=MONTHLY;BYDAY=2TU"),
        ("jeden zweiten Dienstag im Monat", "FREQ=MONTHLY;BYDAY=2TU"),
        ("jeden letzten Freitag", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("am ersten und dritten Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("alle zwei Monate am letzten Freitag", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
        ("vierteljährlich am ersten Montag", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("am letzten Tag des Monats", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("am letzten Werktag des Monats", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("jeden Monat am 31.", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("jeden 15.", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("am 1. und 15. jedes Monats", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("jedes Jahr am 27. November", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27"),
    ],
)
def test_people_say_how_often(words: str, rule: str) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == asked(rule)
    assert read_rhythm(f"  {words.upper()}  UM 14:00, ", MONDAY, WORDS) == asked(rule, at=840)
    assert read_rhythm(f"um 9 für eine Stunde {words}", MONDAY, WORDS) == asked(rule, at=540, minutes=60)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jeden Dienstag um 14 Uhr", asked(EACH_TUESDAY, at=840)),
        ("jeden Dienstag 14 Uhr, 30 Min.", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("dienstags um 14.30 Uhr für eine halbe Stunde", asked(EACH_TUESDAY, at=870, minutes=30)),
        ("dienstags von 14 bis 15 Uhr", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("dienstags 14:00-14:30", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("dienstags um halb drei", asked(EACH_TUESDAY, at=870)),
        (
            "jeden Dienstag um 14:00 ab 1. Dezember bis 31. März",
            asked(EACH_TUESDAY, day=date(2026, 12, 1), at=840, last=date(2027, 3, 31)),
        ),
        ("ab dem 1.12. jeden Dienstag", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("jeden Dienstag ab nächster Woche um 9", asked(EACH_TUESDAY, day=date(2026, 11, 30), at=540)),
        ("jeden Dienstag ab nächstem Monat", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("jeden Dienstag bis Ende März", asked(EACH_TUESDAY, last=date(2027, 3, 31))),
        ("jeden Dienstag bis zum Ende des Jahres", asked(EACH_TUESDAY, last=date(2026, 12, 31))),
        ("jeden Dienstag um 14:00 in Berlin", asked(EACH_TUESDAY, at=840, zone="Europe/Berlin")),
        # As the product itself says it.
        (
            "jeden Dienstag um 14:00, 30 Minuten (Zeit von New York), bis 31. März 2027",
            asked(EACH_TUESDAY, at=840, minutes=30, zone="America/New_York", last=date(2027, 3, 31)),
        ),
        ("jeden Dienstag um 14:00 (Zeit von Wien)", asked(EACH_TUESDAY, at=840, zone="Europe/Vienna")),
        ("jeden Dienstag um 14:00 Ortszeit", asked(EACH_TUESDAY, at=840)),
        ("morgen um 15 Uhr", asked(day=date(2026, 11, 24), at=900)),
        ("Freitag, 27. November, 14:00", asked(day=date(2026, 11, 27), at=840)),
        ("Freitag nächster Woche um 10 Uhr", asked(day=date(2026, 12, 4), at=600)),
    ],
)
def test_people_say_when(words: str, expected: Asked) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("jeden 30. Februar", "never_occurs"),
        ("stündlich", "too_often"),
        ("alle 30 Minuten", "too_often"),
        ("bald", "unknown_rhythm"),
        ("jeden", "unknown_rhythm"),
        ("alle 0 Wochen", "unknown_rhythm"),
        ("monatlich am Montag", "unknown_rhythm"),
        ("wir mögen Dienstage", "unknown_rhythm"),
        ("jeden Dienstag um 25 Uhr", "unknown_rhythm"),
        ("jeden Dienstag für 6 Monate", "unknown_rhythm"),
        ("Montag, 27. November um 14 Uhr", "unknown_rhythm"),
        ("jeden Dienstag um 14:00 in Berln", "unknown_zone"),
    ],
)
def test_what_no_series_can_have_is_refused(words: str, reason: str) -> None:
    with pytest.raises(BadRhythm) as refusal:
        read_rhythm(words, MONDAY, WORDS)
    assert refusal.value.reason == f"refused.{reason}"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("Freitag 10:00", (date(2026, 11, 27), 600)),
        ("10:00 am Freitag", (date(2026, 11, 27), 600)),
        ("übermorgen um 9 Uhr", (date(2026, 11, 25), 540)),
        ("am 1.12. um 14 Uhr", (date(2026, 12, 1), 840)),
        ("nächste Woche Dienstag, 9 Uhr", (date(2026, 12, 1), 540)),
        ("morgen um 3 Uhr nachmittags", (date(2026, 11, 24), 900)),
        ("Freitag", None),
        ("jeden Freitag um 10:00", None),
        ("Freitag 10:00 oder so", None),
    ],
)
def test_people_say_a_moment(words: str, moment: tuple[date, int] | None) -> None:
    assert read_moment(words, MONDAY, WORDS) == moment


@pytest.mark.parametrize(
    ("words", "time"),
    [("14 Uhr 30", 870), ("9 Uhr morgens", 540), ("viertel nach 9", 555), ("Mittag", 720), ("24 Uhr", None)],
)
def test_people_say_what_time(words: str, time: int | None) -> None:
    assert read_time(words, WORDS) == time


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("1 Std. 30 Min.", 90),
        ("anderthalb Stunden", 90),
        ("1,5 Stunden", 90),
        ("eine Dreiviertelstunde", 45),
        ("fünfundvierzig Minuten", 45),
        ("fuenfundvierzig Minuten", 45),
        ("9 Stunden", None),
        ("Stunde", None),
    ],
)
def test_people_say_how_long(words: str, minutes: int | None) -> None:
    assert read_minutes(words, WORDS) == minutes


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "gestern"),
        (date(2026, 11, 25), "übermorgen"),
        (date(2026, 11, 27), "Freitag"),
        (date(2026, 12, 4), "Freitag, 4. Dezember"),
        (date(2025, 3, 3), "3. März 2025"),
    ],
)
def test_a_day_is_said_so_that_it_can_be_typed(day: date, said: str) -> None:
    voice = Voice(GERMAN, "Europe/Berlin", datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    assert voice.day(day) == said
    assert day < MONDAY or read_due(said, MONDAY, WORDS) == day


@pytest.mark.parametrize(
    ("typed", "zone"), [("Zürich", "Europe/Zurich"), ("zuerich", "Europe/Zurich"), ("Kairo", "Africa/Cairo")]
)
def test_cities_have_their_german_names_too(typed: str, zone: str) -> None:
    assert zone_named(typed, WORDS["cities"]) == zone
    assert zone_named(city_of(zone, GERMAN.cities), WORDS["cities"]) == zone


def test_a_city_without_a_german_name_has_its_own() -> None:
    assert city_of("America/New_York", GERMAN.cities) == "New York"
    assert zone_named("Berlin", WORDS["cities"]) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("Deutschland", "DE", "Deutschland"),
        ("oesterreich", "AT", "Österreich"),
        ("Schweiz", "CH", "Schweiz"),
        ("Deutschland (BY)", "DE-BY", "Deutschland (BY)"),
        ("Vereinigte Staaten", "US", "Vereinigte Staaten"),
        ("Germany", "DE", "Deutschland"),
        ("Atlantis", None, ""),
    ],
)
def test_countries_have_their_german_names_too(typed: str, code: str | None, said: str) -> None:
    assert country_named(typed, GERMAN.countries) == code
    assert country_name(code or "", GERMAN.countries) == said


def test_no_word_of_a_rhythm_is_a_zone() -> None:
    rhythm = WORDS["rhythm"]
    words = {*vocabulary(WORDS), *rhythm["fillers"], *rhythm["at"], *rhythm["from"], *rhythm["until"], *rhythm["for"]}
    assert {word for word in words if zone_named(word, WORDS["cities"])} == set()


MIXES = st.lists(
    st.sampled_from([*sorted(vocabulary(WORDS)), *WORDS["due"]["ends"], "14", "uhr", "um", "bis", "1.", "berlin"]),
    max_size=10,
).map(" ".join)


@given(st.text(max_size=60) | MIXES, st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_any_words_are_a_rhythm_or_a_bad_one(words: str, today: date) -> None:
    with suppress(BadRhythm):
        found = read_rhythm(words, today, WORDS)
        assert found.rule or found.day
        assert found.day is None or abs(found.day - today) < timedelta(days=4000)
    moment = read_moment(words, today, WORDS)
    assert moment is None or 0 <= moment[1] < 24 * 60
