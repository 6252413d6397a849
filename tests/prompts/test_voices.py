"""Days, moments and numbers as each language says them, and which language somebody reads."""

from datetime import UTC, date, datetime

import pytest

from prompts import Library, Voice, fitting
from prompts.library import libraries

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EVERY = libraries()


def _voice(language: str) -> Voice:
    return Voice(EVERY[language], zone="Europe/Berlin", now=NOW)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["yesterday", "today", "tomorrow", "Friday", "Monday 30 Nov", "Tuesday 1 Dec", "1 Jan 2027"]),
        (
            "de",
            [
                "gestern",
                "heute",
                "morgen",
                "Freitag",
                "Montag, 30. November",
                "Dienstag, 1. Dezember",
                "1. Januar 2027",
            ],
        ),
        (
            "fr",
            [
                "hier",
                "aujourd’hui",
                "demain",
                "vendredi",
                "lundi 30 novembre",
                "mardi 1er décembre",
                "le 1er janvier 2027",
            ],
        ),
        (
            "es",
            [
                "ayer",
                "hoy",
                "mañana",
                "el viernes",
                "el lunes 30 nov",
                "el martes 1 dic",
                "el 1 ene 2027",
            ],
        ),
    ],
)
def test_days_are_said_as_a_language_says_them(language: str, said: list[str]) -> None:
    days = [
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 11, 24),
        date(2026, 11, 27),
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert [_voice(language).day(day) for day in days] == said


@pytest.mark.parametrize("language", sorted(EVERY))
def test_a_time_of_day_is_the_same_everywhere(language: str) -> None:
    assert _voice(language).moment(datetime(2026, 11, 27, 13, 5, tzinfo=UTC)).endswith("14:05")


@pytest.mark.parametrize(
    ("language", "weekday", "month"),
    [("en", "Sunday", "March"), ("de", "Sonntag", "März"), ("fr", "dimanche", "mars"), ("es", "domingo", "marzo")],
)
def test_a_weekday_and_a_month_stand_alone(language: str, weekday: str, month: str) -> None:
    assert (_voice(language).weekday(6), _voice(language).month(date(2026, 3, 1))) == (weekday, month)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 many", "1 one", "2 many", "12,345 many"]),
        ("de", ["0 many", "1 one", "2 many", "12.345 many"]),
        ("fr", ["0 one", "1 one", "2 many", "12\u202f345 many"]),
        ("es", ["0 many", "1 one", "2 many", "12.345 many"]),
    ],
)
def test_a_number_has_the_form_and_the_signs_of_its_language(language: str, said: list[str]) -> None:
    library = Library(language)
    library.texts = {"a.b": "{{ plural(count, 'one', 'many') }}"}
    assert [library.say("a.b", {"count": count}) for count in (0, 1, 2, 12345)] == said


@pytest.mark.parametrize("language", sorted(EVERY))
def test_several_are_said_together(language: str) -> None:
    both = _voice(language).listed(["Ana", "Ben"])
    assert _voice(language).listed([]) == ""
    assert _voice(language).listed(["Ana"]) == "Ana"
    assert _voice(language).listed(["Zoe", "Ana", "Ben"]) == f"Zoe, {both}"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["de"], "de"), (["pt", "fr"], "fr"), (["", "es"], "es"), (["pt", "xx"], "en"), ([], "en"), (["", ""], "en")],
)
def test_the_first_language_that_ships_is_read(wanted: list[str], found: str) -> None:
    assert fitting(EVERY, *wanted).language == found


def test_english_is_understood_beside_every_language() -> None:
    understood = {code: [each.language for each in library.understood] for code, library in EVERY.items()}
    assert understood == {"en": ["en"], "de": ["de", "en"], "es": ["es", "en"], "fr": ["fr", "en"]}
