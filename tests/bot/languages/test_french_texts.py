"""French as it is said, and that what is said may be typed."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.audience_words import read_line
from bot.due import read_due
from bot.rhythm_words import Asked, read_minutes, read_moment, read_rhythm
from prompts import Voice
from prompts.library import Library
from prompts.spelling import plain

MONDAY = date(2026, 11, 23)
FRENCH = Library("fr")
WORDS = FRENCH.dates
VOICE = Voice(FRENCH, "Europe/Paris", datetime(2026, 11, 23, 9, tzinfo=UTC))
# What stands before ; : ? ! » and a percent sign, and after «, keeps them on the line.
UNBOUND = re.compile(r"(?<!\u00a0)[?!;»]|(?<![\u00a0\d/]):(?!/)|(?<!\u00a0)%(?!\})|«(?!\u00a0)")
# Of what is typed or belongs to another grammar.
FOREIGN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|FREQ=\S+|\b(?:channels|groups):read\b|\d\d:\d\d", re.DOTALL)


def said() -> Iterator[tuple[str, str]]:
    yield from FRENCH.texts.items()
    yield from ((f"question {question.number}", question.text) for question in FRENCH.questions.all)
    yield from ((f"template {kind.kind}", line) for kind in FRENCH.kinds.values() for line in kind.source.split("\n"))


def test_no_sign_is_left_alone_at_the_beginning_of_a_line() -> None:
    found = {key: text for key, text in said() if UNBOUND.search(FOREIGN.sub("", text))}
    assert {key: text for key, text in found.items() if not key.startswith("template_pages.condition")} == {}


def test_quotations_are_closed_and_apostrophes_are_curly() -> None:
    assert [key for key, text in said() if text.count("«") != text.count("»")] == []
    assert [key for key, text in said() if re.search(r"\w'\w", FOREIGN.sub("", text))] == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "avant-hier"),
        (date(2026, 11, 23), "aujourd’hui"),
        (date(2026, 11, 25), "après-demain"),
        (date(2026, 11, 27), "vendredi"),
        (date(2026, 12, 1), "mardi 1er décembre"),
        (date(2026, 12, 16), "mercredi 16 décembre"),
        (date(2027, 3, 1), "le 1er mars 2027"),
        (date(2027, 3, 3), "le 3 mars 2027"),
    ],
)
def test_days_are_said_so_that_they_fit_into_a_sentence_and_may_be_typed(day: date, words: str) -> None:
    assert VOICE.day(day) == words
    assert VOICE.say("action_items.due", day=day) == f"pour {words}"
    assert read_due(words, MONDAY, WORDS) == day or day < MONDAY


def test_a_moment_may_be_typed_as_it_is_said() -> None:
    moment = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    assert VOICE.moment(moment) == "mardi 1er décembre à 14:30"
    assert read_moment(VOICE.moment(moment), MONDAY, WORDS) == (date(2026, 12, 1), 870)


@pytest.mark.parametrize(
    ("key", "facts", "words", "rule"),
    [
        ("weekly", {"every": 1, "days": "mardi"}, "chaque mardi", "FREQ=WEEKLY;BYDAY=TU"),
        ("weekly", {"every": 2, "days": "mardi"}, "un mardi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (
            "weekly",
            {"every": 2, "days": "mardi et jeudi"},
            "toutes les 2 semaines, mardi et jeudi",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        ),
        ("workdays", {}, "du lundi au vendredi", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("daily", {"every": 1}, "tous les jours", "FREQ=DAILY"),
        (
            "monthly_weekday",
            {"every": 1, "nth": "dernier", "day": "lundi"},
            "le dernier lundi de chaque mois",
            "FREQ=MONTHLY;BYDAY=-1MO",
        ),
        ("monthly_day", {"every": 1, "number": 1}, "le 1er de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("monthly_day", {"every": 2, "number": 15}, "le 15 tous les 2 mois", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15"),
        ("monthly_last", {"every": 1}, "le dernier jour de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ],
)
def test_a_rhythm_may_be_typed_as_it_is_said(key: str, facts: dict[str, object], words: str, rule: str) -> None:
    days = FRENCH.say(f"schedule.said.{key}", facts)
    assert days == words
    whole = FRENCH.say("schedule.said.whole", {"days": days, "time": "14:00", "minutes": 30, "zone": "", "last": ""})
    asked = Asked(rule=rule, day=None, at=840, minutes=30, zone=None, last=None)
    assert read_rhythm(whole, MONDAY, WORDS) == asked


def examples(key: str) -> list[str]:
    """What a text proposes to type."""
    return [words.strip() for words in re.findall("«([^»]+)»", FRENCH.texts[key].replace("{{ name }} ", ""))]


def test_what_the_texts_propose_is_understood() -> None:
    rhythms = [*examples("refused.unknown_rhythm"), *examples("refused.say_a_time"), *examples("refused.too_often")]
    assert [words for words in rhythms if read_rhythm(words, MONDAY, WORDS).at is None] == []
    moments = [*examples("refused.unknown_moment"), *examples("refused.with_whom"), "mardi prochain à 14h"]
    assert [words for words in moments if read_moment(words, MONDAY, WORDS) is None] == []
    dates = [*examples("refused.unknown_date"), *examples("topics.day_hint"), "1er déc.", "fin du mois"]
    assert [words for words in dates if read_due(words, MONDAY, WORDS) is None] == []
    assert [words for words in examples("refused.unknown_minutes") if read_minutes(words, WORDS) is None] == []
    line = read_line(examples("refused.unclear_topic")[0].partition(" ")[2], FRENCH.matching)
    assert [condition.values for condition in line.conditions] == [("Allemagne",), ("Ventes", "Support")]


@pytest.mark.parametrize(
    "key",
    [
        "refused.no_conversation",
        "refused.no_meeting",
        "refused.nothing_planned",
        "refused.not_on_yet",
        "topics.none",
        "teams.fallback",
        "package.full",
        "check_in.how_to_draw",
    ],
)
def test_the_words_that_a_text_says_to_type_are_verbs(key: str) -> None:
    assert examples(key)
    assert [word for word in examples(key) if plain(word) not in FRENCH.typed_verbs] == []


def test_buttons_that_a_text_names_are_there() -> None:
    assert examples("refused.not_begun") == [FRENCH.texts["meetings.meet"]]
    assert examples("refused.unfinished_topic") == [FRENCH.texts["topics.go_on"]]
    assert examples("help.message") == [FRENCH.texts["package.add"]]
