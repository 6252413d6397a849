"""Proof 7: what the product is made of has one word in each language, and everybody is addressed in one way."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from prompts.compare import ENGLISH, leaves, others, read
from prompts.spelling import plain

GLOSSARY: Mapping[str, Any] = read("glossary")
TERMS: Mapping[str, Mapping[str, tuple[str, str]]] = GLOSSARY["terms"]
MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# What is typed, and what people ask each other: there a word may be another one.
NO_SENTENCES = ("verbs.", "dates.", "rhythm.", "matching.", "questions.")
# "Sie" and "Ihr" are formal within a sentence only; at its beginning they are "they" and "you two".
ADDRESSED_WRONGLY = {
    "de": re.compile(r"(?<=[\w,)] )(Sie|Ihnen|Ihr(e[mnrs]?)?)\b"),
    "fr": re.compile(r"\b([Tt]u|[Tt]e|[Tt]oi|[Tt]on|[Tt]es|[Tt]a)\b|\b[Tt][’'](?=[aeéiouyh])"),
    "es": re.compile(r"\b(usted(es)?|vosotr[oa]s|vuestr[oa]s?|os)\b", re.IGNORECASE),
}


def _texts(language: str) -> dict[str, str]:
    return {key: text for key, text in leaves(language).items() if not key.startswith(NO_SENTENCES)}


def _says(text: str, pattern: str) -> bool:
    return re.search(pattern, _plain(text)) is not None


@cache
def _plain(text: str) -> str:
    return plain(MARKS.sub(" ", text))


def _is_addressed_wrongly(language: str, text: str) -> bool:
    """Where a fact or a condition ends, a sentence may begin."""
    return ADDRESSED_WRONGLY[language].search(MARKS.sub(".", text)) is not None


def _otherwise(language: str) -> Iterator[tuple[str, str]]:
    """The keys, and the terms, where a translation has no word for what its English text has."""
    ours, theirs = _texts(ENGLISH), _texts(language)
    for key in ours.keys() & theirs.keys():
        for term, words in TERMS.items():
            if _says(ours[key], words[ENGLISH][1]) and not _says(theirs[key], words[language][1]):
                yield key, term


@pytest.mark.parametrize("language", others())
def test_a_term_has_its_word_wherever_it_is_spoken_of(language: str) -> None:
    besides = set(GLOSSARY["besides"][language])
    found = set(_otherwise(language))
    assert {(key, term) for key, term in found if key not in besides} == set()
    assert besides - {key for key, _ in found} == set()


@pytest.mark.parametrize("language", others())
def test_everybody_is_addressed_in_one_way(language: str) -> None:
    wrong = {key: text for key, text in leaves(language).items() if _is_addressed_wrongly(language, text)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "text", "is_wrong"),
    [
        ("de", "Das sehen Sie hier.", True),
        ("de", "Bitte geben Sie Ihren Namen an.", True),
        ("de", "Hat sie zugesagt. Sie kommt morgen.", False),
        ("de", "Nur ihr beide seht das.", False),
        ("fr", "Tu peux écrire.", True),
        ("fr", "Ça t’aide.", True),
        ("fr", "Vous pouvez écrire à l’équipe.", False),
        ("es", "Puede escribir usted.", True),
        ("es", "Solo puedes verlo tú.", False),
    ],
)
def test_a_wrong_address_is_found(language: str, text: str, is_wrong: bool) -> None:
    assert _is_addressed_wrongly(language, text) is is_wrong


@pytest.mark.parametrize("language", [ENGLISH, "de", "fr", "es"])
def test_the_word_of_each_term_is_of_its_own_forms(language: str) -> None:
    assert [term for term, words in TERMS.items() if not _says(words[language][0], words[language][1])] == []
