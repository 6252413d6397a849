"""What a person typed: the words of their own language, or else English ones."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from bot.audience_words import Line, Unclear, read_line
from bot.due import read_due
from bot.rhythm_words import Asked, BadRhythm, read_minutes, read_moment, read_rhythm, read_time
from bot.rule import UNREADABLE
from bot.turn import Turn

Found = TypeVar("Found")


def typed_day(turn: Turn, words: str) -> date | None:
    """The day that is meant, as ``read_due`` reads it."""
    return _first(turn, lambda language: read_due(words, turn.today, language))


def typed_moment(turn: Turn, words: str) -> tuple[date, int] | None:
    """The day and the minutes after midnight that are meant, as ``read_moment`` reads them."""
    return _first(turn, lambda language: read_moment(words, turn.today, language))


def typed_time(turn: Turn, words: str) -> int | None:
    """Minutes after midnight, as ``read_time`` reads them."""
    return _first(turn, lambda language: read_time(words, language))


def typed_minutes(turn: Turn, words: str) -> int | None:
    """How many minutes a meeting shall take, as ``read_minutes`` reads them."""
    return _first(turn, lambda language: read_minutes(words, language))


def typed_rhythm(turn: Turn, words: str) -> Asked:
    """What ``read_rhythm`` reads; raises BadRhythm with the reason of the language that understood most."""
    refused: list[BadRhythm] = []
    for library in turn.voice.library.understood:
        try:
            return read_rhythm(words, turn.today, library.dates)
        except BadRhythm as bad:
            refused.append(bad)
    raise next((bad for bad in refused if bad.reason != UNREADABLE), refused[0])


def typed_line(turn: Turn, words: str) -> Line:
    """For whom a topic is, and what it is, as ``read_line`` reads them; raises Unclear."""
    for library in turn.voice.library.understood:
        try:
            return read_line(words, library.matching)
        except Unclear:
            continue
    raise Unclear


def _first(turn: Turn, read: Callable[[Mapping[str, Any]], Found | None]) -> Found | None:
    found = (read(library.dates) for library in turn.voice.library.understood)
    return next((each for each in found if each is not None), None)
