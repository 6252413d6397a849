"""Which questions are worth asking before a meeting: what the two have neglected comes first (F2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from prompts.questions import Asker, Depth, Question, Questions, Theme

DAYS_A_WEEK = 7
JUST_TALKED = 2  # weeks in which a theme rests
STILL_FRESH = 12  # weeks after which a theme begins anew


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom: ``manager`` or ``report`` by their seat, ``either`` for equals."""

    asker: Asker
    relationship: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the two have behind them.

    ``talked`` is when a theme was last among what they discussed; ``since`` when they have this conversation; ``used``
    what was suggested to either of them within the last six meetings; ``round`` how many meetings they have had.
    """

    talked: Mapping[Theme, date]
    since: date
    used: frozenset[int]
    round: int


@dataclass(frozen=True)
class Suggestion:
    """A question and why: the whole weeks since its theme was last talked about, None when it never was."""

    question: Question
    weeks: int | None


def suggest(questions: Questions, reader: Reader, past: Past, *, today: date, most: int = 3) -> tuple[Suggestion, ...]:
    """At most so many questions, each of another theme, the theme neglected longest first."""
    left = _left(questions, reader, past)
    themes = _in_turn(tuple(theme for theme in Theme if theme in left), past, today=today, most=most)
    return tuple(_suggestion(left[theme], past, weeks=_weeks(theme, past, today)) for theme in themes)


def _left(questions: Questions, reader: Reader, past: Past) -> dict[Theme, list[Question]]:
    """What may still be suggested, by theme, in the order of the numbers."""
    left: dict[Theme, list[Question]] = {}
    for question in sorted(questions.all, key=lambda each: each.number):
        if _fits(question, reader) and question.number not in past.used:
            left.setdefault(question.theme, []).append(question)
    return left


def _fits(question: Question, reader: Reader) -> bool:
    return question.asker in (reader.asker, Asker.either) and reader.relationship in question.relationships


def _in_turn(themes: Sequence[Theme], past: Past, *, today: date, most: int) -> list[Theme]:
    """The themes whose turn it is; those neglected equally share out the places that are left, round by round."""

    def neglect(theme: Theme) -> tuple[bool, date]:
        weeks = _weeks(theme, past, today)
        return weeks is not None and weeks < JUST_TALKED, past.talked.get(theme, past.since)

    turns: list[Theme] = []
    for _, tied in groupby(sorted(themes, key=neglect), key=neglect):
        turns += _turned(list(tied), past.round * (most - len(turns)))
    return turns[:most]


def _turned(themes: list[Theme], by: int) -> list[Theme]:
    start = by % len(themes)
    return themes[start:] + themes[:start]


def _weeks(theme: Theme, past: Past, today: date) -> int | None:
    talked = past.talked.get(theme)
    return None if talked is None else max(0, (today - talked).days // DAYS_A_WEEK)


def _suggestion(left: Sequence[Question], past: Past, *, weeks: int | None) -> Suggestion:
    wanted = Depth.opener if weeks is None or weeks >= STILL_FRESH else Depth.deeper
    first = [question for question in left if question.depth is wanted] or left
    return Suggestion(first[past.round % len(first)], weeks)
