"""Spanish as people type it."""

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

WORDS = Library("es").dates
OTHER_TUESDAY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hoy", date(2026, 11, 23)),
        ("Mañana", date(2026, 11, 24)),
        ("manana", date(2026, 11, 24)),
        ("pasado mañana", date(2026, 11, 25)),
        ("el viernes", date(2026, 11, 27)),
        ("para el viernes", date(2026, 11, 27)),
        ("a más tardar el viernes", date(2026, 11, 27)),
        ("este viernes", date(2026, 11, 27)),
        ("el próximo viernes", date(2026, 11, 27)),
        ("el viernes que viene", date(2026, 11, 27)),
        ("el viernes de la próxima semana", date(2026, 12, 4)),
        ("el viernes de la semana que viene", date(2026, 12, 4)),
        ("miercoles", date(2026, 11, 25)),
        ("mié", date(2026, 11, 25)),
        ("sáb.", date(2026, 11, 28)),
        ("mar", date(2026, 11, 24)),
        ("el lunes", date(2026, 11, 30)),
        ("en dos semanas", date(2026, 12, 7)),
        ("dentro de 3 días", date(2026, 11, 26)),
        ("de aquí a una semana", date(2026, 11, 30)),
        ("en quince días", date(2026, 12, 7)),
        ("en un mes", date(2026, 12, 23)),
        ("la próxima semana", date(2026, 11, 30)),
        ("la semana que viene", date(2026, 11, 30)),
        ("el mes próximo", date(2026, 12, 23)),
        ("esta semana", date(2026, 11, 27)),
        ("a finales de mes", date(2026, 11, 30)),
        ("fin de mes", date(2026, 11, 30)),
        ("a finales del mes que viene", date(2026, 12, 31)),
        ("a finales de marzo", date(2027, 3, 31)),
        ("fin de año", date(2026, 12, 31)),
        ("27 nov", date(2026, 11, 27)),
        ("el 27 de noviembre", date(2026, 11, 27)),
        ("viernes, 27 de noviembre", date(2026, 11, 27)),
        ("27 de noviembre de 2027", date(2027, 11, 27)),
        ("3 mar", date(2027, 3, 3)),
        ("1.º de mayo", date(2027, 5, 1)),
        ("el primero de diciembre", date(2026, 12, 1)),
        ("3 de setiembre", date(2027, 9, 3)),
        ("27/11", date(2026, 11, 27)),
        ("3/12/2027", date(2027, 12, 3)),
        ("2026-11-27", date(2026, 11, 27)),
    ],
)
def test_people_say_until_when(words: str, day: date) -> None:
    assert read_due(words, MONDAY, WORDS) == day


@pytest.mark.parametrize(
    "words",
    [
        "pronto",
        "fin de semana",
        "31 de febrero",
        "lunes 27 de noviembre",
        "31/2",
        "viernes viernes",
        "la",
        "siguiente",
        "",
    ],
)
def test_what_names_no_day_is_no_day(words: str) -> None:
    assert read_due(words, MONDAY, WORDS) is None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("cada martes", EACH_TUESDAY),
        ("los martes", EACH_TUESDAY),
        ("todos los martes", EACH_TUESDAY),
        ("los martes y jueves", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("todos los lunes y miércoles", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("lunes, miércoles y sábados", "FREQ=WEEKLY;BYDAY=MO,WE,SA"),
        ("cada lunes y cada jueves", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("cada dos martes", OTHER_TUESDAY),
        ("cada dos semanas los martes", OTHER_TUESDAY),
        ("cada 2 semanas, el martes", OTHER_TUESDAY),
        ("los martes cada dos semanas", OTHER_TUESDAY),
        ("en semanas alternas, los martes", OTHER_TUESDAY),
        ("los martes alternos", OTHER_TUESDAY),
        ("un martes sí y otro no", OTHER_TUESDAY),
        ("martes de por medio", OTHER_TUESDAY),
        ("un martes de cada dos", OTHER_TUESDAY),
        ("quincenalmente los martes", OTHER_TUESDAY),
        ("cada quince días, los martes", OTHER_TUESDAY),
        ("cada 15 dias los martes", OTHER_TUESDAY),
        ("cada tres semanas el lunes", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("una vez por semana", "FREQ=WEEKLY"),
        ("cada ocho días", "FREQ=WEEKLY"),
        ("semanal", "FREQ=WEEKLY"),
        ("todas las semanas", "FREQ=WEEKLY"),
        ("cada día", "FREQ=DAILY"),
        ("todos los días", "FREQ=DAILY"),
        ("entre semana", WORKDAYS),
        ("de lunes a viernes", WORKDAYS),
        ("todos los días laborables", WORKDAYS),
        ("el primer lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO"),
        ("los primeros lunes de mes", "FREQ=MONTHLY;BYDAY=1MO"),
        ("el segundo martes del mes", "FREQ=MONTHLY;BYDAY=2TU"),
        ("primer y tercer lunes de cada mes", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("cada mes, el último viernes", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("una vez al mes, el primer martes", "FREQ=MONTHLY;BYDAY=1TU"),
        ("cada trimestre el primer lunes", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("el ultimo dia de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("a final de cada mes", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("el último día laborable del mes", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("el 15 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("los días 1 y 15 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("cada mes el día 31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("cada año el 27 de noviembre", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27"),
        ("cada 1 de abril", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"),
    ],
)
def test_people_say_how_often(words: str, rule: str) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == asked(rule)
    assert read_rhythm(f" {words.upper()} A LAS 14:00, ", MONDAY, WORDS) == asked(rule, at=840)
    assert read_rhythm(f"a las 9 durante 60 minutos {words}", MONDAY, WORDS) == asked(rule, at=540, minutes=60)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cada dos martes a las 14:00 durante 30 minutos", asked(OTHER_TUESDAY, at=840, minutes=30)),
        ("los martes de 14:00 a 15:00", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("los martes de las 14:00 a las 15:00", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("los martes de 2 a 3 de la tarde", asked(EACH_TUESDAY, at=840, minutes=60)),
        ("los martes desde las 14:00 hasta las 14:30", asked(EACH_TUESDAY, at=840, minutes=30)),
        ("cada martes a las 9 y media, media hora", asked(EACH_TUESDAY, at=570, minutes=30)),
        ("cada martes a las 9 y media de la mañana", asked(EACH_TUESDAY, at=570)),
        ("cada martes a las 14 horas", asked(EACH_TUESDAY, at=840)),
        (
            "cada martes a las 14:00 desde el 1 de diciembre hasta el 31 de marzo",
            asked(EACH_TUESDAY, day=date(2026, 12, 1), at=840, last=date(2027, 3, 31)),
        ),
        ("los martes a partir del 1 de diciembre", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("los martes desde la próxima semana a las 9", asked(EACH_TUESDAY, day=date(2026, 11, 30), at=540)),
        ("los martes desde el próximo mes", asked(EACH_TUESDAY, day=date(2026, 12, 1))),
        ("los martes hasta fin de año", asked(EACH_TUESDAY, last=date(2026, 12, 31))),
        ("los martes a las 14:00, hora de Madrid", asked(EACH_TUESDAY, at=840, zone="Europe/Madrid")),
        ("los martes a las 14:00 en Bogotá", asked(EACH_TUESDAY, at=840, zone="America/Bogota")),
        ("los martes a las 14:00, hora de Nueva York", asked(EACH_TUESDAY, at=840, zone="America/New_York")),
        ("los martes a las 14:00 (hora local)", asked(EACH_TUESDAY, at=840)),
        ("el martes a las 14:00", asked(day=date(2026, 11, 24), at=840)),
        ("mañana a las 3 de la tarde", asked(day=date(2026, 11, 24), at=900)),
        ("el viernes de la próxima semana a las 10", asked(day=date(2026, 12, 4), at=600)),
        ("3 mar a las 14:00 durante una hora", asked(day=date(2027, 3, 3), at=840, minutes=60)),
    ],
)
def test_people_say_when(words: str, expected: Asked) -> None:
    assert read_rhythm(words, MONDAY, WORDS) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("cada hora", "too_often"),
        ("cada media hora", "too_often"),
        ("cada 30 minutos", "too_often"),
        ("dos veces al día", "too_often"),
        ("cada 30 de febrero", "never_occurs"),
        ("los martes en Madird", "unknown_zone"),
        ("nos gustan los martes", "unknown_rhythm"),
        ("cada", "unknown_rhythm"),
        ("los martes para las 14:00", "unknown_rhythm"),
        ("los martes a las 25:00", "unknown_rhythm"),
        ("los martes durante 6 meses", "unknown_rhythm"),
        ("lunes 27 de noviembre a las 14:00", "unknown_rhythm"),
    ],
)
def test_what_no_series_can_have_is_refused(words: str, reason: str) -> None:
    with pytest.raises(BadRhythm) as refusal:
        read_rhythm(words, MONDAY, WORDS)
    assert refusal.value.reason == f"refused.{reason}"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("viernes 10:00", (date(2026, 11, 27), 600)),
        ("a las 10:00 el viernes", (date(2026, 11, 27), 600)),
        ("mañana a las 15", (date(2026, 11, 24), 900)),
        ("27 nov a las 14:00", (date(2026, 11, 27), 840)),
        ("el próximo martes a las 9 de la mañana", (date(2026, 11, 24), 540)),
        ("27/11 a las 14:00", (date(2026, 11, 27), 840)),
        ("viernes", None),
        ("todos los viernes a las 10:00", None),
    ],
)
def test_people_say_a_moment(words: str, moment: tuple[date, int] | None) -> None:
    assert read_moment(words, MONDAY, WORDS) == moment


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("14:00", 840),
        ("14h30", 870),
        ("2 p. m.", 840),
        ("8 de la noche", 1200),
        ("10 menos cuarto", 585),
        ("9 y cuarto", 555),
        ("mediodía", 720),
        ("12 de la noche", 0),
        ("12 de la mañana", 720),
        ("13 de la tarde", None),
        ("9 plátanos", None),
    ],
)
def test_people_say_what_time(words: str, minutes: int | None) -> None:
    assert read_time(words, WORDS) == minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30 minutos", 30),
        ("media hora", 30),
        ("una hora", 60),
        ("hora y media", 90),
        ("1 hora y 30 minutos", 90),
        ("1,5 horas", 90),
        ("cuarenta y cinco minutos", 45),
        ("tres cuartos de hora", 45),
        ("nueve horas", None),
        ("hora", None),
    ],
)
def test_people_say_how_long(words: str, minutes: int | None) -> None:
    assert read_minutes(words, WORDS) == minutes


MARKS = {mark for name in ("fillers", "at", "from", "until", "for") for mark in WORDS["rhythm"][name]}
PIECES = st.sampled_from(sorted({*vocabulary(WORDS), *MARKS, "mañana", "14:00", "27/11", "media", "hora", "Madrid"}))


def test_no_word_of_a_rhythm_is_a_zone() -> None:
    assert {word for word in {*vocabulary(WORDS), *MARKS} if zone_named(word)} == set()


@given(st.lists(PIECES, max_size=12).map(" ".join), st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_any_words_are_a_rhythm_or_a_bad_one(words: str, today: date) -> None:
    with suppress(BadRhythm):
        found = read_rhythm(words, today, WORDS)
        assert found.rule or found.day
        assert found.minutes is None or 5 <= found.minutes <= 480
        assert found.day is None or abs(found.day - today) < timedelta(days=4000)
    moment = read_moment(words, today, WORDS)
    assert moment is None or 0 <= moment[1] < 24 * 60
