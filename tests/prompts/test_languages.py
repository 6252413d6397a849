"""Proof 7: every language has every text, with the same facts, and nothing in it is English by mistake."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import chain, product

import pytest
from jinja2 import UndefinedError

from bot.words import LONGEST_VERB
from prompts.compare import ENGLISH, file_names, findings, leaves, others, read, variables
from prompts.library import Library, libraries
from prompts.spelling import plain, spellings
from tests.texts import every_text

EVERY = [ENGLISH, *others()]
PLURAL = re.compile(r"plural\(([^()]*(?:\([^()]*\))?[^()]*)\)")
QUOTED = re.compile(r"[“„«]\s*(\w+)\s*[”“»]")
UNITS = {"week", "next week", "month", "next month", "named month", "quarter", "next quarter", "year", "next year"}


def test_four_languages_ship() -> None:
    assert list(libraries()) == ["en", "de", "es", "fr"]


@pytest.mark.parametrize("language", others())
def test_a_language_has_the_files_that_english_has(language: str) -> None:
    assert file_names(language) == file_names(ENGLISH)


@pytest.mark.parametrize("language", others())
def test_every_text_is_there_with_its_facts_and_is_not_english(language: str) -> None:
    assert [str(finding) for finding in findings(language)] == []


@pytest.mark.parametrize("language", others())
def test_what_may_be_as_in_english_is(language: str) -> None:
    ours, theirs = leaves(ENGLISH), leaves(language)
    same = {text for key, text in theirs.items() if text == ours.get(key)}
    assert set(read("same")[language]) - same == set()


@pytest.mark.parametrize("language", EVERY)
def test_a_plural_has_two_forms_of_one_number(language: str) -> None:
    calls = {call for text in leaves(language).values() for call in PLURAL.findall(text)}
    assert {call for call in calls if len(_forms(call)) != 2} == set()


def _forms(call: str) -> list[str]:
    return re.findall(r"'[^']*'|\"[^\"]*\"", call.partition(",")[2])


@pytest.mark.parametrize("language", EVERY)
def test_each_verb_has_its_ways_and_no_way_means_two(language: str) -> None:
    verbs = every_text()[language].verbs
    assert [name for name, ways in verbs.items() if not ways or ways[0] != ways[0].strip()] == []
    spelled = [way for ways in verbs.values() for way in dict.fromkeys(chain(*map(spellings, ways)))]
    assert sorted(way for way in set(spelled) if spelled.count(way) > 1) == []
    assert max(len(way.split()) for way in spelled) <= LONGEST_VERB


@pytest.mark.parametrize("language", others())
def test_a_verb_of_one_language_means_nothing_else_in_english(language: str) -> None:
    """A way that both have would hide the English one from who types English."""
    theirs, english = every_text()[language].typed_verbs, every_text()[ENGLISH].typed_verbs
    assert {
        way: (theirs[way], english[way]) for way in theirs.keys() & english.keys() if theirs[way] != english[way]
    } == {}


@pytest.mark.parametrize("language", EVERY)
def test_days_and_months_have_their_names(language: str) -> None:
    words, rhythm = read(language, "dates"), read(language, "rhythm")
    counts = [len(words[name]) for name in ("weekdays", "weekdays_short", "months", "months_short")]
    assert counts == [7, 7, 12, 12]
    assert len(rhythm["weekdays_plural"]) in (0, 7)  # none where a plural is written as one of them
    assert set(words["due"]["ends"].values()) <= UNITS


@pytest.mark.parametrize("language", EVERY)
def test_what_is_said_of_a_day_is_understood_when_it_is_typed(language: str) -> None:
    """The names that people read are among those that they may type."""
    library = every_text()[language]
    days = [date(2026, 11, 23 + number) for number in range(7)]
    months = [date(2026, number, 2) for number in range(1, 13)]
    assert {plain(library.day(day, "cccc")) for day in days} <= library.dates["weekdays"].keys()
    assert {plain(library.day(day, "LLLL")) for day in months} <= library.dates["months"].keys()
    assert {plain(library.day(day, "MMM")).rstrip(".") for day in months} <= library.dates["months"].keys()


@pytest.mark.parametrize("language", EVERY)
def test_a_format_of_a_day_says_its_number_and_its_month(language: str) -> None:
    formats = read(language, "dates")["formats"]
    assert {variables(formats[name]) for name in ("moment", "list")} == {
        frozenset({"day", "time"}),
        frozenset({"first", "last"}),
    }
    library = every_text()[language]
    said = {name: library.day(date(2026, 11, 27), name) for name in ("day", "year", "short")}
    assert all("27" in text and "nov" in plain(text) for text in said.values())
    assert "2026" in said["year"]


@pytest.mark.parametrize("language", EVERY)
def test_a_language_is_named_by_its_own_speakers(language: str) -> None:
    names = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
    assert every_text()[language].name == names[language]


@pytest.mark.parametrize("language", EVERY)
def test_texts_are_tidy(language: str) -> None:
    """No cheering, no stray spaces, no quotes of a typewriter around what German, French and Spanish quote."""
    texts = {key: text for key, text in leaves(language).items() if not key.startswith(("dates.", "rhythm."))}
    assert {key: text for key, text in texts.items() if text != text.strip() or "  " in text} == {}
    assert {key: text for key, text in texts.items() if re.search(r"!(?!=)", text)} == {}


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("language", others())
def test_a_text_can_be_said_with_what_its_english_one_is_said_with(language: str, count: int) -> None:
    """Each fact is a number or a word; what English says with some of these, the other language says with them too."""
    theirs, english = every_text()[language], every_text()[ENGLISH]
    facts = {key: [*_facts(_variables(text), count)] for key, text in english.texts.items()}
    assert [
        key
        for key, each in facts.items()
        if not any(_says(english, key, some) and _says(theirs, key, some) for some in each)
    ] == []


@cache
def _variables(text: str) -> frozenset[str]:
    return variables(text)


def _facts(names: frozenset[str], count: int) -> Iterator[dict[str, object]]:
    for values in product((count, "Ana"), repeat=len(names)):
        yield dict(zip(sorted(names), values, strict=True))


def _says(library: Library, key: str, facts: dict[str, object]) -> bool:
    try:
        library.say(key, facts)
    except (TypeError, ValueError, ArithmeticError, UndefinedError):
        return False
    return True


@pytest.mark.parametrize(
    "key", ["refused.not_on_report", "refused.department_gone", "report_page.until", "report_page.over"]
)
@pytest.mark.parametrize("language", EVERY)
def test_the_word_for_the_report_is_one_that_can_be_typed(language: str, key: str) -> None:
    library = every_text()[language]
    [word] = QUOTED.findall(library.texts[key])
    assert library.typed_verbs[plain(word)] == "report"


@pytest.mark.parametrize("language", EVERY)
def test_help_names_a_window_of_the_report_as_it_is_said(language: str) -> None:
    library = every_text()[language]
    assert library.say("insights.window", {"days": 90}) in library.texts["help.usage.report"]
