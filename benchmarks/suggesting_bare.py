"""The least that could suggest anything: a pattern for each theme, and the first question that was not used."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from prompts.questions import Questions, Theme

Patterns = Sequence[tuple[Theme, re.Pattern[str]]]
Texts = Mapping[Theme, Sequence[tuple[int, str]]]


def patterns_of(questions: Questions) -> Patterns:
    """One pattern a theme, for words in small letters."""
    return [
        (theme, re.compile(rf"\b(?:{'|'.join(map(_pattern, words))})\b")) for theme, words in questions.words.items()
    ]


def _pattern(entry: str) -> str:
    return re.escape(entry.removesuffix("*")) + (r"\w*" if entry.endswith("*") else "")


def texts_of(questions: Questions) -> Texts:
    """Each theme's questions, whoever may ask them."""
    return {theme: [(one.number, one.text) for one in questions.all if one.theme is theme] for theme in Theme}


def talked_bare(both: Sequence[Patterns], history: Sequence[tuple[date, str]]) -> dict[Theme, date]:
    """When each theme was last in one of these texts, newest first."""
    latest: dict[Theme, date] = {}
    for day, text in history:
        small = text.casefold()
        for patterns in both:
            for theme, pattern in patterns:
                if theme not in latest and pattern.search(small):
                    latest[theme] = day
    return latest


def suggest_bare(texts: Texts, talked: Mapping[Theme, date], used: frozenset[int]) -> list[str]:
    """The first unused question of each of the three themes that are longest ago."""
    oldest = sorted(Theme, key=lambda theme: talked.get(theme, date.min))[:3]
    return [next(text for number, text in texts[theme] if number not in used) for theme in oldest]
