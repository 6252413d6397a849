"""Spanish as it is said: days and rhythms in sentences, and texts whose examples may be typed as they stand."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.audience_words import read_line
from bot.due import read_due
from bot.rhythm_words import read_minutes, read_moment, read_rhythm
from prompts import Voice
from prompts.library import Library
from prompts.spelling import plain

MONDAY = date(2026, 11, 23)
SPANISH = Library("es")
WORDS = SPANISH.dates


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 21), "anteayer"),
        (date(2026, 11, 25), "pasado mañana"),
        (date(2026, 11, 27), "el viernes"),
        (date(2026, 12, 16), "el miércoles 16 dic"),
        (date(2027, 3, 3), "el 3 mar 2027"),
    ],
)
def test_days_are_said_so_that_they_fit_into_a_sentence(day: date, said: str) -> None:
    voice = Voice(SPANISH, "Europe/Madrid", datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert voice.day(day) == said
    assert voice.say("action_items.due", day=day) == f"para {said}"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["Ana", "Ben"], "Ana y Ben"),
        (["Ventas", "Ingeniería"], "Ventas e Ingeniería"),
        (["Ana", "Ben", "Íñigo"], "Ana, Ben e Íñigo"),
        (["Ana", "Hilda"], "Ana e Hilda"),
        (["Agua", "Hielo"], "Agua y Hielo"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["Isabel"], "Isabel"),
    ],
)
def test_and_is_said_by_what_comes_after_it(parts: list[str], said: str) -> None:
    assert Voice(SPANISH, "Europe/Madrid", datetime(2026, 11, 23, 9, tzinfo=UTC)).listed(parts) == said


def test_no_text_says_usted_or_vosotros() -> None:
    formal = {"usted", "ustedes", "vosotros", "vosotras", "vuestro", "vuestra", "vuestros", "vuestras", "os"}
    said = {key: set(text.casefold().replace(",", " ").split()) for key, text in SPANISH.texts.items()}
    assert {key for key, words in said.items() if words & formal} == set()


def test_each_question_and_quotation_is_opened_and_closed() -> None:
    texts = [*SPANISH.texts.values(), *(question.text for question in SPANISH.questions.all)]
    texts += [line for kind in SPANISH.kinds.values() for line in kind.source.split("\n")]
    assert [text for text in texts if text.count("¿") != text.count("?")] == []
    assert [text for text in texts if text.count("«") != text.count("»")] == []


def examples(key: str) -> list[str]:
    """What a text proposes to type."""
    return re.findall("«([^»]+)»", SPANISH.texts[key].replace("{{ name }} ", ""))


def test_what_the_texts_propose_is_understood() -> None:
    rhythms = [*examples("refused.unknown_rhythm"), *examples("refused.say_a_time"), *examples("refused.too_often")]
    assert [words for words in rhythms if read_rhythm(words, MONDAY, WORDS).at is None] == []
    moments = [*examples("refused.unknown_moment"), *examples("refused.with_whom")]
    assert [words for words in moments if read_moment(words, MONDAY, WORDS) is None] == []
    dates = [*examples("refused.unknown_date"), *examples("topics.day_hint"), "próximo martes", "1 dic", "fin de mes"]
    assert [words for words in dates if read_due(words, MONDAY, WORDS) is None] == []
    assert [words for words in examples("refused.unknown_minutes") if read_minutes(words, WORDS) is None] == []
    line = read_line(examples("refused.unclear_topic")[0].partition(" ")[2], SPANISH.matching)
    assert [condition.values for condition in line.conditions] == [("España",), ("Ventas", "Soporte")]


@pytest.mark.parametrize(
    "key", ["refused.no_conversation", "refused.no_meeting", "refused.nothing_planned", "topics.none", "teams.fallback"]
)
def test_the_words_that_a_text_says_to_type_are_verbs(key: str) -> None:
    assert [word for word in examples(key) if plain(word) not in SPANISH.typed_verbs] == []


@pytest.mark.parametrize(
    ("key", "facts", "rule"),
    [
        ("weekly", {"every": 1, "days": "martes"}, "FREQ=WEEKLY;BYDAY=TU"),
        ("weekly", {"every": 2, "days": "martes"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("workdays", {}, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("daily", {"every": 3}, "FREQ=DAILY;INTERVAL=3"),
        ("monthly_weekday", {"every": 1, "nth": "último", "day": "lunes"}, "FREQ=MONTHLY;BYDAY=-1MO"),
        ("monthly_day", {"every": 2, "number": 15}, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15"),
        ("monthly_last", {"every": 1}, "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ],
)
def test_a_rhythm_may_be_typed_as_it_is_said(key: str, facts: dict[str, object], rule: str) -> None:
    days = SPANISH.say(f"schedule.said.{key}", facts)
    whole = SPANISH.say("schedule.said.whole", {"days": days, "time": "14:00", "minutes": 30, "zone": "", "last": ""})
    found = read_rhythm(whole, MONDAY, WORDS)
    assert (found.rule, found.at, found.minutes) == (rule, 840, 30)
