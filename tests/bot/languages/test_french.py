"""French as people type it."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due import read_due
from bot.rhythm_patterns import vocabulary
from bot.rhythm_words import Asked, BadRhythm, read_minutes, read_moment, read_rhythm, read_time
from bot.zones import zone_named
from prompts.library import Library
from tests.bot.said import EACH_TUESDAY, MONDAY, WORKDAYS, asked

WORDS = Library("fr").dates
OTHER_TUESDAY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("aujourd'hui", date(2026, 11, 23)),
        ("Aujourd’hui", date(2026, 11, 23)),
        ("ce soir", date(2026, 11, 23)),
        ("demain", date(2026, 11, 24)),
        ("après-demain", date(2026, 11, 25)),
        ("apres demain", date(2026, 11, 25)),
        ("vendredi", date(2026, 11, 27)),
        ("ven.", date(2026, 11, 27)),
        ("pour vendredi", date(2026, 11, 27)),
        ("d’ici vendredi", date(2026, 11, 27)),
        ("d'ici à vendredi", date(2026, 11, 27)),
        ("ce vendredi", date(2026, 11, 27)),
        ("lundi", date(2026, 11, 30)),
        ("vendredi prochain", date(2026, 12, 4)),
        ("vendredi de la semaine prochaine", date(2026, 12, 4)),
        ("dans deux semaines", date(2026, 12, 7)),
        ("dans 3 jours", date(2026, 11, 26)),
        ("sous huit jours", date(2026, 11, 30)),
        ("dans quinze jours", date(2026, 12, 7)),
        ("sous quinzaine", date(2026, 12, 7)),
        ("dans un mois", date(2026, 12, 23)),
        ("la semaine prochaine", date(2026, 11, 30)),
        ("le mois prochain", date(2026, 12, 23)),
        ("fin de semaine", date(2026, 11, 27)),
        ("d'ici la fin de la semaine", date(2026, 11, 27)),
        ("à la fin de la semaine prochaine", date(2026, 12, 4)),
        ("fin du mois", date(2026, 11, 30)),
        ("d'ici à la fin du mois", date(2026, 11, 30)),
        ("fin du mois prochain", date(2026, 12, 31)),
        ("fin mars", date(2027, 3, 31)),
        ("fin fevrier", date(2027, 2, 28)),
        ("avant la fin de l'année", date(2026, 12, 31)),
        ("27 novembre", date(2026, 11, 27)),
        ("le 27 nov.", date(2026, 11, 27)),
        ("vendredi 27 novembre", date(2026, 11, 27)),
        ("1er décembre", date(2026, 12, 1)),
        ("le premier decembre 2027", date(2027, 12, 1)),
        ("avant le 15 aout", date(2027, 8, 15)),
        ("3 sept", date(2027, 9, 3)),
        ("27/11", date(2026, 11, 27)),
        ("le 3/12/2027", date(2027, 12, 3)),
        ("3.3.2027", date(2027, 3, 3)),
        ("2026-11-27", date(2026, 11, 27)),
    ],
)
def test_people_say_until_when(words: str, day: date) -> None:
    assert read_due(words, MONDAY, WORDS) == day


@pytest.mark.parametrize(
    "words",
    ["bientôt", "31 février", "lundi 27 novembre", "31/2", "vendredi vendredi", "de", "prochain", "dans longtemps", ""],
)
def test_what_names_no_day_is_no_day(words: str) -> None:
    assert read_due(words, MONDAY, WORDS) is None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("tous les mardis", EACH_TUESDAY),
        ("chaque mardi", EACH_TUESDAY),
        ("les mardis", EACH_TUESDAY),
        ("tous les mardis et jeudis", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("le mardi et le jeudi", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("tous les lundis et tous les jeudis", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("un mardi sur deux", OTHER_TUESDAY),
        ("un mardi sur 2", OTHER_TUESDAY),
        ("un vendredi sur trois", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR"),
        ("une semaine sur deux le mardi", OTHER_TUESDAY),
        ("le mardi, une semaine sur deux", OTHER_TUESDAY),
        ("toutes les deux semaines le mardi", OTHER_TUESDAY),
        ("toutes les 2 semaines, le mardi", OTHER_TUESDAY),
        ("les mardis toutes les deux semaines", OTHER_TUESDAY),
        ("tous les quinze jours le mardi", OTHER_TUESDAY),
        ("tous les 15 jours", "FREQ=WEEKLY;INTERVAL=2"),
        ("toutes les sept semaines le lundi", "FREQ=WEEKLY;INTERVAL=7;BYDAY=MO"),
        ("chaque semaine", "FREQ=WEEKLY"),
        ("hebdomadaire", "FREQ=WEEKLY"),
        ("une fois par semaine le lundi", "FREQ=WEEKLY;BYDAY=MO"),
        ("une fois toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
        ("tous les jours", "FREQ=DAILY"),
        ("un jour sur deux", "FREQ=DAILY;INTERVAL=2"),
        ("tous les jours ouvrés", WORKDAYS),
        ("du lundi au vendredi", WORKDAYS),
        ("en semaine", WORKDAYS),
        ("le premier lundi du mois", "FREQ=MONTHLY;BYDAY=1MO"),
        ("le premier mardi de chaque mois", "FREQ=MONTHLY;BYDAY=1TU"),
        ("tous les premiers mardis du mois", "FREQ=MONTHLY;BYDAY=1TU"),
        ("tous les premiers lundis", "FREQ=MONTHLY;BYDAY=1MO"),
        ("le deuxieme mardi du mois", "FREQ=MONTHLY;BYDAY=2TU"),
        ("le 2e mardi du mois", "FREQ=MONTHLY;BYDAY=2TU"),
        ("le dernier vendredi du mois", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("le premier et le troisième lundi du mois", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("chaque mois, le dernier vendredi", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("un mois sur deux le premier lundi", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("le premier lundi tous les trois mois", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("chaque trimestre, le premier lundi", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("le dernier jour du mois", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("le dernier jour ouvré du mois", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("le 15 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("tous les 15 du mois", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("le 1er et le 15 du mois", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("le 31 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("tous les ans le 27 novembre", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27"),
        ("le 27 novembre de chaque année", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27"),
        ("chaque 1er avril", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"),
    ],
)
def test_people_say_how_often(words: str, rule: str) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == asked(rule)
    assert read_rhythm(f" {words.upper()}  À 14H30, ", MONDAY, WORDS) == asked(rule, at=870)
    assert read_rhythm(f"à 9h pendant 30 minutes {words}", MONDAY, WORDS) == asked(rule, at=540, minutes=30)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("un mardi sur deux à 14h pendant 30 minutes", asked(OTHER_TUESDAY, at=840, minutes=30)),
        ("tous les mardis de 14h à 15h", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("tous les mardis 14:00-14:30", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("tous les mardis à 14 h 30", asked(EACH_TUESDAY, at=870)),
        ("tous les mardis à 14 h, 30 minutes", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("tous les mardis à 14h30, 1h30", asked(EACH_TUESDAY, at=870, minutes=90)),
        ("tous les mardis 8h", asked(EACH_TUESDAY, at=480)),
        ("tous les mardis à 14h pour une demi-heure", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("tous les mardis à 9h et demie pendant une heure et demie", asked(EACH_TUESDAY, at=570, minutes=90)),
        ("tous les mardis à 3h de l’après-midi", asked(EACH_TUESDAY, at=900)),
        ("tous les mardis à midi", asked(EACH_TUESDAY, at=720)),
        (
            "tous les mardis à 14h à partir du 1er décembre jusqu'au 31 mars",
            asked(EACH_TUESDAY, day=date(2026, 12, 1), at=840, last=date(2027, 3, 31)),
        ),
        ("tous les mardis à 9h dès la semaine prochaine", asked(EACH_TUESDAY, day=date(2026, 11, 30), at=540)),
        ("tous les mardis à partir du mois prochain", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("tous les mardis jusqu’à la fin de l’année", asked(EACH_TUESDAY, last=date(2026, 12, 31))),
        ("tous les mardis jusqu'à fin mars", asked(EACH_TUESDAY, last=date(2027, 3, 31))),
        ("tous les mardis à 14h, heure de Paris", asked(EACH_TUESDAY, at=840, zone="Europe/Paris")),
        ("tous les mardis à 14h (heure de New York)", asked(EACH_TUESDAY, at=840, zone="America/New_York")),
        ("tous les mardis à 14h (fuseau New York)", asked(EACH_TUESDAY, at=840, zone="America/New_York")),
        ("tous les mardis à 14h, heure de Londres", asked(EACH_TUESDAY, at=840, zone="Europe/London")),
        ("tous les mardis à 14h, heure du Caire", asked(EACH_TUESDAY, at=840, zone="Africa/Cairo")),
        ("tous les mardis à 14h à Madrid", asked(EACH_TUESDAY, at=840, zone="Europe/Madrid")),
        ("tous les mardis à 14h heure locale", asked(EACH_TUESDAY, at=840)),
        ("le mardi à 14h", asked(day=date(2026, 11, 24), at=840)),
        ("mardi 7h30", asked(day=date(2026, 11, 24), at=450)),
        ("vendredi prochain à 10h pendant une heure", asked(day=date(2026, 12, 4), at=600, minutes=60)),
        ("mardi 1er décembre à 9h", asked(day=date(2026, 12, 1), at=540)),
        ("le 27/11/2026 à 14h", asked(day=date(2026, 11, 27), at=840)),
    ],
)
def test_people_say_when(words: str, expected: Asked) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("toutes les heures", "too_often"),
        ("toutes les 30 minutes", "too_often"),
        ("deux fois par jour", "too_often"),
        ("le 30 février de chaque année", "never_occurs"),
        ("tous les mardis à 14h à Berln", "unknown_zone"),
        ("bientôt", "unknown_rhythm"),
        ("tous les", "unknown_rhythm"),
        ("un mardi sur", "unknown_rhythm"),
        ("deux mardis sur trois", "unknown_rhythm"),
        ("on aime les mardis", "unknown_rhythm"),
        ("tous les mardis à 25h", "unknown_rhythm"),
        ("tous les mardis pendant 6 mois", "unknown_rhythm"),
        ("mardi 15 à 16h", "unknown_rhythm"),
        ("lundi 27 novembre à 14h", "unknown_rhythm"),
    ],
)
def test_what_no_series_can_have_is_refused(words: str, reason: str) -> None:
    with pytest.raises(BadRhythm) as refusal:
        read_rhythm(words, MONDAY, WORDS)
    assert refusal.value.reason == f"refused.{reason}"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("vendredi 10h", (date(2026, 11, 27), 600)),
        ("10h vendredi", (date(2026, 11, 27), 600)),
        ("demain à 15h", (date(2026, 11, 24), 900)),
        ("27 nov. à 14h", (date(2026, 11, 27), 840)),
        ("mardi prochain à 14 h 30", (date(2026, 12, 1), 870)),
        ("le 1er décembre à 9h", (date(2026, 12, 1), 540)),
        ("27/11 à 14h30", (date(2026, 11, 27), 870)),
        ("dans sept jours à 14h", (date(2026, 11, 30), 840)),
        ("vendredi", None),
        ("14h", None),
        ("chaque vendredi à 10h", None),
    ],
)
def test_people_say_a_moment(words: str, moment: tuple[date, int] | None) -> None:
    assert read_moment(words, MONDAY, WORDS) == moment


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("14:00", 840),
        ("14h", 840),
        ("14h30", 870),
        ("14 h 30", 870),
        ("9 heures", 540),
        ("9 heures 30", 570),
        ("10h moins le quart", 585),
        ("8h du soir", 1200),
        ("midi", 720),
        ("minuit", 0),
        ("24h", None),
        ("9 bananes", None),
    ],
)
def test_people_say_what_time(words: str, minutes: int | None) -> None:
    assert read_time(words, WORDS) == minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30 minutes", 30),
        ("une heure", 60),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1 heure et 30 minutes", 90),
        ("1,5 h", 90),
        ("une demi-heure", 30),
        ("trois quarts d’heure", 45),
        ("une heure et demie", 90),
        ("quarante-cinq minutes", 45),
        ("8 heures", 480),
        ("9 heures", None),
        ("heure", None),
    ],
)
def test_people_say_how_long(words: str, minutes: int | None) -> None:
    assert read_minutes(words, WORDS) == minutes


MARKS = {mark for name in ("fillers", "at", "from", "until", "for") for mark in WORDS["rhythm"][name]}
PIECES = st.sampled_from(
    sorted({*vocabulary(WORDS), *MARKS, "demain", "14h", "14 h 30", "27/11", "demi-heure", "Paris"})
)


def test_no_word_of_a_rhythm_is_a_zone() -> None:
    assert {word for word in {*vocabulary(WORDS), *MARKS} if zone_named(word, WORDS["cities"])} == set()


@given(st.lists(PIECES, max_size=12).map(" ".join), st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_any_words_are_a_rhythm_or_a_bad_one(words: str, today: date) -> None:
    with suppress(BadRhythm):
        found = read_rhythm(words, today, WORDS)
        assert found.rule or found.day
        assert found.minutes is None or 5 <= found.minutes <= 480
        assert found.day is None or abs(found.day - today) < timedelta(days=4000)
    moment = read_moment(words, today, WORDS)
    assert moment is None or 0 <= moment[1] < 24 * 60
